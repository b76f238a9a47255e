"""Calls of permissions."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, user
from .call import Calls, call

_codes = st.one_of(st.sampled_from(["album:view", "photo:é"]), v.codes)
_roles = st.sampled_from(["guest", "photographer", "admin", "king"])

CALLS: Calls = {
    "list_all": call(),
    "role_codes": call(_roles),
    "set_role": call(_roles, st.lists(_codes, max_size=3), granted_by=user),
    "user_overrides": call(user),
    "set_user_overrides": call(
        user, st.dictionaries(_codes, flags, max_size=2), expires_at=v.moments, granted_by=user
    ),
    "reset_user_override": call(user, _codes),
    "effective": call(user, role=_roles, now=v.moments),
}
