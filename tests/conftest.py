"""Fixtures that give every test a database of its own, of each kind.

`empty_database` has no tables, `database` is migrated and holds the seed rows; a test that takes either runs
once for each kind of `--databases`. Both are a `tests.databases.Database`: `.kind`, `.url`, `.connect()`,
`.load(script)`. `new_database()` makes further ones, and `@pytest.mark.kinds("mysql", …)` narrows the kinds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from .databases import KINDS, MAKERS, Database, Maker, MissingServerError, missing, version

MakerOf = Callable[[str], Maker]
NewDatabase = Callable[..., Database]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        default=os.environ.get("PIS_TEST_DATABASES") or ",".join(KINDS),
        help="kinds of database to test on, separated by commas (default: all; or PIS_TEST_DATABASES)",
    )
    parser.addoption(
        "--pin",
        action="store_true",
        help="write tests/repositories/statements anew instead of comparing with it (never in CI)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "kinds(*kinds): run on these kinds of database only")
    config.addinivalue_line("markers", "database: set on every test that runs on a database")
    wrong = set(_named(config)) - set(KINDS)
    if wrong:
        names = ", ".join(sorted(wrong))
        raise pytest.UsageError(f"--databases: there is no {names}; choose of {','.join(KINDS)}")
    if config.getoption("--pin") and os.environ.get("CI"):
        raise pytest.UsageError("--pin writes what the tests compare with: not where CI is set")


def pytest_report_header(config: pytest.Config) -> list[str]:
    lines = []
    for kind in _named(config):
        if reason := missing(kind):
            lines.append(f"!!! {kind} IS LEFT OUT, it could not be installed here: {reason}")
            continue
        try:
            lines.append(f"{kind}: {version(kind)}")
        except MissingServerError as error:
            lines.append(f"!!! {kind}: {error}")
    return lines


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("kinds")
        kinds = [
            pytest.param(kind, marks=pytest.mark.database) for kind in (marker.args if marker else KINDS)
        ]
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    selected = [kind for kind in _named(config) if not missing(kind)]
    left_out = [item for item in items if _kind(item) not in (None, *selected)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _named(config: pytest.Config) -> list[str]:
    return [kind.strip() for kind in config.getoption("--databases").split(",") if kind.strip()]


def _kind(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_kind") if callspec else None


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that this test runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def maker_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakerOf]:
    """Give what makes databases of a kind: one per kind and worker, made when first asked for."""
    makers: dict[str, Maker] = {}

    def maker_of(kind: str) -> Maker:
        if kind not in makers:
            try:
                makers[kind] = MAKERS[kind](kind, tmp_path_factory.mktemp(kind))
            except MissingServerError as error:
                pytest.fail(str(error), pytrace=False)
        return makers[kind]

    yield maker_of
    for maker in makers.values():
        maker.close()


@pytest.fixture
def empty_database(new_database: NewDatabase) -> Database:
    """A new database without tables."""
    return new_database()


@pytest.fixture
def database(database_kind: str, maker_of: MakerOf) -> Iterator[Database]:
    """A database at head that holds the seed rows and no others."""
    maker = maker_of(database_kind)
    database = maker.migrated()
    yield database
    maker.release(database)


@pytest.fixture
def new_database(database_kind: str, maker_of: MakerOf) -> Iterator[NewDatabase]:
    """Make further databases, dropped after the test: `new_database(kind, migrated=True)`."""
    made: list[tuple[Maker, Database]] = []

    def new_database(kind: str = database_kind, *, migrated: bool = False) -> Database:
        maker = maker_of(kind)
        made.append((maker, maker.fresh() if migrated else maker.empty()))
        return made[-1][1]

    yield new_database
    for maker, database in made:
        maker.drop(database)
