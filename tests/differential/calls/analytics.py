"""Calls of analytics."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from .. import values as v
from .arguments import album, batches, bytes_, limits, nullable, numbers, periods, photo, sizes
from .call import Calls, Target, by, call, once, pages

_of = st.one_of(st.none(), album, album)
_windows = st.sampled_from([dt.timedelta(minutes=5), dt.timedelta(milliseconds=1), dt.timedelta(days=1)])
_referers = st.sampled_from(
    [None, "", "https://www.google.com/", "https://mp.weixin.qq.com/s", "https://t.co/x", "//evil", "İ"]
)
_visitor = {
    "viewer_ip": st.sampled_from(["::1", "x" * 45]), "viewer_referer": _referers, "viewer_city": nullable,
    "device_type": st.sampled_from(["mobile", "desktop", "tv", None]), "browser": v.slugs, "os": nullable,
}  # fmt: skip


def shortened(to: Target, path: str, *args: Any, **how: Any) -> Any:
    """A trend: how long it is, where it begins and ends, and the days that have anything."""
    found = once(to, path, *args, **how)
    busy = [day for day in found if day.views or day.visitors or day.photo_views or day.downloads]
    return [len(found), found[:1], found[-1:], busy]


CALLS: Calls = {
    "record_album_view": call(album, v.sessions, at_=v.times, window=_windows, **_visitor),
    "record_photo_view": call(photo, v.sessions, at_=v.times, window=_windows, viewer_ip=nullable),
    "record_download": call(
        st.sampled_from(["single", "batch", "all", "bogus"]), album_id=album, photo_id=photo,
        file_count=numbers, total_size=bytes_, session_id=v.sessions, at_=v.times,
    ),
    "summary": call(periods, _of),
    "daily_trend": by(shortened, periods, _of, tz=v.zones),
    "hourly": call(periods, _of, tz=v.zones),
    "devices": call(periods, _of),
    "browsers": call(periods, _of, limit=limits),
    "referers": call(periods, _of),
    "top_albums": call(periods, limit=limits),
    "top_photos": call(periods, _of, limit=limits),
    "recent_views": pages(_of, limit_=sizes),
    "rollup_day": call(v.days, tz=v.zones),
    "rolled_up": call(v.days, v.days, album_id=album),
    "purge_events": call(v.times, batch=batches),
}  # fmt: skip
