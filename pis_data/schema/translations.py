"""Texts of the user interface that an administrator changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, Named, Table, TypedColumns, UniqueConstraint

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now
from pis_data.schema.types import LongText, Text


class CustomTranslationColumns(TypedColumns):
    """Overrides of user interface texts."""

    id: Named[UUID] = key()
    locale: Named[str] = Column(Text(10))
    namespace: Named[str] = Column(Text(100))
    #: dotted, without the namespace
    key: Named[str] = Column(Text(255))
    value: Named[str] = Column(LongText())
    is_active: Named[bool] = flag(True)
    created_at: Named[dt.datetime] = moment_now()
    updated_at: Named[dt.datetime] = moment_now()


custom_translations = Table(
    "custom_translations",
    metadata,
    CustomTranslationColumns,
    UniqueConstraint("locale", "namespace", "key"),
    **TABLE_OPTIONS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomTranslation:
    """A row of ``custom_translations``."""

    id: UUID
    locale: str
    namespace: str
    key: str
    value: str
    is_active: bool
    created_at: dt.datetime
    updated_at: dt.datetime
