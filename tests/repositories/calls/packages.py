"""Calls of packages."""

from __future__ import annotations

import datetime as dt

from . import LATER, NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.packages, scene.album()
    photos = scene.photos(album, is_selected=True)

    yield "create", lambda: r.create(album.id, photos)
    yield "create, of all", lambda: r.create(album.id)
    yield "create, of the picked ones", lambda: r.create(album.id, selected=True)
    waiting = [r.create(album.id, photos) for _ in range(max(scene.many, 4))]
    package = waiting[0]
    yield "get", lambda: r.get(package.id, album.id)
    yield "get_public_view", lambda: r.get_public_view(package.id, album.id)
    yield "photos", lambda: r.photos(package)
    yield "zip_key", lambda: r.zip_key(package)
    yield "claim", lambda: r.claim(waiting[0].id)
    yield (
        "claim, a stuck or failed one",
        lambda: r.claim(waiting[0].id, lease=dt.timedelta(0), retry_failed=True),
    )
    claims = [r.claim(each.id, lease=dt.timedelta(0)) for each in waiting]
    yield "renew_lease", lambda: r.renew_lease(claims[0])
    yield "complete", lambda: r.complete(claims[1], file_size=1, expires_at=NOON)
    yield "fail", lambda: r.fail(claims[2])
    yield "release", lambda: r.release(claims[3])
    yield "list_stuck", lambda: r.list_stuck(LATER)
    yield "list_expired", lambda: r.list_expired(LATER)
    yield "delete", lambda: r.delete([each.id for each in waiting])
