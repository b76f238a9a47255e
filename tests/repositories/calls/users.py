"""Calls of accounts."""

from __future__ import annotations

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r = scene.r.users
    users = [scene.user(role="admin") for _ in range(scene.many)]
    user = users[0]

    yield "get", lambda: r.get(user.id)
    yield "get_by_email", lambda: r.get_by_email(user.email)
    yield "list", lambda: r.list()
    yield "list, filtered and counted", lambda: r.list(role="admin", search="example", total=True)
    yield "count_active_admins", lambda: r.count_active_admins()
    yield "first_admin", lambda: r.first_admin()
    yield "has_any_admin", lambda: r.has_any_admin()
    yield "create", lambda: r.create(f"{scene.name()}@example.org")
    yield "update", lambda: r.update(user.id, full_name="x")
    yield "set_password_if_unset", lambda: r.set_password_if_unset(user.id, "h")
    yield "set_password_hash", lambda: r.set_password_hash(user.id, "h")
    yield "clear_password", lambda: r.clear_password(user.id)
    yield "touch_last_login", lambda: r.touch_last_login(user.id)
    yield "demote_or_disable_guarded", lambda: r.demote_or_disable_guarded(user.id, is_active=False)
    yield "soft_delete", lambda: r.soft_delete(user.id)
