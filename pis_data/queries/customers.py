"""Customers: their list, and the albums made for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.filters import contains
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order, Part
from pis_data.queries.names import check_row
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.queries.where import escaped
from pis_data.schema import (
    Customer,
    CustomerRole,
    CustomerSource,
    CustomerStatus,
    albums,
    customer_albums,
    customers,
)
from pis_data.schema.characters import check_characters
from pis_data.schema.types import LongText

_c, _l = customers.c, customer_albums.c

#: as long as the longest column that is searched
SEARCH_LIMIT: Final = 500


class CustomerChanges(TypedDict, total=False):
    """The columns of a customer that `update` takes."""

    name: str
    phone: str | None
    email: str | None
    wechat: str | None
    company: str | None
    address: str | None
    notes: str | None
    tags: list[str] | None
    source: CustomerSource | str | None
    status: CustomerStatus | str


class NewCustomer(CustomerChanges, total=False):
    """What `create` takes: the columns of `CustomerChanges`, and who enters the customer."""

    created_by: UUID | str | None


CHANGEABLE: Final = frozenset(CustomerChanges.__annotations__)
CREATABLE: Final = CHANGEABLE | {"created_by"}


class CustomerSort(StrEnum):
    """The orders of the list."""

    CREATED_DESC = "created_desc"
    CREATED_ASC = "created_asc"
    NAME_ASC = "name_asc"
    NAME_DESC = "name_desc"


# -- records that are not rows -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAlbum:
    """An album of a customer's, without its secrets, and what ties the two."""

    id: UUID
    title: str
    slug: str
    is_public: bool
    photo_count: int
    event_date: dt.datetime | None
    expires_at: dt.datetime | None
    role: CustomerRole
    notes: str | None
    notified_at: dt.datetime | None
    linked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class CustomerWithAlbums:
    """A customer and the live albums that are tied to it, the last tied one first."""

    customer: Customer
    albums: tuple[LinkedAlbum, ...]


@dataclass(frozen=True, slots=True)
class LinkedCustomer:
    """A customer of an album's, and what ties the two."""

    customer: Customer
    role: CustomerRole
    notes: str | None
    notified_at: dt.datetime | None
    linked_at: dt.datetime


# -- values --------------------------------------------------------------------------------------------


def check(given: Mapping[str, Any], allowed: frozenset[str], call: str) -> dict[str, Any]:
    """The new values of a customer, checked as far as the table's own types don't.

    An empty phone number or address of mail means none.
    """
    found = values.only(allowed, given, call)
    if "name" in found:
        found["name"] = values.as_name(found["name"], "customers.name")
    for name in ("phone", "email"):
        if found.get(name) is not None:
            found[name] = values.as_text(found[name], f"customers.{name}").strip() or None
    if "status" in found:
        found["status"] = values.as_choice(list(CustomerStatus), found["status"], "customers.status")
    return check_row(customers, found)


def check_new(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a new one, which needs a name."""
    if "name" not in given:
        raise InvalidValueError("customers.create needs a name")
    return check(given, CREATABLE, "customers.create")


# -- lists ---------------------------------------------------------------------------------------------

_ORDERS: Final[Mapping[CustomerSort, Order]] = {
    CustomerSort.CREATED_DESC: Order("created_at", True, "idx_customers_live_created"),
    CustomerSort.CREATED_ASC: Order("created_at", False, "idx_customers_live_created"),
    CustomerSort.NAME_ASC: Order("name", False, "idx_customers_live_name"),
    CustomerSort.NAME_DESC: Order("name", True, "idx_customers_live_name"),
}


def check_sort(sort: object) -> CustomerSort:
    """An order or its word."""
    try:
        return values.as_choice(list(CustomerSort), sort, "sort")
    except InvalidValueError as error:
        raise InvalidFilterError(str(error)) from None


def live_list(search: str | None, status: object, tag: str | None, sort: CustomerSort) -> Listing:
    """Live customers."""
    filters: dict[str, Any] = {"deleted_at": None}
    if status is not None:
        filters["status"] = values.as_choice(list(CustomerStatus), status, "customers.status")
    if tag is not None:
        filters["tags"] = contains(values.as_text(tag, "tag"))
    conditions = () if search is None else (Part(_matches, {"search": _pattern(search)}),)
    return Listing(customers, filters, _ORDERS[sort], conditions)


def _pattern(search: object) -> str:
    text = values.as_text(search, "search").strip()
    if len(text) > SEARCH_LIMIT:
        raise InvalidFilterError(f"search: {len(text):,} characters are more than {SEARCH_LIMIT}")
    try:
        return f"%{escaped(check_characters(text))}%"
    except InvalidValueError as error:
        raise InvalidValueError(f"search: {error}") from None


def _matches(dialect: Dialect) -> ColumnElement[bool]:
    pattern = sa.bindparam("search", type_=LongText())
    columns = (_c.name, _c.phone, _c.email, _c.company)
    return sa.or_(
        *(dialect.ilike(column, pattern) for column in columns), dialect.list_ilike(_c.tags, pattern)
    )


# -- albums --------------------------------------------------------------------------------------------

_ALBUM: Final = ("id", "title", "slug", "is_public", "photo_count", "event_date", "expires_at")
_TIE: Final = (_l.role, _l.notes, _l.notified_at, _l.created_at)
_to_linked_album = maker(LinkedAlbum, tuple(field.name for field in fields(LinkedAlbum)))
_to_customer = maker(Customer, tuple(customers.columns.keys()))


def albums_of(customer_id: UUID) -> Query:
    """The live albums of a customer, the last tied one first."""
    return Query(_albums_of, {"customer": customer_id}, make=_to_linked_album)


_albums_of: Final = (
    sa.select(*(albums.c[name] for name in _ALBUM), *_TIE)
    .join_from(customer_albums, albums, _l.album_id == albums.c.id)
    .where(
        _l.customer_id == sa.bindparam("customer", type_=_l.customer_id.type), albums.c.deleted_at.is_(None)
    )
    .order_by(_l.created_at.desc(), _l.id.desc())
)


def of_album(album_id: UUID) -> Query:
    """The live customers of an album, by name."""
    return Query(_of_album, {"album": album_id}, make=_to_linked_customer)


_of_album: Final = (
    sa.select(*_c, *_TIE)
    .join_from(customer_albums, customers, _l.customer_id == _c.id)
    .where(_l.album_id == sa.bindparam("album", type_=_l.album_id.type), _c.deleted_at.is_(None))
    .order_by(_c.name, _c.id)
)


def _to_linked_customer(row: Sequence[Any]) -> LinkedCustomer:
    return LinkedCustomer(_to_customer(row), *row[len(_c) :])


def album_counts(ids: Sequence[UUID]) -> Query:
    """Pairs of a customer's id and the number of its live albums, if it has any."""
    statement = (
        sa.select(_l.customer_id, sa.func.count())
        .join_from(customer_albums, albums, _l.album_id == albums.c.id)
        .where(_l.customer_id.in_(ids), albums.c.deleted_at.is_(None))
        .group_by(_l.customer_id)
    )
    return Query(statement, make=tuple)
