"""Stretches of time, and the days and hours of a time zone.

A zone's days are the same on every database, tables of time zones or none: the zone is Python's, and a
statement gets nothing but the moments at which its offset changes. Local time is then the seconds since 1970
plus the offset that holds, and each 86,400 of those are a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement

from pis_data.dialects import Dialect
from pis_data.errors import InvalidValueError
from pis_data.filters import all_of, ge, lt
from pis_data.queries import values
from pis_data.schema.characters import shown

DAY: Final = 86_400
HOUR: Final = 3_600
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST_DAY: Final = _EPOCH.date()
_SECOND: Final = dt.timedelta(seconds=1)


def within(column: str, since: dt.datetime | None, until: dt.datetime | None) -> dict[str, Any]:
    """The filter for moments from ``since`` on and before ``until``; None: no bound."""
    bounds = []
    if since is not None:
        bounds.append(ge(values.as_moment(since, "since")))
    if until is not None:
        bounds.append(lt(values.as_moment(until, "until")))
    return {column: all_of(*bounds)} if bounds else {}


def as_time(value: object, what: str) -> dt.datetime:
    """A moment at which something may have happened, or will: of the years 1900 to 2199.

    Further away a zone's offsets mean nothing, and a list of all the days until then is a mistake.
    """
    moment = values.as_moment(value, what)
    if not 1900 <= moment.year <= 2199:
        raise InvalidValueError(f"{what} is a moment of the years 1900 to 2199, got {shown(value)}")
    return moment


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: from ``since`` on and before ``until``; None: without that bound.

    Raises:
        InvalidValueError: a naive moment, one before 1900 or after 2199, an end before the beginning.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, as_time(value, name))
        if self.since is not None and self.until is not None and self.since > self.until:
            raise InvalidValueError("a period begins before it ends: since is after until")

    @classmethod
    def last(cls, days: int, *, now: dt.datetime | None = None) -> Period:
        """The last so many times 24 hours, up to now.

        Raises:
            InvalidValueError: not 1 to 36,500 days, a naive moment.
        """
        if type(days) is not int or not 1 <= days <= 36_500:
            raise InvalidValueError(f"a period has 1 to 36,500 days, got {shown(days)}")
        moment = as_time(values.as_present(now), "now")
        return cls(moment - dt.timedelta(days=days), moment)

    @classmethod
    def of_days(cls, first: dt.date, last: dt.date, tz: str = "UTC") -> Period:
        """Whole days of a time zone, the last one included.

        Raises:
            InvalidValueError: no dates, or an unknown time zone.
        """
        zone = zone_of(tz)
        bounds = [_midnight(check_day(first), zone), _midnight(_next(check_day(last)), zone)]
        return cls(*bounds)


def check_period(period: object) -> Period:
    """A period."""
    if not isinstance(period, Period):
        raise InvalidValueError(f"expected a Period, got {shown(period)}")
    return period


def check_day(day: object) -> dt.date:
    """A calendar day between 1970 and 2198: never a moment."""
    if type(day) is not dt.date or not 1970 <= day.year <= 2198:
        raise InvalidValueError(f"expected a date (not a datetime) of 1970 to 2198, got {shown(day)}")
    return day


def _next(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The moment at which a day begins; where clocks skip midnight, the moment to which they skip."""
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def zone_of(tz: object) -> ZoneInfo:
    """A time zone by its IANA name, such as ``Asia/Shanghai``."""
    try:
        if isinstance(tz, str) and tz:
            return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise InvalidValueError(
        f"expected the IANA name of a time zone, such as 'Asia/Shanghai'; got {shown(tz)}"
    )


# -- local time in a statement -------------------------------------------------------------------------


def offsets(tz: str, period: Period) -> list[tuple[dt.datetime, int]]:
    """From which moment on which offset (seconds east of UTC) holds, the last one first.

    The first moment of a period, and of time itself, is not asked for: the last entry holds for all before.
    """
    zone = zone_of(tz)
    since = max(period.since or _EPOCH, _EPOCH)
    until = max(period.until or dt.datetime.now(dt.UTC) + dt.timedelta(days=366), since)
    found = [(since, _offset(zone, since))]
    for year in range(since.year, until.year + 1):
        found += [(edge, offset) for edge, offset in _edges(zone, year) if since < edge <= until]
    return found[::-1]


@lru_cache(maxsize=1024)
def _edges(zone: ZoneInfo, year: int) -> tuple[tuple[dt.datetime, int], ...]:
    """The moments of a year (in UTC) at which the zone's offset changes, with what it changes to."""
    found = []
    last = dt.datetime(year, 1, 1, tzinfo=dt.UTC) - _SECOND
    for moment in _days(year):
        if _offset(zone, moment) != _offset(zone, last):
            edge = _edge(zone, last, moment)
            found.append((edge, _offset(zone, edge)))
        last = moment
    return tuple(found)


def _days(year: int) -> Iterator[dt.datetime]:
    """A moment of each day of a year, the year's last second at the end."""
    moment = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    while moment.year == year:
        yield moment
        moment += dt.timedelta(days=1)
    yield moment - _SECOND


def _edge(zone: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    """The first second between two moments at which the offset of the second one holds."""
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (
            (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
        )
    return after


def _offset(zone: ZoneInfo, moment: dt.datetime) -> int:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


def local_seconds(dialect: Dialect, column: Column[Any], edges: int) -> ColumnElement[int]:
    """Seconds since 1970 by the local clock, for as many offsets as `offset_values` gives."""
    seconds = dialect.epoch_seconds(column)
    shifts = [sa.bindparam(f"offset_{number}", type_=sa.Integer()) for number in range(edges)]
    whens = [
        (column >= sa.bindparam(f"edge_{number}", type_=column.type), shift)
        for number, shift in enumerate(shifts[:-1])
    ]
    return seconds + (sa.case(*whens, else_=shifts[-1]) if whens else shifts[-1])


def local_day(dialect: Dialect, column: Column[Any], edges: int) -> ColumnElement[int]:
    """The second since 1970, by the local clock, at which a moment's day begins: `day_of` says which day.

    By a remainder: to divide, MySQL would round after four places, and the day's last seconds be the next's.
    """
    seconds = local_seconds(dialect, column, edges)
    return seconds - seconds % DAY


def local_hour(dialect: Dialect, column: Column[Any], edges: int) -> ColumnElement[int]:
    """The second of the day, by the local clock, at which a moment's hour begins."""
    seconds = local_seconds(dialect, column, edges)
    return seconds % DAY - seconds % HOUR


def offset_values(found: list[tuple[dt.datetime, int]]) -> dict[str, Any]:
    """The parameters of `local_seconds`."""
    edges = {f"edge_{number}": edge for number, (edge, _) in enumerate(found[:-1])}
    return edges | {f"offset_{number}": offset for number, (_, offset) in enumerate(found)}


def day_of(seconds: Any) -> dt.date:
    """The day that begins so many seconds after 1970 did."""
    return _FIRST_DAY + dt.timedelta(days=int(seconds) // DAY)


def every_day(period: Period, tz: str, known: list[dt.date]) -> list[dt.date]:
    """The days of a period in a zone, without a gap; where it has no bound, from or to the last known one."""
    zone = zone_of(tz)
    if period.since is None and not known:
        return []
    first = period.since.astimezone(zone).date() if period.since is not None else min(known)
    if period.until is not None:
        last = (period.until - dt.timedelta(microseconds=1)).astimezone(zone).date()
    else:
        last = max(known, default=first)
    return [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
