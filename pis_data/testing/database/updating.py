"""update: the rows that matched, as they now are, atomically."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pis_data.errors import (
    CheckViolationError,
    ForeignKeyViolationError,
    InvalidFilterError,
    InvalidValueError,
    NotNullViolationError,
    UniqueViolationError,
    UnknownColumnError,
)
from pis_data.filters import all_of, any_of, ge, not_in
from pis_data.schema import photos
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused, Together


class TestUpdating:
    def test_it_gives_the_rows_that_matched_as_they_now_are(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        rows = [samples.photo(db, album, width=width) for width in (1, 2, 3)]
        changed = db.update("photos", {"width": ge(2)}, {"width": 9, "status": "failed"})
        assert [(row["id"], row["width"], row["status"]) for row in changed] == sorted(
            (row["id"], 9, "failed") for row in rows[1:]
        )
        assert changed == db.find_many("photos", {"width": 9})
        assert db.find_one("photos", {"width": 1}) == rows[0]

    def test_it_is_a_compare_and_set(self, db: DatabaseAdapter) -> None:
        photo = samples.photo(db, samples.album(db)["id"])["id"]
        claim = {"id": photo, "status": "pending"}
        assert [row["status"] for row in db.update("photos", claim, {"status": "processing"})] == [
            "processing"
        ]
        assert db.update("photos", claim, {"status": "processing"}) == []

    def test_nothing_that_matches_is_no_error(self, db: DatabaseAdapter) -> None:
        assert db.update("photos", {"id": uuid4()}, {"width": 1}) == []
        assert db.update("photos", {"id": []}, {"width": 1}) == []
        assert db.update("photos", {"id": uuid4()}, {"width": 1}, returning=False) == 0

    def test_without_returning_it_says_how_many_matched(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": "a"}, {"name": "a"}, {"name": "b"}])
        assert db.update("style_templates", {"name": "a"}, {"sort_order": 1}, returning=False) == 2
        assert (
            db.update("style_templates", {"name": "a"}, {"sort_order": 1}, returning=False) == 2
        )  # no change
        assert db.count("style_templates", {"sort_order": 1}) == 2

    def test_the_columns_of_the_filter_can_be_set(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": "a", "sort_order": n} for n in (1, 2, 3)])
        changed = db.update("style_templates", {"sort_order": [1, 2]}, {"sort_order": 5, "name": "z"})
        assert [(row["name"], row["sort_order"]) for row in changed] == [("z", 5), ("z", 5)]

    def test_null_and_every_type_can_be_set(self, db: DatabaseAdapter) -> None:
        album = samples.album(db, description="x", color_grading={"a": 1}, is_public=True)
        values = {
            "description": None,
            "color_grading": None,
            "is_public": False,
            "metadata": {"k": [1, None]},
        }
        (changed,) = db.update("albums", {"id": album["id"]}, values)
        assert {name: changed[name] for name in values} == values
        moment = dt.datetime(2030, 1, 2, 3, 4, 5, 678_901, tzinfo=dt.UTC)
        (changed,) = db.update("albums", {"id": album["id"]}, {"event_date": moment, "layout": "grid"})
        assert (changed["event_date"], changed["layout"]) == (moment, "grid")

    def test_updated_at_moves_by_itself(self, db: DatabaseAdapter) -> None:
        past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        style = samples.style(db, created_at=past, updated_at=past)
        assert style["updated_at"] == past
        (changed,) = db.update("style_templates", {"id": style["id"]}, {"name": "new"})
        assert changed["updated_at"] > past
        assert changed["created_at"] == past
        assert abs(changed["updated_at"] - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)

    def test_the_key_can_be_set(self, db: DatabaseAdapter) -> None:
        old, new = samples.style(db), uuid4()
        (changed,) = db.update("style_templates", {"id": old["id"]}, {"id": new})
        assert changed["id"] == new
        assert db.find_many("style_templates", select=["id"]) == [{"id": new}]

    def test_rows_come_in_the_order_of_their_keys(self, db: DatabaseAdapter) -> None:
        ids = [uuid4() for _ in range(50)]
        db.insert("style_templates", [{"id": id_, "name": "a"} for id_ in ids])
        changed = db.update("style_templates", {"name": "a"}, {"name": "b"})
        assert [row["id"] for row in changed] == sorted(ids)

    def test_thousands_of_rows(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": "a"} for _ in range(2_100)], returning=False)
        assert len(db.update("style_templates", {"name": "a"}, {"name": "b"})) == 2_100
        assert db.count("style_templates", {"name": "b"}) == 2_100

    def test_thousands_of_rows_with_a_key_of_two_columns(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        group = db.insert("photo_groups", {"album_id": album, "name": "g"})[0]["id"]
        ids = [row["id"] for row in db.insert("photos", [samples.photo_row(album) for _ in range(1_200)])]
        db.insert(
            "photo_group_assignments", [{"photo_id": id_, "group_id": group} for id_ in ids], returning=False
        )
        moment = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        changed = db.update("photo_group_assignments", {"group_id": group}, {"created_at": moment})
        assert [row["photo_id"] for row in changed] == sorted(ids)
        assert {row["created_at"] for row in changed} == {moment}

    def test_by_an_expression(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        for width in (1, 2, 3):
            samples.photo(db, album, width=width)
        changed = db.update("photos", photos.c.width * 2 > 3, {"height": 7})
        assert sorted(row["width"] for row in changed) == [2, 3]
        assert db.count("photos", {"height": 7}) == 2
        assert db.update("photos", sa.true(), {"height": 8}, returning=False) == 3

    def test_every_row_must_be_meant(self, db: DatabaseAdapter, refused: Refused) -> None:
        db.insert("style_templates", [{"name": "a"}, {"name": "b"}])
        for nothing in (
            None,
            {},
            all_of(),
            all_of({}),
            all_of({}, all_of({})),
            any_of({}, {"name": "a"}),
            {"name": all_of()},
        ):
            with refused(InvalidFilterError, match="all_rows"):
                db.update("style_templates", nothing, {"sort_order": 1})
            with refused(InvalidFilterError, match="all_rows"):
                db.delete("style_templates", nothing)
        assert len(db.update("style_templates", None, {"sort_order": 1}, all_rows=True)) == 2
        assert db.update("style_templates", {}, {"sort_order": 2}, all_rows=True, returning=False) == 2

    def test_a_filter_that_nothing_is_left_out_by_is_still_a_filter(self, db: DatabaseAdapter) -> None:
        samples.style(db)
        assert len(db.update("style_templates", {"id": not_in([])}, {"sort_order": 1})) == 1

    @pytest.mark.parametrize("values", [{}, None, [], "name", 1, [("name", "x")]])
    def test_there_must_be_something_to_set(self, db: DatabaseAdapter, refused: Refused, values: Any) -> None:
        with refused(InvalidValueError):
            db.update("style_templates", {"name": "a"}, values)

    @pytest.mark.parametrize("name", ["nmae", "name = 'x', id", '"name"', "", "style_templates.name", "NAME"])
    def test_an_unknown_column_is_refused(self, db: DatabaseAdapter, refused: Refused, name: str) -> None:
        with refused(UnknownColumnError):
            db.update("style_templates", {"name": "a"}, {name: "x"})

    def test_violations_leave_every_row_as_it_was(self, db: DatabaseAdapter) -> None:
        album = samples.album(db, slug="one")
        samples.album(db, slug="two")
        photo = samples.photo(db, album["id"])
        with pytest.raises(UniqueViolationError):
            db.update("albums", None, {"slug": "three"}, all_rows=True)
        with pytest.raises(UniqueViolationError) as caught:
            db.update("albums", {"slug": "two"}, {"slug": "one"})
        assert (caught.value.table, caught.value.constraint) == ("albums", "albums_slug_key")
        with pytest.raises(CheckViolationError):
            db.update("photos", {"id": photo["id"]}, {"status": "done"})
        with pytest.raises(ForeignKeyViolationError) as foreign:
            db.update("photos", {"id": photo["id"]}, {"album_id": uuid4()})
        assert foreign.value.table == "photos"
        with pytest.raises(NotNullViolationError):
            db.update("photos", {"id": photo["id"]}, {"filename": None})
        assert {row["slug"] for row in db.find_many("albums")} == {"one", "two"}
        assert db.find_one("photos", {"id": photo["id"]}) == photo

    def test_updates_of_one_row_at_the_same_time_lose_nothing(
        self, db: DatabaseAdapter, together: Together
    ) -> None:
        samples.style(db, name="free")

        def claim(own: DatabaseAdapter) -> int:
            return sum(
                len(own.update("style_templates", {"name": "free"}, {"name": "taken"})) for _ in range(5)
            )

        assert sorted(together(claim, claim, claim)) == [0, 0, 1]
