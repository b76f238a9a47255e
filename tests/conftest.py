"""Fixtures that give every test a database of its own, of each kind.

`empty_database` has no tables, `database` is migrated and holds the seed rows; a test that takes either runs
once for each kind of `--databases`. Both are a `tests.databases.Database`: `.kind`, `.url`, `.connect()`,
`.load(script)`. `new_database()` makes further ones, and `@pytest.mark.kinds("mysql", …)` narrows the kinds.
`@pytest.mark.newer` is for the tests that run on the newer servers too, `@pytest.mark.vectors` for those that
run on a PostgreSQL with pgvector.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from .databases import KINDS, MAKERS, NEWER, SERVERS, Database, Maker, MissingServerError, missing, version

#: the marker that brings a test onto a server, where it is not `newer`
_MARKERS = {"pgvector": "vectors"}

MakerOf = Callable[[str], Maker]
NewDatabase = Callable[..., Database]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        default=os.environ.get("PIS_TEST_DATABASES"),
        help="databases to test on, separated by commas; or PIS_TEST_DATABASES. "
        "Default: all, the newer servers for the tests marked `newer` only",
    )
    parser.addoption(
        "--pin",
        action="store_true",
        help="write tests/repositories/statements anew instead of comparing with it (never in CI)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "kinds(*kinds): run on these kinds of database only")
    config.addinivalue_line("markers", "newer: run on the newer servers too")
    config.addinivalue_line("markers", "vectors: run on a PostgreSQL with PIS_VECTOR=pgvector too")
    config.addinivalue_line("markers", "database: set on every test that runs on a database")
    wrong = set(_named(config)) - set(SERVERS)
    if wrong:
        names = ", ".join(sorted(wrong))
        raise pytest.UsageError(f"--databases: there is no {names}; choose of {','.join(SERVERS)}")
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
    if "database_server" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("kinds")
        kinds = marker.args if marker else KINDS
        named = metafunc.config.getoption("--databases") or ""
        newer = [
            server
            for server, kind in NEWER.items()
            if kind in kinds
            and (server in named or metafunc.definition.get_closest_marker(_MARKERS.get(server, "newer")))
        ]
        servers = [pytest.param(server, marks=pytest.mark.database) for server in (*kinds, *newer)]
        metafunc.parametrize("database_server", servers, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    selected = [kind for kind in _named(config) if not missing(kind)]
    left_out = [item for item in items if _server(item) not in (None, *selected)]
    if not config.getoption("--databases"):  # one face is enough there: the other has the same statements
        left_out += [item for item in items if _server(item) in NEWER and _face(item) == "async"]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def _named(config: pytest.Config) -> list[str]:
    named = config.getoption("--databases") or ",".join(SERVERS)
    return [server.strip() for server in named.split(",") if server.strip()]


def _server(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("database_server") if callspec else None


def _face(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    return callspec.params.get("face_name", callspec.params.get("face")) if callspec else None


@pytest.fixture(scope="session")
def database_server(request: pytest.FixtureRequest) -> str:
    """The server that this test runs on, of `databases.SERVERS`."""
    return str(request.param)


@pytest.fixture(scope="session")
def database_kind(database_server: str) -> str:
    """The kind of database that this test runs on."""
    return NEWER.get(database_server, database_server)


@pytest.fixture(scope="session")
def maker_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakerOf]:
    """Give what makes databases on a server: one per server and worker, made when first asked for."""
    makers: dict[str, Maker] = {}

    def maker_of(server: str) -> Maker:
        if server not in makers:
            try:
                makers[server] = MAKERS[server](server, tmp_path_factory.mktemp(server))
            except MissingServerError as error:
                pytest.fail(str(error), pytrace=False)
        return makers[server]

    yield maker_of
    for maker in makers.values():
        maker.close()


@pytest.fixture
def empty_database(new_database: NewDatabase) -> Database:
    """A new database without tables."""
    return new_database()


@pytest.fixture
def database(database_server: str, maker_of: MakerOf) -> Iterator[Database]:
    """A database at head that holds the seed rows and no others."""
    maker = maker_of(database_server)
    database = maker.migrated()
    yield database
    maker.release(database)


@pytest.fixture
def new_database(database_server: str, maker_of: MakerOf) -> Iterator[NewDatabase]:
    """Make further databases, dropped after the test: `new_database(server, migrated=True)`."""
    made: list[tuple[Maker, Database]] = []

    def new_database(server: str = database_server, *, migrated: bool = False) -> Database:
        maker = maker_of(server)
        made.append((maker, maker.fresh() if migrated else maker.empty()))
        return made[-1][1]

    yield new_database
    for maker, database in made:
        maker.drop(database)
