"""Rows as JSON come back as they were, whatever their columns hold."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID

import numpy as np
import pytest

from pis_data.errors import InvalidValueError, NotNullViolationError, UnknownColumnError
from pis_data.queries.exchange import from_json, to_json
from pis_data.schema import JSON_NULL, TABLES, AlbumLayout

NOON = dt.datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
KEY = UUID(int=7)


def there_and_back(table, row):
    text = json.dumps(to_json(TABLES[table], row, row.keys()), allow_nan=False)
    return from_json(TABLES[table], json.loads(text))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("albums", {"id": KEY, "title": "海 🌊", "expires_at": NOON, "layout": AlbumLayout.GRID}),
        ("albums", {"expires_at": None, "password": None, "is_public": False}),
        ("albums", {"metadata": {"a": [1, 1.5, 1e300, -(2**63), None, "é", {"$json": 1}]}}),
        ("package_downloads", {"photo_ids": [KEY, UUID(int=8)], "file_size": 2**62}),
        ("customers", {"tags": ["a", "婚礼", ""]}),
        ("customers", {"tags": None}),
        ("daily_stats", {"stat_date": dt.date(2026, 6, 1)}),
        ("system_settings", {"value": JSON_NULL}),
        ("system_settings", {"value": "text"}),
        ("system_settings", {"value": {"$json": None}}),
        *(
            ("albums", {"color_grading": value})
            for value in (
                None,
                JSON_NULL,
                {},
                {"$json": None},
                {"$json": {"$json": 1}},
                {"$json": 1, "a": 2},
                [None],
            )
        ),
    ],
    ids=str,
)
def test_a_row_comes_back(table, row):
    found = there_and_back(table, row)
    assert found == row
    assert all(found[name] is value for name, value in row.items() if value is JSON_NULL)


def test_an_embedding_comes_back():
    numbers = np.linspace(-1, 1, 512, dtype="<f4")
    assert np.array_equal(there_and_back("face_embeddings", {"embedding": numbers})["embedding"], numbers)


@pytest.mark.parametrize(
    ("table", "row", "error"),
    [
        ("albums", {"titel": "x"}, UnknownColumnError),
        ("albums", {"title": None}, NotNullViolationError),
        ("albums", {"title": "a\0"}, InvalidValueError),
        ("albums", {"id": "7"}, InvalidValueError),
        ("albums", {"photo_count": 7}, InvalidValueError),
        ("albums", {"expires_at": "soon"}, InvalidValueError),
        ("albums", {"expires_at": "2026-06-01T12:00:00"}, InvalidValueError),
        ("daily_stats", {"stat_date": "2026-13-01"}, InvalidValueError),
        ("face_embeddings", {"embedding": "AAAA"}, InvalidValueError),
        ("face_embeddings", {"embedding": "*"}, InvalidValueError),
        ("albums", ["title"], InvalidValueError),
    ],
    ids=str,
)
def test_what_is_no_such_row_is_refused(table, row, error):
    with pytest.raises(error):
        from_json(TABLES[table], row)
