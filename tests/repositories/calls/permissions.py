"""Calls of permissions."""

from __future__ import annotations

from pis_data.schema.seeds import PERMISSIONS

from . import Calls, Scene


def calls(scene: Scene) -> Calls:
    r, user = scene.r.permissions, scene.user(role="retoucher")
    codes = [permission["code"] for permission in PERMISSIONS[: scene.many]]
    others = [permission["code"] for permission in PERMISSIONS[-min(scene.many, 5) :]]

    yield "list_all", lambda: r.list_all()
    yield "role_codes", lambda: r.role_codes("admin")
    yield "set_role, its first set", lambda: r.set_role("guest", codes)
    yield "set_role, another one", lambda: r.set_role("guest", others)
    yield "set_role, the same again", lambda: r.set_role("guest", others)
    yield "set_role, none", lambda: r.set_role("guest", [])
    yield "set_user_overrides", lambda: r.set_user_overrides(user.id, dict.fromkeys(codes, True))
    yield "set_user_overrides, anew", lambda: r.set_user_overrides(user.id, dict.fromkeys(codes, False))
    yield "user_overrides", lambda: r.user_overrides(user.id)
    yield "effective", lambda: r.effective(user.id)
    yield "effective, by a role", lambda: r.effective(user.id, "viewer")
    yield "reset_user_override", lambda: r.reset_user_override(user.id, codes[0])
