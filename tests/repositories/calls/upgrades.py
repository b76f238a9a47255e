"""Calls of upgrades."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, user = scene.r.upgrades, scene.user()
    made = [r.start("1.0", "1.1", executed_by=user.id) for _ in range(scene.many)]

    yield "start", lambda: r.start("1.0", "1.1", executed_by=user.id)
    yield "finish", lambda: r.finish(made[0].id, "failed", error="no space left")
    yield "get", lambda: r.get(made[0].id)
    yield "list", lambda: r.list()
    yield "list, filtered and counted", lambda: r.list(status="running", total=True)
    after = r.list(limit=2).next
    yield "list, a later page", lambda: r.list(limit=2, after=after)
