"""Calls of invitations."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .. import values as v
from ..rows import maybe
from .arguments import album, flags, invite, sizes, user
from .call import Calls, Target, by, call, once, pages
from .collaborators import rights, roles


def by_its_code(to: Target, path: str, place: int, who: Any, how: dict[str, Any]) -> Any:
    """Redeem the invitation at a place of the table, or one that there is not."""
    known = to.raw.find_many("collaboration_invites", select=["invite_code"], order_by=["id"])
    codes = [row["invite_code"] for row in known if row["invite_code"]]
    return once(to, path, codes[place % len(codes)] if codes else "0" * 32, who, **how)


CALLS: Calls = {
    "create_link": call(album, user, roles, rights=rights, email=v.emails, expires_at=maybe(v.moments)),
    "redeem": by(
        by_its_code, st.integers(0, 3), user, st.fixed_dictionaries({}, optional={"now": v.moments})
    ),
    "cancel": call(invite),
    "expire_old": call(now=v.moments),
    "list_for_album": pages(
        album, status=st.sampled_from(["pending", "expired", "bogus"]), limit_=sizes, total=flags
    ),
}
