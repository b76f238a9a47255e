"""Calls of photos on their way out, and back."""

from __future__ import annotations

from hypothesis import strategies as st

from .arguments import ages, album, flags, limits, sizes
from .call import Calls, call, pages, some

CALLS: Calls = {
    "soft_delete": call(some("photos"), album_id=album),
    "restore": call(some("photos"), album_id=album),
    "list_trash": pages(st.one_of(st.none(), album), limit_=sizes, total=flags),
    "purge_trash": call(ages, limit=limits),
    "permanent_delete": call(some("photos"), album_id=album),
}
