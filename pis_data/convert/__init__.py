"""The schema as SQL: converted from PostgreSQL to MySQL and MariaDB, written out, compared, drawn.

`convert` reads a script (`split`, `read`) into a small model of our own, lowers it to tables of the target
(`lower`, `keys`, `lengths`, `triggers`, `rows`), and writes these with SQLAlchemy's compilers (`emit`). Every
statement of the source is accounted for.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pis_data.errors import InvalidValueError

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering
    from pis_data.convert.read import Reading

_SOURCES = ("postgresql", "mysql", "mariadb")

__all__ = ["Conversion", "SqlError", "convert"]


@dataclass(frozen=True, slots=True)
class SqlError:
    """A statement that could not be read: where, and why."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"


@dataclass(frozen=True)
class Conversion:
    """A converted script, and what became of each statement."""

    #: the script, for the target's own client
    sql: str
    #: ``{"source", "target", "counts", "statements"}``; the four counts add up to the number of statements
    report: Mapping[str, Any]
    #: row-level policies, as dicts: what whoever reads or writes the tables must see to
    policies: Sequence[Mapping[str, Any]] = ()
    #: what could not be read at all; its statements are ``manual`` in the report
    errors: Sequence[SqlError] = field(default_factory=tuple)

    @property
    def manual(self) -> int:
        """How many statements need a hand."""
        return int(self.report["counts"]["manual"])


def convert(
    sql: str,
    to: str,
    *,
    version: str | None = None,
    uuid: str = "binary",
    source: str = "<sql>",
    read_as: str = "postgresql",
) -> Conversion:
    """Convert a script of PostgreSQL's, whether written by hand or by pg_dump; or one of MySQL's back to it.

    Args:
        sql: the script.
        to: ``mysql`` (8.0.19 and later) or ``mariadb`` (10.6 and later); ``postgresql`` for one of MySQL's.
        version: the oldest version that the result has to load on, such as ``8.4``.
        uuid: ``binary`` (16 bytes, as pis_data's own tables) or ``char`` (36 characters).
        source: what the script is called in the report.
        read_as: whose script it is: ``postgresql``; or ``mysql`` (MariaDB's too), as mysqldump writes it.

    Returns:
        the script for the target, with a verdict on each statement of the source. What can't be read is
        among ``errors`` and ``manual`` in the report; the rest is converted all the same.

    Raises:
        InvalidValueError: there is no such way, or the target's version is too old.
        MissingDependencyError: sqlglot is not installed (``pip install 'pis-data[convert]'``).
    """
    if (to == "postgresql") != (read_as in ("mysql", "mariadb")) or read_as not in _SOURCES:
        raise InvalidValueError(
            f"scripts are converted from postgresql to mysql or mariadb, or mysql to postgresql: not from "
            f"{read_as!r} to {to!r}"
        )
    if to == "postgresql":
        return _to_postgresql(sql, source)
    with _without_collecting():
        return _converted(sql, to, version, uuid, source)


def _converted(sql: str, to: str, version: str | None, uuid: str, source: str) -> Conversion:
    reading, lowering = lowered(sql, to, version=version, uuid=uuid)

    from pis_data.convert.emit import script

    target = lowering.target
    statements = reading.accounts.finished()
    counts = _counted(statements)
    header = (
        f"-- {source}, converted for {target.shown} {'.'.join(map(str, target.version))} and later.\n"
        f"-- Do not edit: pis-data schema convert {source} --to {to}"
    )
    return Conversion(
        script(lowering.out, target, header),
        {"source": source, "target": to, "counts": counts, "statements": statements},
        tuple(policy.as_json() for policy in reading.schema.policies),
        tuple(SqlError(line, column, message) for _, line, column, message in reading.errors),
    )


def _counted(statements: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    from pis_data.convert.model import VERDICTS

    return {v: sum(entry["verdict"] == v for entry in statements) for v in VERDICTS}


def _to_postgresql(sql: str, source: str) -> Conversion:
    from pis_data.convert.grammar import sqlglot

    sqlglot()
    from pis_data.convert.emit_postgresql import postgresql_script
    from pis_data.convert.read_mysql import read_mysql

    reading, rules = read_mysql(sql)
    for table in reading.schema.tables.values():
        for key in table.foreign_keys:
            if key.table not in reading.schema.tables:
                why = f"{key.name} refers to {key.table}, which this script doesn't declare: left out"
                reading.accounts.manual(key.origin, why)
    header = (
        f"-- {source}, converted for PostgreSQL.\n"
        f"-- Do not edit: pis-data schema convert {source} --from mysql --to postgresql"
    )
    statements = reading.accounts.finished()
    return Conversion(
        postgresql_script(reading.schema, rules, header),
        {"source": source, "target": "postgresql", "counts": _counted(statements), "statements": statements},
        errors=tuple(SqlError(line, column, message) for _, line, column, message in reading.errors),
    )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Trees are full of circles and live to the end: the collector would look through them again and again,
    which makes ten times as much take sixteen times as long.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def lowered(
    sql: str, to: str, *, version: str | None = None, uuid: str = "binary"
) -> tuple[Reading, Lowering]:
    """Read a script and make the target's tables of it; arguments and errors are those of `convert`."""
    from pis_data.convert.grammar import sqlglot
    from pis_data.convert.target import Target

    target = Target.of(to, version, uuid)
    sqlglot()

    from pis_data.convert.lower import Lowering
    from pis_data.convert.read import read
    from pis_data.convert.rows import add_rows
    from pis_data.convert.triggers import add_triggers
    from pis_data.convert.views import add_views

    reading = read(sql)
    lowering = Lowering(reading.schema, target, reading.accounts)
    lowering.run()
    add_rows(lowering)
    add_triggers(lowering)
    add_views(lowering)
    return reading, lowering
