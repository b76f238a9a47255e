# Generated from pis_data/aio/writing.py by tools/make_sync.py: change that, then run it.
"""The writes that take more than one statement on some servers, each as one unit.

A unit is called with a `Link` and runs its statements on it; whoever calls it sees to it that they
take effect together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pis_data.dialects import Dialect
from pis_data.errors import UniqueViolationError
from pis_data.queries import rows as queries
from pis_data.queries.bulk import Columns, by_column
from pis_data.queries.cascade import branches
from pis_data.queries.rows import Query
from pis_data.queries.where import Where, resolve
from sqlalchemy import Table

from .link import Link

Row = dict[str, Any]

#: how often an upsert that looks first may lose to a concurrent insert before it gives up
_RACES = 10


@dataclass(frozen=True, slots=True)
class Execute:
    """Any one statement."""

    query: Query

    def __call__(self, link: Link) -> list[Row] | int:
        return link.either(self.query)


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows that are not there yet."""

    table: Table
    rows: Sequence[Row]
    returning: bool

    def __call__(self, link: Link) -> list[Row] | int:
        direct = bool(link.dialect.caps.insert_returning) and self.returning
        stored: list[Row] = []
        if not direct and len(self.rows) >= link.dialect.bulk_from:
            InsertPlain(self.table, by_column(self.table, self.rows))(link)
        else:
            for query in queries.inserts(link.dialect, self.table, self.rows, returning=direct):
                if direct:
                    stored += link.fetch(query)
                else:
                    link.affected(query)
        if not self.returning:
            return len(self.rows)
        keys = [queries.key_of(self.table, row) for row in self.rows]
        if not direct:
            stored = _read_again(link, self.table, keys)
        return _in_order(self.table, stored, keys)


@dataclass(frozen=True, slots=True)
class InsertPlain:
    """Rows of which none is read again: they go by the driver's own way in."""

    table: Table
    parts: Sequence[Columns]

    def __call__(self, link: Link) -> int:
        by_copy = link.can_copy(self.table)
        for part in self.parts:
            for bulk in part.bulks(link.driver):
                link.load(bulk, by_copy=by_copy)
        return sum(map(len, self.parts))


@dataclass(frozen=True, slots=True)
class Update:
    """New values for the rows that match."""

    table: Table
    where: Where
    values: Row
    returning: bool

    def is_single(self, dialect: Dialect) -> bool:
        """Whether one statement does it."""
        if self.returning:
            return bool(dialect.caps.update_returning)
        return bool(dialect.caps.asks_written_table) or not self.where.asks_own_table

    def __call__(self, link: Link) -> list[Row] | int:
        dialect, table = link.dialect, self.table
        if not self.returning and self.is_single(dialect):
            return link.affected(queries.update(dialect, table, self.where, self.values, returning=False))
        if dialect.caps.update_returning:
            query = queries.update(dialect, table, self.where, self.values, returning=True)
            return sorted(link.fetch(query), key=lambda row: queries.key_of(table, row))
        keys = _lock_keys(link, table, self.where)
        for query in queries.update_keys(dialect, table, keys, self.values):
            link.affected(query)
        if not self.returning:
            return len(keys)
        names = [column.name for column in table.primary_key]
        now = [
            tuple(self.values.get(name, old) for name, old in zip(names, key, strict=True)) for key in keys
        ]
        return _in_order(table, _read_again(link, table, now), sorted(now))


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows that match, after the children whose triggers the server's cascade would pass over."""

    table: Table
    where: Where

    def takes_children(self, dialect: Dialect) -> bool:
        """Whether children must go first, by statements of their own."""
        return bool(branches(self.table, dialect))

    def is_single(self, dialect: Dialect) -> bool:
        """Whether one statement does it."""
        if self.takes_children(dialect):
            return False
        return bool(dialect.caps.asks_written_table) or not self.where.asks_own_table

    def __call__(self, link: Link) -> int:
        if self.is_single(link.dialect):
            return link.affected(queries.delete(link.dialect, self.table, self.where))
        keys = _lock_keys(link, self.table, self.where)
        _delete_keys(link, self.table, keys)
        return len(keys)


def _delete_keys(link: Link, table: Table, keys: Sequence[tuple[Any, ...]]) -> None:
    names = [column.name for column in table.primary_key]
    for start in range(0, len(keys), queries.KEY_BATCH):
        some = keys[start : start + queries.KEY_BATCH]
        for branch in branches(table, link.dialect):
            children = resolve(branch.table, {branch.column.name: [key for (key,) in some]}, link.dialect)
            if branch.fate == "set_null":
                values = {branch.column.name: None}
                link.affected(queries.update(link.dialect, branch.table, children, values, returning=False))
            else:
                _delete_keys(link, branch.table, _lock_keys(link, branch.table, children))
        for those in queries.matching(link.dialect, table, names, some):
            where = resolve(table, those, link.dialect)
            link.affected(queries.delete(link.dialect, table, where))


@dataclass(frozen=True, slots=True)
class Upsert:
    """Rows that may be there already under the unique key ``conflict``."""

    table: Table
    rows: Sequence[Row]
    conflict: Sequence[str]
    update: Sequence[str] | None

    def __call__(self, link: Link) -> list[Row]:
        for wave in self._waves():
            for rows in queries.alike(wave).values():
                update = queries.update_columns(self.table, rows[0], self.conflict, self.update)
                if link.dialect.caps.conflict_target:
                    query = queries.upsert(link.dialect, self.table, rows, self.conflict, update)
                    link.affected(query)
                else:
                    self._look_first(link, rows, update)
        return self._stored(link)

    def _waves(self) -> list[list[Row]]:
        """The rows, parted so that no key is twice in one part: each row comes after the one before it."""
        waves: list[list[Row]] = []
        seen: dict[tuple[Any, ...], int] = {}
        for row in self.rows:
            key = self._key(row)
            turn = seen[key] = seen.get(key, -1) + 1 if None not in key else 0
            if turn == len(waves):
                waves.append([])
            waves[turn].append(row)
        return waves

    def _key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in self.conflict)

    def _look_first(self, link: Link, rows: Sequence[Row], update: Sequence[str]) -> None:
        """Change the rows that are there and insert the others, one by one if another writer is quicker."""
        there = {self._key(row) for row in self._find(link, rows, lock=True)}
        fresh = [row for row in rows if self._key(row) not in there]
        if fresh:
            lost = self._insert(link, fresh)
            there |= {self._key(row) for row in lost}
        stale = [row for row in rows if self._key(row) in there] if update else []
        if stale:
            for query in queries.update_each(link.dialect, self.table, stale, self.conflict, update):
                link.affected(query)

    def _insert(self, link: Link, fresh: Sequence[Row]) -> Sequence[Row]:
        """Insert rows; those that another transaction inserted meanwhile are given back."""
        if self._try_insert(link, fresh):
            return []
        lost = []
        for row in fresh:
            for _ in range(_RACES):
                if self._try_insert(link, [row]):
                    break
                if self._find(link, [row], lock=True):
                    lost.append(row)
                    break
            else:
                raise UniqueViolationError(
                    f"{self.table.name}: another row already has a value that must be unique",
                    table=self.table.name,
                )
        return lost

    def _try_insert(self, link: Link, rows: Sequence[Row]) -> bool:
        link.server.send(link.connection, "SAVEPOINT pis_upsert")
        try:
            for query in queries.inserts(link.dialect, self.table, rows, returning=False):
                link.affected(query)
        except UniqueViolationError as error:
            if error.columns and set(error.columns) != set(self.conflict):
                raise
            link.server.send(link.connection, "ROLLBACK TO SAVEPOINT pis_upsert")
            return False
        link.server.send(link.connection, "RELEASE SAVEPOINT pis_upsert")
        return True

    def _find(self, link: Link, rows: Sequence[Row], *, lock: bool) -> list[Row]:
        found: list[Row] = []
        keys = [key for key in map(self._key, rows) if None not in key]
        for some in queries.matching(link.dialect, self.table, self.conflict, keys):
            found += link.fetch(queries.select(link.dialect, self.table, some, lock=lock))
        return found

    def _stored(self, link: Link) -> list[Row]:
        """The rows as they are now; one without a whole key is known by its primary key."""
        stored = {self._key(row): row for row in self._find(link, self.rows, lock=False)}
        keyless = [queries.key_of(self.table, row) for row in self.rows if None in self._key(row)]
        again = _read_again(link, self.table, keyless)
        by_id = {queries.key_of(self.table, row): row for row in again}
        return [
            by_id[queries.key_of(self.table, row)] if None in self._key(row) else stored[self._key(row)]
            for row in self.rows
        ]


def _lock_keys(link: Link, table: Table, where: Where) -> list[tuple[Any, ...]]:
    """The primary keys of the rows that match, in order, held until the transaction ends."""
    names = [column.name for column in table.primary_key]
    query = queries.select_where(link.dialect, table, where, names, lock=True)
    return [tuple(row.values()) for row in link.fetch(query)]


def _read_again(link: Link, table: Table, keys: Sequence[tuple[Any, ...]]) -> list[Row]:
    found: list[Row] = []
    for query in queries.by_keys(link.dialect, table, keys):
        found += link.fetch(query)
    return found


def _in_order(table: Table, stored: Sequence[Row], keys: Sequence[tuple[Any, ...]]) -> list[Row]:
    by_key = {queries.key_of(table, row): row for row in stored}
    return [by_key[key] for key in keys if key in by_key]
