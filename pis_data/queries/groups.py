"""Groups of photos within an album, with their counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.queries.albums import is_open, public_album_is_open
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import PhotoGroup, PhotoStatus, albums, photo_group_assignments, photo_groups, photos

_g, _a = photo_groups.c, photo_group_assignments.c


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGroup:
    """A group and how many photos are in it."""

    id: UUID
    album_id: UUID
    name: str
    description: str | None
    sort_order: int
    created_at: dt.datetime
    updated_at: dt.datetime
    photo_count: int


_NAMES: Final = (*photo_groups.columns.keys(), "photo_count")
_to_counted = maker(CountedGroup, _NAMES)
_to_group = maker(PhotoGroup, tuple(photo_groups.columns.keys()))


def _counted(*, completed: bool) -> sa.Select[Any]:
    members = (
        sa.select(sa.func.count())
        .select_from(photo_group_assignments)
        .join(photos, photos.c.id == _a.photo_id)
        .where(_a.group_id == _g.id, photos.c.deleted_at.is_(None))
    )
    if completed:
        members = members.where(photos.c.status == PhotoStatus.COMPLETED)
    return sa.select(*_g, members.correlate(photo_groups).scalar_subquery())


def of_album(dialect: Dialect, album_id: UUID, visible_at: dt.datetime | None) -> Query:
    """An album's groups in their order, with their live photos counted.

    With ``visible_at`` as visitors see them: completed photos count, and the album must be open to them.
    """
    parameters: dict[str, Any] = {"album": album_id}
    if visible_at is not None:
        parameters |= is_open(album_id, visible_at, public=True).values
    return Query(_build_of_album(dialect, visible_at is not None), parameters, make=_to_counted)


@lru_cache
def _build_of_album(dialect: Dialect, public: bool) -> sa.Select[Any]:
    statement = _counted(completed=public).where(_g.album_id == sa.bindparam("album", type_=_g.album_id.type))
    if public:
        statement = statement.where(public_album_is_open(dialect))
    return statement.order_by(_g.sort_order, _g.created_at, _g.id)


def one(group_id: UUID) -> Query:
    """A group with its count."""
    return Query(_one, {"group": group_id}, make=_to_counted)


_one: Final = _counted(completed=False).where(_g.id == sa.bindparam("group", type_=_g.id.type))


def lock_album(dialect: Dialect, album_id: UUID) -> Query:
    """One row if there is such a live album, which is held so that its groups change one after another."""
    return Query(_build_lock_album(dialect), {"album": album_id}, make=tuple)


@lru_cache
def _build_lock_album(dialect: Dialect) -> sa.Select[Any]:
    statement: sa.Select[Any] = sa.select(albums.c.id)
    return dialect.lock_rows(
        statement.where(
            albums.c.id == sa.bindparam("album", type_=albums.c.id.type), albums.c.deleted_at.is_(None)
        )
    )


def lock_group(dialect: Dialect, group_id: UUID) -> Query:
    """The album of a group, which is held so that its photos change one after another."""
    return Query(_build_lock_group(dialect), {"group": group_id}, make=lambda row: row[0])


@lru_cache
def _build_lock_group(dialect: Dialect) -> sa.Select[Any]:
    statement: sa.Select[Any] = sa.select(_g.album_id)
    return dialect.lock_rows(statement.where(_g.id == sa.bindparam("group", type_=_g.id.type)))


def names(album_id: UUID, name: str) -> Query:
    """Of an album's groups: the id of the one called so (None), and the next free place."""
    same = sa.select(_g.id).where(_g.album_id == album_id, _g.name == name).order_by(_g.id).limit(1)
    place = sa.select(sa.func.coalesce(sa.func.max(_g.sort_order) + 1, 0)).where(_g.album_id == album_id)
    return Query(sa.select(same.scalar_subquery(), place.scalar_subquery()), make=tuple)


def photo_ids(group_id: UUID) -> Query:
    """The live photos of a group, in manual order."""
    return Query(_photo_ids, {"group": group_id}, make=lambda row: row[0])


_photo_ids: Final = (
    sa.select(photos.c.id)
    .join_from(photo_group_assignments, photos, photos.c.id == _a.photo_id)
    .where(_a.group_id == sa.bindparam("group", type_=_a.group_id.type), photos.c.deleted_at.is_(None))
    .order_by(photos.c.sort_order, photos.c.id)
)


def assign(group_id: UUID, album_id: UUID, ids: Sequence[UUID]) -> Query:
    """Put the photos into the group that are of its album and not in it yet."""
    already: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        _a.photo_id == photos.c.id, _a.group_id == group_id
    )
    chosen = sa.select(photos.c.id, sa.literal(group_id, _a.group_id.type)).where(
        photos.c.id.in_(ids),
        photos.c.album_id == album_id,
        photos.c.deleted_at.is_(None),
        sa.not_(already.correlate(photos).exists()),
    )
    statement = sa.insert(photo_group_assignments).from_select(["photo_id", "group_id"], chosen)
    return Query(statement)


def of_photos(ids: Sequence[UUID]) -> Query:
    """Pairs of a photo's id and a group that it is in."""
    statement = (
        sa.select(_a.photo_id, *_g)
        .join_from(photo_group_assignments, photo_groups, _a.group_id == _g.id)
        .where(_a.photo_id.in_(ids))
        .order_by(_g.sort_order, _g.created_at, _g.id)
    )
    return Query(statement, make=lambda row: (row[0], _to_group(row[1:])))
