"""Calls of styles."""

from __future__ import annotations

from hypothesis import strategies as st

from pis_data.queries.templates import StyleTemplateChanges
from pis_data.schema import style_templates

from .. import values as v
from ..rows import columns_of, value_of
from .arguments import flags, sizes, style, user
from .call import Calls, by, call, either, pages, patch, some
from .templates import again

_columns = columns_of("style_templates", StyleTemplateChanges.__annotations__)
_categories = value_of(style_templates.c.category)

CALLS: Calls = {
    "get": call(style),
    "get_public_view": call(style),
    "delete": call(style),
    "export": either(call(), call(some("style_templates"))),
    "import_many": either(by(again, some("style_templates", 2)), call(st.lists(patch(_columns), max_size=2))),
    "list": pages(category=_categories, is_public=flags, limit_=sizes, total=flags),
    "create": call(patch(_columns), name_=v.names, created_by=user),
    "update": call(style, patch(_columns)),
}
