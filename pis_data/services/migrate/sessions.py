"""The connection that migrations run on: set up for DDL, and locked against other upgraders.

Each dialect has its own way to keep others out, to wait for no longer than it was told, and to do all of an
upgrade or nothing where its DDL can be undone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pis_data.config import DatabaseConfig
from pis_data.dialects import Dialect
from pis_data.errors import ConfigurationError, ForeignKeyViolationError, LockTimeoutError, PisDataError
from pis_data.sync.server import Server

#: how long to wait for another upgrader, and for others' locks on tables, in seconds
LOCK_TIMEOUT: Final = 60.0

_ADVISORY_LOCK: Final = 0x7069735F64617461  # "pis_data"

_Exclusive = Callable[[Connection, float], AbstractContextManager[None]]


@contextmanager
def connected(database: DatabaseConfig | Engine) -> Iterator[tuple[Connection, Dialect]]:
    """A connection in autocommit without a statement timeout, and the dialect that its server speaks.

    Raises:
        ConfigurationError: an engine that was made for another kind of server.
        DatabaseUnavailableError: there is no connecting to it.
        PisDataError: what the driver raised inside the block, by its own name.
    """
    if isinstance(database, Engine):
        server = Server(engine=database)
    else:
        server = Server(database.model_copy(update={"statement_timeout": 0.0}))
    try:
        with _translated(server.dialect, "connect"):
            server.discover()
        with server.connection() as connection, _translated(server.dialect):
            if connection.dialect.name != server.dialect.name:
                raise ConfigurationError(
                    f"the engine was made for {connection.dialect.name}, but this server is "
                    f"{server.dialect.name}: "
                    f"make it from a URL that begins with {server.dialect.drivers['sync']}://"
                )
            yield connection, server.dialect
    finally:
        server.close()


@contextmanager
def _translated(dialect: Dialect, during: str = "statement") -> Iterator[None]:
    try:
        yield
    except PisDataError:
        raise
    except Exception as error:
        named = dialect.translate(error, during=during)
        if named is None:
            raise
        raise named from getattr(error, "orig", None)


@contextmanager
def exclusive(connection: Connection, dialect: Dialect, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Keep other upgraders out for the length of a block; where DDL is transactional, a transaction too.

    Raises:
        LockTimeoutError: another upgrade was still running after ``timeout`` seconds.
    """
    with _EXCLUSIVE[dialect.name](connection, timeout):
        yield


def _busy(timeout: float) -> LockTimeoutError:
    return LockTimeoutError(
        f"another upgrade of this database was still running after {timeout:g} s: "
        "look whether it makes progress, then try again"
    )


@contextmanager
def _on_postgresql(connection: Connection, timeout: float) -> Iterator[None]:
    """One transaction for everything; its lock goes with it, so a pooler in transaction mode is no harm."""
    connection.exec_driver_sql("BEGIN ISOLATION LEVEL READ COMMITTED")
    try:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(timeout * 1000)}")
        try:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == "55P03":
                raise _busy(timeout) from error.orig
            raise
        yield
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        with suppress(SQLAlchemyError):
            connection.exec_driver_sql("ROLLBACK")
        raise


@contextmanager
def _on_mysql(connection: Connection, timeout: float) -> Iterator[None]:
    """A named lock of the server. DDL waits for others' transactions: by default for a year."""
    connection.exec_driver_sql(f"SET SESSION lock_wait_timeout = {max(1, round(timeout))}")
    lock = "concat('pis_data:', left(sha2(database(), 256), 40))"  # at most 64 characters
    if connection.exec_driver_sql(f"SELECT get_lock({lock}, {max(0, round(timeout))})").scalar() != 1:
        raise _busy(timeout)
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a connection that is lost has lost its locks
            connection.exec_driver_sql(f"DO release_lock({lock})")
            connection.exec_driver_sql("SET SESSION lock_wait_timeout = DEFAULT")


@contextmanager
def _on_sqlite(connection: Connection, timeout: float) -> Iterator[None]:
    """One transaction for everything: its write lock keeps others out.

    Foreign keys are off, which can only be said before BEGIN: a batch drops the table that others refer to,
    which would else empty them. What they would have refused is looked for before the COMMIT. A table is
    renamed without rewriting the triggers of others, which speak of the name that is about to be taken again.
    """
    for pragma in (
        f"busy_timeout = {round(timeout * 1000)}",
        "foreign_keys = OFF",
        "legacy_alter_table = ON",
    ):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    try:
        _begin_on_sqlite(connection, timeout)
        try:
            before = _changes_on_sqlite(connection)
            yield
            if _changes_on_sqlite(connection) != before:
                _check_foreign_keys(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            with suppress(SQLAlchemyError):
                connection.exec_driver_sql("ROLLBACK")
            raise
    finally:
        for pragma in ("legacy_alter_table = OFF", "foreign_keys = ON"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")


def _begin_on_sqlite(connection: Connection, timeout: float) -> None:
    started = time.monotonic()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DBAPIError as error:
        if time.monotonic() - started < timeout:
            raise
        raise _busy(timeout) from error.orig


def _changes_on_sqlite(connection: Connection) -> tuple[int, int]:
    """What counts every change of rows, and every change of the schema."""
    rows = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    return rows, connection.exec_driver_sql("PRAGMA schema_version").scalar_one()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        table, _, parent, _ = broken[0]
        raise ForeignKeyViolationError(
            f"{len(broken)} rows refer to others that do not exist (the first in {table}, to {parent}): "
            "nothing was changed; mend them and try again",
            table=table,
        )


_EXCLUSIVE: Final[Mapping[str, _Exclusive]] = {
    "postgresql": _on_postgresql,
    "mysql": _on_mysql,
    "mariadb": _on_mysql,
    "sqlite": _on_sqlite,
}
