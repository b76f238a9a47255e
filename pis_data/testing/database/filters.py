"""What a filter matches: every operator, NULL, and the ways to combine them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pis_data.errors import InvalidFilterError, InvalidValueError, UnknownColumnError
from pis_data.filters import (
    Operator,
    all_of,
    any_of,
    between,
    contains,
    eq,
    ge,
    gt,
    ilike,
    in_,
    is_null,
    le,
    like,
    lt,
    ne,
    not_,
    not_in,
    not_null,
    starts_with,
)
from pis_data.schema import JSON_NULL, albums, photos, style_templates
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused

#: filters of `width`, and the widths among None, 0, 1, 2, 3 that they match
WIDTHS: list[tuple[Any, list[int | None]]] = [
    (2, [2]),
    (None, [None]),
    (eq(2), [2]),
    (eq(None), [None]),
    (ne(2), [0, 1, 3]),
    (ne(None), [0, 1, 2, 3]),
    (lt(2), [0, 1]),
    (le(2), [0, 1, 2]),
    (gt(2), [3]),
    (ge(2), [2, 3]),
    (between(1, 2), [1, 2]),
    (between(2, 1), []),
    (is_null(), [None]),
    (not_null(), [0, 1, 2, 3]),
    ([], []),
    ([1, 3], [1, 3]),
    ((1, 3), [1, 3]),
    ({1, 3}, [1, 3]),
    ([1, 1, 9], [1]),
    ([1, None], [None, 1]),
    ([None], [None]),
    (in_(range(1, 3)), [1, 2]),
    (in_([]), []),
    (in_([None]), [None]),
    (not_in([1, 3]), [0, 2]),
    (not_in([]), [None, 0, 1, 2, 3]),
    (not_in([None]), [0, 1, 2, 3]),
    (not_in([1, None]), [0, 2, 3]),
    (any_of(is_null(), eq(0)), [None, 0]),
    (any_of(), []),
    (all_of(), [None, 0, 1, 2, 3]),
    (all_of(ne(1), ne(3)), [0, 2]),
    (all_of(ge(1), ge(2)), [2, 3]),
    (all_of([0, 1, 2], [1, 2, 3]), [1, 2]),
    (all_of(1, 2), []),
    (any_of(1, 2, None), [None, 1, 2]),
    (not_(2), [0, 1, 3]),
    (not_(None), [0, 1, 2, 3]),
    (not_(is_null()), [0, 1, 2, 3]),
    (not_(not_null()), [None]),
    (not_([1, 3]), [0, 2]),
    (not_([1, None]), [0, 2, 3]),
    (not_(between(1, 2)), [0, 3]),
    (not_(any_of(1, 2)), [0, 3]),
    (not_(all_of(gt(0), lt(3))), [0, 3]),
    (not_(not_(2)), [2]),
    (not_(any_of()), [None, 0, 1, 2, 3]),
    (not_(all_of()), []),
    (not_(in_([])), [None, 0, 1, 2, 3]),
    (not_(not_in([])), []),
    (2**31 - 1, []),
]

#: filters of `tags`, and which of TAGGED they match
TAGGED: dict[str, list[str] | None] = {
    "none": None,
    "empty": [],
    "plain": ["a", "b"],
    "upper": ["A"],
    "space": ["a "],
    "part": ["ab"],
    "digits": ["1"],
    "quoted": ['a"b\\', "50%", "照片", "😀"],
}


def found(db: DatabaseAdapter, filters: Any) -> list[int | None]:
    rows = db.find_many("photos", filters, order_by=["width"], select=["width"])
    assert db.count("photos", filters) == len(rows)
    assert db.exists("photos", filters) is bool(rows)
    return [row["width"] for row in rows]


class TestFilters:
    @pytest.fixture
    def widths(self, db: DatabaseAdapter) -> DatabaseAdapter:
        """An album with photos of width None, 0, 1, 2 and 3."""
        album = samples.album(db)["id"]
        for width in (None, 0, 1, 2, 3):
            samples.photo(db, album, width=width, filename=f"{width}.jpg")
        return db

    def test_every_operator(self, widths: DatabaseAdapter) -> None:
        results = {repr(condition): found(widths, {"width": condition}) for condition, _ in WIDTHS}
        assert results == {repr(condition): matching for condition, matching in WIDTHS}

    def test_no_filter_matches_everything(self, widths: DatabaseAdapter) -> None:
        nothings: list[Any] = [None, {}, all_of(), all_of({}), not_(any_of())]
        for nothing in nothings:
            assert found(widths, nothing) == [None, 0, 1, 2, 3]

    def test_the_entries_of_a_mapping_must_all_hold(self, widths: DatabaseAdapter) -> None:
        assert found(widths, {"width": gt(0), "filename": "2.jpg"}) == [2]
        assert found(widths, {"width": gt(2), "filename": "2.jpg"}) == []

    def test_mappings_combine(self, widths: DatabaseAdapter) -> None:
        assert found(widths, any_of({"width": 1}, {"filename": "None.jpg"})) == [None, 1]
        assert found(widths, all_of({"width": gt(0)}, {"width": lt(3)})) == [1, 2]
        assert found(widths, not_({"width": 1})) == [0, 2, 3]
        assert found(widths, not_(any_of({"width": 1}, {"width": 2}))) == [0, 3]
        assert found(widths, not_({"width": 1, "filename": "1.jpg"})) == [None, 0, 2, 3]  # false AND unknown
        assert found(widths, any_of(all_of({"width": 1}, {"filename": "1.jpg"}), {"width": 3})) == [1, 3]
        assert found(widths, any_of({"width": [1]}, {"width": []}, {"width": any_of(2)})) == [1, 2]

    def test_a_sqlalchemy_expression_is_a_filter(self, widths: DatabaseAdapter) -> None:
        c = photos.c
        assert found(widths, c.width > 1) == [2, 3]
        assert found(widths, sa.or_(c.width == 0, c.width.is_(None))) == [None, 0]
        assert found(widths, any_of(c.width == 1, {"width": 2})) == [1, 2]
        assert found(widths, not_(c.width + 1 == 2)) == [0, 2, 3]
        assert found(widths, sa.and_(c.filename == "1.jpg", c.is_selected.is_(False))) == [1]
        assert found(widths, sa.true()) == [None, 0, 1, 2, 3]
        bound: Any = sa.bindparam("limit", 3)
        own = all_of({"width": gt(0)}, c.width == bound)
        assert widths.find_many("photos", own, limit=1, select=["width"]) == [{"width": 3}]

    def test_a_subquery_may_ask_other_tables(self, widths: DatabaseAdapter) -> None:
        c = photos.c
        in_album = sa.exists(sa.select(1).where(albums.c.id == c.album_id, albums.c.photo_count == 0))
        assert found(widths, all_of({"width": gt(1)}, in_album)) == [2, 3]
        assert found(widths, c.album_id.in_(sa.select(albums.c.id).where(albums.c.title == "none"))) == []
        widest = sa.select(sa.func.max(c.width)).scalar_subquery()
        assert found(widths, c.width == sa.select(sa.func.max(photos.alias().c.width)).scalar_subquery()) == [
            3
        ]
        assert widths.count("photos", c.width <= widest.correlate(None)) == 4

    def test_a_subquery_may_ask_the_table_that_is_written(self, db: DatabaseAdapter) -> None:
        style, other = style_templates.c, style_templates.alias().c
        for order in range(4):
            samples.style(db, name="ab"[order % 2], sort_order=order)
        wider = sa.exists(sa.select(1).where(other.name == style.name, other.sort_order > style.sort_order))
        assert len(db.update("style_templates", wider, {"category": "first"})) == 2
        assert db.update("style_templates", wider, {"sort_order": 9}, returning=False) == 2
        assert db.count("style_templates", {"sort_order": 9, "category": "first"}) == 2  # as they were before
        assert db.delete("style_templates", all_of({"name": "a"}, wider)) == 1
        highest = sa.select(sa.func.max(other.sort_order)).scalar_subquery()
        assert db.delete("style_templates", style.sort_order == highest) == 2
        assert [row["sort_order"] for row in db.find_many("style_templates")] == [3]

    def test_the_present_is_the_servers_to_the_microsecond(self, db: DatabaseAdapter) -> None:
        moment, present = albums.c.expires_at, dt.datetime.now(dt.UTC)
        for minutes in (-1, 1):
            samples.album(db, slug=str(minutes), expires_at=present + dt.timedelta(minutes=minutes))
        for now in (sa.func.now(), sa.func.current_timestamp()):
            past = db.find_many("albums", moment < now, select=["slug"])
            assert past == db.find_many("albums", not_(now <= moment), select=["slug"]) == [{"slug": "-1"}]
            assert db.count("albums", albums.c.created_at <= now) == 2

    @pytest.mark.parametrize(
        "expression",
        [photos.c.width, photos.c.filename, photos.c.width + 1, photos.c.width.desc(), photos.c.created_at,
         sa.literal(1), sa.func.max(photos.c.width)],
    )  # fmt: skip
    def test_an_expression_that_is_no_condition_is_refused(
        self, widths: DatabaseAdapter, refused: Refused, expression: Any
    ) -> None:
        for filters in (expression, any_of({"width": 1}, expression)):
            with refused(InvalidFilterError, match="condition"):
                widths.count("photos", filters)
            with refused(InvalidFilterError, match="condition"):
                widths.delete("photos", filters)

    @pytest.mark.parametrize(
        "expression",
        [albums.c.title == "x", photos.c.album_id == albums.c.id, photos.alias().c.width > 1,
         sa.or_(photos.c.width == 1, albums.c.photo_count == 0)],
    )  # fmt: skip
    def test_an_expression_over_other_tables_is_refused(
        self, widths: DatabaseAdapter, refused: Refused, expression: Any
    ) -> None:
        for filters in (expression, all_of({"width": 1}, expression), not_(expression)):
            with refused(InvalidFilterError, match="subquery"):
                widths.find_many("photos", filters)
            with refused(InvalidFilterError, match="subquery"):
                widths.delete("photos", filters)

    def test_a_list_may_have_30_000_values(self, db: DatabaseAdapter) -> None:
        stored = samples.style(db, sort_order=7)
        ids = [uuid4() for _ in range(29_999)]
        assert db.find_many("style_templates", {"id": [*ids, stored["id"]]}) == [stored]
        assert db.count("style_templates", {"sort_order": list(range(30_000))}) == 1
        assert db.count("style_templates", {"sort_order": not_in(range(1, 30_001))}) == 0
        assert db.count("style_templates", {"name": [str(number) for number in range(30_000)]}) == 0

    def test_more_values_are_refused_however_they_are_spread(
        self, db: DatabaseAdapter, refused: Refused
    ) -> None:
        many = list(range(30_001))
        parts = all_of({"sort_order": many[:20_000]}, {"sort_order": many[:20_000]})
        for filters in ({"sort_order": many}, {"sort_order": not_in(many)}, parts):
            with refused(InvalidFilterError, match="30,000"):
                db.find_many("style_templates", filters)

    def test_a_filter_may_have_hundreds_of_conditions(self, db: DatabaseAdapter) -> None:
        samples.style(db, sort_order=499)
        assert db.count("style_templates", any_of(*({"sort_order": n} for n in range(500)))) == 1
        assert db.count("style_templates", all_of(*({"sort_order": ne(n)} for n in range(499)))) == 1

    def test_more_conditions_are_refused_however_they_nest(
        self, db: DatabaseAdapter, refused: Refused
    ) -> None:
        deep: Any = {"sort_order": 1}
        for _ in range(5_000):
            deep = not_(deep)
        with refused(InvalidFilterError, match="nest"):
            db.find_many("style_templates", deep)
        wide = any_of(*({"sort_order": number} for number in range(5_000)))
        for filters in (wide, {"sort_order": any_of(*range(5_000))}):
            with refused(InvalidFilterError, match="conditions"):
                db.find_many("style_templates", filters)

    def test_contains_asks_a_list_for_an_element(self, db: DatabaseAdapter) -> None:
        for name, tags in TAGGED.items():
            samples.customer(db, name=name, tags=tags)

        def tagged(condition: Any) -> set[str]:
            return {row["name"] for row in db.find_many("customers", {"tags": condition})}

        assert tagged(contains("a")) == {"plain"}
        assert tagged(contains("A")) == {"upper"}
        assert tagged(contains("a ")) == {"space"}
        assert tagged(contains("ab")) == {"part"}
        assert tagged(contains("1")) == {"digits"}
        assert tagged(contains("")) == set()
        assert tagged(contains("%")) == set()
        for element in TAGGED["quoted"] or ():
            assert tagged(contains(element)) == {"quoted"}
        assert tagged(is_null()) == {"none"}
        assert tagged(None) == {"none"}
        assert tagged(not_null()) == TAGGED.keys() - {"none"}
        assert tagged(not_(contains("a"))) == TAGGED.keys() - {"none", "plain"}
        assert tagged(all_of(contains("a"), contains("b"))) == {"plain"}
        assert tagged(any_of(contains("A"), is_null())) == {"none", "upper"}

    def test_contains_asks_a_list_of_ids(self, db: DatabaseAdapter) -> None:
        album, one, two = samples.album(db)["id"], uuid4(), uuid4()
        db.insert(
            "package_downloads", [{"album_id": album, "photo_ids": ids} for ids in ([one, two], [two], [])]
        )
        assert db.count("package_downloads", {"photo_ids": contains(two)}) == 2
        assert db.count("package_downloads", {"photo_ids": contains(str(one).upper())}) == 1
        assert db.count("package_downloads", {"photo_ids": contains(uuid4())}) == 0

    def test_contains_asks_json_for_an_element_of_its_array(self, db: DatabaseAdapter) -> None:
        documents: dict[str, Any] = {
            "null": None,
            "json null": JSON_NULL,
            "empty": [],
            "one": [1],
            "float": [1.5, 1e300],
            "text": ["1", "a", "a "],
            "truth": [True],
            "lie": [False, 0],
            "nothing": [None],
            "nested": [[1, "a", True]],
            "object": {"1": 1, "a": "a"},
            "scalar": 1,
            "word": "a",
            "large": [2**63 - 1, 2**53],
            "large float": [2.0**53],
            "odd": ['"', "\\", "照片", "😀", "\u2028"],
        }
        for name, document in documents.items():
            samples.album(db, title=name, color_grading=document)

        def holding(value: Any) -> set[str]:
            return {row["title"] for row in db.find_many("albums", {"color_grading": contains(value)})}

        assert holding(1) == holding(1.0) == {"one"}
        assert holding(1.5) == {"float"}
        assert holding(2.0**63) == set()  # the next float, but not the integer 2^63 - 1
        assert holding(1e300) == {"float"}
        assert holding("1") == {"text"}
        assert holding("a") == {"text"}
        assert holding("a ") == {"text"}
        assert holding("A") == set()
        assert holding(True) == {"truth"}
        assert holding(False) == {"lie"}
        assert holding(0) == {"lie"}
        assert holding(2**63 - 1) == {"large"}
        assert holding(2**53) == holding(2.0**53) == {"large", "large float"}
        assert holding(2**53 + 1) == set()
        for text in ('"', "\\", "照片", "😀", "\u2028"):
            assert holding(text) == {"odd"}
        negated = {row["title"] for row in db.find_many("albums", not_({"color_grading": contains(1)}))}
        assert negated == documents.keys() - {"null", "one"}
        null = {row["title"] for row in db.find_many("albums", {"color_grading": None})}
        assert null == {"null"}
        assert db.count("albums", {"color_grading": ne(None)}) == len(documents) - 1

    @pytest.mark.parametrize(
        "condition",
        [{}, {"a": 1}, [1], (), "a", 1, JSON_NULL, eq({}), ne("a"), gt(1), in_([{}]), like("%"), ilike("a"),
         starts_with("a"), between(1, 2), not_in([]), any_of("a")],
    )  # fmt: skip
    def test_json_compares_by_is_null_and_contains_only(
        self, db: DatabaseAdapter, refused: Refused, condition: Any
    ) -> None:
        for table, column in (
            ("albums", "metadata"),
            ("customers", "tags"),
            ("package_downloads", "photo_ids"),
        ):
            with refused(InvalidFilterError):
                db.find_many(table, {column: condition})

    @pytest.mark.parametrize(
        "element", [{}, [], [1], {"a": 1}, float("nan"), float("inf"), 2**63, b"a", object()]
    )
    def test_an_element_is_text_a_number_or_a_truth_value(
        self, db: DatabaseAdapter, refused: Refused, element: Any
    ) -> None:
        with refused(InvalidValueError):
            db.find_many("albums", {"metadata": contains(element)})
        with refused(InvalidValueError):
            db.find_many("customers", {"tags": contains(element)})

    @pytest.mark.parametrize(
        "name", ["widht", "width ", "WIDTH", "width>", "!width", "photos.width", "", "1=1 --"]
    )
    def test_an_unknown_column_is_refused(self, db: DatabaseAdapter, refused: Refused, name: str) -> None:
        wrong: list[Any] = [
            {name: 1},
            {name: None},
            {name: []},
            {name: any_of()},
            not_({name: 1}),
            any_of({name: 1}),
        ]
        for filters in wrong:
            with refused(UnknownColumnError):
                db.find_many("photos", filters)

    @pytest.mark.parametrize(
        "operator",
        [("regexp", ("a",)), ("", ()), ("__init__", (1,)), ("eq", ()), ("between", (1,)), ("is_null", (1,)),
         ("in", (1, 2)), ("lt", (None,)), ("in", ("abc",)), ("in", (1,)), (None, ())],
    )  # fmt: skip
    def test_an_unknown_operator_is_refused(
        self, db: DatabaseAdapter, refused: Refused, operator: Any
    ) -> None:
        for column in ("width", "filename"):
            with refused(InvalidFilterError):
                db.find_many("photos", {column: Operator(*operator)})

    @pytest.mark.parametrize("make", [lt, le, gt, ge, contains, lambda value: between(value, 1)])
    def test_an_order_with_none_makes_no_sense(self, make: Any) -> None:
        with pytest.raises(InvalidFilterError, match="None"):
            make(None)

    @pytest.mark.parametrize("values", ["abc", b"abc", 1, None, {"a": 1}])
    def test_a_list_must_be_a_list(self, values: Any) -> None:
        for make in (in_, not_in):
            with pytest.raises(InvalidFilterError, match="list"):
                make(values)

    @pytest.mark.parametrize("condition", [like("a"), ilike("a"), starts_with("a"), contains("a")])
    def test_patterns_are_for_text(self, db: DatabaseAdapter, refused: Refused, condition: Any) -> None:
        for column in ("width", "id", "created_at", "is_selected"):
            with refused(InvalidFilterError):
                db.find_many("photos", {column: condition})

    @pytest.mark.parametrize(
        "filters", [1, "id = 1", ["id"], [("id", 1)], True, object(), style_templates.c, sa.text("1=1")]
    )
    def test_anything_else_is_no_filter(self, db: DatabaseAdapter, refused: Refused, filters: Any) -> None:
        calls: list[Any] = [db.find_one, db.find_many, db.count, db.exists, db.stream, db.delete]
        for call in calls:
            with refused(InvalidFilterError):
                call("style_templates", filters)
        with refused(InvalidFilterError):
            db.update("style_templates", filters, {"name": "x"})

    def test_wrong_parts_of_a_combination_are_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for filters in (all_of(1), any_of("x"), not_(None), all_of({"width": 1}, eq(1))):
            with refused(InvalidFilterError):
                db.find_many("photos", filters)
