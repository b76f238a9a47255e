# Generated from pis_data/aio/repositories/notifications.py by tools/make_sync.py: change that, then run it.
"""Messages to customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pis_data.errors import NotFoundError
from pis_data.queries import notifications as queries
from pis_data.queries import values
from pis_data.queries.keyset import Page
from pis_data.queries.values import IdLike, as_id
from pis_data.schema import (
    Notification,
    NotificationChannel,
    NotificationStatus,
    NotificationType,
    customer_albums,
    notifications,
)

from .base import Repository


class NotificationRepository(Repository):
    """Messages to customers: written down before they are sent, and what became of them afterwards.

    This sends nothing. A message that was sent stays sent; one that failed may be tried again.
    """

    def create_pending(
        self,
        kind: NotificationType | str,
        recipient: str,
        *,
        channel: NotificationChannel | str = NotificationChannel.EMAIL,
        customer_id: IdLike | None = None,
        album_id: IdLike | None = None,
        subject: str | None = None,
        content: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        created_by: IdLike | None = None,
    ) -> Notification:
        """Write down a message that is about to be sent.

        Args:
            kind: ``album_ready``, ``reminder`` or ``custom``.
            recipient: the address or number it goes to.
            channel: ``email`` or ``sms``.
            customer_id: whom it is for.
            album_id: what it is about.
            subject: its first line.
            content: its text.
            metadata: what it was made of: names as they were, which stay when customer and album go.
            created_by: the account that sends it.

        Raises:
            InvalidValueError: an unknown kind or channel, an empty recipient.
            ForeignKeyViolationError: there is no such customer, album or account.
        """
        row = {
            "type": queries.check_type(kind),
            "channel": queries.check_channel(channel),
            "recipient": values.as_name(recipient, "notifications.recipient"),
            "customer_id": customer_id,
            "album_id": album_id,
            "subject": subject,
            "content": content,
            "metadata": {} if metadata is None else metadata,
            "created_by": created_by,
            "status": NotificationStatus.PENDING,
        }
        return Notification(**(self._db.insert(notifications, row))[0])

    def get(self, notification_id: IdLike) -> Notification | None:
        """The message of this id."""
        return self._one(notifications, Notification, {"id": as_id(notification_id, "notifications.id")})

    def mark_sent(self, notification_id: IdLike) -> Notification:
        """Note that a message has left just now.

        Raises:
            NotFoundError: there is no such message, or it was sent before.
        """
        new = {
            "status": NotificationStatus.SENT,
            "sent_at": dt.datetime.now(dt.UTC),
            "error_message": None,
        }
        return self._move(notification_id, new)

    def mark_failed(self, notification_id: IdLike, error: str) -> Notification:
        """Note why a message did not leave.

        Raises:
            NotFoundError: there is no such message, or it was sent.
        """
        text = values.as_text(error, "notifications.error_message")
        return self._move(notification_id, {"status": NotificationStatus.FAILED, "error_message": text})

    def _move(self, notification_id: IdLike, new: dict[str, Any]) -> Notification:
        message = as_id(notification_id, "notifications.id")
        found = self._db.update(notifications, queries.unsent(message), new)
        if not found:
            raise NotFoundError(f"there is no message {message} that has not been sent")
        return Notification(**found[0])

    def list(
        self,
        *,
        status: NotificationStatus | str | None = None,
        kind: NotificationType | str | None = None,
        channel: NotificationChannel | str | None = None,
        customer_id: IdLike | None = None,
        album_id: IdLike | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int = 50,
        after: str | None = None,
        total: bool = False,
    ) -> Page[Notification]:
        """One page of the messages, newest first.

        Args:
            status: only this one.
            kind: only messages of this kind.
            channel: only this way.
            customer_id: only to this customer.
            album_id: only about this album.
            since: only those made at this moment or later.
            until: only those made before this moment.
            limit: rows of a page, 1 to 1,000.
            after: ``next`` of the page before.
            total: also count the whole list, by the same conditions.

        Raises:
            InvalidFilterError: a limit out of range, a cursor that is not of this list.
            InvalidValueError: an unknown word, a naive moment.
        """
        listing = queries.listing(status, kind, channel, customer_id, album_id, since, until)
        scope = ("notifications.list", *listing.filters.items())
        return self._page(listing, scope, Notification, limit=limit, after=after, total=total)

    def touch_notified(self, customer_id: IdLike, album_id: IdLike) -> dt.datetime:
        """Note that a customer was told of an album just now; the moment that is kept.

        Raises:
            NotFoundError: the album is not linked to the customer.
        """
        own = {
            "customer_id": as_id(customer_id, "customer_albums.customer_id"),
            "album_id": as_id(album_id, "customer_albums.album_id"),
        }
        now = dt.datetime.now(dt.UTC)
        if not self._db.update(customer_albums, own, {"notified_at": now}, returning=False):
            raise NotFoundError(f"album {own['album_id']} is not linked to customer {own['customer_id']}")
        return now
