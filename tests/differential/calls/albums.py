"""Calls of albums."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pis_data.queries.albums import BATCH_COLUMNS, AlbumChanges
from pis_data.schema import SortRule

from .. import values as v
from ..rows import columns_of
from .arguments import ages, album, flags, limits, nullable, numbers, photo, sizes
from .call import Calls, Target, by, call, either, once, pages, patch, some

_columns = {
    **columns_of("albums", AlbumChanges.__annotations__),
    "sort_rule": st.sampled_from(list(SortRule)),
    "title_translations": st.dictionaries(v.locales, v.texts, max_size=2),
}
_batched = {name: values for name, values in _columns.items() if name in BATCH_COLUMNS}


def localized(to: Target, path: str, wanted: Any, locale: str) -> Any:
    """The words of an album that is there."""
    found = to.albums.get(wanted, live=False)
    return found and once(to, path, found, locale)


def authenticated(to: Target, path: str, wanted: Any, right: bool, how: dict[str, Any]) -> Any:
    """An upload by an album's own token, or by another."""
    found = to.albums.get(wanted, live=False)
    token = found.upload_token if found and right else "00000000"
    return once(to, path, wanted, token or "", **how)


CALLS: Calls = {
    "get": call(album, live=flags),
    "get_by_slug": call(v.slugs, live=flags),
    "get_public_view": call(v.slugs, now=v.moments),
    "list_admin": pages(is_public=flags, trash=flags, limit_=sizes, total=flags),
    "list_public": pages(limit_=sizes, total=flags, now=v.moments),
    "covers": call(some("albums")),
    "processing_config": call(album),
    "localized": by(localized, album, v.locales),
    "create": call(patch(_columns), title_=v.names),
    "update": either(call(album, patch(_columns)), call(album, sort_rule_=st.sampled_from(list(SortRule)))),
    "batch_update": call(some("albums"), patch(_batched)),
    "duplicate": call(album, title=nullable),
    "soft_delete": call(some("albums")),
    "restore": call(some("albums")),
    "purge_deleted": call(ages, limit=limits),
    "set_cover": call(album, st.one_of(st.none(), photo, photo)),
    "refresh_cover": call(album),
    "increment_views": call(album, numbers),
    "recount_photos": call(album),
    "recount_selected": call(album),
    "recount_all": call(batch=st.sampled_from([1, 500, 0])),
    "check_password": call(album, v.texts),
    "rotate_upload_token": call(album),
    "authenticate_upload": by(
        authenticated, album, flags, st.fixed_dictionaries({}, optional={"now": v.moments})
    ),
}
