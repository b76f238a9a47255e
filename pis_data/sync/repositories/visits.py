# Generated from pis_data/aio/repositories/visits.py by tools/make_sync.py: change that, then run it.
"""Events of visitors, written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from pis_data.errors import NotFoundError, UniqueViolationError
from pis_data.queries import values
from pis_data.queries import visits as queries
from pis_data.queries.moments import as_time
from pis_data.queries.rows import Query
from pis_data.queries.values import IdLike, as_id
from pis_data.queries.visits import ALBUM_WINDOW, PHOTO_WINDOW
from pis_data.schema import DeviceType, DownloadLog, DownloadType, download_logs

from ..link import Link
from .purging import Purging


class Visitor(TypedDict, total=False):
    """What is known of a visitor to an album; all of it may be missing."""

    viewer_ip: str | None
    viewer_ua: str | None
    viewer_referer: str | None
    viewer_country: str | None
    viewer_city: str | None
    device_type: DeviceType | str | None
    browser: str | None
    os: str | None


class Visits(Purging):
    """What visitors do is written down without a lock; a session counts once within a window."""

    def record_album_view(
        self,
        album_id: IdLike,
        session_id: str | None = None,
        *,
        window: dt.timedelta = ALBUM_WINDOW,
        at: dt.datetime | None = None,
        **visitor: Unpack[Visitor],
    ) -> bool:
        """Count a visit to an album, unless the session was there within the window; whether it counts.

        Of several calls at the same moment one counts, but for two on the two sides of an edge of the
        window's own clock (every full five minutes). A visit without a session always counts.

        Args:
            album_id: a live album.
            session_id: whatever the visitor's browser chose.
            window: how long it is the same visit, 1 ms to 1 day.
            at: when it was, in the years 1900 to 2199; now by default.
            visitor: ``viewer_ip``, ``viewer_ua``, ``viewer_referer``, ``viewer_country``, ``viewer_city``,
                ``device_type``, ``browser``, ``os``.

        Raises:
            InvalidValueError: a value that can't be kept, such as a session of over 100 characters.
            NotFoundError: there is no such live album.
        """
        album = as_id(album_id, "album_views.album_id")
        given = values.only(Visitor.__annotations__, visitor, "analytics.record_album_view")
        parameters = queries.album_view(album, _event(given, session_id, at), queries.check_window(window))
        if self._count(self._db._query(queries.record_album_view, parameters)):
            return True
        if not self._ask(queries.live_album(album)):
            raise NotFoundError(f"there is no such live album: {album}")
        return False

    def record_photo_view(
        self,
        photo_id: IdLike,
        session_id: str | None = None,
        *,
        viewer_ip: str | None = None,
        window: dt.timedelta = PHOTO_WINDOW,
        at: dt.datetime | None = None,
    ) -> bool:
        """Count a look at a photo, with the album that the photo is in; otherwise as `record_album_view`.

        Raises:
            InvalidValueError: a value that can't be kept.
            NotFoundError: there is no such live photo in a live album.
        """
        photo, given = as_id(photo_id, "photo_views.photo_id"), {"viewer_ip": viewer_ip}
        parameters = queries.photo_view(photo, _event(given, session_id, at), queries.check_window(window))
        if self._count(self._db._query(queries.record_photo_view, parameters)):
            return True
        if not self._ask(queries.live_photo(photo)):
            raise NotFoundError(f"there is no such live photo: {photo}")
        return False

    def _count(self, query: Query) -> bool:
        def unit(link: Link) -> bool:
            try:
                return bool(link.affected(query))
            except UniqueViolationError:  # another one was quicker
                return False

        return self._db._write(unit, single=True)

    def record_download(
        self,
        download_type: DownloadType | str,
        *,
        album_id: IdLike | None = None,
        photo_id: IdLike | None = None,
        file_count: int = 1,
        total_size: int | None = None,
        downloader_ip: str | None = None,
        session_id: str | None = None,
        at: dt.datetime | None = None,
    ) -> DownloadLog:
        """Count a download: every one of them.

        Args:
            download_type: ``single``, ``batch`` or ``all``.
            album_id: from which album.
            photo_id: which photo, if it is one.
            file_count: how many files.
            total_size: how many bytes, if that is known.
            downloader_ip: the visitor's address.
            session_id: the visitor's session.
            at: when it was, in the years 1900 to 2199; now by default.

        Raises:
            InvalidValueError: an unknown type, less than one file, less than no byte.
            ForeignKeyViolationError: there is no such album or photo.
        """
        row = {
            "download_type": values.as_choice(
                list(DownloadType), download_type, "download_logs.download_type"
            ),
            "album_id": album_id,
            "photo_id": photo_id,
            "file_count": queries.check_number(file_count, 1, "download_logs.file_count"),
            "downloader_ip": downloader_ip,
            "session_id": session_id,
            "downloaded_at": _when(at),
        }
        if total_size is not None:
            row["total_size"] = queries.check_number(total_size, 0, "download_logs.total_size")
        return DownloadLog(**(self._db.insert(download_logs, row))[0])


def _event(given: Mapping[str, Any], session_id: str | None, at: dt.datetime | None) -> dict[str, Any]:
    known = {name: value for name, value in given.items() if value is not None}
    if session_id is not None:
        known["session_id"] = values.as_name(session_id, "session_id")
    return {**known, "viewed_at": _when(at)}


def _when(at: dt.datetime | None) -> dt.datetime:
    return dt.datetime.now(dt.UTC) if at is None else as_time(at, "at")
