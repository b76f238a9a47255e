"""Throwaway databases of each kind, for the fixtures in conftest.py.

The servers come from the environment (`PIS_TEST_<NAME>_URL`), else from what `make servers` wrote.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from .servers.home import read_env

KINDS = ("sqlite", "postgresql", "mariadb", "mysql")
#: servers of a newer series, by the kind they are of; by default only the tests marked `newer` run on them
NEWER = {"postgresql18": "postgresql", "mariadb11": "mariadb", "pgvector": "postgresql"}
#: where those live that are no server of their own, but an option that its databases are made with
HOSTS = {"pgvector": "postgresql18"}
SERVERS = (*KINDS, *NEWER)
PREFIX = "pis_t_"


class MissingServerError(Exception):
    """The server of a selected kind is not there; the message says how to get it."""


@dataclass(frozen=True)
class Database:
    """A database that a test may do anything with. It is dropped, or cleaned, after the test."""

    kind: str
    url: str
    server: str = ""  # whose it is, of SERVERS; the kind's own by default

    def connect(self, *, admin: bool = False) -> Any:
        """Return a connection of the plain driver, in autocommit (`with` closes it).

        With `admin`, as the server's superuser.
        """
        url = self.url
        if admin:
            url = _at(server_url(self.server or self.kind, admin=True), _name(self.url))
        return _connect(self.kind, url)

    def load(self, script: str) -> None:
        """Run SQL through the server's own command-line client, stopping at the first error.

        Raises AssertionError with what the client said.
        """
        command, environment = _client(self)
        done = subprocess.run(
            command, input=script, env={**os.environ, **environment}, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{Path(command[0]).name}: {done.stderr}"


class Maker(ABC):
    """Makes databases on one server, and keeps one migrated database to hand out again and again.

    Migrating takes seconds on a server, so a test gets the one that another test had, put back as it was.
    """

    def __init__(self, server: str, folder: Path) -> None:
        self.server = server
        self.kind = NEWER.get(server, server)
        self.folder = folder
        self._migrated: Database | None = None

    @abstractmethod
    def empty(self) -> Database:
        """Return a new database without tables."""

    @abstractmethod
    def drop(self, database: Database) -> None:
        """Drop a database, whoever is still connected."""

    @abstractmethod
    def _remember(self, database: Database) -> None:
        """Take note of what a freshly migrated database holds."""

    @abstractmethod
    def _restored(self, database: Database) -> Database | None:
        """Return a database as it was when it was remembered; None if that one is beyond repair."""

    def migrated(self) -> Database:
        """Return a database at head that holds the seed rows and no others.

        There is one at a time on a server: hand it back (let the test end) before asking again.
        """
        restored = self._restored(self._migrated) if self._migrated else None
        if restored is None:
            if self._migrated:
                self.drop(self._migrated)
            self._migrated = self.fresh()
            self._remember(self._migrated)
            restored = self._restored(self._migrated)
        assert restored is not None, "a freshly migrated database is as it was"
        return restored

    def fresh(self) -> Database:
        """Return a database of its own at head, for a test that needs two, or breaks the schema."""
        from pis_data.services.migrate import upgrade

        database = self.empty()
        upgrade(database.url)
        return database

    def release(self, database: Database) -> None:  # noqa: B027 (nothing to do, on most)
        """Take back what `migrated` gave."""

    def close(self) -> None:
        """Drop what was kept."""
        if self._migrated:
            self.drop(self._migrated)


class SQLite(Maker):
    """Each database is a file; the migrated one is copied."""

    def empty(self) -> Database:
        return Database(self.kind, f"sqlite:///{self.folder / secrets.token_hex(6)}.db")

    def drop(self, database: Database) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(_path(database) + suffix).unlink(missing_ok=True)

    def release(self, database: Database) -> None:
        self.drop(database)

    def _remember(self, database: Database) -> None:
        with database.connect() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _restored(self, database: Database) -> Database:
        copy = self.empty()
        shutil.copyfile(_path(database), _path(copy))
        return copy


class _OnServer(Maker):
    """What PostgreSQL, MariaDB and MySQL share: databases made through one connection that stays open."""

    def __init__(self, server: str, folder: Path) -> None:
        super().__init__(server, folder)
        self.url = server_url(server)
        try:
            self.connection = _connect(self.kind, self.url)
        except Exception as error:
            raise MissingServerError(
                f"the {server} server does not answer, run `make servers`: {error}"
            ) from None
        self._sweep()

    def empty(self) -> Database:
        name = f"{PREFIX}{os.getpid()}_{secrets.token_hex(4)}"
        self._create(name)
        return Database(self.kind, _at(self.url, name), self.server)

    def drop(self, database: Database) -> None:
        self._drop(_name(database.url))

    def close(self) -> None:
        super().close()
        self.connection.close()

    def _sweep(self) -> None:
        """Drop what a run that was killed has left on a server of this machine."""
        if urlsplit(self.url).hostname not in ("127.0.0.1", "localhost"):
            return
        for name in self._list():
            pid = name.removeprefix(PREFIX).split("_")[0]
            if name.startswith(PREFIX) and pid.isdecimal() and not Path(f"/proc/{pid}").exists():
                self._drop(name)

    @abstractmethod
    def _create(self, name: str) -> None: ...

    @abstractmethod
    def _drop(self, name: str) -> None: ...

    @abstractmethod
    def _list(self) -> list[str]: ...


class PostgreSQL(_OnServer):
    """Databases in an ICU locale, where a forgotten collation shows."""

    def _create(self, name: str) -> None:
        icu = self.connection.execute("SELECT 1 FROM pg_collation WHERE collname = 'en-x-icu'").fetchone()
        locale = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" if icu else ""  # PyPI's wheels have none
        self.connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING UTF8 {locale}")

    def _drop(self, name: str) -> None:
        from psycopg.errors import InsufficientPrivilege

        for _ in range(50):
            try:
                self.connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                return
            except InsufficientPrivilege:  # the server's own autovacuum is at work there, for a moment
                time.sleep(0.2)
        raise MissingServerError(f"postgresql: autovacuum does not leave the database {name}")

    def _list(self) -> list[str]:
        return [name for (name,) in self.connection.execute("SELECT datname FROM pg_database")]

    def _remember(self, database: Database) -> None:
        with database.connect() as connection:
            self._tables = self._table_names(connection)
            self._seeds = {table: self._copy_out(connection, table) for table in self._tables}
            self._seeds = {table: rows for table, rows in self._seeds.items() if rows}
            self._state = self._state_of(connection)
            self._order = self._insertion_order(connection)

    def _restored(self, database: Database) -> Database | None:
        with database.connect() as connection:
            connection.execute("SET lock_timeout = '2s'")
            if self._table_names(connection) != self._tables:
                return None
            state = self._state_of(connection)
            touched = [table for table in self._tables if state[table] != self._state[table]]
            if touched:
                self._truncate(connection, touched)
                state = self._state_of(connection)  # CASCADE has emptied others too
                for table in self._order:
                    if state[table] != self._state[table]:
                        with connection.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                            copy.write(self._seeds[table])
        return database

    def _truncate(self, connection: Any, tables: list[str]) -> None:
        from psycopg.errors import LockNotAvailable

        statement = f"TRUNCATE {', '.join(map(_quoted, tables))} RESTART IDENTITY CASCADE"
        try:
            connection.execute(statement)
        except LockNotAvailable:  # a test has left a transaction open
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(statement)

    def _table_names(self, connection: Any) -> list[str]:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [table for (table,) in rows]

    def _state_of(self, connection: Any) -> dict[str, str]:
        """Return per table what tells whether it is as it was: its rows, or if there are any."""
        whole = "(SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {} t)"
        any_row = "EXISTS (SELECT FROM {})::text"
        parts = [
            f"SELECT '{table}', " + (whole if table in self._seeds else any_row).format(_quoted(table))
            for table in self._tables
        ]
        return dict(connection.execute(" UNION ALL ".join(parts)).fetchall()) if parts else {}

    def _copy_out(self, connection: Any, table: str) -> bytes:
        with connection.cursor().copy(f"COPY {_quoted(table)} TO STDOUT") as copy:
            return b"".join(copy)

    def _insertion_order(self, connection: Any) -> list[str]:
        references = connection.execute(
            "SELECT a.relname, b.relname FROM pg_constraint c JOIN pg_class a ON a.oid = c.conrelid"
            " JOIN pg_class b ON b.oid = c.confrelid WHERE c.contype = 'f' AND a.oid <> b.oid"
        ).fetchall()
        graph: dict[str, set[str]] = {table: set() for table in self._seeds}
        for child, parent in references:
            if child in graph and parent in graph:
                graph[child].add(parent)
        return list(TopologicalSorter(graph).static_order())


class Pgvector(PostgreSQL):
    """Databases made with PIS_VECTOR=pgvector, whose extension only an administrator can create."""

    def empty(self) -> Database:
        database = super().empty()
        with database.connect(admin=True) as connection:
            connection.execute("CREATE EXTENSION vector")
        return database

    def fresh(self) -> Database:
        from pis_data.config import DatabaseConfig
        from pis_data.services.migrate import upgrade

        database = self.empty()
        upgrade(DatabaseConfig.from_url(database.url).model_copy(update={"vector": "pgvector"}))
        return database


class MySQL(_OnServer):
    """MySQL and MariaDB."""

    def _create(self, name: str) -> None:
        self._query(self.connection, f"CREATE DATABASE {name}")

    def _drop(self, name: str) -> None:
        self._disconnect(name)
        self._query(self.connection, f"DROP DATABASE IF EXISTS {name}")

    def _list(self) -> list[str]:
        return [name for (name,) in self._query(self.connection, "SHOW DATABASES")]

    def _remember(self, database: Database) -> None:
        with database.connect() as connection:
            self._tables = self._table_names(connection)
            self._state = self._state_of(connection)
            self._seeds = {
                table: self._rows(connection, table) for table in self._tables if self._state[table]
            }

    def _restored(self, database: Database) -> Database | None:
        from pymysql.err import OperationalError

        with database.connect() as connection:
            if self._table_names(connection) != self._tables:
                return None
            state = self._state_of(connection)
            touched = [table for table in self._tables if state[table] != self._state[table]]
            self._query(connection, "SET lock_wait_timeout = 2, innodb_lock_wait_timeout = 2")
            try:
                self._put_back(connection, touched)
            except OperationalError:  # a test has left a transaction open
                self._disconnect(_name(database.url), but=connection.thread_id())
                self._put_back(connection, touched)
        return database

    def _put_back(self, connection: Any, tables: list[str]) -> None:
        self._query(connection, "SET foreign_key_checks = 0")  # nothing cascades then, and any order will do
        for table in tables:
            self._query(connection, f"DELETE FROM `{table}`")
        for table in tables:
            columns, rows = self._seeds.get(table, ([], ()))
            if rows:
                names, marks = (
                    ", ".join(f"`{column}`" for column in columns),
                    ", ".join(["%s"] * len(columns)),
                )
                connection.cursor().executemany(f"INSERT INTO `{table}` ({names}) VALUES ({marks})", rows)

    def _table_names(self, connection: Any) -> list[str]:
        return [
            table for (table, kind) in self._query(connection, "SHOW FULL TABLES") if kind == "BASE TABLE"
        ]

    def _state_of(self, connection: Any) -> dict[str, int]:
        """Return per table a checksum of its rows; 0 if it has none."""
        if not self._tables:
            return {}
        tables = ", ".join(f"`{table}`" for table in self._tables)
        checksums = self._query(connection, f"CHECKSUM TABLE {tables}")
        return {name.split(".", 1)[1]: checksum for name, checksum in checksums}

    def _rows(self, connection: Any, table: str) -> tuple[list[str], tuple[Any, ...]]:
        described = self._query(connection, f"SHOW COLUMNS FROM `{table}`")
        columns = [
            name for name, *_, extra in described if "GENERATED" not in extra.replace("DEFAULT_GENERATED", "")
        ]
        names = ", ".join(f"`{column}`" for column in columns)
        return columns, self._query(connection, f"SELECT {names} FROM `{table}`")

    def _disconnect(self, database: str, but: int = 0) -> None:
        from pymysql.constants import ER
        from pymysql.err import OperationalError

        # not information_schema.processlist: MySQL can't read it while somebody's statement holds an emoji
        # (and its text may be cut in the middle of a character: asked for in ASCII, each other one is a "?")
        with self.connection.cursor() as cursor:
            cursor.execute("SET character_set_results = ascii")
            try:
                found = self._query(self.connection, "SHOW PROCESSLIST")
            finally:
                cursor.execute("SET character_set_results = utf8mb4")
        for thread, _, _, at, *_ in found:
            if at != database or thread == but:
                continue
            try:
                self._query(self.connection, f"KILL {thread}")
            except OperationalError as error:
                if error.args[0] != ER.NO_SUCH_THREAD:  # which has left by itself meanwhile
                    raise

    @staticmethod
    def _query(connection: Any, statement: str) -> tuple[Any, ...]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return tuple(cursor.fetchall())


MAKERS: Mapping[str, type[Maker]] = {
    "sqlite": SQLite,
    "postgresql": PostgreSQL,
    "mariadb": MySQL,
    "mysql": MySQL,
    "postgresql18": PostgreSQL,
    "pgvector": Pgvector,
    "mariadb11": MySQL,
}


def server_url(server: str, *, admin: bool = False) -> str:
    """Return the URL of a test server, as the ordinary user or as its superuser."""
    name = f"PIS_TEST_{HOSTS.get(server, server).upper()}_{'ADMIN_' if admin else ''}URL"
    url = os.environ.get(name) or read_env().get(name)
    if not url:
        raise MissingServerError(f"there is no {server} server to test on: run `make servers`, or set {name}")
    return url


def missing(server: str) -> str | None:
    """Return why this machine can't have this server (a package that can't be installed today)."""
    name = f"PIS_TEST_{server.upper()}_MISSING"
    given = os.environ.get(f"PIS_TEST_{server.upper()}_URL")
    return None if given else os.environ.get(name) or read_env().get(name)


def version(server: str) -> str:
    """Return what the server says of itself. Raises MissingServerError if it does not answer."""
    kind = NEWER.get(server, server)
    if kind == "sqlite":
        return sqlite3.sqlite_version
    url = server_url(server)
    try:
        with _connect(kind, url) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW server_version" if kind == "postgresql" else "SELECT version()")
            locale = "" if kind != "postgresql" or _has_icu(connection) else ", !!! without ICU: C locale"
            return f"{cursor.fetchone()[0]}{locale}"
    except Exception as error:
        raise MissingServerError(f"does not answer, run `make servers`: {error}") from None


class _SQLiteConnection(sqlite3.Connection):
    """Closes at the end of a `with` block, as the other drivers' connections do."""

    def __exit__(self, *_: object) -> Literal[False]:
        self.close()
        return False


def _connect(kind: str, url: str) -> Any:
    if kind == "sqlite":
        return _SQLiteConnection(_path(Database(kind, url)), isolation_level=None)
    if kind == "postgresql":
        import psycopg

        return psycopg.connect(_plain(url).geturl(), autocommit=True, connect_timeout=10)
    import pymysql

    parts = _plain(url)
    return pymysql.connect(
        host=parts.hostname,
        port=parts.port or 3306,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=_name(url) or None,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=10,
        ssl_disabled=parts.hostname in ("127.0.0.1", "localhost"),
    )


def _has_icu(connection: Any) -> bool:
    """Tell whether PostgreSQL was built with ICU: PyPI's wheels are not."""
    return bool(connection.execute("SELECT 1 FROM pg_collation WHERE collname = 'en-x-icu'").fetchone())


def _client(database: Database) -> tuple[list[str], dict[str, str]]:
    kind, url = database.kind, database.url
    program = {"sqlite": "sqlite3", "postgresql": "psql", "mariadb": "mariadb", "mysql": "mysql"}[kind]
    name = f"PIS_TEST_{HOSTS.get(database.server, database.server or kind).upper()}_CLIENT"
    path = os.environ.get(name) or read_env().get(name) or shutil.which(program)
    if not path:
        raise MissingServerError(f"there is no {program} program: run `make servers`, or set {name}")
    if kind == "postgresql":
        return [
            path,
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            f"--dbname={_plain(url).geturl()}",
        ], {}
    if kind == "sqlite":
        return [path, "-bail", _path(database)], {}
    parts = _plain(url)
    address = [
        f"--host={parts.hostname}",
        f"--port={parts.port or 3306}",
        f"--user={unquote(parts.username or '')}",
    ]
    options = ["--no-defaults", *address, "--default-character-set=utf8mb4", _name(url)]
    return [path, *options], {"MYSQL_PWD": unquote(parts.password or "")}


def _plain(url: str) -> SplitResult:
    """Take a URL apart, without SQLAlchemy's name of a driver."""
    parts = urlsplit(url)
    return parts._replace(scheme=parts.scheme.split("+")[0])


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _at(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _path(database: Database) -> str:
    return database.url.removeprefix("sqlite:///")


def _quoted(table: str) -> str:
    return f'"{table}"'
