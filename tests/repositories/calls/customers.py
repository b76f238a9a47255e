"""Calls of customers."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.customers, scene.album()
    made = [r.create(name=scene.name("customer"), tags=["vip"]) for _ in range(scene.many)]
    ids = [each.id for each in made]
    for key in ids:
        r.link_album(key, album.id)
    r.create(name="first", phone="1")  # the row that makes them take turns is made once, and stays

    yield "get", lambda: r.get(ids[0])
    yield "get_with_albums", lambda: r.get_with_albums(ids[0])
    yield "find_by_phone", lambda: r.find_by_phone("1")
    yield "list", lambda: r.list()
    yield "list, filtered and counted", lambda: r.list(search="x", status="active", tag="vip", total=True)
    after = r.list(limit=2, sort="name_asc").next
    yield "list, a later page by name", lambda: r.list(limit=2, sort="name_asc", after=after)
    yield "customers_of_album", lambda: r.customers_of_album(album.id)
    yield "album_counts", lambda: r.album_counts(ids)
    yield "create", lambda: r.create(name="new")
    yield "create, with a phone number", lambda: r.create(name="new", phone="2")
    yield "update", lambda: r.update(ids[0], notes="x")
    yield "update, the phone number", lambda: r.update(ids[0], phone="3")
    yield "unlink_album", lambda: r.unlink_album(ids[0], album.id)
    yield "link_album", lambda: r.link_album(ids[0], album.id)
    yield "soft_delete", lambda: r.soft_delete(ids[0])
