"""What a rule is: triggers (and on PostgreSQL their functions), one set of them per dialect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Routine:
    """A trigger, or a function that triggers call, in one dialect's words.

    ``create`` and ``drop`` are whole statements, without the semicolon behind them.
    """

    name: str
    #: the trigger's table; None for a function
    table: str | None
    create: str
    drop: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What the database itself keeps true; on each dialect the routines that do it, in order of creation."""

    #: the call that makes it, as a revision writes it
    name: str
    routines: Mapping[str, tuple[Routine, ...]]

    def on(self, dialect: str) -> tuple[Routine, ...]:
        """The routines on a dialect; none where the dialect needs none."""
        return self.routines.get(dialect, ())


@dataclass(frozen=True, slots=True)
class Quiet:
    """The statements that switch the triggers off and on again, for bulk copies and repairs.

    Both belong inside one transaction, ``off`` before its COMMIT. On PostgreSQL and SQLite a ROLLBACK
    switches them on as well; on MySQL and MariaDB the switch is the session's: ``off`` must be sent on
    every path, or the connection closed.
    """

    on: str
    off: str


QUIET: Final[Mapping[str, Quiet]] = {
    "postgresql": Quiet("SET LOCAL pis.quiet = 'on'", "SET LOCAL pis.quiet = 'off'"),
    "mysql": Quiet("SET @pis_quiet = 1", "SET @pis_quiet = NULL"),
    "mariadb": Quiet("SET @pis_quiet = 1", "SET @pis_quiet = NULL"),
    # SQLite has one writer, and nobody else sees a row that is not committed: a row that comes and goes
    # within a transaction is the session's own switch, and works for programs that load no code of ours
    "sqlite": Quiet(
        "INSERT OR IGNORE INTO pis_meta (key, value) VALUES ('quiet', 'on')",
        "DELETE FROM pis_meta WHERE key = 'quiet'",
    ),
}
