"""Albums: their making, their secrets, what visitors see, covers and counters."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from uuid import UUID, uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
    UniqueViolationError,
)
from pis_data.queries import albums as queries
from pis_data.schema import JSON_NULL, SECRET_COLUMNS, Album, PhotoStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def slugs(page):
    return [album.slug for album in page]


# -- making --------------------------------------------------------------------------------------------


def test_an_album_gets_an_address_and_a_token(albums):
    album = albums.create(title="  Wedding ")
    assert album == albums.get(album.id) == albums.get_by_slug(album.slug)
    assert album.title == "Wedding"
    assert len(album.slug) == 8
    assert album.slug.isalpha()
    assert album.slug == album.slug.lower()
    assert len(album.upload_token) == 8
    assert album.upload_token.isdecimal()
    assert (album.is_public, album.allow_share, album.allow_batch_download) == (False, True, False)
    assert (album.photo_count, album.selected_count, album.view_count) == (0, 0, 0)


def test_columns_come_as_a_mapping_or_by_keyword(albums, users):
    owner = users.create("owner@example.org")
    key = uuid4()
    album = albums.create(
        {"title": "a", "layout": "grid"}, id=key, sort_rule="manual", owner_id=str(owner.id)
    )
    assert (album.id, album.layout, album.sort_rule, album.owner_id) == (key, "grid", "manual", owner.id)
    given = albums.create(title="b", slug="a-day-2026", upload_token="00000001", password="")
    assert (given.slug, given.upload_token, given.password) == ("a-day-2026", "00000001", None)


def test_settings_decide_what_is_not_given(albums, settings):
    settings.set_many({"default_watermark_enabled": True, "default_show_exif": False})
    album = albums.create(title="a")
    assert (album.watermark_enabled, album.show_exif, album.allow_download) == (True, False, True)
    settings.set("default_show_exif", "nonsense")
    album = albums.create(title="a", watermark_enabled=False)
    assert (album.watermark_enabled, album.show_exif) == (False, True)


def test_a_taken_slug_is_chosen_anew(albums, monkeypatch):
    drawn = iter(["taken", "taken", "taken", "free"])
    monkeypatch.setattr(queries, "new_slug", lambda: next(drawn))
    assert [albums.create(title="a").slug for _ in range(2)] == ["taken", "free"]
    monkeypatch.setattr(queries, "new_slug", lambda: "taken")
    with pytest.raises(UniqueViolationError) as caught:
        albums.create(title="a")
    assert caught.value.columns == ("slug",)


def test_a_taken_slug_does_not_end_the_callers_transaction(repositories, monkeypatch):
    drawn = iter(["taken", "taken", "free"])
    monkeypatch.setattr(queries, "new_slug", lambda: next(drawn))
    with repositories.transaction() as r:
        made = [r.albums.create(title="a").slug for _ in range(2)]
    assert made == ["taken", "free"]
    assert repositories.albums.get_by_slug("free") is not None


def test_a_given_slug_is_kept_or_refused(albums):
    albums.soft_delete(albums.create(title="a", slug="mine").id)
    with pytest.raises(UniqueViolationError) as caught:
        albums.create(title="a", slug="mine")
    assert caught.value.columns == ("slug",)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"title": " "},
        {"title": None},
        {"title": "a" * 256},
        {"title": "a", "slug": "Über"},
        {"title": "a", "slug": ""},
        {"title": "a", "slug": "a" * 201},
        {"title": "a", "slug": "a\n"},
        {"title": "a", "layout": "list"},
        {"title": "a", "sort_rule": "upload_desc"},
        {"title": "a", "watermark_type": "image"},
        {"title": "a", "photo_count": 3},
        {"title": "a", "cover_photo_id": UUID(int=1)},
        {"title": "a", "is_public": 1},
        {"title": "a", "expires_at": dt.datetime(2026, 1, 1)},
    ],
    ids=lambda wrong: f"{wrong!r:.60}",
)
def test_what_makes_no_sense_is_refused(albums, album, refused, wrong):
    with refused(InvalidValueError):
        albums.create(wrong)
    with refused(InvalidValueError):
        albums.update(album.id, wrong)


# -- changing ------------------------------------------------------------------------------------------


def test_an_album_is_changed(albums, album):
    changed = albums.update(
        album.id, {"title": "New"}, watermark_type=None, color_grading=None, expires_at=NOON
    )
    assert changed == albums.get(album.id)
    assert (changed.title, changed.watermark_type, changed.color_grading) == ("New", None, None)
    assert changed.expires_at == NOON
    assert changed.slug == album.slug
    assert changed.updated_at >= album.updated_at


def test_an_empty_token_is_drawn_anew(albums, album):
    for empty in ("", None):
        token = albums.update(album.id, upload_token=empty).upload_token
        assert len(token) == 8
        assert token != album.upload_token


def test_what_is_not_there_is_not_changed(albums, album):
    albums.soft_delete(album.id)
    for key in (album.id, uuid4()):
        with pytest.raises(NotFoundError):
            albums.update(key, title="b")
        with pytest.raises(NotFoundError):
            albums.duplicate(key)
        with pytest.raises(NotFoundError):
            albums.rotate_upload_token(key)
        with pytest.raises(NotFoundError):
            albums.increment_views(key)
        with pytest.raises(NotFoundError):
            albums.set_cover(key, None)
    for call in (albums.refresh_cover, albums.recount_photos, albums.recount_selected):
        with pytest.raises(NotFoundError):
            call(uuid4())


def test_several_albums_are_changed_at_once(albums):
    made = [albums.create(title=str(n)) for n in range(4)]
    albums.soft_delete(made[3].id)
    ids = [album.id for album in made]
    assert albums.batch_update([*ids, uuid4()], layout="carousel", is_public=True) == 3
    assert [albums.get(key, live=False).layout for key in ids] == ["carousel"] * 3 + ["masonry"]
    assert albums.batch_update(ids[0], {"show_exif": False}) == 1
    assert albums.batch_update([], layout="grid") == 0


@pytest.mark.parametrize(
    "wrong", [{"title": "a"}, {"slug": "a"}, {"password": "x"}, {"upload_token": ""}, {}]
)
def test_not_everything_is_changed_at_once(albums, album, refused, wrong):
    with refused(InvalidValueError):
        albums.batch_update([album.id], wrong)


def test_a_duplicate_has_the_settings_and_not_the_photos(albums, groups, users, album, add):
    owner = users.create("owner@example.org")
    albums.update(
        album.id,
        password="geheim",
        color_grading={"preset": "film"},
        title_translations={"en": "A day"},
        template_id="wedding_classic",
        event_date=NOON,
        location="Kiel",
        enable_human_retouch=True,
        owner_id=owner.id,
    )
    albums.set_cover(album.id, add(album)[0])
    groups.create(album.id, "family")
    albums.increment_views(album.id)
    source = albums.get(album.id)
    copy = albums.duplicate(album.id)
    same = {field.name for field in fields(Album)} - queries.NOT_DUPLICATED - {"title"}
    assert {name: getattr(copy, name) for name in same} == {name: getattr(source, name) for name in same}
    assert copy.title == "A day by the sea (copy)"
    assert copy.slug != source.slug
    assert copy.upload_token not in (None, source.upload_token)
    assert (copy.photo_count, copy.view_count, copy.cover_photo_id) == (0, 0, None)
    assert groups.list_with_counts(copy.id) == []
    assert albums.duplicate(album.id, title="Another").title == "Another"


def test_a_duplicates_title_fits(albums):
    long = albums.create(title="鱼" * 255)
    assert albums.duplicate(long.id).title == "鱼" * 248 + " (copy)"


# -- deleting ------------------------------------------------------------------------------------------


def test_albums_are_deleted_and_restored(albums, photos, album, add):
    (key,) = add(album)
    other = albums.create(title="other")
    assert albums.soft_delete([album.id, other.id, uuid4()]) == 2
    assert albums.soft_delete(album.id) == 0
    assert albums.get(album.id) is None
    assert albums.get_by_slug(album.slug) is None
    assert albums.get_by_slug(album.slug, live=False).id == album.id
    assert photos.get(key) is not None
    assert albums.restore([album.id, other.id]) == 2
    assert albums.restore(album.id) == 0
    assert albums.get(album.id).deleted_at is None


def test_only_albums_without_objects_are_purged(db, albums, photos, add):
    empty, full, packed, recent, live = (albums.create(title=name) for name in "abcde")
    (photo,) = add(full)
    package = {"album_id": packed.id, "photo_ids": []}
    db.insert("package_downloads", [{**package, "zip_key": "packages/a.zip"}, package])
    db.insert("package_downloads", {**package, "album_id": empty.id})
    for number, album in enumerate((packed, full, empty)):
        db.update("albums", {"id": album.id}, {"deleted_at": NOON + number * HOUR})
    albums.soft_delete(recent.id)

    assert albums.purge_deleted(NOON + 9 * HOUR) == [empty.id]
    assert albums.purge_deleted(NOON + 9 * HOUR) == []
    photos.permanent_delete(photo)
    db.delete("package_downloads", {"album_id": packed.id})
    assert albums.purge_deleted(NOON + 9 * HOUR, limit=1) == [packed.id]
    assert albums.purge_deleted(NOON + 9 * HOUR) == [full.id]
    assert albums.get(recent.id, live=False) is not None
    assert albums.get(live.id) is not None


def test_a_purge_needs_a_moment_and_a_limit(albums, refused):
    with refused(InvalidValueError):
        albums.purge_deleted(dt.datetime(2026, 1, 1))
    with refused(InvalidFilterError):
        albums.purge_deleted(NOON, limit=0)


# -- lists ---------------------------------------------------------------------------------------------


def test_owners_see_their_albums_newest_first(db, albums):
    for number in range(5):
        album = albums.create(title=str(number), slug=f"s{number}", is_public=number % 2 == 0)
        db.update("albums", {"id": album.id}, {"created_at": NOON + number // 2 * HOUR})
    page = albums.list_admin(limit=3, total=True)
    assert slugs(page) == ["s4", "s3", "s2"]
    assert page.total == 5
    assert slugs(albums.list_admin(limit=3, after=page.next)) == ["s1", "s0"]
    assert slugs(albums.list_admin(is_public=True)) == ["s4", "s2", "s0"]
    albums.soft_delete([album.id for album in page][:2])
    page = albums.list_admin(trash=True, total=True)
    assert (set(slugs(page)), page.total) == ({"s4", "s3"}, 2)
    assert slugs(albums.list_admin(is_public=False)) == ["s1"]


def test_a_flag_is_a_flag(albums, refused):
    with refused(InvalidValueError):
        albums.list_admin(is_public="yes")


CLOSED = [
    {"deleted_at": NOON},
    {"allow_share": False},
    {"expires_at": NOON},
    {"expires_at": NOON - HOUR},
]


@pytest.mark.parametrize("closed", [*CLOSED, {"is_public": False}], ids=str)
def test_the_home_page_shows_public_albums_that_can_be_visited(db, albums, closed):
    shown = albums.create(title="shown", slug="shown", is_public=True, expires_at=NOON + HOUR)
    hidden = albums.create(title="hidden", is_public=True)
    db.update("albums", {"id": hidden.id}, closed)
    page = albums.list_public(now=NOON, total=True)
    assert slugs(page) == ["shown"]
    assert page.total == 1
    assert page.items[0].id == shown.id


def test_the_home_page_has_pages(db, albums):
    for number in range(5):
        album = albums.create(title=str(number), slug=f"s{number}", is_public=True)
        db.update("albums", {"id": album.id}, {"created_at": NOON + number * HOUR})
    first = albums.list_public(limit=2)
    second = albums.list_public(limit=2, after=first.next)
    third = albums.list_public(limit=2, after=second.next)
    assert slugs(first) + slugs(second) + slugs(third) == ["s4", "s3", "s2", "s1", "s0"]
    assert third.next is None
    with pytest.raises(InvalidFilterError):
        albums.list_admin(after=first.next)


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_a_closed_album_has_no_public_view(db, albums, album, closed):
    assert albums.get_public_view(album.slug, now=NOON).id == album.id
    db.update("albums", {"id": album.id}, closed)
    assert albums.get_public_view(album.slug, now=NOON) is None
    assert albums.get_public_view("unknown") is None


def test_an_album_that_is_not_listed_can_be_visited(albums):
    album = albums.create(title="with the address only", is_public=False)
    assert albums.get_public_view(album.slug) is not None


def test_visitors_never_get_a_secret(albums, add):
    secrets = {"password": "sesame-open", "upload_token": "98765432"}
    album = albums.create(title="a", is_public=True, **secrets)
    add(album)
    for view in (albums.get_public_view(album.slug), *albums.list_public()):
        names = {field.name for field in fields(view)}
        assert not names & SECRET_COLUMNS["albums"]
        assert view.has_password
        for secret in secrets.values():
            assert secret not in repr([getattr(view, name) for name in names])
    assert not any(secret in repr(album) for secret in secrets.values())
    open_one = albums.create(title="b", is_public=True)
    assert not albums.get_public_view(open_one.slug).has_password


# -- covers --------------------------------------------------------------------------------------------


def test_visitors_see_the_chosen_cover_or_the_newest_photo(db, albums, photos, album, add):
    assert albums.get_public_view(album.slug).cover is None
    old, new = (
        add(album, captured_at=NOON + hours * HOUR, thumb_key=f"t{hours}", width=hours)[0] for hours in (1, 2)
    )
    add(album, captured_at=None)
    add(album, captured_at=NOON + 9 * HOUR, status="pending")
    add(album, captured_at=NOON + 9 * HOUR, deleted_at=NOON)
    assert albums.get_public_view(album.slug).cover.photo_id == new
    albums.set_cover(album.id, old)
    cover = albums.list_public().items[0].cover
    assert (cover.photo_id, cover.thumb_key, cover.width) == (old, "t1", 1)
    db.update("photos", {"id": old}, {"status": "failed"})
    assert albums.list_public().items[0].cover.photo_id == new


def test_owners_see_the_covers_of_a_page(albums, album, add, refused):
    chosen, _ = add(album, captured_at=NOON), add(album, captured_at=NOON + HOUR)
    albums.set_cover(album.id, chosen[0])
    hidden, empty = albums.create(title="hidden"), albums.create(title="empty")
    (newest,) = add(hidden, thumb_key="t")
    found = albums.covers([album.id, hidden.id, empty.id, uuid4()])
    assert {key: cover.photo_id for key, cover in found.items()} == {album.id: chosen[0], hidden.id: newest}
    assert found[hidden.id].thumb_key == "t"
    assert albums.covers([]) == {}
    with refused(InvalidValueError):
        albums.covers(["x"])


def test_a_cover_is_a_photo_of_the_album_that_can_be_shown(db, albums, album, add):
    other = albums.create(title="other")
    wrong = [
        *add(other),
        *add(album, status="pending"),
        *add(album, deleted_at=NOON),
        uuid4(),
    ]
    (right,) = add(album)
    assert albums.set_cover(album.id, right).cover_photo_id == right
    for photo in wrong:
        with pytest.raises(NotFoundError):
            albums.set_cover(album.id, photo)
    assert albums.get(album.id).cover_photo_id == right
    assert albums.set_cover(album.id, None).cover_photo_id is None


def test_a_cover_is_refreshed_where_it_can_not_be_shown(db, albums, album, add):
    old, new = (add(album, captured_at=NOON + hours * HOUR)[0] for hours in (1, 2))
    albums.set_cover(album.id, old)
    assert albums.refresh_cover(album.id) == old
    db.update("photos", {"id": old}, {"status": "pending"})
    assert albums.refresh_cover(album.id) == new
    db.update("photos", {"id": new}, {"status": "failed"})
    assert albums.refresh_cover(album.id) is None
    assert albums.get(album.id).cover_photo_id is None


# -- counters ------------------------------------------------------------------------------------------


def test_visits_are_counted(albums, album):
    assert [albums.increment_views(album.id) for _ in range(3)] == [1, 2, 3]
    assert albums.increment_views(album.id, by=10) == 13
    assert albums.get(album.id).view_count == 13


@pytest.mark.parametrize("by", [0, -1, 1.5, "1", True, 2**31])
def test_visits_are_whole(albums, album, refused, by):
    with refused(InvalidValueError):
        albums.increment_views(album.id, by)


def test_a_full_counter_of_visits_stays_full(albums, album):
    most = 2**31 - 1
    assert albums.increment_views(album.id, most - 1) == most - 1
    assert [albums.increment_views(album.id, by) for by in (1, 1, most)] == [most] * 3


def test_visits_at_the_same_time_are_all_counted(albums, album, together, open_repositories):
    def visit(db):
        r = open_repositories(db)
        return [r.albums.increment_views(album.id) for _ in range(25)]

    seen = together(*[visit] * 4)
    assert sorted(number for numbers in seen for number in numbers) == list(range(1, 101))


def drift(db, dialect, album_ids):
    """Write wrong counters past the triggers."""
    import sqlalchemy as sa

    with db.transaction() as tx:
        tx.execute(sa.text(dialect.quiet.on))
        tx.execute(sa.text("UPDATE albums SET photo_count = 77, selected_count = -5"))
        tx.execute(sa.text(dialect.quiet.off))
    assert db.count("albums", {"photo_count": 77}) == len(album_ids)


def test_counters_that_drifted_are_repaired(db, albums, add):
    made = [albums.create(title=str(n)) for n in range(5)]
    for number, album in enumerate(made[:3]):
        add(album, number + 1)
        add(album, 2, status="pending", is_selected=True)
        add(album, is_selected=True, deleted_at=NOON)
    albums.soft_delete(made[0].id)
    true = [(1, 2), (2, 2), (3, 2), (0, 0), (0, 0)]

    def kept():
        found = [albums.get(album.id, live=False) for album in made]
        return [(album.photo_count, album.selected_count) for album in found]

    assert kept() == true
    drift(db, db.dialect, made)
    before = albums.get(made[2].id)
    assert albums.recount_photos(made[2].id) == 3
    assert kept()[2] == true[2]
    assert albums.get(made[2].id).updated_at == before.updated_at
    assert albums.recount_selected(made[3].id) == 0
    assert albums.recount_all(batch=2) == 3
    assert kept() == true
    assert albums.recount_all() == 0


def test_triggers_work_again_after_a_repair(db, repositories, albums, album, add):
    drift(db, db.dialect, [album])
    with repositories.transaction() as r:
        r.albums.recount_photos(album.id)
    add(album, 2)
    assert albums.get(album.id).photo_count == 2
    assert albums.update(album.id, title="b").updated_at >= album.updated_at


# -- secrets -------------------------------------------------------------------------------------------


def test_a_password_opens_its_album(albums, album):
    assert albums.check_password(album.id, "anything")
    albums.update(album.id, password="pässword")
    assert albums.check_password(album.id, "pässword")
    for wrong in ("", "pässwor", "pässword ", "PÄSSWORD", None, 7, "\ud800"):
        assert not albums.check_password(album.id, wrong)
    albums.soft_delete(album.id)
    assert not albums.check_password(album.id, "pässword")
    assert not albums.check_password(uuid4(), "")


def test_a_token_opens_uploads(albums, album):
    token = album.upload_token
    for name in (album.id, str(album.id), album.slug):
        assert albums.authenticate_upload(name, token).id == album.id
        assert albums.authenticate_upload(name, token + "0") is None
        assert albums.authenticate_upload(name, "") is None
    assert albums.authenticate_upload("unknown", token) is None
    assert albums.authenticate_upload(uuid4(), token) is None
    renewed = albums.rotate_upload_token(album.id)
    assert albums.authenticate_upload(album.slug, token) is None
    assert albums.authenticate_upload(album.slug, renewed).id == album.id


def test_a_token_opens_no_album_that_is_over(db, albums, album):
    albums.update(album.id, expires_at=NOON)
    assert albums.authenticate_upload(album.slug, album.upload_token, now=NOON - HOUR) is not None
    assert albums.authenticate_upload(album.slug, album.upload_token, now=NOON) is None
    albums.update(album.id, expires_at=None)
    db.update("albums", {"id": album.id}, {"upload_token": None})
    for nothing in ("", None):
        assert albums.authenticate_upload(album.slug, nothing) is None
    albums.soft_delete(album.id)
    assert albums.authenticate_upload(album.slug, album.upload_token) is None


# -- for workers and for readers -----------------------------------------------------------------------


def test_workers_learn_how_to_process(albums, photos, album, add):
    config = {"watermarks": [{"type": "text", "text": "©"}]}
    albums.update(album.id, watermark_enabled=True, watermark_config=config, enable_ai_retouch=True)
    found = albums.processing_config(album.id)
    assert (found.watermark_enabled, found.watermark_config, found.enable_ai_retouch) == (True, config, True)
    assert found.status_after(photos.get(add(album)[0])) == PhotoStatus.COMPLETED
    albums.soft_delete(album.id)
    assert albums.processing_config(album.id) == found
    assert albums.processing_config(uuid4()) is None


def test_words_come_in_the_readers_language(albums, album):
    album = albums.update(
        album.id,
        description="Meer",
        title_translations={"en": "Sea", "zh-CN": "海"},
        share_title_translations={"fr": "Mer", "zh-CN": ""},
    )
    assert albums.localized(album, "en").title == "Sea"
    assert albums.localized(album, "fr").title == "海"
    assert albums.localized(album, "fr").share_title == "Mer"
    assert albums.localized(album, "en").share_title is None
    assert albums.localized(album, "en").description == "Meer"


@pytest.mark.parametrize("document", [JSON_NULL, ["en"], "en", 1, {"en": 1}, {"en": None}])
def test_what_are_no_translations_translate_nothing(albums, album, document):
    albums.update(album.id, title_translations=document)
    assert albums.localized(albums.get(album.id), "en").title == album.title


def test_an_owner_exists(albums):
    with pytest.raises(ForeignKeyViolationError):
        albums.create(title="a", owner_id=uuid4())
