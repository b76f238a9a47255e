"""What visitors did: raw events, and their daily sums."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, key, moment_now, number
from pis_data.schema.types import BigInteger, Choice, Day, Id, LongText, Text


class DeviceType(StrEnum):
    """What a visitor came with; the list is open."""

    DESKTOP = "desktop"
    MOBILE = "mobile"
    TABLET = "tablet"


class DownloadType(StrEnum):
    """How photos were downloaded; PIS does not validate it."""

    SINGLE = "single"
    BATCH = "batch"
    ALL = "all"


class AlbumViewColumns(TypedColumns):
    """One row per visit to an album."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    viewer_ip: Named[str | None] = Column(Text(45))
    viewer_ua: Named[str | None] = Column(LongText())
    viewer_referer: Named[str | None] = Column(LongText())
    viewer_country: Named[str | None] = Column(Text(100))
    viewer_city: Named[str | None] = Column(Text(100))
    device_type: Named[DeviceType | None] = Column(Choice(DeviceType, 20))
    browser: Named[str | None] = Column(Text(50))
    os: Named[str | None] = Column(Text(50))
    #: chosen by the visitor's browser
    session_id: Named[str | None] = Column(Text(100))
    viewed_at: Named[dt.datetime] = moment_now()


album_views = Table("album_views", metadata, AlbumViewColumns, **TABLE_OPTIONS)

_av = album_views.c
Index("idx_album_views_album_viewed", _av.album_id, _av.viewed_at, _av.id)
Index("idx_album_views_session_viewed", _av.album_id, _av.session_id, _av.viewed_at)
Index("idx_album_views_viewed_at", _av.viewed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumView:
    """A row of ``album_views``."""

    id: UUID
    album_id: UUID
    viewer_ip: str | None
    viewer_ua: str | None
    viewer_referer: str | None
    viewer_country: str | None
    viewer_city: str | None
    device_type: DeviceType | None
    browser: str | None
    os: str | None
    session_id: str | None
    viewed_at: dt.datetime


class PhotoViewColumns(TypedColumns):
    """One row per look at a photo."""

    id: Named[UUID] = key()
    photo_id: Named[UUID] = Column(Id(), ForeignKey("photos.id", ondelete="CASCADE"))
    album_id: Named[UUID | None] = Column(Id(), ForeignKey("albums.id", ondelete="SET NULL"))
    viewer_ip: Named[str | None] = Column(Text(45))
    session_id: Named[str | None] = Column(Text(100))
    viewed_at: Named[dt.datetime] = moment_now()


photo_views = Table("photo_views", metadata, PhotoViewColumns, **TABLE_OPTIONS)

_pv = photo_views.c
# without the session, which may be NULL: MySQL 9.7 minds the foreign key of photo_id by this index
Index("idx_photo_views_photo_viewed", _pv.photo_id, _pv.viewed_at)
Index("idx_photo_views_album_viewed", _pv.album_id, _pv.viewed_at)
Index("idx_photo_views_viewed_at", _pv.viewed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoView:
    """A row of ``photo_views``."""

    id: UUID
    photo_id: UUID
    album_id: UUID | None
    viewer_ip: str | None
    session_id: str | None
    viewed_at: dt.datetime


class DownloadLogColumns(TypedColumns):
    """One row per download."""

    id: Named[UUID] = key()
    photo_id: Named[UUID | None] = Column(Id(), ForeignKey("photos.id", ondelete="SET NULL"))
    album_id: Named[UUID | None] = Column(Id(), ForeignKey("albums.id", ondelete="SET NULL"))
    download_type: Named[DownloadType] = Column(Choice(DownloadType, 20))
    file_count: Named[int] = number(1)
    total_size: Named[int | None] = Column(BigInteger())
    downloader_ip: Named[str | None] = Column(Text(45))
    session_id: Named[str | None] = Column(Text(100))
    downloaded_at: Named[dt.datetime] = moment_now()


download_logs = Table("download_logs", metadata, DownloadLogColumns, **TABLE_OPTIONS)

_dl = download_logs.c
Index("idx_download_logs_photo_id", _dl.photo_id)
Index("idx_download_logs_album_downloaded", _dl.album_id, _dl.downloaded_at)
Index("idx_download_logs_downloaded_at", _dl.downloaded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLog:
    """A row of ``download_logs``."""

    id: UUID
    photo_id: UUID | None
    album_id: UUID | None
    download_type: DownloadType
    file_count: int
    total_size: int | None
    downloader_ip: str | None
    session_id: str | None
    downloaded_at: dt.datetime


class DailyStatColumns(TypedColumns):
    """The sums of one day: of one album, or of the whole site (``album_id`` NULL)."""

    id: Named[UUID] = key()
    stat_date: Named[dt.date] = Column(Day())
    album_id: Named[UUID | None] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    view_count: Named[int] = number()
    unique_visitors: Named[int] = number()
    photo_view_count: Named[int] = number()
    download_count: Named[int] = number()
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


daily_stats = Table(
    "daily_stats", metadata, DailyStatColumns, UniqueConstraint("stat_date", "album_id"), **TABLE_OPTIONS
)

Index("idx_daily_stats_album_date", daily_stats.c.album_id, daily_stats.c.stat_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyStat:
    """A row of ``daily_stats``."""

    id: UUID
    stat_date: dt.date
    album_id: UUID | None
    view_count: int
    unique_visitors: int
    photo_view_count: int
    download_count: int
    created_at: dt.datetime
    updated_at: dt.datetime
