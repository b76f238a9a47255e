"""The statements of the adapter's generic calls: find, insert, upsert, update, delete, count.

Each function checks its arguments and gives a `Query`: a statement and its parameters. Statements of
one shape are built once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table
from sqlalchemy.sql.base import Executable

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.filters import Filter
from pis_data.queries import where as filtering
from pis_data.queries.names import check_row, checked, column_of, columns_of, require
from pis_data.queries.values import as_flag
from pis_data.queries.where import Shape, Where, resolve
from pis_data.schema.base import uuid7
from pis_data.schema.characters import shown
from pis_data.schema.types import SORTED_LENGTH, Embedding, Id, IdList, Json, LongText, TextList

OrderBy = Sequence[tuple[str, str] | str]

#: how many rows one statement reads again by their keys
KEY_BATCH = 1000
#: the same where a key has several columns: PostgreSQL plans each of them by itself
PAIR_BATCH = 100


@dataclass(frozen=True, slots=True)
class Query:
    """A statement, its parameters (a list: once for each), and the names of the columns of its rows.

    A row becomes a dictionary by these names, or what ``make`` makes of it.
    """

    statement: Executable
    parameters: Any = field(default_factory=dict)
    names: tuple[str, ...] = ()
    make: Callable[[Sequence[Any]], Any] | None = None


# -- reading -----------------------------------------------------------------------------------------


def select(
    dialect: Dialect,
    table: Table,
    filters: object = None,
    *,
    columns: Sequence[str] | None = None,
    order_by: OrderBy | None = None,
    limit: int | None = None,
    offset: int | None = None,
    lock: bool = False,
) -> Query:
    """Rows of one table in a total order: the primary key is the last sort key."""
    where = resolve(table, filters, dialect)
    chosen = [column.name for column in columns_of(table, columns)]
    return select_where(
        dialect, table, where, chosen, order_by=order_by, limit=limit, offset=offset, lock=lock
    )


def select_where(
    dialect: Dialect,
    table: Table,
    where: Where,
    chosen: Sequence[str],
    *,
    order_by: OrderBy | None = None,
    limit: int | None = None,
    offset: int | None = None,
    lock: bool = False,
) -> Query:
    """`select` for a filter that is resolved already."""
    order = _order(table, order_by)
    values = dict(where.values)
    for name, number in (("limit", limit), ("offset", offset)):
        if number is not None:
            values[f"pis_{name}"] = _count(name, number)
    how = (tuple(chosen), order, limit is not None, offset is not None, lock)
    statement = _statement(_build_select, dialect, table, where, *how)
    return Query(statement, values, tuple(chosen))


def _count(name: str, number: object) -> int:
    if type(number) is not int or not 0 <= number < 1 << 63:
        raise InvalidFilterError(f"{name} must be a whole number, 0 or more, got {shown(number)}")
    return number


def _order(table: Table, order_by: OrderBy | None) -> tuple[tuple[str, bool], ...]:
    """Column names and whether each descends, ended by the primary key in the last one's direction."""
    order: list[tuple[str, bool]] = []
    if order_by is not None and (isinstance(order_by, str) or not isinstance(order_by, Sequence)):
        raise InvalidFilterError(f"order_by takes a list of (column, direction), got {shown(order_by)}")
    for entry in order_by or ():
        match entry:
            case str(name):
                direction: object = "asc"
            case (name, direction):
                pass
            case _:
                raise InvalidFilterError(f"order_by takes (column, direction), got {shown(entry)}")
        if not isinstance(direction, str) or direction.lower() not in ("asc", "desc"):
            raise InvalidFilterError(f"a direction is 'asc' or 'desc', got {shown(direction)}")
        column = column_of(table, name)
        if isinstance(column.type, (Json, IdList, TextList, Embedding)):
            raise InvalidFilterError(f"{table.name}.{column.name} has no order that all databases share")
        order.append((column.name, direction.lower() == "desc"))
    last = order[-1][1] if order else False
    named = {name for name, _ in order}
    return (*order, *((key.name, last) for key in table.primary_key if key.name not in named))


def _build_select(
    dialect: Dialect,
    table: Table,
    clause: sa.ColumnElement[bool] | None,
    chosen: tuple[str, ...],
    order: tuple[tuple[str, bool], ...],
    limited: bool,
    skipping: bool,
    lock: bool,
) -> Executable:
    statement: sa.Select[Any] = sa.select(*(table.c[name] for name in chosen))
    if clause is not None:
        statement = statement.where(clause)
    statement = statement.order_by(
        *(dialect.order(_sort_key(table.c[name]), descending=down) for name, down in order)
    )
    if limited:
        statement = statement.limit(sa.bindparam("pis_limit", type_=sa.BigInteger()))
    if skipping:
        statement = statement.offset(sa.bindparam("pis_offset", type_=sa.BigInteger()))
    return dialect.lock_rows(statement) if lock else statement


def _sort_key(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    return sa.func.substr(column, 1, SORTED_LENGTH) if isinstance(column.type, LongText) else column


def count(dialect: Dialect, table: Table, filters: object = None) -> Query:
    """How many rows there are."""
    where = resolve(table, filters, dialect)
    return Query(_statement(_build_count, dialect, table, where), where.values, ("count",))


def _build_count(dialect: Dialect, table: Table, clause: sa.ColumnElement[bool] | None) -> Executable:
    statement: sa.Select[Any] = sa.select(sa.func.count()).select_from(table)
    return statement if clause is None else statement.where(clause)


def exists(dialect: Dialect, table: Table, filters: object = None) -> Query:
    """One row with 1 if there is such a row, else none."""
    where = resolve(table, filters, dialect)
    return Query(_statement(_build_exists, dialect, table, where), where.values, ("exists",))


def _build_exists(dialect: Dialect, table: Table, clause: sa.ColumnElement[bool] | None) -> Executable:
    statement: sa.Select[Any] = sa.select(sa.literal_column("1")).select_from(table).limit(1)
    return statement if clause is None else statement.where(clause)


def by_keys(
    dialect: Dialect, table: Table, keys: Sequence[tuple[Any, ...]], *, lock: bool = False
) -> list[Query]:
    """The rows of these primary keys, in statements of a bearable number of keys each."""
    names = [column.name for column in table.primary_key]
    return [select(dialect, table, some, lock=lock) for some in matching(dialect, table, names, keys)]


def matching(
    dialect: Dialect, table: Table, names: Sequence[str], values: Sequence[tuple[Any, ...]]
) -> Iterator[Filter]:
    """Filters that together match the rows whose columns ``names`` hold one of these tuples of values."""
    size = KEY_BATCH if len(names) == 1 else PAIR_BATCH
    for start in range(0, len(values), size):
        yield _matching(dialect, table, names, values[start : start + size])


def _matching(
    dialect: Dialect, table: Table, names: Sequence[str], values: Sequence[tuple[Any, ...]]
) -> Filter:
    if len(names) == 1:
        return {names[0]: [value for (value,) in values]}
    return dialect.one_of([table.c[name] for name in names], values)


# -- writing -----------------------------------------------------------------------------------------


def given_rows(table: Table, rows: object) -> list[Any]:
    """One row or several as a list; an ``id`` is made where none is given."""
    given: Iterable[object]
    if isinstance(rows, Mapping):
        given = [rows]
    elif isinstance(rows, Iterable) and not isinstance(rows, (str, bytes)):
        given = rows
    else:
        raise InvalidValueError(f"{table.name}: expected a row or a list of rows, got {shown(rows)}")
    key = table.c.get("id")
    if key is None or not isinstance(key.type, Id):
        return list(given)
    return [
        {**row, "id": uuid7()} if isinstance(row, Mapping) and row.get("id") is None else row for row in given
    ]


def rows_to_write(table: Table, rows: object) -> list[dict[str, Any]]:
    """One row or several, checked; an ``id`` is made where none is given."""
    return check_rows(table, given_rows(table, rows))


def check_rows(table: Table, given: Sequence[Any]) -> list[dict[str, Any]]:
    """The same for what `given_rows` gave."""
    checked = []
    for row in given:
        found = check_row(table, row)
        require(table, found)
        checked.append(found)
    return checked


def key_of(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The primary key of a row; None stands for what it lacks (the server will say so)."""
    return tuple(row.get(column.name) for column in table.primary_key)


def inserts(
    dialect: Dialect, table: Table, rows: Sequence[dict[str, Any]], *, returning: bool
) -> list[Query]:
    """INSERTs for rows of possibly different keys: a column that a row lacks gets its default."""
    everything = tuple(table.columns.keys())
    return [
        Query(_build_insert(table, names, returning), batch, everything if returning else ())
        for names, batch in alike(rows).items()
    ]


def alike(rows: Sequence[dict[str, Any]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Rows by the columns that they give, which one statement must share."""
    batches: dict[frozenset[str], list[dict[str, Any]]] = {}
    for row in rows:
        batches.setdefault(frozenset(row), []).append(row)
    return {tuple(batch[0]): batch for batch in batches.values()}


@lru_cache(maxsize=512)
def _build_insert(table: Table, names: tuple[str, ...], returning: bool) -> Executable:
    statement = sa.insert(table).values(
        {name: sa.bindparam(name, type_=checked(table.c[name])) for name in names}
    )
    return statement.returning(*table.columns) if returning else statement


def conflict_columns(table: Table, conflict: object) -> tuple[str, ...]:
    """The columns of a unique key, checked to be one."""
    if isinstance(conflict, str) or not isinstance(conflict, Sequence) or not conflict:
        raise InvalidFilterError(
            f"{table.name}: conflict takes a list of column names, got {shown(conflict)}"
        )
    names = tuple(column_of(table, name).name for name in conflict)
    keys = [
        {column.name for column in constraint.columns}
        for constraint in table.constraints
        if isinstance(constraint, (sa.UniqueConstraint, sa.PrimaryKeyConstraint))
    ]
    keys += [{column.name for column in index.columns} for index in table.indexes if index.unique]
    if set(names) not in keys:
        known = "; ".join(sorted(", ".join(sorted(key)) for key in keys))
        raise InvalidFilterError(
            f"{table.name} has no unique key on ({', '.join(names)}): conflict can be {known}"
        )
    return names


def update_columns(
    table: Table, row: Mapping[str, Any], conflict: Sequence[str], update: object
) -> tuple[str, ...]:
    """What an upsert changes in a row that is there: what was asked, or all that was given but the keys."""
    if update is None:
        kept = {*conflict, *(column.name for column in table.primary_key), "created_at"}
        return tuple(name for name in row if name not in kept)
    if isinstance(update, str) or not isinstance(update, Sequence):
        raise InvalidFilterError(f"{table.name}: update takes a list of column names, got {shown(update)}")
    names = tuple(column_of(table, name).name for name in update)
    missing = [name for name in names if name not in row]
    if missing:
        raise InvalidValueError(f"{table.name}: update names {missing[0]!r}, which a row does not give")
    return names


def upsert(
    dialect: Dialect,
    table: Table,
    rows: Sequence[dict[str, Any]],
    conflict: Sequence[str],
    update: Sequence[str],
) -> Query:
    """INSERT … ON CONFLICT for rows with the same keys; only where ``caps.conflict_target``."""
    statement = _build_upsert(dialect, table, tuple(rows[0]), tuple(conflict), tuple(update))
    return Query(statement, list(rows))


@lru_cache(maxsize=512)
def _build_upsert(
    dialect: Dialect, table: Table, names: tuple[str, ...], conflict: tuple[str, ...], update: tuple[str, ...]
) -> Executable:
    statement: Any = dialect.upsert(table, names, conflict, update)
    found: Executable = statement.values(
        {name: sa.bindparam(name, type_=checked(table.c[name])) for name in names}
    )
    return found


def values_to_set(table: Table, values: object) -> dict[str, Any]:
    """The new values of an update, checked."""
    found = check_row(table, values)
    if not found:
        raise InvalidValueError(f"{table.name}: update was given nothing to set")
    return found


def refuse_unfiltered(table: Table, where: Where, all_rows: bool, verb: str) -> None:
    """Keep a forgotten filter from touching every row."""
    if not as_flag(all_rows, "all_rows") and where.is_everything:
        raise InvalidFilterError(
            f"{verb} of {table.name} without a filter touches every row: say all_rows=True if that is meant"
        )


def update(
    dialect: Dialect, table: Table, where: Where, values: Mapping[str, Any], *, returning: bool
) -> Query:
    """UPDATE of the rows that match."""
    names = tuple(values)
    statement = _statement(_build_update, dialect, table, where, names, returning)
    parameters = {**where.values, **{f"set_{name}": value for name, value in values.items()}}
    return Query(statement, parameters, tuple(table.columns.keys()) if returning else ())


def _build_update(
    dialect: Dialect,
    table: Table,
    clause: sa.ColumnElement[bool] | None,
    names: tuple[str, ...],
    returning: bool,
) -> Executable:
    statement = sa.update(table).values(
        {name: sa.bindparam(f"set_{name}", type_=checked(table.c[name])) for name in names}
    )
    if clause is not None:
        statement = statement.where(clause)
    return statement.returning(*table.columns) if returning else statement


def update_keys(
    dialect: Dialect, table: Table, keys: Sequence[tuple[Any, ...]], values: Mapping[str, Any]
) -> list[Query]:
    """The same UPDATE by primary keys, in batches."""
    names = [column.name for column in table.primary_key]
    return [
        update(dialect, table, resolve(table, some, dialect), values, returning=False)
        for some in matching(dialect, table, names, keys)
    ]


def update_each(
    dialect: Dialect,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    names: Sequence[str],
) -> list[Query]:
    """Give each row that is known by the columns ``key`` its own values in ``names``, 100 in a statement."""
    if len(rows) == 1:
        (this,) = matching(dialect, table, key, [tuple(rows[0][name] for name in key)])
        new = {name: rows[0][name] for name in names}
        return [update(dialect, table, resolve(table, this, dialect), new, returning=False)]
    return [
        _update_some(dialect, table, rows[start : start + PAIR_BATCH], key, names)
        for start in range(0, len(rows), PAIR_BATCH)
    ]


def _update_some(
    dialect: Dialect,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    key: Sequence[str],
    names: Sequence[str],
) -> Query:
    these = [sa.and_(*(table.c[name] == row[name] for name in key)).self_group() for row in rows]
    new = {
        name: sa.case(
            *(
                (this, sa.literal(row[name], checked(table.c[name])))
                for this, row in zip(these, rows, strict=True)
            )
        )
        for name in names
    }
    keys = [tuple(row[name] for name in key) for row in rows]
    wanted = resolve(table, _matching(dialect, table, key, keys), dialect)
    clause = filtering.expression(wanted.shape, table, dialect, wanted.expressions)
    return Query(sa.update(table).where(clause).values(new), wanted.values)


def delete(dialect: Dialect, table: Table, where: Where) -> Query:
    """DELETE of the rows that match."""
    return Query(_statement(_build_delete, dialect, table, where), where.values)


def _build_delete(dialect: Dialect, table: Table, clause: sa.ColumnElement[bool] | None) -> Executable:
    statement = sa.delete(table)
    return statement if clause is None else statement.where(clause)


# -- statements of the caller's own -------------------------------------------------------------------


def are_several(parameters: object) -> bool:
    """Whether a statement is to run once for each of several sets of parameters."""
    if parameters is None or isinstance(parameters, Mapping):
        return False
    if isinstance(parameters, (list, tuple)) and all(isinstance(each, Mapping) for each in parameters):
        return len(parameters) > 1
    raise InvalidValueError(
        f"execute takes a mapping of parameters or a list of them, got {shown(parameters)}"
    )


# -- one statement for each shape ----------------------------------------------------------------------


def _statement(build: Any, dialect: Dialect, table: Table, where: Where, *how: Any) -> Executable:
    """A statement from the cache, or a new one where the filter holds an expression of the caller's."""
    if where.expressions:
        clause = filtering.expression(where.shape, table, dialect, where.expressions)
        found: Executable = build(dialect, table, clause, *how)
        return found
    return _cached(build, dialect, table, where.shape, *how)


@lru_cache(maxsize=2048)
def _cached(build: Any, dialect: Dialect, table: Table, shape: Shape, *how: Any) -> Executable:
    clause = None if shape == ("all", ()) else filtering.expression(shape, table, dialect, [])
    found: Executable = build(dialect, table, clause, *how)
    return found
