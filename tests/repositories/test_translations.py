"""Texts of the user interface: set whether they are there or not, one or many, and given by namespace."""

from __future__ import annotations

from uuid import uuid4

import pytest

from pis_data.errors import InvalidFilterError, InvalidValueError


@pytest.fixture
def translations(repositories):
    return repositories.translations


def text(key, value="x", locale="en", namespace="album", **more):
    return {"locale": locale, "namespace": namespace, "key": key, "value": value, **more}


def test_a_text_is_set_whether_it_is_there_or_not(translations):
    """9.3: the upsert of translations always fails in PIS."""
    first = translations.upsert("zh-CN", "album", "share.title", "分享")
    again = translations.upsert("zh-CN", "album", "share.title", "分享相册")
    assert (first.value, first.is_active) == ("分享", True)
    assert (again.id, again.value, again.created_at) == (first.id, "分享相册", first.created_at)
    assert translations.upsert("zh-CN", "album", "share.title", "", is_active=False).is_active is False
    assert translations.upsert("zh-CN", "album", "share.title", "y").is_active is False
    assert translations.list(total=True).total == 1


def test_many_texts_are_set_in_order(translations):
    kept = translations.upsert("en", "album", "b", "old")
    stored = translations.upsert_many([text("a"), text("b", "new"), text("c", locale="de")])
    assert [(each.locale, each.key, each.value) for each in stored] == [
        ("en", "a", "x"),
        ("en", "b", "new"),
        ("de", "c", "x"),
    ]
    assert stored[1].id == kept.id
    assert translations.upsert_many([]) == []
    twice = translations.upsert_many([text("a", "1"), text("a", "2")])
    assert [each.value for each in twice] == ["2", "2"]


def test_two_hundred_texts_are_changed_at_once(translations):
    many = [text(f"key.{number:03}", f"{number}") for number in range(230)]
    translations.upsert_many(many)
    changed = translations.upsert_many([{**each, "value": f"{each['value']}!"} for each in many])
    assert [each.value for each in changed] == [f"{number}!" for number in range(230)]


def test_of_many_who_set_the_same_texts_nobody_fails(translations, together, open_repositories):
    def set_them(db):
        return len(open_repositories(db).translations.upsert_many([text(f"{n}") for n in range(20)]))

    assert together(*[set_them] * 4) == [20] * 4
    assert translations.list(total=True).total == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"locale": ""},
        {"locale": "a" * 11},
        {"namespace": None},
        {"key": " "},
        {"value": None},
        {"value": "a\0b"},
        {"is_active": 1},
        {"id": 1},
    ],
    ids=str,
)
def test_nothing_is_set_if_one_makes_no_sense(translations, refused, wrong):
    with refused(InvalidValueError):
        translations.upsert_many([text("a"), {**text("b"), **wrong}])


def test_what_is_no_list_is_refused(translations, refused):
    for wrong in (text("a"), "abc", None, [7]):
        with refused(InvalidValueError):
            translations.upsert_many(wrong)


def test_texts_are_listed_by_key(translations):
    translations.upsert_many(
        [text("b"), text("a", namespace="common"), text("c", locale="de"), text("B"), text("ä")]
    )
    page = translations.list(limit=2, total=True)
    found = [each.key for each in page]
    assert page.total == 5
    while page.next:
        page = translations.list(limit=2, after=page.next)
        found += [each.key for each in page]
    assert found == ["B", "a", "b", "c", "ä"]
    assert [each.key for each in translations.list(locale="en", namespace="album")] == ["B", "b", "ä"]
    with pytest.raises(InvalidFilterError):
        translations.list(locale="en", after=translations.list(limit=1).next)
    with pytest.raises(InvalidFilterError):
        translations.list(after="x")


def test_pages_by_key_tell_equal_keys_apart(translations):
    translations.upsert_many([text("same", namespace=f"{number}") for number in range(5)])
    page, found = translations.list(limit=2), []
    while True:
        found += [each.namespace for each in page]
        if page.next is None:
            break
        page = translations.list(limit=2, after=page.next)
    assert sorted(found) == ["0", "1", "2", "3", "4"]


def test_a_page_gets_what_is_in_use(translations):
    translations.upsert_many(
        [text("b", "2"), text("a", "1"), text("t", "3", namespace="common"), text("off", is_active=False)]
    )
    assert translations.export("en") == {"album": {"a": "1", "b": "2"}, "common": {"t": "3"}}
    assert list(translations.export("en")["album"]) == ["a", "b"]
    assert translations.export("fr") == {}


def test_a_text_goes(translations):
    made = translations.upsert("en", "album", "a", "x")
    assert translations.delete(made.id) is True
    assert translations.delete(made.id) is False
    assert translations.delete(uuid4()) is False
    assert translations.export("en") == {}
