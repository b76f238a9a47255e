"""Upgrades of the PIS application."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, flag, key, moment_now, one_of
from pis_data.schema.types import Choice, Id, Instant, LongText, Text


class UpgradeStatus(StrEnum):
    """How far an upgrade came."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    ROLLED_BACK = "rolled_back"


class UpgradeHistoryColumns(TypedColumns):
    """Upgrades of the application (not of this schema: that is Alembic's)."""

    id: Named[UUID] = key()
    from_version: Named[str] = Column(Text(50))
    to_version: Named[str] = Column(Text(50))
    status: Named[UpgradeStatus] = Column(Choice(UpgradeStatus, 20), server_default=UpgradeStatus.PENDING)
    started_at: Named[dt.datetime] = moment_now()
    completed_at: Named[dt.datetime | None] = Column(Instant())
    executed_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    notes: Named[str | None] = Column(LongText())
    error_message: Named[str | None] = Column(LongText())
    rebuild_performed: Named[bool] = flag(False)
    rollback_available: Named[bool] = flag(True)
    created_at: Named[dt.datetime] = moment_now()


upgrade_history = Table(
    "upgrade_history", metadata, UpgradeHistoryColumns, one_of("status", UpgradeStatus), **TABLE_OPTIONS
)

_u = upgrade_history.c
Index("idx_upgrade_history_started", _u.started_at, _u.id)
Index("idx_upgrade_history_executed_by", _u.executed_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeHistory:
    """A row of ``upgrade_history``."""

    id: UUID
    from_version: str
    to_version: str
    status: UpgradeStatus
    started_at: dt.datetime
    completed_at: dt.datetime | None
    executed_by: UUID | None
    notes: str | None
    error_message: str | None
    rebuild_performed: bool
    rollback_available: bool
    created_at: dt.datetime
