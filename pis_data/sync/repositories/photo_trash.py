# Generated from pis_data/aio/repositories/photo_trash.py by tools/make_sync.py: change that, then run it.
"""Photos on their way out: into the trash, back, and away for good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pis_data.filters import not_null
from pis_data.queries import covers, rows, trash
from pis_data.queries import photos as queries
from pis_data.queries.keyset import Page, check_limit
from pis_data.queries.photos import KEY_COLUMNS, PhotoKeys
from pis_data.queries.records import records
from pis_data.queries.values import IdLike, Ids, as_id, as_ids, as_moment
from pis_data.queries.where import resolve
from pis_data.schema import Photo, photos

from ..link import Link
from ..writing import Delete
from .base import Repository, change, lock


class PhotoTrash(Repository):
    """Deleting photos. Counters and covers follow in the same transaction, by triggers and by these calls."""

    def soft_delete(self, ids: Ids, *, album_id: IdLike | None = None) -> list[UUID]:
        """Put live photos into the trash; the ids of those that were live.

        Albums that lose their cover by it get their newest photo as cover, or none.

        Args:
            ids: which photos.
            album_id: only photos of this album.
        """
        wanted = {**_among(ids, album_id), "deleted_at": None}

        def unit(link: Link) -> list[UUID]:
            found = lock(link, photos, wanted)
            if found:
                change(link, photos, found, {"deleted_at": dt.datetime.now(dt.UTC)})
                _refresh_covers(link, found)
            return found

        return self._together(unit)

    def restore(self, ids: Ids, *, album_id: IdLike | None = None) -> list[UUID]:
        """Take photos out of the trash; the ids of those that were in it."""
        wanted = {**_among(ids, album_id), "deleted_at": not_null()}

        def unit(link: Link) -> list[UUID]:
            found = lock(link, photos, wanted)
            if found:
                change(link, photos, found, {"deleted_at": None})
            return found

        return self._together(unit)

    def list_trash(
        self,
        album_id: IdLike | None = None,
        *,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Photo]:
        """The trash of an album, or of all, the last deleted photo first. Arguments: see `list_admin`."""
        album = None if album_id is None else as_id(album_id, "photos.album_id")
        listing, scope = queries.trash_list(album), ("photos.list_trash", album)
        return self._page(listing, scope, Photo, limit=limit, after=after, total=total)

    def purge_trash(self, before: dt.datetime, *, limit: int = 100) -> list[PhotoKeys]:
        """The photos to remove for good, and their objects: deleted before a moment, or their album was.

        Nothing is removed by this call. Delete the objects, then give `permanent_delete` the photos whose
        objects are gone, and no others: a row that goes before its objects leaves nobody who knows them.
        In a transaction that spans all three steps the rows are held, so that nobody restores a photo
        whose objects are being deleted, and two purges share the work:

            with repositories.transaction() as r:
                doomed = r.photos.purge_trash(before=a_month_ago)
                failed = dict(storage.delete_many([key for photo in doomed for key in photo]))
                gone = [photo.id for photo in doomed if not any(key in failed for key in photo)]
                r.photos.permanent_delete(gone)
        """
        moment = as_moment(before, "before")
        check_limit(limit)
        self._require_writable()  # SQLite, which holds no rows, would not mind
        found = self._all(trash.purgeable, moment, limit)
        if len(found) < limit:
            found += self._all(trash.purgeable_with_album, moment, limit - len(found))
        return found

    def permanent_delete(self, ids: Ids, *, album_id: IdLike | None = None) -> list[PhotoKeys]:
        """Remove photos for good that are in the trash, or whose album is; live ones are left alone.

        Returns:
            What was removed, with its keys. Objects that are still there are nobody's now: `purge_trash`
            shows the order in which none is left behind.
        """
        wanted = _among(ids, album_id)

        def unit(link: Link) -> list[PhotoKeys]:
            where = trash.removable(wanted)
            query = rows.select(link.dialect, photos, where, columns=KEY_COLUMNS, lock=True)
            found = link.fetch(records(query, PhotoKeys))
            if found:
                keys = [photo.id for photo in found]
                albums = link.fetch(covers.with_cover_among(link.dialect, keys))
                Delete(photos, resolve(photos, {"id": keys}, link.dialect))(link)
                if albums:
                    link.affected(covers.refresh_covers(link.dialect, albums))
            return found

        return self._together(unit)


def _among(ids: Ids, album_id: IdLike | None) -> dict[str, Any]:
    wanted: dict[str, Any] = {"id": as_ids(ids)}
    return wanted if album_id is None else {**wanted, "album_id": as_id(album_id, "photos.album_id")}


def _refresh_covers(link: Link, photo_ids: Sequence[UUID]) -> None:
    albums = link.fetch(covers.with_cover_among(link.dialect, photo_ids))
    if albums:
        link.affected(covers.refresh_covers(link.dialect, albums))
