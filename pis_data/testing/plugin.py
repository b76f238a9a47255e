"""The pytest plugin: options for the contract suites, fixtures for the tests of services.

It is loaded in every pytest run where pis_data is installed, so it imports nothing heavy at its top.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pis_data.errors import CapabilityError

if TYPE_CHECKING:
    from pis_data.storage import StorageAdapter
    from pis_data.sync import DatabaseAdapter

_HERE = Path(__file__).parent
_SUITES = {"test_storage.py": "pis_storage", "test_database.py": "pis_database"}
"""Which option lets a suite be collected."""

pytest.register_assert_rewrite(
    "pis_data.testing.database",
    "pis_data.testing.storage",
    "pis_data.testing.storage_base",
    "pis_data.testing.storage_keys",
    "pis_data.testing.storage_listing",
    "pis_data.testing.storage_multipart",
    "pis_data.testing.storage_objects",
    "pis_data.testing.storage_urls",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pis_data", "contract suites of pis_data (pytest --pyargs pis_data.testing)")
    group.addoption(
        "--pis-storage",
        metavar="NAME_OR_URL",
        help="run the storage suite on this store: a URL, env:PREFIX, or a registered adapter's name "
        "(configured by the STORAGE_ variables). It writes and deletes below a prefix of its own.",
    )
    group.addoption(
        "--pis-database", metavar="URL", help="run the database suite on this database: a URL or env:PREFIX."
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "pis_contract: part of a contract suite; what the backend declares impossible is skipped"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    option = _SUITES.get(collection_path.name) if collection_path.parent == _HERE else None
    return True if option is not None and config.getoption(option) is None else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    given = [config.getoption(option) for option in _SUITES.values()]
    if "pis_data.testing" in config.args and not any(given):
        terminalreporter.write_line("pis_data.testing: say --pis-storage=NAME_OR_URL or --pis-database=URL")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Skip what the backend says it can't do: `CapabilityError` is how an adapter declares that."""
    try:
        return (yield)
    except CapabilityError as error:
        if pyfuncitem.get_closest_marker("pis_contract") is None:
            raise
        pytest.skip(f"declared impossible: {error}")


@pytest.fixture
def pis_storage(tmp_path: Path) -> Iterator[StorageAdapter]:
    """Give an empty store in a temporary folder, of the kind that ``STORAGE_TYPE=local`` makes."""
    from pis_data.storage import create_storage_adapter

    with create_storage_adapter(tmp_path / "pis-storage") as storage:
        storage.ensure_bucket()
        yield storage


@pytest.fixture(scope="session")
def _pis_migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, made once: tests get copies of it."""
    from pis_data.services.migrate import upgrade
    from pis_data.sync import create_database_adapter

    path = tmp_path_factory.mktemp("pis-database") / "migrated.db"
    upgrade(f"sqlite:///{path}")
    with create_database_adapter(f"sqlite:///{path}") as db, db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it into the one file
    return path


@pytest.fixture
def pis_database(_pis_migrated: Path, tmp_path: Path) -> Iterator[DatabaseAdapter]:
    """Give an embedded database at the newest revision, with the seed rows and no others."""
    import shutil

    from pis_data.sync import create_database_adapter

    path = tmp_path / "pis.db"
    shutil.copyfile(_pis_migrated, path)
    with create_database_adapter(f"sqlite:///{path}") as db:
        yield db
