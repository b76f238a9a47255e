"""Invitations to work on an album, for whoever has the code."""

from __future__ import annotations

import datetime as dt

from pis_data.errors import NotFoundError, PermissionDeniedError
from pis_data.queries import collaborators as queries
from pis_data.queries import rows, values
from pis_data.queries.collaborators import RIGHT_NAMES, Rights
from pis_data.queries.groups import lock_album
from pis_data.queries.keyset import Page
from pis_data.queries.names import check_value
from pis_data.queries.users import check_email
from pis_data.queries.values import IdLike, as_id, as_moment, as_present
from pis_data.queries.where import resolve
from pis_data.schema import (
    AlbumCollaborator,
    CollaborationInvite,
    CollaboratorRole,
    CollaboratorStatus,
    InviteStatus,
    InviteType,
    User,
    collaboration_invites,
    users,
)

from ..link import Link
from .base import Repository, find
from .collaborators import join, may_join


class InviteRepository(Repository):
    """Invitations. A code is good for one account, once; it is a secret, and in no ``repr`` or message."""

    async def create_link(
        self,
        album_id: IdLike,
        invited_by: IdLike,
        role: CollaboratorRole | str = CollaboratorRole.EDITOR,
        *,
        rights: Rights | None = None,
        email: str | None = None,
        expires_at: dt.datetime | None = None,
    ) -> CollaborationInvite:
        """Make an invitation, whose ``invite_code`` (32 letters and digits) whoever has it may redeem.

        Args:
            album_id: a live album.
            invited_by: the account that invites.
            role: what the guest becomes.
            rights: see `CollaboratorRepository.invite_user`.
            email: only the account of this address may redeem it (type ``email``; else ``link``).
            expires_at: from this moment on it is worth nothing.

        Raises:
            InvalidValueError: an unknown role, what is no address, a naive moment.
            NotFoundError: there is no such live album.
            ForeignKeyViolationError: there is no account ``invited_by``.
        """
        album = as_id(album_id, "collaboration_invites.album_id")
        [checked] = rows.rows_to_write(
            collaboration_invites,
            {
                **queries.terms(role, rights),
                "album_id": album,
                "invited_by": as_id(invited_by, "collaboration_invites.invited_by"),
                "invite_type": InviteType.LINK if email is None else InviteType.EMAIL,
                "email": None if email is None else check_email(email),
                "invite_code": queries.new_code(),
                "expires_at": None if expires_at is None else as_moment(expires_at, "expires_at"),
            },
        )

        async def unit(link: Link) -> CollaborationInvite | None:
            if not await link.fetch(lock_album(link.dialect, album)):
                return None
            for query in rows.inserts(link.dialect, collaboration_invites, [checked], returning=False):
                await link.affected(query)
            return (await find(link, collaboration_invites, CollaborationInvite, {"id": checked["id"]}))[0]

        found = await self._together(unit)
        if found is None:
            raise NotFoundError(f"there is no such live album: {album}")
        return found

    async def redeem(
        self, code: str, user_id: IdLike, *, now: dt.datetime | None = None
    ) -> AlbumCollaborator:
        """Use an invitation up: the account works on the album from now on.

        Of several who redeem one code at the same time, one wins. Nothing is changed where it is refused.

        Args:
            code: as the invitation has it.
            user_id: a live, active account.
            now: decides what has expired.

        Raises:
            NotFoundError: there is no such invitation, its album is deleted, or there is no such account.
            PermissionDeniedError: it was used, cancelled or has expired, or is for another address.
            UniqueViolationError: the account works on the album already; the invitation stays good.
        """
        given = values.as_name(code, "collaboration_invites.invite_code")
        wanted = {"invite_code": check_value(collaboration_invites.c.invite_code, given)}
        user = as_id(user_id, "collaboration_invites.used_by")
        moment = as_present(now)

        async def unit(link: Link) -> AlbumCollaborator | Exception:
            found = await find(link, collaboration_invites, CollaborationInvite, wanted)
            if not found:
                return NotFoundError("there is no invitation with this code")
            [invite] = found
            if reason := _refusal(invite, moment):
                return PermissionDeniedError(reason)
            if invite.email is not None and not await _has_address(link, user, invite.email):
                return PermissionDeniedError("this invitation is for another address")
            there = await may_join(link, invite.album_id, user)
            if isinstance(there, Exception):
                return there
            used = {"status": InviteStatus.ACCEPTED, "used_at": moment, "used_by": user}
            waiting = resolve(collaboration_invites, queries.redeemable(invite.id, moment), link.dialect)
            if not await link.affected(
                rows.update(link.dialect, collaboration_invites, waiting, used, returning=False)
            ):
                return PermissionDeniedError("this invitation was used or cancelled this very moment")
            terms = {name: getattr(invite, name) for name in ("role", *RIGHT_NAMES)}
            new = {
                **terms,
                "invited_by": invite.invited_by,
                "invited_at": invite.created_at,
                "accepted_at": moment,
                "status": CollaboratorStatus.ACCEPTED,
            }
            return await join(link, invite.album_id, user, there, new)

        outcome = await self._together(unit)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def cancel(self, invite_id: IdLike) -> CollaborationInvite:
        """Take an invitation back that waits.

        Raises:
            NotFoundError: there is no such invitation.
            PermissionDeniedError: it does not wait any more; the message says what became of it.
        """
        invite = as_id(invite_id, "collaboration_invites.id")
        waiting = {"id": invite, "status": InviteStatus.PENDING}
        found = await self._db.update(collaboration_invites, waiting, {"status": InviteStatus.CANCELLED})
        if found:
            return CollaborationInvite(**found[0])
        there = await self._one(collaboration_invites, CollaborationInvite, {"id": invite})
        if there is None:
            raise NotFoundError(f"there is no such invitation: {invite}")
        raise PermissionDeniedError(f"invitation {invite} can't be cancelled: it is {there.status}")

    async def expire_old(self, *, now: dt.datetime | None = None) -> int:
        """Mark the waiting invitations whose time is over as expired; how many there were.

        For tidy lists only: `redeem` refuses them by the time itself.
        """
        moment = as_present(now)
        new = {"status": InviteStatus.EXPIRED}
        return await self._db.update(collaboration_invites, queries.overdue(moment), new, returning=False)

    async def list_for_album(
        self,
        album_id: IdLike,
        *,
        status: InviteStatus | str | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[CollaborationInvite]:
        """One page of an album's invitations, newest first. Arguments: see `CollaboratorRepository`."""
        filters: dict[str, object] = {"album_id": as_id(album_id, "collaboration_invites.album_id")}
        if status is not None:
            filters["status"] = queries.check_invite_status(status)
        listing, scope = queries.invites(filters), ("invites.list_for_album", *filters.values())
        return await self._page(listing, scope, CollaborationInvite, limit=limit, after=after, total=total)


async def _has_address(link: Link, user: object, email: str) -> bool:
    found = await find(link, users, User, {"id": user})
    return bool(found) and found[0].email == email


def _refusal(invite: CollaborationInvite, now: dt.datetime) -> str | None:
    """Why an invitation can't be redeemed; None if it can."""
    match invite.status:
        case InviteStatus.PENDING:
            expired = invite.expires_at is not None and invite.expires_at <= now
            return "this invitation has expired" if expired else None
        case InviteStatus.ACCEPTED:
            return "this invitation was used already"
        case _:
            was = "has expired" if invite.status == InviteStatus.EXPIRED else f"was {invite.status}"
            return f"this invitation {was}"
