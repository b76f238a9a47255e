"""Upgrades of the application."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from pis_data.dialects import Dialect
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order, Part
from pis_data.schema import UpgradeStatus, upgrade_history, users

_u = upgrade_history.c

#: from which states an upgrade comes to its end: one that is over can still be rolled back
ENDS: Final[Mapping[UpgradeStatus, tuple[UpgradeStatus, ...]]] = {
    UpgradeStatus.SUCCESS: (UpgradeStatus.PENDING, UpgradeStatus.RUNNING),
    UpgradeStatus.FAILED: (UpgradeStatus.PENDING, UpgradeStatus.RUNNING),
    UpgradeStatus.ROLLED_BACK: (
        UpgradeStatus.PENDING,
        UpgradeStatus.RUNNING,
        UpgradeStatus.SUCCESS,
        UpgradeStatus.FAILED,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeEntry:
    """An upgrade, and the address of the account that ran it."""

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
    executor_email: str | None


_LAST_FIRST: Final = Order("started_at", descending=True, index="idx_upgrade_history_started")


def listing(status: object) -> Listing:
    """Upgrades, the last one first, each with its executor's address."""
    filters: dict[str, Any] = {}
    if status is not None:
        filters["status"] = values.as_choice(list(UpgradeStatus), status, "upgrade_history.status")
    return Listing(upgrade_history, filters, _LAST_FIRST, extra=(Part(_executor_email),))


def _executor_email(_: Dialect) -> ColumnElement[Any]:
    return sa.select(users.c.email).where(users.c.id == _u.executed_by).scalar_subquery()
