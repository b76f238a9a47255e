"""Calls of faces."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import album, limits, photo
from .call import Calls, call

_place = st.fixed_dictionaries({name: st.sampled_from([0, -1, 0.1, 1e300, 1 << 53]) for name in "xywh"})
_face = st.fixed_dictionaries(
    {"embedding": v.any_embeddings}, optional={"face_location": st.one_of(st.none(), _place)}
)

CALLS: Calls = {
    "replace_for_photo": call(photo, st.lists(_face, max_size=3)),
    "list_for_photo": call(photo),
    "delete_for_photo": call(photo),
    "search": call(
        album, v.any_embeddings, threshold=st.sampled_from([-1, 0, 0.6, 0.999999, 1, 2]), limit=limits
    ),
}
