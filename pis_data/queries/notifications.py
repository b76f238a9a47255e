"""Messages to customers, and the mail account that they are sent from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import ne
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.moments import within
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.queries.users import check_email
from pis_data.schema import (
    EmailConfig,
    NotificationChannel,
    NotificationStatus,
    NotificationType,
    email_config,
    notifications,
)
from pis_data.schema.characters import shown
from pis_data.schema.seeds import seed_id

_NEWEST_FIRST: Final = Order("created_at", descending=True)


def check_type(value: object) -> NotificationType:
    """What a message is about, or its word."""
    return values.as_choice(list(NotificationType), value, "notifications.type")


def check_channel(value: object) -> NotificationChannel:
    """How a message is sent, or its word."""
    return values.as_choice(list(NotificationChannel), value, "notifications.channel")


def listing(
    status: object,
    kind: object,
    channel: object,
    customer_id: object,
    album_id: object,
    since: dt.datetime | None,
    until: dt.datetime | None,
) -> Listing:
    """Messages, newest first."""
    filters: dict[str, Any] = {}
    if status is not None:
        filters["status"] = values.as_choice(list(NotificationStatus), status, "notifications.status")
    if kind is not None:
        filters["type"] = check_type(kind)
    if channel is not None:
        filters["channel"] = check_channel(channel)
    if customer_id is not None:
        filters["customer_id"] = values.as_id(customer_id, "notifications.customer_id")
    if album_id is not None:
        filters["album_id"] = values.as_id(album_id, "notifications.album_id")
    return Listing(notifications, {**filters, **within("created_at", since, until)}, _NEWEST_FIRST)


def unsent(notification_id: UUID) -> dict[str, Any]:
    """The filter for a message that has not left: one that did stays sent."""
    return {"id": notification_id, "status": ne(NotificationStatus.SENT)}


# -- the mail account ----------------------------------------------------------------------------------

#: what a form shows in place of the password; given back, it means the one that is kept
MASK: Final = "******"

#: the id of the account that this library makes: two who make the first one make the same
CONFIG_ID: Final = seed_id("email_config", "active")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedEmailConfig:
    """The mail account without its password, for a page that shows it."""

    id: UUID
    smtp_host: str
    smtp_port: int
    smtp_secure: bool
    smtp_user: str | None
    from_email: str
    from_name: str | None
    is_active: bool
    created_at: dt.datetime
    updated_at: dt.datetime
    has_password: bool

    @property
    def smtp_pass(self) -> str:
        """What a form shows: a mask, or nothing if no password is kept."""
        return MASK if self.has_password else ""


_e = email_config.c
_SHOWN: Final = tuple(column for column in email_config.columns if column is not _e.smtp_pass)


def active_config() -> Query:
    """The mail account that counts: the newest active one."""
    return Query(_newest(sa.select(*_e)), make=maker(EmailConfig, tuple(email_config.columns.keys())))


def masked_config() -> Query:
    """The same without its password, which is not even read."""
    return Query(_masked, make=_to_masked)


def lock_config(dialect: Dialect) -> Query:
    """Its id, held until the transaction ends."""
    return Query(_build_lock(dialect), make=lambda row: row[0])


@lru_cache
def _build_lock(dialect: Dialect) -> sa.Select[Any]:
    return dialect.lock_rows(_newest(sa.select(_e.id)))


def _newest(statement: sa.Select[Any]) -> sa.Select[Any]:
    return statement.where(_e.is_active).order_by(_e.created_at.desc(), _e.id.desc()).limit(1)


_masked: Final = _newest(
    sa.select(*_SHOWN, sa.case((sa.func.coalesce(_e.smtp_pass, "") == "", sa.false()), else_=sa.true()))
)


def _to_masked(row: Any) -> MaskedEmailConfig:
    given = dict(zip((column.name for column in _SHOWN), row, strict=False))
    return MaskedEmailConfig(**given, has_password=bool(row[len(_SHOWN)]))


def config_row(given: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a mail account, checked; ``smtp_pass`` only if it is a new one."""
    port = given["smtp_port"]
    if type(port) is not int or not 1 <= port <= 65_535:
        raise InvalidValueError(f"email_config.smtp_port is 1 to 65,535; got {shown(port)}")
    row = {
        **given,
        "smtp_host": values.as_name(given["smtp_host"], "email_config.smtp_host"),
        "from_email": _address(given["from_email"]),
        "is_active": True,
    }
    password = row["smtp_pass"]
    if password is None or (isinstance(password, str) and password in ("", MASK)):
        del row["smtp_pass"]
    return row


def _address(email: object) -> str:
    try:
        check_email(email)
    except InvalidValueError:
        raise InvalidValueError("email_config.from_email is no address") from None
    return values.as_name(email, "email_config.from_email")
