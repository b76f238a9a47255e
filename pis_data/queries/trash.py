"""What may be removed for good: photos in the trash, and photos of albums in the trash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.filters import all_of, any_of, not_null
from pis_data.queries.photos import KEY_COLUMNS, PhotoKeys
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import albums, photos

_to_keys = maker(PhotoKeys, KEY_COLUMNS)


def purgeable(dialect: Dialect, before: dt.datetime, limit: int) -> Query:
    """Photos that were deleted before a moment, held until the transaction ends."""
    return Query(_build_purgeable(dialect), {"before": before, "limit": limit}, make=_to_keys)


def purgeable_with_album(dialect: Dialect, before: dt.datetime, limit: int) -> Query:
    """The other photos whose album was deleted before a moment; both are held until the transaction ends."""
    return Query(_build_with_album(dialect), {"before": before, "limit": limit}, make=_to_keys)


@lru_cache
def _build_purgeable(dialect: Dialect) -> sa.Select[Any]:
    statement = _keys(dialect).where(photos.c.deleted_at < _before)
    statement = statement.order_by(photos.c.deleted_at, photos.c.id)
    return dialect.hint_index(statement, photos, "idx_photos_trash")


@lru_cache
def _build_with_album(dialect: Dialect) -> sa.Select[Any]:
    own = sa.or_(photos.c.deleted_at.is_(None), photos.c.deleted_at >= _before)
    return (
        _keys(dialect)
        .join(albums, albums.c.id == photos.c.album_id)
        .where(albums.c.deleted_at < _before, own)
        .order_by(photos.c.album_id, photos.c.id)
    )


_before: Final[sa.BindParameter[Any]] = sa.bindparam("before", type_=photos.c.deleted_at.type)


def _keys(dialect: Dialect) -> sa.Select[Any]:
    columns: sa.Select[Any] = sa.select(*(photos.c[name] for name in KEY_COLUMNS))
    limited = columns.limit(sa.bindparam("limit", type_=sa.BigInteger()))
    return dialect.lock_rows(limited, skip_locked=bool(dialect.caps.skip_locked))


def removable(wanted: Mapping[str, Any]) -> object:
    """The filter for those of the wanted photos that are in the trash, or whose album is."""
    return all_of(wanted, any_of({"deleted_at": not_null()}, _album_is_deleted()))


def _album_is_deleted() -> ColumnElement[bool]:
    return photos.c.album_id.in_(sa.select(albums.c.id).where(albums.c.deleted_at.is_not(None)))
