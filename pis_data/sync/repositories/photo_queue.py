# Generated from pis_data/aio/repositories/photo_queue.py by tools/make_sync.py: change that, then run it.
"""Photos on their way from upload to album: the workers' queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, Unpack
from uuid import UUID

from pis_data.errors import InvalidValueError, NotFoundError
from pis_data.filters import all_of
from pis_data.queries import photos as photo_queries
from pis_data.queries import queue, rows, values
from pis_data.queries.keyset import check_limit
from pis_data.queries.queue import LEASE, PhotoResults, RetouchTask
from pis_data.queries.values import IdLike, Ids, as_flag, as_id, as_ids
from pis_data.schema import Photo, PhotoStatus, photos
from pis_data.schema.characters import shown

from ..link import Link
from .base import Repository, change, find, lock

_GIVEN_UP_OR_DONE: Final = (PhotoStatus.FAILED, PhotoStatus.COMPLETED)


class PhotoQueue(Repository):
    """How workers share the photos that wait, without ever losing one.

    A claim makes a photo ``processing`` and gives its record. That record is the claim: its ``updated_at``
    is the moment of the claim by the database's clock, and every later change of the row, by whomever, moves
    it. So `renew_lease`, `complete`, `fail` and `release` take effect only on the row that was claimed, as
    it was claimed; else they return None and the worker drops what it made: the photo was deleted, turned,
    replaced or requeued in the meantime, or taken over by another worker after its lease. (A change that
    does not matter, such as a new place in the order, costs the claim as well; the photo is then taken over
    after the lease. There is no column in PIS's table that could tell these apart. On SQLite, whose clock has
    milliseconds, two changes within one look like one.)

    Nothing here deletes a row. A worker that can't find an object says `fail` or `release`.
    """

    # -- claiming --------------------------------------------------------------------------------

    def claim_for_processing(
        self, photo_id: IdLike, *, lease: dt.timedelta = LEASE, retry_failed: bool = False
    ) -> Photo | None:
        """Claim one photo: if it is pending, or was claimed longer than ``lease`` ago and not finished.

        Args:
            photo_id: which.
            lease: how long the claim of another worker is respected since its last sign of life.
            retry_failed: also claim it if it has failed.

        Returns:
            The record as claimed, or None: it is missing, deleted, done, failed or being worked on.
        """
        seconds = queue.as_seconds(lease, "lease")
        waiting = [
            PhotoStatus.PENDING,
            *([PhotoStatus.FAILED] if as_flag(retry_failed, "retry_failed") else []),
        ]
        self._db._discover()
        free = all_of(
            {"id": as_id(photo_id, "photos.id")}, queue.claimable(self._db.dialect, waiting, seconds)
        )
        found = self._db.update(photos, free, {"status": PhotoStatus.PROCESSING})
        return Photo(**found[0]) if found else None

    def claim_pending(self, limit: int = 1, *, album_id: IdLike | None = None) -> list[Photo]:
        """Claim the photos that have waited longest, up to ``limit``; empty if none waits.

        No two workers get the same one. Those that another is about to claim are passed over, where the
        server can; nobody waits for anybody.
        """
        return self._claim_oldest(PhotoStatus.PENDING, limit, album_id, None)

    def claim_stuck(
        self, limit: int = 1, *, lease: dt.timedelta = LEASE, album_id: IdLike | None = None
    ) -> list[Photo]:
        """Take over photos whose workers gave no sign of life for longer than ``lease``, oldest first."""
        seconds = queue.as_seconds(lease, "lease")
        return self._claim_oldest(PhotoStatus.PROCESSING, limit, album_id, seconds)

    def _claim_oldest(
        self, status: PhotoStatus, limit: int, album_id: IdLike | None, unchanged_for: float | None
    ) -> list[Photo]:
        check_limit(limit)
        album = None if album_id is None else as_id(album_id, "photos.album_id")

        def unit(link: Link) -> list[Photo]:
            query = queue.oldest(
                link.dialect, status, limit=limit, album_id=album, unchanged_for=unchanged_for, lock=True
            )
            waiting = link.fetch(query)
            ids = [photo.id for photo in waiting]
            if not ids:
                return []
            change(link, photos, ids, {"status": PhotoStatus.PROCESSING})
            taken = {photo.id: photo for photo in find(link, photos, Photo, {"id": ids})}
            return [taken[key] for key in ids]

        return self._together(unit)

    # -- with a claim in hand --------------------------------------------------------------------

    def renew_lease(self, claim: Photo) -> Photo | None:
        """Give a sign of life: the claim lasts anew from now. The new claim, or None if it was lost."""
        return self._finish(claim, {"status": PhotoStatus.PROCESSING})

    def complete(
        self,
        claim: Photo,
        *,
        status: PhotoStatus | str = PhotoStatus.COMPLETED,
        **results: Unpack[PhotoResults],
    ) -> Photo | None:
        """Store what processing made, and let the photo into its album (or on to a person's hands).

        The album's counter moves in the same transaction.

        Args:
            claim: what claiming gave.
            status: ``completed`` or ``pending_retouch``; `ProcessingConfig.status_after` tells which.
            results: columns and their values; those not named stay as they are.

        Returns:
            The photo as it is now, or None if the claim was lost.
        """
        done = values.as_choice(queue.DONE, status, "photos.status")
        return self._finish(
            claim, {**values.only(queue.RESULT_COLUMNS, results, "photos.complete"), "status": done}
        )

    def fail(self, claim: Photo) -> Photo | None:
        """Give a photo up, until somebody requeues it; None if the claim was lost."""
        return self._finish(claim, {"status": PhotoStatus.FAILED})

    def release(self, claim: Photo) -> Photo | None:
        """Put a photo back to those that wait, as it was; None if the claim was lost."""
        return self._finish(claim, {"status": PhotoStatus.PENDING})

    def _finish(self, claim: Photo, new: dict[str, Any]) -> Photo | None:
        if not isinstance(claim, Photo):
            raise InvalidValueError(f"a claim is the Photo that claiming gave, got {type(claim).__name__}")
        claimed = {
            "id": claim.id,
            "status": PhotoStatus.PROCESSING,
            "deleted_at": None,
            "updated_at": claim.updated_at,
        }
        found = self._db.update(photos, claimed, new)
        return Photo(**found[0]) if found else None

    # -- watching --------------------------------------------------------------------------------

    def list_pending(self, album_id: IdLike | None = None, *, limit: int = 100) -> list[Photo]:
        """The photos that have waited longest."""
        return self._oldest(PhotoStatus.PENDING, album_id, None, limit)

    def list_stuck(
        self, *, older_than: dt.timedelta, album_id: IdLike | None = None, limit: int = 100
    ) -> list[Photo]:
        """Photos that are worked on without a sign of life for so long; `claim_stuck` takes them over."""
        return self._oldest(
            PhotoStatus.PROCESSING, album_id, queue.as_seconds(older_than, "older_than"), limit
        )

    def _oldest(
        self, status: PhotoStatus, album_id: IdLike | None, unchanged_for: float | None, limit: int
    ) -> list[Photo]:
        album = None if album_id is None else as_id(album_id, "photos.album_id")
        return self._all(
            queue.oldest, status, limit=check_limit(limit), album_id=album, unchanged_for=unchanged_for
        )

    def requeue(
        self, ids: Ids, *, from_status: PhotoStatus | str | Sequence[PhotoStatus | str] = _GIVEN_UP_OR_DONE
    ) -> list[UUID]:
        """Let live photos be processed again; the ids of those that now wait.

        Args:
            ids: which photos.
            from_status: only those that are in one of these states; by default ``failed`` and ``completed``.
        """
        statuses = photo_queries.check_statuses(from_status)
        wanted = as_ids(ids)

        def unit(link: Link) -> list[UUID]:
            where = {"id": wanted, "deleted_at": None, "status": statuses}
            found = lock(link, photos, where)
            if found:
                change(link, photos, found, {"status": PhotoStatus.PENDING})
            return found

        return self._together(unit)

    # -- retouching by hand ----------------------------------------------------------------------

    def list_retouch_tasks(self, limit: int = 100) -> list[RetouchTask]:
        """Photos that wait for a person or are in one's hands, newest first, with their albums' titles."""
        return self._ask(queue.retouch_tasks(check_limit(limit)))

    def claim_retouch(self, photo_id: IdLike, user_id: IdLike) -> Photo | None:
        """Take a photo into one's hands; None if another person has it, or it does not wait for one.

        Raises:
            ForeignKeyViolationError: there is no such user.
        """
        user = as_id(user_id, "photos.retoucher_id")
        free = {"id": as_id(photo_id, "photos.id"), "deleted_at": None, "status": PhotoStatus.PENDING_RETOUCH}
        new = {"status": PhotoStatus.RETOUCHING, "retoucher_id": user}
        found = self._db.update(photos, free, new)
        if not found:
            mine = {
                "id": as_id(photo_id, "photos.id"),
                "deleted_at": None,
                "status": PhotoStatus.RETOUCHING,
                "retoucher_id": user,
            }
            return self._one(photos, Photo, mine)
        return Photo(**found[0])

    def release_retouch(self, photo_id: IdLike, *, user_id: IdLike | None = None) -> Photo | None:
        """Give a photo out of somebody's hands back to those that wait for a person.

        Args:
            photo_id: which photo.
            user_id: only if it is this person who has it.

        Returns:
            The photo as it is now, or None: nobody has it, or another.
        """
        taken = {"id": as_id(photo_id, "photos.id"), "deleted_at": None, "status": PhotoStatus.RETOUCHING}
        if user_id is not None:
            taken["retoucher_id"] = as_id(user_id, "photos.retoucher_id")
        new = {"status": PhotoStatus.PENDING_RETOUCH, "retoucher_id": None}
        found = self._db.update(photos, taken, new)
        return Photo(**found[0]) if found else None

    def replace_original(
        self,
        photo_id: IdLike,
        key: str,
        *,
        file_size: int | None = None,
        mime_type: str | None = None,
        content_hash: str | None = None,
        retoucher_id: IdLike | None = None,
    ) -> tuple[Photo, str]:
        """Let another object be the photo's original, and process it anew.

        In this order nothing is ever lost: first the new object is stored under a key of its own, then this
        is called, then the old object may go.

        Args:
            photo_id: which photo.
            key: the new object's key.
            file_size: its bytes.
            mime_type: its type.
            content_hash: its SHA-256, hexadecimal.
            retoucher_id: who made it; the photo does not go to a person again then.

        Returns:
            The photo, which waits for a worker now, and the key that it had.

        Raises:
            NotFoundError: there is no such live photo.
        """
        photo = as_id(photo_id, "photos.id")
        new: dict[str, Any] = {
            "original_key": values.as_name(key, "photos.original_key"),
            "status": PhotoStatus.PENDING,
            "file_size": file_size,
            "mime_type": mime_type,
            "hash": content_hash,
        }
        if retoucher_id is not None:
            new["retoucher_id"] = as_id(retoucher_id, "photos.retoucher_id")
        checked = rows.values_to_set(photos, new)

        def unit(link: Link) -> tuple[Photo, str] | None:
            query = rows.select(
                link.dialect, photos, {"id": photo, "deleted_at": None}, columns=["original_key"], lock=True
            )
            old = link.fetch(query)
            if not old:
                return None
            change(link, photos, [photo], checked)
            return (find(link, photos, Photo, {"id": photo}))[0], old[0]["original_key"]

        found = self._together(unit)
        if found is None:
            raise missing(photo)
        return found


def missing(photo_id: object) -> NotFoundError:
    """The error for a photo that must be there."""
    return NotFoundError(f"there is no such live photo: {shown(str(photo_id))}")
