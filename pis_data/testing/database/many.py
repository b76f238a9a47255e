"""insert of so many rows that the driver's own way in takes them: nothing else may tell it from few rows."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest

from pis_data.dialects import dialect_for
from pis_data.errors import (
    CheckViolationError,
    ForeignKeyViolationError,
    InvalidValueError,
    NotNullViolationError,
    UniqueViolationError,
)
from pis_data.queries.bulk import BULK_BATCH
from pis_data.schema import JSON_NULL, TABLES
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused
from pis_data.testing.database.values import DOCUMENTS, MOMENTS, TEXTS

#: how many rows go another way than few, on PostgreSQL
BULK_FROM = dialect_for("postgresql").bulk_from
MANY = BULK_FROM + 7
LISTS: list[list[str]] = [
    [], [""], ["a", "A", "a"], ["NULL", "null", "{}", "\\N", "\\"], ['"', "'", ",", "片😀\n"],
]  # fmt: skip


def padded(values: list[Any]) -> list[Any]:
    """The values again and again, and so many of them that the driver's own way in takes them."""
    return [values[number % len(values)] for number in range(max(MANY, len(values)))]


class TestInsertingMany:
    @pytest.mark.parametrize("count", [1, 2, BULK_FROM - 1, BULK_FROM, 2 * BULK_FROM, MANY])
    def test_every_row_is_stored_once(self, db: DatabaseAdapter, count: int) -> None:
        rows = [{"name": str(number), "sort_order": number} for number in range(count)]
        assert db.insert("style_templates", rows, returning=False) == count
        stored = db.find_many("style_templates", order_by=["sort_order"])
        assert [row["name"] for row in stored] == [row["name"] for row in rows]
        assert len({row["id"] for row in stored}) == count

    def test_more_than_go_in_one_piece(self, db: DatabaseAdapter) -> None:
        count = BULK_BATCH + 1
        rows = [{"name": "n", "sort_order": number} for number in range(count)]
        assert db.insert("style_templates", rows, returning=False) == count
        stored = db.find_many("style_templates", select=["sort_order"], order_by=["sort_order"])
        assert [row["sort_order"] for row in stored] == list(range(count))

    def test_text(self, db: DatabaseAdapter) -> None:
        texts = padded([str.__str__(getattr(text, "value", text)) for text in (*TEXTS, "\\N", "\\.", "\b\v")])
        rows = [{"title": text, "slug": f"{n}", "description": text} for n, text in enumerate(texts)]
        db.insert("albums", rows, returning=False)
        for number, text in enumerate(texts):
            row = db.find_one("albums", {"slug": f"{number}"})
            assert row is not None
            assert (row["title"], row["description"]) == (text, text)

    def test_documents(self, db: DatabaseAdapter) -> None:
        documents = padded([*DOCUMENTS, None, JSON_NULL])
        rows = [{"title": "t", "slug": f"{n}", "color_grading": each} for n, each in enumerate(documents)]
        db.insert("albums", rows, returning=False)
        for number, document in enumerate(documents):
            row = db.find_one("albums", {"slug": f"{number}"}, select=["color_grading"])
            assert row is not None
            found = row["color_grading"]
            if document is JSON_NULL or document is None:
                assert found is document
            else:  # 1 is not 1.0, nor True
                assert json.dumps(found, sort_keys=True) == json.dumps(document, sort_keys=True)

    def test_moments_numbers_and_flags(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        moments = padded([*MOMENTS, None])
        sizes = padded([0, 1, -1, 2**63 - 1, -(2**63), None])
        flags = padded([True, False])
        rows = [
            samples.photo_row(album, captured_at=moment, file_size=size, is_selected=flag, sort_order=number)
            for number, (moment, size, flag) in enumerate(zip(moments, sizes, flags, strict=False))
        ]
        db.insert("photos", rows, returning=False)
        stored = db.find_many("photos", order_by=["sort_order"])
        utc = [moment and moment.astimezone(dt.UTC) for moment in moments]
        assert [row["captured_at"] for row in stored] == utc[: len(stored)]
        assert [row["file_size"] for row in stored] == sizes[: len(stored)]
        assert [row["is_selected"] for row in stored] == flags[: len(stored)]

    def test_ids_and_lists(self, db: DatabaseAdapter) -> None:
        ids: list[Any] = padded([UUID(int=0), UUID(int=2**128 - 1)])[:2] + [str(uuid4()) for _ in range(MANY)]
        lists = padded([*LISTS, None])
        rows = [
            {"id": id_, "name": str(number), "tags": tags}
            for number, (id_, tags) in enumerate(zip(ids, lists, strict=False))
        ]
        db.insert("customers", rows, returning=False)
        for row in rows:
            stored = db.find_one("customers", {"id": row["id"]})
            assert stored is not None
            assert (stored["name"], stored["tags"]) == (row["name"], row["tags"])

    def test_embeddings(self, db: DatabaseAdapter) -> None:
        photo = samples.photo(db, samples.album(db)["id"])
        face = {**samples.row(db, "face_embeddings"), "photo_id": photo["id"], "album_id": photo["album_id"]}
        vectors = np.random.default_rng(1).standard_normal((MANY, 512)).astype("<f4")
        rows = [{**face, "id": uuid4(), "embedding": vector} for vector in vectors]
        db.insert("face_embeddings", rows, returning=False)
        for row in rows:
            stored = db.find_one("face_embeddings", {"id": row["id"]}, select=["embedding"])
            assert stored is not None
            assert np.array_equal(stored["embedding"], row["embedding"])

    def test_rows_of_different_keys_get_their_defaults(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        some: list[dict[str, Any]] = [
            {},
            {"width": 3},
            {"exif": None},
            {"status": "failed", "rotation": None},
        ]
        rows = [samples.photo_row(album, sort_order=n, **some[n % 4]) for n in range(4 * MANY)]
        assert db.insert("photos", rows, returning=False) == 4 * MANY
        stored = db.find_many("photos", order_by=["sort_order"])
        assert [row["width"] for row in stored] == [None, 3, None, None] * MANY
        assert [row["exif"] for row in stored] == [{}, {}, None, {}] * MANY
        assert [row["status"] for row in stored] == ["pending", "pending", "pending", "failed"] * MANY
        assert [row["rotation"] for row in stored] == [0, 0, 0, None] * MANY
        assert all(row["created_at"] and row["updated_at"] for row in stored)

    def test_counters_follow(self, db: DatabaseAdapter) -> None:
        one, two = samples.album(db)["id"], samples.album(db)["id"]
        rows = [samples.photo_row(one, status="completed", is_selected=n % 3 == 0) for n in range(MANY)]
        rows += [samples.photo_row(two, status="completed") for _ in range(MANY)]
        rows += [samples.photo_row(two) for _ in range(MANY)]
        rows += [samples.photo_row(one, status="completed", deleted_at=MOMENTS[3]) for _ in range(MANY)]
        db.insert("photos", rows, returning=False)
        for album in (one, two):
            row = db.find_one("albums", {"id": album})
            assert row is not None
            live = {"album_id": album, "deleted_at": None}
            assert row["photo_count"] == db.count("photos", {**live, "status": "completed"}) == MANY
            assert row["selected_count"] == db.count("photos", {**live, "is_selected": True})

    def test_a_violation_in_the_last_row_undoes_all_and_says_where(self, db: DatabaseAdapter) -> None:
        album = samples.album(db, slug="taken")["id"]
        names = [{"title": "t", "slug": f"{number}"} for number in range(MANY)]
        with pytest.raises(UniqueViolationError) as caught:
            db.insert("albums", [*names, {"title": "t", "slug": "taken"}], returning=False)
        where = caught.value.table, caught.value.constraint, caught.value.columns
        assert where == ("albums", "albums_slug_key", ("slug",))
        assert db.count("albums") == 1

        good = [samples.photo_row(album) for _ in range(MANY)]
        with pytest.raises(ForeignKeyViolationError) as missing:
            db.insert("photos", [*good, samples.photo_row(uuid4())], returning=False)
        assert missing.value.table == "photos"
        with pytest.raises(CheckViolationError) as wrong:
            db.insert("photos", [*good, samples.photo_row(album, rotation=45)], returning=False)
        assert (wrong.value.constraint, wrong.value.columns) == ("photos_rotation_check", ("rotation",))
        assert db.count("photos") == 0

    def test_what_is_refused_beforehand_sends_nothing(self, db: DatabaseAdapter, refused: Refused) -> None:
        good = [{"title": "t", "slug": f"{number}"} for number in range(MANY)]
        with refused(NotNullViolationError):
            db.insert("albums", [*good, {"title": None, "slug": "x"}], returning=False)
        with refused(InvalidValueError, match=r"albums\.title"):
            db.insert("albums", [*good, {"title": "\0", "slug": "x"}], returning=False)
        large = {"title": "t", "slug": "x", "metadata": {"a": ["x" * 900_000] * 5}}
        with refused(InvalidValueError, match=r"albums\.metadata"):
            db.insert("albums", [*good, large], returning=False)
        assert db.count("albums") == 0
        with db.transaction() as tx:  # which goes on, and has nothing of them
            for returning in (True, False):
                with pytest.raises(InvalidValueError):
                    tx.insert("albums", [*good, large], returning=returning)
        assert db.count("albums") == 0

    def test_a_savepoint_is_undone_and_the_transaction_goes_on(self, db: DatabaseAdapter) -> None:
        with db.transaction() as tx:
            samples.style(tx)
            with pytest.raises(UniqueViolationError), tx.transaction() as savepoint:
                rows = [samples.text(key=f"{number}") for number in range(MANY)]
                savepoint.insert("custom_translations", [*rows, samples.text(key="0")], returning=False)
            rows = [samples.text(key=f"{number}") for number in range(MANY)]
            assert tx.insert("custom_translations", rows, returning=False) == MANY
        assert db.count("custom_translations") == MANY
        assert db.count("style_templates") == 1

    def test_every_table_takes_many_rows(self, db: DatabaseAdapter) -> None:
        for name in TABLES:
            before = db.count(name)
            rows = [samples.row(db, name) for _ in range(BULK_FROM)]
            parents = db.count(name) - before  # a table may refer to itself
            assert db.insert(name, rows, returning=False) == BULK_FROM, name
            assert db.count(name) == before + parents + BULK_FROM, name
