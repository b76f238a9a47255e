"""Templates and styles: only their own columns are written, and an export comes back as it was."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID, uuid4

import pytest

from pis_data.errors import ForeignKeyViolationError, InvalidFilterError, InvalidValueError, NotFoundError
from pis_data.schema import AlbumLayout, AlbumTemplate, SortRule, StyleCategory, StyleTemplate

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
MARKS = {"watermarks": [{"type": "text", "text": "© 海边", "opacity": 0.5}]}


@pytest.fixture
def templates(repositories):
    return repositories.templates


@pytest.fixture
def styles(repositories):
    return repositories.styles


def names(found):
    return [each.name for each in found]


def test_a_template_is_made_with_defaults(templates):
    made = templates.create(name="  wedding ")
    assert type(made) is AlbumTemplate
    assert (made.name, made.layout, made.sort_rule) == (
        "wedding",
        AlbumLayout.MASONRY,
        SortRule.CAPTURE_DESC,
    )
    assert (made.allow_download, made.allow_batch_download, made.is_public) == (True, False, False)
    assert (made.password, made.watermark_config) == (None, {})
    assert templates.get(made.id) == made
    assert templates.get(uuid4()) is None


def test_a_template_is_changed(templates):
    made = templates.create({"name": "a", "password": "secret"}, layout="grid", watermark_config=MARKS)
    assert "secret" not in repr(made)
    changed = templates.update(made.id, {"password": ""}, sort_rule="manual", expires_at=NOON)
    assert (changed.password, changed.sort_rule, changed.expires_at) == (None, SortRule.MANUAL, NOON)
    assert (changed.layout, changed.watermark_config) == (AlbumLayout.GRID, MARKS)
    with pytest.raises(NotFoundError):
        templates.update(uuid4(), name="x")


def test_a_template_goes(templates):
    made = templates.create(name="a")
    assert templates.delete(made.id) is True
    assert templates.delete(made.id) is False
    assert templates.get(made.id) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": UUID(int=1)},
        {"created_at": NOON},
        {"settings": {"layout": "grid"}},
        {"name": " "},
        {"layout": "mosaic"},
        {"sort_rule": "upload_desc"},
        {"watermark_type": "stamp"},
        {"watermark_config": []},
        {"expires_at": "tomorrow"},
        {"is_public": 1},
        {},
    ],
    ids=str,
)
def test_no_other_column_of_a_template_is_written(templates, refused, wrong):
    """9.2: PIS spreads any key of the settings into its UPDATE."""
    made = templates.create(name="a")
    with refused(InvalidValueError):
        templates.update(made.id, wrong)
    if wrong:
        with refused(InvalidValueError):
            templates.create({"name": "b", **wrong})
    assert templates.get(made.id) == made


def test_a_new_template_needs_a_name(templates, styles, refused):
    for repository in (templates, styles):
        with refused(InvalidValueError, "name"):
            repository.create(is_public=True)


def test_templates_have_pages(templates):
    made = [templates.create(name=f"{n}", is_public=n % 2 == 0).id for n in range(5)]
    page = templates.list(limit=2, total=True)
    assert page.total == 5
    found = list(page)
    while page.next:
        page = templates.list(limit=2, after=page.next)
        found += page.items
    assert sorted(each.id for each in found) == sorted(made)
    assert [each.created_at for each in found] == sorted((each.created_at for each in found), reverse=True)
    public = templates.list(is_public=True, limit=1, total=True)
    assert public.total == 3
    with pytest.raises(InvalidFilterError):
        templates.list(after=public.next)


def test_templates_are_exported_and_imported(templates):
    first = templates.create(name="一", password="secret", expires_at=NOON, watermark_config=MARKS)
    second = templates.create(name="two", layout="carousel")
    document = json.loads(json.dumps(templates.export()))
    assert names_of(document) == ["一", "two"]
    assert "secret" not in json.dumps(document)
    assert not {"id", "password", "created_at"} & document[0].keys()
    imported = templates.import_many(document)
    assert [(each.name, each.expires_at, each.watermark_config) for each in imported] == [
        (first.name, NOON, MARKS),
        (second.name, None, {}),
    ]
    assert imported[0].id != first.id
    assert names_of(templates.export(second.id)) == ["two"]
    assert templates.export([]) == []
    with pytest.raises(NotFoundError, match="1 of 2"):
        templates.export([first.id, uuid4()])


def names_of(document):
    return [each["name"] for each in document]


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([{"name": "a"}, {"layout": "grid"}], "item 1.*name"),
        ([{"name": "a"}, {"name": "b", "id": "x"}], "item 1.*'id'"),
        ([{"name": "a", "expires_at": "soon"}], "item 0.*expires_at"),
        ([{"name": "a", "expires_at": "2026-06-01T12:00:00"}], "item 0.*expires_at"),
        ([{"name": "a", "password": "x"}], "item 0.*'password'"),
        (["a"], "item 0"),
        ({"name": "a"}, "list"),
        (None, "list"),
    ],
    ids=str,
)
def test_nothing_is_imported_if_one_is_wrong(templates, refused, items, message):
    with refused(InvalidValueError, message):
        templates.import_many(items)


def test_an_empty_time_is_none(templates):
    """9.1, 13: forms send an empty text where there is no moment."""
    assert templates.import_many([{"name": "a", "expires_at": ""}])[0].expires_at is None
    assert templates.import_many([]) == []


# -- styles --------------------------------------------------------------------------------------------


def test_a_style_is_made_and_changed(styles, users):
    maker = users.create("a@example.org")
    made = styles.create(name="night", category="wedding", theme_config={"mode": "dark"}, created_by=maker.id)
    assert type(made) is StyleTemplate
    assert (made.category, made.theme_config, made.created_by) == (
        StyleCategory.WEDDING,
        {"mode": "dark"},
        maker.id,
    )
    assert (made.is_builtin, made.is_public, made.sort_order, made.hero_config) == (False, True, 0, {})
    changed = styles.update(made.id, category="imported", hero_config={"style": "full"})
    assert (changed.category, changed.hero_config, changed.theme_config) == (
        "imported",
        {"style": "full"},
        {"mode": "dark"},
    )
    with pytest.raises(ForeignKeyViolationError):
        styles.create(name="x", created_by=uuid4())
    with pytest.raises(NotFoundError):
        styles.update(uuid4(), name="x")
    assert styles.delete(made.id) is True
    assert styles.delete(made.id) is False


@pytest.mark.parametrize(
    "wrong",
    [{"is_builtin": True}, {"created_by": UUID(int=1)}, {"theme_config": "dark"}, {"sort_order": "1"}, {}],
    ids=str,
)
def test_no_other_column_of_a_style_is_written(styles, refused, wrong):
    made = styles.create(name="a")
    with refused(InvalidValueError):
        styles.update(made.id, wrong)


def test_styles_are_listed_in_their_order(styles):
    for name, order, category in (
        ("c", 2, "event"),
        ("a", 0, "event"),
        ("b", 0, "travel"),
        ("d", -1, "event"),
    ):
        styles.create(name=name, sort_order=order, category=category, is_public=name != "c")
    assert names(styles.list()) == ["d", "a", "b", "c"]
    assert names(styles.list(category="event")) == ["d", "a", "c"]
    assert names(styles.list(is_public=False)) == ["c"]
    page = styles.list(limit=3, total=True)
    assert (names(page), page.total) == (["d", "a", "b"], 4)
    assert names(styles.list(limit=3, after=page.next)) == ["c"]


def test_visitors_see_public_styles_and_not_who_made_them(styles, users):
    maker = users.create("a@example.org")
    public = styles.create(name="a", created_by=maker.id, theme_config={"mode": "dark"})
    private = styles.create(name="b", is_public=False)
    seen = styles.get_public_view(public.id)
    assert (seen.name, seen.theme_config) == ("a", {"mode": "dark"})
    assert not hasattr(seen, "created_by")
    assert styles.get_public_view(private.id) is None


def test_styles_are_exported_and_imported(styles, users):
    maker = users.create("a@example.org")
    styles.create(name="a", category="imported", created_by=maker.id, animation_config={"entrance": "fade"})
    [copy] = styles.import_many(json.loads(json.dumps(styles.export())))
    assert (copy.name, copy.category, copy.animation_config, copy.created_by) == (
        "a",
        "imported",
        {"entrance": "fade"},
        None,
    )
