# Generated from pis_data/aio/repositories/packages.py by tools/make_sync.py: change that, then run it.
"""ZIP packages made for download."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pis_data.errors import InvalidValueError, NotFoundError, PermissionDeniedError, PisDataError
from pis_data.filters import all_of
from pis_data.queries import packages as queries
from pis_data.queries import rows, values
from pis_data.queries.keyset import check_limit
from pis_data.queries.packages import EXPIRY, PACKAGE_LEASE, PublicPackage
from pis_data.queries.queue import as_seconds
from pis_data.queries.values import IdLike, Ids, as_flag, as_id, as_ids, as_moment, as_present
from pis_data.schema import PackageDownload, PackageStatus, Photo, albums, package_downloads

from ..link import Link
from .base import Repository, find, settled


class PackageRepository(Repository):
    """ZIP packages: asked for by a visitor, made by a worker, downloaded until they expire, then removed.

    A claim makes a package ``processing``, and the record that claiming gave *is* the claim, as with photos:
    `renew_lease`, `complete`, `fail` and `release` take effect only on the row as it was claimed; else they
    return None, and the worker removes the ZIP that it made.

    Whoever has a record can find the ZIP: visitors are given `get_public_view`.
    """

    # -- making ----------------------------------------------------------------------------------

    def create(
        self,
        album_id: IdLike,
        photo_ids: Ids | None = None,
        *,
        selected: bool = False,
        include_watermarked: bool = True,
        include_original: bool = False,
    ) -> PackageDownload:
        """Ask for a package, which then waits for a worker.

        Args:
            album_id: a live album that allows downloads.
            photo_ids: completed, live photos of this album, 1 to 10,000; by default all of them, in manual
                order.
            selected: without ``photo_ids``: only those that visitors have picked.
            include_watermarked: whether to put in the photos as visitors see them.
            include_original: whether to put in the originals.

        Raises:
            InvalidValueError: no ids or too many, ids and ``selected`` at once, or neither kind of files.
            NotFoundError: there is no such live album, one of the photos is no completed, live photo of this
                album, or it has none; nothing is made then.
            PermissionDeniedError: the album does not allow downloads.
        """
        album = as_id(album_id, "package_downloads.album_id")
        wanted = None if photo_ids is None else as_ids(photo_ids, "photo_ids")
        if (as_flag(selected, "selected") and wanted is not None) or wanted == []:
            raise InvalidValueError(
                "packages.create takes ids of photos, or selected=True, or neither for all"
            )
        flags = {"include_watermarked": include_watermarked, "include_original": include_original}
        [row] = rows.rows_to_write(package_downloads, {"album_id": album, "photo_ids": wanted or [], **flags})
        if not (include_watermarked or include_original):
            raise InvalidValueError("a package needs include_watermarked or include_original")

        def unit(link: Link) -> PackageDownload | PisDataError:
            query = rows.select(
                link.dialect,
                albums,
                {"id": album, "deleted_at": None},
                columns=["allow_download"],
                lock=True,
            )
            held = link.fetch(query)
            if not held:
                return NotFoundError(f"there is no such live album: {album}")
            if not held[0]["allow_download"]:
                return PermissionDeniedError(f"album {album} does not allow downloads")
            found = link.fetch(queries.photo_ids(album, wanted, selected))
            if wanted is not None and len(found) < len(wanted):
                missing = len(wanted) - len(found)
                return NotFoundError(
                    f"{missing} of {len(wanted)} are no completed, live photos of album {album}"
                )
            if not found:
                return NotFoundError(f"album {album} has no such photo")
            if len(found) > values.IDS_LIMIT:
                return InvalidValueError(
                    f"album {album} has more than {values.IDS_LIMIT:,} photos: make packages of some of them"
                )
            made = {**row, "photo_ids": wanted or found}
            for insert in rows.inserts(link.dialect, package_downloads, [made], returning=False):
                link.affected(insert)
            return (find(link, package_downloads, PackageDownload, {"id": row["id"]}))[0]

        return settled(self._together(unit))

    # -- finding ---------------------------------------------------------------------------------

    def get(self, package_id: IdLike, album_id: IdLike) -> PackageDownload | None:
        """The package of this id, if it is of this album."""
        where = {
            "id": as_id(package_id, "package_downloads.id"),
            "album_id": as_id(album_id, "package_downloads.album_id"),
        }
        return self._one(package_downloads, PackageDownload, where)

    def get_public_view(
        self, package_id: IdLike, album_id: IdLike, *, now: dt.datetime | None = None
    ) -> PublicPackage | None:
        """What a visitor may know of a package: unexpired, of an album open to visitors and to downloads."""
        query = queries.visible(
            as_id(package_id, "package_downloads.id"),
            as_id(album_id, "package_downloads.album_id"),
            as_present(now),
        )
        found = self._ask(query)
        return queries.public_view(found[0]) if found else None

    def photos(self, package: PackageDownload) -> list[Photo]:
        """What a worker puts into a package, in its order: its photos that are still completed and live."""
        found = {photo.id: photo for photo in self._ask(queries.contents(_checked(package)))}
        return [found[key] for key in package.photo_ids if key in found]

    def zip_key(self, package: PackageDownload) -> str:
        """Where the package's ZIP belongs in storage: ``packages/<album>/<package>.zip``."""
        return queries.zip_key(_checked(package))

    # -- workers ---------------------------------------------------------------------------------

    def claim(
        self, package_id: IdLike, *, lease: dt.timedelta = PACKAGE_LEASE, retry_failed: bool = False
    ) -> PackageDownload | None:
        """Claim a package: if it waits, or was claimed longer than ``lease`` ago and not finished.

        Args:
            package_id: which.
            lease: how long the claim of another worker is respected since its last sign of life.
            retry_failed: also claim it if it has failed.

        Returns:
            The record as claimed, or None: it is missing, done, failed or being worked on.
        """
        seconds = as_seconds(lease, "lease")
        waiting = [
            PackageStatus.PENDING,
            *([PackageStatus.FAILED] if as_flag(retry_failed, "retry_failed") else []),
        ]
        key = as_id(package_id, "package_downloads.id")
        self._db._discover()
        free = all_of({"id": key}, queries.claimable(self._db.dialect, waiting, seconds))
        found = self._db.update(package_downloads, free, {"status": PackageStatus.PROCESSING})
        return PackageDownload(**found[0]) if found else None

    def renew_lease(self, claim: PackageDownload) -> PackageDownload | None:
        """Give a sign of life: the claim lasts anew from now. The new claim, or None if it was lost."""
        return self._finish(claim, {"status": PackageStatus.PROCESSING})

    def complete(
        self,
        claim: PackageDownload,
        *,
        file_size: int,
        zip_key: str | None = None,
        expires_at: dt.datetime | None = None,
        download_url: str | None = None,
    ) -> PackageDownload | None:
        """Let a package be downloaded.

        Args:
            claim: what claiming gave.
            file_size: the ZIP's bytes.
            zip_key: where the ZIP is; by default where `zip_key` says.
            expires_at: until when; by default 15 days from now. That is not a signed address's time, which
                ends after 7 days: sign one when somebody asks for the package.
            download_url: an address to keep with it, for PIS's own application.

        Returns:
            The package as it is now, or None if the claim was lost.
        """
        key = queries.zip_key(_checked(claim)) if zip_key is None else zip_key
        until = _now() + EXPIRY if expires_at is None else as_moment(expires_at, "expires_at")
        new = {
            "status": PackageStatus.COMPLETED,
            "zip_key": values.as_name(key, "package_downloads.zip_key"),
            "file_size": queries.check_size(file_size),
            "download_url": download_url,
            "expires_at": until,
            "completed_at": _now(),
        }
        return self._finish(claim, new)

    def fail(self, claim: PackageDownload) -> PackageDownload | None:
        """Give a package up; None if the claim was lost."""
        return self._finish(claim, {"status": PackageStatus.FAILED})

    def release(self, claim: PackageDownload) -> PackageDownload | None:
        """Put a package back to those that wait, as it was; None if the claim was lost."""
        return self._finish(claim, {"status": PackageStatus.PENDING})

    def _finish(self, claim: PackageDownload, new: dict[str, Any]) -> PackageDownload | None:
        claimed = {
            "id": _checked(claim).id,
            "status": PackageStatus.PROCESSING,
            "updated_at": claim.updated_at,
        }
        found = self._db.update(package_downloads, claimed, new)
        return PackageDownload(**found[0]) if found else None

    # -- watching and removing -------------------------------------------------------------------

    def list_stuck(self, before: dt.datetime, *, limit: int = 100) -> list[PackageDownload]:
        """Packages that wait or are worked on, without a sign of life since a moment, oldest first.

        Give them to workers anew: `claim` decides whether one is free.
        """
        return self._ask(queries.stuck(as_moment(before, "before"), check_limit(limit)))

    def list_expired(self, now: dt.datetime | None = None, *, limit: int = 100) -> list[PackageDownload]:
        """Packages whose time is over, the first expired one first: delete their ZIPs, then the rows.

        Args:
            now: the moment that decides.
            limit: how many at most, 1 to 1,000.
        """
        moment = as_present(now)
        return self._all(queries.expired, moment, check_limit(limit))

    def delete(self, ids: Ids) -> int:
        """Remove packages for good; how many there were.

        First delete their ZIPs: nobody knows the keys then. A worker that has claimed one loses the claim.
        """
        return self._db.delete(package_downloads, {"id": as_ids(ids, "package_downloads.id")})


def _checked(package: object) -> PackageDownload:
    if not isinstance(package, PackageDownload):
        raise InvalidValueError(f"expected a PackageDownload, got {type(package).__name__}")
    return package


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
