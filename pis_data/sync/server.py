# Generated from pis_data/aio/server.py by tools/make_sync.py: change that, then run it.
"""One database as its callers reach it: the pool of connections, and the dialect its server speaks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from pis_data.config import DatabaseConfig
from pis_data.dialects import dialect_for, session, tracing
from pis_data.errors import ConfigurationError, ConnectionLostError, PisDataError
from pis_data.queries.bulk import Bulk
from pis_data.queries.rows import Query
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.sql.base import Executable

T = TypeVar("T")

_log = logging.getLogger("pis_data")

#: psycopg forgets how many rows an INSERT … SELECT wrote as soon as its cursor is closed
_OPTIONS: Final = {"preserve_rowcount": True}


class Server:
    """The connections to one database. Connects when first asked, not when made."""

    def __init__(
        self,
        config: DatabaseConfig | None = None,
        engine: Engine | None = None,
        *,
        statement_timeout: float | None = None,
    ) -> None:
        self.config = config
        self.owns_engine = engine is None
        self.statement_timeout = config.statement_timeout if config else statement_timeout
        self._kept: Any = None
        if engine is None:
            assert config is not None
            self.dialect = dialect_for(config.kind)
            self.engine = self._make_engine(config)
            self._kept = self.dialect.keep(self.engine.url)
        else:
            self.dialect = dialect_for(engine.dialect.name)
            self._require_driver_of(engine)
            self.engine = engine.execution_options(isolation_level="AUTOCOMMIT", **_OPTIONS)
            session.attach(engine, self.dialect, self.statement_timeout, None)
        #: whether the server has told which it is, where a URL is no more than a hint
        self.known = self.dialect.identity_query is None
        self._lock = threading.Lock()

    def _make_engine(self, config: DatabaseConfig) -> Engine:
        dialect = self.dialect
        dialect.require_driver("sync")
        if not config.tls.explicit and config.host:
            _log.info("%s at %s: %s", dialect.name, config.host, config.tls)
        engine = create_engine(
            dialect.url(config, "sync"),
            connect_args=dialect.connect_args(config, "sync"),
            isolation_level="AUTOCOMMIT",  # transactions are begun by name, so reads need none
            skip_autocommit_rollback=True,
            hide_parameters=True,
            execution_options=_OPTIONS,
            **dialect.engine_options(config, "sync"),
        )
        session.attach(engine, dialect, self.statement_timeout, config)
        return engine

    def _require_driver_of(self, engine: Engine) -> None:
        """Refuse an engine whose driver was never tried: each has its own ways, errors and types."""
        wanted = self.dialect.drivers["sync"]
        if engine.dialect.driver != wanted.partition("+")[2]:
            raise ConfigurationError(
                f"this engine's driver is {engine.dialect.driver}: make it with create_engine('{wanted}://…')"
            )

    @property
    def is_in_memory(self) -> bool:
        """Whether the database lives in its one connection, so that callers must take turns."""
        return self.config is not None and self.config.kind == "sqlite" and not self.config.path

    def discover(self) -> bool:
        """Learn which of several kindred servers this is; True if the dialect changed by that."""
        if self.known:
            return False
        before = self.dialect
        with self._lock:
            self._recognize()
        return self.dialect is not before

    def _recognize(self) -> None:
        if not self.known:  # else another caller was first
            assert self.dialect.identity_query is not None
            answer = self._value(self.dialect.identity_query)
            before, self.dialect = self.dialect, dialect_for(self.dialect.recognize(answer, self.config))
            if self.dialect.name != before.name and self.owns_engine and self.config is not None:
                engine, self.engine = self.engine, self._make_engine(self.config)
                engine.dispose()
            self.dialect.adapt(self.engine.dialect)
            self.known = True

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection of the pool, for the length of a block.

        Raises:
            DatabaseUnavailableError: none could be made, or none became free in time.
        """
        try:
            connecting = self.engine.connect()
            connection = connecting
        except Exception as error:
            raise self.named(error, "connect") from cause(error)
        try:
            yield connection
        finally:
            self._release(connection)

    def _release(self, connection: Connection) -> None:
        try:
            connection.close()
        except Exception as error:  # a connection that can't even be given back is of no use to anybody
            connection.invalidate(error)

    def execute(
        self, connection: Connection, query: Query, during: str = "statement"
    ) -> tuple[sa.CursorResult[Any], Sequence[Any]]:
        """Send a query, and read its rows, if it has any; what goes wrong is an error of this package, or a
        cancellation.
        """
        return self._deliver(
            connection, partial(_answer, connection, query), during, _written(query.statement)
        )

    def load(self, connection: Connection, bulk: Bulk, during: str, *, by_copy: bool) -> None:
        """Insert rows: by COPY where the server takes it, else by the driver's own INSERT."""
        table = bulk.table.name
        if by_copy:
            self._deliver(connection, lambda: self._copy(connection, bulk), during, table)
        elif self.dialect.caps.copy_in:  # psycopg repeats an INSERT in a pipeline, which can't be cancelled
            for joined in bulk.joined(self.engine.dialect):
                self._deliver(connection, partial(connection.exec_driver_sql, *joined), during, table)
        else:
            for insert in bulk.inserts(self.engine.dialect, self.dialect.rows_per_insert):
                self._deliver(connection, partial(connection.exec_driver_sql, *insert), during, table)

    def _copy(self, connection: Connection, bulk: Bulk) -> None:
        """COPY rows in, past SQLAlchemy, which has no word for it."""
        sql = f"COPY {bulk.columns(self.engine.dialect)} FROM STDIN"
        pooled = connection.connection
        driver: Any = pooled.driver_connection
        with tracing.told(self.engine, f"COPY {bulk.table.name}", sql, len(bulk.rows)):
            with driver.cursor() as cursor, cursor.copy(sql) as copy:
                for row in bulk.rows:
                    copy.write_row(row)

    def _deliver(self, connection: Connection, call: Callable[[], T], during: str, table: str | None) -> T:
        """Have a statement sent, with the connection's deadline; its errors get the names of this package."""
        deadline = connection.info.get(session.DEADLINE)
        if deadline is not None:
            deadline.start()
        try:
            return call()
        except BaseException as error:
            told = error if deadline is None else deadline.told(error)
            raise self.failed(connection, told, during, table) from cause(told)
        finally:
            if deadline is not None:
                deadline.lift()

    def send(self, connection: Connection, sql: str, during: str = "statement") -> None:
        """Send a statement of the dialect's own, such as BEGIN."""
        try:
            connection.exec_driver_sql(sql)
        except BaseException as error:
            raise self.failed(connection, error, during) from cause(error)

    def failed(
        self,
        connection: Connection,
        error: BaseException,
        during: str = "statement",
        table: str | None = None,
    ) -> BaseException:
        """The error to raise for what went wrong on a connection; one in an unknown state is dropped."""
        named = self.named(error, during, table) if isinstance(error, Exception) else error
        if not isinstance(named, PisDataError):  # cancelled, or a signal's handler raised: nobody waits for
            connection.invalidate(session.Interruption())  # the answer any more
        elif isinstance(named, ConnectionLostError) and not connection.invalidated:
            connection.invalidate()
        return named

    def named(self, error: Exception, during: str, table: str | None = None) -> Exception:
        """The error of this package for a driver's; anything else stays as it is."""
        return self.dialect.translate(error, during=during, table=table) or error

    def close(self) -> None:
        """Close the pool's connections; an engine that was given stays its owner's."""
        if self.owns_engine:
            self.engine.dispose()
        if self._kept is not None:
            self._kept.close()

    def version(self) -> str:
        """What the server says that it is."""
        return self._value(self.dialect.version_query) or ""

    def _value(self, sql: str) -> str | None:
        with self.connection() as connection:
            _, rows = self.execute(connection, Query(sa.text(sql)))
            found = rows[0][0] if rows else None
            return None if found is None else str(found)


def _answer(connection: Connection, query: Query) -> tuple[sa.CursorResult[Any], Sequence[Any]]:
    """What a query gives; SQLite does most of its work while rows are read."""
    result = connection.execute(query.statement, query.parameters)
    return result, result.all() if result.returns_rows else ()


def _written(statement: Executable) -> str | None:
    """The table whose rows a statement writes; a DELETE fails for the sake of another table's rows."""
    return None if statement.is_delete else getattr(getattr(statement, "table", None), "name", None)


def cause(error: BaseException) -> BaseException | None:
    """The driver's own exception, for ``__cause__``; an error that passes through keeps its own."""
    if isinstance(error, PisDataError) or not isinstance(error, Exception):
        return error.__cause__
    return getattr(error, "orig", None) or error
