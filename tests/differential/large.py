"""Lists of thousands: rows, ids, keys, elements, characters; up to the limits that docs/portability.md tells,
and beyond.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import cycle
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from pis_data import filters as f
from pis_data.schema import JSON_NULL

from . import values as v
from .calls import Call, Target
from .scene import NEVER, key

#: ids whose order is not that of the places
_MIX = 0x9E3779B97F4A7C15F39CC0605CEDC835


def _id(place: int) -> UUID:
    return UUID(int=place * _MIX % (1 << 128))


def _photos(size: int) -> list[dict[str, Any]]:
    """Photos with the same moment, of different columns, a few of them deleted."""
    rows = []
    for place in range(size):
        row = {"id": _id(place), "album_id": key(1), "filename": f"🙂{place % 7}", "original_key": f"{place}"}
        row |= {"created_at": NEVER, "status": "completed" if place % 3 else "pending"}
        if place % 5 == 0:
            row |= {"captured_at": None, "exif": {"n": [place] * 9}}
        if place % 11 == 0:
            row["deleted_at"] = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        rows.append(row)
    return rows


def many_rows(to: Target, path: str, size: int) -> Any:
    """An album with so many photos: made, read, changed, moved, sorted out and removed."""
    to.raw.upsert("albums", {"id": key(1), "title": "a", "slug": "many"}, conflict=["id"], update=[])
    rows = _photos(size)
    ids = [row["id"] for row in rows]
    half, order = ids[::2], [("filename", "desc"), ("captured_at", "asc")]
    return [
        [row["id"] for row in to.db.insert("photos", rows)] == ids,
        to.db.find_many("photos", {"id": half}, order_by=order, offset=size // 2 - 5),
        to.db.update("photos", {"id": half}, {"sort_order": 3, "exif": None}, returning=False),
        len(to.photos.soft_delete(half)),
        len(to.photos.restore(half)),
        to.photos.reorder(key(1), ids[::-1][:2000]) if size <= 2000 else None,
        [row["id"] for row in to.db.stream("photos", {"album_id": key(1)}, batch=7)],
        to.photos.count_by_status(key(1)),
        to.albums.get(key(1), live=False),
        len(to.photos.permanent_delete(ids)),
        to.albums.get(key(1), live=False),
    ]


#: what goes without saying of row number ``place``, and columns of each kind with all that is hostile in it
_HOSTILE: dict[str, tuple[Callable[[int], dict[str, Any]], dict[str, list[Any]]]] = {
    "albums": (
        lambda place: {"slug": f"{place}"},
        {
            "title": v.PIECES,
            "description": [f"{piece} " for piece in v.PIECES],
            "metadata": [*v.NUMBERS, JSON_NULL, {}, [], {"": [None]}, *({each: [each]} for each in v.PIECES)],
            "expires_at": v.MOMENTS,
            "view_count": v.INTEGERS,
            "is_public": [True, False],
        },
    ),
    "photos": (
        lambda place: {"album_id": _id(1), "original_key": f"{place}"},
        {
            "filename": v.PIECES,
            "file_size": [*v.BIG_INTEGERS, None],
            "captured_at": [*v.MOMENTS, None],
            "exif": [None, {"a": 1.0}],
            "status": ["completed", "failed", "pending"],
        },
    ),
    "face_embeddings": (
        lambda place: {"album_id": _id(1), "photo_id": _id(1)},
        {
            "embedding": [v.embedding(at, size, 0.1) for at in (0, 1, 511) for size in (1, 1e-11)],
            "face_location": [JSON_NULL, None, {"x": 1.0}],
        },
    ),
    "package_downloads": (
        lambda place: {"album_id": _id(1)},
        {"photo_ids": [[], [key(2), key(1), key(2)]], "file_size": v.BIG_INTEGERS},
    ),
    "customers": (
        lambda place: {"name": f"{place}"},
        {"tags": [[], None, *([piece, f"{piece} "] for piece in v.PIECES)]},
    ),
}


def hostile_rows(to: Target, path: str, size: int) -> Any:
    """Rows of all that is hostile, so many that they go the server's own fast way: they come back alike."""
    seen: list[Any] = []
    ids = [_id(place) for place in range(1, size + 1)]
    for table, (plain, columns) in _HOSTILE.items():
        each = zip(*(cycle(values) for values in columns.values()), strict=False)
        rows = [
            {"id": id_, "created_at": NEVER, **plain(place), **dict(zip(columns, values, strict=True))}
            for place, (id_, values) in enumerate(zip(ids, each, strict=False))
        ]
        seen += [to.db.insert(table, rows, returning=False), to.db.find_many(table, {"id": ids})]
    seen += [to.db.count("albums", {"title": f.ilike(letter)}) for letter in v.PIECES if letter.isalpha()]
    return [*seen, *(to.db.delete(table, {"id": ids}) for table in reversed(_HOSTILE))]


def many_upserts(to: Target, path: str, size: int) -> Any:
    """Texts of which every third is there already, and some come twice."""
    rows = [
        {
            "id": _id(place),
            "locale": "en",
            "namespace": "n",
            "key": f"{place % (size - 9)}",
            "value": f"{place}",
        }
        for place in range(size)
    ]
    to.db.insert("custom_translations", rows[: size - 9 : 3], returning=False)
    stored = to.db.upsert(
        "custom_translations", [{**row, "id": _id(-place - 1)} for place, row in enumerate(rows)],
        conflict=["locale", "namespace", "key"],
    )  # fmt: skip
    return [stored, to.db.delete("custom_translations", {"key": f.ge("5")})]


def many_values(to: Target, path: str, size: int) -> Any:
    """A filter of so many values, and its contrary."""
    ids = [key(1), None, *map(_id, range(size - 2))]
    return [
        to.db.find_many("photos", {"album_id": ids}),
        to.db.count("photos", f.any_of({"id": ids[:900]}, {"hash": [f"{n:064}" for n in range(900)]})),
        to.db.count("photos", {"album_id": f.not_in([key(1), *ids[2:9000]])}),
        to.db.update("photos", {"id": ids[:9000]}, {"sort_order": 1}, returning=False),
    ]


def too_many_values(to: Target, path: str, size: int) -> Any:
    """A filter of more values than any database is asked for."""
    return to.db.find_many("photos", {"id": [_id(place) for place in range(size)]})


def many_conditions(to: Target, path: str, size: int) -> Any:
    """A filter of so many parts."""
    parts = [{"sort_order": place, "filename": f.like("%a%")} for place in range(size)]
    return [to.db.count("photos", f.any_of(*parts)), to.db.count("photos", f.all_of(*parts))]


def deep_conditions(to: Target, path: str, size: int) -> Any:
    """A filter of so many levels."""
    found: Any = {"sort_order": 0}
    for _ in range(size):
        found = f.not_(f.all_of(found, {"is_selected": False}))
    return to.db.count("photos", found)


def long_lists(to: Target, path: str, size: int) -> Any:
    """Lists of ids and of texts with so many elements."""
    row = {"id": key(9), "album_id": key(1), "created_at": NEVER, "photo_ids": list(map(_id, range(size)))}
    tags = {"id": key(9), "name": "x", "created_at": NEVER, "tags": [f"漢{n}" for n in range(size)]}
    return [
        to.db.upsert("customers", tags, conflict=["id"]),
        to.db.find_many("customers", {"tags": f.contains(f"漢{size - 1}")}, select=["id"]),
        to.db.upsert("package_downloads", row, conflict=["id"]),
        to.db.count("package_downloads", {"photo_ids": f.contains(_id(size - 1))}),
    ]


def large_documents(to: Target, path: str, size: int) -> Any:
    """A document with so many elements, and one of so many levels."""
    deep: Any = 1
    for _ in range(size % 100):
        deep = [deep]
    found = []
    for value in ({f"é{n}": [n, None, 1.0] for n in range(size)}, [{}] * size, deep):
        row = {"id": key(9), "key": "large", "value": value, "created_at": NEVER}
        found.append(to.db.upsert("system_settings", row, conflict=["key"], update=["value"]))
    return found


def long_text(to: Target, path: str, size: int) -> Any:
    """Text of so many characters of four bytes each, and a search in it."""
    row = {
        "id": key(9),
        "title": "a",
        "slug": "long",
        "created_at": NEVER,
        "description": "🙂" * (size - 1) + "É",
    }
    stored = to.db.upsert("albums", row, conflict=["id"])
    wanted = [{"description": found} for found in (f.contains("🙂É"), f.ilike("%🙂é"), row["description"])]
    return [len(stored[0]["description"]), [to.db.count("albums", which) for which in wanted]]


def many_keys(to: Target, path: str, size: int) -> Any:
    """So many keys of objects, a few of which photos have."""
    keys = [f"raw/{n}.jpg" for n in range(size)]
    return to.photos.exists_by_key([*keys, "raw/a.jpg", "raw/é.jpg", "raw/e\u0301.jpg"])


#: how large, the ordinary first
_SIZES = {
    hostile_rows: (80, 1500),
    many_rows: (1200, 3000),
    many_upserts: (1000, 3000),
    many_values: (30_000,),
    too_many_values: (40_000, 30_001),
    many_conditions: (200, 300),
    deep_conditions: (20, 49, 60),
    long_lists: (5000, 100_000, 100_001),
    large_documents: (5029, 20_030),
    long_text: (100_000, 1_000_000, 1_000_001),
    many_keys: (10_000, 40_000),
}


def of_each(how_many: int) -> list[Call]:
    """So many calls of each kind."""
    made = [(play, size) for play, sizes in _SIZES.items() for size in sizes[:how_many]]
    return [Call(play.__name__, (size,), {}, play) for play, size in made]


calls = st.sampled_from(of_each(9))
