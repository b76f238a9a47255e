"""Texts of the user interface that an administrator changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypedDict

import sqlalchemy as sa

from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.names import check_row
from pis_data.queries.rows import Query
from pis_data.schema import custom_translations
from pis_data.schema.characters import shown

_t = custom_translations.c

#: what makes a text the same one
KEY: Final = ("locale", "namespace", "key")


class _Translation(TypedDict):
    locale: str
    namespace: str
    key: str
    value: str


class Translation(_Translation, total=False):
    """A text in its place. Without ``is_active`` an old one stays as it is, and a new one is."""

    is_active: bool


_COLUMNS: Final = frozenset(_Translation.__annotations__) | frozenset(Translation.__annotations__)


def check(given: object) -> list[dict[str, Any]]:
    """The rows of an upsert."""
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise InvalidValueError(f"expected a list of translations, got {shown(given)}")
    return [_check_one(each) for each in given]


def _check_one(given: Any) -> dict[str, Any]:
    row = values.only(_COLUMNS, given, "a translation")
    for name in KEY:
        row[name] = values.as_name(row.get(name), f"custom_translations.{name}")
    row["value"] = values.as_text(row.get("value"), "custom_translations.value")
    return check_row(custom_translations, row)


def listing(locale: object, namespace: object) -> Listing:
    """Texts by key."""
    given = {"locale": locale, "namespace": namespace}
    filters = {
        name: values.as_name(value, f"custom_translations.{name}")
        for name, value in given.items()
        if value is not None
    }
    return Listing(custom_translations, filters, Order("key"))


def active(locale: str) -> Query:
    """Namespace, key and value of the texts of a locale that are in use."""
    return Query(_active, {"locale": locale}, make=tuple)


_active: Final = (
    sa.select(_t.namespace, _t.key, _t.value)
    .where(_t.locale == sa.bindparam("locale", type_=_t.locale.type), _t.is_active)
    .order_by(_t.namespace, _t.key)
)
