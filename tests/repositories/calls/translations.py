"""Calls of translations."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r = scene.r.translations
    many = [
        {"locale": "en", "namespace": "album", "key": scene.name("key"), "value": "x"}
        for _ in range(scene.many)
    ]
    r.upsert("en", "album", "first", "x")
    yield "upsert_many", lambda: r.upsert_many(many)
    yield "upsert_many, which are there", lambda: r.upsert_many([{**each, "value": "y"} for each in many])
    yield "upsert", lambda: r.upsert("en", "album", "new", "x")
    yield "upsert, which is there", lambda: r.upsert("en", "album", "new", "y", is_active=False)
    yield "list", lambda: r.list()
    yield "list, filtered and counted", lambda: r.list(locale="en", namespace="album", total=True)
    after = r.list(limit=2).next
    yield "list, a later page", lambda: r.list(limit=2, after=after)
    yield "export", lambda: r.export("en")
    made = r.upsert("en", "album", "gone", "x")
    yield "delete", lambda: r.delete(made.id)
