"""Calls of templates."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from pis_data.queries.templates import AlbumTemplateChanges

from .. import values as v
from ..rows import columns_of
from .arguments import flags, sizes, template
from .call import Calls, Target, by, call, either, once, pages, patch, some

_columns = columns_of("album_templates", AlbumTemplateChanges.__annotations__)


def again(to: Target, path: str, wanted: list[Any]) -> Any:
    """Make new ones of what was exported."""
    repository = path.partition(".")[0]
    return once(to, path, once(to, f"{repository}.export", wanted))


CALLS: Calls = {
    "get": call(template),
    "delete": call(template),
    "export": either(call(), call(some("album_templates"))),
    "import_many": either(by(again, some("album_templates", 2)), call(st.lists(patch(_columns), max_size=2))),
    "list": pages(is_public=flags, limit_=sizes, total=flags),
    "create": call(patch(_columns), name_=v.names),
    "update": call(template, patch(_columns)),
}
