"""Groups of photos within an album."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Named,
    PrimaryKeyConstraint,
    Table,
    TypedColumns,
    UniqueConstraint,
)

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, key, moment_now, number
from pis_data.schema.types import Id, LongText, Text


class PhotoGroupColumns(TypedColumns):
    """Groups of an album's photos."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    name: Named[str] = Column(Text(255))
    description: Named[str | None] = Column(LongText())
    sort_order: Named[int] = number()
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


photo_groups = Table("photo_groups", metadata, PhotoGroupColumns, **TABLE_OPTIONS)

_g = photo_groups.c
Index("idx_photo_groups_album_order", _g.album_id, _g.sort_order, _g.created_at, _g.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGroup:
    """A row of ``photo_groups``."""

    id: UUID
    album_id: UUID
    name: str
    description: str | None
    sort_order: int
    created_at: dt.datetime
    updated_at: dt.datetime


class PhotoGroupAssignmentColumns(TypedColumns):
    """Which photo is in which group."""

    photo_id: Named[UUID] = Column(Id(), ForeignKey("photos.id", ondelete="CASCADE"))
    group_id: Named[UUID] = Column(Id(), ForeignKey("photo_groups.id", ondelete="CASCADE"))
    created_at: Named[dt.datetime] = moment_now()


photo_group_assignments = Table(
    "photo_group_assignments",
    metadata,
    PhotoGroupAssignmentColumns,
    PrimaryKeyConstraint("photo_id", "group_id"),
    UniqueConstraint("group_id", "photo_id"),
    **TABLE_OPTIONS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGroupAssignment:
    """A row of ``photo_group_assignments``."""

    photo_id: UUID
    group_id: UUID
    created_at: dt.datetime
