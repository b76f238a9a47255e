"""Photos: order, picks, duplicates, keys and sums; and that input is looked at before it is sent."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import InvalidValueError, NotFoundError
from pis_data.schema import Photo, PhotoStatus, SortRule

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def test_a_photo_is_found_while_it_lives(photos, album, add):
    live, dead = add(album)[0], add(album, deleted_at=NOON)[0]
    assert type(photos.get(live)) is Photo
    assert photos.get(str(live)) == photos.get(live)
    assert photos.get(dead) is None
    assert photos.get(dead, live=False).deleted_at == NOON
    assert photos.get(uuid4(), live=False) is None


@pytest.mark.parametrize("key", ["", "x", 7, None, b"x" * 16, "' OR 1=1 --"])
def test_an_id_is_an_id(photos, refused, key):
    for call in (photos.claim_for_processing, photos.list_selected, photos.count_by_status, photos.page):
        with refused(InvalidValueError):
            call(key)


# -- order ---------------------------------------------------------------------------------------------


def test_photos_are_put_in_order(photos, albums, album, add):
    a, b, c, d = add(album, 4)
    assert photos.reorder(album.id, [c, a, b]) == 3
    assert albums.get(album.id).sort_rule == SortRule.MANUAL
    assert [photo.id for photo in photos.page(album.id)] == [c, d, a, b]
    assert photos.reorder(album.id, {d: 1, str(c): -5}) == 2
    assert [photo.id for photo in photos.page(album.id)] == [c, a, d, b]
    assert photos.reorder(album.id, []) == 0


def test_photos_in_place_are_left_alone(photos, album, add):
    ids = add(album, 3)
    photos.reorder(album.id, ids)
    before = [photos.get(key) for key in ids]
    photos.reorder(album.id, ids)
    assert [photos.get(key) for key in ids] == before


def test_many_photos_are_put_in_order(photos, album, add):
    ids = add(album, 1100)
    assert photos.reorder(album.id, ids[::-1]) == 1100
    first = photos.page(album.id, limit=1000)
    rest = photos.page(album.id, limit=1000, after=first.next)
    assert [photo.id for photo in (*first, *rest)] == ids[::-1]


def test_only_live_photos_of_the_album_are_put_in_order(photos, albums, album, add):
    mine, dead = add(album)[0], add(album, deleted_at=NOON)[0]
    (foreign,) = add(albums.create(title="other"))
    for wrong in ([dead, mine], [foreign, mine], [uuid4(), mine]):
        with pytest.raises(NotFoundError, match="1 of 2"):
            photos.reorder(album.id, wrong)
    assert photos.get(mine).sort_order == 0
    assert albums.get(album.id).sort_rule == SortRule.CAPTURE_DESC


@pytest.mark.parametrize("orders", [{uuid4(): "1"}, {uuid4(): 2**31}, {uuid4(): True}, "abc", 7, ["x"], None])
def test_places_make_sense(photos, album, refused, orders):
    with refused(InvalidValueError):
        photos.reorder(album.id, orders)


def test_a_photo_has_one_place(photos, album, add, refused):
    (key,) = add(album)
    with refused(InvalidValueError, "twice"):
        photos.reorder(album.id, [key, str(key)])


# -- picks ---------------------------------------------------------------------------------------------


def test_visitors_pick_photos(photos, albums, album, add):
    ids = [add(album, sort_order=place)[0] for place in (2, 1, 3)]
    for _ in range(2):
        assert photos.set_selected(ids[0], True).is_selected
    photos.set_selected(ids[1], True)
    assert albums.get(album.id).selected_count == 2
    assert [photo.id for photo in photos.list_selected(album.id)] == [ids[1], ids[0]]
    assert not photos.set_selected(ids[0], False).is_selected
    assert albums.get(album.id).selected_count == 1
    photos.soft_delete(ids[1])
    assert photos.list_selected(album.id) == []


@pytest.mark.parametrize(
    "closed",
    [{"is_public": False}, {"allow_share": False}, {"expires_at": NOON}, {"deleted_at": NOON}],
    ids=str,
)
def test_nobody_picks_photos_of_a_closed_album(db, photos, album, add, closed):
    (key,) = add(album)
    db.update("albums", {"id": album.id}, closed)
    with pytest.raises(NotFoundError):
        photos.set_selected(key, True, now=NOON)
    assert not photos.get(key).is_selected


def test_only_what_visitors_see_is_picked(photos, album, add, refused):
    for columns in ({"status": "pending"}, {"status": "failed"}, {"deleted_at": NOON}):
        with pytest.raises(NotFoundError):
            photos.set_selected(add(album, **columns)[0], True)
    with pytest.raises(NotFoundError):
        photos.set_selected(uuid4(), True)
    with refused(InvalidValueError):
        photos.set_selected(uuid4(), 1)


# -- downloads -----------------------------------------------------------------------------------------


# pis.md 2.2: the download minded neither the photo's deletion, nor the album's expiry and visibility
def test_visitors_download_what_they_see(photos, albums, album, add):
    (key,) = add(album)
    albums.update(album.id, allow_download=True)
    assert photos.get_download(key) == photos.get(key)
    for columns in ({"status": "pending"}, {"status": "failed"}, {"deleted_at": NOON}):
        assert photos.get_download(add(album, **columns)[0]) is None
    assert photos.get_download(uuid4()) is None


@pytest.mark.parametrize(
    "closed",
    [
        {"allow_download": False},
        {"is_public": False},
        {"allow_share": False},
        {"expires_at": NOON},
        {"deleted_at": NOON},
    ],
    ids=str,
)
def test_nobody_downloads_from_a_closed_album(db, photos, album, add, closed):
    (key,) = add(album)
    db.update("albums", {"id": album.id}, {"allow_download": True, **closed})
    assert photos.get_download(key, now=NOON) is None


def test_a_download_is_asked_for_by_an_id_at_a_moment(photos, refused):
    with refused(InvalidValueError):
        photos.get_download("nonsense")
    with refused(InvalidValueError):
        photos.get_download(uuid4(), now="today")


# -- duplicates ----------------------------------------------------------------------------------------

HASH = {letter: letter * 64 for letter in "ab"}


def test_the_same_content_is_a_duplicate(photos, albums, album, add):
    (key,) = add(album, hash=HASH["a"])
    add(albums.create(title="other"), hash=HASH["b"])
    add(album, hash=HASH["b"], deleted_at=NOON)
    assert photos.find_duplicate(album.id, content_hash=HASH["a"]).id == key
    assert photos.find_duplicate(album.id, content_hash=HASH["b"]) is None


def test_name_and_size_decide_where_the_content_is_unknown(photos, album, add):
    known, unknown = (
        add(album, filename="1.jpg", file_size=9, hash=content)[0] for content in (HASH["a"], None)
    )
    named = {"filename": "1.jpg", "file_size": 9}
    assert photos.find_duplicate(album.id, **named).id == known
    assert photos.find_duplicate(album.id, content_hash=HASH["b"], **named).id == unknown
    assert photos.find_duplicate(album.id, content_hash=HASH["a"], **named).id == known
    photos.soft_delete(unknown)
    assert photos.find_duplicate(album.id, content_hash=HASH["b"], **named) is None
    assert photos.find_duplicate(album.id, filename="1.jpg", file_size=8) is None


@pytest.mark.parametrize("given", [{}, {"filename": "1.jpg"}, {"file_size": 9}], ids=str)
def test_a_duplicate_of_what(photos, album, refused, given):
    with refused(InvalidValueError):
        photos.find_duplicate(album.id, **given)


# -- keys and sums -------------------------------------------------------------------------------------


def test_keys_of_photos_in_the_trash_are_still_theirs(photos, albums, album, add):
    made = add(album, thumb_key="t/1"), add(album, deleted_at=NOON, preview_key="p/2")
    (elsewhere,) = add(albums.create(title="other"))
    found = {keys.id: keys for keys in photos.keys_for_album(album.id)}
    assert set(found) == {made[0][0], made[1][0]}
    assert [*found[made[0][0]]][1:] == ["t/1"]
    assert found[made[1][0]].deleted_at == NOON
    everything = list(photos.iter_keys(batch=1))
    assert [keys.id for keys in everything] == sorted([*found, elsewhere])


def test_keys_are_recognised(photos, album, add):
    add(album, original_key="raw/1", thumb_key="t/1", preview_key="p/1")
    add(album, original_key="raw/2", deleted_at=NOON)
    asked = ["raw/1", "t/1", "p/1", "raw/2", "raw/3", "RAW/1", "raw/%"]
    assert photos.exists_by_key(asked) == {"raw/1", "t/1", "p/1", "raw/2"}
    assert photos.exists_by_key([]) == set()
    assert photos.exists_by_key(f"raw/{number}" for number in range(2500)) == {"raw/1", "raw/2"}


def test_statuses_and_bytes_are_summed(photos, albums, album, add):
    add(album, 2, file_size=2**40)
    add(album, status="failed")
    add(album, deleted_at=NOON, file_size=5)
    other = albums.create(title="other")
    add(other, file_size=7)
    assert photos.count_by_status(album.id) == {PhotoStatus.COMPLETED: 2, PhotoStatus.FAILED: 1}
    assert photos.status_counts() == {PhotoStatus.COMPLETED: 3, PhotoStatus.FAILED: 1}
    assert photos.storage_bytes(album.id) == 2**41 + 5
    assert photos.storage_bytes() == 2**41 + 12
    assert photos.storage_bytes(uuid4()) == 0
    assert type(photos.storage_bytes()) is int
    assert photos.count_by_status(uuid4()) == {}


def test_bytes_are_summed_beyond_64_bits(photos, album, add):
    add(album, 3, file_size=2**63 - 1)
    assert photos.storage_bytes() == photos.storage_bytes(album.id) == 3 * (2**63 - 1)
    add(album, file_size=-(2**63))
    assert photos.storage_bytes() == 2**64 - 3
