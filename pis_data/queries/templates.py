"""Templates: presets of album settings, and visual styles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, TypedDict
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Table

from pis_data.errors import InvalidValueError
from pis_data.queries import values
from pis_data.queries.albums import check_look
from pis_data.queries.exchange import from_json
from pis_data.queries.keyset import Listing, Order
from pis_data.queries.names import check_row
from pis_data.queries.records import maker
from pis_data.queries.rows import Query
from pis_data.schema import (
    AlbumLayout,
    SortRule,
    StyleCategory,
    WatermarkType,
    album_templates,
    style_templates,
)
from pis_data.schema.characters import shown
from pis_data.schema.types import Json


class AlbumTemplateChanges(TypedDict, total=False):
    """The columns of a template that `update` takes."""

    name: str
    description: str | None
    is_public: bool
    layout: AlbumLayout | str
    sort_rule: SortRule | str
    allow_download: bool
    allow_batch_download: bool
    show_exif: bool
    password: str | None
    expires_at: dt.datetime | None
    watermark_enabled: bool
    watermark_type: WatermarkType | str | None
    watermark_config: dict[str, Any]


class StyleTemplateChanges(TypedDict, total=False):
    """The columns of a style that `update` takes."""

    name: str
    description: str | None
    category: StyleCategory | str
    theme_config: dict[str, Any]
    typography_config: dict[str, Any]
    layout_config: dict[str, Any]
    hero_config: dict[str, Any]
    hover_config: dict[str, Any]
    animation_config: dict[str, Any]
    thumbnail_url: str | None
    is_public: bool
    sort_order: int


class NewStyleTemplate(StyleTemplateChanges, total=False):
    """What `create` takes: the columns of `StyleTemplateChanges`, and who makes the style."""

    created_by: UUID | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStyle:
    """What a visitor's page needs of a style: how things look, and not who made it."""

    id: UUID
    name: str
    description: str | None
    category: StyleCategory
    theme_config: dict[str, Any]
    typography_config: dict[str, Any]
    layout_config: dict[str, Any]
    hero_config: dict[str, Any]
    hover_config: dict[str, Any]
    animation_config: dict[str, Any]
    thumbnail_url: str | None
    sort_order: int


#: What an exported template holds: a template has another id elsewhere, and its password stays here.
TEMPLATE_FIELDS: Final = tuple(name for name in AlbumTemplateChanges.__annotations__ if name != "password")
STYLE_FIELDS: Final = tuple(StyleTemplateChanges.__annotations__)


def check(table: Table, given: Mapping[str, Any], allowed: Collection[str], call: str) -> dict[str, Any]:
    """The new values of a template or a style, checked as far as the table's own types don't."""
    found = check_look(values.only(allowed, given, call), table.name)
    for name in ("name", "category"):
        if name in found:
            found[name] = values.as_name(found[name], f"{table.name}.{name}")
    for name, value in found.items():
        if isinstance(table.c[name].type, Json) and not isinstance(value, Mapping):
            raise InvalidValueError(f"{table.name}.{name}: expected a mapping, got {shown(value)}")
    return check_row(table, found)


def check_new(table: Table, given: Mapping[str, Any], allowed: Collection[str], call: str) -> dict[str, Any]:
    """The same for a new one, which needs a name."""
    if isinstance(given, Mapping) and "name" not in given:
        raise InvalidValueError(f"{call} needs a name")
    return check(table, given, allowed, call)


def imported(table: Table, items: object, allowed: Collection[str], call: str) -> list[dict[str, Any]]:
    """The rows of exported templates; a message says which of them is wrong, counted from 0."""
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        raise InvalidValueError(f"{call} takes a list of what `export` gives, got {shown(items)}")
    made = []
    for number, item in enumerate(items):
        if number >= values.IDS_LIMIT:
            raise InvalidValueError(f"{call} takes at most {values.IDS_LIMIT:,} at once")
        try:
            if isinstance(item, Mapping):
                values.only(allowed, item, call)
                item = from_json(table, item)
            made.append(check_new(table, item, allowed, call))
        except InvalidValueError as error:
            raise InvalidValueError(f"item {number}: {error}") from None
    return made


def template_list(is_public: bool | None) -> Listing:
    """Templates, newest first."""
    filters = {} if is_public is None else {"is_public": values.as_flag(is_public, "is_public")}
    return Listing(album_templates, filters, Order("created_at", descending=True))


def style_list(category: object, is_public: bool | None) -> Listing:
    """Styles in the order made by hand."""
    filters: dict[str, Any] = {}
    if category is not None:
        filters["category"] = values.as_name(category, "style_templates.category")
    if is_public is not None:
        filters["is_public"] = values.as_flag(is_public, "is_public")
    return Listing(style_templates, filters, Order("sort_order"))


def public_style(style_id: UUID) -> Query:
    """A style that visitors may see."""
    return Query(_public_style, {"style": style_id}, make=maker(PublicStyle))


_s = style_templates.c
_public_style: Final = sa.select(*(_s[field.name] for field in fields(PublicStyle))).where(
    _s.id == sa.bindparam("style", type_=_s.id.type), _s.is_public
)
