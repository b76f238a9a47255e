"""Programs really meet every kind of hostile value."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pis_data.schema import JSON_NULL, metadata

from . import rows, scene
from . import values as v


def _any_nested(value: Any, wanted: Callable[[Any], bool]) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return any(wanted(item) or _any_nested(item, wanted) for item in inner)


def _order_has(name: str, wanted: str) -> Callable[[Any], bool]:
    return lambda order: any(key == (name, wanted) for key in order)


_album, _photo = rows.row_of("albums"), rows.row_of("photos")
_of_email = rows.condition_of(metadata.tables["users"].c.email)
_pairs = st.tuples(v.slugs, v.slugs)
KINDS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], bool]]] = {
    "emoji": (v.texts, lambda text: "🙂" in text),
    "joined emoji": (v.texts, lambda text: "\u200d" in text.strip("\u200d")),
    "combining marks": (v.texts, lambda text: any(map(unicodedata.combining, text))),
    "composed and not": (_pairs, lambda two: two[0] != two[1] and len({*map(_nfc, two)}) == 1),
    "four bytes": (v.texts, lambda text: any(ord(letter) > 0xFFFF for letter in text)),
    "right to left": (v.texts, lambda text: any(unicodedata.bidirectional(c) == "R" for c in text)),
    "trailing spaces": (v.texts, lambda text: text != text.rstrip(" ")),
    "case pairs": (_pairs, lambda two: two[0] != two[1] and two[0].lower() == two[1].lower()),
    "empty text": (v.texts, lambda text: text == ""),
    "wildcards": (v.texts, lambda text: {"%", "_"} & {*text}),
    "quotes": (v.texts, lambda text: "'" in text),
    "backslashes": (v.texts, lambda text: "\\" in text),
    "text to the last character": (_album, lambda row: len(row["title"]) == 255),
    "text longer than its sort key": (_album, lambda row: len(row.get("description") or "") > 500),
    "NUL": (v.wrong, lambda value: isinstance(value, str) and "\0" in value),
    "a lone surrogate": (v.wrong, lambda value: value == "\ud800"),
    "the greatest integer": (_photo, lambda row: row.get("sort_order") == (1 << 31) - 1),
    "the smallest big integer": (_photo, lambda row: row.get("file_size") == -(1 << 63)),
    "an integer out of range": (v.wrong, lambda value: value is not True and value == 1 << 63),
    "microseconds": (v.moments, lambda moment: moment.microsecond % 1000 != 0),
    "year 1": (v.moments, lambda moment: moment.year == 1),
    "year 9999": (v.moments, lambda moment: moment == scene.NEVER),
    "before 1970": (v.moments, lambda moment: moment < dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
    "another zone": (v.moments, lambda moment: moment.utcoffset() != dt.timedelta(0)),
    "no zone": (v.wrong, lambda value: isinstance(value, dt.datetime) and value.tzinfo is None),
    "the day of year 1": (rows.row_of("daily_stats"), lambda row: row["stat_date"].year == 1),
    "JSON's null": (_photo, lambda row: row.get("exif") is JSON_NULL),
    "SQL's NULL for JSON": (_photo, lambda row: row.get("exif", 0) is None),
    "null within JSON": (v.documents, lambda value: _any_nested(value, lambda item: item is None)),
    "JSON within JSON": (v.documents, lambda value: _any_nested(value, lambda item: isinstance(item, dict))),
    "a float that is whole": (v.documents, lambda value: isinstance(value, float) and value == 1),
    "an integer that no float holds": (v.documents, lambda value: value == (1 << 53) + 1),
    "minus zero": (v.documents, lambda value: isinstance(value, float) and repr(value) == "-0.0"),
    "an empty list of texts": (rows.row_of("customers"), lambda row: row.get("tags") == []),
    "an empty list of ids": (rows.row_of("package_downloads"), lambda row: row["photo_ids"] == []),
    "an id twice in a list": (v.id_lists, lambda ids: len(set(ids)) < len(ids)),
    "an empty list in a filter": (_of_email, lambda asked: asked == []),
    "None in a list in a filter": (_of_email, lambda asked: isinstance(asked, list) and None in asked),
    "duplicate keys": (st.tuples(_album, _album), lambda two: two[0]["id"] == two[1]["id"]),
    "a parent that is there": (_photo, lambda row: row["album_id"] == scene.ONE),
    "NULL in a sort key": (_photo, lambda row: row.get("captured_at", 0) is None),
    "a nullable sort key": (rows.order_of("photos"), _order_has("captured_at", "desc")),
    "rows of different columns": (st.tuples(_photo, _photo), lambda two: two[0].keys() != two[1].keys()),
    "the smallest float32": (v.any_embeddings, lambda face: 0 < abs(face).max() < 1e-44),
    "nearly the greatest float32": (v.any_embeddings, lambda face: abs(face).max() > 1e38),
}  # fmt: skip


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class _Found(Exception):
    """Ends a search."""


def search(strategy: st.SearchStrategy[Any], ends: Callable[[Any], bool]) -> None:
    """Draw until a value ends the search, and fail if none does."""

    @settings(
        max_examples=5000, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def draw(value: Any) -> None:
        if ends(value):
            raise _Found

    with pytest.raises(_Found):
        draw()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_hostile_value_is_drawn(kind: str) -> None:
    search(*KINDS[kind])
