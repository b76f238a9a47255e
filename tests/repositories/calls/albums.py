"""Calls of albums."""

from __future__ import annotations

from . import LATER, NOON, Calls, Scene


def calls(scene: Scene) -> Calls:
    r, many = scene.r.albums, scene.many
    made = [scene.album(upload_token="12345678") for _ in range(many)]
    album, ids = made[0], [each.id for each in made]
    photos = scene.photos(album, captured_at=NOON)
    for each in made[1:]:
        scene.photos(each)

    yield "get", lambda: r.get(album.id)
    yield "get_by_slug", lambda: r.get_by_slug(album.slug)
    yield "get_public_view", lambda: r.get_public_view(album.slug)
    yield "list_admin", lambda: r.list_admin()
    yield "list_admin, filtered and counted", lambda: r.list_admin(is_public=True, total=True)
    yield "list_admin, the trash", lambda: r.list_admin(trash=True)
    after = r.list_admin(limit=2).next
    yield "list_admin, a later page", lambda: r.list_admin(limit=2, after=after)
    yield "list_public", lambda: r.list_public()
    yield "covers", lambda: r.covers(ids)
    yield "processing_config", lambda: r.processing_config(album.id)
    yield "localized", lambda: r.localized(album, "en")
    yield "check_password", lambda: r.check_password(album.id, "x")
    yield "authenticate_upload", lambda: r.authenticate_upload(album.slug, "12345678")

    yield "create", lambda: r.create(title="a")
    yield "update", lambda: r.update(album.id, title="b")
    yield "batch_update", lambda: r.batch_update(ids, layout="grid")
    yield "duplicate", lambda: r.duplicate(album.id)
    yield "set_cover", lambda: r.set_cover(album.id, photos[0])
    yield "refresh_cover", lambda: r.refresh_cover(album.id)
    yield "increment_views", lambda: r.increment_views(album.id)
    yield "recount_photos", lambda: r.recount_photos(album.id)
    yield "recount_selected", lambda: r.recount_selected(album.id)
    yield "recount_all", lambda: r.recount_all()
    yield "rotate_upload_token", lambda: r.rotate_upload_token(album.id)
    yield "soft_delete", lambda: r.soft_delete(ids)
    yield "restore", lambda: r.restore(ids)

    empty = [scene.album().id for _ in range(many)]
    scene.db.update("albums", {"id": empty}, {"deleted_at": NOON})
    yield "purge_deleted", lambda: r.purge_deleted(LATER)
