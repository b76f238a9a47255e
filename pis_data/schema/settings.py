"""Settings of the whole site, and the mail account it sends from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import empty_object, metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now, number
from pis_data.schema.types import Choice, Json, LongText, Text


class SettingCategory(StrEnum):
    """What a setting is about; the list is open."""

    BRAND = "brand"
    SITE = "site"
    FEATURE = "feature"
    SOCIAL = "social"
    THEME = "theme"
    SEO = "seo"


class SystemSettingColumns(TypedColumns):
    """Settings: any JSON value under a key."""

    id: Named[UUID] = key()
    key: Named[str] = Column(Text(100))
    value: Named[Any] = Column(Json(), nullable=False, server_default=empty_object())
    category: Named[SettingCategory] = Column(Choice(SettingCategory))
    description: Named[str | None] = Column(LongText())
    #: readable without login
    is_public: Named[bool] = flag(False)
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


system_settings = Table(
    "system_settings", metadata, SystemSettingColumns, UniqueConstraint("key"), **TABLE_OPTIONS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemSetting:
    """A row of ``system_settings``."""

    id: UUID
    key: str
    value: Any
    category: SettingCategory
    description: str | None
    is_public: bool
    created_at: dt.datetime
    updated_at: dt.datetime


class EmailConfigColumns(TypedColumns):
    """The mail account; the newest active row counts."""

    id: Named[UUID] = key()
    smtp_host: Named[str] = Column(Text(255))
    smtp_port: Named[int] = number(587)
    smtp_secure: Named[bool] = flag(True)
    smtp_user: Named[str | None] = Column(Text(255))
    #: in clear, as PIS keeps it
    smtp_pass: Named[str | None] = Column(Text(255))
    from_email: Named[str] = Column(Text(255))
    from_name: Named[str | None] = Column(Text(255))
    is_active: Named[bool] = flag(True)
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


email_config = Table("email_config", metadata, EmailConfigColumns, **TABLE_OPTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailConfig:
    """A row of ``email_config``."""

    id: UUID
    smtp_host: str
    smtp_port: int
    smtp_secure: bool
    smtp_user: str | None
    smtp_pass: str | None = field(repr=False)
    from_email: str
    from_name: str | None
    is_active: bool
    created_at: dt.datetime
    updated_at: dt.datetime
