"""Calls of photos: those of the workers' queue and of the trash are beside it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pis_data.schema import SortRule

from .. import values as v
from ..rows import maybe
from . import photo_queue, photo_trash
from .arguments import AT_ONCE, album, bytes_, flags, group, limits, numbers, photo, sizes
from .call import Calls, Target, by, call, drained, either, once, pages, some

_sorts = st.one_of(st.none(), st.sampled_from(list(SortRule)), st.just("sideways"))
_statuses = st.one_of(
    st.none(), st.sampled_from(["pending", "completed", "failed", "bogus"]), st.just(["completed", "pending"])
)
_details = {
    "file_size": bytes_, "hash": maybe(v.hashes), "mime_type": maybe(v.texts), "rotation":
    st.sampled_from([None, 0, 90, 45]), "sort_order": numbers, "captured_at": maybe(v.moments),
}  # fmt: skip
_pending = st.fixed_dictionaries({"filename": v.texts, "original_key": v.keys}, optional=_details)
places = st.one_of(some("photos"), st.dictionaries(v.ids, numbers, max_size=3))


def every_change(to: Target, path: str, wanted: Any, limit: int) -> Any:
    """All that changed, call by call. When it did is the server's to say, and to what resolution: where the
    changes of one moment are cut into calls, and their order, differ by nature.
    """
    found: dict[Any, Any] = {}
    cursor = None
    while True:
        changes = once(to, path, wanted, cursor, limit=limit, settle=AT_ONCE)
        found |= {photo.id: photo for photo in changes.items}
        cursor = changes.cursor
        if not changes.more:
            return [found[key] for key in sorted(found)]


CALLS: Calls = {
    "create_pending": call(album, filename_=v.texts, original_key_=v.keys, **_details),
    "create_many_pending": call(album, st.lists(_pending, max_size=4)),
    "get": call(photo, live=flags),
    "get_download": call(photo, now=v.moments),
    "find_duplicate": call(album, content_hash=v.hashes, filename=v.texts, file_size=numbers),
    "page": either(
        pages(album, sort=_sorts, status=_statuses, limit_=sizes),
        call(album, limit_=limits),
    ),
    "list_public": pages(album, sort=_sorts, group_id=group, ids=some("photos"), limit_=sizes, now=v.moments),
    "list_admin": pages(album, sort=_sorts, status=_statuses, selected=flags, limit_=sizes, total=flags),
    "changes_since": by(every_change, album, st.sampled_from([1, 2, 1000])),
    "list_selected": call(album),
    "reorder": call(album, places),
    "set_rotation": call(photo, st.sampled_from([None, 0, 90, 180, 270, 45])),
    "set_selected": call(photo, flags, now=v.moments),
    "keys_for_album": call(album),
    "iter_keys": drained(batch=st.sampled_from([1, 2, 1000])),
    "exists_by_key": call(st.lists(v.keys, max_size=4)),
    "count_by_status": call(album),
    "status_counts": call(),
    "storage_bytes": either(call(album), call()),
    **photo_queue.CALLS,
    **photo_trash.CALLS,
}
