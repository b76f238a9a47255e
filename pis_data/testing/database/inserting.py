"""insert: all or none, in input order, with defaults where a row gives nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from pis_data.errors import (
    CheckViolationError,
    ForeignKeyViolationError,
    InvalidValueError,
    NotNullViolationError,
    UniqueViolationError,
    UnknownColumnError,
)
from pis_data.schema import JSON_NULL, TABLES, PhotoStatus, albums
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused


class TestInserting:
    def test_one_row_gives_a_list_of_one(self, db: DatabaseAdapter) -> None:
        (row,) = db.insert("albums", {"title": "T", "slug": "t"})
        assert list(row) == TABLES["albums"].columns.keys()
        assert (row["title"], row["slug"]) == ("T", "t")
        assert row == db.find_one("albums", {"id": row["id"]})

    def test_what_is_not_given_gets_its_default(self, db: DatabaseAdapter) -> None:
        before = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
        row = samples.photo(db, samples.album(db)["id"])
        assert row["status"] is PhotoStatus.PENDING
        assert (row["rotation"], row["sort_order"], row["is_selected"]) == (0, 0, False)
        assert (row["exif"], row["width"], row["deleted_at"]) == ({}, None, None)
        assert row["created_at"].tzinfo is dt.UTC
        assert before < row["created_at"] < before + dt.timedelta(minutes=10)
        assert row["created_at"] == row["updated_at"]

    def test_an_explicit_none_is_null_where_a_default_would_stand(self, db: DatabaseAdapter) -> None:
        row = samples.photo(db, samples.album(db)["id"], exif=None, rotation=None)
        assert (row["exif"], row["rotation"]) == (None, None)

    def test_an_id_is_made_where_none_is_given(self, db: DatabaseAdapter) -> None:
        rows = db.insert("style_templates", [{"name": str(number)} for number in range(20)])
        ids = [row["id"] for row in rows]
        assert all(type(id_) is UUID and id_.version == 7 for id_ in ids)
        assert ids == sorted(ids)
        given = uuid4()
        assert samples.style(db, id=given)["id"] == given
        other = uuid4()
        assert samples.style(db, id=str(other).upper())["id"] == other

    def test_rows_come_back_in_input_order(self, db: DatabaseAdapter) -> None:
        ids = [uuid4() for _ in range(100)]
        rows = db.insert("style_templates", [{"id": id_, "name": str(n)} for n, id_ in enumerate(ids)])
        assert [row["id"] for row in rows] == ids
        assert [row["name"] for row in rows] == [str(number) for number in range(100)]

    def test_rows_of_one_insert_may_have_different_keys(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        rows = [
            samples.photo_row(album),
            samples.photo_row(album, status="completed", width=3),
            samples.photo_row(album, width=4),
            samples.photo_row(album, exif={"Make": "x"}, status="failed"),
            samples.photo_row(album, rotation=None),
        ]
        stored = db.insert("photos", rows)
        assert [row["filename"] for row in stored] == [row["filename"] for row in rows]
        assert [row["status"] for row in stored] == ["pending", "completed", "pending", "failed", "pending"]
        assert [row["width"] for row in stored] == [None, 3, 4, None, None]
        assert [row["exif"] for row in stored] == [{}, {}, {}, {"Make": "x"}, {}]
        assert [row["rotation"] for row in stored] == [0, 0, 0, 0, None]

    def test_without_returning_it_says_how_many(self, db: DatabaseAdapter) -> None:
        assert db.insert("style_templates", {"name": "a"}, returning=False) == 1
        rows: list[dict[str, Any]] = [
            {"name": "b"},
            {"name": "c", "sort_order": 1},
            {"sort_order": 2, "name": "d"},
        ]
        assert db.insert("style_templates", rows, returning=False) == 3
        assert db.count("style_templates") == 4

    def test_no_rows_are_no_statement(self, db: DatabaseAdapter, sent: list[str]) -> None:
        assert db.insert("albums", []) == []
        assert db.insert("albums", (), returning=True) == []
        assert db.insert("albums", [], returning=False) == 0
        assert db.insert("albums", iter(())) == []
        assert sent == []

    def test_rows_may_come_from_any_iterable(self, db: DatabaseAdapter) -> None:
        assert len(db.insert("style_templates", ({"name": name} for name in "abc"))) == 3
        assert len(db.insert("style_templates", ({"name": "d"}, {"name": "e"}))) == 2
        assert len(db.insert("style_templates", {"x": {"name": "f"}}.values())) == 1

    def test_the_callers_rows_are_left_as_they_were(self, db: DatabaseAdapter) -> None:
        row = {"name": "a"}
        db.insert("style_templates", row)
        db.insert("style_templates", [row])
        assert row == {"name": "a"}

    def test_thousands_of_rows(self, db: DatabaseAdapter) -> None:
        rows = [{"name": f"{number:05}", "sort_order": number} for number in range(2_500)]
        stored = db.insert("style_templates", rows)
        assert [row["sort_order"] for row in stored] == list(range(2_500))
        assert db.insert("style_templates", rows, returning=False) == 2_500
        assert db.count("style_templates") == 5_000

    def test_a_table_with_a_key_of_two_columns(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        group = db.insert("photo_groups", {"album_id": album, "name": "g"})[0]["id"]
        photos = [row["id"] for row in db.insert("photos", [samples.photo_row(album) for _ in range(1_200)])]
        rows = [{"photo_id": photo, "group_id": group} for photo in reversed(photos)]
        stored = db.insert("photo_group_assignments", rows)
        assert [row["photo_id"] for row in stored] == photos[::-1]

    def test_all_or_none(self, db: DatabaseAdapter) -> None:
        rows = [{"title": "a", "slug": "one"}, {"title": "b", "slug": "two"}, {"title": "c", "slug": "one"}]
        for returning in (True, False):
            with pytest.raises(UniqueViolationError):
                db.insert("albums", rows, returning=returning)
            assert db.count("albums") == 0

    def test_rows_of_different_keys_are_all_or_none_too(self, db: DatabaseAdapter) -> None:
        rows = [{"title": "a", "slug": "one"}, {"title": "b", "slug": "one", "is_public": True}]
        for returning in (True, False):
            with pytest.raises(UniqueViolationError):
                db.insert("albums", rows, returning=returning)
            assert db.count("albums") == 0

    def test_a_unique_violation_says_where(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="taken")
        with pytest.raises(UniqueViolationError) as caught:
            samples.album(db, slug="taken")
        error = caught.value
        assert (error.table, error.constraint, error.columns) == ("albums", "albums_slug_key", ("slug",))
        id_ = samples.album(db)["id"]
        with pytest.raises(UniqueViolationError) as caught:
            samples.album(db, id=id_)
        error = caught.value
        assert (error.table, error.constraint, error.columns) == ("albums", "albums_pkey", ("id",))

    def test_a_unique_violation_of_several_columns_says_where(self, db: DatabaseAdapter) -> None:
        db.insert("custom_translations", samples.text(key="k' for key 'users_email_key'"))
        with pytest.raises(UniqueViolationError) as caught:
            db.insert("custom_translations", samples.text(key="k' for key 'users_email_key'"))
        assert caught.value.table == "custom_translations"
        assert caught.value.constraint == "custom_translations_locale_namespace_key_key"
        assert caught.value.columns == ("locale", "namespace", "key")

    def test_a_foreign_key_violation_says_where(self, db: DatabaseAdapter) -> None:
        with pytest.raises(ForeignKeyViolationError) as caught:
            samples.photo(db, uuid4())
        error = caught.value
        assert error.table == "photos"
        assert error.constraint in (None, "photos_album_id_fkey")
        assert error.columns in ((), ("album_id",))

    def test_a_check_violation_says_where(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        for values, name in (({"status": "done"}, "status"), ({"rotation": 45}, "rotation")):
            with pytest.raises(CheckViolationError) as caught:
                samples.photo(db, album, **values)
            error = caught.value
            assert (error.table, error.constraint) == ("photos", f"photos_{name}_check")
            assert error.columns == (name,)

    @pytest.mark.parametrize("row", [{"slug": "x"}, {"title": None, "slug": "x"}])
    def test_a_required_column_without_a_value(self, db: DatabaseAdapter, row: Any) -> None:
        with pytest.raises(NotNullViolationError) as caught:
            db.insert("albums", row)
        assert (caught.value.table, caught.value.columns) == ("albums", ("title",))
        assert db.count("albums") == 0

    def test_a_required_column_with_a_default_refuses_none(self, db: DatabaseAdapter) -> None:
        for column in ("is_public", "metadata", "created_at", "layout", "view_count"):
            with pytest.raises(NotNullViolationError) as caught:
                samples.album(db, **{column: None})
            assert (caught.value.table, caught.value.columns) == ("albums", (column,))

    def test_counters_are_read_only(self, db: DatabaseAdapter, refused: Refused) -> None:
        for column in ("photo_count", "selected_count"):
            with refused(InvalidValueError, match=column):
                db.insert("albums", {"title": "a", "slug": "a", column: 1})
            with refused(InvalidValueError, match=column):
                db.update("albums", {"slug": "a"}, {column: 1})
            with refused(InvalidValueError, match=column):
                db.upsert("albums", {"title": "a", "slug": "a", column: 1}, conflict=["slug"])

    @pytest.mark.parametrize(
        "name",
        [
            "nmae",
            "NAME",
            "name ",
            'name"',
            "name) VALUES ('x'); --",
            "style_templates.name",
            "",
            "x\0",
            "\ud800",
        ],
    )
    def test_an_unknown_column_is_refused(self, db: DatabaseAdapter, refused: Refused, name: str) -> None:
        for rows in ({"name": "a", name: 1}, [{"name": "a"}, {"name": "b", name: None}]):
            with refused(UnknownColumnError):
                db.insert("style_templates", rows)

    def test_a_name_of_10_mb_is_refused_at_once(self, db: DatabaseAdapter, refused: Refused) -> None:
        with refused(UnknownColumnError) as caught:
            db.insert("style_templates", {"name": "a", "n" * 10_000_000: 1})
        assert len(str(caught.value)) < 500

    @pytest.mark.parametrize(
        "rows", [None, 1, "name", b"name", [None], [1], ["name"], [("name", "a")], [[]], object()]
    )
    def test_anything_but_rows_is_refused(self, db: DatabaseAdapter, refused: Refused, rows: Any) -> None:
        with refused(InvalidValueError):
            db.insert("style_templates", rows)

    @pytest.mark.parametrize("wrong", [1, 0, None, "no", ["id"]])
    def test_a_flag_is_true_or_false(self, db: DatabaseAdapter, refused: Refused, wrong: Any) -> None:
        with refused(InvalidValueError, match="returning"):
            db.insert("style_templates", {"name": "a"}, returning=wrong)
        with refused(InvalidValueError, match="returning"):
            db.update("style_templates", {"name": "a"}, {"name": "b"}, returning=wrong)
        with refused(InvalidValueError, match="all_rows"):
            db.update("style_templates", {}, {"name": "b"}, all_rows=wrong)
        with refused(InvalidValueError, match="all_rows"):
            db.delete("style_templates", {}, all_rows=wrong)

    def test_an_empty_row_lacks_what_is_required(self, db: DatabaseAdapter) -> None:
        with pytest.raises(NotNullViolationError):
            db.insert("style_templates", {})
        with pytest.raises(NotNullViolationError):
            db.insert("photo_group_assignments", [{}])

    def test_bad_input_in_the_last_row_keeps_the_first_from_being_sent(
        self, db: DatabaseAdapter, refused: Refused
    ) -> None:
        with refused(InvalidValueError):
            db.insert("style_templates", [{"name": "a"}, {"name": "b\0"}])

    def test_json_null_is_a_value(self, db: DatabaseAdapter) -> None:
        null, json_null = samples.album(db, color_grading=None), samples.album(db, color_grading=JSON_NULL)
        assert null["color_grading"] is None
        assert json_null["color_grading"] is JSON_NULL
        assert db.find_many(albums, {"color_grading": None}) == [null]
