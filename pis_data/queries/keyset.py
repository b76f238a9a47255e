"""Pages of a list, each of which goes on behind the last row of the one before (keyset pages).

A list is sorted by one column and then by id, both in one direction; NULL is the smallest value. The
cursor of a page is its last row's place in that order, so a page costs the same at any depth, and rows
that come or go in the meantime shift nothing.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, Generic, TypeAlias, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Table

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError
from pis_data.queries import where as filtering
from pis_data.queries.rows import Query
from pis_data.queries.where import Shape, resolve
from pis_data.schema.characters import plain, shown

T = TypeVar("T")
Make: TypeAlias = Callable[[Sequence[Any]], Any]

#: the most rows that one page may ask for
PAGE_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some records of a list, and how to get those behind them.

    ``next`` is the cursor of the next page (an opaque str), None at the end of the list. ``total`` is the
    length of the whole list, where that was asked for.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: by ``column``, then by id in the same direction.

    ``index`` serves it; it is named to servers whose planner may take another. ``nulls`` says whether rows of
    the list may have NULL in a column that allows it.
    """

    column: str
    descending: bool = False
    index: str | None = None
    nulls: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A condition or column that a mapping of columns can't express.

    ``build(dialect)`` makes it, with the parameters that ``values`` gives; it must be a function of a module,
    since statements are kept by it.
    """

    build: Callable[[Dialect], ColumnElement[Any]]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which rows a list has, and in which order: the same for its pages and for its total."""

    table: Table
    filters: Mapping[str, Any]
    order: Order
    conditions: tuple[Part, ...] = ()
    #: further columns, behind the table's own
    extra: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A row's place in a list: its value in the sort column, and its id."""

    value: Any
    id: UUID


def stretches(
    dialect: Dialect, listing: Listing, *, limit: int, after: Position | None = None, make: Make
) -> list[Query]:
    """The rows behind a position (or the first ones) and one more, which tells whether there is a next page.

    Behind a position the rows with NULL and those without lie in two stretches of the index: the second
    query is needed only if the first did not give enough.
    """
    table = listing.table
    where = resolve(table, listing.filters, dialect)
    values = {**where.values, "limit": limit + 1}
    for part in (*listing.conditions, *listing.extra):
        values.update(part.values)
    queries = []
    for stretch in _stretches(table.c[listing.order.column], listing.order, after):
        statement = _build_page(
            dialect,
            table,
            where.shape,
            listing.order,
            stretch,
            tuple(part.build for part in listing.conditions),
            tuple(part.build for part in listing.extra),
        )
        at: dict[str, Any] = {}
        if after is not None and stretch in ("value", "null"):
            at = {"at": after.value, "at_id": after.id} if stretch == "value" else {"at_id": after.id}
        queries.append(Query(statement, {**values, **at}, make=make))
    return queries


def _stretches(column: Column[Any], order: Order, after: Position | None) -> list[str]:
    if after is None:
        return ["all"]
    if after.value is None:
        return ["null"] if order.descending else ["null", "not null"]
    return ["value", "all null"] if order.descending and order.nulls and column.nullable else ["value"]


@lru_cache(maxsize=512)
def _build_page(
    dialect: Dialect,
    table: Table,
    shape: Shape,
    order: Order,
    stretch: str,
    conditions: tuple[Callable[[Dialect], ColumnElement[Any]], ...],
    extra: tuple[Callable[[Dialect], ColumnElement[Any]], ...],
) -> sa.Select[Any]:
    statement: sa.Select[Any] = (
        sa.select(*table.c, *(build(dialect) for build in extra))
        .where(*_conditions(dialect, table, shape, conditions))
        .where(_behind(dialect, table.c[order.column], table.c.id, order, stretch))
        .order_by(
            dialect.order(table.c[order.column], descending=order.descending),
            dialect.order(table.c.id, descending=order.descending),
        )
        .limit(sa.bindparam("limit", type_=sa.BigInteger()))
    )
    return dialect.hint_index(statement, table, order.index) if order.index else statement


def _behind(
    dialect: Dialect, column: Column[Any], key: Column[Any], order: Order, stretch: str
) -> ColumnElement[bool]:
    """What is behind a position.

    The form ``a <= x AND (a < x OR id < y)`` is the one that every planner reads as the start of a range.
    """
    at, at_id = sa.bindparam("at", type_=column.type), sa.bindparam("at_id", type_=key.type)
    beyond = key < at_id if order.descending else key > at_id
    match stretch:
        case "value" if order.descending:
            return sa.and_(column <= at, sa.or_(column < at, beyond))
        case "value":
            return sa.and_(column >= at, sa.or_(column > at, beyond))
        case "null":
            return sa.and_(dialect.is_null(column), beyond)
        case "all null":
            return dialect.is_null(column)
        case "not null":
            return column.is_not(None)
    return sa.true()


def count(dialect: Dialect, listing: Listing) -> Query:
    """How many rows a list has."""
    where = resolve(listing.table, listing.filters, dialect)
    conditions = tuple(part.build for part in listing.conditions)
    values = dict(where.values)
    for part in listing.conditions:
        values.update(part.values)
    statement = _build_count(dialect, listing.table, where.shape, conditions)
    return Query(statement, values, make=itemgetter(0))


@lru_cache(maxsize=128)
def _build_count(
    dialect: Dialect,
    table: Table,
    shape: Shape,
    conditions: tuple[Callable[[Dialect], ColumnElement[Any]], ...],
) -> sa.Select[Any]:
    clauses = _conditions(dialect, table, shape, conditions)
    return sa.select(sa.func.count()).select_from(table).where(*clauses)


def _conditions(
    dialect: Dialect,
    table: Table,
    shape: Shape,
    conditions: tuple[Callable[[Dialect], ColumnElement[Any]], ...],
) -> list[ColumnElement[bool]]:
    return [filtering.expression(shape, table, dialect, []), *(build(dialect) for build in conditions)]


# -- limits and cursors --------------------------------------------------------------------------------


def check_limit(limit: object) -> int:
    """How many rows a page may have, else `InvalidFilterError`."""
    if type(limit) is not int or not 1 <= limit <= PAGE_LIMIT:
        raise InvalidFilterError(f"a page has 1 to {PAGE_LIMIT:,} rows, got limit={shown(limit)}")
    return limit


_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND: Final = dt.timedelta(microseconds=1)
#: kind of value (none, number, moment, text), the value (of a text, its bytes), the id; then the text
_LAYOUT: Final = struct.Struct(">Bq16s")
_SEAL: Final = 8
_NONE, _NUMBER, _MOMENT, _TEXT = range(4)


def to_cursor(position: Position, scope: tuple[object, ...]) -> str:
    """The opaque text of a position in the list that ``scope`` names: its kind, its filter, its order."""
    value, text = position.value, b""
    if value is None:
        kind, number = _NONE, 0
    elif isinstance(value, dt.datetime):
        kind, number = _MOMENT, (value - _EPOCH) // _MICROSECOND
    elif isinstance(value, str):
        text = plain(value).encode()
        kind, number = _TEXT, len(text)
    else:
        kind, number = _NUMBER, value
    payload = _LAYOUT.pack(kind, number, position.id.bytes) + text
    return base64.urlsafe_b64encode(payload + _seal(payload, scope)).decode()


def from_cursor(cursor: object, scope: tuple[object, ...]) -> Position:
    """The position that a cursor stands for.

    Raises:
        InvalidFilterError: it is damaged, or belongs to a list with another filter or order.
    """
    refused = InvalidFilterError(
        "this cursor is not of this list: one goes with the same call, the same filter and the same order"
    )
    if not isinstance(cursor, str):
        raise refused
    try:
        packed = base64.b64decode(cursor, altchars=b"-_", validate=True)
        kind, number, key = _LAYOUT.unpack(packed[: _LAYOUT.size])
    except (ValueError, binascii.Error, struct.error):
        raise refused from None
    payload, seal = packed[:-_SEAL], packed[-_SEAL:]
    # base64 has other spellings of the same bytes
    if seal != _seal(payload, scope) or base64.urlsafe_b64encode(packed).decode() != cursor:
        raise refused
    return Position(_value(kind, number, payload[_LAYOUT.size :]), UUID(bytes=key))


def _value(kind: int, number: int, text: bytes) -> Any:
    if kind == _NONE:
        return None
    if kind == _MOMENT:
        return _EPOCH + number * _MICROSECOND
    return number if kind == _NUMBER else text.decode()


def _seal(payload: bytes, scope: tuple[object, ...]) -> bytes:
    """Binds a cursor to its list, against mistakes: a forged one shows nothing that its list doesn't."""
    return hashlib.blake2b(payload, digest_size=_SEAL, key=_digest(repr(scope))).digest()


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=32, person=b"pis_data.cursor").digest()


def to_page(
    found: Sequence[T], limit: int, scope: tuple[object, ...], order: Order, total: int | None = None
) -> Page[T]:
    """The page of the records that were found, the one too many among them."""
    items = tuple(found[:limit])
    if len(found) <= limit:
        return Page(items, None, total)
    last: Any = items[-1]
    return Page(items, to_cursor(Position(getattr(last, order.column), last.id), scope), total)
