"""The workers' queue: photos that wait, that are worked on, and that were given up.

A claim is a photo's status ``processing``; how long it has lasted is told by ``updated_at``, which the
database itself sets at every change. There is no other column for it in PIS's table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.queries.photos import to_photo
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import Photo, PhotoStatus, albums, photos
from pis_data.schema.characters import shown

_p = photos.c

#: how long a claim lasts that is neither renewed nor finished
LEASE: Final = dt.timedelta(minutes=5)

#: what a photo can be once it is processed
DONE: Final = (PhotoStatus.COMPLETED, PhotoStatus.PENDING_RETOUCH)


class PhotoResults(TypedDict, total=False):
    """What processing finds out and makes."""

    thumb_key: str | None
    preview_key: str | None
    width: int | None
    height: int | None
    file_size: int | None
    mime_type: str | None
    blur_data: str | None
    hash: str | None
    exif: dict[str, Any] | None
    captured_at: dt.datetime | None


RESULT_COLUMNS: Final = frozenset(PhotoResults.__annotations__)


@dataclass(frozen=True, slots=True)
class RetouchTask:
    """A photo that waits for a person, and the title of its album."""

    photo: Photo
    album_title: str


def as_seconds(value: object, what: str) -> float:
    """A length of time in seconds. Not of ages: some servers count no further back than the year 1000."""
    if not isinstance(value, dt.timedelta) or not dt.timedelta(0) <= value <= dt.timedelta(days=36_500):
        raise InvalidValueError(f"{what} is a timedelta of 0 to 36,500 days, got {shown(value)}")
    return value.total_seconds()


def in_queue(statuses: Sequence[PhotoStatus]) -> ColumnElement[bool]:
    """Live photos of these statuses, none of them ``completed``.

    Said in words and not with parameters: only then is it seen that the partial index of the queue serves.
    """
    named = [_status(status) for status in statuses]
    condition = _p.status == named[0] if len(named) == 1 else _p.status.in_(named)
    return sa.and_(condition, _p.status != _status(PhotoStatus.COMPLETED), _p.deleted_at.is_(None))


def _status(status: PhotoStatus) -> ColumnElement[str]:
    return sa.literal_column(f"'{status}'")


def claimable(dialect: Dialect, waiting: Sequence[PhotoStatus], lease: float) -> ColumnElement[bool]:
    """Live photos that wait, or that have been worked on for longer than ``lease`` seconds."""
    processing = _p.status == _status(PhotoStatus.PROCESSING)
    stale = sa.and_(processing, _p.updated_at <= dialect.ago(sa.literal(lease, sa.Double())))
    waits = _p.status.in_([_status(status) for status in waiting])
    return sa.and_(_p.deleted_at.is_(None), sa.or_(waits, stale))


def oldest(
    dialect: Dialect,
    status: PhotoStatus,
    *,
    limit: int,
    album_id: UUID | None = None,
    unchanged_for: float | None = None,
    lock: bool = False,
) -> Query:
    """The photos of a status that were made first.

    With ``lock`` they are held until the transaction ends, and those that others hold are passed over.
    """
    given = {"album": album_id, "unchanged": unchanged_for}
    statement = _build_oldest(dialect, status, album_id is not None, unchanged_for is not None, lock)
    return Query(
        statement,
        {"limit": limit, **{name: value for name, value in given.items() if value is not None}},
        make=to_photo,
    )


@lru_cache
def _build_oldest(
    dialect: Dialect, status: PhotoStatus, of_album: bool, stale: bool, lock: bool
) -> sa.Select[Any]:
    # in the order of the index: what it would otherwise read and sort, it would also lock
    statement = dialect.hint_index(sa.select(*_p).where(in_queue([status])), photos, "idx_photos_work")
    if of_album:
        statement = statement.where(_p.album_id == sa.bindparam("album", type_=_p.album_id.type))
    if stale:
        unchanged: sa.BindParameter[float] = sa.bindparam("unchanged", type_=sa.Double())
        statement = statement.where(_p.updated_at <= dialect.ago(unchanged))
    statement = statement.order_by(_p.created_at, _p.id).limit(sa.bindparam("limit", type_=sa.BigInteger()))
    return dialect.lock_rows(statement, skip_locked=bool(dialect.caps.skip_locked)) if lock else statement


def retouch_tasks(limit: int) -> Query:
    """Photos that wait for a person or are in one's hands, the newest first, with their albums' titles."""
    return Query(_retouch_tasks, {"limit": limit}, make=_to_task)


_retouch_tasks: Final = (
    sa.select(*_p, albums.c.title)
    .join_from(photos, albums, _p.album_id == albums.c.id)
    .where(
        in_queue([PhotoStatus.PENDING_RETOUCH, PhotoStatus.RETOUCHING]),
        albums.c.deleted_at.is_(None),
    )
    .order_by(_p.created_at.desc(), _p.id.desc())
    .limit(sa.bindparam("limit", type_=sa.BigInteger()))
)


def _to_task(row: Sequence[Any]) -> RetouchTask:
    return RetouchTask(maker(Photo, tuple(photos.columns.keys()))(row), row[-1])
