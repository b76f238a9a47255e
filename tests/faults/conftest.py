"""Databases behind a proxy that fails on request, on both faces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from pis_data.config import DatabaseConfig
from pis_data.schema import metadata
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database.fixtures import face_name  # noqa: F401
from pis_data.testing.faces import open_face
from tests.databases import Database
from tests.faults.proxy import Proxy

Open = Callable[..., DatabaseAdapter]

#: the servers' own ways to end a connection, and to name the present one
WHO = {
    "postgresql": "SELECT pg_backend_pid()",
    "mysql": "SELECT connection_id()",
    "mariadb": "SELECT connection_id()",
}
SERVERS = pytest.mark.kinds("postgresql", "mariadb", "mysql")


@pytest.fixture
def face(face_name: str) -> Iterator[Any]:  # noqa: F811
    """The package of the face, with an event loop of its own."""
    with open_face(face_name) as face:
        yield face


@pytest.fixture
def proxy(database: Database) -> Iterator[Proxy]:
    """A proxy before the server of this kind."""
    parts = urlsplit(database.url)
    assert parts.hostname
    assert parts.port
    with Proxy(parts.hostname, parts.port) as proxy:
        yield proxy


@pytest.fixture
def open_adapter(face: Any, database: Database) -> Iterator[Open]:
    """Open adapters to the database; `settings` are fields of `DatabaseConfig` that differ."""
    with ExitStack() as stack:

        def open_adapter(**settings: Any) -> DatabaseAdapter:
            found: DatabaseAdapter = face.create_database_adapter(configured(database, **settings))
            stack.callback(found.close)
            return found

        yield open_adapter


def configured(database: Database, **settings: Any) -> DatabaseConfig:
    """The configuration of a test's database, with some fields otherwise."""
    return DatabaseConfig.from_url(database.url).model_copy(update=settings)


def everything_said(error: BaseException | None) -> str:
    """What an error and all that led to it show: nowhere may there be a secret."""
    said = ""
    while error is not None:
        said += f"{error} {error!r} {error.args} "
        said += " ".join(getattr(error, "__notes__", ()))
        error = error.__cause__ or error.__context__
    return said


def kill_others(database: Database) -> int:
    """End all connections to a database but the one that does it, as an administrator would; how many.

    They are closed when this returns: MySQL and MariaDB shut the socket at once, PostgreSQL's backends leave
    when they find the time, which is waited for.
    """
    with database.connect(admin=True) as connection, connection.cursor() as cursor:
        if database.kind == "postgresql":
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return len(cursor.fetchall())
        # not information_schema.processlist: MySQL can't read it while another test sends an embedding
        cursor.execute("SET character_set_results = latin1")
        cursor.execute("SHOW PROCESSLIST")
        name = database.url.rpartition("/")[2]
        threads = [
            thread for thread, _, _, at, *_ in cursor if at == name and thread != connection.thread_id()
        ]
        for thread in threads:
            cursor.execute(f"KILL {thread}")
        return len(threads)


def kill(database: Database, connection_id: int) -> None:
    """End one connection, as an administrator would; it is closed when this returns."""
    with database.connect(admin=True) as connection, connection.cursor() as cursor:
        how = "SELECT pg_terminate_backend({}, 20000)" if database.kind == "postgresql" else "KILL {}"
        cursor.execute(how.format(connection_id))


def slow() -> sa.Select[Any]:
    """A SELECT of one number that takes far longer than a test waits, on any database."""
    permissions = [metadata.tables["permissions"].alias(f"p{number}") for number in range(8)]
    total = sa.func.count(sa.func.length(permissions[0].c.code + permissions[1].c.code))
    joined: Any = permissions[0]
    for other in permissions[1:]:
        joined = joined.join(other, other.c.is_system == permissions[0].c.is_system)  # which all are
    return sa.select(total).select_from(joined)


def slow_second_row() -> sa.CompoundSelect[Any]:
    """A SELECT whose first row is there at once, for a driver that reads rows while the database works."""
    return sa.union_all(sa.select(sa.literal(1)), slow())
