"""Calls of upgrades."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, nullable, sizes, user
from .call import Calls, a, call, pages

_upgrade = a("upgrade_history")
_statuses = st.sampled_from(["success", "failed", "rolled_back", "running"])

CALLS: Calls = {
    "start": call(v.names, v.names, executed_by=user, notes=nullable, rollback_available=flags),
    "finish": call(_upgrade, _statuses, error=nullable, rebuild_performed=flags, rollback_available=flags),
    "get": call(_upgrade),
    "list": pages(status=_statuses, limit_=sizes, total=flags),
}
