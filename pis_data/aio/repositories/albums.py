"""Albums."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final, Unpack
from uuid import UUID

from pis_data.errors import InvalidValueError, NotFoundError, UniqueViolationError
from pis_data.filters import all_of, lt, not_null
from pis_data.queries import albums as queries
from pis_data.queries import counters, covers, rows
from pis_data.queries import settings as settings_queries
from pis_data.queries.albums import AlbumChanges, AlbumText, NewAlbum, ProcessingConfig, PublicAlbum
from pis_data.queries.counters import Counts
from pis_data.queries.covers import AlbumCover
from pis_data.queries.keyset import Page, check_limit
from pis_data.queries.values import (
    IdLike,
    Ids,
    as_flag,
    as_id,
    as_ids,
    as_moment,
    as_name,
    as_present,
    as_text,
    merged,
)
from pis_data.queries.where import resolve
from pis_data.schema import Album, PhotoStatus, albums, photos
from pis_data.schema.characters import shown

from ..link import Link
from ..writing import Delete
from .base import Repository, change, find, lock

#: how many random slugs are tried before giving up: with 26^8 of them the first is free
_SLUG_ATTEMPTS: Final = 5


class AlbumRepository(Repository):
    """Albums. Only live ones are found and changed unless a call says otherwise; counters are read-only."""

    # -- finding ---------------------------------------------------------------------------------

    async def get(self, album_id: IdLike, *, live: bool = True) -> Album | None:
        """The album of this id; with ``live=False`` also a deleted one."""
        return await self._one(albums, Album, _alive({"id": as_id(album_id, "albums.id")}, live))

    async def get_by_slug(self, slug: str, *, live: bool = True) -> Album | None:
        """The album at this address; with ``live=False`` also a deleted one."""
        return await self._one(albums, Album, _alive({"slug": as_text(slug, "albums.slug")}, live))

    async def get_public_view(self, slug: str, *, now: dt.datetime | None = None) -> PublicAlbum | None:
        """What a visitor may see of the album at this address, if it can be visited: live, shared, unexpired.

        The view holds no secret. Whether the visitor must give a password is in ``has_password``.
        """
        found = await self._one(
            albums, Album, {"slug": as_text(slug, "albums.slug"), **queries.open_to_visitors(as_present(now))}
        )
        return (await self._public_views([found]))[0] if found else None

    async def list_admin(
        self,
        *,
        is_public: bool | None = None,
        trash: bool = False,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Album]:
        """Albums, newest first; with ``trash`` the deleted ones, the last one first.

        Args:
            is_public: only those that are, or are not.
            trash: the deleted ones instead.
            limit: rows of a page, 1 to 1,000.
            after: the cursor of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, or a cursor that is not of this list.
        """
        listing = queries.admin_list(is_public, trash)
        scope = ("albums.list_admin", is_public, trash)
        return await self._page(listing, scope, Album, limit=limit, after=after, total=total)

    async def list_public(
        self,
        *,
        now: dt.datetime | None = None,
        limit: int = 20,
        after: str | None = None,
        total: bool = False,
    ) -> Page[PublicAlbum]:
        """The albums of the public home page with their covers, newest first: public, and open to visitors.

        Arguments and errors are those of `list_admin`; ``now`` decides what has expired.
        """
        listing, scope = queries.public_list(as_present(now)), ("albums.list_public",)
        page = await self._page(listing, scope, Album, limit=limit, after=after, total=total)
        return Page(await self._public_views(page.items), page.next, page.total)

    async def covers(self, ids: Ids) -> dict[UUID, AlbumCover]:
        """The photos that stand for albums, as for a page of `list_admin`, by one statement.

        The chosen cover if it can be shown, else the newest photo; albums without photos are left out.
        """
        wanted = as_ids(ids)
        return dict(await self._all(covers.covers, wanted)) if wanted else {}

    async def _public_views(self, found: Sequence[Album]) -> tuple[PublicAlbum, ...]:
        known = await self.covers([album.id for album in found])
        return tuple(queries.public_view(album, known.get(album.id)) for album in found)

    async def processing_config(self, album_id: IdLike) -> ProcessingConfig | None:
        """What a worker must know to process the album's photos; None only if there is no such row.

        A database that can't be asked raises: it must never be taken for an album that is gone.
        """
        found = await self._db.find_one(
            albums, {"id": as_id(album_id, "albums.id")}, select=queries.PROCESSING_COLUMNS
        )
        return ProcessingConfig(**found) if found else None

    def localized(self, album: Album | PublicAlbum, locale: str) -> AlbumText:
        """An album's words in ``locale``, else in ``zh-CN``, else as they stand in the album itself."""
        return queries.localized(album, locale)

    # -- making and changing ---------------------------------------------------------------------

    async def create(self, data: Mapping[str, Any] | None = None, /, **columns: Unpack[NewAlbum]) -> Album:
        """Make an album.

        Args:
            data: columns and their values; a ``title`` is required.
            columns: the same by keyword. Without a ``slug`` eight random letters become the address,
                without an ``upload_token`` eight random digits; what the settings ``default_…`` decide,
                they do.

        Raises:
            InvalidValueError: a column that there is not, or a value that makes no sense.
            UniqueViolationError: the given slug is taken, by a deleted album perhaps.
        """
        row = queries.check_changes(
            merged(data, columns, "albums.create"), queries.CREATABLE, "albums.create"
        )
        if "title" not in row:
            raise InvalidValueError("albums.create needs a title")
        row.setdefault("upload_token", queries.new_upload_token())
        return await self._insert({**await self._defaults(row), **row})

    async def _defaults(self, row: Mapping[str, Any]) -> dict[str, Any]:
        open_ones = {key: name for name, key in queries.DEFAULTS_FROM_SETTINGS.items() if name not in row}
        if not open_ones:
            return {}
        found = await self._ask(settings_queries.some(list(open_ones)))
        return {open_ones[key]: value for key, value in found if type(value) is bool}

    async def _insert(self, row: dict[str, Any]) -> Album:
        if "slug" in row:
            return Album(**(await self._db.insert(albums, row))[0])
        for _ in range(_SLUG_ATTEMPTS):
            try:
                async with self._db.transaction() as tx:
                    made = await tx.insert(albums, {**row, "slug": queries.new_slug()})
                return Album(**made[0])
            except UniqueViolationError as error:
                if error.columns != ("slug",):
                    raise
        raise UniqueViolationError("no free slug was found", table="albums", columns=["slug"])

    async def update(
        self, album_id: IdLike, patch: Mapping[str, Any] | None = None, /, **changes: Unpack[AlbumChanges]
    ) -> Album:
        """Give a live album new values: those of ``patch``, and those by keyword.

        An empty ``upload_token`` makes a new one, an empty ``password`` means none. The cover has a call of
        its own, `set_cover`.

        Raises:
            InvalidValueError: nothing to change, a column that can't be changed, a value that makes no sense.
            NotFoundError: there is no such live album.
            UniqueViolationError: the slug is taken.
        """
        values = queries.check_changes(
            merged(patch, changes, "albums.update"), queries.CHANGEABLE, "albums.update"
        )
        found = await self._db.update(
            albums, {"id": as_id(album_id, "albums.id"), "deleted_at": None}, values
        )
        if not found:
            raise _missing(album_id)
        return Album(**found[0])

    async def batch_update(
        self, ids: Ids, patch: Mapping[str, Any] | None = None, /, **changes: Unpack[AlbumChanges]
    ) -> int:
        """Give several live albums the same values, by one statement; how many there were.

        Not all that `update` takes: no title, slug, password or token.
        """
        values = queries.check_changes(
            merged(patch, changes, "albums.batch_update"), queries.BATCH_COLUMNS, "albums.batch_update"
        )
        where = {"id": as_ids(ids), "deleted_at": None}
        return await self._db.update(albums, where, values, returning=False)

    async def duplicate(self, album_id: IdLike, *, title: str | None = None) -> Album:
        """A new, empty album with all settings of a live one, the password among them.

        Slug and upload token are new. Photos, groups and counts stay behind. Without a title it has the
        album's own and "(copy)".

        Raises:
            InvalidValueError: the title is empty or no text.
            NotFoundError: there is no such live album.
        """
        title = None if title is None else as_name(title, "albums.title")
        found = await self.get(album_id)
        if found is None:
            raise _missing(album_id)
        return await self._insert(
            {**queries.copied(found, title), "upload_token": queries.new_upload_token()}
        )

    # -- deleting --------------------------------------------------------------------------------

    async def soft_delete(self, ids: Ids) -> int:
        """Hide albums, and with them their photos, which stay as they are; how many were live."""
        where = {"id": as_ids(ids), "deleted_at": None}
        return await self._db.update(albums, where, {"deleted_at": _now()}, returning=False)

    async def restore(self, ids: Ids) -> int:
        """Bring deleted albums back; how many there were."""
        where = {"id": as_ids(ids), "deleted_at": not_null()}
        return await self._db.update(albums, where, {"deleted_at": None}, returning=False)

    async def purge_deleted(self, before: dt.datetime, *, limit: int = 100) -> list[UUID]:
        """Remove albums for good that were deleted before a moment; their ids, the longest deleted first.

        Only albums to which no object in storage belongs any more: first remove their photos
        (`PhotoRepository.purge_trash` lists them too) and packages, objects before rows.
        """
        old = {"deleted_at": lt(as_moment(before, "before"))}
        check_limit(limit)

        async def unit(link: Link) -> list[UUID]:
            free = all_of(old, queries.without_objects())
            query = rows.select(
                link.dialect, albums, free, columns=["id"], order_by=["deleted_at"], limit=limit, lock=True
            )
            ids = [row["id"] for row in await link.fetch(query)]
            if ids:  # nothing can be added to them now: look once more
                free = all_of({"id": ids}, queries.without_objects())
                still = set(await lock(link, albums, free))
                ids = [key for key in ids if key in still]
            if ids:
                await Delete(albums, resolve(albums, {"id": ids}, link.dialect))(link)
            return ids

        return await self._together(unit)

    # -- covers ----------------------------------------------------------------------------------

    async def set_cover(self, album_id: IdLike, photo_id: IdLike | None) -> Album:
        """Choose the photo that stands for a live album, or none.

        Raises:
            NotFoundError: there is no such live album, or it has no such completed, live photo.
        """
        album = as_id(album_id, "albums.id")
        photo = None if photo_id is None else as_id(photo_id, "photos.id")

        async def unit(link: Link) -> Album | None:
            fit = {"id": photo, "album_id": album, "status": PhotoStatus.COMPLETED, "deleted_at": None}
            if not await lock(link, albums, {"id": album, "deleted_at": None}):
                return None
            if photo and not await link.fetch(rows.exists(link.dialect, photos, fit)):
                return None
            await change(link, albums, [album], {"cover_photo_id": photo})
            return (await find(link, albums, Album, {"id": album}))[0]

        found = await self._together(unit)
        if found is None:
            raise NotFoundError(f"there is no live album {album} with a completed, live photo {photo}")
        return found

    async def refresh_cover(self, album_id: IdLike) -> UUID | None:
        """See to it that an album's cover can be shown: else it becomes the newest photo, or none.

        Deleting photos does this by itself.

        Returns:
            The id of the cover.

        Raises:
            NotFoundError: there is no such album.
        """
        album = as_id(album_id, "albums.id")

        async def unit(link: Link) -> list[dict[str, Any]]:
            await link.affected(covers.refresh_covers(link.dialect, [album]))
            return await link.fetch(
                rows.select(link.dialect, albums, {"id": album}, columns=["cover_photo_id"])
            )

        found = await self._together(unit)
        if not found:
            raise _missing(album)
        cover: UUID | None = found[0]["cover_photo_id"]
        return cover

    # -- counters --------------------------------------------------------------------------------

    async def increment_views(self, album_id: IdLike, by: int = 1) -> int:
        """Count visits of a live album, each of them, however many come at once; the number now.

        At 2,147,483,647, the most that the column holds, it stays.

        Raises:
            NotFoundError: there is no such live album.
        """
        album = as_id(album_id, "albums.id")
        if type(by) is not int or not 0 < by < 2**31:
            raise InvalidValueError(f"by is a whole number, 1 or more, got {shown(by)}")

        async def unit(link: Link) -> list[Any]:
            query = counters.increment_views(link.dialect, album, by)
            if link.dialect.caps.update_returning:
                return await link.fetch(query)
            if not await link.affected(query):
                return []
            now = await link.fetch(rows.select(link.dialect, albums, {"id": album}, columns=["view_count"]))
            return [now[0]["view_count"]]

        await self._db._discover()
        found = await self._db._write(unit, single=bool(self._db.dialect.caps.update_returning))
        if not found:
            raise _missing(album)
        return int(found[0])

    async def recount_photos(self, album_id: IdLike) -> int:
        """Count an album's completed, live photos anew, should a copy or restore have passed the triggers by.

        Returns:
            The true number, which `photo_count` now is.

        Raises:
            NotFoundError: there is no such album.
        """
        return (await self._recount_one(album_id)).photo_count

    async def recount_selected(self, album_id: IdLike) -> int:
        """The same for ``selected_count``: its selected, live photos."""
        return (await self._recount_one(album_id)).selected_count

    async def recount_all(self, batch: int = 500) -> int:
        """Repair the counters of all albums, ``batch`` of them in a transaction; how many were wrong."""
        check_limit(batch)
        wrong, last = 0, None
        while ids := await self._ask(counters.ids_after(last, batch)):
            last = ids[-1]
            wrong += (await self._recount(ids))[1]
        return wrong

    async def _recount_one(self, album_id: IdLike) -> Counts:
        album = as_id(album_id, "albums.id")
        found, _ = await self._recount([album])
        if not found:
            raise _missing(album)
        return found[0]

    async def _recount(self, ids: Sequence[UUID]) -> tuple[list[Counts], int]:
        """The true counters of albums, and how many were wrong."""

        async def unit(link: Link) -> tuple[list[Counts], int]:
            kept = await link.fetch(counters.kept_counts(link.dialect, ids))
            # Only now that the rows are held: what other transactions did to them before is seen, and
            # what they do later is added to what we write.
            counted = await link.fetch(counters.true_counts(ids))
            known = {each.id: each for each in counted}
            true = [known.get(each.id, replace(each, photo_count=0, selected_count=0)) for each in kept]
            wrong = [now for now, before in zip(true, kept, strict=True) if now != before]
            if wrong:
                async with _quiet(link):
                    await link.affected(counters.set_counts(wrong))
            return true, len(wrong)

        return await self._together(unit)

    # -- secrets ---------------------------------------------------------------------------------

    async def check_password(self, album_id: IdLike, password: str) -> bool:
        """Whether a visitor may enter a live album with this password (any, if it has none)."""
        found = await self._db.find_one(
            albums, {"id": as_id(album_id, "albums.id"), "deleted_at": None}, select=["password"]
        )
        if found is None:
            return False
        return not found["password"] or queries.same_secret(found["password"], password)

    async def rotate_upload_token(self, album_id: IdLike) -> str:
        """Give a live album a new upload token; the old one opens nothing any more.

        Raises:
            NotFoundError: there is no such live album.
        """
        token = queries.new_upload_token()
        where = {"id": as_id(album_id, "albums.id"), "deleted_at": None}
        if not await self._db.update(albums, where, {"upload_token": token}, returning=False):
            raise _missing(album_id)
        return token

    async def authenticate_upload(
        self, album: IdLike, token: str, *, now: dt.datetime | None = None
    ) -> Album | None:
        """The live, unexpired album, named by id or slug, whose upload token this is; else None."""
        moment = as_present(now)
        found = await self._one(albums, Album, {**queries.by_id_or_slug(album), "deleted_at": None})
        if found is None or not queries.same_secret(found.upload_token, token):
            return None
        expired = found.expires_at is not None and found.expires_at <= moment
        return None if expired else found


@asynccontextmanager
async def _quiet(link: Link) -> AsyncIterator[None]:
    """Keep the triggers quiet within a transaction."""
    switch = link.dialect.quiet
    await link.server.send(link.connection, switch.on)
    try:
        yield
    except BaseException:
        # the switch may be the session's: nobody shall find it on
        await link.connection.invalidate()
        raise
    await link.server.send(link.connection, switch.off)


def _alive(filters: dict[str, Any], live: bool) -> dict[str, Any]:
    return {**filters, "deleted_at": None} if as_flag(live, "live") else filters


def _missing(album_id: object) -> NotFoundError:
    return NotFoundError(f"there is no such album: {shown(str(album_id))}")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
