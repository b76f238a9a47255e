"""Who did what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, document, key, moment_now, one_of
from pis_data.schema.types import Choice, Id, LongText, Text


class AuditAction(StrEnum):
    """What was done; the list is open."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"
    LOGIN = "login"
    LOGOUT = "logout"
    UPLOAD = "upload"
    DOWNLOAD = "download"
    EXPORT = "export"
    IMPORT = "import"
    SHARE = "share"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    BATCH_DELETE = "batch_delete"
    BATCH_UPDATE = "batch_update"
    SETTINGS_UPDATE = "settings_update"
    PASSWORD_CHANGE = "password_change"
    ROLE_CHANGE = "role_change"
    PERMISSION_CHANGE = "permission_change"


class AuditStatus(StrEnum):
    """How it ended."""

    SUCCESS = "success"
    FAILED = "failed"
    PENDING = "pending"


class AuditLogColumns(TypedColumns):
    """One row per action worth remembering."""

    id: Named[UUID] = key()
    user_id: Named[UUID | None] = Column(Id(), ForeignKey("users.id", ondelete="SET NULL"))
    user_email: Named[str | None] = Column(Text(255))
    user_role: Named[str | None] = Column(Text(50))
    action: Named[AuditAction] = Column(Choice(AuditAction, 100))
    #: album, photo, user, customer, template …
    resource_type: Named[str] = Column(Text(100))
    resource_id: Named[str | None] = Column(Text(255))
    resource_name: Named[str | None] = Column(Text(500))
    description: Named[str | None] = Column(LongText())
    #: ``{"before": …, "after": …}``
    changes: Named[dict[str, Any]] = document()
    metadata: Named[dict[str, Any]] = document()
    ip_address: Named[str | None] = Column(Text(45))
    user_agent: Named[str | None] = Column(LongText())
    request_method: Named[str | None] = Column(Text(10))
    request_path: Named[str | None] = Column(LongText())
    status: Named[AuditStatus] = Column(Choice(AuditStatus, 20), server_default=AuditStatus.SUCCESS)
    error_message: Named[str | None] = Column(LongText())
    created_at: Named[dt.datetime] = moment_now()


audit_logs = Table("audit_logs", metadata, AuditLogColumns, one_of("status", AuditStatus), **TABLE_OPTIONS)

_l = audit_logs.c
Index("idx_audit_logs_created", _l.created_at, _l.id)
Index("idx_audit_logs_user_created", _l.user_id, _l.created_at, _l.id)
Index("idx_audit_logs_action_created", _l.action, _l.created_at, _l.id)
Index("idx_audit_logs_resource_created", _l.resource_type, _l.resource_id, _l.created_at, _l.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLog:
    """A row of ``audit_logs``."""

    id: UUID
    user_id: UUID | None
    user_email: str | None
    user_role: str | None
    action: AuditAction
    resource_type: str
    resource_id: str | None
    resource_name: str | None
    description: str | None
    changes: dict[str, Any]
    metadata: dict[str, Any]
    ip_address: str | None
    user_agent: str | None
    request_method: str | None
    request_path: str | None
    status: AuditStatus
    error_message: str | None
    created_at: dt.datetime
