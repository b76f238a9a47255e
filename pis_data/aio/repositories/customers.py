"""Customers, and the albums made for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias, Unpack
from uuid import UUID

from pis_data.errors import NotFoundError, PisDataError, UniqueViolationError
from pis_data.queries import customers as queries
from pis_data.queries import rows, values
from pis_data.queries.customers import (
    CustomerChanges,
    CustomerSort,
    CustomerWithAlbums,
    LinkedCustomer,
    NewCustomer,
)
from pis_data.queries.keyset import Page
from pis_data.queries.values import IdLike, Ids, as_id, as_ids, as_text, merged
from pis_data.schema import (
    Customer,
    CustomerAlbum,
    CustomerRole,
    CustomerStatus,
    albums,
    customer_albums,
    customers,
)

from ..link import Link
from .base import Repository, change, find, lock, settled, take_turns

LinkedCustomers: TypeAlias = list[LinkedCustomer]


class CustomerRepository(Repository):
    """Customers. Only live ones are found and changed.

    A phone number belongs to one live customer, however many are entered at once. (No unique key says so,
    since an existing database may hold doubles; PIS's own application only looks before it writes.)
    """

    # -- finding ---------------------------------------------------------------------------------

    async def get(self, customer_id: IdLike) -> Customer | None:
        """The live customer of this id."""
        return await self._one(customers, Customer, _live(customer_id))

    async def get_with_albums(self, customer_id: IdLike) -> CustomerWithAlbums | None:
        """A live customer and its live albums, the last tied one first; no secret of the albums is in it."""
        found = await self.get(customer_id)
        if found is None:
            return None
        return CustomerWithAlbums(found, tuple(await self._ask(queries.albums_of(found.id))))

    async def find_by_phone(self, phone: str) -> Customer | None:
        """The live customer with this phone number, but for white space around it."""
        number = as_text(phone, "customers.phone").strip()
        return await self._one(customers, Customer, {"phone": number, "deleted_at": None})

    async def list(
        self,
        *,
        search: str | None = None,
        status: CustomerStatus | str | None = None,
        tag: str | None = None,
        sort: CustomerSort | str = CustomerSort.CREATED_DESC,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Customer]:
        """One page of the live customers; the total counts by the same rule as the rows are found.

        Args:
            search: a part of a name, phone number, address of mail, company or tag, in any case, taken
                literally.
            status: only this one.
            tag: only those that have exactly this tag.
            sort: ``created_desc``, ``created_asc``, ``name_asc`` or ``name_desc``; names by code point.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: an unknown sort, a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown status.
        """
        order = queries.check_sort(sort)
        listing = queries.live_list(search, status, tag, order)
        scope = ("customers.list", search, listing.filters.get("status"), tag, order)
        return await self._page(listing, scope, Customer, limit=limit, after=after, total=total)

    # -- making and changing ---------------------------------------------------------------------

    async def create(
        self, data: Mapping[str, Any] | None = None, /, **columns: Unpack[NewCustomer]
    ) -> Customer:
        """Enter a customer: a ``name``, and what else is known of it.

        Raises:
            InvalidValueError: a column that there is not, or a value that makes no sense.
            UniqueViolationError: a live customer has this phone number.
            ForeignKeyViolationError: ``created_by`` is no account.
        """
        [row] = rows.rows_to_write(customers, queries.check_new(merged(data, columns, "customers.create")))

        async def unit(link: Link) -> Customer | PisDataError:
            if await _others_with_phone(link, row.get("phone"), None):
                return _taken()
            for query in rows.inserts(link.dialect, customers, [row], returning=False):
                await link.affected(query)
            return (await find(link, customers, Customer, {"id": row["id"]}))[0]

        return settled(await self._together(unit))

    async def update(
        self,
        customer_id: IdLike,
        patch: Mapping[str, Any] | None = None,
        /,
        **changes: Unpack[CustomerChanges],
    ) -> Customer:
        """Give a customer new values: those of ``patch``, and those by keyword.

        Raises:
            InvalidValueError: nothing to change, a column that can't be changed, a value that makes no sense.
            NotFoundError: there is no such live customer.
            UniqueViolationError: another live customer has this phone number.
        """
        given = merged(patch, changes, "customers.update")
        new = rows.values_to_set(customers, queries.check(given, queries.CHANGEABLE, "customers.update"))
        wanted = _live(customer_id)
        key = wanted["id"]

        async def unit(link: Link) -> Customer | PisDataError:
            if await _others_with_phone(link, new.get("phone"), key):
                return _taken()
            if not await lock(link, customers, wanted):
                return _missing(key)
            await change(link, customers, [key], new)
            return (await find(link, customers, Customer, {"id": key}))[0]

        return settled(await self._together(unit))

    async def soft_delete(self, customer_id: IdLike) -> Customer:
        """Delete a customer; its phone number is free again, and what ties it to albums stays.

        Raises:
            NotFoundError: there is no such live customer.
        """
        wanted = _live(customer_id)
        found = await self._db.update(customers, wanted, {"deleted_at": dt.datetime.now(dt.UTC)})
        if not found:
            raise _missing(wanted["id"])
        return Customer(**found[0])

    # -- albums ----------------------------------------------------------------------------------

    async def link_album(
        self,
        customer_id: IdLike,
        album_id: IdLike,
        *,
        role: CustomerRole | str = CustomerRole.CLIENT,
        notes: str | None = None,
    ) -> CustomerAlbum:
        """Tie a live album to a live customer.

        Args:
            customer_id: which customer.
            album_id: which album.
            role: what the customer is to it: ``client``, ``guest`` or ``photographer``.
            notes: anything worth keeping.

        Raises:
            NotFoundError: there is no such live customer, or album.
            UniqueViolationError: they are tied already.
        """
        wanted, album = _live(customer_id), as_id(album_id, "customer_albums.album_id")
        customer = wanted["id"]
        pair = {"customer_id": customer, "album_id": album}
        chosen = values.as_choice(list(CustomerRole), role, "customer_albums.role")
        [row] = rows.rows_to_write(customer_albums, {**pair, "role": chosen, "notes": notes})

        async def unit(link: Link) -> CustomerAlbum | PisDataError:
            if not await lock(link, customers, wanted):
                return _missing(customer)
            if not await lock(link, albums, {"id": album, "deleted_at": None}):
                return NotFoundError(f"there is no such live album: {album}")
            if await link.fetch(rows.exists(link.dialect, customer_albums, pair)):
                return UniqueViolationError(
                    "customer_albums: this customer and this album are tied already",
                    table="customer_albums",
                    columns=("customer_id", "album_id"),
                )
            for query in rows.inserts(link.dialect, customer_albums, [row], returning=False):
                await link.affected(query)
            return (await find(link, customer_albums, CustomerAlbum, {"id": row["id"]}))[0]

        return settled(await self._together(unit))

    async def unlink_album(self, customer_id: IdLike, album_id: IdLike) -> bool:
        """Untie an album and a customer, live or not. Whether they were tied."""
        pair = {
            "customer_id": as_id(customer_id, "customer_albums.customer_id"),
            "album_id": as_id(album_id, "customer_albums.album_id"),
        }
        return bool(await self._db.delete(customer_albums, pair))

    async def customers_of_album(self, album_id: IdLike) -> LinkedCustomers:
        """The live customers that an album is tied to, by name."""
        return await self._ask(queries.of_album(as_id(album_id, "customer_albums.album_id")))

    async def album_counts(self, ids: Ids) -> dict[UUID, int]:
        """How many live albums each of these customers has, by one statement."""
        wanted = as_ids(ids)
        found = dict(await self._ask(queries.album_counts(wanted))) if wanted else {}
        return {key: found.get(key, 0) for key in wanted}


async def _others_with_phone(link: Link, phone: str | None, but: UUID | None) -> bool:
    """Whether another live customer has this number; nobody else can take it until the transaction ends."""
    if phone is None:
        return False
    await take_turns(link, "customers.phone")
    query = rows.select(link.dialect, customers, {"phone": phone, "deleted_at": None}, columns=["id"])
    return any(row["id"] != but for row in await link.fetch(query))


def _live(customer_id: IdLike) -> dict[str, Any]:
    return {"id": as_id(customer_id, "customers.id"), "deleted_at": None}


def _taken() -> UniqueViolationError:
    return UniqueViolationError(
        "customers: another live customer has this phone number", table="customers", columns=("phone",)
    )


def _missing(customer_id: UUID) -> NotFoundError:
    return NotFoundError(f"there is no such live customer: {customer_id}")
