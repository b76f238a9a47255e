"""What every database does alike; a module beside this one states only how its database differs.

A `Dialect` is asked, never tested by name: it says what its server can do (`Capabilities`), writes the
expressions that the servers spell differently, sets a session up, and translates the driver's errors.
It does no I/O of its own.
"""

from __future__ import annotations

import re
import select as polling
import socket
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from sqlalchemy import URL, Column, ColumnElement, Table
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.base import Executable

from pis_data.config import DatabaseConfig
from pis_data.dialects import constraints
from pis_data.dialects.deadline import Deadline
from pis_data.errors import (
    CapabilityError,
    CheckViolationError,
    CommitOutcomeUnknownError,
    ConnectionLostError,
    ConstraintViolationError,
    DatabaseError,
    DatabaseUnavailableError,
    DeadlockError,
    ForeignKeyViolationError,
    InvalidValueError,
    LockTimeoutError,
    MissingDependencyError,
    NotNullViolationError,
    PisDataError,
    SchemaMismatchError,
    SerializationError,
    StatementTimeoutError,
    UniqueViolationError,
)
from pis_data.schema.triggers import QUIET, Quiet

Face = Literal["sync", "async"]


@dataclass(frozen=True, slots=True)
class Capability:
    """Whether a server can do a thing, and why not (or what is done in its place)."""

    able: bool
    reason: str

    def __bool__(self) -> bool:
        return self.able


def can(reason: str) -> Capability:
    """A capability that is there."""
    return Capability(True, reason)


def cannot(reason: str) -> Capability:
    """A capability that is missing, and what follows from that."""
    return Capability(False, reason)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a server can do, each with its reason."""

    #: INSERT … RETURNING gives the stored rows
    insert_returning: Capability = field(default_factory=lambda: can("INSERT … RETURNING"))
    #: UPDATE … RETURNING gives the rows as triggers left them
    update_returning: Capability = field(default_factory=lambda: can("UPDATE … RETURNING"))
    #: INSERT … ON CONFLICT (columns) names the unique key that it minds
    conflict_target: Capability = field(default_factory=lambda: can("ON CONFLICT (columns)"))
    #: deleting a parent fires the triggers of the rows that go with it
    cascade_fires_triggers: Capability = field(default_factory=lambda: can("cascades fire triggers"))
    #: a subquery of an UPDATE or DELETE may ask the table that is written
    asks_written_table: Capability = field(
        default_factory=lambda: can("subqueries see the rows as they were")
    )
    #: SELECT … FOR UPDATE locks rows
    row_locks: Capability = field(default_factory=lambda: can("FOR UPDATE"))
    #: SELECT … FOR UPDATE SKIP LOCKED
    skip_locked: Capability = field(default_factory=lambda: can("FOR UPDATE SKIP LOCKED"))
    #: a revision of DDL either happens whole or not at all
    transactional_ddl: Capability = field(default_factory=lambda: can("DDL in transactions"))
    #: the server itself ends any statement that runs too long, writes too
    statement_timeout: Capability = field(default_factory=lambda: can("statement_timeout"))
    #: a list column is an array of the server's own, else a JSON array
    native_lists: Capability = field(default_factory=lambda: cannot("lists are JSON arrays"))
    #: other statements may run on a connection while a stream of rows is read from it
    interleaved_streams: Capability = field(default_factory=lambda: can("cursors of the server"))
    #: the server reckons how far embeddings are from one another
    vectors: Capability = field(
        default_factory=lambda: cannot(
            "no distance of vectors: an album's embeddings are read, and numpy decides"
        )
    )
    #: COPY … FROM STDIN takes many new rows at once
    copy_in: Capability = field(
        default_factory=lambda: cannot("many rows are one INSERT, which the driver repeats or joins")
    )
    #: an index must be named for pages and queues to be read in its order
    index_hints: Capability = field(default_factory=lambda: cannot("the planner finds the index"))


#: The kinds of failure that drivers report, as this package names them.
Kind = Literal[
    "unique", "foreign_key", "check", "not_null", "deadlock", "serialization", "lock_timeout",
    "statement_timeout", "lost", "unavailable", "invalid_value", "capability", "denied",
    "disk_full", "schema", "other",
]  # fmt: skip

_VIOLATIONS: Mapping[str, type[ConstraintViolationError]] = {
    "unique": UniqueViolationError,
    "foreign_key": ForeignKeyViolationError,
    "check": CheckViolationError,
    "not_null": NotNullViolationError,
}

_PASSING: Mapping[str, tuple[type[DatabaseError], str]] = {
    "deadlock": (DeadlockError, "the server ended this transaction to break a deadlock"),
    "serialization": (SerializationError, "a concurrent transaction changed what this one had read"),
    "lock_timeout": (LockTimeoutError, "a lock was held by another transaction for too long"),
    "lost": (ConnectionLostError, "the connection to the database was lost"),
    "statement_timeout": (
        StatementTimeoutError,
        "the statement ran longer than DATABASE_STATEMENT_TIMEOUT and was cancelled",
    ),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A driver's error, read: its kind, and what the server told about the constraint."""

    kind: Kind
    constraint: str | None = None
    table: str | None = None
    columns: Sequence[str] = ()
    detail: str = ""
    #: the driver's own doing: nothing was sent
    unsent: bool = False


class Dialect(ABC):
    """One database's ways. Instances hold no state but what was configured: share them freely."""

    name: ClassVar[str]
    caps: ClassVar[Capabilities] = Capabilities()
    #: SQLAlchemy's name of the dialect and driver for each face
    drivers: ClassVar[Mapping[Face, str]]
    #: the module that each face imports, and the extra that brings it
    modules: ClassVar[Mapping[Face, str]]
    extra: ClassVar[str | None] = None
    #: how many new rows one INSERT of many takes; drivers of servers see to that by themselves
    rows_per_insert: ClassVar[int] = 1
    #: from how many new rows on, none of them read again, the driver's own way in is the quickest
    bulk_from: ClassVar[int] = 1
    #: the statement whose one value is the server's version
    version_query: ClassVar[str] = "SELECT version()"
    #: the statement that gives a row if the current schema has a table called ``:name``
    find_table_query: ClassVar[str] = (
        "SELECT 1 FROM information_schema.tables WHERE table_schema = database() AND table_name = :name"
    )
    #: the statement whose one value, or lack of any, tells what a URL leaves open; None: it leaves nothing
    identity_query: ClassVar[str | None] = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    # -- connecting ------------------------------------------------------------------------------

    def require_driver(self, face: Face) -> None:
        """Import the driver; `MissingDependencyError` names the extra that brings it."""
        module = self.modules[face]
        try:
            import_module(module)
        except ImportError as error:
            raise MissingDependencyError(
                f"{self.name} needs the Python package {module!r}: pip install 'pis-data[{self.extra}]'"
            ) from error

    @abstractmethod
    def url(self, config: DatabaseConfig, face: Face) -> URL:
        """SQLAlchemy's URL for this configuration."""

    @abstractmethod
    def connect_args(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        """Arguments of the driver's ``connect``: TLS, timeouts, character set."""

    def keep(self, url: URL) -> Any:
        """What must stay open for a database to outlive its connections, to be closed at the end; or None."""
        return None

    def engine_options(self, config: DatabaseConfig, face: Face) -> dict[str, Any]:
        """Arguments of SQLAlchemy's ``create_engine``, beyond those that all dialects share."""
        return {
            "pool_size": config.pool_size,
            "max_overflow": config.max_overflow,
            "pool_timeout": config.pool_timeout,
            "pool_use_lifo": True,
        }

    @abstractmethod
    def session_setup(self, statement_timeout: float | None) -> Sequence[str]:
        """The statements that a new connection runs first, in order."""

    def prepare(self, dbapi_connection: Any) -> None:  # noqa: B027 - most have nothing to prepare
        """Set up the driver's connection object itself, once, before its first statement."""

    def is_stale(self, driver_connection: Any) -> bool:
        """Whether the server has hung up on an idle connection; asks the socket, sends nothing."""
        return False

    def abandon(self, driver_connection: Any) -> None:  # noqa: B027 - most let go by themselves
        """Let go of what would still read from a connection that is about to be dropped."""

    def stop(  # noqa: B027 - a file that is closed runs nothing
        self, driver_connection: Any, config: DatabaseConfig | None, deadline: Deadline | None
    ) -> None:
        """End what a connection is running and undo its transaction: its caller was interrupted.

        The connection is about to be dropped, but a server need not notice that before it has something to
        say.
        """

    def recognize(self, answer: str | None, config: DatabaseConfig | None) -> str:
        """Which dialect, of those that `dialect_for` knows, this answer to ``identity_query`` asks for.

        None: the server was not asked, or has no answer, and its configuration decides.
        """
        return self.name

    def adapt(self, driver_dialect: sa.Dialect) -> None:  # noqa: B027 - most have nothing to adapt
        """Tell SQLAlchemy's dialect of an engine what was found out about its server."""

    def deadline(
        self, dbapi_connection: Any, seconds: float | None, config: DatabaseConfig | None
    ) -> Deadline | None:
        """What limits a connection's statements where the server does not; None where it does.

        Args:
            dbapi_connection: as SQLAlchemy has it.
            seconds: the limit; None or 0 for no limit.
            config: how the server is reached; None for an engine that was given.
        """
        return None

    # -- transactions ----------------------------------------------------------------------------

    def begin(self, *, read_only: bool) -> str:
        """The statement that opens a transaction."""
        return f"START TRANSACTION {'READ ONLY' if read_only else 'READ WRITE'}"

    def begin_snapshot(self) -> Sequence[str]:
        """The statements that open a read-only transaction which sees the data of one moment."""
        return (
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        )

    def set_timeout(self, seconds: float | None) -> Sequence[str]:
        """Statements that set the statement timeout inside a transaction; None lifts it."""
        return ()

    def restore_timeout(self, seconds: float | None) -> Sequence[str]:
        """Statements that set it again after a transaction, where it does not end with that."""
        return ()

    # -- expressions -----------------------------------------------------------------------------

    def order(self, column: ColumnElement[Any], *, descending: bool) -> ColumnElement[Any]:
        """Sort by ``column`` with NULL as the smallest value, which most servers do by nature."""
        return column.desc() if descending else column.asc()

    def one_of(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """Whether several columns together hold one of these tuples of values."""
        return sa.tuple_(*columns).in_(values)

    def like(self, column: ColumnElement[Any], pattern: ColumnElement[Any]) -> ColumnElement[bool]:
        """``column LIKE pattern``, case-sensitive, with the backslash as escape."""
        return column.like(pattern, escape="\\")

    def ilike(self, column: ColumnElement[Any], pattern: ColumnElement[Any]) -> ColumnElement[bool]:
        """`like` after folding the case of both sides."""
        return self.like(self.fold(column), self.fold(pattern))

    def fold(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        """Text in lower case, letter by letter: some servers write a sigma otherwise at the end of a word."""
        return sa.func.replace(self.lower(text), "ς", "σ", type_=sa.String())

    def lower(self, text: ColumnElement[Any]) -> ColumnElement[str]:
        """Text in Unicode's lower case."""
        return sa.func.lower(text)

    def total(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The sum of whole numbers, 0 of none, exact beyond 64 bits too; for `int`."""
        return sa.func.coalesce(sa.func.sum(column), 0)

    @abstractmethod
    def list_contains(self, column: ColumnElement[Any], element: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a list column has this element (bound as text)."""

    def list_ilike(self, column: ColumnElement[Any], pattern: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether a list of texts has an element that matches, without regard to case; NULL has none."""
        one: sa.Select[Any] = sa.select(sa.literal_column("1"))
        return one.where(self.ilike(self.elements(column), pattern)).exists()

    @abstractmethod
    def elements(self, column: ColumnElement[Any]) -> ColumnElement[str]:
        """The elements of a list of texts as a column of a table of its own, for a subquery."""

    @abstractmethod
    def json_contains(
        self, column: ColumnElement[Any], element: ColumnElement[Any], scalar: str
    ) -> ColumnElement[bool]:
        """Whether a JSON array has this scalar, bound as JSON text.

        ``scalar`` is its type: string, true, false, integer (of 64 bits), or number for any other.
        """

    def upsert(
        self, table: Table, columns: Sequence[str], conflict: Sequence[str], update: Sequence[str]
    ) -> Executable:
        """INSERT that minds the unique key ``conflict``; only where ``caps.conflict_target``."""
        raise CapabilityError(f"{self.name}: {self.caps.conflict_target.reason}")

    def has_policies(self, table: Table) -> ColumnElement[bool]:
        """Whether row-level policies hold for the current user of a table."""
        return sa.false()

    def lock_rows(self, statement: sa.Select[Any], *, skip_locked: bool = False) -> sa.Select[Any]:
        """The same SELECT, keeping others from writing its rows until the transaction ends."""
        if not self.caps.row_locks:
            return statement  # a writer on SQLite holds the whole database already
        return statement.with_for_update(skip_locked=skip_locked)

    def hint_index(self, statement: sa.Select[Any], table: sa.FromClause, index: str) -> sa.Select[Any]:
        """Name the index whose order the rows are read in, where the planner may take another."""
        return statement

    def is_null(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """``column IS NULL`` in the words by which an index still serves the order of what is behind it."""
        return column.is_(None)

    @abstractmethod
    def ago(self, seconds: ColumnElement[float]) -> ColumnElement[Any]:
        """The moment so many seconds before now, by the server's own clock, as ``updated_at`` is."""

    @abstractmethod
    def epoch_seconds(self, moment: ColumnElement[Any]) -> ColumnElement[int]:
        """A moment as whole seconds since 1970, its fraction left out, whatever the session's time zone."""

    def cosine_distance(self, one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[float]:
        """1 less the cosine of the angle between two embeddings; no number if one is zero or damaged."""
        raise CapabilityError(f"{self.name}: {self.caps.vectors.reason}")

    @property
    def quiet(self) -> Quiet:
        """What switches the triggers off and on again."""
        return QUIET[self.name]

    # -- errors ----------------------------------------------------------------------------------

    @abstractmethod
    def read_failure(self, error: BaseException) -> Failure:
        """What the driver's own exception says."""

    def translate(
        self, error: BaseException, *, during: str = "statement", table: str | None = None
    ) -> PisDataError | None:
        """The error of this package for what a driver or SQLAlchemy raised; None if it is neither's.

        Args:
            error: what was caught.
            during: ``"connect"``, ``"statement"`` or ``"commit"``: a connection that is lost means
                something else in each.
            table: the table that the statement writes, for servers that don't tell.
        """
        if isinstance(error, PisDataError):
            return error
        if isinstance(error, PoolTimeoutError):
            return DatabaseUnavailableError(
                "no connection of the pool became free in time: raise DATABASE_POOL_SIZE or "
                "DATABASE_POOL_TIMEOUT, or look for transactions that stay open"
            )
        if isinstance(error, DBAPIError):
            lost = error.connection_invalidated
            return self._named(self.read_failure(error.orig or error), lost, during, table)
        if isinstance(error, StatementError):
            if isinstance(error.orig, PisDataError):
                return error.orig
            return InvalidValueError(f"the statement can't be executed: {error.orig or error}")
        if isinstance(error, sa.exc.CompileError):
            return CapabilityError(f"{self.name} can't express this statement: {error}")
        if isinstance(error, sa.exc.InvalidRequestError | sa.exc.ArgumentError):
            return DatabaseError(str(error))
        if self._is_driver_error(error):
            return self._named(self.read_failure(error), False, during, table)
        if isinstance(error, UnicodeEncodeError | OverflowError | TypeError):  # a value it can't write down
            return InvalidValueError(f"the statement can't be executed: {error}")
        if isinstance(error, OSError) and during == "connect":
            return self._unavailable(str(error))
        return None

    def _is_driver_error(self, error: BaseException) -> bool:
        return False

    def _named(self, failure: Failure, lost: bool, during: str, table: str | None = None) -> PisDataError:
        error = self._named_by_kind(failure, lost, during, table)
        error.refused_by_server = not failure.unsent
        return error

    def _named_by_kind(self, failure: Failure, lost: bool, during: str, table: str | None) -> PisDataError:
        kind = "lost" if lost and failure.kind == "other" else failure.kind
        if during == "commit" and kind == "lost":
            return CommitOutcomeUnknownError(
                "the connection was lost while committing: whether it took effect is unknown. Read what it "
                "wrote before doing it again"
            )
        if during == "connect" and kind in ("lost", "other", "unavailable", "denied", "statement_timeout"):
            return self._unavailable(failure.detail)
        if kind in _VIOLATIONS:
            table = failure.table or table
            name = f"{table}_pkey" if table and failure.constraint == "PRIMARY" else failure.constraint
            at = constraints.locate(name, table, failure.columns, unnamed=kind == "not_null")
            return _violation(kind, at)
        if kind in _PASSING:
            error_type, message = _PASSING[kind]
            return error_type(message)
        if kind == "invalid_value":
            return InvalidValueError(f"{self.name} refused a value: {failure.detail}")
        if kind == "capability":
            return CapabilityError(f"{self.name}: {failure.detail}")
        if kind == "unavailable":
            return self._unavailable(failure.detail)
        if kind == "schema":
            return SchemaMismatchError(
                f"{self.name}: {failure.detail}. If the statement is right, the schema is not: "
                "`pis-data db upgrade` brings it to head"
            )
        if kind == "disk_full":
            return DatabaseError(f"{self.name} has no space left on its disk; nothing was written")
        return DatabaseError(f"{self.name}: {failure.detail}")

    def _unavailable(self, detail: str) -> DatabaseUnavailableError:
        return DatabaseUnavailableError(f"can't use the {self.name} database: {detail}")


def _violation(kind: str, at: constraints.Place) -> ConstraintViolationError:
    columns = ", ".join(at.columns)
    messages = {
        "unique": f"another row already has this {columns or 'value'}",
        "foreign_key": f"{columns or 'a reference'} names a row that does not exist, or the row to delete is "
        "still referred to",
        "check": f"{columns or 'a value'} is not one of the allowed values",
        "not_null": f"{columns or 'a column'} must have a value",
    }
    message = f"{at.table}: {messages[kind]}" if at.table else messages[kind]
    if at.constraint:
        message = f"{message} ({at.constraint})"
    return _VIOLATIONS[kind](message, table=at.table, constraint=at.constraint, columns=at.columns)


# -- helpers that several dialects share ---------------------------------------------------------------


def lock_timeout(statement_timeout: float | None) -> float | None:
    """How long a statement waits for a lock, in seconds; None for as long as the server likes.

    Half of its time, so that it ends by a `LockTimeoutError`, which may be retried, and not by its timeout.
    """
    return statement_timeout / 2 if statement_timeout else None


def peer_has_hung_up(connected: Any) -> bool:
    """Whether the other side closed or spoke unasked: an idle connection has nothing to read."""
    try:
        descriptor = connected if isinstance(connected, int) else connected.fileno()
        if descriptor < 0:
            return True
        poll = polling.poll()
        poll.register(descriptor, polling.POLLIN)
        return bool(poll.poll(0))
    except (OSError, ValueError, AttributeError):
        return True


#: seconds of silence after which the kernel asks whether the other side is there, and between two such
#: questions; how many may stay unanswered; and after how many seconds it gives up, questions or not. A server
#: that is busy and does not read is no dead one: less would end a copy that waits for its disk
PROBE_AFTER, PROBE_EVERY, PROBES, GIVE_UP_AFTER = 30, 10, 9, 120


def probe(connected: Any) -> None:
    """Have a socket find out in two minutes, not in hours, that the network fell silent."""
    if connected.family == socket.AF_UNIX:
        return
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (
        ("TCP_KEEPIDLE", PROBE_AFTER),
        ("TCP_KEEPINTVL", PROBE_EVERY),
        ("TCP_KEEPCNT", PROBES),
        ("TCP_USER_TIMEOUT", GIVE_UP_AFTER * 1000),
    ):
        if hasattr(socket, option):  # not every system has each
            connected.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)


def short(message: object) -> str:
    """A server's message on one line, of bearable length, without the values that it quotes."""
    line = str(message).strip().split("\n", 1)[0]
    return line if len(line) <= 300 else f"{line[:300]}…"


def quoted_names(message: str) -> list[str]:
    """The names that a server's message puts between backquotes."""
    return re.findall(r"`([^`]+)`", message)
