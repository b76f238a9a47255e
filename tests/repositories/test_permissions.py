"""Permissions: the sets of roles, and what one user has besides."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from pis_data.errors import (
    ForeignKeyViolationError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
)
from pis_data.schema.seeds import PERMISSIONS, ROLE_PERMISSIONS

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
EVERYTHING = {permission["code"] for permission in PERMISSIONS}


@pytest.fixture
def permissions(repositories, db):
    yield repositories.permissions
    db.upsert("role_permissions", list(ROLE_PERMISSIONS), conflict=["role", "permission_id"])


@pytest.fixture
def ann(users):
    return users.create("ann@example.org", role="retoucher")


def test_all_permissions_are_listed_by_category_and_code(permissions):
    found = permissions.list_all()
    assert {permission.code for permission in found} == EVERYTHING
    order = [(permission.category, permission.code) for permission in found]
    assert order == sorted(order)


def test_a_role_has_its_set(permissions):
    assert permissions.role_codes("admin") == EVERYTHING
    assert permissions.role_codes("viewer") == {"album:view", "photo:view", "analytics:view"}
    assert permissions.role_codes("guest") == frozenset()


def test_a_roles_set_is_replaced(permissions, users, db):
    boss = users.create("boss@example.org", role="admin")
    assert permissions.set_role("viewer", ["photo:view", "photo:download"], granted_by=boss.id) == {
        "photo:view",
        "photo:download",
    }
    assert permissions.role_codes("viewer") == {"photo:view", "photo:download"}
    kept = db.find_many("role_permissions", {"role": "viewer"}, select=["granted_by"])
    assert sorted(kept, key=str) == [{"granted_by": None}, {"granted_by": boss.id}]  # photo:view was there
    assert permissions.set_role("viewer", []) == frozenset()
    assert permissions.role_codes("viewer") == frozenset()
    db.delete("role_permissions", {"role": "viewer"})


def test_a_refused_set_leaves_the_old_one_whole(permissions):
    """pis.md 9.2.9: DELETE, then INSERT without a transaction, could leave a role with nothing."""
    before = permissions.role_codes("photographer")
    with pytest.raises(NotFoundError, match=r"'photo:eat', str 'photo:fly'"):
        permissions.set_role("photographer", ["photo:view", "photo:fly", "photo:eat"])
    with pytest.raises(ForeignKeyViolationError):
        permissions.set_role("photographer", ["photo:retouch"], granted_by=uuid4())
    assert permissions.role_codes("photographer") == before


def test_of_two_sets_at_once_one_is_whole(permissions, together, open_repositories):
    sets = [["album:view"], ["photo:view", "photo:edit"], ["customer:view"], []]
    calls = [
        lambda db, codes=codes: open_repositories(db).permissions.set_role("guest", codes) for codes in sets
    ]
    outcomes = together(*calls)
    assert outcomes == [frozenset(codes) for codes in sets]
    assert permissions.role_codes("guest") in outcomes


def test_the_administrators_set_stays(permissions, refused):
    with refused(PermissionDeniedError, "admin"):
        permissions.set_role("admin", ["album:view"])
    assert permissions.role_codes("admin") == EVERYTHING


def test_an_override_is_kept(permissions, ann):
    """pis.md 9.3: overrides could not be written on PostgreSQL, and their page was an error."""
    assert permissions.user_overrides(ann.id) == []
    found = permissions.set_user_overrides(ann.id, {"photo:delete": True, "photo:edit": False})
    assert [(each.code, each.granted, each.expires_at) for each in found] == [
        ("photo:delete", True, None),
        ("photo:edit", False, None),
    ]
    boss = permissions.set_user_overrides(ann.id, {"photo:delete": False}, expires_at=NOON, granted_by=ann.id)
    assert boss == permissions.user_overrides(ann.id)
    assert [(each.code, each.granted, each.expires_at, each.granted_by) for each in boss] == [
        ("photo:delete", False, NOON, ann.id),
        ("photo:edit", False, None, None),
    ]


def test_an_override_is_taken_back(permissions, ann):
    permissions.set_user_overrides(ann.id, {"photo:delete": True, "photo:edit": False})
    assert permissions.reset_user_override(ann.id, "photo:edit")
    assert not permissions.reset_user_override(ann.id, "photo:edit")
    assert not permissions.reset_user_override(ann.id, "photo:fly")
    assert [each.code for each in permissions.user_overrides(ann.id)] == ["photo:delete"]


def test_overrides_are_all_set_or_none(permissions, ann):
    with pytest.raises(NotFoundError, match="photo:fly"):
        permissions.set_user_overrides(ann.id, {"photo:delete": True, "photo:fly": True})
    for nobody in (uuid4(), ann.id):
        with pytest.raises((NotFoundError, ForeignKeyViolationError)):
            permissions.set_user_overrides(nobody, {"photo:delete": True}, granted_by=uuid4())
    assert permissions.user_overrides(ann.id) == []
    assert permissions.set_user_overrides(ann.id, {}) == []


def test_deleted_accounts_get_no_overrides(permissions, users, ann):
    users.soft_delete(ann.id)
    with pytest.raises(NotFoundError, match="live account"):
        permissions.set_user_overrides(ann.id, {"photo:delete": True})


def test_the_effective_set_is_the_roles_and_then_the_overrides(permissions, ann):
    own = permissions.role_codes("retoucher")
    assert permissions.effective(ann.id) == permissions.effective(ann.id, "retoucher") == own
    permissions.set_user_overrides(ann.id, {"photo:edit": False, "photo:delete": True})
    assert permissions.effective(ann.id) == own - {"photo:edit"} | {"photo:delete"}
    assert permissions.effective(ann.id, "guest") == {"photo:delete"}


def test_an_expired_override_counts_no_more(permissions, ann):
    own = permissions.role_codes("retoucher")
    permissions.set_user_overrides(ann.id, {"photo:edit": False, "system:audit": True}, expires_at=NOON)
    during = permissions.effective(ann.id, now=NOON - HOUR)
    assert during == own - {"photo:edit"} | {"system:audit"}
    assert permissions.effective(ann.id, now=NOON - dt.timedelta(microseconds=1)) == during
    assert permissions.effective(ann.id, now=NOON) == own
    assert permissions.effective(ann.id, "retoucher", now=NOON + HOUR) == own


def test_accounts_that_are_off_have_no_permissions(permissions, users, ann):
    permissions.set_user_overrides(ann.id, {"system:audit": True})
    users.update(ann.id, is_active=False)
    assert permissions.effective(ann.id) == frozenset()
    users.update(ann.id, is_active=True)
    assert "system:audit" in permissions.effective(ann.id)
    users.soft_delete(ann.id)
    assert permissions.effective(ann.id) == frozenset()
    assert permissions.effective(uuid4()) == frozenset()


@pytest.mark.parametrize("codes", ["album:view", b"x", None, [7], [""], 7], ids=repr)
def test_codes_make_sense(permissions, refused, codes):
    with refused(InvalidValueError):
        permissions.set_role("viewer", codes)


@pytest.mark.parametrize("grants", [None, ["photo:edit"], {"photo:edit": 1}, {"": True}, {7: True}], ids=repr)
def test_grants_make_sense(permissions, ann, refused, grants):
    with refused(InvalidValueError):
        permissions.set_user_overrides(ann.id, grants)


def test_bad_input_is_refused(permissions, ann, refused):
    naive = dt.datetime(2026, 1, 1)
    for wrong in (
        lambda: permissions.role_codes("root"),
        lambda: permissions.set_role("root", []),
        lambda: permissions.user_overrides("x"),
        lambda: permissions.set_user_overrides(ann.id, {}, expires_at=naive),
        lambda: permissions.set_user_overrides("x", {}),
        lambda: permissions.reset_user_override(ann.id, ""),
        lambda: permissions.effective(ann.id, "root"),
        lambda: permissions.effective(ann.id, now=naive),
    ):
        with refused(InvalidValueError):
            wrong()


def test_a_refusal_does_not_end_the_callers_transaction(repositories, permissions, ann):
    with repositories.transaction() as r:
        with pytest.raises(NotFoundError):
            r.permissions.set_role("viewer", ["photo:fly"])
        with pytest.raises(NotFoundError):
            r.permissions.set_user_overrides(ann.id, {"photo:fly": True})
        r.permissions.set_user_overrides(ann.id, {"photo:edit": False})
    assert [each.code for each in permissions.user_overrides(ann.id)] == ["photo:edit"]
