"""What the database keeps true by itself, whichever program writes: ``updated_at`` and albums' counters.

Each rule below is defined once per dialect, in the module of its name. A revision creates rules by calling
these functions, so a definition that was released is never edited: a change is a new function, and a
revision that drops the old rule and creates the new one.

`RULES` are those of the present schema; `QUIET` switches them off for bulk copies and repairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Table

from pis_data.schema import metadata
from pis_data.schema.triggers import mysql, postgresql, sqlite
from pis_data.schema.triggers.base import QUIET, Quiet, Routine, Rule

__all__ = [
    "COUNTERS",
    "QUIET",
    "RULES",
    "Quiet",
    "Routine",
    "Rule",
    "counters_read_only",
    "default_for_null",
    "functions",
    "photo_counters",
    "updated_at",
    "updated_at_of_albums",
]

#: The columns of ``albums`` that triggers keep and callers may not write.
COUNTERS: Final = ("photo_count", "selected_count")


def functions() -> Rule:
    """PostgreSQL's functions that the rules of many tables share."""
    return Rule("functions()", {"postgresql": postgresql.functions()})


def updated_at(table: str) -> Rule:
    """Every UPDATE of a row sets its ``updated_at`` to the moment of the statement."""
    in_mysql = mysql.updated_at(table)
    return Rule(
        f'updated_at("{table}")',
        {
            "postgresql": postgresql.updated_at(table),
            "mysql": in_mysql,
            "mariadb": in_mysql,
            "sqlite": sqlite.updated_at(table),
        },
    )


def updated_at_of_albums() -> Rule:
    """The same for albums, whose ``updated_at`` stays as it is when only a counter moves."""
    in_mysql = mysql.updated_at_of_albums()
    return Rule(
        "updated_at_of_albums()",
        {
            "postgresql": postgresql.updated_at_of_albums(),
            "mysql": in_mysql,
            "mariadb": in_mysql,
            "sqlite": sqlite.updated_at_of_albums(),
        },
    )


def photo_counters() -> Rule:
    """``photo_count``: an album's completed, live photos; ``selected_count``: its selected, live ones."""
    in_mysql = mysql.photo_counters()
    return Rule(
        "photo_counters()",
        {
            "postgresql": postgresql.photo_counters(),
            "mysql": in_mysql,
            "mariadb": in_mysql,
            "sqlite": sqlite.photo_counters(),
        },
    )


def counters_read_only() -> Rule:
    """A write to the counters from another program leaves them as they were. PostgreSQL only, where PIS's
    TypeScript application may still recount them; elsewhere only this library writes, which refuses it.
    """
    return Rule("counters_read_only()", {"postgresql": postgresql.counters_read_only()})


def default_for_null(table: str, columns: Sequence[str]) -> Rule:
    """An explicit NULL for a required column becomes the column's default. PostgreSQL only, for the
    TypeScript application, which sends such NULLs.
    """
    name = f'default_for_null("{table}", {list(columns)})'
    return Rule(name, {"postgresql": postgresql.default_for_null(table, columns)})


def _rules_of(table: Table) -> list[Rule]:
    """The rules that follow from a table's columns."""
    rules = []
    if "updated_at" in table.c:
        rules.append(updated_at_of_albums() if table.name == "albums" else updated_at(table.name))
    required = [
        column.name for column in table.c if column.server_default is not None and not column.nullable
    ]
    if required:
        rules.append(default_for_null(table.name, required))
    return rules


#: The rules of the present schema, in order of creation.
RULES: Final[tuple[Rule, ...]] = (
    functions(),
    *(rule for table in metadata.sorted_tables for rule in _rules_of(table)),
    photo_counters(),
    counters_read_only(),
)
