"""How far a revision came: for messages everywhere, and for going on where DDL can't be undone.

MySQL and MariaDB commit each DDL statement by itself, so that a revision that is cut off leaves half of
itself behind. There a `Journal` notes in the database which statement is under way, before it is sent.
Run again, the revision passes over what was done. Of the one statement that was under way nobody knows:
it is sent again, and the server's word that there is nothing left to do ("table exists" …) is taken as
done. (Both servers do a single DDL statement wholly or not at all.) A statement that changes rows is
committed together with its note.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import sqlalchemy as sa
from alembic.runtime.migration import RevisionStep
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from pis_data.errors import SchemaMismatchError

JOURNAL_TABLE: Final = "pis_migration_journal"

#: what the servers answer to DDL that was done already
_DONE_ALREADY: Final = frozenset(
    {
        1050,  # table exists
        1051,  # unknown table
        1060,  # duplicate column
        1061,  # duplicate key name
        1091,  # can't drop, check that it exists
        1304,  # function or procedure exists
        1305,  # function or procedure does not exist
        1359,  # trigger exists
        1360,  # trigger does not exist
        1826,  # duplicate foreign key (MariaDB: or CHECK) name
        3821,  # CHECK does not exist
        3822,  # duplicate CHECK name
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """A revision on its way up or down."""

    revision: str
    title: str
    goes_up: bool

    @classmethod
    def of(cls, step: RevisionStep) -> Step:
        """What Alembic is about to run."""
        script = step.revision
        return cls(script.revision, script.doc, step.is_upgrade)

    def __str__(self) -> str:
        return (
            f"{'revision' if self.goes_up else 'undoing revision'} {self.revision} ({self.title.rstrip('.')})"
        )


class Progress:
    """What is being run: the revision, and its statement. Where DDL is transactional, no more is needed."""

    #: whether statements that were sent stay although a later one fails
    keeps_what_is_done = False

    def __init__(self) -> None:
        self.step: Step | None = None
        self.position = 0
        self.statement = ""

    def begin(self, step: Step) -> None:
        """A revision begins."""
        self.step = step
        self.position = 0

    def run(self, statement: str, send: Callable[[], Any], *, values: Any, changes_rows: bool) -> Any:
        """Send a statement of the revision."""
        self.position += 1
        self.statement = statement
        return send()

    def finish(self, send: Callable[[], Any]) -> Any:
        """Send what records that the revision is done."""
        self.statement = ""
        return send()

    def close(self) -> None:
        """All that was asked for is done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The journal's one row: the statements before ``position`` are done; that one is under way, or next."""

    revision: str
    goes_up: bool
    position: int
    under_way: bool
    #: of the statements that are done, and of the one under way: run again, the revision must say the same
    digest: str


class Journal(Progress):
    """Progress that is noted in the database, over a connection in autocommit."""

    keeps_what_is_done = True

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection
        #: what an earlier run left, until this one has come as far
        self.cut_off = self._read()
        self._digest = sha256()

    def begin(self, step: Step) -> None:
        super().begin(step)
        self._digest = sha256()
        if self.cut_off and (self.cut_off.revision, self.cut_off.goes_up) != (step.revision, step.goes_up):
            raise SchemaMismatchError(_finish_first(self.cut_off))
        if not self.cut_off:
            self._execute(_CREATE)
            self._note(0, False, self._digest.hexdigest())

    def run(self, statement: str, send: Callable[[], Any], *, values: Any, changes_rows: bool) -> Any:
        position, done = self.position, self._digest.hexdigest()
        self._digest.update(f"{statement}{values!r}".encode())
        self.position += 1
        self.statement = statement
        if self.cut_off and position < self.cut_off.position:
            return None
        if self.cut_off and self._takes_up(self.cut_off, done):
            return self._send_again(send)
        if changes_rows:
            return self._together(send, lambda: self._note(position + 1, False, self._digest.hexdigest()))
        self._note(position, True, self._digest.hexdigest())
        try:
            return send()
        except DBAPIError as error:
            if not error.connection_invalidated:  # refused, not cut off: next time it is sent as if anew
                with suppress(SQLAlchemyError):
                    self._note(position, False, done)
            raise

    def finish(self, send: Callable[[], Any]) -> Any:
        if self.cut_off and (self.position < self.cut_off.position or self.cut_off.under_way):
            raise self._changed(self.cut_off)
        if self.cut_off:
            self._takes_up(self.cut_off, self._digest.hexdigest())
        self.statement = ""
        return self._together(send, lambda: self._execute(f"DELETE FROM {JOURNAL_TABLE}"))

    def close(self) -> None:
        if not self.cut_off:
            self._execute(f"DROP TABLE IF EXISTS {JOURNAL_TABLE}")

    def _takes_up(self, cut_off: Entry, done: str) -> bool:
        """Where the earlier run ended: whether the statement may have been done already."""
        if cut_off.digest != (self._digest.hexdigest() if cut_off.under_way else done):
            raise self._changed(cut_off)
        self.cut_off = None
        return cut_off.under_way

    def _changed(self, cut_off: Entry) -> SchemaMismatchError:
        return SchemaMismatchError(
            f"{self.step} was cut off at its statement {cut_off.position + 1}, and says something else now: "
            "finish it with the version of pis_data that began it"
        )

    def _send_again(self, send: Callable[[], Any]) -> Any:
        try:
            return send()
        except DBAPIError as error:
            if not _is_done_already(error.orig):
                raise
            return None

    def _together(self, send: Callable[[], Any], note: Callable[[], None]) -> Any:
        self._execute("START TRANSACTION")
        try:
            found = send()
            note()
            self._execute("COMMIT")
        except BaseException:
            with suppress(SQLAlchemyError):
                self._execute("ROLLBACK")
            raise
        return found

    def _note(self, position: int, under_way: bool, digest: str) -> None:
        assert self.step is not None
        values = (1, self.step.revision, self.step.goes_up, position, under_way, digest)
        self.connection.exec_driver_sql(
            f"REPLACE INTO {JOURNAL_TABLE} VALUES (%s, %s, %s, %s, %s, %s)", values
        )

    def _read(self) -> Entry | None:
        if not sa.inspect(self.connection).has_table(JOURNAL_TABLE):
            return None
        columns = "revision, goes_up, position, under_way, digest"
        row = self.connection.exec_driver_sql(f"SELECT {columns} FROM {JOURNAL_TABLE}").one_or_none()
        return Entry(row[0], bool(row[1]), row[2], bool(row[3]), row[4]) if row else None

    def _execute(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)


_CREATE: Final = (
    f"CREATE TABLE IF NOT EXISTS {JOURNAL_TABLE} (id INT PRIMARY KEY, revision VARCHAR(32) NOT NULL, "
    "goes_up BOOL NOT NULL, position INT NOT NULL, under_way BOOL NOT NULL, digest CHAR(64) NOT NULL)"
)


def _is_done_already(answer: BaseException | None) -> bool:
    match answer and answer.args:
        case (1005, str(message), *_):  # MariaDB: can't create table, whatever the reason
            return "errno: 121" in message  # the foreign key is there
        case (int(code), *_):
            return code in _DONE_ALREADY
    return False


def _finish_first(cut_off: Entry) -> str:
    if cut_off.goes_up:
        return (
            f"an upgrade to revision {cut_off.revision} was cut off here: "
            f"finish it first (pis-data db upgrade {cut_off.revision})"
        )
    return (
        f"undoing revision {cut_off.revision} was cut off here: "
        "finish that first (pis-data db downgrade, to the revision below it)"
    )
