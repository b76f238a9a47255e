"""A value comes back as it went in, or is refused before anything is sent: in rows, and in filters."""

from __future__ import annotations

import datetime as dt
import enum
import json
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from pis_data.errors import CheckViolationError, InvalidValueError
from pis_data.filters import between, ge, gt, in_, lt, ne, not_in
from pis_data.schema import JSON_NULL, PhotoStatus
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import Refused


class Word(str, enum.Enum):  # noqa: UP042 - whose str() is not its value
    ONE = "one"


class Text(str):
    """A subclass that shows itself otherwise."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"


TEXTS = [
    "", " ", "  x  ", "x ", "a\tb\r\nc", "\x01\x1f\x7f\x80\x9f", "é", "e\u0301", "שלום עולם",
    "\u202eabc\u202c",
    "照片", "😀👩‍👩‍👧‍👦🇨🇳", "\U0001f600" * 50, "\U0010ffff", "\ufffe\uffff\ufeff", "\u200b\u2028\u2029", "%",
    "_", "\\", "\\\\",
    "\\n", "'", "''", '"', "`", ";", "--", "/*", "$1", ":name", "%s", "%(x)s", "?", "{x}", "NULL", "null",
    "0", "\\0",
    "x" * 255, "照" * 255, "😀" * 255, Text("own"), Word.ONE,
]  # fmt: skip
UNSOUND = ["\0", "a\0", "\0a", "a\0b" * 3, "\ud800", "a\udfffb", "\udc80", "ok" + "\ud83d"]
NOT_TEXT = [1, 1.5, True, b"x", ["x"], ("x",), {"x": 1}, object(), uuid4(), dt.date(2024, 1, 1)]

ODD_ZONES = [
    dt.timezone(dt.timedelta(hours=14)),
    dt.timezone(dt.timedelta(hours=-12, minutes=-30)),
    dt.timezone(dt.timedelta(seconds=-1)),
    ZoneInfo("Asia/Kathmandu"),
    ZoneInfo("Europe/Amsterdam"),
    ZoneInfo("UTC"),
]
MOMENTS = [
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=dt.UTC),
    dt.datetime(1582, 10, 10, 12, tzinfo=dt.UTC),
    dt.datetime(1900, 2, 28, 23, 59, 59, 999_999, tzinfo=dt.UTC),
    dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
    dt.datetime(2024, 2, 29, 12, 30, 45, 123_456, tzinfo=dt.UTC),
    dt.datetime(2024, 3, 31, 2, 30, tzinfo=dt.UTC),
    dt.datetime(2038, 1, 19, 3, 14, 8, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC),
    *(dt.datetime(2024, 10, 27, 2, 30, 0, 5, tzinfo=zone, fold=1) for zone in ODD_ZONES),
    dt.datetime(1, 1, 1, 12, tzinfo=dt.timezone(dt.timedelta(hours=11))),
    dt.datetime(9999, 12, 31, 12, tzinfo=dt.timezone(dt.timedelta(hours=-11))),
]
NOT_MOMENTS = [
    dt.datetime(2024, 1, 1),
    dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    dt.datetime(9999, 12, 31, 23, tzinfo=dt.timezone(dt.timedelta(hours=-2))),
    dt.date(2024, 1, 1),
    "2024-01-01T00:00:00Z",
    1_700_000_000,
    True,
]


def nested(depth: int, kind: type) -> Any:
    """A document that is `depth` containers deep."""
    document: Any = 1
    for _ in range(depth):
        document = {"k": document} if kind is dict else [document]
    return document


DOCUMENTS: list[Any] = [
    {}, [], {"a": 1}, [1, "two", 3.5, True, False, None],
    {"null": None, "deep": {"null": None, "list": [None]}},
    "text", "", 0, 1, -1, 1.5, True, False, {"": ""},
    {"a b": 1, "a.b": 2, "$": 3, '"': 4, "\\": 5, "照": "片😀"},
    ["\u2028", "\x01", "\x7f", '"', "\\", "/", "</script>", "é", "e\u0301", "x "],
    {"a": "x", "A": "y", "a ": "z"},
    2**63 - 1, -(2**63), 2**53 + 1, 0.1, 0.30000000000000004, 1e15, 1e16, 123456789012345680.0, 2.0**63,
    -(2.0**63),
    1e19, 1e22, 1e300, -1e300, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e-7, 1.0, -1.0,
    100.0,
    [1, 1.0, "1", True], {"n": [1e16, {"m": 1e300}]}, nested(30, dict), nested(30, list), "{}", "null", '"',
    "true",
    {str(number): number for number in range(300)}, "x" * 100_000, {"k" * 60_000: "v"}, list(range(10_000)),
]  # fmt: skip
NOT_DOCUMENTS: list[Any] = [
    float("nan"), float("inf"), -float("inf"), 2**63, -(2**63) - 1, [2**64], {"a": {"b": float("nan")}},
    {1: "a"},
    {None: 1}, {True: 1}, {("a",): 1}, b"x", object(), {"a": object()}, [b"x"], {1, 2},
    dt.datetime.now(dt.UTC),
    uuid4(), "a\0", {"a\0": 1}, {"a": "b\0"}, ["\0"], "\ud800", {"\udfff": 1}, {"a": ["\ud800"]},
    nested(31, dict),
    nested(31, list), nested(5_000, list), [JSON_NULL], {"a": JSON_NULL}, {"k" * 65_536: 1},
    {"照" * 22_000: 1},
]  # fmt: skip


class TestValues:
    def test_text(self, db: DatabaseAdapter) -> None:
        rows = [{"title": text, "slug": f"{n}", "description": text} for n, text in enumerate(TEXTS)]
        stored = db.insert("albums", rows)
        plain = [text.value if isinstance(text, Word) else str.__str__(text) for text in TEXTS]
        assert [row["title"] for row in stored] == plain
        assert [row["description"] for row in stored] == plain
        for row, text in zip(stored, TEXTS, strict=True):
            assert {type(row["title"]), type(row["description"])} == {str}
            assert db.find_many("albums", {"title": text}) == [row]
            assert db.find_many("albums", {"description": text}) == [row]

    def test_unsound_text_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for column in ("name", "description"):
            for text in UNSOUND:
                self._refused("style_templates", column, text, db, refused)

    def test_what_is_no_text_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for value in NOT_TEXT:
            self._refused("style_templates", "name", value, db, refused)

    def test_text_that_is_too_long_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for length, text in ((255, "x" * 256), (255, "😀" * 256), (255, "x" * 10_000_000)):
            error = self._refused("albums", "title", text, db, refused)
            assert f"{length}" in error
            assert len(error) < 500
        self._refused("albums", "description", "x" * 1_000_001, db, refused)
        long = "😀" * 1_000_000
        row = samples.album(db, description=long)
        assert row["description"] == long
        assert db.count("albums", {"description": long}) == 1
        assert db.count("albums", {"description": long[:-1]}) == 0

    @pytest.mark.parametrize(("column", "bits"), [("width", 32), ("file_size", 64)])
    def test_integers(self, db: DatabaseAdapter, refused: Refused, column: str, bits: int) -> None:
        album, limit = samples.album(db)["id"], 1 << (bits - 1)
        numbers = [0, 1, -1, limit - 1, -limit, 2**31 - 1, -(2**31)]
        for number in numbers:
            row = samples.photo(db, album, **{column: number})
            assert row[column] == number
            assert type(row[column]) is int
            assert row in db.find_many("photos", {column: number})
        for wrong in (limit, -limit - 1, 2**128, 1.0, 1.5, "1", True, False, b"1", None.__class__):
            self._refused("photos", column, wrong, db, refused)

    def test_truth_values(self, db: DatabaseAdapter, refused: Refused) -> None:
        true, false = samples.album(db, is_public=True), samples.album(db, is_public=False)
        assert true["is_public"] is True
        assert false["is_public"] is False
        assert db.find_many("albums", {"is_public": True}) == [true]
        assert db.find_many("albums", {"is_public": [False]}) == [false]
        assert db.find_many("albums", {"is_public": ne(True)}) == [false]
        wrongs: list[Any] = [0, 1, "true", "t", 1.0, "False", b"1"]
        for wrong in wrongs:
            self._refused("albums", "is_public", wrong, db, refused)

    def test_ids(self, db: DatabaseAdapter, refused: Refused) -> None:
        ids = [UUID(int=0), UUID(int=2**128 - 1), UUID("51431193-e6c3-f339-1a2b-8f1ff1fd42a2"), uuid4()]
        for id_ in ids:
            row = samples.style(db, id=id_)
            assert row["id"] == id_
            assert type(row["id"]) is UUID
            for form in (id_, str(id_), str(id_).upper()):
                assert db.find_many("style_templates", {"id": form}) == [row]
                assert db.count("style_templates", {"id": [form]}) == 1
        for wrong in (
            uuid4().hex, f"{{{uuid4()}}}", f"urn:uuid:{uuid4()}", "", "x", str(uuid4())[:-1], f"{uuid4()} ",
            "１" * 8 + str(UUID(int=0))[8:], 1, uuid4().bytes, uuid4().int, True, f"{uuid4()}\0",
        ):  # fmt: skip
            self._refused("style_templates", "id", wrong, db, refused)

    def test_moments(self, db: DatabaseAdapter) -> None:
        for moment in MOMENTS:
            row = samples.album(db, event_date=moment)
            assert row["event_date"] == moment.astimezone(dt.UTC)
            assert row["event_date"].tzinfo is dt.UTC
            assert row["event_date"].microsecond == moment.microsecond
            assert row in db.find_many("albums", {"event_date": moment})
            assert row in db.find_many("albums", {"event_date": between(moment, moment)})
            assert row not in db.find_many("albums", {"event_date": gt(moment)})
            assert row not in db.find_many("albums", {"event_date": lt(moment)})

    def test_moments_a_microsecond_apart(self, db: DatabaseAdapter) -> None:
        moment = dt.datetime(2024, 1, 1, 0, 0, 0, 999_999, tzinfo=dt.UTC)
        step = dt.timedelta(microseconds=1)
        one, two = (samples.album(db, event_date=when) for when in (moment, moment + step))
        assert db.find_many("albums", {"event_date": moment}) == [one]
        assert db.find_many("albums", {"event_date": gt(moment)}) == [two]
        assert db.find_many("albums", {"event_date": ge(moment + step)}) == [two]

    def test_naive_and_impossible_moments_are_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for wrong in NOT_MOMENTS:
            self._refused("albums", "event_date", wrong, db, refused)

    def test_days(self, db: DatabaseAdapter, refused: Refused) -> None:
        for day in (dt.date(1, 1, 1), dt.date(1582, 10, 10), dt.date(2024, 2, 29), dt.date(9999, 12, 31)):
            (row,) = db.insert("daily_stats", {"stat_date": day})
            assert row["stat_date"] == day
            assert type(row["stat_date"]) is dt.date
            assert db.find_many("daily_stats", {"stat_date": day}) == [row]
        for wrong in (
            dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
            dt.datetime(2024, 1, 1),
            "2024-01-01",
            20240101,
        ):
            self._refused("daily_stats", "stat_date", wrong, db, refused)

    def test_choices(self, db: DatabaseAdapter) -> None:
        album = samples.album(db)["id"]
        for status in PhotoStatus:
            for given in (status, str(status)):
                row = samples.photo(db, album, status=given)
                assert row["status"] is status
                assert row in db.find_many("photos", {"status": given})
        assert db.find_many("photos", {"status": "unheard of"}) == []
        with pytest.raises(CheckViolationError):
            samples.photo(db, album, status="Pending")
        with pytest.raises(CheckViolationError):
            samples.photo(db, album, status="pending ")

    def test_documents(self, db: DatabaseAdapter) -> None:
        rows = [{"title": "t", "slug": f"s{number}", "metadata": d} for number, d in enumerate(DOCUMENTS)]
        stored = db.insert("albums", rows)
        for row, document in zip(stored, DOCUMENTS, strict=True):
            assert same(row["metadata"], document), str(document)[:100]
        assert stored == [db.find_one("albums", {"id": row["id"]}) for row in stored]
        for document in (DOCUMENTS[3], DOCUMENTS[4], 1e300, JSON_NULL):
            (changed,) = db.update("albums", {"slug": "s0"}, {"metadata": document})
            assert same(changed["metadata"], document)

    def test_documents_are_made_plain(self, db: DatabaseAdapter) -> None:
        row = samples.album(
            db, metadata={"tuple": (1, 2), "zero": -0.0, Text("own"): Text("own"), "word": Word.ONE}
        )
        assert row["metadata"] == {"tuple": [1, 2], "zero": 0.0, "own": "own", "word": "one"}
        assert str(row["metadata"]["zero"]) == "0.0"

    def test_null_and_json_null_stay_apart(self, db: DatabaseAdapter) -> None:
        null, json_null = samples.album(db, color_grading=None), samples.album(db, color_grading=JSON_NULL)
        assert (null["color_grading"], json_null["color_grading"]) == (None, JSON_NULL)
        assert db.find_many("albums", {"color_grading": None}) == [null]
        assert db.find_many("albums", {"color_grading": ne(None)}) == [json_null]
        assert list(db.stream("albums", {"color_grading": ne(None)})) == [json_null]

    def test_what_is_no_document_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        for wrong in NOT_DOCUMENTS:
            with refused(InvalidValueError, match=r"albums\.metadata") as caught:
                db.insert("albums", {"title": "t", "slug": "s", "metadata": wrong})
            assert len(str(caught.value)) < 500
            with refused(InvalidValueError):
                db.update("albums", {"slug": "s"}, {"metadata": wrong})

    def test_what_is_too_large_is_refused(self, db: DatabaseAdapter, refused: Refused) -> None:
        album = samples.album(db, metadata="照" * 1_333_000)
        assert album["metadata"] == "照" * 1_333_000
        for large in ("照" * 1_333_334, ["x" * 1_000_000] * 4, {"k": '"' * 2_000_000}):
            with refused(InvalidValueError, match=r"albums\.metadata: .* 4,000,000"):
                samples.album(db, metadata=large)
            with refused(InvalidValueError, match=r"albums\.metadata: .* 4,000,000"):
                db.update("albums", {"id": album["id"]}, {"metadata": large})
        for tags in (["x" * 500] * 2_001, ["x"] * 100_001, ["😀" * 500] * 2_000, ["\x01" * 500] * 1_400):
            with refused(InvalidValueError, match=r"customers\.tags"):
                samples.customer(db, tags=tags)
        ids = [uuid4()] * 100_001
        with refused(InvalidValueError, match=r"package_downloads\.photo_ids"):
            db.insert("package_downloads", {"album_id": album["id"], "photo_ids": ids})
        (row,) = db.insert("package_downloads", {"album_id": album["id"], "photo_ids": ids[:-1]})
        assert row["photo_ids"] == ids[:-1]
        assert db.count("albums") == 1

    def test_lists_of_text(self, db: DatabaseAdapter, refused: Refused) -> None:
        lists: list[list[str]] = [
            [], [""], ["a", "a", "b"],
            ["NULL", "null", "{}", '"', "\\", ",", "{a,b}", " ", "照片", "😀", "a'b", "x\ny"],
            [str(number) for number in range(30_000)], ["照" * 500],
        ]  # fmt: skip
        for tags in lists:
            assert samples.customer(db, tags=tags)["tags"] == tags
        assert samples.customer(db, tags=("a", "b"))["tags"] == ["a", "b"]
        assert samples.customer(db, tags=None)["tags"] is None
        for wrong in (
            "abc",
            b"abc",
            {"a": 1},
            {"a"},
            [1],
            [None],
            [["a"]],
            ["a\0"],
            ["\ud800"],
            1,
            iter("ab"),
            ["x" * 501],
        ):
            with refused(InvalidValueError, match=r"customers\.tags"):
                samples.customer(db, tags=wrong)

    def test_lists_of_ids(self, db: DatabaseAdapter, refused: Refused) -> None:
        album, ids = samples.album(db)["id"], [uuid4() for _ in range(30_000)]
        for given in ([], ids[:1], ids):
            (row,) = db.insert("package_downloads", {"album_id": album, "photo_ids": given})
            assert row["photo_ids"] == given
        (row,) = db.insert("package_downloads", {"album_id": album, "photo_ids": [str(ids[0]).upper()]})
        assert row["photo_ids"] == ids[:1]
        for wrong in (["x"], [None], [1], str(ids[0]), ids[0], [ids[0].hex]):
            with refused(InvalidValueError, match=r"package_downloads\.photo_ids"):
                db.insert("package_downloads", {"album_id": album, "photo_ids": wrong})

    def test_embeddings(self, db: DatabaseAdapter, refused: Refused) -> None:
        album = samples.album(db)["id"]
        face = {"album_id": album, "photo_id": samples.photo(db, album)["id"]}
        given = np.linspace(-1, 1, 512)
        for vector in (given, given.astype("<f4"), given.astype(">f4"), given.tolist(), np.zeros(512)):
            (row,) = db.insert("face_embeddings", {**face, "embedding": vector})
            assert row["embedding"].dtype == np.dtype("<f4")
            assert np.array_equal(row["embedding"], np.asarray(vector, dtype="<f4"))
        (row,) = db.insert("face_embeddings", {**face, "embedding": None})
        assert row["embedding"] is None
        for wrong in (
            [0.0] * 511,
            [0.0] * 513,
            [float("nan")] * 512,
            [1e39] * 512,
            "x",
            1,
            b"\0" * 2048,
            [["a"]],
            ["1"] * 512,
        ):
            with refused(InvalidValueError, match=r"face_embeddings\.embedding"):
                db.insert("face_embeddings", {**face, "embedding": wrong})

    def test_every_value_of_a_list_is_checked(self, db: DatabaseAdapter, refused: Refused) -> None:
        for values in ([1, "2"], [1, True], [2**31], [1, None, 1.5]):
            with refused(InvalidValueError, match=r"photos\.width"):
                db.find_many("photos", {"width": values})
            with refused(InvalidValueError, match=r"photos\.width"):
                db.find_many("photos", {"width": not_in(values)})

    def _refused(self, table: str, column: str, value: Any, db: DatabaseAdapter, refused: Refused) -> str:
        """Refused in rows, in new values and in filters; the message names the column."""
        place = rf"{table}\.{column}"
        with refused(InvalidValueError, match=place) as caught:
            db.insert(table, {column: value})
        with refused(InvalidValueError, match=place):
            db.update(table, {"id": uuid4()}, {column: value})
        if not isinstance(value, (list, tuple, set)):
            for condition in (value, in_([value]), ne(value), between(value, value)):
                with refused(InvalidValueError, match=place):
                    db.find_many(table, {column: condition})
            with refused(InvalidValueError, match=place):
                db.delete(table, {column: value})
        return str(caught.value)


def same(found: Any, given: Any) -> bool:
    """Equal, and of the same types throughout: 1 is neither 1.0 nor True."""
    if given is JSON_NULL:
        return found is JSON_NULL
    return found == given and json.dumps(found, sort_keys=True) == json.dumps(given, sort_keys=True)
