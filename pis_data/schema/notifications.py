"""Messages sent to customers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from pis_data.schema.base import metadata
from pis_data.schema.columns import TABLE_OPTIONS, document, key, moment_now, one_of
from pis_data.schema.types import Choice, Id, Instant, LongText, Text


class NotificationType(StrEnum):
    """What a message is about."""

    ALBUM_READY = "album_ready"
    REMINDER = "reminder"
    CUSTOM = "custom"


class NotificationChannel(StrEnum):
    """How a message is sent; PIS sends e-mail only."""

    EMAIL = "email"
    SMS = "sms"


class NotificationStatus(StrEnum):
    """Whether a message left."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class NotificationColumns(TypedColumns):
    """Messages to customers."""

    id: Named[UUID] = key()
    customer_id: Named[UUID | None] = Column(Id(), ForeignKey("customers.id", ondelete="SET NULL"))
    album_id: Named[UUID | None] = Column(Id(), ForeignKey("albums.id", ondelete="SET NULL"))
    type: Named[NotificationType] = Column(Choice(NotificationType))
    channel: Named[NotificationChannel] = Column(Choice(NotificationChannel, 20))
    recipient: Named[str] = Column(Text(255))
    subject: Named[str | None] = Column(Text(500))
    content: Named[str | None] = Column(LongText())
    status: Named[NotificationStatus] = Column(
        Choice(NotificationStatus, 20), server_default=NotificationStatus.PENDING
    )
    sent_at: Named[dt.datetime | None] = Column(Instant())
    error_message: Named[str | None] = Column(LongText())
    metadata: Named[dict[str, Any]] = document()
    created_by: Named[UUID | None] = Column(Id(), ForeignKey("users.id"))
    created_at: Named[dt.datetime] = moment_now()


notifications = Table(
    "notifications",
    metadata,
    NotificationColumns,
    one_of("type", NotificationType),
    one_of("channel", NotificationChannel),
    one_of("status", NotificationStatus),
    **TABLE_OPTIONS,
)

_n = notifications.c
Index("idx_notifications_customer_created", _n.customer_id, _n.created_at, _n.id)
Index("idx_notifications_album_created", _n.album_id, _n.created_at, _n.id)
Index("idx_notifications_status_created", _n.status, _n.created_at, _n.id)
Index("idx_notifications_created", _n.created_at, _n.id)
Index("idx_notifications_created_by", _n.created_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A row of ``notifications``."""

    id: UUID
    customer_id: UUID | None
    album_id: UUID | None
    type: NotificationType
    channel: NotificationChannel
    recipient: str
    subject: str | None
    content: str | None
    status: NotificationStatus
    sent_at: dt.datetime | None
    error_message: str | None
    metadata: dict[str, Any]
    created_by: UUID | None
    created_at: dt.datetime
