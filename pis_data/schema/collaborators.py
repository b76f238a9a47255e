"""Who works on an album together, and the invitations to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now, one_of
from pis_data.schema.types import Choice, Id, Instant, Text


class CollaboratorRole(StrEnum):
    """What a collaborator is to an album."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class CollaboratorStatus(StrEnum):
    """Whether a collaborator takes part."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REMOVED = "removed"


class AlbumCollaboratorColumns(TypedColumns):
    """Who may do what in an album."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    user_id: Named[UUID] = Column(Id(), ForeignKey("users.id", ondelete="CASCADE"))
    role: Named[CollaboratorRole] = Column(Choice(CollaboratorRole), server_default=CollaboratorRole.EDITOR)
    can_upload: Named[bool] = flag(True)
    can_edit: Named[bool] = flag(True)
    can_delete: Named[bool] = flag(False)
    can_manage: Named[bool] = flag(False)
    can_invite: Named[bool] = flag(False)
    invited_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    invited_at: Named[dt.datetime] = moment_now()
    accepted_at: Named[dt.datetime | None] = Column(Instant())
    status: Named[CollaboratorStatus] = Column(
        Choice(CollaboratorStatus, 20), server_default=CollaboratorStatus.PENDING
    )
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


album_collaborators = Table(
    "album_collaborators",
    metadata,
    AlbumCollaboratorColumns,
    UniqueConstraint("album_id", "user_id"),
    one_of("role", CollaboratorRole),
    one_of("status", CollaboratorStatus),
    **TABLE_OPTIONS,
)

Index("idx_album_collaborators_user", album_collaborators.c.user_id)
Index("idx_album_collaborators_invited_by", album_collaborators.c.invited_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumCollaborator:
    """A row of ``album_collaborators``."""

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


class InviteType(StrEnum):
    """How an invitation travels."""

    EMAIL = "email"
    LINK = "link"


class InviteStatus(StrEnum):
    """What became of an invitation."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class CollaborationInviteColumns(TypedColumns):
    """Invitations to work on an album."""

    id: Named[UUID] = key()
    album_id: Named[UUID] = Column(Id(), ForeignKey("albums.id", ondelete="CASCADE"))
    invite_type: Named[InviteType] = Column(Choice(InviteType, 20), server_default=InviteType.EMAIL)
    email: Named[str | None] = Column(Text(255))
    #: whoever has it may redeem it
    invite_code: Named[str | None] = Column(Text(32))
    role: Named[CollaboratorRole] = Column(Choice(CollaboratorRole), server_default=CollaboratorRole.EDITOR)
    can_upload: Named[bool] = flag(True)
    can_edit: Named[bool] = flag(True)
    can_delete: Named[bool] = flag(False)
    can_manage: Named[bool] = flag(False)
    can_invite: Named[bool] = flag(False)
    invited_by: Named[UUID] = Column(Id(), ForeignKey("users.id"))
    status: Named[InviteStatus] = Column(Choice(InviteStatus, 20), server_default=InviteStatus.PENDING)
    expires_at: Named[dt.datetime | None] = Column(Instant())
    used_at: Named[dt.datetime | None] = Column(Instant())
    used_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()


collaboration_invites = Table(
    "collaboration_invites",
    metadata,
    CollaborationInviteColumns,
    UniqueConstraint("invite_code"),
    one_of("invite_type", InviteType),
    one_of("role", CollaboratorRole),
    one_of("status", InviteStatus),
    **TABLE_OPTIONS,
)

_i = collaboration_invites.c
Index("idx_collaboration_invites_album", _i.album_id)
Index("idx_collaboration_invites_email", _i.email)
Index("idx_collaboration_invites_invited_by", _i.invited_by)
Index("idx_collaboration_invites_used_by", _i.used_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborationInvite:
    """A row of ``collaboration_invites``."""

    id: UUID
    album_id: UUID
    invite_type: InviteType
    email: str | None
    invite_code: str | None = field(repr=False)
    role: CollaboratorRole
    can_upload: bool
    can_edit: bool
    can_delete: bool
    can_manage: bool
    can_invite: bool
    invited_by: UUID
    status: InviteStatus
    expires_at: dt.datetime | None
    used_at: dt.datetime | None
    used_by: UUID | None
    created_at: dt.datetime
