"""Photos: an album's lists, the trash, duplicates, what changed, and sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.filters import not_null
from pis_data.queries import values
from pis_data.queries.albums import is_open
from pis_data.queries.keyset import Listing, Order, Part
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import (
    ROTATIONS,
    Photo,
    PhotoStatus,
    SortRule,
    albums,
    photo_group_assignments,
    photos,
)
from pis_data.schema.characters import shown

_p = photos.c


class _PendingPhoto(TypedDict):
    filename: str
    original_key: str


class PendingPhoto(_PendingPhoto, total=False):
    """What is known of a photo that was, or is about to be, uploaded."""

    id: UUID | str
    file_size: int | None
    mime_type: str | None
    hash: str | None
    rotation: int | None
    sort_order: int
    captured_at: dt.datetime | None


PENDING_COLUMNS: Final = frozenset(_PendingPhoto.__annotations__) | frozenset(PendingPhoto.__annotations__)


# -- records that are not rows -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoKeys:
    """The objects of a photo in storage."""

    id: UUID
    album_id: UUID
    status: PhotoStatus
    original_key: str
    thumb_key: str | None
    preview_key: str | None
    deleted_at: dt.datetime | None

    def __iter__(self) -> Iterator[str]:
        """The keys that there are."""
        return (key for key in (self.original_key, self.thumb_key, self.preview_key) if key)


KEY_COLUMNS: Final = tuple(field.name for field in fields(PhotoKeys))


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to an album's photos since a cursor, in the order in which it happened.

    ``cursor`` is where to go on, also if nothing happened (None: from the beginning); ``more`` says that
    there is more to be had at once. A photo with ``deleted_at`` was deleted.
    """

    items: tuple[Photo, ...]
    cursor: str | None
    more: bool


# -- values --------------------------------------------------------------------------------------------


def check_sort(sort: object) -> SortRule:
    """A sort rule or its word."""
    try:
        return values.as_choice(list(SortRule), sort, "sort")
    except InvalidValueError as error:
        raise InvalidFilterError(str(error)) from None


def check_statuses(status: object) -> list[PhotoStatus]:
    """One status or several."""
    return values.as_choices(PhotoStatus, status, "photos.status")


def check_rotation(degrees: object) -> int | None:
    """A quarter turn, or None for what EXIF says."""
    if degrees is not None and (type(degrees) is not int or degrees not in ROTATIONS):
        raise InvalidValueError(f"photos.rotation is None, 0, 90, 180 or 270; got {shown(degrees)}")
    return degrees


# -- lists ---------------------------------------------------------------------------------------------

ORDERS: Final[Mapping[SortRule, Order]] = {
    SortRule.CAPTURE_DESC: Order("captured_at", True, "idx_photos_album_captured"),
    SortRule.CAPTURE_ASC: Order("captured_at", False, "idx_photos_album_captured"),
    SortRule.MANUAL: Order("sort_order", False, "idx_photos_album_manual"),
    SortRule.UPLOAD_DESC: Order("created_at", True, "idx_photos_album_created"),
}
_ALBUM_TRASH: Final = Order("deleted_at", True, "idx_photos_album_trash", nulls=False)
_WHOLE_TRASH: Final = Order("deleted_at", True, "idx_photos_trash", nulls=False)
_CHANGES: Final = Order("updated_at", False, "idx_photos_album_updated")


def live_list(
    album_id: UUID,
    sort: SortRule,
    *,
    statuses: Sequence[PhotoStatus] | None = None,
    selected: bool | None = None,
    ids: Sequence[UUID] | None = None,
    group_id: UUID | None = None,
    visible_at: dt.datetime | None = None,
    with_rule: bool = False,
) -> Listing:
    """An album's live photos.

    ``visible_at`` leaves them out unless the album can be visited at that moment; ``with_rule`` adds the
    album's own sort rule behind the columns.
    """
    filters: dict[str, Any] = {"album_id": album_id, "deleted_at": None}
    if statuses is not None:
        filters["status"] = statuses[0] if len(statuses) == 1 else list(statuses)
    if selected is not None:
        filters["is_selected"] = values.as_flag(selected, "selected")
    if ids is not None:
        filters["id"] = list(ids)
    conditions = []
    if group_id is not None:
        conditions.append(Part(_in_group, {"group": group_id}))
    if visible_at is not None:
        conditions.append(is_open(album_id, visible_at))
    extra = (Part(_own_rule, {"rule_of": album_id}),) if with_rule else ()
    return Listing(photos, filters, ORDERS[sort], tuple(conditions), extra)


def trash_list(album_id: UUID | None) -> Listing:
    """Deleted photos, the last one first."""
    if album_id is None:
        return Listing(photos, {"deleted_at": not_null()}, _WHOLE_TRASH)
    return Listing(photos, {"album_id": album_id, "deleted_at": not_null()}, _ALBUM_TRASH)


def changes(album_id: UUID, settle: float) -> Listing:
    """An album's photos in the order of their last change, but for those that changed just now."""
    return Listing(photos, {"album_id": album_id}, _CHANGES, (Part(_has_settled, {"settle": settle}),))


def _in_group(_: Dialect) -> ColumnElement[bool]:
    assigned = photo_group_assignments.c
    member: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        assigned.photo_id == _p.id, assigned.group_id == sa.bindparam("group", type_=assigned.group_id.type)
    )
    return member.correlate(photos).exists()


def _own_rule(_: Dialect) -> ColumnElement[Any]:
    rule_of = sa.bindparam("rule_of", type_=albums.c.id.type)
    return sa.select(albums.c.sort_rule).where(albums.c.id == rule_of).scalar_subquery()


def _has_settled(dialect: Dialect) -> ColumnElement[bool]:
    return _p.updated_at <= dialect.ago(sa.bindparam("settle", type_=sa.Double()))


def record_and_rule(row: Sequence[Any]) -> tuple[Photo, SortRule]:
    """A photo, and its album's own sort rule behind it."""
    return maker(Photo, _ALL)(row), row[-1]


_ALL: Final = tuple(photos.columns.keys())
to_photo: Final = maker(Photo, _ALL)


def duplicate(album_id: UUID, content: str | None, filename: str | None, file_size: int | None) -> Query:
    """A live photo of the album with this content, or by name and size if its own content is not known."""
    given = {"album": album_id, "hash": content, "filename": filename, "size": file_size}
    by_name = filename is not None and file_size is not None
    names = ["album", *(["hash"] if content is not None else []), *(["filename", "size"] if by_name else [])]
    statement = _build_duplicate(content is not None, by_name)
    return Query(statement, {name: given[name] for name in names}, make=to_photo)


@lru_cache
def _build_duplicate(by_content: bool, by_name: bool) -> sa.Select[Any]:
    same = []
    if by_content:
        same.append(_p.hash == sa.bindparam("hash", type_=_p.hash.type))
    if by_name:
        name = sa.and_(
            _p.filename == sa.bindparam("filename", type_=_p.filename.type),
            _p.file_size == sa.bindparam("size", type_=_p.file_size.type),
        )
        same.append(sa.and_(name, _p.hash.is_(None)) if by_content else name)
    return (
        sa.select(*_p)
        .where(
            _p.album_id == sa.bindparam("album", type_=_p.album_id.type),
            _p.deleted_at.is_(None),
            sa.or_(*same),
        )
        .order_by(sa.case((_p.hash.is_(None), 1), else_=0), _p.created_at, _p.id)
        .limit(1)
    )


def visible(dialect: Dialect, photo_id: UUID, now: dt.datetime) -> Query:
    """One row, held, if this photo is one that visitors of a public album see."""
    return Query(_build_visible(dialect), {"photo": photo_id, "now": now}, make=tuple)


@lru_cache
def _build_visible(dialect: Dialect) -> sa.Select[Any]:
    return dialect.lock_rows(_of_visitors(sa.select(_p.id)))


def _of_visitors(statement: sa.Select[Any]) -> sa.Select[Any]:
    """The photo that is asked for, if visitors of its album see it now."""
    expires = albums.c.expires_at
    return statement.join_from(photos, albums, _p.album_id == albums.c.id).where(
        _p.id == sa.bindparam("photo", type_=_p.id.type),
        _p.status == PhotoStatus.COMPLETED,
        _p.deleted_at.is_(None),
        albums.c.is_public,
        albums.c.allow_share,
        albums.c.deleted_at.is_(None),
        sa.or_(expires.is_(None), expires > sa.bindparam("now", type_=expires.type)),
    )


def downloadable(photo_id: UUID, now: dt.datetime) -> Query:
    """This photo, if visitors of its album see it and may download it."""
    return Query(_downloadable, {"photo": photo_id, "now": now}, make=to_photo)


_downloadable: Final = _of_visitors(sa.select(*_p)).where(albums.c.allow_download)


def selected(album_id: UUID) -> Query:
    """What visitors picked of an album: completed, live photos in manual order."""
    return Query(_selected, {"album": album_id}, make=to_photo)


_selected: Final = (
    sa.select(*_p)
    .where(
        _p.album_id == sa.bindparam("album", type_=_p.album_id.type),
        _p.deleted_at.is_(None),
        sa.and_(_p.is_selected),  # in words: only then is it seen that the partial index serves
        _p.status == PhotoStatus.COMPLETED,
    )
    .order_by(_p.sort_order, _p.id)
)


# -- keys of objects -----------------------------------------------------------------------------------


def with_key(keys: Sequence[str]) -> Query:
    """The photos, deleted ones too, that have one of these objects."""
    listed = sa.bindparam("keys", list(keys), type_=_p.original_key.type, expanding=True)
    columns = (_p.original_key, _p.thumb_key, _p.preview_key)
    statement = sa.select(*columns).where(sa.or_(*(column.in_(listed) for column in columns)))
    return Query(statement, make=tuple)


# -- sums ----------------------------------------------------------------------------------------------


def count_by_status(album_id: UUID | None) -> Query:
    """How many live photos have each status."""
    statement = _count_by_status
    if album_id is None:
        return Query(statement, make=tuple)
    return Query(statement.where(_p.album_id == album_id), make=tuple)


_count_by_status: Final = (
    sa.select(_p.status, sa.func.count()).where(_p.deleted_at.is_(None)).group_by(_p.status)
)


def storage_bytes(dialect: Dialect, album_id: UUID | None) -> Query:
    """The size of all originals together, deleted photos' too, since their objects are still there."""
    statement: sa.Select[Any] = sa.select(dialect.total(_p.file_size))
    if album_id is not None:
        statement = statement.where(_p.album_id == album_id)
    return Query(statement, make=itemgetter(0))
