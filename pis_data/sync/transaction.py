# Generated from pis_data/aio/transaction.py by tools/make_sync.py: change that, then run it.
"""An open transaction: the adapter's calls, on one connection, taking effect together or not at all."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from typing import Any

from pis_data.dialects import Dialect
from pis_data.errors import DatabaseError, PisDataError, RetryableError, TransactionError
from pis_data.queries import rows as queries
from pis_data.queries.rows import Query
from sqlalchemy import Connection, Table

from .hooks import Hook, check_hook
from .link import Link
from .operations import Operations, Row, T, Unit
from .server import Server


class Transaction(Operations):
    """What ``db.transaction()`` gives: the same methods as the adapter's, and savepoints by nesting.

    After an error of the server the transaction can't go on, on any database (PostgreSQL would refuse;
    here all do): whatever may fail and be survived belongs into a savepoint, ``with tx.transaction():``.
    """

    def __init__(
        self,
        server: Server,
        connection: Connection,
        *,
        read_only: bool = False,
        snapshot: bool = False,
        outer: Transaction | None = None,
    ) -> None:
        self._server = server
        self._snapshot = snapshot
        self._link = Link(server, connection)
        self._read_only = read_only or snapshot
        self._depth: int = outer._depth + 1 if outer else 0
        #: one caller at a time: a connection of MySQL's is no good to two
        self._turn: threading.Lock = outer._turn if outer else threading.Lock()
        self._is_open = True
        self._failure: PisDataError | None = None
        self._hooks: list[Hook] = []
        self._streams: list[Generator[Row, None, None]] = []

    @property
    def dialect(self) -> Dialect:
        return self._server.dialect

    def _discover(self) -> bool:
        return False

    # -- statements ------------------------------------------------------------------------------

    def _read(self, query: Query) -> list[Row]:
        with self._turn:
            self._require_usable()
            try:
                return self._link.fetch(query)
            except PisDataError as error:
                raise self._spoiled(error) from error.__cause__

    def _write(self, unit: Unit[T], *, single: bool) -> T:
        with self._turn:
            self._require_usable()
            self.require_writable()
            try:
                return unit(self._link)
            except PisDataError as error:
                raise self._spoiled(error) from error.__cause__

    def _stream(self, table: Table, filters: object, batch: int, how: Mapping[str, Any]) -> Iterator[Row]:
        self._require_usable()
        query = queries.select(self.dialect, table, filters, **how)
        if not self.dialect.caps.interleaved_streams:
            for row in self._read(query):
                yield row
                self._require_usable()
            return
        rows = self._link.stream(query, batch)
        self._streams.append(rows)
        try:
            with closing(rows):
                for row in rows:
                    yield row
                    self._require_usable()
        except PisDataError as error:
            raise self._spoiled(error) from error.__cause__
        finally:
            self._streams.remove(rows)

    def _close_streams(self) -> None:
        """End what is still being read: afterwards the connection is another caller's."""
        for rows in list(self._streams):
            with suppress(Exception):  # a broken connection says so itself, with what is sent next
                rows.close()

    def _require_usable(self) -> None:
        if not self._is_open:
            raise TransactionError("this transaction is over: open another with db.transaction()")
        if self._failure is not None:
            raise TransactionError(
                "this transaction can't go on after an error; put what may fail into a savepoint "
                f"(`with tx.transaction():`). The error was: {self._failure}"
            ) from self._failure
        if self._link.connection.invalidated:  # SQLAlchemy would go on with another one, and outside of this
            raise TransactionError("this transaction can't go on: a call in it was cancelled")

    def require_writable(self) -> None:
        """Refuse what writes, or holds rows, in a read-only transaction: alike on every database."""
        if self._read_only:
            raise TransactionError("this transaction is read-only: open it without read_only=True to write")

    def _spoiled(self, error: PisDataError) -> PisDataError:
        """The same error, after which the transaction can't go on, unless nothing was sent."""
        if isinstance(error, DatabaseError) or error.refused_by_server:
            self._failure = self._failure or error
        return error

    # -- beginning and ending --------------------------------------------------------------------

    def begin(self) -> None:
        """Send BEGIN; if the connection turns out to be dead, nothing was lost but the connection."""
        dialect = self.dialect
        for statement in (
            dialect.begin_snapshot() if self._snapshot else [dialect.begin(read_only=self._read_only)]
        ):
            self._send(statement)
        config = self._server.config
        if config is not None and config.pooled:  # the session has no timeout of its own then
            self.set_timeout(self._server.statement_timeout)

    def commit(self) -> None:
        """Make it so; a transaction that failed is rolled back and says so.

        Raises:
            CommitOutcomeUnknownError: the connection was lost in the middle of it.
        """
        self._is_open = False
        if self._failure is not None:
            self.rollback()
            raise TransactionError(
                f"nothing was committed: an error inside the transaction was passed over ({self._failure})"
            ) from self._failure
        if self._link.connection.invalidated:
            raise TransactionError("nothing was committed: a call inside the transaction was cancelled")
        self._close_streams()
        try:
            self._server.send(self._link.connection, "COMMIT", "commit")
        except BaseException:
            self.rollback()  # a server that refuses to commit may still hold the transaction open
            raise

    def after_commit(self, callback: Hook) -> None:
        """Have a function called once all this is committed, and not at all if it is rolled back.

        Calls are made in the order in which they were asked for, after the connection was given back: they
        may use the adapter. Those of a savepoint that is rolled back are forgotten with it; if `run` repeats
        a unit of work, only those of the attempt that succeeds are made; if nobody knows whether the commit
        took effect, none is. A process that dies between the commit and a call has not made it.

        What one raises keeps no other from being called, and surfaces at the end of the block as an
        `AfterCommitError`: the transaction stays committed.

        Args:
            callback: takes no arguments; on the synchronous face it may be a coroutine function.

        Raises:
            InvalidValueError: it is no such function.
            TransactionError: this transaction is over, or can't go on.
        """
        check_hook(callback)
        self._require_usable()
        self._hooks.append(callback)

    def rollback(self) -> None:
        """Undo everything; a connection that can't even do that is dropped, which undoes it as well."""
        self._is_open = False
        connection = self._link.connection
        if connection.closed or connection.invalidated:
            return
        self._close_streams()
        try:
            self._server.send(connection, "ROLLBACK")
        except PisDataError:
            connection.invalidate()

    def _send(self, sql: str) -> None:
        with self._turn:
            self._server.send(self._link.connection, sql)

    def set_timeout(self, seconds: float | None) -> None:
        """Limit the statements of this transaction; None lets them take their time."""
        for statement in self.dialect.set_timeout(seconds):
            self._send(statement)

    def end_stream(self, limit: float | None) -> None:
        """End a transaction that only read, and give its connection the usual timeout again."""
        self.rollback()
        connection = self._link.connection
        if not (connection.closed or connection.invalidated):
            for statement in self.dialect.restore_timeout(limit):
                self._send(statement)

    # -- savepoints ------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A savepoint: what happens inside is undone if the block raises, and the outer one goes on."""
        self._require_usable()
        inner = Transaction(self._server, self._link.connection, read_only=self._read_only, outer=self)
        name = f"pis_{inner._depth}"
        self._send(f"SAVEPOINT {name}")
        try:
            yield inner
            inner._is_open = False
            if inner._failure is not None:
                raise TransactionError(
                    f"the savepoint was rolled back: an error inside it was passed over ({inner._failure})"
                ) from inner._failure
            inner._close_streams()
            self._send(f"RELEASE SAVEPOINT {name}")
            self._hooks += inner._hooks
        except BaseException:
            inner._is_open = False
            if not self._link.connection.invalidated:
                inner._close_streams()
            self._roll_back_to(name, inner._failure)
            raise

    def _roll_back_to(self, name: str, failure: PisDataError | None) -> None:
        if isinstance(failure, RetryableError):
            self._spoiled(failure)  # a deadlock's victim has lost its whole transaction, savepoints too
            return
        connection = self._link.connection
        if connection.closed or connection.invalidated:
            self._spoiled(failure or TransactionError("the connection was dropped"))
            return
        self._send(f"ROLLBACK TO SAVEPOINT {name}")
