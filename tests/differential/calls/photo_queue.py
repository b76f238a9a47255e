"""Calls of photos that wait for workers, or for people."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pis_data.queries.queue import RESULT_COLUMNS

from .. import values as v
from ..rows import columns_of, maybe
from .arguments import AT_ONCE, album, bytes_, flags, leases, limits, photo, sizes, user
from .call import Calls, Target, by, call, once, patch, some

_results = patch(columns_of("photos", RESULT_COLUMNS))
_ends = st.sampled_from(["complete", "fail", "release"])


def claimed(to: Target, path: str, limit: int, results: dict[str, Any]) -> Any:
    """Claim what has waited longest, and finish it."""
    claims = to.photos.claim_pending(limit)
    return [claims, [once(to, path, claim, **results) for claim in claims]]


def claimed_and_lost(to: Target, path: str) -> Any:
    """A photo that was given up while it was worked on is not finished any more."""
    claims = to.photos.claim_pending(1)
    to.photos.soft_delete([claim.id for claim in claims])
    return [once(to, path, claim) for claim in claims]


def stuck(to: Target, path: str, limit: int) -> Any:
    """Take over what others work on: it is a claim, and finished once."""
    claims = once(to, path, limit, lease=AT_ONCE)
    return [claims, [to.photos.complete(claim) for claim in claims * 2]]


_nothing = st.just({})
CALLS: Calls = {
    "claim_for_processing": call(photo, retry_failed=flags, lease=leases),
    "claim_pending": call(limits, album_id=album),
    "claim_stuck": by(stuck, sizes),
    "renew_lease": by(claimed, st.integers(1, 2), _nothing),
    "complete": by(claimed, st.integers(1, 3), _results),
    "fail": by(claimed, st.integers(1, 2), _nothing),
    "release": by(claimed, st.integers(1, 2), _nothing),
    "list_pending": call(album_id=album, limit=limits),
    "list_stuck": call(older_than_=leases, album_id=album, limit=limits),
    "requeue": call(some("photos"), from_status=st.sampled_from(["completed", ["failed"], "bogus"])),
    "list_retouch_tasks": call(limit=limits),
    "claim_retouch": call(photo, user),
    "release_retouch": call(photo, user_id=user),
    "replace_original": call(
        photo, v.keys, file_size=bytes_, content_hash=maybe(v.hashes), retoucher_id=user
    ),
}
