"""Groups of photos within an album."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from pis_data.errors import NotFoundError, UniqueViolationError
from pis_data.queries import groups as queries
from pis_data.queries import places, rows, values
from pis_data.queries.groups import CountedGroup
from pis_data.queries.values import IdLike, Ids, as_flag, as_id, as_ids, as_present
from pis_data.schema import PhotoGroup, albums, photo_group_assignments, photo_groups, photos
from pis_data.schema.characters import shown

from ..link import Link
from .base import Repository, change, find, lock


class GroupChanges(TypedDict, total=False):
    """The columns of a group that `update` takes."""

    name: str
    description: str | None
    sort_order: int


class GroupRepository(Repository):
    """Groups. Names are unique within an album; a photo is in groups of its own album only."""

    async def list_with_counts(
        self, album_id: IdLike, *, public: bool = False, now: dt.datetime | None = None
    ) -> list[CountedGroup]:
        """An album's groups in their order, each with the number of its live photos, by one statement.

        With ``public`` as visitors see them: of a public album that can be visited (``now`` decides),
        completed photos count, and empty groups are left out.
        """
        album = as_id(album_id, "photo_groups.album_id")
        found: list[CountedGroup]
        if not as_flag(public, "public"):
            return await self._all(queries.of_album, album, None)
        found = await self._all(queries.of_album, album, as_present(now))
        return [group for group in found if group.photo_count]

    async def get(self, group_id: IdLike) -> CountedGroup | None:
        """A group with the number of its live photos."""
        found = await self._ask(queries.one(as_id(group_id, "photo_groups.id")))
        return found[0] if found else None

    async def create(
        self,
        album_id: IdLike,
        name: str,
        *,
        description: str | None = None,
        sort_order: int | None = None,
    ) -> PhotoGroup:
        """Make a group in a live album.

        Args:
            album_id: which album.
            name: unique among the album's groups, whoever else makes one at the same time.
            description: what it is about.
            sort_order: its place; by default the last one.

        Raises:
            NotFoundError: there is no such live album.
            UniqueViolationError: the album has a group of this name.
        """
        album = as_id(album_id, "photo_groups.album_id")
        row: dict[str, Any] = {"album_id": album, "name": _name(name), "description": description}
        [checked] = rows.rows_to_write(
            photo_groups, {**row, "sort_order": 0 if sort_order is None else sort_order}
        )

        async def unit(link: Link) -> PhotoGroup | str | None:
            if not await link.fetch(queries.lock_album(link.dialect, album)):
                return None
            [(same, place)] = await link.fetch(queries.names(album, checked["name"]))
            if same is not None:
                return "taken"
            if sort_order is None:
                checked["sort_order"] = place
            for query in rows.inserts(link.dialect, photo_groups, [checked], returning=False):
                await link.affected(query)
            return (await find(link, photo_groups, PhotoGroup, {"id": checked["id"]}))[0]

        found = await self._together(unit)
        if found is None:
            raise NotFoundError(f"there is no such live album: {album}")
        if isinstance(found, str):
            raise _taken(checked["name"])
        return found

    async def update(
        self, group_id: IdLike, patch: Mapping[str, Any] | None = None, /, **changes: Unpack[GroupChanges]
    ) -> PhotoGroup:
        """Give a group a new name, description or place.

        Raises:
            InvalidValueError: nothing to change, or a column that can't be changed.
            NotFoundError: there is no such group.
            UniqueViolationError: the album has another group of this name.
        """
        group = as_id(group_id, "photo_groups.id")
        new = values.only(
            GroupChanges.__annotations__, values.merged(patch, changes, "groups.update"), "groups.update"
        )
        if "name" in new:
            new["name"] = _name(new["name"])
        new = rows.values_to_set(photo_groups, new)

        async def unit(link: Link) -> PhotoGroup | str | None:
            before = await find(link, photo_groups, PhotoGroup, {"id": group})
            if not before:
                return None
            if "name" in new:
                await lock(link, albums, {"id": before[0].album_id})
                [(same, _)] = await link.fetch(queries.names(before[0].album_id, new["name"]))
                if same not in (None, group):
                    return "taken"
            await change(link, photo_groups, [group], new)
            after = await find(link, photo_groups, PhotoGroup, {"id": group})
            return after[0] if after else None

        found = await self._together(unit)
        if found is None:
            raise _missing(group)
        if isinstance(found, str):
            raise _taken(new["name"])
        return found

    async def delete(self, group_id: IdLike) -> bool:
        """Remove a group; its photos stay. Whether it was there."""
        return bool(await self._db.delete(photo_groups, {"id": as_id(group_id, "photo_groups.id")}))

    async def reorder(self, album_id: IdLike, orders: Sequence[IdLike] | Mapping[IdLike, int]) -> int:
        """Put an album's groups into a new order; how many were named.

        Args:
            album_id: which album.
            orders: ids in their new order (places 0, 1, 2 …), or places by id. Groups not named stay.

        Raises:
            NotFoundError: one of them is no group of this album; nothing is changed then.
        """
        album, wanted = as_id(album_id, "photo_groups.album_id"), places.check_places(orders)

        async def unit(link: Link) -> int:
            found = await lock(link, photo_groups, {"id": list(wanted), "album_id": album})
            if len(found) == len(wanted):
                for query in places.set_places(photo_groups, wanted):
                    await link.affected(query)
            return len(found)

        found = await self._together(unit)
        if found < len(wanted):
            raise NotFoundError(f"{len(wanted) - found} of {len(wanted)} are no groups of album {album}")
        return found

    async def photo_ids(self, group_id: IdLike) -> list[UUID]:
        """The live photos of a group, in manual order."""
        return await self._ask(queries.photo_ids(as_id(group_id, "photo_groups.id")))

    async def assign(self, group_id: IdLike, photo_ids: Ids) -> int:
        """Put photos into a group; how many were not in it before.

        Raises:
            NotFoundError: there is no such group, or one of them is no live photo of its album; nothing is
                changed then.
        """
        group, wanted = as_id(group_id, "photo_groups.id"), as_ids(photo_ids, "photo_ids")

        async def unit(link: Link) -> int | str:
            album = await link.fetch(queries.lock_group(link.dialect, group))
            if not album:
                return f"there is no such group: {group}"
            of_album = {"id": wanted, "album_id": album[0], "deleted_at": None}
            [known] = await link.fetch(rows.count(link.dialect, photos, of_album))
            if known["count"] < len(wanted):
                missing = len(wanted) - known["count"]
                return f"{missing} of {len(wanted)} are no live photos of album {album[0]}"
            return await link.affected(queries.assign(group, album[0], wanted))

        found = await self._together(unit)
        if isinstance(found, str):
            raise NotFoundError(found)
        return found

    async def remove(self, group_id: IdLike, photo_ids: Ids) -> int:
        """Take photos out of a group; how many were in it."""
        where = {"group_id": as_id(group_id, "photo_groups.id"), "photo_id": as_ids(photo_ids, "photo_ids")}
        return await self._db.delete(photo_group_assignments, where)

    async def groups_of_photos(self, photo_ids: Ids) -> dict[UUID, list[PhotoGroup]]:
        """The groups that each of these photos is in, in their order; photos without groups have none."""
        wanted = as_ids(photo_ids, "photo_ids")
        found: dict[UUID, list[PhotoGroup]] = {photo: [] for photo in wanted}
        for photo, group in await self._ask(queries.of_photos(wanted)):
            found[photo].append(group)
        return found


def _name(name: object) -> str:
    return values.as_name(name, "photo_groups.name")


def _taken(name: str) -> UniqueViolationError:
    return UniqueViolationError(
        f"photo_groups: the album has a group {shown(name)} already",
        table="photo_groups",
        columns=("album_id", "name"),
    )


def _missing(group_id: UUID) -> NotFoundError:
    return NotFoundError(f"there is no such group: {group_id}")
