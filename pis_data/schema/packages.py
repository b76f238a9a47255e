"""ZIP packages made for download."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import (
    TABLE_OPTIONS,
    flag,
    key,
    moment_now,
    nulls_first,
    one_of,
)
from pis_data.schema.types import BigInteger, Choice, Id, IdList, Instant, LongText, Text


class PackageStatus(StrEnum):
    """Where a package stands."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class PackageDownloadColumns(TypedColumns):
    """ZIP jobs and their results."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    photo_ids: Named[list[UUID]] = Column(IdList())
    include_watermarked: Named[bool] = flag(True)
    include_original: Named[bool] = flag(False)
    status: Named[PackageStatus] = Column(Choice(PackageStatus), server_default=PackageStatus.PENDING)
    zip_key: Named[str | None] = Column(Text(500))
    file_size: Named[int | None] = Column(BigInteger())
    #: path and query of a presigned GET: whoever has it may download
    download_url: Named[str | None] = Column(LongText())
    expires_at: Named[dt.datetime | None] = Column(Instant())
    completed_at: Named[dt.datetime | None] = Column(Instant())
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


package_downloads = Table(
    "package_downloads", metadata, PackageDownloadColumns, one_of("status", PackageStatus), **TABLE_OPTIONS
)

_d = package_downloads.c
Index("idx_package_downloads_album_created", _d.album_id, _d.created_at, _d.id)
Index("idx_package_downloads_status_created", _d.status, _d.created_at, _d.id)
Index("idx_package_downloads_expires", nulls_first(_d.expires_at), _d.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDownload:
    """A row of ``package_downloads``."""

    id: UUID
    album_id: UUID
    photo_ids: list[UUID]
    include_watermarked: bool
    include_original: bool
    status: PackageStatus
    zip_key: str | None
    file_size: int | None
    download_url: str | None = field(repr=False)
    expires_at: dt.datetime | None
    completed_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime
