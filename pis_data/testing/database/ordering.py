"""Every list has a total order, and it is the same one everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from pis_data.errors import InvalidFilterError, UnknownColumnError
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused

#: what collations sort otherwise than code points: case, accents, width, trailing space, planes, direction
TEXTS = [
    "", " ", "a", "a ", "A", "B", "b", "Z", "z", "é", "e\u0301", "e", "É", "ß", "ss", "ẞ", "i", "I", "İ", "ı",
    "Ω", "ω", "א", "שלום", "照", "片", "ア", "ｱ", "10", "9", "-1", "_", "%", "\\", "'", '"', "\t", "\x01",
    "\x7f", "\u200b", "\ufeff", "\ufffd", "\uffff", "😀", "👩‍👩‍👧", "\U0010ffff", "a\u0300", "à", "æ", "ae",
]  # fmt: skip


def values_of(rows: list[dict[str, Any]], column: str) -> list[Any]:
    return [row[column] for row in rows]


class TestOrdering:
    def test_text_sorts_by_code_point(self, db: DatabaseAdapter) -> None:
        db.insert("custom_translations", [samples.text(key=text, value=text) for text in TEXTS])
        for column in ("key", "value"):  # VARCHAR, and long text
            up = db.find_many("custom_translations", order_by=[(column, "asc")])
            down = db.find_many("custom_translations", order_by=[(column, "desc")])
            assert values_of(up, column) == sorted(TEXTS)
            assert values_of(down, column) == sorted(TEXTS, reverse=True)

    def test_text_compares_by_code_point(self, db: DatabaseAdapter) -> None:
        from pis_data.filters import between, gt, le

        db.insert("custom_translations", [samples.text(key=text, value=text) for text in TEXTS])
        for edge in ("a", "Z", "é", "ß", "\uffff", "a "):
            found = db.find_many("custom_translations", {"key": gt(edge)}, order_by=["key"])
            assert values_of(found, "key") == sorted(text for text in TEXTS if text > edge)
            assert db.count("custom_translations", {"value": le(edge)}) == sum(text <= edge for text in TEXTS)
        inside = db.count("custom_translations", {"value": between("a", "é")})
        assert inside == sum("a" <= text <= "é" for text in TEXTS)

    def test_text_of_full_length_sorts_to_its_last_character(self, db: DatabaseAdapter) -> None:
        ends = ["b", "c", "a", "", "ab"]
        for end in ends:
            samples.album(db, poster_image_url="😀" * 498 + end)
        found = db.find_many("albums", order_by=["poster_image_url"], select=["poster_image_url"])
        assert [row["poster_image_url"][498:] for row in found] == sorted(ends)

    def test_long_text_sorts_by_its_first_500_characters(self, db: DatabaseAdapter) -> None:
        texts = ["😀" * 499 + end * 500_000 for end in "bca"]
        ids = [samples.style(db, description=text)["id"] for text in texts]
        found = db.find_many("style_templates", order_by=[("description", "desc")])
        assert [row["description"][-1] for row in found] == ["c", "b", "a"]
        db.update("style_templates", None, {"description": "😀" * 500}, all_rows=True)
        db.update("style_templates", {"id": ids[0]}, {"description": "😀" * 500 + "x"})
        for direction in ("asc", "desc"):
            found = db.find_many("style_templates", order_by=[("description", direction)], select=["id"])
            assert [row["id"] for row in found] == sorted(ids, reverse=direction == "desc")

    def test_null_is_the_smallest_value(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        for width in (2, None, 1, None, 3):
            samples.photo(db, album, width=width, blur_data=None if width is None else str(width))
        for column in ("width", "blur_data"):
            up = values_of(db.find_many("photos", order_by=[(column, "asc")]), column)
            down = values_of(db.find_many("photos", order_by=[(column, "desc")]), column)
            assert up[:2] == [None, None]
            assert up == down[::-1]

    def test_the_key_breaks_ties_in_the_direction_before_it(self, db: DatabaseAdapter) -> None:
        ids = [samples.style(db, name="same", sort_order=number % 2)["id"] for number in range(6)]

        def found(*order: Any) -> list[Any]:
            return values_of(db.find_many("style_templates", order_by=list(order)), "id")

        assert found() == sorted(ids)
        assert found(("name", "asc")) == sorted(ids)
        assert found(("name", "desc")) == sorted(ids, reverse=True)
        even, odd = sorted(ids[::2]), sorted(ids[1::2])
        assert found(("name", "asc"), ("sort_order", "desc")) == odd[::-1] + even[::-1]
        assert found(("sort_order", "desc"), ("name", "asc")) == odd + even
        assert found(("id", "desc"), ("name", "asc")) == sorted(ids, reverse=True)

    def test_a_key_of_two_columns_breaks_ties_too(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        photos = [samples.photo(db, album)["id"] for _ in range(3)]
        groups = [db.insert("photo_groups", {"album_id": album, "name": name})[0]["id"] for name in "ab"]
        moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        rows = [
            {"photo_id": photo, "group_id": group, "created_at": moment}
            for photo in photos
            for group in groups
        ]
        db.insert("photo_group_assignments", rows)
        found = db.find_many("photo_group_assignments", order_by=[("created_at", "desc")])
        pairs = [(row["photo_id"], row["group_id"]) for row in found]
        assert pairs == sorted(pairs, reverse=True)
        assert len(pairs) == 6

    def test_pages_by_offset_show_every_row_once(self, db: DatabaseAdapter) -> None:
        db.insert("style_templates", [{"name": "same"} for _ in range(50)])
        pages = [
            db.find_many("style_templates", order_by=[("name", "desc")], limit=7, offset=start)
            for start in range(0, 56, 7)
        ]
        ids = [row["id"] for page in pages for row in page]
        assert len(set(ids)) == len(ids) == 50

    def test_each_type_sorts_by_its_own_nature(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        sizes = [-(2**63), -1, 0, 1, 10, 9, 2**31, 2**53 + 1, 2**53, 2**63 - 1]
        moments = [
            dt.datetime(1, 1, 1, tzinfo=dt.UTC),
            dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
            dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
            dt.datetime(2024, 2, 29, 12, 0, 0, 1, tzinfo=dt.UTC),
            dt.datetime(2024, 2, 29, 12, 0, 0, 2, tzinfo=dt.UTC),
            dt.datetime(2024, 2, 29, 21, 0, 0, 1, tzinfo=dt.timezone(dt.timedelta(hours=9))),
            dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
            dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
        ]
        moments += moments[:2]
        for size, moment in zip(sizes, moments, strict=True):
            samples.photo(db, album, file_size=size, captured_at=moment, is_selected=size > 0)
        for column, values in (("file_size", sizes), ("captured_at", moments)):
            assert values_of(db.find_many("photos", order_by=[(column, "asc")]), column) == sorted(values)
        selected = values_of(db.find_many("photos", order_by=[("is_selected", "asc")]), "is_selected")
        assert selected == sorted(selected)

    def test_ids_sort_by_their_bytes(self, db: DatabaseAdapter) -> None:
        ids = [UUID(int=number) for number in (0, 1, 255, 256, 2**64, 2**127 - 1, 2**127, 2**128 - 1)]
        db.insert("style_templates", [{"id": id_, "name": "x"} for id_ in reversed(ids)])
        assert values_of(db.find_many("style_templates", order_by=[("id", "asc")]), "id") == ids

    def test_days_sort_as_days(self, db: DatabaseAdapter) -> None:
        days = [dt.date(1, 1, 1), dt.date(1999, 12, 31), dt.date(2000, 1, 1), dt.date(9999, 12, 31)]
        db.insert("daily_stats", [{"stat_date": day} for day in days[::-1]])
        assert values_of(db.find_many("daily_stats", order_by=[("stat_date", "asc")]), "stat_date") == days

    def test_order_by_takes_names_and_pairs(self, db: DatabaseAdapter) -> None:
        for name in "bca":
            samples.style(db, name=name)
        forms: list[Any] = [
            ["name"],
            [("name", "ASC")],
            (("name", "asc"),),
            [["name", "Asc"]],
            ["name", "name"],
        ]
        for form in forms:
            assert values_of(db.find_many("style_templates", order_by=form), "name") == ["a", "b", "c"]
        assert len(db.find_many("style_templates", order_by=[])) == 3

    @pytest.mark.parametrize(
        "order_by",
        [
            "name", [("name", "up")], [("name", "asc; DROP TABLE users")], [("name", "asc nulls last")],
            [("name", None)], [("name", 1)], [("name",)], [("name", "asc", "x")], [None], [1],
            {"name": "asc"}, 7,
            [("name", "")], [("name", "asc ")],
        ],
    )  # fmt: skip
    def test_a_wrong_order_is_refused(self, db: DatabaseAdapter, refused: Refused, order_by: Any) -> None:
        for call in (db.find_one, db.find_many, db.stream):
            with refused(InvalidFilterError):
                call("style_templates", order_by=order_by)

    def test_an_unknown_column_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for name in ("nmae", "name desc", "name; DROP TABLE users", "1", "", "style_templates.name"):
            with refused(UnknownColumnError):
                db.find_many("style_templates", order_by=[(name, "asc")])

    @pytest.mark.parametrize(
        ("table", "column"),
        [("albums", "metadata"), ("customers", "tags"), ("package_downloads", "photo_ids")],
    )
    def test_json_and_lists_have_no_order(
        self, db: DatabaseAdapter, refused: Refused, table: str, column: str
    ) -> None:
        with refused(InvalidFilterError, match="order"):
            db.find_many(table, order_by=[(column, "asc")])
