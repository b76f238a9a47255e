"""Calls of groups."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.groups, scene.album()
    photos = scene.photos(album)
    groups = [r.create(album.id, scene.name("group")) for _ in range(scene.many)]
    for each in groups:
        r.assign(each.id, photos)
    group = groups[0]

    yield "list_with_counts", lambda: r.list_with_counts(album.id)
    yield "list_with_counts, for visitors", lambda: r.list_with_counts(album.id, public=True)
    yield "get", lambda: r.get(group.id)
    yield "photo_ids", lambda: r.photo_ids(group.id)
    yield "groups_of_photos", lambda: r.groups_of_photos(photos)
    yield "create", lambda: r.create(album.id, "new")
    yield "update", lambda: r.update(group.id, description="x")
    yield "update, its name", lambda: r.update(group.id, name="renamed")
    yield "reorder", lambda: r.reorder(album.id, [each.id for each in groups[::-1]])
    yield "remove", lambda: r.remove(group.id, photos)
    yield "assign", lambda: r.assign(group.id, photos)
    yield "delete", lambda: r.delete(group.id)
