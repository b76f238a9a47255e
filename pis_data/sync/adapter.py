# Generated from pis_data/aio/adapter.py by tools/make_sync.py: change that, then run it.
"""The database adapter: the one API over SQLite, PostgreSQL, MySQL and MariaDB."""

from __future__ import annotations

import itertools
import math
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from pis_data.config import DatabaseConfig, resolve_database
from pis_data.dialects import Dialect
from pis_data.errors import (
    ConfigurationError,
    ConnectionLostError,
    DatabaseUnavailableError,
    DeadlockError,
    InvalidValueError,
    PisDataError,
    RetryableError,
    SerializationError,
    TransactionError,
)
from pis_data.queries import revision
from pis_data.queries import rows as queries
from pis_data.queries.rows import Query
from pis_data.schema.characters import shown
from sqlalchemy import Engine, Table

from . import hooks
from .link import Link
from .operations import Operations, Row, T, Unit
from .server import Server
from .transaction import Transaction

#: how often the adapter repeats a write of its own that lost a race, before the caller hears of it
_OWN_RETRIES = 5
#: the pause before the first retry and the longest one, in seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 1.0


class DatabaseAdapter(Operations):
    """One database. Connects at the first call; share one adapter and close it at the end.

    Args:
        config: a configuration, or a URL; see `DatabaseConfig`.
        engine: an engine of your own in place of that; its pool is used, and closing it stays yours.
        statement_timeout: with an engine of your own: seconds until a statement is cancelled, None for
            no limit.

    Raises:
        ConfigurationError: neither or both of config and engine, or a configuration that makes no sense.
        MissingDependencyError: the driver is not installed.
    """

    def __init__(
        self,
        config: DatabaseConfig | str | None = None,
        *,
        engine: Engine | None = None,
        statement_timeout: float | None = None,
    ) -> None:
        if (config is None) == (engine is None):
            raise ConfigurationError("give either a configuration (or URL) or an engine")
        if engine is not None and not isinstance(engine, Engine):
            raise ConfigurationError(f"this face takes an {Engine.__name__}, got {type(engine).__name__}")
        if statement_timeout is not None and not _is_time(statement_timeout):
            raise ConfigurationError(
                f"statement_timeout is seconds, 0 or more, or None; got {shown(statement_timeout)}"
            )
        if isinstance(config, str):
            config = resolve_database(config)
        self.config = config
        self._server = Server(config, engine, statement_timeout=statement_timeout)
        self._inside: set[object] = set()
        self._readers = [type(self)(replica) for replica in config.replicas] if config else []
        self._turns = itertools.count()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.config or self._server.engine.url!r}>"

    def __enter__(self) -> DatabaseAdapter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def dialect(self) -> Dialect:
        return self._server.dialect

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine underneath; its connections are in autocommit."""
        return self._server.engine

    def _discover(self) -> bool:
        return self._server.discover()

    def close(self) -> None:
        """Close the pool, and those of the replicas. An engine that was given stays open."""
        self._server.close()
        for reader in self._readers:
            reader.close()

    def reader(self) -> DatabaseAdapter:
        """The adapter of one of ``DATABASE_REPLICA_URLS``, in turn; without any, this adapter itself.

        A replica lags behind: ask it only what need not include one's own last writes. It refuses writes.
        """
        return self._readers[next(self._turns) % len(self._readers)] if self._readers else self

    def health(self) -> dict[str, Any]:
        """Whether the database answers, and which it is.

        Returns:
            ``{"server", "version", "revision", "latency_ms"}``; the revision is None where there is none.

        Raises:
            DatabaseUnavailableError: it does not answer.
        """
        self._refuse_inside()
        started = time.perf_counter()
        try:
            self._discover()
            version = self._server.version()
            latency = (time.perf_counter() - started) * 1000
            found = self._revision()
        except DatabaseUnavailableError:
            raise
        except PisDataError as error:
            raise DatabaseUnavailableError(f"the {self.dialect.name} database fails: {error}") from error
        return {
            "server": self.dialect.name,
            "version": version,
            "revision": found,
            "latency_ms": round(latency, 3),
        }

    def _revision(self) -> str | None:
        if not self._read(revision.table_query(self.dialect)):
            return None
        found = self._read(revision.revision_query())
        return found[0]["version_num"] if found else None

    # -- statements outside a transaction --------------------------------------------------------

    def _read(self, query: Query) -> list[Row]:
        """Read in autocommit; should the connection turn out to be dead, once more on a fresh one."""
        self._refuse_inside()
        try:
            return self._fetch(query)
        except ConnectionLostError:
            return self._fetch(query)

    def _fetch(self, query: Query) -> list[Row]:
        with self._server.connection() as connection:
            return Link(self._server, connection).fetch(query)

    def _write(self, unit: Unit[T], *, single: bool) -> T:
        """Run a unit of the adapter's own: one statement in autocommit, several in a transaction."""
        self._refuse_inside()
        attempt = 0
        while True:
            try:
                return self._write_alone(unit) if single else self._write_together(unit)
            except (DeadlockError, SerializationError):
                if attempt == _OWN_RETRIES:
                    raise
            except ConnectionLostError:
                if attempt:
                    raise
            _pause(attempt)
            attempt += 1

    def _write_alone(self, unit: Unit[T]) -> T:
        with self._server.connection() as connection:
            return unit(Link(self._server, connection, "commit"))

    def _write_together(self, unit: Unit[T]) -> T:
        with self.transaction() as tx:
            return tx._write(unit, single=False)

    def _stream(self, table: Table, filters: object, batch: int, how: Mapping[str, Any]) -> Iterator[Row]:
        self._refuse_inside()
        self._discover()
        query = queries.select(self.dialect, table, filters, **how)
        if self._server.is_in_memory:  # its one connection must not be held while the caller works
            for row in self._read(query):
                yield row
            return
        with self._server.connection() as connection:
            tx = Transaction(self._server, connection, read_only=True)
            tx.begin()
            try:
                tx.set_timeout(None)
                with closing(tx._link.stream(query, batch)) as rows:
                    for row in rows:
                        yield row
            finally:
                tx.end_stream(self._server.statement_timeout)

    # -- transactions ----------------------------------------------------------------------------

    @contextmanager
    def transaction(self, *, read_only: bool = False, snapshot: bool = False) -> Iterator[Transaction]:
        """A transaction for the length of a block: committed at its end, rolled back if it raises.

        The isolation is READ COMMITTED; on SQLite a writer takes the write lock at once. Calls of the
        adapter itself inside the block raise `TransactionError`: use the transaction that is given.

        Args:
            read_only: refuse writes, and take no write lock.
            snapshot: also read the data of one moment, that of the first statement, whatever is committed
                meanwhile.

        Raises:
            CommitOutcomeUnknownError: the connection was lost while committing.
            AfterCommitError: it was committed, but what `Transaction.after_commit` was given failed.
            DatabaseError: whatever the statements, or the commit, met with.
        """
        self._refuse_inside()
        self._discover()
        with self._server.connection() as connection:
            tx = Transaction(self._server, connection, read_only=read_only, snapshot=snapshot)
            tx.begin()
            me = threading.current_thread()
            self._inside.add(me)
            try:
                yield tx
            except BaseException:
                tx.rollback()
                raise
            else:
                tx.commit()
            finally:
                self._inside.discard(me)
        hooks.call(tx._hooks)

    def run(self, unit_of_work: Callable[[Transaction], T], *, retries: int = 5) -> T:
        """Run ``unit_of_work(tx)`` in a transaction, again from its start after a `RetryableError`.

        Args:
            unit_of_work: called with the transaction, once for each attempt: it must not keep anything
                from an attempt that failed.
            retries: how many times to try again, with growing, jittered pauses, before giving up.

        Returns:
            What the unit of work returned in the attempt that was committed.

        Raises:
            InvalidValueError: ``unit_of_work`` can't be called, or ``retries`` is no number from 0.
            RetryableError: the last attempt's, when all have failed.
            CommitOutcomeUnknownError, AfterCommitError: never retried.
        """
        check_run(unit_of_work, retries)
        attempt = 0
        while True:
            try:
                with self.transaction() as tx:
                    return unit_of_work(tx)
            except RetryableError:
                if attempt >= retries:
                    raise
            _pause(attempt)
            attempt += 1

    def _refuse_inside(self) -> None:
        if self._inside and threading.current_thread() in self._inside:
            raise TransactionError(
                "the adapter was called inside its own open transaction, where it would wait for itself: "
                "call the transaction (`with db.transaction() as tx: tx.insert(…)`)"
            )


def _is_time(seconds: object) -> bool:
    is_number = isinstance(seconds, (int, float)) and type(seconds) is not bool
    return is_number and 0 <= float(seconds) < math.inf  # type: ignore[arg-type]


def check_run(unit_of_work: object, retries: object) -> None:
    """Whether this can be run, so many times more; else `InvalidValueError`."""
    if not callable(unit_of_work):
        raise InvalidValueError(f"run takes a function of the transaction, got {shown(unit_of_work)}")
    if type(retries) is not int or retries < 0:
        raise InvalidValueError(f"retries: expected a whole number from 0, got {shown(retries)}")


def _pause(attempt: int) -> None:
    longest = min(_FIRST_PAUSE * 2**attempt, _LONGEST_PAUSE)
    time.sleep(random.uniform(longest / 2, longest))
