"""What goes with a row that is deleted, where the server's own cascades would fire no triggers.

There the adapter deletes the children first, in the same transaction. A child table is visited only if
a trigger waits there, or further down; the server's cascade does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Column, Table

from pis_data.dialects import Dialect
from pis_data.schema import TABLES
from pis_data.schema.triggers import RULES


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of ``table`` that refer by ``column`` to the deleted ones, and what becomes of them."""

    table: Table
    column: Column[Any]
    fate: Literal["delete", "set_null"]


@cache
def branches(table: Table, dialect: Dialect) -> Sequence[Branch]:
    """The children of a table that must be visited before its rows go; none where cascades fire triggers."""
    if dialect.caps.cascade_fires_triggers:
        return ()
    found = []
    for child in TABLES.values():
        for key in child.foreign_keys:
            if key.column.table is not table:
                continue
            column = key.parent
            if key.ondelete == "SET NULL" and (child.name, "UPDATE") in _fired(dialect):
                found.append(Branch(child, column, "set_null"))
            elif key.ondelete == "CASCADE" and _matters(child, dialect):
                found.append(Branch(child, column, "delete"))
    return sorted(found, key=lambda branch: (branch.fate, branch.table.name, branch.column.name))


@cache
def _matters(table: Table, dialect: Dialect) -> bool:
    """Whether deleting rows here fires a trigger, here or further down."""
    return (table.name, "DELETE") in _fired(dialect) or bool(branches(table, dialect))


@cache
def _fired(dialect: Dialect) -> frozenset[tuple[str, str]]:
    """The tables and events at which a trigger waits."""
    found = set()
    for rule in RULES:
        for routine in rule.on(dialect.name):
            event = re.search(r"\b(?:BEFORE|AFTER)\s+(INSERT|UPDATE|DELETE)\b", routine.create)
            if routine.table and event:
                found.add((routine.table, event[1]))
    return frozenset(found)
