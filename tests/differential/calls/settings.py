"""Calls of settings."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, nullable
from .call import Calls, call

#: the last ones decide over new albums
_keys = st.one_of(v.slugs, v.texts, st.sampled_from(["default_allow_download", "default_show_exif"]))
_about = {"category": v.texts, "description": nullable, "is_public": flags}

CALLS: Calls = {
    "get": call(_keys, default=v.documents),
    "get_many": call(st.lists(_keys, max_size=3)),
    "all_grouped": call(),
    "public": call(),
    "set": call(_keys, v.documents, **_about),
    "set_many": call(st.dictionaries(_keys, v.documents, max_size=3), **_about),
}
