"""Hostile values: what users, cameras and attackers write into photo systems."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import numpy as np
from hypothesis import strategies as st

from pis_data.schema import JSON_NULL
from pis_data.schema.types import EMBEDDING_SIZE

# -- text ----------------------------------------------------------------------------------------------

#: pieces that servers are known to treat differently: case pairs, width, combining marks, wildcards, spaces
PIECES = [
    "a", "A", "b", "B", "z", "Z", "0", "9", " ", "  ", "%", "_", "\\", "'", '"', "`", "--", ";", "\n", "\t",
    "é", "e\u0301", "É", "ß", "ẞ", "ſ", "Σ", "σ", "ς", "İ", "ı", "Ⅷ", "ａ", "漢", "字", "שלום", "\u202e",
    "\u200d", "👩‍👧", "🙂", "\U0010ffff", "\ufeff", "\x7f", "NULL",
    "null", "{}", "[]", "true", "$1", ":x", "%s", "?",
]  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
#: text for what must have some; the simplest is good
names = st.one_of(st.just("a"), texts)
#: text that parts only behind what servers sort by, or does not at all
long_texts = st.builds(lambda piece, end: piece * 500 + end, st.sampled_from(["a", "漢", "🙂"]), texts)
#: text on which every server folds case alike
plain_texts = st.text(alphabet="abcXYZ019 _%-.éÉüÜ", max_size=6)


def texts_of(length: int) -> st.SearchStrategy[str]:
    """Text for a column of this length: up to the last character of it."""
    if length < 50:
        return texts.map(lambda text: text[:length])
    full = st.sampled_from(["x", "🙂", " "]).map(lambda piece: piece * length)
    return st.one_of(texts, texts, texts, full if length <= 500 else long_texts)


#: few words, so that programs meet the same address, key, account or visitor again
slugs = st.sampled_from(["a", "A", "b", "spring", "Spring", "spring ", "春", "e\u0301", "é", ""])
keys = st.sampled_from(["raw/a.jpg", "raw/A.jpg", "raw/é.jpg", "raw/e\u0301.jpg", "raw/🙂.jpg", ""])
emails = st.sampled_from(["a@pis.cn", "A@PIS.cn", "ä@pis.cn", "b_%@pis.cn", " b_%@pis.cn", "nobody", ""])
phones = st.sampled_from(["1", "+86 1", "１", " 1", "٣", ""])
hashes = st.sampled_from(["0" * 64, "f" * 64, "F" * 64, ""])
codes = st.sampled_from(["album:view", "Album:view", "album:view ", "photo:é", "photo:e\u0301", "*"])
sessions = st.sampled_from([None, "s", "S", "s ", "ß", "🙂", "x" * 100])
locales = st.sampled_from(["zh-CN", "en", "EN"])

# -- numbers and truth ---------------------------------------------------------------------------------

INTEGERS = [(1 << 31) - 1, -(1 << 31)]
BIG_INTEGERS = [1 << 31, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63)]
integers = st.one_of(st.integers(-3, 3), st.sampled_from(INTEGERS))
big_integers = st.one_of(st.integers(-3, 3), st.sampled_from(BIG_INTEGERS))

# -- time ----------------------------------------------------------------------------------------------

MOMENTS = [
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 29, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    dt.datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=dt.timezone(dt.timedelta(hours=-9, minutes=-30))),
]
moments = st.one_of(
    st.sampled_from(MOMENTS),
    st.datetimes(
        min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)
    ),
)
#: times of visits: midnights of zones, the hours in which clocks change, ends of the calendar
times = st.sampled_from(
    [
        dt.datetime(2026, 3, 28, 22, 59, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 28, 23, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC),
        dt.datetime(2026, 3, 29, 1, 4, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),
        dt.datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2024, 2, 29, 18, 30, tzinfo=dt.UTC),
        dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
        dt.datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
        dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
    ]
)
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "Asia/Shanghai", "Asia/Kolkata", "America/St_Johns", "Nowhere/Land", ""]
)
days = st.sampled_from(
    [dt.date(2026, 3, 28), dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2024, 2, 29)]
)
any_days = st.one_of(days, st.sampled_from([dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(1969, 12, 31)]))

# -- documents and lists -------------------------------------------------------------------------------

NUMBERS = [0, 1, -1, *BIG_INTEGERS, 0.1, 1.0, -0.0, 1e16, 1e22, 1.5e300, 2.5e-7, 100.0]
_numbers = st.one_of(
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=64).filter(
        lambda x: x == 0 or 1e-290 < abs(x) < 1e290
    ),
    st.sampled_from(NUMBERS),
    st.sampled_from(NUMBERS),
)
documents = st.recursive(
    st.one_of(st.none(), st.booleans(), _numbers, texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
objects = st.dictionaries(texts, documents, max_size=3)
#: for a column: a document, or JSON's null, which is not SQL's
stored_documents = st.one_of(documents.filter(lambda found: found is not None), st.just(JSON_NULL))
text_lists = st.lists(texts, max_size=3)

#: few ids, so that programs meet the same rows again; the first ones more often, since parents have them
ids = st.one_of(st.integers(1, 4), st.integers(1, 12)).map(
    lambda n: UUID(int=n << 64 | n * 0x9E3779B97F4A7C15 & (1 << 64) - 1)
)
id_lists = st.lists(ids, max_size=4)


def embedding(place: int, size: float, turn: float) -> np.ndarray[Any, Any]:
    """Two numbers side by side, and nothing else."""
    made = np.zeros(EMBEDDING_SIZE, dtype="<f4")
    made[place] = size
    made[(place + 1) % EMBEDDING_SIZE] = size * turn
    return made


def _embeddings(*sizes: float) -> st.SearchStrategy[Any]:
    turns = st.sampled_from([0.0, 1e-7, 1e-4, 0.5, 1.0, -1.0])
    return st.builds(embedding, st.sampled_from([0, 1, 511]), st.sampled_from(sizes), turns)


#: few directions, some of them nearly the same
embeddings = _embeddings(1.0, -1.0, 0.5, 1e-11, 1e11)
#: from the smallest to the greatest numbers of 32 bits, which no face has
any_embeddings = st.one_of(embeddings, embeddings, _embeddings(1e-45, 1e-20, 1e20, 3e38))

# -- what must be refused ------------------------------------------------------------------------------

#: on every database, and before any SQL
wrong: st.SearchStrategy[Any] = st.sampled_from(
    [
        object(), b"bytes", 1.5, True, "x\0y", "\ud800", 1 << 31, 1 << 63, -(1 << 63) - 1, float("nan"),
        ["list"], {"a": 1}, {"a": float("inf")}, dt.datetime(2026, 1, 1), "not-a-uuid", "y" * 2000, "bogus",
    ]
)  # fmt: skip
