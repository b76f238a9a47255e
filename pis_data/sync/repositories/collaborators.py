# Generated from pis_data/aio/repositories/collaborators.py by tools/make_sync.py: change that, then run it.
"""Who works on an album together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pis_data.errors import NotFoundError, PermissionDeniedError, UniqueViolationError
from pis_data.queries import collaborators as queries
from pis_data.queries import rows
from pis_data.queries.collaborators import Collaborator, Rights
from pis_data.queries.groups import lock_album
from pis_data.queries.keyset import Page
from pis_data.queries.values import IdLike, as_id
from pis_data.schema import (
    AlbumCollaborator,
    CollaboratorRole,
    CollaboratorStatus,
    album_collaborators,
    users,
)

from ..link import Link
from .base import Repository, change, find


class CollaboratorRepository(Repository):
    """Collaborators of albums: an account is invited, and takes part once it has accepted.

    An account is at most once with an album; one that was rejected or removed may be invited again.
    """

    def invite_user(
        self,
        album_id: IdLike,
        user_id: IdLike,
        role: CollaboratorRole | str = CollaboratorRole.EDITOR,
        *,
        rights: Rights | None = None,
        invited_by: IdLike | None = None,
    ) -> AlbumCollaborator:
        """Invite an account to work on an album; one that was invited already is told the new terms.

        Args:
            album_id: a live album.
            user_id: a live, active account.
            role: ``owner``, ``editor`` or ``viewer``.
            rights: by default all for an owner, upload and edit for an editor, none for a viewer.
            invited_by: the account that invites.

        Raises:
            InvalidValueError: an unknown role.
            NotFoundError: there is no such live album, or no such live, active account.
            UniqueViolationError: the account works on the album already.
        """
        album, user = _keys(album_id, user_id)
        new = {
            **queries.terms(role, rights),
            "invited_by": None if invited_by is None else as_id(invited_by, "album_collaborators.invited_by"),
            "status": CollaboratorStatus.PENDING,
            "invited_at": dt.datetime.now(dt.UTC),
            "accepted_at": None,
        }

        def unit(link: Link) -> AlbumCollaborator | Exception:
            there = may_join(link, album, user)
            return there if isinstance(there, Exception) else join(link, album, user, there, new)

        found = self._together(unit)
        if isinstance(found, Exception):
            raise found
        return found

    def accept(self, album_id: IdLike, user_id: IdLike) -> AlbumCollaborator:
        """Take part, as one was invited to.

        Raises:
            NotFoundError: the account was never invited.
            PermissionDeniedError: the invitation does not wait any more; the message says what became of it.
        """
        new = {"status": CollaboratorStatus.ACCEPTED, "accepted_at": dt.datetime.now(dt.UTC)}
        return self._move(album_id, user_id, [CollaboratorStatus.PENDING], new)

    def reject(self, album_id: IdLike, user_id: IdLike) -> AlbumCollaborator:
        """Decline an invitation. Errors: see `accept`."""
        new = {"status": CollaboratorStatus.REJECTED}
        return self._move(album_id, user_id, [CollaboratorStatus.PENDING], new)

    def remove(self, album_id: IdLike, user_id: IdLike) -> AlbumCollaborator:
        """End somebody's part in an album, or take an invitation back. Errors: see `accept`."""
        new = {"status": CollaboratorStatus.REMOVED}
        active = [CollaboratorStatus.PENDING, CollaboratorStatus.ACCEPTED]
        return self._move(album_id, user_id, active, new)

    def _move(
        self, album_id: IdLike, user_id: IdLike, sources: list[CollaboratorStatus], new: Mapping[str, Any]
    ) -> AlbumCollaborator:
        """Change the status of one who has one of these; of two calls at the same time one wins."""
        album, user = _keys(album_id, user_id)
        own = {"album_id": album, "user_id": user}
        found = self._db.update(album_collaborators, {**own, "status": sources}, dict(new))
        if found:
            return AlbumCollaborator(**found[0])
        there = self._one(album_collaborators, AlbumCollaborator, own)
        if there is None:
            raise NotFoundError(f"account {user} was not invited to album {album}")
        raise PermissionDeniedError(
            f"account {user} can't become {new['status']} in album {album}: it is {there.status}"
        )

    # -- finding ---------------------------------------------------------------------------------

    def list_for_album(
        self,
        album_id: IdLike,
        *,
        status: CollaboratorStatus | str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Collaborator]:
        """One page of a live album's collaborators with their accounts, the first one first.

        Args:
            album_id: which album.
            status: only this one.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown status.
        """
        own = {"album_id": as_id(album_id, "album_collaborators.album_id")}
        return self._list("collaborators.list_for_album", own, status, limit, after, total)

    def list_for_user(
        self,
        user_id: IdLike,
        *,
        status: CollaboratorStatus | str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Collaborator]:
        """One page of the live albums that an account was invited to. Arguments: see `list_for_album`."""
        own = {"user_id": as_id(user_id, "album_collaborators.user_id")}
        return self._list("collaborators.list_for_user", own, status, limit, after, total)

    def _list(
        self, name: str, own: dict[str, Any], status: object, limit: int, after: str | None, total: bool
    ) -> Page[Collaborator]:
        filters = own if status is None else {**own, "status": queries.check_status(status)}
        listing, scope = queries.listing(filters), (name, *filters.values())
        return self._page(
            listing, scope, Collaborator, limit=limit, after=after, total=total, names=queries.EXTRA
        )

    def rights(self, album_id: IdLike, user_id: IdLike) -> Rights | None:
        """What an account may do in a live album; None: it has no part in it.

        A collaborator has the rights of the row once the invitation is accepted, the album's own ``owner_id``
        has all. An account that is disabled or deleted has none.
        """
        album, user = _keys(album_id, user_id)
        found = self._ask(queries.rights(album, user))
        return found[0] if found else None


# -- parts of units ------------------------------------------------------------------------------------


def may_join(link: Link, album: UUID, user: UUID) -> UUID | Exception | None:
    """Whether an account may join an album: the id of its row, None if it has none yet, or why not.

    The album is held until the transaction ends, so that those who join do so one after another.
    """
    if not link.fetch(lock_album(link.dialect, album)):
        return NotFoundError(f"there is no such live album: {album}")
    active = {"id": user, "is_active": True, "deleted_at": None}
    if not link.fetch(rows.exists(link.dialect, users, active)):
        return NotFoundError(f"there is no such live, active account: {user}")
    there = find(link, album_collaborators, AlbumCollaborator, {"album_id": album, "user_id": user})
    if not there:
        return None
    if there[0].status == CollaboratorStatus.ACCEPTED:
        return UniqueViolationError(
            f"account {user} works on album {album} already",
            table="album_collaborators",
            columns=("album_id", "user_id"),
        )
    return there[0].id


def join(link: Link, album: UUID, user: UUID, there: UUID | None, new: dict[str, Any]) -> AlbumCollaborator:
    """Write the row of an account that may join."""
    own = {"album_id": album, "user_id": user}
    if there is not None:
        change(link, album_collaborators, [there], new)
    else:
        made = rows.rows_to_write(album_collaborators, {**own, **new})
        for query in rows.inserts(link.dialect, album_collaborators, made, returning=False):
            link.affected(query)
    return (find(link, album_collaborators, AlbumCollaborator, own))[0]


def _keys(album_id: IdLike, user_id: IdLike) -> tuple[UUID, UUID]:
    return as_id(album_id, "album_collaborators.album_id"), as_id(user_id, "album_collaborators.user_id")
