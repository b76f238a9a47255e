"""A time zone's offsets, as a statement is told them, are those of Python's zones at every moment."""

from __future__ import annotations

import datetime as dt
import random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from pis_data.queries.moments import Period, every_day, offsets

FIRST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
#: with two changes in a month, of half an hour, of a whole day, of a quarter, with none, and back at midnight
PECULIAR = [
    *("Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Asia/Shanghai"),
    *("America/Sao_Paulo", "Africa/Monrovia", "Antarctica/Troll", "Europe/Berlin", "UTC"),
]
SOME = random.Random(7).sample(sorted(available_timezones()), 30)


def offset_at(found: list[tuple[dt.datetime, int]], moment: dt.datetime) -> int:
    """What the CASE of a statement gives."""
    return next((offset for edge, offset in found[:-1] if moment >= edge), found[-1][1])


@pytest.mark.parametrize("tz", dict.fromkeys([*PECULIAR, *SOME]))
def test_offsets_are_those_of_the_zone(tz: str) -> None:
    rng, zone = random.Random(tz), ZoneInfo(tz)
    found = offsets(tz, Period(until=dt.datetime(2038, 1, 1, tzinfo=dt.UTC)))
    moments = [FIRST + dt.timedelta(seconds=rng.randrange(68 * 365 * 86_400)) for _ in range(300)]
    for edge, _ in found[:-1]:
        moments += [edge, edge - dt.timedelta(microseconds=1)]
    for moment in moments:
        local = moment.astimezone(zone).utcoffset()
        assert local is not None
        assert offset_at(found, moment) == round(local.total_seconds()), moment


def test_a_period_tells_only_its_own_changes() -> None:
    period = Period.of_days(dt.date(2026, 6, 1), dt.date(2026, 12, 1), "Europe/Berlin")
    assert [offset for _, offset in offsets("Europe/Berlin", period)] == [3600, 7200]
    assert len(offsets("Asia/Shanghai", period)) == 1
    assert len(offsets("Europe/Berlin", Period())) < 120


def test_days_begin_and_end_where_the_zones_do() -> None:
    day = dt.date(2026, 3, 29)
    period = Period.of_days(day, day, "Europe/Berlin")
    assert period.since is not None
    assert period.until is not None
    assert period.until - period.since == dt.timedelta(hours=23)
    assert every_day(period, "Europe/Berlin", []) == [day]
    assert every_day(period, "UTC", []) == [day - dt.timedelta(days=1), day]
    assert every_day(Period(), "UTC", []) == []
    assert len(every_day(Period(since=period.since), "UTC", [])) == 1
