"""Calls of photos."""

from __future__ import annotations

import datetime as dt

from pis_data.schema import PhotoStatus

from . import LATER, NOON, Calls, Scene

AT_ONCE = dt.timedelta(0)


def calls(scene: Scene) -> Calls:
    yield from making(scene)
    yield from finding(scene)
    yield from changing(scene)
    yield from working(scene)
    yield from retouching(scene)
    yield from deleting(scene)


def making(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    new = [{"filename": f"{number}", "original_key": f"{number}"} for number in range(scene.many)]
    yield "create_pending", lambda: r.create_pending(album.id, filename="a", original_key="a")
    yield "create_many_pending", lambda: r.create_many_pending(album.id, new)


def finding(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    photos = scene.photos(album, captured_at=NOON, file_size=1, is_selected=True)
    group = scene.r.groups.create(album.id, "group")
    scene.r.groups.assign(group.id, photos)

    yield "get", lambda: r.get(photos[0])
    yield "get_download", lambda: r.get_download(photos[0])
    yield "find_duplicate", lambda: r.find_duplicate(album.id, content_hash="x")
    yield "find_duplicate, by name", lambda: r.find_duplicate(album.id, filename="x", file_size=1)
    yield "page", lambda: r.page(album.id)
    yield "page, by a sort", lambda: r.page(album.id, sort="manual", status="completed")
    after = r.page(album.id, limit=1).next
    yield "page, a later one", lambda: r.page(album.id, limit=1, after=after)
    yield "list_public", lambda: r.list_public(album.id)
    yield "list_public, of a group", lambda: r.list_public(album.id, group_id=group.id, ids=photos)
    yield "list_admin", lambda: r.list_admin(album.id)
    yield "list_admin, filtered and counted", lambda: r.list_admin(album.id, selected=True, total=True)
    yield "changes_since", lambda: r.changes_since(album.id)
    cursor = r.changes_since(album.id, limit=2, settle=AT_ONCE).cursor
    yield "changes_since, a later page", lambda: r.changes_since(album.id, cursor, limit=2)
    yield "list_selected", lambda: r.list_selected(album.id)
    yield "keys_for_album", lambda: r.keys_for_album(album.id)
    yield "iter_keys", lambda: list(r.iter_keys())
    yield "exists_by_key", lambda: r.exists_by_key([f"{number}" for number in range(scene.many)])
    yield "count_by_status", lambda: r.count_by_status(album.id)
    yield "status_counts", lambda: r.status_counts()
    yield "storage_bytes", lambda: r.storage_bytes()
    yield "storage_bytes, of an album", lambda: r.storage_bytes(album.id)

    # Rows with a time and rows without one are two stretches of an index: only the page on which the
    # second begins asks for both.
    scene.photos(album, 1, captured_at=None)
    last = r.page(album.id, limit=scene.many - 1).next
    yield "page, where NULLs begin", lambda: r.page(album.id, limit=2, after=last)
    # An album's own rule comes with its rows, and is guessed: a wrong guess costs a second statement, once.
    scene.r.albums.update(album.id, sort_rule="manual")
    yield "page, of an album with another rule", lambda: r.page(album.id, limit=2)
    other = r.page(album.id, limit=2).next
    yield "page, the next one of it", lambda: r.page(album.id, limit=2, after=other)


def changing(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    photos = scene.photos(album)
    yield "reorder", lambda: r.reorder(album.id, photos[::-1])
    yield "set_rotation", lambda: r.set_rotation(photos[0], 90)
    yield "set_selected", lambda: r.set_selected(photos[1], True)


def working(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    stuck = scene.photos(album, status="processing")
    yield "list_stuck", lambda: r.list_stuck(older_than=AT_ONCE)
    yield "claim_stuck", lambda: r.claim_stuck(scene.many, lease=AT_ONCE)
    scene.photos(album, status="pending")
    yield "list_pending", lambda: r.list_pending()
    yield "claim_pending", lambda: r.claim_pending(scene.many, album_id=album.id)
    yield "requeue", lambda: r.requeue(stuck, from_status=[PhotoStatus.PROCESSING])
    claims = [r.claim_for_processing(key, lease=AT_ONCE) for key in scene.photos(album, 3, status="pending")]
    yield "renew_lease", lambda: r.renew_lease(claims[0])
    yield "complete", lambda: r.complete(claims[1], width=1)
    yield "fail", lambda: r.fail(claims[2])
    waiting = scene.photos(album, 1, status="pending")[0]
    yield "claim_for_processing", lambda: claims.append(r.claim_for_processing(waiting))
    yield "release", lambda: r.release(claims[-1])


def retouching(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    user, photo = scene.user(role="retoucher"), scene.photos(album, status="pending_retouch")[0]
    yield "list_retouch_tasks", lambda: r.list_retouch_tasks()
    yield "claim_retouch", lambda: r.claim_retouch(photo, user.id)
    yield "claim_retouch, of one's own", lambda: r.claim_retouch(photo, user.id)
    yield "release_retouch", lambda: r.release_retouch(photo)
    r.claim_retouch(photo, user.id)
    yield "replace_original", lambda: r.replace_original(photo, "retouched/x", retoucher_id=user.id)


def deleting(scene: Scene) -> Calls:
    r, album = scene.r.photos, scene.album()
    photos = scene.photos(album)
    yield "soft_delete", lambda: r.soft_delete(photos)
    yield "list_trash", lambda: r.list_trash(album.id)
    yield "list_trash, of all, counted", lambda: r.list_trash(total=True)
    yield "restore", lambda: r.restore(photos)
    scene.r.albums.set_cover(album.id, photos[0])
    yield "soft_delete, a cover among them", lambda: r.soft_delete(photos)
    scene.db.update("photos", {"id": photos}, {"deleted_at": NOON})
    yield "purge_trash", lambda: r.purge_trash(LATER, limit=scene.many + 1)  # and those of deleted albums
    yield "permanent_delete", lambda: r.permanent_delete(photos)
