"""Calls of translations."""

from __future__ import annotations

from hypothesis import strategies as st

from .. import values as v
from .arguments import flags, sizes
from .call import Calls, a, call, pages

_key = {"locale": v.locales, "namespace": v.slugs, "key": v.slugs}

CALLS: Calls = {
    "list": pages(locale=v.locales, namespace=v.slugs, limit_=sizes, total=flags),
    "export": call(v.locales),
    "upsert": call(v.locales, v.slugs, v.slugs, v.texts, is_active=flags),
    "upsert_many": call(
        st.lists(st.fixed_dictionaries({**_key, "value": v.texts}, optional={"is_active": flags}), max_size=4)
    ),
    "delete": call(a("custom_translations")),
}
