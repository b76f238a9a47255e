"""Calls of invitations."""

from __future__ import annotations

from . import NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album, host, guest = scene.r.invites, scene.album(), scene.user(), scene.user()
    made = [r.create_link(album.id, host.id) for _ in range(scene.many)]
    for _ in range(scene.many):
        r.create_link(album.id, host.id, expires_at=NOON)
    own = r.create_link(album.id, host.id, email=host.email)

    yield "create_link", lambda: r.create_link(album.id, host.id)
    yield "redeem", lambda: r.redeem(made[0].invite_code, guest.id)
    yield "redeem, of one address", lambda: r.redeem(own.invite_code, host.id)
    yield "cancel", lambda: r.cancel(made[1].id)
    yield "expire_old", lambda: r.expire_old()
    yield "list_for_album", lambda: r.list_for_album(album.id)
    yield (
        "list_for_album, filtered and counted",
        lambda: r.list_for_album(album.id, status="pending", total=True),
    )
    after = r.list_for_album(album.id, limit=2).next
    yield "list_for_album, a later page", lambda: r.list_for_album(album.id, limit=2, after=after)
