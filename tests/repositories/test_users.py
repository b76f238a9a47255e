"""Accounts: addresses, first passwords, and the last administrator."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest

from pis_data.errors import (
    InvalidFilterError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    UniqueViolationError,
)
from pis_data.schema import UserRole

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def admin(users):
    return users.create("admin@example.org", role="admin")


def test_an_address_is_stored_in_lower_case(users):
    user = users.create("  Ann.Lee@Example.ORG ", "salt:1:hash", "photographer", full_name="Ann")
    assert (user.email, user.role, user.full_name) == ("ann.lee@example.org", UserRole.PHOTOGRAPHER, "Ann")
    assert user == users.get(user.id) == users.get_by_email("ANN.LEE@example.org ")
    assert "salt:1:hash" not in repr(user)


def test_a_new_account_is_a_guest_without_password(users):
    user = users.create("a@example.org")
    assert (user.role, user.password_hash, user.is_active) == (UserRole.GUEST, None, True)


def test_an_address_is_taken_once(users):
    users.create("a@example.org")
    users.soft_delete(users.create("b@example.org").id)
    for taken in ("A@example.org", "b@example.org"):
        with pytest.raises(UniqueViolationError) as caught:
            users.create(taken)
        assert caught.value.columns == ("email",)


@pytest.mark.parametrize("email", ["", "ann", "@example.org", "ann@", "a b@example.org", None, 7, "a\0@b"])
def test_what_is_no_address_is_refused(users, refused, email):
    with refused(InvalidValueError):
        users.create(email)


def test_unknown_roles_are_refused(users, admin, refused):
    with refused(InvalidValueError, "users.role is one of"):
        users.create("a@example.org", role="root")
    with refused(InvalidValueError):
        users.update(admin.id, role="root")
    with refused(InvalidValueError):
        users.list(role="root")


def test_deleted_accounts_are_not_found(users):
    user = users.create("a@example.org")
    assert users.soft_delete(user.id).deleted_at is not None
    assert users.get(user.id) is None
    assert users.get_by_email("a@example.org") is None
    assert users.get_by_email("nobody@example.org") is None
    assert users.list().items == ()
    for call in (
        lambda: users.update(user.id, full_name="x"),
        lambda: users.update(user.id, is_active=False),
        lambda: users.soft_delete(user.id),
        lambda: users.set_password_hash(user.id, "h"),
        lambda: users.clear_password(user.id),
        lambda: users.touch_last_login(uuid4()),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert users.set_password_if_unset(user.id, "h") is False


def test_accounts_are_listed_by_what_they_are(users):
    names = ["ann@a.org", "bob@b.org", "cid_x@b.org"]
    ann, bob, cid = (
        users.create(name, role=role).id
        for name, role in zip(names, ["admin", "guest", "guest"], strict=True)
    )
    users.update(cid, is_active=False)

    def ids(**how):
        return {user.id for user in users.list(**how)}

    assert ids() == {ann, bob, cid}
    assert ids(role="guest") == {bob, cid}
    assert ids(role=UserRole.GUEST, is_active=True) == {bob}
    assert ids(search="@B.") == {bob, cid}
    assert ids(search="cid_") == {cid}
    assert ids(search="%") == set()
    assert users.list(search="b.org", limit=1, total=True).total == 2


def test_accounts_have_pages(users):
    made = [users.create(f"{n}@example.org").id for n in range(5)]
    page = users.list(limit=2)
    found = [user.id for user in page]
    while page.next:
        page = users.list(limit=2, after=page.next)
        found += [user.id for user in page]
    assert sorted(found) == sorted(made)
    with pytest.raises(InvalidFilterError):
        users.list(role="guest", limit=2, after=users.list(limit=2).next)


def test_an_account_is_changed(users):
    user = users.create("a@example.org")
    changed = users.update(user.id, {"email": "B@Example.org"}, role="photographer", avatar_url="https://x/y")
    assert (changed.email, changed.role) == ("b@example.org", UserRole.PHOTOGRAPHER)
    assert changed == users.get(user.id)


@pytest.mark.parametrize(
    "wrong", [{}, {"password_hash": "x"}, {"id": UUID(int=1)}, {"email": "x"}, {"is_active": 1}], ids=str
)
def test_only_what_can_be_changed_is(users, admin, refused, wrong):
    with refused(InvalidValueError):
        users.update(admin.id, wrong)


def test_logins_are_noted(users):
    user = users.create("a@example.org")
    users.touch_last_login(user.id)
    assert dt.datetime.now(dt.UTC) - users.get(user.id).last_login_at < dt.timedelta(minutes=1)


# -- passwords -----------------------------------------------------------------------------------------


def test_a_first_password_is_set_once(users):
    user = users.create("a@example.org")
    assert users.set_password_if_unset(user.id, "first")
    assert not users.set_password_if_unset(user.id, "second")
    assert users.get(user.id).password_hash == "first"
    assert users.clear_password(user.id).password_hash is None
    assert users.set_password_if_unset(user.id, "third")
    assert users.set_password_hash(user.id, "fourth").password_hash == "fourth"
    assert not users.set_password_if_unset(uuid4(), "x")


def test_a_blank_password_is_none(db, users):
    user = users.create("a@example.org", "")
    assert users.set_password_if_unset(user.id, "first")


def test_of_many_first_passwords_one_is_set(users, together, open_repositories):
    user = users.create("a@example.org")
    calls = [
        lambda db, word=word: open_repositories(db).users.set_password_if_unset(user.id, word) and word
        for word in "abcd"
    ]
    outcomes = together(*calls)
    assert len([word for word in outcomes if word]) == 1
    assert users.get(user.id).password_hash in outcomes


@pytest.mark.parametrize("nothing", ["", None, " "])
def test_a_password_hash_is_something(users, admin, refused, nothing):
    for call in (users.set_password_hash, users.set_password_if_unset):
        with refused(InvalidValueError):
            call(admin.id, nothing)


# -- the last administrator ----------------------------------------------------------------------------


def test_administrators_are_known(db, users, admin):
    assert users.has_any_admin()
    assert users.count_active_admins() == 1
    older = users.create("older@example.org", role="admin", is_active=False)
    db.update("users", {"id": older.id}, {"created_at": NOON})
    assert users.first_admin().id == older.id
    assert users.count_active_admins() == 1


def test_there_may_be_no_administrator(users):
    users.create("a@example.org", role="photographer")
    assert users.first_admin() is None
    assert not users.has_any_admin()
    assert users.count_active_admins() == 0


WAYS_DOWN = {
    "demote": lambda users, key: users.update(key, role="guest"),
    "disable": lambda users, key: users.update(key, is_active=False),
    "guarded": lambda users, key: users.demote_or_disable_guarded(key, role="viewer", is_active=False),
    "delete": lambda users, key: users.soft_delete(key),
}


@pytest.mark.parametrize("way", WAYS_DOWN)
def test_the_last_active_administrator_stays(users, admin, way):
    users.create("off@example.org", role="admin", is_active=False)
    users.soft_delete(users.create("gone@example.org", role="admin").id)
    with pytest.raises(PermissionDeniedError, match="last active administrator"):
        WAYS_DOWN[way](users, admin.id)
    assert users.get(admin.id) == admin
    other = users.create("other@example.org", role="admin")
    WAYS_DOWN[way](users, admin.id)
    assert users.count_active_admins() == 1
    with pytest.raises(PermissionDeniedError):
        WAYS_DOWN[way](users, other.id)


def test_what_keeps_an_administrator_is_allowed(users, admin):
    assert users.update(admin.id, role="admin", is_active=True, full_name="Ann").full_name == "Ann"
    assert users.demote_or_disable_guarded(admin.id, role="admin").role == UserRole.ADMIN


@pytest.mark.parametrize("way", WAYS_DOWN)
def test_of_many_administrators_who_go_at_once_one_stays(users, together, open_repositories, way):
    ids = [users.create(f"{n}@example.org", role="admin").id for n in range(4)]
    calls = [lambda db, key=key: WAYS_DOWN[way](open_repositories(db).users, key) for key in ids]
    outcomes = together(*calls)
    refused = [outcome for outcome in outcomes if isinstance(outcome, PermissionDeniedError)]
    assert len(refused) == 1, outcomes
    assert users.count_active_admins() == 1


def test_a_refusal_does_not_end_the_callers_transaction(repositories, admin):
    with repositories.transaction() as r:
        with pytest.raises(PermissionDeniedError):
            r.users.soft_delete(admin.id)
        with pytest.raises(NotFoundError):
            r.users.update(uuid4(), role="guest")
        r.users.create("b@example.org")
    assert repositories.users.get_by_email("b@example.org") is not None
