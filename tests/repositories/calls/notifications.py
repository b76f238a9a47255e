"""Calls of notifications."""

from __future__ import annotations

from . import LATER, NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album = scene.r.notifications, scene.album()
    customer = scene.r.customers.create(name=scene.name("customer"))
    scene.r.customers.link_album(customer.id, album.id)
    made = [
        r.create_pending("custom", "a@example.org", customer_id=customer.id, album_id=album.id)
        for _ in range(scene.many)
    ]

    yield "create_pending", lambda: r.create_pending("custom", "a@example.org", customer_id=customer.id)
    yield "get", lambda: r.get(made[0].id)
    yield "mark_failed", lambda: r.mark_failed(made[0].id, "x")
    yield "mark_sent", lambda: r.mark_sent(made[0].id)
    yield "list", lambda: r.list()
    yield (
        "list, filtered and counted",
        lambda: r.list(
            status="pending",
            kind="custom",
            channel="email",
            customer_id=customer.id,
            album_id=album.id,
            since=NOON,
            until=LATER,
            total=True,
        ),
    )
    after = r.list(limit=2).next
    yield "list, a later page", lambda: r.list(limit=2, after=after)
    yield "touch_notified", lambda: r.touch_notified(customer.id, album.id)
