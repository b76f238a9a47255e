"""The photo that stands for an album: the one that was chosen, else the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import PhotoStatus, albums, photos
from pis_data.schema.types import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumCover:
    """The photo that stands for an album."""

    photo_id: UUID
    thumb_key: str | None
    preview_key: str | None
    width: int | None
    height: int | None
    blur_data: str | None


def _fit_for_cover(photo: Any) -> list[ColumnElement[bool]]:
    return [
        photo.c.album_id == albums.c.id,
        photo.c.status == sa.literal_column(f"'{PhotoStatus.COMPLETED}'"),
        photo.c.deleted_at.is_(None),
    ]


def _newest(dialect: Dialect) -> sa.ScalarSelect[Any]:
    """An album's newest completed, live photo by time of capture."""
    photo = photos.alias("newest")
    statement = (
        sa.select(photo.c.id)
        .where(*_fit_for_cover(photo))
        .order_by(
            photo.c.album_id.desc(),  # one and the same: without it MySQL sorts, and reads the whole album
            dialect.order(photo.c.captured_at, descending=True),
            dialect.order(photo.c.id, descending=True),
        )
        .limit(1)
    )
    hinted = dialect.hint_index(statement, photo, "idx_photos_album_captured")
    return hinted.correlate(albums).scalar_subquery()


def _kept() -> sa.ScalarSelect[Any]:
    """The chosen cover of an album, if it is fit to be one."""
    photo = photos.alias("chosen")
    statement = sa.select(photo.c.id).where(photo.c.id == albums.c.cover_photo_id, *_fit_for_cover(photo))
    return statement.correlate(albums).scalar_subquery()


def covers(dialect: Dialect, album_ids: Sequence[UUID]) -> Query:
    """Album ids and covers: the chosen one, else the newest photo; albums without photos are left out."""
    return Query(_build_covers(dialect), {"ids": list(album_ids)}, make=_id_and_cover)


_COVER: Final = ("photo_id", "thumb_key", "preview_key", "width", "height", "blur_data")


def _id_and_cover(row: Sequence[Any]) -> tuple[UUID, AlbumCover]:
    return row[0], maker(AlbumCover, _COVER)(row[1:])


@lru_cache
def _build_covers(dialect: Dialect) -> sa.Select[Any]:
    cover = photos.alias("cover")
    columns = (cover.c.id, *(cover.c[name] for name in _COVER[1:]))
    on = cover.c.id == sa.func.coalesce(_kept(), _newest(dialect), type_=Id())
    ids = sa.bindparam("ids", type_=albums.c.id.type, expanding=True)
    return sa.select(albums.c.id, *columns).join_from(albums, cover, on).where(albums.c.id.in_(ids))


def with_cover_among(dialect: Dialect, photo_ids: Sequence[UUID]) -> Query:
    """The ids of the albums that one of these photos stands for, locked in order."""
    return Query(_build_with_cover(dialect), {"ids": list(photo_ids)}, make=itemgetter(0))


@lru_cache
def _build_with_cover(dialect: Dialect) -> sa.Select[Any]:
    ids = sa.bindparam("ids", type_=albums.c.cover_photo_id.type, expanding=True)
    found = sa.select(albums.c.id).where(albums.c.cover_photo_id.in_(ids)).order_by(albums.c.id)
    return dialect.lock_rows(found)


def refresh_covers(dialect: Dialect, album_ids: Sequence[UUID]) -> Query:
    """Give albums their newest photo as cover, or none, where the one they have is not fit to be one."""
    return Query(_build_refresh(dialect), {"ids": list(album_ids)})


@lru_cache
def _build_refresh(dialect: Dialect) -> sa.Update:
    ids = sa.bindparam("ids", type_=albums.c.id.type, expanding=True)
    return (
        sa.update(albums)
        .where(albums.c.id.in_(ids), _kept().is_(None))
        .values(cover_photo_id=_newest(dialect))
    )
