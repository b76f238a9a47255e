"""Calls of collaborators."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, album, user = scene.r.collaborators, scene.album(), scene.user()
    others = [scene.user() for _ in range(scene.many)]
    for each in others:
        r.invite_user(album.id, each.id)

    yield "invite_user", lambda: r.invite_user(album.id, user.id)
    yield "invite_user, on other terms", lambda: r.invite_user(album.id, user.id, "viewer")
    yield "accept", lambda: r.accept(album.id, user.id)
    yield "rights", lambda: r.rights(album.id, user.id)
    yield "list_for_album", lambda: r.list_for_album(album.id)
    yield (
        "list_for_album, filtered and counted",
        lambda: r.list_for_album(album.id, status="pending", total=True),
    )
    after = r.list_for_album(album.id, limit=2).next
    yield "list_for_album, a later page", lambda: r.list_for_album(album.id, limit=2, after=after)
    yield "list_for_user", lambda: r.list_for_user(user.id)
    yield "reject", lambda: r.reject(album.id, others[0].id)
    yield "remove", lambda: r.remove(album.id, user.id)
