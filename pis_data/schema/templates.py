"""Templates: presets of album settings, and visual styles."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.albums import STORED_SORT_RULES, AlbumLayout, SortRule, WatermarkType
from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, document, flag, key, moment_now, number, one_of
from pis_data.schema.types import Choice, Id, Instant, LongText, Text


class AlbumTemplateColumns(TypedColumns):
    """Presets of album settings."""

    id: Named[UUID] = key()
    name: Named[str] = Column(Text(255))
    description: Named[str | None] = Column(LongText())
    is_public: Named[bool] = flag(False)
    layout: Named[AlbumLayout] = Column(Choice(AlbumLayout), server_default=AlbumLayout.MASONRY)
    sort_rule: Named[SortRule] = Column(Choice(SortRule), server_default=SortRule.CAPTURE_DESC)
    allow_download: Named[bool] = flag(True)
    allow_batch_download: Named[bool] = flag(False)
    show_exif: Named[bool] = flag(True)
    #: in clear, as PIS keeps it
    password: Named[str | None] = Column(Text(255))
    expires_at: Named[dt.datetime | None] = Column(Instant())
    watermark_enabled: Named[bool] = flag(False)
    watermark_type: Named[WatermarkType | None] = Column(Choice(WatermarkType))
    watermark_config: Named[dict[str, Any]] = document()
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


album_templates = Table(
    "album_templates",
    metadata,
    AlbumTemplateColumns,
    one_of("layout", AlbumLayout),
    one_of("sort_rule", *STORED_SORT_RULES),
    one_of("watermark_type", WatermarkType),
    **TABLE_OPTIONS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumTemplate:
    """A row of ``album_templates``."""

    id: UUID
    name: str
    description: str | None
    is_public: bool
    layout: AlbumLayout
    sort_rule: SortRule
    allow_download: bool
    allow_batch_download: bool
    show_exif: bool
    password: str | None = field(repr=False)
    expires_at: dt.datetime | None
    watermark_enabled: bool
    watermark_type: WatermarkType | None
    watermark_config: dict[str, Any]
    created_at: dt.datetime
    updated_at: dt.datetime


class StyleCategory(StrEnum):
    """What a style is made for; the list is open (styles are imported from files)."""

    WEDDING = "wedding"
    EVENT = "event"
    PORTRAIT = "portrait"
    PRODUCT = "product"
    TRAVEL = "travel"
    GENERAL = "general"


class StyleTemplateColumns(TypedColumns):
    """Visual styles made by users; the built-in ones live in PIS's code."""

    id: Named[UUID] = key()
    name: Named[str] = Column(Text(200))
    description: Named[str | None] = Column(LongText())
    category: Named[StyleCategory] = Column(Choice(StyleCategory), server_default=StyleCategory.GENERAL)
    theme_config: Named[dict[str, Any]] = document()
    typography_config: Named[dict[str, Any]] = document()
    layout_config: Named[dict[str, Any]] = document()
    hero_config: Named[dict[str, Any]] = document()
    hover_config: Named[dict[str, Any]] = document()
    animation_config: Named[dict[str, Any]] = document()
    thumbnail_url: Named[str | None] = Column(LongText())
    is_builtin: Named[bool] = flag(False)
    is_public: Named[bool] = flag(True)
    sort_order: Named[int] = number()
    created_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


style_templates = Table("style_templates", metadata, StyleTemplateColumns, **TABLE_OPTIONS)

_s = style_templates.c
Index("idx_style_templates_category_order", _s.category, _s.sort_order, _s.created_at, _s.id)
Index("idx_style_templates_created_by", _s.created_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleTemplate:
    """A row of ``style_templates``."""

    id: UUID
    name: str
    description: str | None
    category: StyleCategory
    theme_config: dict[str, Any]
    typography_config: dict[str, Any]
    layout_config: dict[str, Any]
    hero_config: dict[str, Any]
    hover_config: dict[str, Any]
    animation_config: dict[str, Any]
    thumbnail_url: str | None
    is_builtin: bool
    is_public: bool
    sort_order: int
    created_by: UUID | None
    created_at: dt.datetime
    updated_at: dt.datetime
