"""Who works on an album together: rights, the lists, and the invitations."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import any_of, gt, is_null, le
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order, Part
from pis_data.queries.rows import Query
from pis_data.schema import (
    CollaboratorRole,
    CollaboratorStatus,
    InviteStatus,
    album_collaborators,
    albums,
    collaboration_invites,
    users,
)
from pis_data.schema.characters import shown

_c = album_collaborators.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What somebody may do in an album."""

    can_upload: bool = False
    can_edit: bool = False
    can_delete: bool = False
    can_manage: bool = False
    can_invite: bool = False


RIGHT_NAMES: Final = tuple(field.name for field in fields(Rights))
ALL_RIGHTS: Final = Rights(**dict.fromkeys(RIGHT_NAMES, True))

#: what a role brings where nothing else is said; an editor's are the table's own defaults
RIGHTS_OF_ROLE: Final[Mapping[CollaboratorRole, Rights]] = {
    CollaboratorRole.OWNER: ALL_RIGHTS,
    CollaboratorRole.EDITOR: Rights(can_upload=True, can_edit=True),
    CollaboratorRole.VIEWER: Rights(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaborator:
    """A row of ``album_collaborators``, and what its lists show of the account and the album."""

    id: UUID
    album_id: UUID
    user_id: UUID
    role: CollaboratorRole
    can_upload: bool
    can_edit: bool
    can_delete: bool
    can_manage: bool
    can_invite: bool
    invited_by: UUID | None
    invited_at: dt.datetime
    accepted_at: dt.datetime | None
    status: CollaboratorStatus
    created_at: dt.datetime
    updated_at: dt.datetime
    email: str
    full_name: str | None
    album_title: str


def terms(role: object, rights: object) -> dict[str, Any]:
    """The columns that say what a collaborator is and may do."""
    checked = values.as_choice(list(CollaboratorRole), role, "album_collaborators.role")
    if rights is None:
        rights = RIGHTS_OF_ROLE[checked]
    if not isinstance(rights, Rights):
        raise InvalidValueError(f"rights: expected Rights, got {shown(rights)}")
    flags = {name: values.as_flag(value, name) for name, value in asdict(rights).items()}
    return {"role": checked, **flags}


def check_status(status: object) -> CollaboratorStatus:
    """A status or its word."""
    return values.as_choice(list(CollaboratorStatus), status, "album_collaborators.status")


# -- lists ---------------------------------------------------------------------------------------------

_OLDEST_FIRST: Final = Order("created_at")
_NEWEST_FIRST: Final = Order("created_at", descending=True)

#: the fields of `Collaborator` that are not the table's own
EXTRA: Final = ("email", "full_name", "album_title")


def listing(filters: Mapping[str, Any]) -> Listing:
    """Collaborators of live albums, with their accounts, in the order in which they were invited first."""
    extra = (Part(_email), Part(_full_name), Part(_album_title))
    return Listing(album_collaborators, filters, _OLDEST_FIRST, (Part(_album_lives),), extra)


def _email(_: Dialect) -> ColumnElement[Any]:
    return _of_user(users.c.email)


def _full_name(_: Dialect) -> ColumnElement[Any]:
    return _of_user(users.c.full_name)


def _of_user(column: ColumnElement[Any]) -> ColumnElement[Any]:
    found = sa.select(column).where(users.c.id == _c.user_id)
    return found.correlate(album_collaborators).scalar_subquery()


def _album_title(_: Dialect) -> ColumnElement[Any]:
    found = sa.select(albums.c.title).where(albums.c.id == _c.album_id)
    return found.correlate(album_collaborators).scalar_subquery()


def _album_lives(_: Dialect) -> ColumnElement[bool]:
    one: sa.Select[Any] = sa.select(sa.literal_column("1"))
    live = one.where(albums.c.id == _c.album_id, albums.c.deleted_at.is_(None))
    return live.correlate(album_collaborators).exists()


# -- rights --------------------------------------------------------------------------------------------


def rights(album_id: UUID, user_id: UUID) -> Query:
    """One row if a live, active account may work on a live album."""
    return Query(_rights, {"album": album_id, "user": user_id}, make=_to_rights)


_user: Final[sa.BindParameter[Any]] = sa.bindparam("user", type_=users.c.id.type)

_rights: Final = (
    sa.select(albums.c.owner_id == users.c.id, *(_c[name] for name in RIGHT_NAMES))
    .select_from(
        sa.join(albums, users, users.c.id == _user).outerjoin(
            album_collaborators,
            sa.and_(
                _c.album_id == albums.c.id,
                _c.user_id == _user,
                _c.status == CollaboratorStatus.ACCEPTED,
            ),
        )
    )
    .where(
        albums.c.id == sa.bindparam("album", type_=albums.c.id.type),
        albums.c.deleted_at.is_(None),
        users.c.is_active,
        users.c.deleted_at.is_(None),
        sa.or_(albums.c.owner_id == users.c.id, _c.id.is_not(None)),
    )
)


def _to_rights(row: Any) -> Rights:
    owns, *flags = row
    return ALL_RIGHTS if owns else Rights(**dict(zip(RIGHT_NAMES, map(bool, flags), strict=True)))


# -- invitations ---------------------------------------------------------------------------------------


def new_code() -> str:
    """What opens an invitation: 128 random bits in 32 letters and digits."""
    return secrets.token_hex(16)


def invites(filters: Mapping[str, Any]) -> Listing:
    """Invitations, newest first."""
    return Listing(collaboration_invites, filters, _NEWEST_FIRST)


def check_invite_status(status: object) -> InviteStatus:
    """A status or its word."""
    return values.as_choice(list(InviteStatus), status, "collaboration_invites.status")


def redeemable(invite_id: UUID, now: dt.datetime) -> dict[str, Any]:
    """The filter for an invitation that can be redeemed now: what decides who wins."""
    unexpired = any_of(is_null(), gt(now))
    return {"id": invite_id, "status": InviteStatus.PENDING, "expires_at": unexpired}


def overdue(now: dt.datetime) -> dict[str, Any]:
    """The filter for invitations that wait in vain."""
    return {"status": InviteStatus.PENDING, "expires_at": le(now)}
