"""ZIP packages made for download: what may go into one, and who makes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.photos import to_photo
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import PackageDownload, PackageStatus, PhotoStatus, albums, package_downloads, photos
from pis_data.schema.characters import shown

_d, _p = package_downloads.c, photos.c

#: how long a package can be downloaded, unless it is said otherwise
EXPIRY: Final = dt.timedelta(days=15)

#: how long a claim lasts that is neither renewed nor finished: packages are larger than photos
PACKAGE_LEASE: Final = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPackage:
    """What a visitor may know of a package: how far it is; neither its key nor the way to download it."""

    id: UUID
    album_id: UUID
    status: PackageStatus
    photo_count: int
    include_watermarked: bool
    include_original: bool
    file_size: int | None
    expires_at: dt.datetime | None
    completed_at: dt.datetime | None
    created_at: dt.datetime


def public_view(package: PackageDownload) -> PublicPackage:
    """A package as visitors see it."""
    names = [name for name in PublicPackage.__dataclass_fields__ if name != "photo_count"]
    kept = {name: getattr(package, name) for name in names}
    return PublicPackage(photo_count=len(package.photo_ids), **kept)


def zip_key(package: PackageDownload) -> str:
    """Where the package's ZIP belongs: ids, and nothing of the title, which may be in any script."""
    return f"packages/{package.album_id}/{package.id}.zip"


def check_size(size: object) -> int:
    """A file's size in bytes."""
    if type(size) is not int or size < 0:
        raise InvalidValueError(f"package_downloads.file_size: expected a number of bytes, got {shown(size)}")
    return size


# -- what goes in --------------------------------------------------------------------------------------


def photo_ids(album_id: UUID, wanted: Sequence[UUID] | None, selected: bool) -> Query:
    """The ids of an album's completed, live photos in manual order: the wanted ones, the picked ones, or all.

    One more than a package may have, which tells that there are too many.
    """
    statement = (
        sa.select(_p.id)
        .where(_p.album_id == album_id, _p.deleted_at.is_(None), _p.status == PhotoStatus.COMPLETED)
        .order_by(_p.sort_order, _p.id)
    )
    if wanted is not None:
        statement = statement.where(_p.id.in_(wanted))
    if selected:
        statement = statement.where(sa.and_(_p.is_selected))
    return Query(statement.limit(values.IDS_LIMIT + 1), make=lambda row: row[0])


def contents(package: PackageDownload) -> Query:
    """The photos of a package that can still go into it."""
    statement = (
        sa.select(*_p)
        .join_from(photos, albums, _p.album_id == albums.c.id)
        .where(
            _p.id.in_(package.photo_ids),
            _p.album_id == package.album_id,
            _p.status == PhotoStatus.COMPLETED,
            _p.deleted_at.is_(None),
            albums.c.deleted_at.is_(None),
        )
    )
    return Query(statement, make=to_photo)


def visible(package_id: UUID, album_id: UUID, now: dt.datetime) -> Query:
    """A package of an album that visitors may download from, unless it has expired."""
    return Query(_visible, {"package": package_id, "album": album_id, "now": now}, make=_to_package)


_to_package: Final = maker(PackageDownload, tuple(package_downloads.columns.keys()))
_now: Final[sa.BindParameter[Any]] = sa.bindparam("now", type_=_d.expires_at.type)
_visible: Final = (
    sa.select(*_d)
    .join_from(package_downloads, albums, _d.album_id == albums.c.id)
    .where(
        _d.id == sa.bindparam("package", type_=_d.id.type),
        _d.album_id == sa.bindparam("album", type_=_d.album_id.type),
        sa.or_(_d.expires_at.is_(None), _d.expires_at > _now),
        albums.c.deleted_at.is_(None),
        albums.c.allow_download,
        albums.c.allow_share,
        sa.or_(albums.c.expires_at.is_(None), albums.c.expires_at > _now),
    )
)


# -- the queue -----------------------------------------------------------------------------------------


def claimable(dialect: Dialect, waiting: Sequence[PackageStatus], lease: float) -> ColumnElement[bool]:
    """Packages that wait, or that have been worked on for longer than ``lease`` seconds."""
    processing = _d.status == PackageStatus.PROCESSING
    stale = sa.and_(processing, _d.updated_at <= dialect.ago(sa.literal(lease, sa.Double())))
    return sa.or_(_d.status.in_(waiting), stale)


def stuck(before: dt.datetime, limit: int) -> Query:
    """Packages that nobody has touched since a moment and that are not finished, oldest first."""
    return Query(_stuck, {"before": before, "limit": limit}, make=_to_package)


_stuck: Final = (
    sa.select(*_d)
    .where(
        _d.status.in_([PackageStatus.PENDING, PackageStatus.PROCESSING]),
        _d.updated_at < sa.bindparam("before", type_=_d.updated_at.type),
    )
    .order_by(_d.updated_at, _d.id)
    .limit(sa.bindparam("limit", type_=sa.BigInteger()))
)


def expired(dialect: Dialect, now: dt.datetime, limit: int) -> Query:
    """Packages whose time is over, the first expired one first."""
    return Query(_build_expired(dialect), {"now": now, "limit": limit}, make=_to_package)


@lru_cache
def _build_expired(dialect: Dialect) -> sa.Select[Any]:
    statement = sa.select(*_d).where(_d.expires_at <= _now)
    ordered = statement.order_by(dialect.order(_d.expires_at, descending=False), _d.id)
    return ordered.limit(sa.bindparam("limit", type_=sa.BigInteger()))
