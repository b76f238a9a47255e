"""upsert: rows that are there already are changed, the others inserted; the key that decides is named."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from pis_data.errors import (
    InvalidFilterError,
    InvalidValueError,
    NotNullViolationError,
    UniqueViolationError,
    UnknownColumnError,
)
from pis_data.schema import JSON_NULL
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused, Together

KEY = ["locale", "namespace", "key"]


class TestUpserting:
    def test_a_new_row_is_inserted_and_a_known_one_changed(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org", full_name="A", role="photographer")
        rows = db.upsert(
            "users",
            [{"email": "b@example.org", "full_name": "B"}, {"email": "a@example.org", "full_name": "AA"}],
            conflict=["email"],
            update=["full_name"],
        )
        assert [(row["email"], row["full_name"]) for row in rows] == [
            ("b@example.org", "B"),
            ("a@example.org", "AA"),
        ]
        assert rows[1]["id"] == known["id"]
        assert rows[1]["role"] == "photographer"
        assert db.count("users") == 2

    def test_many_known_rows_change_each_to_its_own(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        noon = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
        values: list[dict[str, Any]] = [
            {"exif": {"n": [1, None]}, "captured_at": noon, "width": 1, "is_selected": True, "hash": "é"},
            {"exif": {}, "captured_at": None, "width": None, "is_selected": False, "hash": None},
            {"exif": JSON_NULL, "captured_at": noon, "width": 3, "is_selected": False, "hash": "'\\"},
            {"exif": None, "captured_at": noon, "width": 4, "is_selected": True, "hash": ""},
        ]
        given = [{**samples.photo_row(album), **values[n % 4], "id": uuid4()} for n in range(230)]
        db.insert("photos", given, returning=False)
        moved = [{**row, **values[(n + 1) % 4]} for n, row in enumerate(given[:-1])]
        fresh = {**samples.photo_row(album), **values[0], "id": uuid4()}
        rows = db.upsert("photos", [*moved, fresh], conflict=["id"])
        for row, want in zip(rows, [*moved, fresh], strict=True):
            assert {name: row[name] for name in want} == want
        assert db.find_one("photos", {"id": given[-1]["id"]}, select=["width"]) == {
            "width": given[-1]["width"]
        }

    def test_an_empty_update_leaves_a_known_row_alone(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org", full_name="A")
        rows = db.upsert("users", {"email": "a@example.org", "full_name": "X"}, conflict=["email"], update=[])
        assert rows == [known]
        (fresh,) = db.upsert(
            "users", {"email": "b@example.org", "full_name": "X"}, conflict=["email"], update=[]
        )
        assert fresh["full_name"] == "X"

    def test_by_default_all_that_is_given_is_updated_but_keys(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org", full_name="A", role="admin")
        given = {"id": uuid4(), "email": "a@example.org", "full_name": "AA", "is_active": False}
        (row,) = db.upsert("users", given, conflict=["email"])
        assert (row["id"], row["created_at"]) == (known["id"], known["created_at"])
        assert (row["full_name"], row["is_active"], row["role"]) == ("AA", False, "admin")

    def test_a_row_of_nothing_but_its_key(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org", full_name="A")
        assert db.upsert("users", {"email": "a@example.org"}, conflict=["email"]) == [known]

    def test_a_key_of_several_columns(self, db: DatabaseAdapter) -> None:
        first = db.upsert("custom_translations", samples.text("en", "k", "one"), conflict=KEY)
        again = db.upsert("custom_translations", samples.text("en", "k", "two"), conflict=KEY[::-1])
        other = db.upsert("custom_translations", samples.text("zh", "k", "三"), conflict=KEY)
        assert first[0]["id"] == again[0]["id"] != other[0]["id"]
        assert again[0]["value"] == "two"
        assert db.count("custom_translations") == 2

    def test_the_primary_key_can_decide(self, db: DatabaseAdapter) -> None:
        known = samples.style(db, name="a", sort_order=1)
        rows = [{"id": known["id"], "name": "b"}, {"name": "c"}]
        stored = db.upsert("style_templates", rows, conflict=["id"])
        assert [row["name"] for row in stored] == ["b", "c"]
        assert (stored[0]["id"], stored[0]["sort_order"]) == (known["id"], 1)
        assert db.count("style_templates") == 2

    def test_rows_may_have_different_keys(self, db: DatabaseAdapter) -> None:
        samples.user(db, email="a@example.org", full_name="A", role="admin")
        rows = db.upsert(
            "users",
            [
                {"email": "a@example.org", "role": "viewer"},
                {"email": "b@example.org", "full_name": "B"},
                {"full_name": "C", "email": "c@example.org", "is_active": False},
            ],
            conflict=["email"],
        )
        assert [row["full_name"] for row in rows] == ["A", "B", "C"]
        assert [row["role"] for row in rows] == ["viewer", "guest", "guest"]
        assert [row["is_active"] for row in rows] == [True, True, False]

    def test_of_rows_with_one_key_each_comes_after_the_one_before(self, db: DatabaseAdapter) -> None:
        rows = [samples.text("en", "k", str(number)) for number in range(4)]
        stored = db.upsert("custom_translations", rows, conflict=KEY, update=["value"])
        assert [row["value"] for row in stored] == ["3"] * 4
        assert len({row["id"] for row in stored}) == 1
        kept = db.upsert(
            "custom_translations", [samples.text("fr", "k", v) for v in "ab"], conflict=KEY, update=[]
        )
        assert [row["value"] for row in kept] == ["a", "a"]

    def test_null_is_never_a_known_key(self, db: DatabaseAdapter) -> None:
        import datetime as dt

        day = {"stat_date": dt.date(2024, 1, 1), "album_id": None, "view_count": 1}
        first = db.upsert("daily_stats", [day, day], conflict=["stat_date", "album_id"])
        again = db.upsert("daily_stats", {**day, "view_count": 5}, conflict=["stat_date", "album_id"])
        assert db.count("daily_stats") == 3
        assert [row["view_count"] for row in first + again] == [1, 1, 5]
        assert len({row["id"] for row in first + again}) == 3

    def test_another_unique_key_that_is_violated_raises(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org")
        other = samples.user(db, email="b@example.org")
        with pytest.raises(UniqueViolationError) as caught:
            db.upsert("users", {"id": known["id"], "email": "new@example.org"}, conflict=["email"])
        assert (caught.value.constraint, caught.value.columns) == ("users_pkey", ("id",))
        with pytest.raises(UniqueViolationError) as caught:
            db.upsert(
                "users", {"id": other["id"], "email": "a@example.org"}, conflict=["id"], update=["email"]
            )
        assert caught.value.constraint == "users_email_key"
        with pytest.raises(UniqueViolationError):
            db.upsert("users", {"id": uuid4(), "email": "a@example.org"}, conflict=["id"], update=[])
        rows = db.find_many("users", order_by=["email"])
        assert [row["email"] for row in rows] == ["a@example.org", "b@example.org"]

    def test_all_or_none(self, db: DatabaseAdapter) -> None:
        known = samples.user(db, email="a@example.org")
        rows = [{"email": "b@example.org"}, {"id": known["id"], "email": "c@example.org"}]
        with pytest.raises(UniqueViolationError):
            db.upsert("users", rows, conflict=["email"])
        assert db.find_many("users") == [known]

    def test_keys_that_differ_in_case_or_space_are_different(self, db: DatabaseAdapter) -> None:
        rows = [samples.text("en", key, key) for key in ("a", "A", "a ", "á", "a\u0301", "", " ")]
        for _ in range(2):
            stored = db.upsert("custom_translations", rows, conflict=KEY)
            assert (
                [row["key"] for row in stored]
                == [row["value"] for row in stored]
                == [row["key"] for row in rows]
            )
        assert db.count("custom_translations") == 7

    def test_a_thousand_rows_half_of_them_known(self, db: DatabaseAdapter) -> None:
        rows = [samples.text("en", f"k{number}", "old") for number in range(1_100)]
        db.insert("custom_translations", rows[::2])
        stored = db.upsert("custom_translations", [{**row, "value": "new"} for row in rows], conflict=KEY)
        assert [row["key"] for row in stored] == [row["key"] for row in rows]
        assert {row["value"] for row in stored} == {"new"}
        assert db.count("custom_translations") == 1_100

    def test_no_rows_are_no_statement(self, db: DatabaseAdapter, sent: list[str]) -> None:
        assert db.upsert("users", [], conflict=["email"]) == []
        assert sent == []

    def test_a_required_column_is_required_of_known_rows_too(self, db: DatabaseAdapter) -> None:
        samples.album(db, slug="s")
        for row in ({"slug": "s", "view_count": 1}, {"slug": "new"}, {"slug": "s", "title": None}):
            with pytest.raises(NotNullViolationError) as caught:
                db.upsert("albums", row, conflict=["slug"])
            assert (caught.value.table, caught.value.columns) == ("albums", ("title",))

    @pytest.mark.parametrize(
        "conflict",
        [["full_name"], ["email", "role"], [], "email", None, {"email"}, [None], ["locale", "key"]],
    )
    def test_the_conflict_must_be_a_unique_key(
        self, db: DatabaseAdapter, refused: Refused, conflict: Any
    ) -> None:
        table = "custom_translations" if conflict == ["locale", "key"] else "users"
        with refused((InvalidFilterError, UnknownColumnError)):  # type: ignore[arg-type]
            db.upsert(
                table, {"email": "a@example.org"} if table == "users" else samples.text(), conflict=conflict
            )

    @pytest.mark.parametrize("name", ["emial", "email) DO NOTHING; --", '"email"', "", "EMAIL"])
    def test_unknown_names_are_refused(self, db: DatabaseAdapter, refused: Refused, name: str) -> None:
        row = {"email": "a@example.org"}
        with refused(UnknownColumnError):
            db.upsert("users", row, conflict=[name])
        with refused(UnknownColumnError):
            db.upsert("users", row, conflict=["email"], update=[name])
        with refused(UnknownColumnError):
            db.upsert("users", {**row, name: 1}, conflict=["email"])

    @pytest.mark.parametrize("update", ["email", 1, {"email": "x"}])
    def test_update_must_be_a_list(self, db: DatabaseAdapter, refused: Refused, update: Any) -> None:
        with refused(InvalidFilterError):
            db.upsert("users", {"email": "a@example.org"}, conflict=["email"], update=update)

    def test_update_names_what_the_rows_give(self, db: DatabaseAdapter, refused: Refused) -> None:
        rows = [{"email": "a@example.org", "full_name": "x"}, {"email": "b@example.org"}]
        with refused(InvalidValueError, match="full_name"):
            db.upsert("users", rows, conflict=["email"], update=["full_name"])

    def test_upserts_of_one_key_at_the_same_time(self, db: DatabaseAdapter, together: Together) -> None:
        def unit(number: int) -> Any:
            def upsert(own: DatabaseAdapter) -> list[str]:
                return [
                    own.upsert(
                        "custom_translations", samples.text("en", f"k{turn}", f"{number}"), conflict=KEY
                    )[0]["key"]
                    for turn in range(10)
                ]

            return upsert

        results = together(*(unit(number) for number in range(3)))
        assert results == [[f"k{turn}" for turn in range(10)]] * 3
        assert db.count("custom_translations") == 10
