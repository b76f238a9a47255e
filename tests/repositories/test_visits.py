"""Visits, looks and downloads are counted: once within a window, however many calls come at once."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidValueError, NotFoundError

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)


@pytest.fixture
def analytics(repositories):
    return repositories.analytics


def test_a_visit_is_kept_with_what_is_known(analytics, album):
    assert analytics.record_album_view(
        album.id,
        "s1",
        at=NOON,
        viewer_ip="192.0.2.1",
        viewer_ua="Mozilla",
        viewer_referer="https://example.org/",
        device_type="mobile",
        browser="Firefox",
        os="Linux",
    )
    [view] = analytics.recent_views(album.id)
    assert (view.album_id, view.session_id, view.viewed_at) == (album.id, "s1", NOON)
    assert (view.viewer_ip, view.device_type, view.browser) == ("192.0.2.1", "mobile", "Firefox")
    assert view.viewer_country is None


def test_a_session_counts_once_within_the_window(analytics, album):
    times = [NOON + 7 * SECOND + offset for offset in (0 * MINUTE, 4 * MINUTE, 5 * MINUTE, 8 * MINUTE)]
    assert [analytics.record_album_view(album.id, "s1", at=at) for at in times] == [True, False, True, False]
    assert analytics.record_album_view(album.id, "s2", at=times[1])
    assert analytics.summary().views == 3


def test_the_window_slides_over_the_full_minutes(analytics, album):
    edge = NOON + 5 * MINUTE
    assert analytics.record_album_view(album.id, "s1", at=edge - SECOND)
    assert not analytics.record_album_view(album.id, "s1", at=edge + SECOND)
    assert analytics.record_album_view(album.id, "s1", at=edge + SECOND, window=SECOND)


def test_visits_without_a_session_all_count(analytics, album):
    assert [analytics.record_album_view(album.id, at=NOON) for _ in range(3)] == [True] * 3
    assert analytics.summary().views == 3
    assert analytics.summary().visitors == 0


def test_of_many_visits_at_once_one_counts(analytics, album, together, open_repositories):
    """pis.md 2.8: looking first and inserting then counted both."""
    calls = [lambda db: open_repositories(db).analytics.record_album_view(album.id, "s1", at=NOON)] * 6
    assert sorted(together(*calls)) == [False] * 5 + [True]
    assert analytics.summary().views == 1


def test_of_many_looks_at_once_one_counts(analytics, album, add, together, open_repositories):
    (photo,) = add(album)
    calls = [lambda db: open_repositories(db).analytics.record_photo_view(photo, "s1", at=NOON)] * 6
    assert sorted(together(*calls)) == [False] * 5 + [True]
    assert analytics.summary().photo_views == 1


def test_a_look_knows_the_photos_album(analytics, album, add, db):
    photo, other = add(album, 2)
    assert analytics.record_photo_view(photo, "s1", at=NOON, viewer_ip="192.0.2.1")
    assert not analytics.record_photo_view(photo, "s1", at=NOON + 59 * SECOND)
    assert analytics.record_photo_view(other, "s1", at=NOON)
    assert analytics.record_photo_view(photo, "s1", at=NOON + MINUTE)
    rows = db.find_many("photo_views", {"photo_id": photo}, order_by=["viewed_at"])
    assert [(row["album_id"], row["viewer_ip"]) for row in rows] == [
        (album.id, "192.0.2.1"),
        (album.id, None),
    ]


def test_what_is_not_live_has_no_visits(analytics, albums, photos, album, add):
    photo, dead = add(album, 2)
    photos.soft_delete(dead)
    for key in (dead, uuid4()):
        with pytest.raises(NotFoundError):
            analytics.record_photo_view(key, "s1")
    albums.soft_delete(album.id)
    for key in (album.id, uuid4()):
        with pytest.raises(NotFoundError):
            analytics.record_album_view(key, "s1")
    with pytest.raises(NotFoundError):
        analytics.record_photo_view(photo)
    assert (analytics.summary().views, analytics.summary().photo_views) == (0, 0)


def test_a_visit_that_is_counted_does_not_end_a_transaction(repositories, analytics, album):
    with repositories.transaction() as r:
        assert r.analytics.record_album_view(album.id, "s1", at=NOON)
        assert not r.analytics.record_album_view(album.id, "s1", at=NOON)
        assert not r.analytics.record_album_view(album.id, "s1", at=NOON - SECOND)
        assert r.analytics.record_album_view(album.id, "s2", at=NOON)
    assert analytics.summary().views == 2


def test_every_download_counts(analytics, album, add):
    (photo,) = add(album)
    made = [
        analytics.record_download("single", album_id=album.id, photo_id=photo, session_id="s1", at=NOON)
        for _ in range(2)
    ]
    assert made[0].id != made[1].id
    whole = analytics.record_download("all", album_id=album.id, file_count=40, total_size=1 << 40)
    assert (whole.download_type, whole.file_count, whole.total_size) == ("all", 40, 1 << 40)
    found = analytics.summary(album_id=album.id)
    assert (found.downloads, found.files, found.bytes) == (3, 42, 1 << 40)
    with pytest.raises(ForeignKeyViolationError):
        analytics.record_download("all", album_id=uuid4())


def test_bad_input_is_refused(analytics, album, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: analytics.record_album_view("x"),
        lambda: analytics.record_album_view(album.id, " "),
        lambda: analytics.record_album_view(album.id, "s" * 101),
        lambda: analytics.record_album_view(album.id, at=naive),
        lambda: analytics.record_album_view(album.id, viewer_ua="a\0"),
        lambda: analytics.record_album_view(album.id, colour="red"),
        lambda: analytics.record_album_view(album.id, window=0),
        lambda: analytics.record_album_view(album.id, window=dt.timedelta(days=2)),
        lambda: analytics.record_photo_view("x"),
        lambda: analytics.record_download("some"),
        lambda: analytics.record_download("all", file_count=0),
        lambda: analytics.record_download("all", total_size=-1),
    ):
        with refused(InvalidValueError):
            wrong()
