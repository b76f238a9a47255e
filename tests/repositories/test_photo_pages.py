"""An album's lists: every sort, every depth, both ends, and what a cursor is good for."""

from __future__ import annotations

import datetime as dt
import random
from uuid import uuid4

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError
from pis_data.schema import Photo, PhotoStatus, SortRule

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
SORTS = [rule.value for rule in SortRule]

pytestmark = pytest.mark.newer


def walk(call, *args, **how):
    """The ids of a whole list, page by page."""
    found, after = [], None
    while True:
        page = call(*args, after=after, **how)
        assert len(page) <= how.get("limit", 50)
        found += [photo.id for photo in page]
        if page.next is None:
            return found
        assert len(page) == how.get("limit", 50)
        after = page.next


@pytest.fixture
def varied(db, album):
    """41 photos: equal values, NULLs and several statuses; as rows."""
    rng = random.Random(7)
    rows = []
    for number in range(41):
        moment = None if number % 5 == 0 else NOON + dt.timedelta(seconds=rng.randrange(8))
        row = {"album_id": album.id, "filename": f"{number}.jpg", "original_key": f"raw/{number}"}
        row |= {"captured_at": moment, "sort_order": rng.randrange(6)}
        row |= {"created_at": NOON + dt.timedelta(microseconds=rng.randrange(9))}
        rows.append({**row, "status": "failed" if number % 7 == 3 else "completed"})
    return db.insert("photos", rows)


def expected(rows, sort, status=None):
    column, down = {
        "capture_desc": ("captured_at", True),
        "capture_asc": ("captured_at", False),
        "manual": ("sort_order", False),
        "upload_desc": ("created_at", True),
    }[sort]
    rows = [row for row in rows if status in (None, row["status"])]

    def place(row):
        value = row[column]
        return (value is not None, value if value is not None else 0, row["id"])

    return [row["id"] for row in sorted(rows, key=place, reverse=down)]


@pytest.mark.parametrize("limit", [1, 4, 50])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_give_every_photo_once_and_in_order(photos, album, varied, sort, limit):
    assert walk(photos.page, album.id, sort=sort, limit=limit) == expected(varied, sort)


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_one_status(photos, album, varied, sort):
    found = walk(photos.page, album.id, sort=sort, status="completed", limit=7)
    assert found == expected(varied, sort, "completed")


def test_pages_of_several_statuses(photos, album, varied):
    both = walk(photos.page, album.id, sort="manual", status=["failed", PhotoStatus.COMPLETED], limit=7)
    assert both == expected(varied, "manual")
    assert walk(photos.page, album.id, status=["pending", "processing"]) == []


@pytest.mark.parametrize("rule", ["capture_desc", "capture_asc", "manual"])
def test_the_album_decides_how_its_photos_are_sorted(photos, albums, album, varied, rule):
    albums.update(album.id, sort_rule=rule)
    assert walk(photos.page, album.id, limit=6) == expected(varied, rule)
    assert walk(photos.list_public, album.id, limit=6) == expected(varied, rule, "completed")


def test_records_are_whole(photos, album, varied):
    page = photos.page(album.id, sort="manual", limit=41)
    assert all(type(photo) is Photo for photo in page.items)
    assert {photo.id: photo for photo in page.items} == {row["id"]: Photo(**row) for row in varied}
    assert page.next is None
    assert page.total is None


def test_a_list_may_end_exactly_with_a_page(photos, album, add):
    add(album, 6)
    first = photos.page(album.id, limit=3)
    second = photos.page(album.id, limit=3, after=first.next)
    assert len(second) == 3
    assert second.next is None


def test_nothing_is_found_where_nothing_is(photos, album):
    for sort in (None, *SORTS):
        assert photos.page(album.id, sort=sort).items == ()
        assert photos.page(uuid4(), sort=sort).next is None


def test_only_live_photos_of_this_album(photos, albums, album, add):
    here = add(album, 3)
    add(albums.create(title="another"), 2)
    photos.soft_delete(here[0])
    assert set(walk(photos.page, album.id)) == set(here[1:])


def test_photos_that_come_and_go_shift_nothing(photos, album, add):
    ids = add(album, 6, captured_at=NOON)
    page = photos.page(album.id, limit=2)
    add(album, 3, captured_at=NOON + dt.timedelta(hours=1))
    photos.soft_delete(page.items[1].id)
    rest = walk(photos.page, album.id, limit=2, sort="capture_desc")[3:]
    following = photos.page(album.id, limit=2, after=page.next)
    assert [photo.id for photo in following] == rest[1:3] == sorted(ids, reverse=True)[2:4]


# -- cursors -------------------------------------------------------------------------------------------


@pytest.fixture
def cursor(photos, album, add):
    add(album, 4, captured_at=NOON)
    return photos.page(album.id, limit=2, sort="capture_desc").next


def test_a_cursor_is_short_and_fit_for_a_url(cursor):
    assert len(cursor) <= 60
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")


def test_a_cursor_of_another_list_is_refused(photos, albums, album, cursor, refused):
    other = albums.create(title="another")
    wrong = [
        lambda: photos.page(album.id, sort="capture_asc", after=cursor),
        lambda: photos.page(album.id, sort="manual", after=cursor),
        lambda: photos.page(album.id, sort="capture_desc", status="completed", after=cursor),
        lambda: photos.page(other.id, sort="capture_desc", after=cursor),
        lambda: photos.list_public(album.id, sort="capture_desc", after=cursor),
        lambda: photos.list_admin(album.id, sort="capture_desc", after=cursor),
        lambda: photos.list_trash(album.id, after=cursor),
        lambda: photos.changes_since(album.id, cursor),
        lambda: albums.list_admin(after=cursor),
    ]
    for call in wrong:
        with refused(InvalidFilterError, "cursor"):
            call()


@pytest.mark.parametrize("damage", ["", "x", "é", "=" * 44, "A" * 44, None, 7, b"abc"])
def test_what_is_no_cursor_is_refused(photos, album, cursor, refused, damage):
    with refused(InvalidFilterError, "cursor"):
        photos.page(album.id, sort="capture_desc", after=damage if damage is not None else cursor[:-4])


def test_a_cursor_that_was_tampered_with_is_refused(photos, album, cursor, refused):
    for place in range(len(cursor)):
        changed = "B" if cursor[place] != "B" else "C"
        with refused(InvalidFilterError, "cursor"):
            photos.page(album.id, sort="capture_desc", after=cursor[:place] + changed + cursor[place + 1 :])
    for more in ("\n", "=", "==", "===", "A==="):
        with refused(InvalidFilterError, "cursor"):
            photos.page(album.id, sort="capture_desc", after=cursor + more)


def test_a_cursor_of_the_albums_order_ends_when_that_changes(photos, albums, album, add):
    add(album, 4)
    after = photos.page(album.id, limit=2).next
    assert len(photos.page(album.id, limit=2, after=after)) == 2
    albums.update(album.id, sort_rule="manual")
    with pytest.raises(InvalidFilterError, match="order has changed"):
        photos.page(album.id, limit=2, after=after)


def test_cursors_hold_for_moments_far_away(photos, album, add):
    far = [dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)]
    ids = [add(album, captured_at=moment)[0] for moment in far]
    assert walk(photos.page, album.id, limit=1, sort="capture_asc") == ids


# -- bad input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [0, -1, 1001, True, "5", 2.0, None])
def test_a_page_has_a_sensible_length(photos, album, refused, limit):
    with refused(InvalidFilterError, "1 to 1,000"):
        photos.page(album.id, limit=limit)


def test_unknown_words_are_refused(photos, album, refused):
    with refused(InvalidFilterError, "sort is one of"):
        photos.page(album.id, sort="newest")
    with refused(InvalidFilterError, "sort is one of"):
        photos.page(album.id, sort="captured_at; DROP TABLE photos")
    with refused(InvalidValueError, "photos.status is one of"):
        photos.page(album.id, status="done")
    with refused(InvalidValueError, "photos.album_id"):
        photos.page("not-an-id")


# -- visitors ------------------------------------------------------------------------------------------


def test_visitors_see_completed_live_photos(photos, album, add):
    shown = add(album, 2)
    for status in ("pending", "processing", "failed", "pending_retouch", "retouching"):
        add(album, status=status)
    photos.soft_delete(add(album))
    assert set(walk(photos.list_public, album.id)) == set(shown)


@pytest.mark.parametrize(
    "closed",
    [
        {"deleted_at": NOON},
        {"allow_share": False},
        {"expires_at": NOON},
    ],
    ids=lambda closed: next(iter(closed)),
)
def test_visitors_see_nothing_of_an_album_that_is_closed(photos, db, album, add, closed):
    add(album)
    db.update("albums", {"id": album.id}, {"expires_at": NOON + dt.timedelta(microseconds=1)})
    assert len(photos.list_public(album.id, now=NOON)) == 1
    db.update("albums", {"id": album.id}, closed)
    for sort in (None, "manual"):
        assert photos.list_public(album.id, now=NOON, sort=sort).items == ()


def test_group_and_ids_narrow_together(photos, groups, album, add):
    ids = add(album, 6)
    group = groups.create(album.id, "family")
    groups.assign(group.id, ids[:4])
    assert set(walk(photos.list_public, album.id, group_id=group.id, limit=3)) == set(ids[:4])
    assert set(walk(photos.list_public, album.id, ids=ids[3:])) == set(ids[3:])
    assert walk(photos.list_public, album.id, group_id=group.id, ids=ids[3:]) == [ids[3]]
    assert walk(photos.list_public, album.id, ids=[]) == []


# -- owners --------------------------------------------------------------------------------------------


def test_owners_see_all_live_photos_and_how_many_there_are(photos, album, add, db):
    ids = add(album, 3) + add(album, 2, status="failed")
    db.update("photos", {"id": ids[:2]}, {"is_selected": True})
    photos.soft_delete(add(album, 2))
    page = photos.list_admin(album.id, limit=2, total=True)
    assert len(page) == 2
    assert page.total == 5
    assert set(walk(photos.list_admin, album.id, limit=2)) == set(ids)
    assert photos.list_admin(album.id, status="failed", total=True).total == 2
    assert photos.list_admin(album.id, selected=True, total=True).total == 2
    assert {photo.id for photo in photos.list_admin(album.id, selected=False)} == set(ids[2:])


# -- what changed --------------------------------------------------------------------------------------

AT_ONCE = dt.timedelta(0)


def test_changes_come_in_order_deletions_too(photos, album, add):
    first, second = add(album, 2)
    start = photos.changes_since(album.id, settle=AT_ONCE)
    assert {photo.id for photo in start.items} == {first, second}
    assert not start.more

    nothing = photos.changes_since(album.id, start.cursor, settle=AT_ONCE)
    assert nothing.items == ()
    assert nothing.cursor == start.cursor

    photos.set_rotation(second, 90)
    photos.soft_delete(first)
    then = photos.changes_since(album.id, start.cursor, settle=AT_ONCE)
    assert {photo.id: photo.deleted_at is None for photo in then.items} == {second: True, first: False}


def test_changes_come_in_parts(photos, album, add):
    ids = add(album, 5)
    found, cursor, more = [], None, True
    while more:
        changes = photos.changes_since(album.id, cursor, limit=2, settle=AT_ONCE)
        found, cursor, more = found + [photo.id for photo in changes.items], changes.cursor, changes.more
    assert sorted(found) == ids
    assert photos.changes_since(album.id, cursor, settle=AT_ONCE).items == ()


def test_changes_of_just_now_are_kept_back(photos, album, add):
    add(album)
    assert photos.changes_since(album.id, settle=dt.timedelta(minutes=1)).items == ()
    assert photos.changes_since(album.id, settle=dt.timedelta(minutes=1)).cursor is None
