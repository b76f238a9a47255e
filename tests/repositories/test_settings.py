"""Settings: any JSON value, kept whether the key was there or not."""

from __future__ import annotations

import pytest

from pis_data.errors import InvalidValueError
from pis_data.schema import SettingCategory


@pytest.mark.parametrize(
    "value", ["text", "", 0, 3000, 1.5, True, False, None, [], [1, None], {}, {"a": {"b": None}}], ids=repr
)
def test_any_json_value_is_kept(settings, value):
    stored = settings.set("anything", value)
    assert stored.value == value
    assert type(stored.value) is type(value)
    found = settings.get("anything", "default")
    assert found == value
    assert type(found) is type(value)


def test_a_key_that_nobody_made_has_the_default(settings):
    assert settings.get("unknown") is None
    assert settings.get("unknown", 7) == 7
    assert settings.get("brand_logo", 7) is None


def test_a_value_is_never_lost(settings):
    new = settings.set("logo_url_of_tomorrow", "https://x/y.png", description="tomorrow's")
    assert (new.category, new.is_public, new.description) == (SettingCategory.SITE, False, "tomorrow's")
    again = settings.set("logo_url_of_tomorrow", None, category="brand", is_public=True)
    assert again.id == new.id
    assert (again.value, again.category, again.is_public) == (None, SettingCategory.BRAND, True)
    assert again.description == "tomorrow's"


def test_categories_are_an_open_list(settings):
    assert settings.set("a", 1, category="weather").category == "weather"
    assert [setting.key for setting in settings.all_grouped()["weather"]] == ["a"]


def test_what_is_not_given_stays(settings):
    before = settings.set("polling_interval", 3000)
    after = settings.set("polling_interval", 5000)
    assert after.value == 5000
    assert (after.category, after.is_public, after.description) == (
        before.category,
        before.is_public,
        before.description,
    )


def test_several_are_set_all_or_none(settings):
    stored = settings.set_many({"site_title": "A", "fresh": [1]})
    assert [(setting.key, setting.value) for setting in stored] == [("site_title", "A"), ("fresh", [1])]
    with pytest.raises(InvalidValueError):
        settings.set_many({"site_title": "B", "bad": float("nan")})
    assert settings.get_many(["site_title", "fresh", "unknown"]) == {"site_title": "A", "fresh": [1]}
    assert settings.set_many({}) == []
    assert settings.get_many([]) == {}


def test_visitors_read_what_is_public(settings):
    settings.set("secret", 1)
    settings.set("open", 2, is_public=True)
    found = settings.public()
    assert found["open"] == 2
    assert found["brand_logo"] is None
    assert found["polling_interval"] == 3000
    assert not {"secret", "allow_public_home"} & set(found)


def test_settings_come_by_category(settings):
    found = settings.all_grouped()
    assert list(found) == sorted(found)
    brand = found[SettingCategory.BRAND]
    assert [setting.key for setting in brand] == sorted(setting.key for setting in brand)
    assert {setting.key: setting.value for setting in brand}["brand_logo"] is None
    assert sum(map(len, found.values())) == 26


def test_writers_at_the_same_time_all_succeed(settings, together, open_repositories):
    calls = [lambda db, n=n: open_repositories(db).settings.set("contested", n).value for n in range(4)]
    outcomes = together(*calls)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
    assert settings.get("contested") in range(4)


@pytest.mark.parametrize("key", ["", "  ", None, 7, "a" * 101, "a\0"])
def test_a_key_makes_sense(settings, refused, key):
    with refused(InvalidValueError):
        settings.set(key, 1)


def test_bad_input_is_refused(settings, refused):
    for wrong in (lambda: settings.set("a", object()), lambda: settings.set("a", {1: 2})):
        with refused(InvalidValueError):
            wrong()
    with refused(InvalidValueError):
        settings.set("a", 1, category="")
    with refused(InvalidValueError):
        settings.set("a", 1, is_public="yes")
    with refused(InvalidValueError):
        settings.get_many("brand_name")
    with refused(InvalidValueError):
        settings.set_many([("a", 1)])
