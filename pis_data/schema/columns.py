"""The columns and constraints that many tables share, each written once."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ColumnElement, text
from sqlalchemy import column as named_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import false, true
from sqlalchemy.sql.visitors import InternalTraversal

from pis_data.schema.base import empty_object, new_id, now, uuid7
from pis_data.schema.types import Boolean, Id, Instant, Integer, Json

#: What every table says to MySQL and MariaDB, which would else choose charset and collation themselves.
TABLE_OPTIONS: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_default_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_0900_bin",
    "mariadb_engine": "InnoDB",
    "mariadb_default_charset": "utf8mb4",
    "mariadb_collate": "utf8mb4_nopad_bin",
}


def key() -> Column[UUID]:
    """The primary key: a UUIDv7 made here, or whatever UUID the server makes for other writers."""
    return Column(Id(), primary_key=True, default=uuid7, server_default=new_id())


def moment_now() -> Column[dt.datetime]:
    """A required moment: the present one if none is given."""
    return Column(Instant(), nullable=False, server_default=now())


def flag(default: bool) -> Column[bool]:
    """A required truth value."""
    return Column(Boolean(), nullable=False, server_default=true() if default else false())


def number(default: int = 0) -> Column[int]:
    """A required integer."""
    return Column(Integer(), nullable=False, server_default=str(default))


def counter() -> Column[int]:
    """A count that triggers keep: callers read it, and the adapter refuses to write it."""
    info = {"read_only": "triggers of the database keep this count"}
    return Column(Integer(), nullable=False, server_default="0", info=info)


def document() -> Column[dict[str, Any]]:
    """A required JSON document, ``{}`` if none is given."""
    return Column(Json(), nullable=False, server_default=empty_object())


def one_of(column: str, *choices: type[StrEnum] | StrEnum | int) -> CheckConstraint:
    """The named CHECK that a column holds one of an enum's values (or one of these); NULL passes."""
    values: list[str] = []
    for choice in choices:
        members = [str(member) for member in choice] if isinstance(choice, type) else [choice]
        values += [str(member) if type(member) is int else f"'{member}'" for member in members]
    return CheckConstraint(f"{column} IN ({', '.join(values)})", name=column)


def only_where(condition: str, *, sqlite: str | None = None) -> dict[str, Any]:
    """The arguments that make an index partial where the server can: PostgreSQL and SQLite.

    SQLite uses a partial index only if the query repeats the condition word for word: what a query
    gives as a parameter must not stand in ``sqlite`` (default: the same condition).
    """
    return {"postgresql_where": text(condition), "sqlite_where": text(sqlite or condition)}


class nulls_first(ColumnElement[Any]):
    """A nullable column of an index, with NULL as its smallest value.

    That is so by nature everywhere but on PostgreSQL, which is told. Read backwards, the index gives
    ``DESC NULLS LAST``.
    """

    __visit_name__ = "nulls_first"
    inherit_cache = True
    _traverse_internals = [("element", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's own

    def __init__(self, column: ColumnElement[Any] | str) -> None:
        self.element = named_column(column) if isinstance(column, str) else column
        self.type = self.element.type

    def self_group(self, against: Any = None) -> nulls_first:
        """An index takes it without parentheses."""
        return self


@compiles(nulls_first)
def _bare(element: nulls_first, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.element, **kw)


@compiles(nulls_first, "postgresql")
def _told(element: nulls_first, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{compiler.process(element.element, **kw)} NULLS FIRST"
