"""How many statements each call takes: as many for three rows as for twenty, and no more than stand here."""

from __future__ import annotations

import datetime as dt

import pytest

from pis_data.schema import PhotoStatus

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
AT_ONCE = dt.timedelta(0)

READS = {
    "albums.get": 1,
    "albums.get_by_slug": 1,
    "albums.get_public_view": 2,  # and its cover
    "albums.list_admin": 1,
    "albums.list_admin with its total": 2,
    "albums.list_public": 2,  # and their covers
    "albums.processing_config": 1,
    "albums.check_password": 1,
    "albums.authenticate_upload": 1,
    "photos.get": 1,
    "photos.page": 1,
    "photos.page by a sort": 1,
    "photos.list_public": 1,
    "photos.list_admin with its total": 2,
    "photos.list_trash": 1,
    "photos.list_selected": 1,
    "photos.list_pending": 1,
    "photos.list_stuck": 1,
    "photos.list_retouch_tasks": 1,
    "photos.changes_since": 1,
    "photos.find_duplicate": 1,
    "photos.keys_for_album": 1,
    "photos.exists_by_key": 1,
    "photos.count_by_status": 1,
    "photos.status_counts": 1,
    "photos.storage_bytes": 1,
    "photos.purge_trash": 2,  # by themselves, and with their album
    "groups.list_with_counts": 1,
    "groups.list_with_counts for visitors": 1,
    "groups.get": 1,
    "groups.photo_ids": 1,
    "groups.groups_of_photos": 1,
    "users.get": 1,
    "users.get_by_email": 1,
    "users.list": 1,
    "users.count_active_admins": 1,
    "users.first_admin": 1,
    "users.has_any_admin": 1,
    "settings.get": 1,
    "settings.get_many": 1,
    "settings.all_grouped": 1,
    "settings.public": 1,
}

#: What a server's abilities make of one thing to do: MySQL gives no rows back, only PostgreSQL gives changed
#: ones, where cascades fire no triggers children go first, and who can't name a conflict must look.
COSTS = {
    "postgresql": {"insert": 1, "update": 1, "increment": 1, "upsert": 2, "delete": 1},
    "sqlite": {"insert": 1, "update": 3, "increment": 2, "upsert": 2, "delete": 1},
    "mariadb": {"insert": 1, "update": 3, "increment": 2, "upsert": 3, "delete": 3},
    "mysql": {"insert": 2, "update": 3, "increment": 2, "upsert": 3, "delete": 3},
}

WRITES = {
    "albums.create": (1, "insert"),  # the settings' defaults first
    "albums.update": (0, "update"),
    "albums.batch_update": 1,
    "albums.soft_delete": 1,
    "albums.restore": 1,
    "albums.duplicate": (1, "insert"),
    "albums.set_cover": 4,
    "albums.refresh_cover": 2,
    "albums.increment_views": (0, "increment"),
    "albums.recount_photos": 2,
    "albums.rotate_upload_token": 1,
    "albums.purge_deleted": (2, "delete"),
    "photos.create_many_pending": (0, "insert"),
    "photos.claim_for_processing": (0, "update"),
    "photos.claim_pending": 3,
    "photos.claim_stuck": 3,
    "photos.complete": (0, "update"),
    "photos.renew_lease": (0, "update"),
    "photos.fail": (0, "update"),
    "photos.requeue": 2,
    "photos.soft_delete": 4,
    "photos.restore": 2,
    "photos.permanent_delete": (2, "delete"),
    "photos.reorder": 3,
    "photos.set_rotation": 3,
    "photos.set_selected": 3,
    "photos.replace_original": 3,
    "groups.create": 4,
    "groups.update": 5,
    "groups.delete": 1,
    "groups.reorder": 2,
    "groups.assign": 3,
    "groups.remove": 1,
    "users.create": (0, "insert"),
    "users.update": (0, "update"),
    "users.demote_or_disable_guarded": 4,
    "users.soft_delete": 4,
    "users.touch_last_login": 1,
    "users.set_password_hash": (0, "update"),
    "users.set_password_if_unset": 1,
    "settings.set": (0, "upsert"),
}


class Furnished:
    """A database with so many of everything."""

    def __init__(self, repositories, add, many, name):
        r = self.r = repositories
        self.albums = [
            r.albums.create(title=f"{name} {number}", is_public=True, upload_token="12345678")
            for number in range(many)
        ]
        self.album = album = self.albums[0]
        self.photos = add(album, many, captured_at=NOON, file_size=1, is_selected=True)
        for each in self.albums[1:]:
            add(each)
        self.pending = add(album, many, status="pending")
        self.processing = add(album, many, status="processing")
        self.dead = add(album, many, deleted_at=NOON)
        add(album, many, status="pending_retouch")
        self.groups = [r.groups.create(album.id, f"{name} {number}") for number in range(many)]
        for group in self.groups:
            r.groups.assign(group.id, self.photos)
        self.users = [
            r.users.create(f"{name}-{number}@example.org", role="admin") for number in range(many + 1)
        ]

    def claim(self):
        return self.r.photos.claim_for_processing(self.processing.pop(), lease=AT_ONCE)

    def reads(self):
        r, album, photo, user = self.r, self.album, self.photos[0], self.users[0]
        return {
            "albums.get": lambda: r.albums.get(album.id),
            "albums.get_by_slug": lambda: r.albums.get_by_slug(album.slug),
            "albums.get_public_view": lambda: r.albums.get_public_view(album.slug),
            "albums.list_admin": lambda: r.albums.list_admin(),
            "albums.list_admin with its total": lambda: r.albums.list_admin(total=True),
            "albums.list_public": lambda: r.albums.list_public(),
            "albums.processing_config": lambda: r.albums.processing_config(album.id),
            "albums.check_password": lambda: r.albums.check_password(album.id, "x"),
            "albums.authenticate_upload": lambda: r.albums.authenticate_upload(album.slug, "12345678"),
            "photos.get": lambda: r.photos.get(photo),
            "photos.page": lambda: r.photos.page(album.id),
            "photos.page by a sort": lambda: r.photos.page(album.id, sort="manual", status="completed"),
            "photos.list_public": lambda: r.photos.list_public(album.id, group_id=self.groups[0].id),
            "photos.list_admin with its total": lambda: r.photos.list_admin(album.id, total=True),
            "photos.list_trash": lambda: r.photos.list_trash(album.id),
            "photos.list_selected": lambda: r.photos.list_selected(album.id),
            "photos.list_pending": lambda: r.photos.list_pending(),
            "photos.list_stuck": lambda: r.photos.list_stuck(older_than=AT_ONCE),
            "photos.list_retouch_tasks": lambda: r.photos.list_retouch_tasks(),
            "photos.changes_since": lambda: r.photos.changes_since(album.id),
            "photos.find_duplicate": lambda: r.photos.find_duplicate(album.id, content_hash="x"),
            "photos.keys_for_album": lambda: r.photos.keys_for_album(album.id),
            "photos.exists_by_key": lambda: r.photos.exists_by_key(["a", "b"]),
            "photos.count_by_status": lambda: r.photos.count_by_status(album.id),
            "photos.status_counts": lambda: r.photos.status_counts(),
            "photos.storage_bytes": lambda: r.photos.storage_bytes(),
            "photos.purge_trash": lambda: r.photos.purge_trash(NOON + dt.timedelta(days=1)),
            "groups.list_with_counts": lambda: r.groups.list_with_counts(album.id),
            "groups.list_with_counts for visitors": lambda: r.groups.list_with_counts(album.id, public=True),
            "groups.get": lambda: r.groups.get(self.groups[0].id),
            "groups.photo_ids": lambda: r.groups.photo_ids(self.groups[0].id),
            "groups.groups_of_photos": lambda: r.groups.groups_of_photos(self.photos),
            "users.get": lambda: r.users.get(user.id),
            "users.get_by_email": lambda: r.users.get_by_email(user.email),
            "users.list": lambda: r.users.list(),
            "users.count_active_admins": lambda: r.users.count_active_admins(),
            "users.first_admin": lambda: r.users.first_admin(),
            "users.has_any_admin": lambda: r.users.has_any_admin(),
            "settings.get": lambda: r.settings.get("brand_name"),
            "settings.get_many": lambda: r.settings.get_many(["brand_name", "site_title"]),
            "settings.all_grouped": lambda: r.settings.all_grouped(),
            "settings.public": lambda: r.settings.public(),
        }

    def writes(self):
        """Calls in an order in which each finds what it needs; claims are made beforehand."""
        r, album, many = self.r, self.album, len(self.photos)
        ids, user = [each.id for each in self.albums], self.users[0]
        first, second, third = (self.claim() for _ in range(3)) if many > 2 else (None, None, None)
        new = [{"filename": f"{n}", "original_key": f"{n}"} for n in range(many)]
        claims = {
            "photos.renew_lease": lambda: r.photos.renew_lease(first),
            "photos.complete": lambda: r.photos.complete(second, width=1),
            "photos.fail": lambda: r.photos.fail(third),
        }
        return {
            "albums.create": lambda: r.albums.create(title="a"),
            "albums.update": lambda: r.albums.update(album.id, title="b"),
            "albums.batch_update": lambda: r.albums.batch_update(ids, layout="grid"),
            "albums.duplicate": lambda: r.albums.duplicate(album.id),
            "albums.set_cover": lambda: r.albums.set_cover(album.id, self.photos[0]),
            "albums.refresh_cover": lambda: r.albums.refresh_cover(album.id),
            "albums.increment_views": lambda: r.albums.increment_views(album.id),
            "albums.recount_photos": lambda: r.albums.recount_photos(album.id),
            "albums.rotate_upload_token": lambda: r.albums.rotate_upload_token(album.id),
            **(claims if many > 2 else {}),
            "photos.create_many_pending": lambda: r.photos.create_many_pending(album.id, new),
            "photos.claim_for_processing": lambda: r.photos.claim_for_processing(self.pending.pop()),
            "photos.claim_pending": lambda: r.photos.claim_pending(many),
            "photos.claim_stuck": lambda: r.photos.claim_stuck(many, lease=AT_ONCE),
            "photos.set_rotation": lambda: r.photos.set_rotation(self.photos[0], 90),
            "photos.replace_original": lambda: r.photos.replace_original(self.photos[0], "retouched/x"),
            "photos.requeue": lambda: r.photos.requeue(
                self.photos, from_status=[PhotoStatus.COMPLETED, PhotoStatus.PENDING]
            ),
            "photos.reorder": lambda: r.photos.reorder(album.id, self.photos[::-1]),
            "groups.create": lambda: r.groups.create(album.id, "new"),
            "groups.update": lambda: r.groups.update(self.groups[0].id, name="renamed"),
            "groups.reorder": lambda: r.groups.reorder(album.id, [group.id for group in self.groups[::-1]]),
            "groups.remove": lambda: r.groups.remove(self.groups[0].id, self.photos),
            "groups.assign": lambda: r.groups.assign(self.groups[0].id, self.photos),
            "groups.delete": lambda: r.groups.delete(self.groups[0].id),
            "photos.soft_delete": lambda: r.photos.soft_delete(self.photos),
            "photos.restore": lambda: r.photos.restore(self.photos),
            "photos.permanent_delete": lambda: r.photos.permanent_delete(self.dead),
            "albums.soft_delete": lambda: r.albums.soft_delete(ids),
            "albums.restore": lambda: r.albums.restore(ids),
            "users.create": lambda: r.users.create(f"new-{many}@example.org"),
            "users.update": lambda: r.users.update(user.id, full_name="x"),
            "users.set_password_hash": lambda: r.users.set_password_hash(user.id, "h"),
            "users.set_password_if_unset": lambda: r.users.set_password_if_unset(user.id, "h"),
            "users.touch_last_login": lambda: r.users.touch_last_login(user.id),
            "users.demote_or_disable_guarded": lambda: r.users.demote_or_disable_guarded(
                user.id, is_active=False
            ),
            "users.soft_delete": lambda: r.users.soft_delete(user.id),
            "settings.set": lambda: r.settings.set("polling_interval", 4000),
        }


def pinned(name, kind):
    """A number, or a number and what a server's ability adds to it."""
    found = WRITES[name]
    return found if isinstance(found, int) else found[0] + COSTS[kind][found[1]]


@pytest.fixture(params=[3, 20])
def furnished(repositories, settings, add, request):
    return Furnished(repositories, add, request.param, f"f{request.param}")


def test_reading(furnished, count_statements):
    found = {name: count_statements(call) for name, call in furnished.reads().items()}
    assert found == READS


def test_writing(furnished, count_statements, database_kind):
    found = {name: count_statements(call) for name, call in furnished.writes().items()}
    wanted = {name: pinned(name, database_kind) for name in found}
    assert found == wanted
    assert set(WRITES) - set(found) == {"albums.purge_deleted", "photos.set_selected"}


def test_picking_a_photo(photos, album, add, count_statements):
    (key,) = add(album)
    assert count_statements(photos.set_selected, key, True) == WRITES["photos.set_selected"]


@pytest.mark.parametrize("many", [2, 10])
def test_purging_albums(albums, db, count_statements, database_kind, many):
    made = [albums.create(title=str(number)).id for number in range(many)]
    db.update("albums", {"id": made}, {"deleted_at": NOON})
    found = count_statements(albums.purge_deleted, NOON + dt.timedelta(days=1))
    assert found == pinned("albums.purge_deleted", database_kind)


def test_a_page_of_an_album_with_another_order_asks_twice(photos, albums, album, add, count_statements):
    add(album, 3)
    albums.update(album.id, sort_rule="manual")
    assert count_statements(photos.page, album.id, limit=2) == 2
    after = photos.page(album.id, limit=2).next
    assert count_statements(photos.page, album.id, limit=2, after=after) == 1


def test_only_the_last_pages_by_time_ask_for_photos_without_one(photos, album, add, count_statements):
    add(album, 5, captured_at=NOON)
    add(album, 3, captured_at=None)
    asked, after = [], None
    while True:
        asked.append(count_statements(photos.page, album.id, sort="capture_desc", limit=2, after=after))
        after = photos.page(album.id, sort="capture_desc", limit=2, after=after).next
        if after is None:
            break
    assert asked == [1, 1, 2, 1]


def test_covers_are_refreshed_only_where_one_is_lost(photos, albums, album, add, count_statements):
    first, second = add(album, 2)
    albums.set_cover(album.id, first)
    assert count_statements(photos.soft_delete, second) == 3
    assert count_statements(photos.soft_delete, first) == 4
