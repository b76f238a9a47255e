"""Photos."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Final, Unpack

from pis_data.errors import InvalidFilterError, InvalidValueError, NotFoundError
from pis_data.queries import keyset, places, rows, values
from pis_data.queries import photos as queries
from pis_data.queries.keyset import Page, Position, check_limit
from pis_data.queries.photos import KEY_COLUMNS, Changes, PendingPhoto, PhotoKeys
from pis_data.queries.queue import as_seconds
from pis_data.queries.values import IdLike, Ids, as_flag, as_id, as_ids, as_present
from pis_data.schema import STORED_SORT_RULES, Photo, PhotoStatus, SortRule, photos

from ..link import Link
from .base import Repository, change, find, lock
from .photo_queue import PhotoQueue, missing
from .photo_trash import PhotoTrash

#: how many photos are made by one call, and how many keys are looked up at once
_BATCH: Final = 1000

Statuses = PhotoStatus | str | Sequence[PhotoStatus | str]


class PhotoRepository(PhotoQueue, PhotoTrash, Repository):
    """Photos. Only live ones are found and changed unless a call says otherwise.

    Beside what is here: `PhotoQueue` is how workers share the work, `PhotoTrash` how photos go.
    """

    # -- making ----------------------------------------------------------------------------------

    async def create_pending(self, album_id: IdLike, **photo: Unpack[PendingPhoto]) -> Photo:
        """Enter a photo that waits for a worker.

        Args:
            album_id: its album.
            photo: ``filename`` and ``original_key``, and what else is known of it.

        Raises:
            InvalidValueError: a column that there is not, or a value that makes no sense.
            ForeignKeyViolationError: there is no such album.
            UniqueViolationError: there is a photo with this id.
        """
        return (await self.create_many_pending(album_id, [photo]))[0]

    async def create_many_pending(
        self, album_id: IdLike, given: Iterable[PendingPhoto | Mapping[str, Any]]
    ) -> list[Photo]:
        """Enter several photos of one album, all or none; the records in the order given."""
        album = as_id(album_id, "photos.album_id")
        made = []
        for each in values.as_list(given, "photos"):
            row = values.only(queries.PENDING_COLUMNS, each, "photos.create_pending")
            for name in ("filename", "original_key"):
                row[name] = values.as_name(row.get(name), f"photos.{name}")
            if "rotation" in row:
                queries.check_rotation(row["rotation"])
            made.append({**row, "album_id": album, "status": PhotoStatus.PENDING})
        return [Photo(**row) for row in await self._db.insert(photos, made)]

    # -- finding ---------------------------------------------------------------------------------

    async def get(self, photo_id: IdLike, *, live: bool = True) -> Photo | None:
        """The photo of this id; with ``live=False`` also one in the trash."""
        filters: dict[str, Any] = {"id": as_id(photo_id, "photos.id")}
        return await self._one(
            photos, Photo, {**filters, "deleted_at": None} if as_flag(live, "live") else filters
        )

    async def get_download(self, photo_id: IdLike, *, now: dt.datetime | None = None) -> Photo | None:
        """The photo of this id, if a visitor may download its original, else None.

        It is completed and live, in an album that can be visited (``now`` decides) and allows downloads.
        Whether the visitor knows the album's password is for `AlbumRepository.check_password` to say.
        """
        moment = as_present(now)
        found = await self._ask(queries.downloadable(as_id(photo_id, "photos.id"), moment))
        return found[0] if found else None

    async def find_duplicate(
        self,
        album_id: IdLike,
        *,
        content_hash: str | None = None,
        filename: str | None = None,
        file_size: int | None = None,
    ) -> Photo | None:
        """A live photo of the album that is the same: by content, or by name and size.

        With ``content_hash`` (SHA-256, hexadecimal), name and size decide only about photos whose own
        content was never hashed. The oldest one found by content is given, else the oldest by name and size.

        Raises:
            InvalidValueError: neither a hash, nor a name and a size.
        """
        if content_hash is None and (filename is None or file_size is None):
            raise InvalidValueError("find_duplicate needs content_hash, or filename and file_size")
        album = as_id(album_id, "photos.album_id")
        found = await self._ask(queries.duplicate(album, content_hash, filename, file_size))
        return found[0] if found else None

    # -- pages -----------------------------------------------------------------------------------

    async def page(
        self,
        album_id: IdLike,
        *,
        sort: SortRule | str | None = None,
        status: Statuses | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[Photo]:
        """One page of an album's live photos.

        Args:
            album_id: which album; a deleted album still has its photos.
            sort: how they are sorted; by default by the album's own rule. NULL is the smallest value, and the
                id decides between equals, in the same direction.
            status: only photos of this status, or of these.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.

        Raises:
            InvalidFilterError: an unknown sort, a limit out of range, a cursor that was made by another sort,
                another filter or another list, or was damaged.
            InvalidValueError: an unknown status.
        """
        album = as_id(album_id, "photos.album_id")
        statuses = None if status is None else queries.check_statuses(status)
        scope = ("photos.page", album, statuses and sorted(statuses))
        return await self._sorted(album, sort, scope, limit, after, statuses=statuses)

    async def list_public(
        self,
        album_id: IdLike,
        *,
        sort: SortRule | str | None = None,
        group_id: IdLike | None = None,
        ids: Ids | None = None,
        limit: int = 20,
        after: str | None = None,
        now: dt.datetime | None = None,
    ) -> Page[Photo]:
        """One page of what visitors see of an album: completed, live photos.

        Empty unless the album can be visited: live, shared, unexpired (``now`` decides).

        Args:
            album_id: which album.
            sort: see `page`.
            group_id: only photos in this group.
            ids: only these; both limits hold together.
            limit: see `page`.
            after: see `page`.
            now: the present moment.
        """
        album = as_id(album_id, "photos.album_id")
        group = None if group_id is None else as_id(group_id, "photo_groups.id")
        wanted = None if ids is None else as_ids(ids)
        scope = ("photos.list_public", album, group, wanted and sorted(wanted))
        return await self._sorted(
            album,
            sort,
            scope,
            limit,
            after,
            statuses=[PhotoStatus.COMPLETED],
            group_id=group,
            ids=wanted,
            visible_at=as_present(now),
        )

    async def list_admin(
        self,
        album_id: IdLike,
        *,
        status: Statuses | None = None,
        selected: bool | None = None,
        sort: SortRule | str = SortRule.MANUAL,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Photo]:
        """One page of an album's live photos as its owner sees them: in manual order, of any status.

        Args:
            album_id: which album.
            status: see `page`.
            selected: only those that a visitor picked, or did not.
            sort: see `page`.
            limit: see `page`.
            after: see `page`.
            total: also count the whole list.
        """
        album = as_id(album_id, "photos.album_id")
        statuses = None if status is None else queries.check_statuses(status)
        rule = queries.check_sort(sort)
        listing = queries.live_list(album, rule, statuses=statuses, selected=selected)
        scope = ("photos.list_admin", album, rule, statuses and sorted(statuses), selected)
        return await self._page(listing, scope, Photo, limit=limit, after=after, total=total)

    async def _sorted(
        self,
        album: Any,
        sort: SortRule | str | None,
        scope: tuple[object, ...],
        limit: int,
        after: str | None,
        **which: Any,
    ) -> Page[Photo]:
        """A page in a given order, or in the album's own."""
        if sort is None:
            return await self._sorted_by_album(album, scope, limit, after, **which)
        rule = queries.check_sort(sort)
        listing = queries.live_list(album, rule, **which)
        return await self._page(listing, (*scope, rule), Photo, limit=limit, after=after)

    async def _sorted_by_album(
        self, album: Any, scope: tuple[object, ...], limit: int, after: str | None, **which: Any
    ) -> Page[Photo]:
        """A page in the album's own order, which comes with the rows: one statement if the guess is right."""
        check_limit(limit)
        guess, position = SortRule.CAPTURE_DESC, None
        if after is not None:
            guess, position = _open_cursor(after, scope)
        while True:
            listing = queries.live_list(album, guess, with_rule=True, **which)
            found = await self._stretch(listing, limit, position, queries.record_and_rule)
            rule = found[0][1] if found else guess
            if rule == guess:
                items = [photo for photo, _ in found]
                return keyset.to_page(items, limit, (*scope, guess), listing.order)
            if after is not None:
                raise InvalidFilterError(
                    "the album's order has changed since this cursor was made: begin anew"
                )
            guess = rule

    async def changes_since(
        self,
        album_id: IdLike,
        cursor: str | None = None,
        *,
        limit: int = 100,
        settle: dt.timedelta = dt.timedelta(seconds=1),
    ) -> Changes:
        """What happened to an album's photos since a cursor, deletions included, in order; for live albums.

        A photo that changed twice comes once, as it is now; one that was removed for good does not come.

        Args:
            album_id: which album.
            cursor: of the call before; None: from the beginning.
            limit: the most photos at once.
            settle: how long a change is kept back. A transaction that is open for longer than this after
                its change may be passed over.

        Raises:
            InvalidFilterError: a cursor of another album or list, a limit out of range.
        """
        album, seconds = as_id(album_id, "photos.album_id"), as_seconds(settle, "settle")
        scope, listing = ("photos.changes_since", album), queries.changes(album, seconds)
        check_limit(limit)
        position = None if cursor is None else keyset.from_cursor(cursor, scope)
        found = await self._stretch(listing, limit, position, queries.to_photo)
        items = tuple(found[:limit])
        if items:
            cursor = keyset.to_cursor(Position(items[-1].updated_at, items[-1].id), scope)
        return Changes(items, cursor, len(found) > limit)

    async def list_selected(self, album_id: IdLike) -> list[Photo]:
        """What visitors picked of an album: completed, live photos in manual order."""
        return await self._ask(queries.selected(as_id(album_id, "photos.album_id")))

    # -- changing --------------------------------------------------------------------------------

    async def reorder(self, album_id: IdLike, orders: Sequence[IdLike] | Mapping[IdLike, int]) -> int:
        """Put an album's photos into a manual order, which becomes the album's rule; how many were named.

        Args:
            album_id: which album.
            orders: ids in their new order (places 0, 1, 2 …), or places by id. Photos not named stay.

        Raises:
            NotFoundError: one of them is no live photo of this album; nothing is changed then.
        """
        album, wanted = as_id(album_id, "photos.album_id"), places.check_places(orders)

        async def unit(link: Link) -> int:
            of_album = {"id": list(wanted), "album_id": album, "deleted_at": None}
            found = await lock(link, photos, of_album)
            if len(found) == len(wanted) and found:
                for query in places.set_places(photos, wanted):
                    await link.affected(query)
                await link.affected(places.sort_manually(album))
            return len(found)

        found = await self._together(unit)
        if found < len(wanted):
            raise NotFoundError(f"{len(wanted) - found} of {len(wanted)} are no live photos of album {album}")
        return found

    async def set_rotation(self, photo_id: IdLike, degrees: int | None) -> Photo:
        """Turn a photo: by quarter turns clockwise, or as its EXIF says (None).

        A photo that is done or being worked on goes back to those that wait, in the same statement: what a
        worker made of the old position is not stored any more.

        Raises:
            InvalidValueError: not a quarter turn.
            NotFoundError: there is no such live photo.
        """
        photo, turn = as_id(photo_id, "photos.id"), queries.check_rotation(degrees)

        async def unit(link: Link) -> Photo | None:
            query = rows.select(
                link.dialect,
                photos,
                {"id": photo, "deleted_at": None},
                columns=["rotation", "status"],
                lock=True,
            )
            before = await link.fetch(query)
            if not before:
                return None
            if before[0]["rotation"] != turn:
                new: dict[str, Any] = {"rotation": turn}
                if before[0]["status"] in (PhotoStatus.COMPLETED, PhotoStatus.PROCESSING):
                    new["status"] = PhotoStatus.PENDING
                await change(link, photos, [photo], new)
            return (await find(link, photos, Photo, {"id": photo}))[0]

        found = await self._together(unit)
        if found is None:
            raise missing(photo)
        return found

    async def set_selected(
        self, photo_id: IdLike, selected: bool, *, now: dt.datetime | None = None
    ) -> Photo:
        """Pick a photo for the visitors, or not any more; saying so twice changes nothing.

        The album's ``selected_count`` moves in the same transaction.

        Raises:
            NotFoundError: there is no such completed, live photo in a public album that can be visited.
        """
        flag = values.as_flag(selected, "selected")
        photo = as_id(photo_id, "photos.id")
        moment = as_present(now)

        async def unit(link: Link) -> Photo | None:
            # read first and write then: MySQL can't read albums in a statement whose triggers write them
            if not await link.fetch(queries.visible(link.dialect, photo, moment)):
                return None
            await change(link, photos, [photo], {"is_selected": flag})
            return (await find(link, photos, Photo, {"id": photo}))[0]

        found = await self._together(unit)
        if found is None:
            raise NotFoundError(f"there is no photo {photo} that visitors see")
        return found

    # -- keys and sums ---------------------------------------------------------------------------

    async def keys_for_album(self, album_id: IdLike) -> list[PhotoKeys]:
        """The objects of all photos of an album, those in the trash too: these are still theirs."""
        found = await self._db.find_many(
            photos, {"album_id": as_id(album_id, "photos.album_id")}, select=KEY_COLUMNS
        )
        return [PhotoKeys(**row) for row in found]

    async def iter_keys(self, batch: int = 1000) -> AsyncIterator[PhotoKeys]:
        """The objects of all photos there are, those in the trash too, in constant memory, in id order."""
        async for row in self._db.stream(photos, select=KEY_COLUMNS, batch=batch):
            yield PhotoKeys(**row)

    async def exists_by_key(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that belong to a photo, be it in the trash.

        Keys have no index: ask for many at once. What the database can't answer raises; a key that is not
        in the answer belongs to nobody.
        """
        wanted = {values.as_name(key, "key") for key in values.as_list(keys, "keys")}
        ordered, known = sorted(wanted), set[str]()
        for start in range(0, len(ordered), _BATCH):
            for row in await self._ask(queries.with_key(ordered[start : start + _BATCH])):
                known.update(row)
        return wanted & known

    async def count_by_status(self, album_id: IdLike) -> dict[PhotoStatus, int]:
        """How many live photos of an album have each status; those that none has are left out."""
        return dict(await self._ask(queries.count_by_status(as_id(album_id, "photos.album_id"))))

    async def status_counts(self) -> dict[PhotoStatus, int]:
        """The same for all albums together."""
        return dict(await self._ask(queries.count_by_status(None)))

    async def storage_bytes(self, album_id: IdLike | None = None) -> int:
        """The bytes of all originals together, of an album or of all; those in the trash are still there."""
        album = None if album_id is None else as_id(album_id, "photos.album_id")
        return int((await self._all(queries.storage_bytes, album))[0])


def _open_cursor(after: str, scope: tuple[object, ...]) -> tuple[SortRule, Position]:
    """The rule under which a cursor was made, and what it stands for."""
    for rule in STORED_SORT_RULES:
        try:
            return rule, keyset.from_cursor(after, (*scope, rule))
        except InvalidFilterError as error:
            refused = error
    raise refused
