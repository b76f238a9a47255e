"""Permissions: what there are, which a role has, and what one user has besides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now, one_of
from pis_data.schema.types import Choice, Id, Instant, LongText, Text
from pis_data.schema.users import UserRole


class PermissionColumns(TypedColumns):
    """The permissions there are; ``code`` is ``category:verb``."""

    id: Named[UUID] = key()
    code: Named[str] = Column(Text(100))
    name: Named[str] = Column(Text(200))
    description: Named[str | None] = Column(LongText())
    category: Named[str] = Column(Text(50))
    is_system: Named[bool] = flag(False)
    created_at: Named[dt.datetime] = moment_now()


permissions = Table("permissions", metadata, PermissionColumns, UniqueConstraint("code"), **TABLE_OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A row of ``permissions``."""

    id: UUID
    code: str
    name: str
    description: str | None
    category: str
    is_system: bool
    created_at: dt.datetime


class RolePermissionColumns(TypedColumns):
    """Which permissions a role has."""

    id: Named[UUID] = key()
    role: Named[UserRole] = Column(Choice(UserRole))
    permission_id: Named[UUID] = Column(Id(), ForeignKey("permissions.id", ondelete="CASCADE"))
    granted_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()


role_permissions = Table(
    "role_permissions",
    metadata,
    RolePermissionColumns,
    UniqueConstraint("role", "permission_id"),
    one_of("role", UserRole),
    **TABLE_OPTIONS,
)

Index("idx_role_permissions_permission", role_permissions.c.permission_id)
Index("idx_role_permissions_granted_by", role_permissions.c.granted_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePermission:
    """A row of ``role_permissions``."""

    id: UUID
    role: UserRole
    permission_id: UUID
    granted_by: UUID | None
    created_at: dt.datetime


class UserPermissionColumns(TypedColumns):
    """What one user has beside the role's set, or has not."""

    id: Named[UUID] = key()
    user_id: Named[UUID] = Column(Id(), ForeignKey("users.id", ondelete="CASCADE"))
    permission_id: Named[UUID] = Column(Id(), ForeignKey("permissions.id", ondelete="CASCADE"))
    #: true grants, false revokes
    granted: Named[bool] = flag(True)
    granted_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    #: ignored after this moment
    expires_at: Named[dt.datetime | None] = Column(Instant())
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


user_permissions = Table(
    "user_permissions",
    metadata,
    UserPermissionColumns,
    UniqueConstraint("user_id", "permission_id"),
    **TABLE_OPTIONS,
)

Index("idx_user_permissions_permission", user_permissions.c.permission_id)
Index("idx_user_permissions_granted_by", user_permissions.c.granted_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPermission:
    """A row of ``user_permissions``."""

    id: UUID
    user_id: UUID
    permission_id: UUID
    granted: bool
    granted_by: UUID | None
    expires_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime
