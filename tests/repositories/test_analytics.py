"""What visitors did, in sums: the same days and hours on every database, across changes of the clock."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.repositories import DayStats, Period
from pis_data.schema import uuid7

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
JUNE = dt.date(2026, 6, 1)


@pytest.fixture
def analytics(repositories):
    return repositories.analytics


@pytest.fixture
def visit(db):
    """Visits to an album at some moments, each of a session of its own unless told otherwise."""

    def visit(album, *moments, **columns):
        rows = [
            {"album_id": album.id, "session_id": str(uuid7()), "viewed_at": moment, **columns}
            for moment in moments
        ]
        db.insert("album_views", rows, returning=False)

    return visit


@pytest.fixture
def look(db):
    """Looks at a photo at some moments."""

    def look(album, photo, *moments):
        rows = [{"album_id": album.id, "photo_id": photo, "viewed_at": moment} for moment in moments]
        db.insert("photo_views", rows, returning=False)

    return look


# -- sums ----------------------------------------------------------------------------------------------


def test_a_period_is_summed_up(analytics, albums, album, visit, look, add):
    other = albums.create(title="Another day")
    (photo,) = add(album)
    visit(album, NOON, NOON + HOUR, session_id="s1", viewer_ip="192.0.2.1")
    visit(album, NOON + DAY, viewer_ip="192.0.2.1")
    visit(other, NOON, session_id="s1", viewer_ip="192.0.2.2")
    look(album, photo, NOON, NOON + DAY)
    analytics.record_download("single", album_id=album.id, photo_id=photo, total_size=5, at=NOON)
    analytics.record_download("all", album_id=other.id, file_count=3, total_size=7, at=NOON + DAY)

    every = analytics.summary()
    assert (every.views, every.visitors, every.addresses, every.photo_views) == (4, 2, 2, 2)
    assert (every.downloads, every.files, every.bytes) == (2, 4, 12)
    own = analytics.summary(album_id=album.id)
    assert (own.views, own.visitors, own.addresses, own.downloads, own.bytes) == (3, 2, 1, 1, 5)
    first = analytics.summary(Period(NOON, NOON + DAY), album.id)
    assert (first.views, first.visitors, first.photo_views) == (2, 1, 1)
    assert analytics.summary(Period(until=NOON)).views == 0
    assert analytics.summary(Period(since=NOON + DAY)).views == 1
    assert analytics.summary(Period.last(7, now=NOON + 8 * DAY)).views == 1
    nothing = analytics.summary(album_id=uuid4())
    assert (nothing.views, nothing.files, nothing.bytes) == (0, 0, 0)


def test_days_without_events_are_there_too(analytics, album, visit, look, add):
    (photo,) = add(album)
    visit(album, NOON, NOON + HOUR, session_id="s1")
    visit(album, NOON + 2 * DAY)
    look(album, photo, NOON + 2 * DAY)
    analytics.record_download("single", album_id=album.id, at=NOON)
    found = analytics.daily_trend(Period.of_days(JUNE, JUNE + 3 * DAY))
    assert found == [
        DayStats(day=JUNE, views=2, visitors=1, downloads=1),
        DayStats(day=JUNE + DAY),
        DayStats(day=JUNE + 2 * DAY, views=1, visitors=1, photo_views=1),
        DayStats(day=JUNE + 3 * DAY),
    ]
    assert analytics.daily_trend() == found[:3]
    assert analytics.daily_trend(album_id=uuid4()) == []
    assert analytics.daily_trend(Period.of_days(JUNE, JUNE), album.id) == found[:1]


# -- time zones ----------------------------------------------------------------------------------------

ZONES = {
    "Asia/Shanghai": (dt.date(2026, 5, 30), dt.date(2026, 6, 2)),
    "Europe/Berlin": (dt.date(2026, 3, 28), dt.date(2026, 3, 30)),  # 23 hours in the middle
    "Europe/Berlin in autumn": (dt.date(2026, 10, 24), dt.date(2026, 10, 26)),  # and 25
    "America/Santiago": (dt.date(2026, 9, 5), dt.date(2026, 9, 7)),  # the clock skips midnight
    "Asia/Kathmandu": (dt.date(2026, 1, 1), dt.date(2026, 1, 2)),  # 5:45 hours east
    "Australia/Lord_Howe": (dt.date(2026, 4, 4), dt.date(2026, 4, 6)),  # puts the clock by half an hour
}


@pytest.mark.parametrize("name", ZONES)
def test_days_and_hours_are_those_of_the_zone(analytics, album, visit, name):
    """A visit every twenty minutes, and on each side of every edge: Python's zones decide what is right."""
    tz, (first, last) = name.partition(" ")[0], ZONES[name]
    zone, period = ZoneInfo(tz), Period.of_days(first, last, tz)
    moments, moment = [], period.since - HOUR
    while moment < period.until + HOUR:
        moments += [moment, moment - dt.timedelta(microseconds=1)]
        moment += HOUR / 3
    visit(album, *moments)

    within = [each.astimezone(zone) for each in moments if period.since <= each < period.until]
    days = {day.day: day.views for day in analytics.daily_trend(period, tz=tz)}
    wanted = [first + number * DAY for number in range((last - first).days + 1)]
    assert days == {day: sum(each.date() == day for each in within) for day in wanted}
    hours = analytics.hourly(period, tz=tz)
    assert hours == [sum(each.hour == hour for each in within) for hour in range(24)]

    everything = [each.astimezone(zone) for each in moments]
    unbounded = analytics.daily_trend(album_id=album.id, tz=tz)
    assert {day.day: day.views for day in unbounded} == {
        day: sum(each.date() == day for each in everything) for day in {each.date() for each in everything}
    }


def test_an_event_belongs_to_another_day_elsewhere(analytics, album, visit):
    visit(album, dt.datetime(2026, 6, 1, 15, 59, 59, 999_999, tzinfo=dt.UTC))
    visit(album, dt.datetime(2026, 6, 1, 16, tzinfo=dt.UTC))
    assert [day.views for day in analytics.daily_trend()] == [2]
    assert [(day.day.day, day.views) for day in analytics.daily_trend(tz="Asia/Shanghai")] == [(1, 1), (2, 1)]
    assert analytics.hourly(tz="Asia/Shanghai")[0] == analytics.hourly(tz="Asia/Shanghai")[23] == 1


# -- what they came with -------------------------------------------------------------------------------


def test_what_visitors_came_with(analytics, albums, album, visit):
    other = albums.create(title="Another day")
    for device, browser in [("mobile", "WeChat"), ("mobile", "Safari"), ("desktop", "Safari"), (None, None)]:
        visit(album, NOON, device_type=device, browser=browser)
    visit(other, NOON, device_type="desktop", browser="Chrome")
    assert [(each.name, each.count) for each in analytics.devices()] == [
        ("desktop", 2),
        ("mobile", 2),
        (None, 1),
    ]
    assert [(each.name, each.count) for each in analytics.browsers(album_id=album.id)] == [
        ("Safari", 2),
        (None, 1),
        ("WeChat", 1),
    ]
    assert [each.name for each in analytics.browsers(limit=1)] == ["Safari"]
    assert analytics.devices(Period(until=NOON)) == []


def test_where_visits_came_from(analytics, album, visit):
    came = {
        "direct": [None, ""],
        "wechat": ["https://mp.weixin.qq.com/s/x", "https://weixin.qq.com/"],
        "weibo": ["https://weibo.com/u/1", "http://m.weibo.cn/x", "https://t.cn/abc"],
        "google": ["https://www.google.com/", "https://google.co.uk/search?q=weibo.com"],
        "baidu": ["https://www.baidu.com/link?url=x"],
        "other": ["https://example.org/", "https://notgoogle.org/", "https://xt.cn/", "android-app://x"],
    }
    for referers in came.values():
        for referer in referers:
            visit(album, NOON, viewer_referer=referer)
    found = analytics.referers()
    assert {str(kind): number for kind, number in found.items()} == {
        kind: len(referers) for kind, referers in came.items()
    }
    assert set(analytics.referers(album_id=uuid4()).values()) == {0}


# -- the most visited ----------------------------------------------------------------------------------


def test_the_most_visited_albums(analytics, albums, album, visit):
    other, gone = albums.create(title="Another day"), albums.create(title="Gone")
    visit(album, NOON, NOON + HOUR, session_id="s1")
    visit(other, NOON, NOON, NOON)
    visit(gone, *[NOON] * 5)
    albums.soft_delete(gone.id)
    found = analytics.top_albums()
    assert [(each.title, each.slug, each.views, each.visitors) for each in found] == [
        (other.title, other.slug, 3, 3),
        (album.title, album.slug, 2, 1),
    ]
    assert [each.album_id for each in analytics.top_albums(limit=1)] == [other.id]
    assert analytics.top_albums(Period(until=NOON)) == []


def test_the_most_looked_at_photos(analytics, albums, photos, album, add, look):
    """pis.md 9.3: the list was always empty, since it asked for photos.thumbnail_url."""
    other = albums.create(title="Another day")
    first, second, dead = add(album, 3, thumb_key="processed/thumbs/x.jpg")
    (third,) = add(other)
    look(album, first, NOON)
    look(album, second, NOON, NOON)
    look(album, dead, *[NOON] * 4)
    look(other, third, *[NOON] * 3)
    photos.soft_delete(dead)
    found = analytics.top_photos()
    assert [(each.photo_id, each.views) for each in found] == [(third, 3), (second, 2), (first, 1)]
    assert [each.thumb_key for each in found] == [None, "processed/thumbs/x.jpg", "processed/thumbs/x.jpg"]
    assert [each.photo_id for each in analytics.top_photos(album_id=album.id)] == [second, first]
    assert [each.photo_id for each in analytics.top_photos(limit=1)] == [third]
    albums.soft_delete(other.id)
    assert [each.photo_id for each in analytics.top_photos()] == [second, first]


def test_equals_have_an_order(analytics, albums, visit):
    made = [albums.create(title=str(number)) for number in range(4)]
    for album in made:
        visit(album, NOON)
    found = [each.album_id for each in analytics.top_albums()]
    assert found == sorted((album.id for album in made), reverse=True)


def test_the_last_visits_have_pages(analytics, albums, album, visit):
    other = albums.create(title="Another day")
    visit(album, *[NOON + number * HOUR for number in range(5)])
    visit(other, NOON + DAY)
    page = analytics.recent_views(album.id, limit=3)
    rest = analytics.recent_views(album.id, limit=3, after=page.next)
    assert [each.viewed_at for each in (*page, *rest)] == [
        NOON + number * HOUR for number in range(4, -1, -1)
    ]
    assert rest.next is None
    assert analytics.recent_views(limit=1).items[0].album_id == other.id
    with pytest.raises(InvalidFilterError):
        analytics.recent_views(limit=3, after=page.next)


# -- daily sums ----------------------------------------------------------------------------------------


def test_a_day_is_rolled_up(analytics, albums, album, visit, look, add, db):
    """pis.md 9.3: nothing ever wrote daily_stats."""
    other = albums.create(title="Another day")
    (photo,) = add(album)
    visit(album, NOON, NOON + HOUR, session_id="s1")
    visit(other, NOON, session_id="s1")
    visit(album, NOON + DAY)
    look(album, photo, NOON)
    analytics.record_download("single", album_id=other.id, at=NOON)
    analytics.record_download("all", at=NOON)  # of an album that is gone

    def numbers(*args):
        return [
            (row.stat_date, row.view_count, row.unique_visitors, row.photo_view_count, row.download_count)
            for row in analytics.rolled_up(*args)
        ]

    for _ in range(2):  # it writes the same rows anew
        assert analytics.rollup_day(JUNE) == 3
        assert numbers(JUNE, JUNE + DAY) == [(JUNE, 3, 1, 1, 2)]
        assert numbers(JUNE, JUNE, album.id) == [(JUNE, 2, 1, 1, 0)]
        assert numbers(JUNE, JUNE, other.id) == [(JUNE, 1, 1, 0, 1)]
        assert db.count("daily_stats") == 3
    visit(album, NOON)
    assert analytics.rollup_day(JUNE) == 3
    assert numbers(JUNE, JUNE, album.id) == [(JUNE, 3, 2, 1, 0)]
    assert analytics.rollup_day(JUNE + DAY) == 2
    assert numbers(JUNE, JUNE + DAY) == [(JUNE, 4, 2, 1, 2), (JUNE + DAY, 1, 1, 0, 0)]


def test_a_day_is_one_of_a_zone(analytics, album, visit):
    visit(album, dt.datetime(2026, 6, 1, 17, tzinfo=dt.UTC))
    assert analytics.rollup_day(JUNE, tz="Asia/Shanghai") == 0
    assert analytics.rollup_day(JUNE + DAY, tz="Asia/Shanghai") == 2
    assert [row.stat_date for row in analytics.rolled_up(JUNE, JUNE + DAY)] == [JUNE + DAY]


def test_a_day_of_many_at_once_is_written_once(analytics, album, visit, db, together, open_repositories):
    """pis.md 1.6: the unique key lets several rows of the whole site in, whose album is NULL."""
    visit(album, NOON)
    outcomes = together(*[lambda db: open_repositories(db).analytics.rollup_day(JUNE)] * 4)
    assert outcomes == [2] * 4
    assert db.count("daily_stats") == 2


def test_what_was_summed_up_outlives_its_events(analytics, album, visit, look, add, count_statements):
    (photo,) = add(album)
    visit(album, *[NOON] * 5, NOON + DAY)
    look(album, photo, NOON, NOON + DAY)
    analytics.record_download("all", album_id=album.id, at=NOON)
    analytics.record_download("all", album_id=album.id, at=NOON + DAY)
    analytics.rollup_day(JUNE)
    assert count_statements(analytics.purge_events, NOON + DAY, batch=2) == 5
    assert analytics.purge_events(NOON + DAY) == 0
    found = analytics.summary()
    assert (found.views, found.photo_views, found.downloads) == (1, 1, 1)
    assert analytics.rollup_day(JUNE) == 0
    assert [row.view_count for row in analytics.rolled_up(JUNE, JUNE)] == [5]


def test_bytes_are_summed_beyond_64_bits(analytics):
    for _ in range(3):
        analytics.record_download("all", total_size=2**63 - 1, at=NOON)
    analytics.record_download("all", at=NOON)
    assert analytics.summary().bytes == 3 * (2**63 - 1)


# -- bad input -----------------------------------------------------------------------------------------


def test_bad_input_is_refused(analytics, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: Period(naive),
        lambda: Period(NOON + DAY, NOON),
        lambda: Period.last(0),
        lambda: Period.last(True),
        lambda: Period.of_days(NOON, JUNE),
        lambda: Period.of_days(JUNE, JUNE, "Mars/Olympus"),
        lambda: analytics.summary("7d"),
        lambda: analytics.summary(album_id="'; DROP TABLE albums; --"),
        lambda: analytics.daily_trend(tz="Mars/Olympus"),
        lambda: analytics.daily_trend(tz="../../etc/passwd"),
        lambda: analytics.hourly(tz=""),
        lambda: analytics.rollup_day(NOON),
        lambda: analytics.rolled_up(JUNE, None),
        lambda: analytics.purge_events(naive),
    ):
        with refused(InvalidValueError):
            wrong()
    for wrong in (
        lambda: analytics.browsers(limit=0),
        lambda: analytics.top_albums(limit=0),
        lambda: analytics.top_photos(limit=1001),
        lambda: analytics.recent_views(after="x"),
        lambda: analytics.purge_events(NOON, batch=0),
    ):
        with refused(InvalidFilterError):
            wrong()
