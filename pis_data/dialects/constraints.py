"""Where a violated constraint lives: table and columns, from whatever little a server tells.

Servers tell different parts (SQLite only the columns, MySQL only the key's name, PostgreSQL both); the
models know all of it, so that an error says the same on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import CheckConstraint, Constraint, ForeignKeyConstraint, Index, Table

from pis_data.schema import TABLES


@dataclass(frozen=True, slots=True)
class Place:
    """A constraint and what it constrains; None and ``()`` for what is not known."""

    constraint: str | None
    table: str | None
    columns: tuple[str, ...] = ()


@cache
def _places() -> dict[str, Place]:
    found: dict[str, Place] = {}
    for table in TABLES.values():
        constraints: Iterable[Constraint | Index] = (*table.constraints, *table.indexes)
        for constraint in constraints:
            if constraint.name:
                name = str(constraint.name)
                found[name] = Place(name, table.name, _columns(table, constraint))
    return found


def _columns(table: Table, constraint: Constraint | Index) -> tuple[str, ...]:
    if isinstance(constraint, ForeignKeyConstraint):
        return tuple(constraint.column_keys)
    if isinstance(constraint, CheckConstraint):
        text = str(constraint.sqltext)
        return tuple(column.name for column in table.columns if _mentions(text, column.name))
    return tuple(column.name for column in getattr(constraint, "columns", ()))


def _mentions(text: str, name: str) -> bool:
    return name in re.findall(r"\w+", re.sub("'[^']*'", "", text))


def locate(
    constraint: str | None, table: str | None, columns: Sequence[str], *, unnamed: bool = False
) -> Place:
    """The place of a violated constraint, completed from the models (``unnamed``: it has no name)."""
    if constraint:
        known = _places().get(constraint)
        return known or Place(constraint, table, tuple(columns))
    if table and columns and not unnamed:
        for place in _places().values():
            if place.table == table and place.columns == tuple(columns):
                return place
    return Place(None, table, tuple(columns))
