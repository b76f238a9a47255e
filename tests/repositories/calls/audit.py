"""Calls of the audit log."""

from __future__ import annotations

from . import LATER, NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, user = scene.r.audit, scene.user()
    entry = {"action": "update", "resource_type": "album", "resource_id": "7", "user_id": user.id}
    ids = [r.record(entry).id for _ in range(scene.many)]
    scene.db.update("audit_logs", {"id": ids}, {"created_at": NOON})

    yield "record", lambda: r.record(entry)
    yield "list", lambda: r.list()
    yield (
        "list, filtered and counted",
        lambda: r.list(**entry, status="success", since=NOON, until=LATER, search="x", total=True),
    )
    after = r.list(limit=2).next
    yield "list, a later page", lambda: r.list(limit=2, after=after)
    yield "export", lambda: list(r.export(action="update"))
    yield "stats", lambda: r.stats(now=LATER)
    yield "purge", lambda: r.purge(LATER)
