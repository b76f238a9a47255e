"""Calls of groups of photos."""

from __future__ import annotations

from .. import values as v
from .arguments import album, flags, group, nullable, numbers
from .call import Calls, call, patch, some

CALLS: Calls = {
    "create": call(album, v.names, description=nullable, sort_order=numbers),
    "update": call(group, patch({"name": v.texts, "description": nullable, "sort_order": numbers})),
    "list_with_counts": call(album, public=flags, now=v.moments),
    "get": call(group),
    "delete": call(group),
    "reorder": call(album, some("photo_groups")),
    "assign": call(group, some("photos", 2)),
    "remove": call(group, some("photos")),
    "photo_ids": call(group),
    "groups_of_photos": call(some("photos")),
}
