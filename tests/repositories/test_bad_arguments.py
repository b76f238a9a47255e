"""What makes no sense is refused by a named error, before anything is sent, alike on every database."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import numpy as np
import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError, NotFoundError
from pis_data.repositories import Period

ID = uuid4()
ARRAY = np.array([1.0, 2.0])  # compares as nothing else does, and has no truth
DAWN = dt.datetime.min.replace(tzinfo=dt.UTC)
DOOM = dt.datetime.max.replace(tzinfo=dt.UTC)
AGES = dt.timedelta.max

#: calls by what is wrong with them
MAPPINGS = {
    "albums.create": lambda r, x: r.albums.create(x),
    "albums.update": lambda r, x: r.albums.update(ID, x, title="a"),
    "albums.batch_update": lambda r, x: r.albums.batch_update([ID], x, layout="grid"),
    "audit.record": lambda r, x: r.audit.record(x, action="update", resource_type="album"),
    "customers.create": lambda r, x: r.customers.create(x, name="a"),
    "customers.update": lambda r, x: r.customers.update(ID, x, name="a"),
    "groups.update": lambda r, x: r.groups.update(ID, x, name="a"),
    "styles.create": lambda r, x: r.styles.create(x, name="a", category="wedding"),
    "styles.update": lambda r, x: r.styles.update(ID, x, name="a"),
    "templates.create": lambda r, x: r.templates.create(x, name="a"),
    "templates.update": lambda r, x: r.templates.update(ID, x, name="a"),
    "users.update": lambda r, x: r.users.update(ID, x, full_name="a"),
}
FLAGS = {
    "albums.get": lambda r, x: r.albums.get(ID, live=x),
    "albums.get_by_slug": lambda r, x: r.albums.get_by_slug("a", live=x),
    "albums.list_admin, trash": lambda r, x: r.albums.list_admin(trash=x),
    "albums.list_admin, total": lambda r, x: r.albums.list_admin(total=x),
    "groups.list_with_counts": lambda r, x: r.groups.list_with_counts(ID, public=x),
    "packages.claim": lambda r, x: r.packages.claim(ID, retry_failed=x),
    "packages.create": lambda r, x: r.packages.create(ID, selected=x),
    "photos.claim_for_processing": lambda r, x: r.photos.claim_for_processing(ID, retry_failed=x),
    "photos.get": lambda r, x: r.photos.get(ID, live=x),
}
NOWS = {
    "albums.authenticate_upload": lambda r, x: r.albums.authenticate_upload(ID, "12345678", now=x),
    "albums.get_public_view": lambda r, x: r.albums.get_public_view("a", now=x),
    "albums.list_public": lambda r, x: r.albums.list_public(now=x),
    "audit.stats": lambda r, x: r.audit.stats(now=x),
    "groups.list_with_counts": lambda r, x: r.groups.list_with_counts(ID, public=True, now=x),
    "invites.expire_old": lambda r, x: r.invites.expire_old(now=x),
    "invites.redeem": lambda r, x: r.invites.redeem("a", ID, now=x),
    "packages.get_public_view": lambda r, x: r.packages.get_public_view(ID, ID, now=x),
    "packages.list_expired": lambda r, x: r.packages.list_expired(x),
    "permissions.effective": lambda r, x: r.permissions.effective(ID, now=x),
    "photos.get_download": lambda r, x: r.photos.get_download(ID, now=x),
    "photos.list_public": lambda r, x: r.photos.list_public(ID, now=x),
    "photos.set_selected": lambda r, x: r.photos.set_selected(ID, True, now=x),
}
EVENTS = {
    "analytics.record_album_view": lambda r, x: r.analytics.record_album_view(ID, "a", at=x),
    "analytics.record_download": lambda r, x: r.analytics.record_download("all", at=x),
    "analytics.record_photo_view": lambda r, x: r.analytics.record_photo_view(ID, "a", at=x),
}
LENGTHS = {
    "packages.claim": lambda r, x: r.packages.claim(ID, lease=x),
    "photos.changes_since": lambda r, x: r.photos.changes_since(ID, settle=x),
    "photos.claim_for_processing": lambda r, x: r.photos.claim_for_processing(ID, lease=x),
    "photos.claim_stuck": lambda r, x: r.photos.claim_stuck(lease=x),
    "photos.list_stuck": lambda r, x: r.photos.list_stuck(older_than=x),
}
TITLES = {
    "albums.duplicate": lambda r, x: r.albums.duplicate(ID, title=x),
}
LISTS = {
    "photos.create_many_pending": lambda r, x: r.photos.create_many_pending(ID, x),
    "photos.exists_by_key": lambda r, x: r.photos.exists_by_key(x),
}


def every(*kinds):
    """The calls of some kinds, each with the values that it refuses."""
    return [
        pytest.param(call, values, id=f"{name} {kind}")
        for kind, calls, values in kinds
        for name, call in calls.items()
    ]


@pytest.mark.parametrize(
    ("call", "values"),
    every(
        ("columns", MAPPINGS, (0, "", "text", [], [("title", "a")], ARRAY)),
        ("flag", FLAGS, (None, 0, 1, "no", ARRAY)),
        ("now", NOWS, (0, "", False, dt.date(2026, 6, 1), ARRAY)),
        ("at", EVENTS, (0, "", False, DAWN, DOOM, ARRAY)),
        ("length", LENGTHS, (0, None, AGES, dt.timedelta(-1), dt.timedelta(days=36_501))),
        ("title", TITLES, (0, "", " ", False, b"text", ["a"], ARRAY)),
        ("list", LISTS, (None, 1, "text", b"text", {"a": 1})),
    ),
)
def test_arguments_are_refused_before_anything_is_sent(call, values, repositories, count_statements):
    def try_all():
        for value in values:
            with pytest.raises(InvalidValueError):
                call(repositories, value)

    assert count_statements(try_all) == 0


def test_an_array_is_no_choice_and_no_secret(repositories):
    with pytest.raises(InvalidValueError):
        repositories.users.list(role=ARRAY)
    with pytest.raises(InvalidValueError):
        repositories.email.save(smtp_host="a", from_email="a@example.org", smtp_pass=ARRAY)
    for name in ("password", "upload_token"):
        with pytest.raises(InvalidValueError):
            repositories.albums.create({"title": "a", name: ARRAY})


def test_what_is_empty_is_not_what_is_left_out(repositories, albums, album, add):
    [photo] = add(album)
    albums.set_cover(album.id, photo)
    for cover in ("", 0, False):
        with pytest.raises(InvalidValueError):
            albums.set_cover(album.id, cover)
    with pytest.raises(InvalidValueError):
        albums.update(album.id, upload_token=0)  # would have been a new one
    with pytest.raises(InvalidValueError):
        repositories.groups.create(album.id, "a", sort_order="")
    assert albums.get(album.id).cover_photo_id == photo


@pytest.mark.parametrize("batch", [0, 2**31, 2**63, 10**30, True, "x" * 100_000], ids=lambda x: str(x)[:12])
def test_a_stream_has_a_bearable_batch(repositories, batch):
    for stream in (repositories.photos.iter_keys, repositories.audit.export):
        with pytest.raises(InvalidFilterError) as caught:
            list(stream(batch=batch))
        assert len(str(caught.value)) < 200


def test_a_period_is_of_bearable_years(repositories):
    for since, until in [(DAWN, None), (None, DOOM), (DOOM, None)]:
        with pytest.raises(InvalidValueError, match="1900 to 2199"):
            Period(since, until)
    with pytest.raises(InvalidValueError):
        Period.last(1, now=DAWN)
    for day in (dt.date.min, dt.date.max, dt.date(2199, 1, 1)):
        with pytest.raises(InvalidValueError):
            repositories.analytics.rollup_day(day)
    far = Period(dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2199, 12, 31, tzinfo=dt.UTC))
    assert sum(repositories.analytics.hourly(far, tz="America/New_York")) == 0


def test_a_setting_is_known_by_a_text(settings):
    for key in ([], {}, ARRAY, None, ""):
        with pytest.raises(InvalidValueError):
            settings.set(key, 1)


def test_an_album_is_localized_and_nothing_else(albums, album):
    for wrong in (None, album.id, "text"):
        with pytest.raises(InvalidValueError):
            albums.localized(wrong, "en")
    with pytest.raises(InvalidValueError):
        albums.localized(album, None)


def test_a_message_names_few_of_many(repositories):
    with pytest.raises(NotFoundError, match=r" and 995 more$") as caught:
        repositories.permissions.set_role("viewer", [f"photo:{number}" for number in range(1000)])
    assert len(str(caught.value)) < 200
