"""Calls of the mail account."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, nullable
from .call import Calls, call

CALLS: Calls = {
    "get_active": call(),
    "masked": call(),
    "save": call(
        smtp_host_=v.names, from_email_=v.emails, smtp_port=st.sampled_from([1, 587, 65_535, 0, 65_536]),
        smtp_secure=flags, smtp_user=nullable, smtp_pass=st.sampled_from([None, "", "******", "pass ", "🙂"]),
        from_name=nullable,
    ),
}  # fmt: skip
