# Generated from pis_data/aio/repositories/base.py by tools/make_sync.py: change that, then run it.
"""What all repositories share: how a query is asked, and how a list becomes pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from pis_data.dialects import Dialect
from pis_data.errors import PisDataError
from pis_data.filters import Filter
from pis_data.queries import keyset, rows
from pis_data.queries.keyset import Listing, Make, Page
from pis_data.queries.records import maker, records
from pis_data.queries.rows import Query
from pis_data.queries.values import as_flag
from pis_data.queries.where import resolve
from pis_data.schema import pis_meta
from sqlalchemy import Table

from ..adapter import DatabaseAdapter
from ..link import Link
from ..transaction import Transaction
from ..writing import Upsert

T = TypeVar("T")


class Repository:
    """A class per aggregate; see `Repositories`."""

    def __init__(self, db: DatabaseAdapter | Transaction) -> None:
        self._db = db

    def _all(self, build: Callable[..., Query], *args: Any, **how: Any) -> list[Any]:
        """What the query that ``build(dialect, …)`` makes finds."""
        found: list[Any] = self._db._read(self._db._query(build, *args, **how))
        return found

    def _first(self, build: Callable[..., Query], *args: Any, **how: Any) -> Any:
        found = self._all(build, *args, **how)
        return found[0] if found else None

    def _ask(self, query: Query) -> list[Any]:
        """What a query finds that is the same on every server."""
        found: list[Any] = self._db._read(query)
        return found

    def _one(self, table: Table, record: type[T], filters: Mapping[str, Any]) -> T | None:
        """The record of the row that matches, or None."""
        found: T | None = self._first(_select_one, table, record, filters)
        return found

    def _page(
        self,
        listing: Listing,
        scope: tuple[object, ...],
        record: type[T],
        *,
        limit: int,
        after: str | None,
        total: bool = False,
        names: tuple[str, ...] = (),
    ) -> Page[T]:
        """One page of a list, by one statement (two where rows with NULL begin; one more for the total).

        ``names`` are the record's fields for the columns that the list has beyond its table's.
        """
        keyset.check_limit(limit)
        as_flag(total, "total")
        position = None if after is None else keyset.from_cursor(after, scope)
        names = (*listing.table.columns.keys(), *names)
        found = self._stretch(listing, limit, position, maker(record, names))  # type: ignore[arg-type]
        length = self._first(keyset.count, listing) if total else None
        return keyset.to_page(found, limit, scope, listing.order, length)

    def _stretch(
        self, listing: Listing, limit: int, position: keyset.Position | None, make: Make
    ) -> list[Any]:
        """The rows behind a position, one more than the limit if there are that many."""
        found: list[Any] = []
        for query in self._db._query(keyset.stretches, listing, limit=limit, after=position, make=make):
            found += self._db._read(query)
            if len(found) > limit:
                break
        return found

    def _require_writable(self) -> None:
        """Refuse a read that holds rows where a transaction can hold none, since it is read-only."""
        if isinstance(self._db, Transaction):
            self._db.require_writable()

    def _together(self, unit: Callable[[Link], T]) -> T:
        """Run statements that take effect together, again if they meet a deadlock.

        In an open transaction an error ends that, so what is refused before anything was written is
        returned by the unit, and raised outside.
        """
        return self._db._write(unit, single=False)


def _select_one(dialect: Dialect, table: Table, record: type[Any], filters: Mapping[str, Any]) -> Query:
    return records(rows.select(dialect, table, filters, limit=1), record)


# -- parts of units ------------------------------------------------------------------------------------


def lock(link: Link, table: Table, filters: Filter) -> list[UUID]:
    """The ids of the rows that match, in order, held until the transaction ends."""
    query = rows.select(link.dialect, table, filters, columns=["id"], lock=True)
    return [row["id"] for row in link.fetch(query)]


def settled(found: T | PisDataError) -> T:
    """What a unit gave back; what it refused before it wrote anything is raised here, outside of it."""
    if isinstance(found, PisDataError):
        raise found
    return found


def take_turns(link: Link, what: str) -> None:
    """Let transactions that say the same ``what`` go one after another, each until it ends.

    For a rule that no unique key can express and that has no parent row to lock. A writer on SQLite has the
    database for itself; elsewhere a row of ``pis_meta`` is held, which is made the first time.
    """
    if not link.dialect.caps.row_locks:
        return
    key = f"turns: {what}"
    query = rows.select(link.dialect, pis_meta, {"key": key}, lock=True)
    if not link.fetch(query):
        Upsert(pis_meta, [{"key": key, "value": ""}], ["key"], [])(link)
        link.fetch(query)


def change(link: Link, table: Table, ids: Sequence[UUID], values: Mapping[str, Any]) -> None:
    """Give rows new values."""
    checked = rows.values_to_set(table, values)
    for query in rows.update_keys(link.dialect, table, [(key,) for key in ids], checked):
        link.affected(query)


def find(link: Link, table: Table, record: type[T], filters: Mapping[str, Any]) -> list[T]:
    """The records of the rows that match, in id order."""
    where = resolve(table, filters, link.dialect)
    query = rows.select_where(link.dialect, table, where, tuple(table.columns.keys()))
    return link.fetch(records(query, record))
