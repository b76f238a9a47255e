"""Photos on their way out: counters, covers, and that objects never lose their rows first."""

from __future__ import annotations

import datetime as dt
import threading
import time
from uuid import uuid4

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError, TransactionError
from pis_data.filters import not_null

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def test_deleted_photos_are_gone_from_sight_and_count(photos, albums, album, add):
    ids = add(album, 3)
    assert photos.soft_delete(reversed(ids[:2])) == ids[:2]
    assert photos.get(ids[0]) is None
    assert photos.get(ids[0], live=False).deleted_at is not None
    assert albums.get(album.id).photo_count == 1
    assert photos.soft_delete(ids[:2]) == []
    assert photos.restore([*ids, uuid4()]) == ids[:2]
    assert albums.get(album.id).photo_count == 3
    assert photos.get(ids[0]).deleted_at is None


def test_selected_photos_count_while_they_live(photos, albums, album, add):
    ids = add(album, 2, is_selected=True)
    photos.soft_delete(ids[0])
    assert albums.get(album.id).selected_count == 1
    photos.restore(ids[0])
    assert albums.get(album.id).selected_count == 2


def test_an_album_guards_its_photos(photos, albums, album, add):
    (key,) = add(album)
    other = albums.create(title="other")
    assert photos.soft_delete(key, album_id=other.id) == []
    assert photos.soft_delete(key, album_id=album.id) == [key]
    assert photos.permanent_delete(key, album_id=other.id) == []
    assert photos.restore(key, album_id=other.id) == []


def test_ids_are_ids(photos, album, refused):
    for call in (photos.soft_delete, photos.restore, photos.permanent_delete, photos.requeue):
        for wrong in (["nonsense"], [7], {"id": 1}, None, b"x" * 16):
            with refused(InvalidValueError):
                call(wrong)
    assert photos.soft_delete([]) == []
    assert photos.soft_delete([str(uuid4())]) == []


# -- the trash -----------------------------------------------------------------------------------------


def test_the_trash_lists_what_was_deleted_last_first(photos, albums, album, add):
    ids = [add(album, deleted_at=NOON + dt.timedelta(seconds=second))[0] for second in (1, 3, 2, 3)]
    (elsewhere,) = add(albums.create(title="other"), deleted_at=NOON)
    add(album)
    order = [ids[3], ids[1], ids[2], ids[0]]
    page = photos.list_trash(album.id, limit=3, total=True)
    assert [photo.id for photo in page] == order[:3]
    assert page.total == 4
    assert [photo.id for photo in photos.list_trash(album.id, limit=3, after=page.next)] == order[3:]
    assert [photo.id for photo in photos.list_trash()] == [*order, elsewhere]


# -- covers --------------------------------------------------------------------------------------------


def test_a_cover_that_goes_is_followed_by_the_newest_photo(photos, albums, album, add):
    old, new, nameless = (
        add(album, captured_at=moment)[0] for moment in (NOON, NOON + dt.timedelta(hours=1), None)
    )
    albums.set_cover(album.id, nameless)
    photos.soft_delete(nameless)
    assert albums.get(album.id).cover_photo_id == new
    photos.soft_delete(new)
    photos.permanent_delete(new)
    assert albums.get(album.id).cover_photo_id == old
    add(album, status="failed", captured_at=LATER)
    photos.soft_delete(old)
    assert albums.get(album.id).cover_photo_id is None


def test_photos_that_are_no_cover_leave_it_alone(photos, albums, album, add):
    first, second = add(album, 2)
    albums.set_cover(album.id, first)
    photos.soft_delete(second)
    assert albums.get(album.id).cover_photo_id == first


def test_covers_of_several_albums_follow_at_once(photos, albums, add):
    made = [albums.create(title=f"album {n}") for n in range(3)]
    covers = [add(album)[0] for album in made]
    rest = [add(album)[0] for album in made]
    for album, cover in zip(made, covers, strict=True):
        albums.set_cover(album.id, cover)
    photos.soft_delete(covers)
    assert [albums.get(album.id).cover_photo_id for album in made] == rest


# -- away for good -------------------------------------------------------------------------------------


def test_only_what_is_in_the_trash_is_removed(db, photos, albums, groups, album, add):
    live, dead = add(album, 2)
    group = groups.create(album.id, "family")
    groups.assign(group.id, [live, dead])
    photos.soft_delete(dead)
    [gone] = photos.permanent_delete([live, dead])
    assert gone.id == dead
    assert list(gone) == [gone.original_key]
    assert photos.get(dead, live=False) is None
    assert photos.get(live) is not None
    assert albums.get(album.id).photo_count == 1
    assert db.count("photo_group_assignments") == 1
    assert photos.permanent_delete([live, dead]) == []


def test_a_purge_names_the_objects_and_removes_nothing(photos, albums, album, add):
    old = add(album, deleted_at=NOON, thumb_key="t.jpg", preview_key="p.jpg")[0]
    add(album, deleted_at=NOON + dt.timedelta(days=2))
    add(album)
    hidden = albums.create(title="deleted")
    (inside,) = add(hidden)
    [first] = photos.purge_trash(NOON + dt.timedelta(days=1))
    assert first.id == old
    assert list(first) == [first.original_key, "t.jpg", "p.jpg"]
    assert photos.get(old, live=False) is not None

    albums.soft_delete(hidden.id)
    assert {photo.id for photo in photos.purge_trash(LATER)} >= {old, inside}
    assert len(photos.purge_trash(LATER, limit=2)) == 2
    assert [photo.id for photo in photos.permanent_delete(inside)] == [inside]


def test_a_purge_in_a_transaction(repositories, photos, album, add):
    add(album, 3, deleted_at=NOON)
    with repositories.transaction() as r:
        doomed = r.photos.purge_trash(LATER, limit=2)
        r.photos.permanent_delete([photo.id for photo in doomed])
    assert len(photos.purge_trash(LATER)) == 1


def test_a_purge_needs_a_transaction_that_may_hold_rows(db, open_repositories, album):
    with db.transaction(read_only=True) as tx:
        with pytest.raises(TransactionError):
            open_repositories(tx).photos.purge_trash(dt.datetime.now(dt.UTC))
        assert tx.count("photos") == 0  # nothing was sent, so the transaction goes on


def test_nobody_restores_a_photo_whose_objects_are_being_deleted(
    open_repositories, together, photos, album, add
):
    (key,) = add(album, deleted_at=NOON)
    held, restoring = threading.Event(), threading.Event()

    def purge(db):
        with open_repositories(db).transaction() as r:
            [doomed] = r.photos.purge_trash(LATER)
            held.set()
            restoring.wait(10)
            time.sleep(0.3)  # the other one waits now
            return [photo.id for photo in r.photos.permanent_delete(doomed.id)]

    def restore(db):
        held.wait(10)
        restoring.set()
        return open_repositories(db).photos.restore(key)

    assert together(purge, restore) == [[key], []]
    assert photos.get(key, live=False) is None


def test_nobody_restores_an_album_while_it_is_emptied(
    open_repositories, together, photos, albums, album, add
):
    (key,) = add(album)
    albums.soft_delete(album.id)
    held, restoring = threading.Event(), threading.Event()

    def purge(db):
        with open_repositories(db).transaction() as r:
            [doomed] = r.photos.purge_trash(LATER)
            held.set()
            restoring.wait(10)
            time.sleep(0.3)  # the other one waits now
            return [photo.id for photo in r.photos.permanent_delete(doomed.id)]

    def restore(db):
        held.wait(10)
        restoring.set()
        return open_repositories(db).albums.restore(album.id)

    assert together(purge, restore) == [[key], 1]
    assert albums.get(album.id).photo_count == 0


@pytest.mark.parametrize("before", ["2026-01-01", dt.datetime(2026, 1, 1), None, dt.date(2026, 1, 1)])
def test_before_is_a_moment(photos, refused, before):
    with refused((InvalidValueError, InvalidFilterError)):
        photos.purge_trash(before)


def test_deleting_reaches_every_row_that_was_named(db, photos, albums, album, add):
    ids = add(album, 1203)
    assert photos.soft_delete(ids) == ids
    assert albums.get(album.id).photo_count == 0
    assert len(photos.permanent_delete(ids)) == 1203
    assert not db.exists("photos", {"deleted_at": not_null()})
