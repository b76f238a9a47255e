"""Events of visitors, each counted once within a stretch of time (a window).

A visit of a session is the same one if there was another of it within the window: that is what the
statement looks for. Two that come at once can't see each other, so they are given the same id, which is made
of whom and what it is about and of the window's number: the primary key lets one of them in. Only two that
come at once on the two sides of a window's edge are both counted. No row is locked for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Table

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.queries.names import check_row
from pis_data.queries.rows import Query
from pis_data.schema import album_views, albums, photo_views, photos, uuid7
from pis_data.schema.characters import shown

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND: Final = dt.timedelta(milliseconds=1)

#: how long an album's, and a photo's, visit by one session is the same one
ALBUM_WINDOW: Final = dt.timedelta(minutes=5)
PHOTO_WINDOW: Final = dt.timedelta(seconds=60)


def check_window(window: object) -> dt.timedelta:
    """A stretch of time of up to a day, in which a session counts once."""
    if not isinstance(window, dt.timedelta) or not _MILLISECOND <= window <= dt.timedelta(days=1):
        raise InvalidValueError(f"a window is a timedelta of 1 ms to 1 day, got {shown(window)}")
    return window


def check_number(number: object, least: int, what: str) -> int:
    """A whole number that is not too small."""
    if type(number) is not int or number < least:
        raise InvalidValueError(f"{what} is a whole number, {least} or more; got {shown(number)}")
    return number


def album_view(album_id: UUID, given: Mapping[str, Any], window: dt.timedelta) -> dict[str, Any]:
    """The parameters of a visit to an album."""
    return _parameters(album_views, "album_id", album_id, given, window)


def photo_view(photo_id: UUID, given: Mapping[str, Any], window: dt.timedelta) -> dict[str, Any]:
    """The parameters of a look at a photo."""
    return _parameters(photo_views, "photo_id", photo_id, given, window)


def _parameters(
    table: Table, subject: str, key: UUID, given: Mapping[str, Any], window: dt.timedelta
) -> dict[str, Any]:
    row = check_row(table, given)
    moment, session = row["viewed_at"], row.get("session_id")
    made = uuid7() if session is None else _same_id(f"{table.name}/{key}/{session}", moment, window)
    return {**row, "id": made, subject: key, "after": moment - window}


def _same_id(what: str, moment: dt.datetime, window: dt.timedelta) -> UUID:
    """One id for all that is the same in a window. It begins with the window's time, and sorts by that."""
    begins = (moment - _EPOCH) // window * window
    digest = hashlib.blake2b(f"{what}/{begins}".encode(), digest_size=16, person=b"pis_data.visits")
    made = int.from_bytes(digest.digest()) & ((1 << 80) - 1)
    made |= (begins // _MILLISECOND & ((1 << 48) - 1)) << 80
    return as_uuid8(made)


def as_uuid8(bits: int) -> UUID:
    """128 bits as a UUID of version 8 (RFC 9562), which says that they are somebody's own."""
    return UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)


def record_album_view(dialect: Dialect, parameters: Mapping[str, Any]) -> Query:
    """INSERT of a visit to a live album, unless it is counted already."""
    names = tuple(sorted(parameters.keys() - {"after"}))
    return Query(_build_record(dialect, album_views, names), dict(parameters))


def record_photo_view(dialect: Dialect, parameters: Mapping[str, Any]) -> Query:
    """INSERT of a look at a live photo of a live album, unless it is counted already."""
    names = tuple(sorted({*parameters.keys() - {"after"}, "album_id"}))
    return Query(_build_record(dialect, photo_views, names), dict(parameters))


@lru_cache
def _build_record(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Any:
    given: dict[str, ColumnElement[Any]] = {
        name: sa.bindparam(name, type_=table.c[name].type) for name in names
    }
    chosen: sa.Select[Any]
    if table is photo_views:
        given["album_id"] = photos.c.album_id  # whatever the visitor says
        same = table.c.photo_id == given["photo_id"]
        chosen = _live_photos(given["photo_id"])
    else:
        same = table.c.album_id == given["album_id"]
        chosen = _live_albums(given["album_id"])
    chosen = chosen.with_only_columns(*(given[name].label(f"given_{name}") for name in names))
    if "session_id" in names:
        counted: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
            same,
            table.c.session_id == given["session_id"],
            table.c.viewed_at > sa.bindparam("after", type_=table.c.viewed_at.type),
        )
        chosen = chosen.where(sa.not_(counted.exists()))
    insert: Any = sa.insert(table)
    if dialect.caps.conflict_target:  # else the error is read: it ends no more than its statement
        insert = dialect.upsert(table, names, ("id",), ())
    return insert.from_select(list(names), chosen)


def live_album(album_id: UUID) -> Query:
    """One row if there is such a live album."""
    return Query(_live_album, {"album": album_id}, make=tuple)


def live_photo(photo_id: UUID) -> Query:
    """One row if there is such a live photo of a live album."""
    return Query(_live_photo, {"photo": photo_id}, make=tuple)


def _live_albums(key: ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(albums.c.id).where(albums.c.id == key, albums.c.deleted_at.is_(None))


def _live_photos(key: ColumnElement[Any]) -> sa.Select[Any]:
    found: sa.Select[Any] = sa.select(photos.c.id).join(albums, photos.c.album_id == albums.c.id)
    return found.where(photos.c.id == key, photos.c.deleted_at.is_(None), albums.c.deleted_at.is_(None))


_live_album: Final = _live_albums(sa.bindparam("album", type_=albums.c.id.type))
_live_photo: Final = _live_photos(sa.bindparam("photo", type_=photos.c.id.type))
