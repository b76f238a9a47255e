"""Accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now, one_of
from pis_data.schema.types import Choice, Instant, LongText, Text


class UserRole(StrEnum):
    """What an account is. PIS gives visitors ``guest``; its permission sets say ``viewer``."""

    ADMIN = "admin"
    PHOTOGRAPHER = "photographer"
    RETOUCHER = "retoucher"
    GUEST = "guest"
    VIEWER = "viewer"


class UserColumns(TypedColumns):
    """Accounts; ``full_name`` and ``avatar_url`` are Supabase's."""

    id: Named[UUID] = key()
    #: lower case; also taken by deleted accounts
    email: Named[str] = Column(Text(255))
    #: None: must set a password at first login
    password_hash: Named[str | None] = Column(Text(500))
    role: Named[UserRole] = Column(Choice(UserRole), server_default=UserRole.GUEST)
    is_active: Named[bool] = flag(True)
    last_login_at: Named[dt.datetime | None] = Column(Instant())
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()
    deleted_at: Named[dt.datetime | None] = Column(Instant())
    full_name: Named[str | None] = Column(LongText())
    avatar_url: Named[str | None] = Column(LongText())


users = Table(
    "users",
    metadata,
    UserColumns,
    UniqueConstraint("email"),
    one_of("role", UserRole),
    **TABLE_OPTIONS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A row of ``users``."""

    id: UUID
    email: str
    password_hash: str | None = field(repr=False)
    role: UserRole
    is_active: bool
    last_login_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime
    deleted_at: dt.datetime | None
    full_name: str | None
    avatar_url: str | None
