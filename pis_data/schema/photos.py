"""Photos: the heart of the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import empty_object, metadata
from pis_data.schema.columns import (
    TABLE_OPTIONS,
    flag,
    key,
    moment_now,
    nulls_first,
    number,
    one_of,
    only_where,
)
from pis_data.schema.types import BigInteger, Choice, Id, Instant, Integer, Json, LongText, Text


class PhotoStatus(StrEnum):
    """Where a photo stands on its way from upload to album."""

    PENDING = "pending"
    PENDING_RETOUCH = "pending_retouch"
    RETOUCHING = "retouching"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


#: Quarter turns, in degrees clockwise; NULL: as EXIF says.
ROTATIONS = (0, 90, 180, 270)


class PhotoColumns(TypedColumns):
    """Photos. A soft-deleted one (``deleted_at``) is purged with its files after 30 days."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    filename: Named[str] = Column(Text(255))
    original_key: Named[str] = Column(Text(500))
    thumb_key: Named[str | None] = Column(Text(500))
    preview_key: Named[str | None] = Column(Text(500))
    width: Named[int | None] = Column(Integer())
    height: Named[int | None] = Column(Integer())
    #: bytes of the original
    file_size: Named[int | None] = Column(BigInteger())
    mime_type: Named[str | None] = Column(Text(100))
    #: BlurHash, 4 × 4
    blur_data: Named[str | None] = Column(LongText())
    #: SHA-256 of the original, hexadecimal
    hash: Named[str | None] = Column(Text(64))
    exif: Named[dict[str, Any] | None] = Column(Json(), server_default=empty_object())
    rotation: Named[int | None] = Column(Integer(), server_default="0")
    #: place in the album's manual order
    sort_order: Named[int] = number()
    status: Named[PhotoStatus] = Column(Choice(PhotoStatus), server_default=PhotoStatus.PENDING)
    retoucher_id: Named[UUID | None] = Column(Id(), ForeignKey("users.id", ondelete="SET NULL"))
    #: picked by a visitor: one flag for all of them
    is_selected: Named[bool] = flag(False)
    captured_at: Named[dt.datetime | None] = Column(Instant())
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()
    deleted_at: Named[dt.datetime | None] = Column(Instant())


photos = Table(
    "photos",
    metadata,
    PhotoColumns,
    one_of("rotation", *ROTATIONS),
    one_of("status", PhotoStatus),
    **TABLE_OPTIONS,
)

_p = photos.c
_LIVE = only_where("deleted_at IS NULL")

# One index per sort rule. `status` comes last: most photos of an album are completed, so that one index
# serves the pages of one status and of all, and what it skips is skipped inside the index.
Index("idx_photos_album_captured", _p.album_id, nulls_first(_p.captured_at), _p.id, _p.status, **_LIVE)
Index("idx_photos_album_created", _p.album_id, _p.created_at, _p.id, _p.status, **_LIVE)
Index("idx_photos_album_manual", _p.album_id, _p.sort_order, _p.id, _p.status, **_LIVE)
# counts by status, and the few that failed or wait
Index("idx_photos_album_status", _p.album_id, _p.status, **_LIVE)
# a visitor's picks
Index(
    "idx_photos_album_selected",
    _p.album_id,
    _p.is_selected,
    _p.sort_order,
    _p.id,
    **only_where("is_selected AND deleted_at IS NULL", sqlite="deleted_at IS NULL"),
)
# what changed in a live album since a cursor, deletions included
Index("idx_photos_album_updated", _p.album_id, _p.updated_at, _p.id)
# is it there already: by content, and by name and size
Index("idx_photos_album_hash", _p.album_id, _p.hash, **only_where("hash IS NOT NULL AND deleted_at IS NULL"))
Index("idx_photos_album_filename", _p.album_id, _p.filename, _p.file_size, **_LIVE)
# the workers' queue: pending ones in order, stuck ones, retouch tasks. SQLite, too, must leave the completed
# ones out, or else it takes this index for the pages of an album
Index(
    "idx_photos_work",
    _p.status,
    _p.created_at,
    _p.id,
    **only_where("status <> 'completed' AND deleted_at IS NULL"),
)
# the trash of one album, and the purge of all
Index(
    "idx_photos_album_trash",
    _p.album_id,
    nulls_first(_p.deleted_at),
    _p.id,
    **only_where("deleted_at IS NOT NULL"),
)
Index("idx_photos_trash", nulls_first(_p.deleted_at), _p.id, **only_where("deleted_at IS NOT NULL"))
Index("idx_photos_retoucher_id", _p.retoucher_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A row of ``photos``."""

    id: UUID
    album_id: UUID
    filename: str
    original_key: str
    thumb_key: str | None
    preview_key: str | None
    width: int | None
    height: int | None
    file_size: int | None
    mime_type: str | None
    blur_data: str | None
    hash: str | None
    exif: dict[str, Any] | None
    rotation: int | None
    sort_order: int
    status: PhotoStatus
    retoucher_id: UUID | None
    is_selected: bool
    captured_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime
    deleted_at: dt.datetime | None
