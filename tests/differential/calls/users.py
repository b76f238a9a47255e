"""Calls of accounts."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, nullable, sizes, user
from .call import Calls, call, pages, patch

roles = st.sampled_from(["admin", "admin", "photographer", "guest", "king"])
_hashes = st.sampled_from(["$argon2id$x", "$argon2id$y", ""])

CALLS: Calls = {
    "get": call(user),
    "get_by_email": call(v.emails),
    "list": pages(role=roles, is_active=flags, search=v.plain_texts, limit_=sizes, total=flags),
    "count_active_admins": call(),
    "first_admin": call(),
    "has_any_admin": call(),
    "create": call(v.emails, nullable, roles, full_name=nullable, is_active=flags),
    "update": call(
        user, patch({"email": v.emails, "full_name": nullable, "role": roles, "is_active": flags})
    ),
    "demote_or_disable_guarded": call(user, role=roles, is_active=flags),
    "soft_delete": call(user),
    "touch_last_login": call(user),
    "set_password_hash": call(user, _hashes),
    "clear_password": call(user),
    "set_password_if_unset": call(user, _hashes),
}
