"""Calls of settings."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, keys = scene.r.settings, [scene.name("key") for _ in range(scene.many)]

    yield "get", lambda: r.get("brand_name")
    yield "get_many", lambda: r.get_many(["brand_name", "site_title"])
    yield "all_grouped", lambda: r.all_grouped()
    yield "public", lambda: r.public()
    yield "set", lambda: r.set("polling_interval", 4000)
    yield "set_many", lambda: r.set_many(dict.fromkeys(keys, 1))
