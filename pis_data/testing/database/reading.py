"""find_one, find_many, count, exists: which rows, which columns, how many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from pis_data.errors import InvalidFilterError, UnknownColumnError, UnknownTableError
from pis_data.schema import TABLES, style_templates
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused

WRONG_NUMBERS: list[Any] = [-1, -(2**63), 2**63, 1.0, "1", True, [1]]


class TestReading:
    def test_find_one_gives_the_row_with_all_its_columns(self, db: DatabaseAdapter) -> None:
        stored = samples.album(db, title="Wedding", description=None)
        found = db.find_one("albums", {"id": stored["id"]})
        assert found == stored
        assert list(found) == TABLES["albums"].columns.keys()
        assert (found["title"], found["description"], found["is_public"]) == ("Wedding", None, False)

    def test_find_one_gives_none_where_nothing_matches(self, db: DatabaseAdapter) -> None:
        assert db.find_one("albums", {"id": uuid4()}) is None
        assert db.find_one("albums") is None

    def test_find_one_gives_the_first_in_the_order_asked_for(self, db: DatabaseAdapter) -> None:
        for name in ("b", "c", "a"):
            samples.style(db, name=name)
        first = db.find_one("style_templates", order_by=[("name", "asc")])
        last = db.find_one("style_templates", order_by=[("name", "desc")], select=["name"])
        assert first is not None
        assert first["name"] == "a"
        assert last == {"name": "c"}

    def test_a_table_may_be_given_as_a_table(self, db: DatabaseAdapter) -> None:
        stored = samples.style(db)
        assert db.find_many(style_templates, {"id": stored["id"]}) == [stored]
        assert db.count(style_templates) == 1

    def test_select_gives_the_columns_asked_for_in_their_order(self, db: DatabaseAdapter) -> None:
        samples.style(db, name="x", sort_order=3)
        (row,) = db.find_many("style_templates", select=["sort_order", "name"])
        assert list(row.items()) == [("sort_order", 3), ("name", "x")]
        assert db.find_many("style_templates", select=("name",)) == [{"name": "x"}]
        assert db.find_many("style_templates", select=["name", "name"]) == [{"name": "x"}]

    @pytest.mark.parametrize(
        "select", [["*"], ["name", "*"], "*", "name", [], ["name "], ["NAME"], [None], [1]]
    )
    def test_select_takes_known_columns_only(
        self, db: DatabaseAdapter, refused: Refused, select: Any
    ) -> None:
        with refused(UnknownColumnError):
            db.find_many("style_templates", select=select)
        with refused(UnknownColumnError):
            db.find_one("style_templates", select=select)
        with refused(UnknownColumnError):
            db.stream("style_templates", select=select)

    def test_limit_and_offset_cut_the_list(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": name} for name in "abcde"])

        def names(**how: Any) -> str:
            rows = db.find_many("style_templates", order_by=[("name", "asc")], **how)
            return "".join(row["name"] for row in rows)

        assert names() == names(limit=None, offset=None) == "abcde"
        assert names(limit=2) == "ab"
        assert names(limit=2, offset=3) == "de"
        assert names(offset=3) == "de"
        assert names(limit=10, offset=4) == "e"
        assert names(limit=10, offset=5) == ""
        assert names(offset=0) == "abcde"
        assert names(limit=2**63 - 1, offset=1) == "bcde"
        assert names(limit=1, offset=2**63 - 1) == ""
        assert names(offset=2**63 - 1) == ""

    def test_limit_0_gives_nothing(self, db: DatabaseAdapter) -> None:
        samples.style(db)
        assert db.find_many("style_templates", limit=0) == []
        assert db.find_many("style_templates", limit=0, offset=1) == []

    @pytest.mark.parametrize("number", WRONG_NUMBERS)
    def test_limit_and_offset_are_whole_numbers_of_0_or_more(
        self, db: DatabaseAdapter, refused: Refused, number: Any
    ) -> None:
        with refused(InvalidFilterError, match="limit"):
            db.find_many("style_templates", limit=number)
        with refused(InvalidFilterError, match="offset"):
            db.find_many("style_templates", offset=number)

    def test_count_counts_what_matches(self, db: DatabaseAdapter) -> None:
        assert db.count("style_templates") == 0
        db.insert("style_templates", [{"name": name, "sort_order": 1} for name in "aab"])
        assert db.count("style_templates") == 3
        assert db.count("style_templates", {}) == 3
        assert db.count("style_templates", {"name": "a"}) == 2
        assert db.count("style_templates", {"name": "a", "sort_order": 2}) == 0
        assert type(db.count("style_templates")) is int

    def test_exists_says_whether_anything_matches(self, db: DatabaseAdapter) -> None:
        assert db.exists("style_templates") is False
        samples.style(db, name="a")
        assert db.exists("style_templates") is True
        assert db.exists("style_templates", {"name": "a"}) is True
        assert db.exists("style_templates", {"name": "b"}) is False

    @pytest.mark.parametrize("table", ["photo", "PHOTOS", "public.photos", "photos; --", "", None, 1, object])
    def test_an_unknown_table_is_refused_everywhere(
        self, db: DatabaseAdapter, refused: Refused, table: Any
    ) -> None:
        calls: list[Callable[[], Any]] = [
            lambda: db.find_one(table),
            lambda: db.find_many(table),
            lambda: db.count(table),
            lambda: db.exists(table),
            lambda: db.stream(table),
            lambda: db.insert(table, {}),
            lambda: db.insert(table, []),
            lambda: db.upsert(table, {}, conflict=["id"]),
            lambda: db.update(table, {"id": uuid4()}, {"x": 1}),
            lambda: db.delete(table, {"id": uuid4()}),
        ]
        for call in calls:
            with refused(UnknownTableError):
                call()

    def test_an_unknown_name_is_told_what_comes_near(self, db: DatabaseAdapter, refused: Refused) -> None:
        with refused(UnknownTableError, match="'photos'"):
            db.find_many("photo")
        with refused(UnknownColumnError, match="'filename'"):
            db.find_many("photos", {"file_name": "x"})
