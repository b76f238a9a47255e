"""SQLite, embedded: one file, one writer at a time, readers beside it (WAL)."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy import URL, Column, ColumnElement, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import Executable
from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

from pis_data.config import DatabaseConfig
from pis_data.dialects.base import (
    Capabilities,
    Dialect,
    Face,
    Failure,
    Kind,
    can,
    cannot,
    lock_timeout,
    short,
)
from pis_data.dialects.cancellation import completed
from pis_data.dialects.deadline import Deadline, PolledDeadline
from pis_data.dialects.postgresql import on_conflict
from pis_data.errors import DatabaseUnavailableError
from pis_data.schema.types import Instant

#: the SQL function that folds case by Unicode's rules; SQLite's own knows ASCII only
FOLD: Final = "pis_fold"

#: whether connections can share a database in memory: all that was there would be gone with the only one
_MEMDB: Final = sqlite3.sqlite_version_info >= (3, 36) and hasattr(sqlite3.Connection, "serialize")

#: how long a writer waits for the one before it where nothing else was said, in seconds
_BUSY_SECONDS: Final = 30
#: the bits of the lower half of a number of 64
_HALF: Final = 32

#: how many steps of its virtual machine SQLite takes before it asks whether to go on: some 0.1 ms
_STEPS_BETWEEN_LOOKS: Final = 10_000

_KINDS: Final[Mapping[int, Kind]] = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "unique",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "unique",
    sqlite3.SQLITE_CONSTRAINT_ROWID: "unique",
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: "foreign_key",
    sqlite3.SQLITE_CONSTRAINT_CHECK: "check",
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: "not_null",
    sqlite3.SQLITE_BUSY: "lock_timeout",
    sqlite3.SQLITE_BUSY_TIMEOUT: "lock_timeout",
    sqlite3.SQLITE_LOCKED: "lock_timeout",
    sqlite3.SQLITE_BUSY_SNAPSHOT: "serialization",
    sqlite3.SQLITE_INTERRUPT: "statement_timeout",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_TOOBIG: "invalid_value",
    sqlite3.SQLITE_CANTOPEN: "unavailable",
    sqlite3.SQLITE_NOTADB: "unavailable",
    sqlite3.SQLITE_CORRUPT: "unavailable",
    sqlite3.SQLITE_IOERR: "unavailable",
    sqlite3.SQLITE_PERM: "unavailable",
    sqlite3.SQLITE_READONLY: "unavailable",
}


class SqliteDialect(Dialect):
    """SQLite 3.35 and later, through the standard library's module and aiosqlite."""

    name: ClassVar[str] = "sqlite"
    #: it makes ready to undo each statement that has triggers, which takes longer than a row
    rows_per_insert: ClassVar[int] = 25
    caps: ClassVar[Capabilities] = Capabilities(
        update_returning=cannot(
            "RETURNING shows rows as they were before AFTER triggers: rows are read again"
        ),
        row_locks=cannot("a writer holds the whole database: rows need no lock of their own"),
        skip_locked=cannot("a writer holds the whole database: there is nothing to skip"),
        statement_timeout=can("a deadline in the connection's progress handler"),
    )
    drivers: ClassVar[Mapping[Face, str]] = {"sync": "sqlite+pysqlite", "async": "sqlite+aiosqlite"}
    modules: ClassVar[Mapping[Face, str]] = {"sync": "sqlite3", "async": "aiosqlite"}
    find_table_query: ClassVar[str] = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name"
    version_query: ClassVar[str] = "SELECT sqlite_version()"

    # -- connecting ------------------------------------------------------------------------------

    def url(self, config: DatabaseConfig, face: Face) -> URL:
        if config.path or not _MEMDB:
            return URL.create(self.drivers[face], database=str(config.path) if config.path else None)
        name = f"file:/pis-{secrets.token_hex(8)}"  # with a slash: shared by the connections of this process
        return URL.create(self.drivers[face], database=name, query={"vfs": "memdb", "uri": "true"})

    def keep(self, url: URL) -> Any:
        # a connection that is dropped, since a call on it was interrupted, must not take the database with it
        if url.query.get("vfs") != "memdb":
            return None
        return sqlite3.connect(f"{url.database}?vfs=memdb", uri=True, check_same_thread=False)

    def require_driver(self, face: Face) -> None:
        super().require_driver(face)
        driver = logging.getLogger("aiosqlite")
        if face == "async" and driver.level == logging.NOTSET:
            driver.setLevel(logging.INFO)  # below that it logs the values of statements

    def connect_args(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        if config.path:
            _make_folder(Path(config.path))
        return {"timeout": _BUSY_SECONDS, "check_same_thread": False, "cached_statements": 256}

    def engine_options(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        options = super().engine_options(config, face)
        if config.path:
            return options
        # in memory, readers and writers are in each other's way: callers take one connection in turn
        pool = sa.pool.QueuePool if face == "sync" else sa.pool.AsyncAdaptedQueuePool
        return {**options, "poolclass": pool, "pool_size": 1, "max_overflow": 0}

    def session_setup(self, statement_timeout: float | None) -> Sequence[str]:
        return (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=NORMAL",
            "PRAGMA foreign_keys=ON",
            f"PRAGMA busy_timeout={round((lock_timeout(statement_timeout) or _BUSY_SECONDS) * 1000)}",
            "PRAGMA case_sensitive_like=ON",
        )

    def prepare(self, dbapi_connection: Any) -> None:
        dbapi_connection.create_function(FOLD, 1, _fold, deterministic=True)

    def deadline(
        self, dbapi_connection: Any, seconds: float | None, config: DatabaseConfig | None
    ) -> Deadline:
        polled = PolledDeadline(seconds or None)
        driver = getattr(dbapi_connection, "driver_connection", dbapi_connection)
        looks = polled.looks()
        next(looks)  # from here on it is in the midst of looking
        done = driver.set_progress_handler(looks.__next__, _STEPS_BETWEEN_LOOKS)
        if done is not None:  # aiosqlite's answer is a coroutine
            await_only(done)
        return polled

    def stop(self, driver_connection: Any, config: DatabaseConfig | None, deadline: Deadline | None) -> None:
        if isinstance(deadline, PolledDeadline):
            deadline.expire()  # sqlite3_interrupt would also end the ROLLBACK, while a cursor is open
        # closing is not enough: a cursor that somebody still holds keeps the file open, and locked
        if isinstance(driver_connection, sqlite3.Connection):
            driver_connection.rollback()
        elif in_greenlet():
            await_only(completed(driver_connection.rollback()))

    # -- transactions ----------------------------------------------------------------------------

    def begin(self, *, read_only: bool) -> str:
        return "BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE"

    def begin_snapshot(self) -> Sequence[str]:
        return (self.begin(read_only=True),)  # a reader of a WAL sees one moment anyway

    # -- expressions -----------------------------------------------------------------------------

    def one_of(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        # for tuples it would read the whole table
        tuples = (zip(columns, found, strict=True) for found in values)
        return sa.or_(*(sa.and_(*(column == value for column, value in pairs)) for pairs in tuples))

    def fold(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        return sa.Function(FOLD, text, type_=sa.String())

    def total(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        halves = (column.bitwise_rshift(_HALF), column.bitwise_and((1 << _HALF) - 1))
        return sa.func.printf("%d %d", *(sa.func.sum(half) for half in halves), type_=_Halves())

    def list_contains(self, column: ColumnElement[Any], element: ColumnElement[Any]) -> ColumnElement[bool]:
        return self.json_contains(column, element, "string")

    def elements(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        unfolded = sa.func.json_each(column).table_valued(sa.column("value", sa.String()), name="unfolded")
        return unfolded.c.value

    def json_contains(
        self, column: ColumnElement[Any], element: ColumnElement[Any], scalar: str
    ) -> ColumnElement[bool]:
        each = sa.func.json_each(column).table_valued("value", "type", name="each_element")
        types = {
            "string": ["text"],
            "integer": ["integer", "real"],
            "number": ["integer", "real"],
            "true": ["true"],
            "false": ["false"],
        }
        same_type = each.c.type.in_([sa.literal(name, sa.String()) for name in types[scalar]])
        value = sa.func.json_extract(element, "$")
        found: sa.Select[Any] = (
            sa.select(sa.literal_column("1")).select_from(each).where(same_type, each.c.value == value)
        )
        is_array = sa.func.json_type(column, type_=sa.String()) == sa.literal("array", sa.String())
        return sa.case((column.is_not(None), sa.and_(is_array, found.exists())))

    def ago(self, seconds: ColumnElement[float]) -> ColumnElement[Any]:
        before: sa.Function[str] = sa.func.printf("-%f seconds", seconds)
        return sa.func.strftime("%Y-%m-%dT%H:%M:%f000Z", "now", before, type_=Instant())

    def epoch_seconds(self, moment: ColumnElement[Any]) -> ColumnElement[int]:
        whole = sa.func.substr(moment, 1, len("2026-06-01T12:00:00"), type_=sa.String())  # %s would round
        return sa.cast(sa.func.strftime("%s", whole), sa.BigInteger())

    def upsert(
        self, table: Table, columns: Sequence[str], conflict: Sequence[str], update: Sequence[str]
    ) -> Executable:
        return on_conflict(sqlite.insert(table), table, conflict, update)

    # -- errors ----------------------------------------------------------------------------------

    def read_failure(self, error: BaseException) -> Failure:
        kind: Kind
        code = getattr(error, "sqlite_errorcode", None)
        message = str(error)
        if code is None:
            unwritable = isinstance(error, OverflowError) or message.startswith("Error binding parameter")
            kind = "invalid_value" if unwritable else "other"
            return Failure(kind, detail=short(message), unsent=True)
        kind = _KINDS.get(code) or _KINDS.get(code & 0xFF, "other")
        if code == sqlite3.SQLITE_ERROR and message.startswith(("no such table", "no such column")):
            kind = "schema"
        if code == sqlite3.SQLITE_ERROR and message == "integer overflow":
            kind = "invalid_value"
        _, _, named = message.partition("constraint failed: ")
        if kind == "check":
            return Failure(kind, constraint=named or None, detail=short(message))
        places = [name.partition(".") for name in named.split(", ") if "." in name]
        table = places[0][0] if places else None
        return Failure(kind, table=table, columns=[column for _, _, column in places], detail=short(message))

    def _is_driver_error(self, error: BaseException) -> bool:
        return isinstance(error, sqlite3.Error)


class _Halves(sa.types.TypeDecorator[int]):
    """A sum in two halves, since SQLite's own fails beyond 64 bits."""

    impl = sa.String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> int:
        high, low = map(int, value.split())
        return (high << _HALF) + low


def _fold(text: Any) -> Any:
    return text.lower().replace("ς", "σ") if isinstance(text, str) else text


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailableError(f"can't make the folder {path.parent}: {error.strerror}") from error
