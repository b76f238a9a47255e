"""The counters of albums: views, which callers count, and photos, which triggers count.

The latter are counted anew only to repair them, after a copy or a restore that passed the triggers by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.queries.rows import Query
from pis_data.schema import PhotoStatus, albums, photos

#: the most that the column holds; SQLite's would hold more, which no other database could take over
MOST_VIEWS: Final = 2**31 - 1


def increment_views(dialect: Dialect, album_id: UUID, by: int) -> Query:
    """Add to a live album's views; the new number where the server tells it."""
    parameters = {"album": album_id, "by": by, "room": MOST_VIEWS - by, "most": MOST_VIEWS}
    return Query(_build_increment(dialect), parameters, make=itemgetter(0))


@lru_cache
def _build_increment(dialect: Dialect) -> sa.Update:
    views = albums.c.view_count
    by, room, most = (sa.bindparam(name, type_=views.type) for name in ("by", "room", "most"))
    statement = (
        sa.update(albums)
        .where(albums.c.id == sa.bindparam("album", type_=albums.c.id.type), albums.c.deleted_at.is_(None))
        .values(view_count=sa.case((views <= room, views + by), else_=most))
    )
    return statement.returning(albums.c.view_count) if dialect.caps.update_returning else statement


@dataclass(frozen=True, slots=True)
class Counts:
    """An album's counters: as they are kept, or as they should be."""

    id: UUID
    photo_count: int
    selected_count: int


def kept_counts(dialect: Dialect, album_ids: Sequence[UUID]) -> Query:
    """The counters of albums as they are kept, the rows locked so that they stay so."""
    return Query(_build_kept(dialect), {"ids": list(album_ids)}, make=lambda row: Counts(*row))


@lru_cache
def _build_kept(dialect: Dialect) -> sa.Select[Any]:
    ids = sa.bindparam("ids", type_=albums.c.id.type, expanding=True)
    statement: sa.Select[Any] = sa.select(
        *(albums.c[name] for name in ("id", "photo_count", "selected_count"))
    )
    return dialect.lock_rows(statement.where(albums.c.id.in_(ids)).order_by(albums.c.id))


def true_counts(album_ids: Sequence[UUID]) -> Query:
    """The counters that the photos of albums give; albums without live photos are left out."""
    return Query(_true_counts, {"ids": list(album_ids)}, make=lambda row: Counts(row[0], *map(int, row[1:])))


_true_counts: Final = (
    sa.select(
        photos.c.album_id,
        sa.func.sum(sa.case((photos.c.status == PhotoStatus.COMPLETED, 1), else_=0)),
        sa.func.sum(sa.case((photos.c.is_selected, 1), else_=0)),
    )
    .where(
        photos.c.album_id.in_(sa.bindparam("ids", type_=photos.c.album_id.type, expanding=True)),
        photos.c.deleted_at.is_(None),
    )
    .group_by(photos.c.album_id)
)


def set_counts(counts: Sequence[Counts]) -> Query:
    """Write the counters of several albums, with the triggers quiet."""
    parameters = [
        {"album": each.id, "photos": each.photo_count, "selected": each.selected_count} for each in counts
    ]
    return Query(_set_counts, parameters)


_set_counts: Final = (
    sa.update(albums)
    .where(albums.c.id == sa.bindparam("album", type_=albums.c.id.type))
    .values(
        photo_count=sa.bindparam("photos", type_=albums.c.photo_count.type),
        selected_count=sa.bindparam("selected", type_=albums.c.selected_count.type),
    )
)


def ids_after(after: UUID | None, limit: int) -> Query:
    """The ids of the next albums in id order, deleted ones included."""
    statement = sa.select(albums.c.id).order_by(albums.c.id).limit(limit)
    if after is not None:
        statement = statement.where(albums.c.id > after)
    return Query(statement, make=itemgetter(0))
