"""Groups: unique names, photos of their own album only, and true counts."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest

from pis_data.errors import InvalidValueError, NotFoundError, UniqueViolationError
from pis_data.schema import PhotoGroup

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def counts(found):
    return [(group.name, group.photo_count) for group in found]


def test_groups_are_made_one_behind_the_other(groups, album):
    first = groups.create(album.id, " family ", description="with everyone")
    second = groups.create(album.id, "friends")
    front = groups.create(album.id, "couple", sort_order=-1)
    assert type(first) is PhotoGroup
    assert (first.name, first.description, first.album_id) == ("family", "with everyone", album.id)
    assert (first.sort_order, second.sort_order, front.sort_order) == (0, 1, -1)
    assert counts(groups.list_with_counts(album.id)) == [("couple", 0), ("family", 0), ("friends", 0)]
    assert groups.create(album.id, "last").sort_order == 2


def test_a_name_is_unique_within_its_album(groups, albums, album):
    groups.create(album.id, "family")
    groups.create(albums.create(title="other").id, "family")
    groups.create(album.id, "Family")
    for name in ("family", " family"):
        with pytest.raises(UniqueViolationError) as caught:
            groups.create(album.id, name)
        assert (caught.value.table, caught.value.columns) == ("photo_groups", ("album_id", "name"))


def test_of_many_who_make_the_same_group_one_succeeds(groups, album, together, open_repositories):
    def create(db):
        return open_repositories(db).groups.create(album.id, "family").name

    outcomes = together(*[create] * 4)
    assert outcomes.count("family") == 1
    assert sum(isinstance(outcome, UniqueViolationError) for outcome in outcomes) == 3
    assert counts(groups.list_with_counts(album.id)) == [("family", 0)]


def test_a_group_needs_a_live_album(groups, albums, album):
    albums.soft_delete(album.id)
    for key in (album.id, uuid4()):
        with pytest.raises(NotFoundError):
            groups.create(key, "family")


@pytest.mark.parametrize("name", ["", "  ", None, 7, "a" * 256, "a\0b"])
def test_a_name_makes_sense(groups, album, refused, name):
    with refused(InvalidValueError):
        groups.create(album.id, name)


def test_a_group_is_changed(groups, album):
    one, other = (groups.create(album.id, name) for name in ("one", "other"))
    changed = groups.update(one.id, {"name": "uno"}, description="first", sort_order=9)
    assert (changed.name, changed.description, changed.sort_order) == ("uno", "first", 9)
    assert groups.update(one.id, name="uno").name == "uno"
    with pytest.raises(UniqueViolationError):
        groups.update(other.id, name="uno")
    with pytest.raises(NotFoundError):
        groups.update(uuid4(), name="x")
    assert groups.get(one.id).name == "uno"


@pytest.mark.parametrize("wrong", [{}, {"album_id": UUID(int=1)}, {"name": ""}, {"sort_order": "1"}], ids=str)
def test_only_what_can_be_changed_is(groups, album, refused, wrong):
    group = groups.create(album.id, "one")
    with refused(InvalidValueError):
        groups.update(group.id, wrong)


def test_a_group_goes_and_its_photos_stay(db, groups, photos, album, add):
    (key,) = add(album)
    group = groups.create(album.id, "one")
    groups.assign(group.id, key)
    assert groups.delete(group.id) is True
    assert groups.delete(group.id) is False
    assert groups.get(group.id) is None
    assert photos.get(key) is not None
    assert not db.exists("photo_group_assignments")


def test_groups_are_put_in_order(groups, albums, album):
    made = [groups.create(album.id, name) for name in "abc"]
    a, b, c = (group.id for group in made)
    assert groups.reorder(album.id, [c, a, b]) == 3
    assert [group.name for group in groups.list_with_counts(album.id)] == ["c", "a", "b"]
    assert groups.reorder(album.id, {a: 10}) == 1
    assert [group.name for group in groups.list_with_counts(album.id)] == ["c", "b", "a"]
    elsewhere = groups.create(albums.create(title="other").id, "d")
    for wrong in ([a, elsewhere.id], [uuid4()]):
        with pytest.raises(NotFoundError):
            groups.reorder(album.id, wrong)
    assert [group.sort_order for group in groups.list_with_counts(album.id)] == [0, 2, 10]


# -- photos --------------------------------------------------------------------------------------------


def test_photos_are_assigned_as_often_as_one_likes(groups, album, add):
    ids = add(album, 4)
    group = groups.create(album.id, "one")
    assert groups.assign(group.id, ids[:3]) == 3
    assert groups.assign(group.id, ids) == 1
    assert groups.assign(group.id, [*ids, ids[0]]) == 0
    assert groups.assign(group.id, []) == 0
    assert groups.photo_ids(group.id) == ids
    assert groups.remove(group.id, [ids[0], uuid4()]) == 1
    assert groups.remove(group.id, ids[0]) == 0
    assert groups.photo_ids(group.id) == ids[1:]


def test_photos_at_the_same_time(groups, album, add, together, open_repositories):
    ids = add(album, 30)
    group = groups.create(album.id, "one")

    def assign(db):
        return open_repositories(db).groups.assign(group.id, ids)

    assert sum(together(*[assign] * 4)) == 30
    assert groups.get(group.id).photo_count == 30


def test_only_photos_of_the_same_album(groups, albums, photos, album, add):
    (mine,), (foreign,), (dead,) = add(album), add(albums.create(title="other")), add(album, deleted_at=NOON)
    group = groups.create(album.id, "one")
    for wrong in ([mine, foreign], [mine, dead], [mine, uuid4()]):
        with pytest.raises(NotFoundError, match="1 of 2"):
            groups.assign(group.id, wrong)
    with pytest.raises(NotFoundError):
        groups.assign(uuid4(), mine)
    assert groups.photo_ids(group.id) == []


def test_photos_of_a_group_are_in_manual_order(groups, album, add):
    ids = [add(album, sort_order=place)[0] for place in (3, 1, 2)]
    group = groups.create(album.id, "one")
    groups.assign(group.id, ids)
    assert groups.photo_ids(group.id) == [ids[1], ids[2], ids[0]]


def test_counts_are_of_live_photos(groups, photos, albums, album, add):
    ids = add(album, 3) + add(album, 2, status="pending")
    full, empty = (groups.create(album.id, name) for name in ("full", "empty"))
    groups.assign(full.id, ids)
    groups.assign(empty.id, ids[3:])
    photos.soft_delete(ids[0])
    assert counts(groups.list_with_counts(album.id)) == [("full", 4), ("empty", 2)]
    assert groups.get(full.id).photo_count == 4
    assert counts(groups.list_with_counts(album.id, public=True)) == [("full", 2)]
    assert ids[0] not in groups.photo_ids(full.id)


@pytest.mark.parametrize(
    "closed",
    [{"is_public": False}, {"allow_share": False}, {"expires_at": NOON}, {"deleted_at": NOON}],
    ids=str,
)
def test_visitors_see_groups_of_albums_that_they_see(db, groups, album, add, closed):
    group = groups.create(album.id, "one")
    groups.assign(group.id, add(album))
    assert counts(groups.list_with_counts(album.id, public=True, now=NOON)) == [("one", 1)]
    db.update("albums", {"id": album.id}, closed)
    assert groups.list_with_counts(album.id, public=True, now=NOON) == []
    assert counts(groups.list_with_counts(album.id)) == [("one", 1)]


def test_photos_know_their_groups(groups, album, add):
    both, one, none = add(album, 3)
    b, a = (groups.create(album.id, name) for name in "ba")
    groups.assign(a.id, [both, one])
    groups.assign(b.id, both)
    assert groups.groups_of_photos([both, one, none]) == {both: [b, a], one: [a], none: []}
    assert groups.groups_of_photos([]) == {}
