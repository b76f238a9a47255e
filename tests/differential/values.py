"""Hostile values: what users, cameras and attackers write into photo systems."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

#: pieces that servers are known to treat differently: case pairs, width, combining marks, wildcards, spaces
PIECES = [
    "a", "A", "b", "B", "z", "Z", "0", "9", " ", "  ", "%", "_", "\\", "'", '"', "`", "--", ";", "\n", "\t",
    "é", "e\u0301", "É", "ß", "ẞ", "ſ", "Σ", "σ", "ς", "İ", "ı", "Ⅷ", "ａ", "漢", "字", "שלום", "\u202e",
    "\u200d", "👩‍👧", "🙂", "\U0010ffff", "\ufeff", "\x7f", "NULL",
    "null", "{}", "[]", "true", "$1", ":x", "%s", "?",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
#: text on which every server folds case alike
plain_texts = st.text(alphabet="abcXYZ019 _%-.éÉüÜ", max_size=6)

_EDGES = [
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 29, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    dt.datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=dt.timezone(dt.timedelta(hours=-9, minutes=-30))),
]
moments = st.one_of(
    st.sampled_from(_EDGES),
    st.datetimes(
        min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)
    ),
)

#: few words, so that programs meet the same address, key or account again
slugs = st.sampled_from(["a", "A", "b", "spring", "Spring", "spring ", "春", "e\u0301", "é", ""])
keys = st.sampled_from(["raw/a.jpg", "raw/A.jpg", "raw/é.jpg", "raw/e\u0301.jpg", "raw/🙂.jpg", ""])
emails = st.sampled_from(["a@pis.cn", "A@PIS.cn", "ä@pis.cn", "b_%@pis.cn", " b_%@pis.cn", "nobody", ""])

_numbers = st.one_of(
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.sampled_from([0, 1, -1, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63)]),
    st.floats(allow_nan=False, allow_infinity=False, width=64).filter(
        lambda x: x == 0 or 1e-290 < abs(x) < 1e290
    ),
    st.sampled_from([0.1, 1.0, -0.0, 1e16, 1e22, 1.5e300, 2.5e-7, 100.0]),
)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), _numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)

objects = st.dictionaries(texts, documents, max_size=3)

#: few ids, so that programs meet the same rows again
ids = st.integers(1, 12).map(lambda n: UUID(int=n << 64 | n * 0x9E3779B97F4A7C15 & (1 << 64) - 1))

#: what must be refused, on every database and before any SQL
wrong: st.SearchStrategy[Any] = st.sampled_from(
    [
        object(), b"bytes", 1.5, True, "x\0y", "\ud800", 1 << 63, -(1 << 63) - 1, float("nan"), ["list"],
        {"a": 1},        dt.datetime(2026, 1, 1), "not-a-uuid", "y" * 2000,
    ]
)  # fmt: skip
