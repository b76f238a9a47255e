"""The converted schema, on its way to SQLAlchemy's compilers: names and words of the target throughout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from pis_data.convert.model import Name
from pis_data.convert.types import Chosen


@dataclass(slots=True)
class OutColumn:
    """A column of the target."""

    name: str
    chosen: Chosen
    nullable: bool
    default: str | None = None
    generated: str | None = None
    stored: bool = True
    numbered: bool = False
    #: made for an index: programs that name no columns don't see it
    hidden: bool = False
    comment: str | None = None


@dataclass(slots=True)
class OutIndex:
    """An index: columns, each with how many characters of it (None: whole), and whether descending."""

    name: str
    parts: list[tuple[str, int | None, bool]]
    unique: bool = False


@dataclass(slots=True)
class OutKey:
    """A foreign key."""

    name: str
    columns: list[str]
    table: str
    referred: list[str]
    on_delete: str | None
    on_update: str | None
    origin: int


@dataclass(slots=True)
class OutTable:
    """A table of the target."""

    name: str
    source: Name
    origin: int
    columns: dict[str, OutColumn] = field(default_factory=dict)
    primary_key: tuple[str, list[str]] | None = None
    uniques: list[tuple[str, list[str]]] = field(default_factory=list)
    checks: list[tuple[str, str]] = field(default_factory=list)
    foreign_keys: list[OutKey] = field(default_factory=list)
    indexes: list[OutIndex] = field(default_factory=list)
    #: plain keys that must be there from the start, for AUTO_INCREMENT and foreign keys
    plain_keys: list[tuple[str, list[str]]] = field(default_factory=list)
    comment: str | None = None

    def kinds(self) -> dict[str, str]:
        """Column to what its values are."""
        return {name: column.chosen.kind for name, column in self.columns.items()}


@dataclass(slots=True)
class Out:
    """All of it: tables by their source's name, and statements in the order of their origins."""

    tables: dict[Name, OutTable] = field(default_factory=dict)
    #: origin and statement: rows, triggers, views
    steps: list[tuple[int, str]] = field(default_factory=list)
    #: the origin of the first statement that inserts rows
    first_rows: int | None = None


def bytes_of(type_: sa.types.TypeEngine[Any]) -> int:
    """The bytes that a column of this type takes of a row's limit, at most."""
    from sqlalchemy.dialects import mysql

    match type_:
        case mysql.MEDIUMTEXT() | mysql.LONGBLOB() | sa.JSON():
            return 12
        case sa.LargeBinary() if not isinstance(type_, (mysql.BINARY, mysql.VARBINARY)):
            return 12
        case mysql.VARCHAR() | mysql.CHAR() | sa.String():
            return (4 if getattr(type_, "charset", None) != "ascii" else 1) * (type_.length or 1) + 2
        case mysql.BINARY() | mysql.VARBINARY():
            return (type_.length or 1) + 2
        case sa.Numeric():
            return ((type_.precision or 10) // 9 + 2) * 4
    return 8
