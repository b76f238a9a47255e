"""Calls of album templates."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r = scene.r.templates
    made = [r.create(name=scene.name("template")) for _ in range(scene.many)]
    ids = [each.id for each in made]

    yield "get", lambda: r.get(ids[0])
    yield "list", lambda: r.list()
    yield "list, filtered and counted", lambda: r.list(is_public=True, total=True)
    after = r.list(limit=2).next
    yield "list, a later page", lambda: r.list(limit=2, after=after)
    yield "export", lambda: r.export()
    yield "export, some", lambda: r.export(ids)
    exported = r.export(ids)
    yield "import_many", lambda: r.import_many(exported)
    yield "create", lambda: r.create(name="new", layout="grid")
    yield "update", lambda: r.update(ids[0], layout="grid")
    yield "delete", lambda: r.delete(ids[0])
