"""Calls of packages."""

from __future__ import annotations

import time
from typing import Any

from hypothesis import strategies as st

from .. import values as v
from ..rows import maybe
from .arguments import AT_ONCE, FAR_OFF, LONG_AGO, album, bytes_, flags, leases, limits, package
from .call import Calls, Target, by, call, once, some


def with_record(to: Target, path: str, place: int) -> Any:
    """A call that takes a package's record: of one that is there."""
    found = _record(to, place)
    return found and once(to, path, found)


def of_its_album(to: Target, path: str, place: int, how: dict[str, Any]) -> Any:
    """A package by its id and its album's."""
    found = _record(to, place)
    return found and once(to, path, found.id, found.album_id, **how)


def claimed(to: Target, path: str, place: int, how: dict[str, Any]) -> Any:
    """Claim a package, finish it, and then once more."""
    found = _record(to, place)
    claim = found and to.packages.claim(found.id, lease=AT_ONCE, retry_failed=True)
    if claim is None:
        return None
    time.sleep(0.002)  # a claim is told from a later one by its moment: SQLite's clock counts milliseconds
    return [claim, once(to, path, claim, **how), once(to, path, claim, **how)]


def in_any_order(to: Target, path: str, *args: Any, **how: Any) -> Any:
    """A list by the moments at which servers made changes: their order differs by nature."""
    return sorted(once(to, path, *args, **how), key=lambda found: found.id)


def _record(to: Target, place: int) -> Any:
    known = to.raw.find_many("package_downloads", order_by=["id"], select=["id", "album_id"])
    if not known:
        return None
    key = known[place % len(known)]
    return to.packages.get(key["id"], key["album_id"])


_place = st.integers(0, 3)
_nothing = st.just({})
_result = st.fixed_dictionaries(
    {"file_size": bytes_.filter(lambda size: size is not None), "expires_at": v.moments},
    optional={"zip_key": v.keys, "download_url": maybe(v.texts)},
)

CALLS: Calls = {
    "create": call(
        album, photo_ids=some("photos", 3), selected=flags, include_watermarked=flags, include_original=flags
    ),
    "get": by(of_its_album, _place, _nothing),
    "get_public_view": by(of_its_album, _place, st.fixed_dictionaries({}, optional={"now": v.moments})),
    "photos": by(with_record, _place),
    "zip_key": by(with_record, _place),
    "claim": call(package, lease=leases, retry_failed=flags),
    "renew_lease": by(claimed, _place, _nothing),
    "complete": by(claimed, _place, _result),
    "fail": by(claimed, _place, _nothing),
    "release": by(claimed, _place, _nothing),
    # a limit would cut where the order differs
    "list_stuck": by(in_any_order, st.sampled_from([LONG_AGO, FAR_OFF]), limit=st.sampled_from([1000, 0])),
    "list_expired": call(v.moments, limit=limits),
    "delete": call(some("package_downloads", 2)),
}
