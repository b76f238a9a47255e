"""Albums: what a photographer shares, with its look, its rights and its cached counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import empty_object, metadata
from pis_data.schema.columns import (
    TABLE_OPTIONS,
    counter,
    document,
    flag,
    key,
    moment_now,
    nulls_first,
    number,
    one_of,
    only_where,
)
from pis_data.schema.types import Choice, Id, Instant, Json, LongText, Text


class AlbumLayout(StrEnum):
    """How an album's page is laid out."""

    MASONRY = "masonry"
    GRID = "grid"
    CAROUSEL = "carousel"


class SortRule(StrEnum):
    """The order of an album's photos. A visitor may ask for ``upload_desc``; no album has it as its own."""

    CAPTURE_DESC = "capture_desc"
    CAPTURE_ASC = "capture_asc"
    MANUAL = "manual"
    UPLOAD_DESC = "upload_desc"


#: The rules that an album or a template may have as its own.
STORED_SORT_RULES = (SortRule.CAPTURE_DESC, SortRule.CAPTURE_ASC, SortRule.MANUAL)


class WatermarkType(StrEnum):
    """What the single watermark of older albums is; newer ones list several in ``watermark_config``."""

    TEXT = "text"
    LOGO = "logo"


class AlbumColumns(TypedColumns):
    """Albums. ``photo_count`` and ``selected_count`` are kept by triggers and are read-only."""

    id: Named[UUID] = key()
    title: Named[str] = Column(Text(255))
    #: the public address
    slug: Named[str] = Column(Text(255))
    description: Named[str | None] = Column(LongText())
    cover_photo_id: Named[UUID | None] = Column(
        Id(), ForeignKey("photos.id", ondelete="SET NULL", use_alter=True)
    )
    #: completed, live photos
    photo_count: Named[int] = counter()
    #: what visitors type, in clear, as PIS keeps it
    password: Named[str | None] = Column(Text(255))
    #: the FTP password, in clear
    upload_token: Named[str | None] = Column(Text(255))
    expires_at: Named[dt.datetime | None] = Column(Instant())
    is_public: Named[bool] = flag(False)
    layout: Named[AlbumLayout] = Column(Choice(AlbumLayout), server_default=AlbumLayout.MASONRY)
    sort_rule: Named[SortRule] = Column(Choice(SortRule), server_default=SortRule.CAPTURE_DESC)
    allow_download: Named[bool] = flag(True)
    allow_batch_download: Named[bool] = flag(False)
    show_exif: Named[bool] = flag(True)
    #: false: the public pages answer 404
    allow_share: Named[bool] = flag(True)
    watermark_enabled: Named[bool] = flag(False)
    watermark_type: Named[WatermarkType | None] = Column(
        Choice(WatermarkType), server_default=WatermarkType.TEXT
    )
    watermark_config: Named[dict[str, Any]] = document()
    #: ``{"preset": …}``, or None
    color_grading: Named[dict[str, Any] | None] = Column(Json(), server_default=empty_object())
    enable_human_retouch: Named[bool] = flag(False)
    enable_ai_retouch: Named[bool] = flag(False)
    ai_retouch_config: Named[dict[str, Any]] = document()
    share_title: Named[str | None] = Column(Text(255))
    share_description: Named[str | None] = Column(LongText())
    share_image_url: Named[str | None] = Column(Text(500))
    poster_image_url: Named[str | None] = Column(Text(500))
    event_date: Named[dt.datetime | None] = Column(Instant())
    location: Named[str | None] = Column(LongText())
    is_live: Named[bool] = flag(False)
    #: the key of a built-in style, or the id of a row of ``style_templates``
    template_id: Named[str | None] = Column(Text(100))
    template_config: Named[dict[str, Any]] = document()
    #: ``{locale: text}``, like the three below
    title_translations: Named[dict[str, Any]] = document()
    description_translations: Named[dict[str, Any]] = document()
    share_title_translations: Named[dict[str, Any]] = document()
    share_description_translations: Named[dict[str, Any]] = document()
    #: selected, live photos
    selected_count: Named[int] = counter()
    view_count: Named[int] = number()
    metadata: Named[dict[str, Any]] = document()
    owner_id: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()
    deleted_at: Named[dt.datetime | None] = Column(Instant())


albums = Table(
    "albums",
    metadata,
    AlbumColumns,
    UniqueConstraint("slug"),
    one_of("layout", AlbumLayout),
    one_of("sort_rule", *STORED_SORT_RULES),
    one_of("watermark_type", WatermarkType),
    **TABLE_OPTIONS,
)

_a = albums.c
Index("idx_albums_live_created", _a.created_at, _a.id, **only_where("deleted_at IS NULL"))
Index(
    "idx_albums_public_created",
    _a.is_public,
    _a.created_at,
    _a.id,
    **only_where("is_public AND deleted_at IS NULL", sqlite="deleted_at IS NULL"),
)
Index("idx_albums_trash", nulls_first(_a.deleted_at), _a.id, **only_where("deleted_at IS NOT NULL"))
Index("idx_albums_cover_photo_id", _a.cover_photo_id)
Index("idx_albums_owner_id", _a.owner_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """A row of ``albums``."""

    id: UUID
    title: str
    slug: str
    description: str | None
    cover_photo_id: UUID | None
    photo_count: int
    password: str | None = field(repr=False)
    upload_token: str | None = field(repr=False)
    expires_at: dt.datetime | None
    is_public: bool
    layout: AlbumLayout
    sort_rule: SortRule
    allow_download: bool
    allow_batch_download: bool
    show_exif: bool
    allow_share: bool
    watermark_enabled: bool
    watermark_type: WatermarkType | None
    watermark_config: dict[str, Any]
    color_grading: dict[str, Any] | None
    enable_human_retouch: bool
    enable_ai_retouch: bool
    ai_retouch_config: dict[str, Any]
    share_title: str | None
    share_description: str | None
    share_image_url: str | None
    poster_image_url: str | None
    event_date: dt.datetime | None
    location: str | None
    is_live: bool
    template_id: str | None
    template_config: dict[str, Any]
    title_translations: dict[str, Any]
    description_translations: dict[str, Any]
    share_title_translations: dict[str, Any]
    share_description_translations: dict[str, Any]
    selected_count: int
    view_count: int
    metadata: dict[str, Any]
    owner_id: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime
    deleted_at: dt.datetime | None
