"""Who did what: entries, their lists and their sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import ilike
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.moments import Period, day_of, local_day, offset_values, offsets, within
from pis_data.queries.names import check_row
from pis_data.queries.redaction import TEXT_LIMIT, redacted, redacted_text
from pis_data.queries.rows import Query
from pis_data.queries.values import IdLike
from pis_data.queries.where import escaped
from pis_data.schema import AuditAction, AuditStatus, audit_logs
from pis_data.schema.characters import shown
from pis_data.schema.types import Text

_l = audit_logs.c
_NEWEST_FIRST: Final = Order("created_at", descending=True)


class AuditEntry(TypedDict, total=False):
    """What `record` takes: the columns of ``audit_logs`` but for id and moment."""

    user_id: UUID | str | None
    user_email: str | None
    user_role: str | None
    action: AuditAction | str
    resource_type: str
    resource_id: object
    resource_name: str | None
    description: str | None
    changes: Mapping[str, Any]
    metadata: Mapping[str, Any]
    ip_address: str | None
    user_agent: str | None
    request_method: str | None
    request_path: str | None
    status: AuditStatus | str
    error_message: str | None


_DOCUMENTS: Final = ("changes", "metadata")


def entry(given: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an entry: what it lacks is said, what is secret is left out, what is too long is cut."""
    row = values.only(AuditEntry.__annotations__, given, "audit.record")
    for name in ("action", "resource_type"):
        row[name] = values.as_name(row.get(name), f"audit_logs.{name}")
    if "status" in row:
        row["status"] = check_status(row["status"])
    for name, value in row.items():
        if name in _DOCUMENTS:
            row[name] = _document(name, value)
        elif name not in ("user_id", "status") and value is not None:
            kind = audit_logs.c[name].type
            assert isinstance(kind, Text)
            row[name] = redacted_text(_text(name, value), min(kind.length, TEXT_LIMIT))
    return check_row(audit_logs, row)


def _text(name: str, value: object) -> str:
    if isinstance(value, str) or (name == "resource_id" and isinstance(value, (UUID, int))):
        return value if isinstance(value, str) else str(value)
    raise InvalidValueError(f"audit_logs.{name}: expected str, got {shown(value)}")


def _document(name: str, value: object) -> Any:
    if not isinstance(value, Mapping):
        raise InvalidValueError(f"audit_logs.{name}: expected a mapping, got {shown(value)}")
    return redacted(value)


def check_status(status: object) -> AuditStatus:
    """How something ended, or its word."""
    return values.as_choice(list(AuditStatus), status, "audit_logs.status")


class AuditFilters(TypedDict, total=False):
    """Which entries a list or an export has; what is not given restricts nothing.

    ``since`` is included, ``until`` is not; ``search`` is a part of the description, in any case, taken
    literally.
    """

    user_id: IdLike | None
    action: AuditAction | str | None
    resource_type: str | None
    resource_id: IdLike | int | None
    status: AuditStatus | str | None
    since: dt.datetime | None
    until: dt.datetime | None
    search: str | None


def filters(given: Mapping[str, Any]) -> dict[str, Any]:
    """The filter for the entries that are asked for."""
    wanted = values.only(AuditFilters.__annotations__, given, "a list of audit logs")
    wanted = {name: value for name, value in wanted.items() if value is not None}
    found: dict[str, Any] = within("created_at", wanted.get("since"), wanted.get("until"))
    if "user_id" in wanted:
        found["user_id"] = values.as_id(wanted["user_id"], "audit_logs.user_id")
    for name in ("action", "resource_type"):
        if name in wanted:
            found[name] = values.as_name(wanted[name], f"audit_logs.{name}")
    if "resource_id" in wanted:
        found["resource_id"] = _text("resource_id", wanted["resource_id"])
    if "status" in wanted:
        found["status"] = check_status(wanted["status"])
    if "search" in wanted:
        found["description"] = ilike(f"%{escaped(values.as_text(wanted['search'], 'search'))}%")
    return found


def listing(given: Mapping[str, Any]) -> Listing:
    """Entries, newest first."""
    return Listing(audit_logs, filters(given), _NEWEST_FIRST)


# -- sums ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class UserActivity:
    """How many entries there are of one account; of None: of nobody, or of accounts that are gone."""

    user_id: UUID | None
    #: as an entry has it: the greatest, if the address changed
    user_email: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStats:
    """The sums of a period, the greatest first, those of days in their order."""

    total: int
    by_action: dict[str, int]
    by_resource_type: dict[str, int]
    #: the ten that did most
    by_user: tuple[UserActivity, ...]
    by_day: dict[dt.date, int]


TOP_USERS: Final = 10


def count_by(dialect: Dialect, column: str, period: Period) -> Query:
    """Pairs of a value and how many entries have it, the greatest number first."""
    return Query(_build_count_by(column), _bounds(period), make=tuple)


_in_period: Final = sa.and_(
    _l.created_at >= sa.bindparam("since", type_=_l.created_at.type),
    _l.created_at < sa.bindparam("until", type_=_l.created_at.type),
)


def _bounds(period: Period) -> dict[str, Any]:
    return {"since": period.since, "until": period.until}


@lru_cache
def _build_count_by(column: str) -> sa.Select[Any]:
    number = sa.func.count().label("number")
    counted: sa.Select[Any] = sa.select(_l[column], number).where(_in_period).group_by(_l[column])
    return counted.order_by(number.desc(), _l[column])


def most_active(dialect: Dialect, period: Period) -> Query:
    """The accounts that did most."""
    return Query(_build_most_active(dialect), _bounds(period), make=_to_activity)


@lru_cache
def _build_most_active(dialect: Dialect) -> sa.Select[Any]:
    user, number = audit_logs.c["user_id"], sa.func.count().label("number")
    counted: sa.Select[Any] = sa.select(user, sa.func.max(audit_logs.c["user_email"]), number)
    counted = counted.where(_in_period).group_by(user)
    return counted.order_by(number.desc(), dialect.order(user, descending=False)).limit(TOP_USERS)


def _to_activity(row: Any) -> UserActivity:
    return UserActivity(user_id=row[0], user_email=row[1], count=int(row[2]))


def count_by_day(dialect: Dialect, period: Period, tz: str) -> Query:
    """Pairs of a day and how many entries it has."""
    found = offsets(tz, period)
    parameters = {**_bounds(period), **offset_values(found)}
    return Query(
        _build_by_day(dialect, len(found)), parameters, make=lambda row: (day_of(row[0]), int(row[1]))
    )


@lru_cache
def _build_by_day(dialect: Dialect, edges: int) -> sa.Select[Any]:
    day = local_day(dialect, audit_logs.c.created_at, edges).label("day")
    days = sa.select(day).where(_in_period).subquery("days")
    return sa.select(days.c.day, sa.func.count()).group_by(days.c.day).order_by(days.c.day)
