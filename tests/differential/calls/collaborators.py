"""Calls of collaborators."""

from __future__ import annotations

from hypothesis import strategies as st

from pis_data.repositories import Rights

from .arguments import album, flags, sizes, user
from .call import Calls, call, pages

roles = st.sampled_from(["owner", "editor", "viewer", "king"])
rights = st.one_of(st.none(), st.builds(Rights, can_upload=flags, can_manage=flags))
_statuses = st.sampled_from(["pending", "accepted", "removed", "bogus"])

CALLS: Calls = {
    "invite_user": call(album, user, roles, rights=rights, invited_by=user),
    "accept": call(album, user),
    "reject": call(album, user),
    "remove": call(album, user),
    "list_for_album": pages(album, status=_statuses, limit_=sizes, total=flags),
    "list_for_user": pages(user, status=_statuses, limit_=sizes, total=flags),
    "rights": call(album, user),
}
