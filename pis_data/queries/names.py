"""From the names that callers give to tables and columns, and from their values to checked ones."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Any

from sqlalchemy import Column, Table
from sqlalchemy.types import TypeEngine

from pis_data.errors import InvalidValueError, NotNullViolationError, UnknownColumnError, UnknownTableError
from pis_data.schema import TABLES
from pis_data.schema.types import Checked, Portable


def table_of(table: str | Table) -> Table:
    """The `Table` of a name (or itself); `UnknownTableError` names what comes near."""
    if isinstance(table, Table):
        return table
    found = TABLES.get(table) if isinstance(table, str) else None
    if found is None:
        raise UnknownTableError(f"there is no table {_quoted(table)}{_near(table, TABLES)}")
    return found


def column_of(table: Table, name: object) -> Column[Any]:
    """The column of a name; `UnknownColumnError` names what comes near."""
    found = table.columns.get(name) if isinstance(name, str) else None
    if found is None:
        raise UnknownColumnError(
            f"{table.name} has no column {_quoted(name)}{_near(name, table.columns.keys())}"
        )
    return found


def columns_of(table: Table, names: Sequence[str] | None) -> tuple[Column[Any], ...]:
    """The columns of some names, in their order; all of the table's for None."""
    if names is None:
        return tuple(table.columns)
    if isinstance(names, str) or not isinstance(names, Sequence) or not names:
        raise UnknownColumnError(f"select takes a list of column names, got {names!r}")
    return tuple(column_of(table, name) for name in names)


def check_value(column: Column[Any], value: object) -> Any:
    """The canonical form of a value for this column; `InvalidValueError` names the column."""
    if value is None:
        return None
    kind = column.type
    try:
        return kind.check(value) if isinstance(kind, Portable) else value
    except InvalidValueError as error:
        raise InvalidValueError(f"{column.table.name}.{column.name}: {error}") from None


def check_row(table: Table, row: object) -> dict[str, Any]:
    """A row to be written: known columns, canonical values, nothing that the database keeps itself."""
    if not isinstance(row, Mapping):
        raise InvalidValueError(f"{table.name}: a row is a mapping of column names, got {type(row).__name__}")
    checks = _checks(table)
    try:
        return {name: checks[name](value) for name, value in row.items()}
    except (KeyError, TypeError):
        for name in row:
            column_of(table, name)  # says which name is wrong
        raise


def check_columns(
    table: Table, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> list[Sequence[Any]]:
    """`check_row` and `require` for many rows of one shape, by column: the canonical values of each.

    It raises as they do, but not always for the first thing that is wrong.
    """
    require(table, dict.fromkeys(names))
    return [_check_column(column_of(table, name), [row[name] for row in rows]) for name in names]


def _check_column(column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    if not isinstance(column.type, Portable) or "read_only" in column.info:
        check = _checks(column.table)[column.name]
        return [check(value) for value in values]
    if not column.nullable and NoneType in set(map(type, values)):
        raise missing(column)
    return column.type.check_all(values)


def require(table: Table, row: Mapping[str, Any]) -> None:
    """Refuse a new row that lacks what must be given: `NotNullViolationError`.

    Here and not by the server, since an upsert that finds its row there asks MySQL for no new row at all.
    """
    if lacking := _required(table) - row.keys():
        raise missing(next(column for column in table.columns if column.name in lacking))


@cache
def _required(table: Table) -> frozenset[str]:
    """The columns that can't be NULL and have no default."""
    return frozenset(
        column.name
        for column in table.columns
        if not column.nullable
        and column.default is None
        and column.server_default is None
        and column is not table.autoincrement_column
    )


@cache
def _checks(table: Table) -> Mapping[str, Callable[[Any], Any]]:
    """For each column, what checks a value to be written; this runs once for every value of every row."""
    return {column.name: _check_of(column) for column in table.columns}


def _check_of(column: Column[Any]) -> Callable[[Any], Any]:
    if reason := column.info.get("read_only"):

        def refuse(_: Any) -> Any:
            raise InvalidValueError(f"{column.table.name}.{column.name} can't be written: {reason}")

        return refuse

    check_kind = column.type.check if isinstance(column.type, Portable) else lambda value: value
    nullable = column.nullable

    def check(value: Any) -> Any:
        if value is None:
            if nullable:
                return None
            raise missing(column)
        try:
            return check_kind(value)
        except InvalidValueError as error:
            raise InvalidValueError(f"{column.table.name}.{column.name}: {error}") from None

    return check


@cache
def checked(column: Column[Any]) -> TypeEngine[Any]:
    """The type of a parameter that takes values which `check_row` or `check_value` has seen."""
    return Checked(column.type) if isinstance(column.type, Portable) else column.type


def missing(column: Column[Any]) -> NotNullViolationError:
    """A required column was given None. The servers would say the same, but for PostgreSQL, where a trigger
    puts the default in its place for the sake of another program.
    """
    return NotNullViolationError(
        f"{column.table.name}: {column.name} must have a value",
        table=column.table.name,
        columns=(column.name,),
    )


def _quoted(name: object) -> str:
    return repr(name) if isinstance(name, str) and len(name) < 80 else f"<{type(name).__name__}>"


def _near(name: object, known: Iterable[str]) -> str:
    is_short = isinstance(name, str) and len(name) < 80
    close = difflib.get_close_matches(str(name), list(known), n=1) if is_short else []
    return f": did you mean {close[0]!r}?" if close else ""
