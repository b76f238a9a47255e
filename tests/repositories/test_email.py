"""The mail account: one, and its password is not shown."""

from __future__ import annotations

import pytest

from pis_data.errors import InvalidValueError

GIVEN = {"smtp_host": "mail.example.org", "from_email": "photos@example.org"}


@pytest.fixture
def email(repositories):
    return repositories.email


def test_there_may_be_none(email):
    assert email.get_active() is None
    assert email.masked() is None


def test_an_account_is_saved(email, sent):
    made = email.save(**GIVEN, smtp_user="photos", smtp_pass="open sesame", from_name="PIS")
    kept = email.get_active()
    assert (kept.smtp_host, kept.smtp_port, kept.smtp_secure) == ("mail.example.org", 587, True)
    assert (kept.smtp_pass, kept.smtp_user, kept.from_name) == ("open sesame", "photos", "PIS")
    assert "sesame" not in repr(kept)
    assert made == email.masked()
    assert (made.id, made.has_password, made.smtp_pass) == (kept.id, True, "******")
    before = len(sent)
    email.masked()
    assert "smtp_pass," not in sent[before].replace("\n", " ").partition("FROM")[0].replace(
        "coalesce(email_config.smtp_pass,", ""
    )


@pytest.mark.parametrize("nothing", [None, "", "******"])
def test_no_password_keeps_the_old_one(email, nothing):
    first = email.save(**GIVEN, smtp_pass="open sesame")
    again = email.save(**{**GIVEN, "smtp_host": "other.example.org"}, smtp_port=465, smtp_pass=nothing)
    assert (again.id, again.smtp_host, again.smtp_port) == (first.id, "other.example.org", 465)
    assert email.get_active().smtp_pass == "open sesame"
    assert email.save(**GIVEN, smtp_pass="new").has_password
    assert email.get_active().smtp_pass == "new"


@pytest.mark.parametrize("nothing", [None, "", "******"])
def test_a_new_account_has_no_password_by_itself(email, nothing):
    made = email.save(**GIVEN, smtp_pass=nothing)
    assert (made.has_password, made.smtp_pass) == (False, "")
    assert email.get_active().smtp_pass is None


def test_the_newest_active_one_counts(email, db):
    old, new, off = (
        db.insert("email_config", {**GIVEN, "from_name": name, "is_active": name != "off"})[0]["id"]
        for name in ("old", "new", "off")
    )
    db.update(
        "email_config", {"id": old}, {"created_at": db.find_one("email_config", {"id": new})["created_at"]}
    )
    assert email.get_active().id == email.masked().id == new != off
    assert email.save(**GIVEN, from_name="newer").id == new
    assert db.count("email_config") == 3


def test_of_many_who_make_the_first_one_there_is_one(email, db, together, open_repositories):
    calls = [
        lambda db, name=name: open_repositories(db).email.save(**GIVEN, from_name=name).from_name
        for name in ("a", "b", "c")
    ]
    assert together(*calls) == ["a", "b", "c"]
    assert db.count("email_config") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"smtp_host": " "},
        {"smtp_port": 0},
        {"smtp_port": "587"},
        {"from_email": "photos"},
        {"smtp_secure": "yes"},
        {"smtp_user": "x" * 256},
    ],
    ids=str,
)
def test_bad_input_is_refused(email, refused, wrong):
    with refused(InvalidValueError):
        email.save(**{**GIVEN, **wrong})
