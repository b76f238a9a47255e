"""Calls of messages to customers."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import album, customer, flags, message, nullable, sizes, user
from .call import Calls, call, pages

_kinds = st.sampled_from(["album_ready", "reminder", "custom", "bogus"])
_channels = st.sampled_from(["email", "sms", "pigeon"])

CALLS: Calls = {
    "create_pending": call(
        _kinds, v.names, channel=_channels, customer_id=customer, album_id=album, subject=nullable,
        content=nullable, metadata=v.objects, created_by=user,
    ),
    "get": call(message),
    "mark_sent": call(message),
    "mark_failed": call(message, v.texts),
    "list": pages(
        status=st.sampled_from(["pending", "sent", "failed", "bogus"]), kind=_kinds, channel=_channels,
        customer_id=customer, album_id=album, since=v.moments, until=v.moments, limit_=sizes, total=flags,
    ),
    "touch_notified": call(customer, album),
}  # fmt: skip
