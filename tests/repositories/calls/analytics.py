"""Calls of analytics."""

from __future__ import annotations

from pis_data.repositories import Period

from . import LATER, NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.analytics, scene.album()
    photos = scene.photos(album)
    for photo in photos:
        for session in range(3):
            r.record_album_view(album.id, f"{photo}{session}", at=NOON)
            r.record_photo_view(photo, f"{session}", at=NOON)
        r.record_download("single", album_id=album.id, photo_id=photo, at=NOON)
    day, berlin = Period(NOON, LATER), {"tz": "Europe/Berlin"}

    yield "record_album_view", lambda: r.record_album_view(album.id, "new", browser="x", at=NOON)
    yield "record_album_view, again", lambda: r.record_album_view(album.id, "new", browser="x", at=NOON)
    yield "record_album_view, without a session", lambda: r.record_album_view(album.id, at=NOON)
    yield "record_photo_view", lambda: r.record_photo_view(photos[0], "new", at=NOON)
    yield "record_photo_view, again", lambda: r.record_photo_view(photos[0], "new", at=NOON)
    yield "record_download", lambda: r.record_download("all", album_id=album.id, at=NOON)
    yield "summary", lambda: r.summary()
    yield "summary, of an album and a day", lambda: r.summary(day, album.id)
    yield "daily_trend", lambda: r.daily_trend(day, **berlin)
    yield (
        "daily_trend, across two changes of the clock",
        lambda: r.daily_trend(
            Period.of_days(*[NOON.date().replace(month=month) for month in (1, 12)]), **berlin
        ),
    )
    yield "hourly", lambda: r.hourly(day, album.id, **berlin)
    yield "devices", lambda: r.devices(day)
    yield "browsers", lambda: r.browsers(album_id=album.id)
    yield "referers", lambda: r.referers(day)
    yield "top_albums", lambda: r.top_albums(day)
    yield "top_photos", lambda: r.top_photos(day, album.id)
    yield "recent_views", lambda: r.recent_views()
    after = r.recent_views(album.id, limit=2).next
    yield "recent_views, a later page of an album", lambda: r.recent_views(album.id, limit=2, after=after)
    yield "rollup_day", lambda: r.rollup_day(NOON.date())
    yield "rollup_day, again", lambda: r.rollup_day(NOON.date())
    yield "rolled_up", lambda: r.rolled_up(NOON.date(), LATER.date())
    yield "rolled_up, of an album", lambda: r.rolled_up(NOON.date(), LATER.date(), album.id)
    yield "purge_events", lambda: r.purge_events(LATER)
