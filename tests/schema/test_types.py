"""A value comes back from every database as it was given, or is refused before it is sent."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from pis_data.config import DatabaseConfig
from pis_data.errors import InvalidValueError
from pis_data.schema import JSON_NULL, TABLES, PhotoStatus, metadata, uuid7
from pis_data.schema.documents import JSON_LIMIT, check_size, dump_json
from pis_data.schema.types import (
    BigInteger,
    Boolean,
    Choice,
    Day,
    Embedding,
    Id,
    IdList,
    Instant,
    Integer,
    Json,
    LongText,
    Text,
    TextList,
)
from pis_data.sync.server import Server

UTC = dt.UTC
HOSTILE = [
    "",
    " ",
    "trailing ",
    'it\'s "quoted" \\ `x` %s %% :name ? ; -- /* */',
    "line\nbreak\r\ttab \x01\x1f\x7f",
    "NULL",
    "null",
    "Ünïcödé ǅ ß ſ İ ı 中文 العربية",
    "e\u0301 is not \u00e9",
    "\ufeffmark\u200b\u202e",
    "😀👩‍👩‍👧‍👦" * 10,
    "\U0010ffff\ue000",
]
DEEP: object = "bottom"
for _ in range(30):
    DEEP = [DEEP]
VALUES = {
    Id(): [
        UUID(int=1 << 100),
        UUID(int=0),
        UUID(int=2**128 - 1),
        UUID("01932c07-209f-7c1e-8f0e-2f4c4a1c7b3a"),
    ],
    Text(255): [*HOSTILE, "😀" * 255],
    LongText(): [*HOSTILE, "é" * 1_000_000],
    Instant(): [
        dt.datetime(2026, 1, 2, 3, 4, 5, 999999, UTC),
        dt.datetime(1000, 1, 1, tzinfo=UTC),
        dt.datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
        dt.datetime(2026, 3, 29, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=45))),
        dt.datetime(1970, 1, 1, 0, 0, 0, 1, UTC),
    ],
    Day(): [dt.date(2026, 1, 2), dt.date(1000, 1, 1), dt.date(9999, 12, 31)],
    Integer(): [0, -1, 2**31 - 1, -(2**31)],
    BigInteger(): [0, 2**63 - 1, -(2**63), 2**53 + 1],
    Boolean(): [True, False],
    Json(): [
        {},
        [],
        "",
        0,
        False,
        True,
        JSON_NULL,
        {"": None, "a": {"b": [1, 2.5, None, "x"]}},
        *HOSTILE,
        {text: text for text in HOSTILE},
        [2**63 - 1, -(2**63), 0.1, 1.0, -1.5, 1e16, 1e22, 1e300, 5e-324, 1.7976931348623157e308],
        DEEP,
        {"b": 1, "a": 2, "aa": 3},
    ],
    IdList(): [[], [UUID(int=7)], [UUID(int=0), UUID(int=2**128 - 1)] * 250],
    TextList(): [[], [""], HOSTILE, ["same", "same"], ["null", "{}", ",", '"']],
    Embedding(): [
        np.arange(512, dtype="<f4") / 7,
        np.full(512, 3.4e38, "<f4"),
        np.full(512, 1e-45, "<f4"),
    ],
}
CASES = [(kind, value) for kind, values in VALUES.items() for value in [*values, None]]
IDS = [f"{type(kind).__name__}-{number}" for number, (kind, _) in enumerate(CASES)]

SCRATCH = sa.MetaData()
scratch = sa.Table(
    "scratch",
    SCRATCH,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(type(kind).__name__.lower(), kind) for kind in VALUES),
)


def column_of(kind):
    return scratch.c[type(kind).__name__.lower()]


def same(found, value):
    """Equal, and of the same type all the way down."""
    if isinstance(value, np.ndarray):
        return found.dtype == np.float32 and np.array_equal(found, value)
    if isinstance(value, dt.datetime):
        return found == value and found.tzinfo is UTC
    if isinstance(value, dict):
        return found == value and all(same(found[key], value[key]) for key in value)
    if isinstance(value, list):
        return len(found) == len(value) and all(map(same, found, value))
    return type(found) is type(value) and found == value


@pytest.fixture
def connection(empty_database):
    server = Server(DatabaseConfig.from_url(empty_database.url))
    server.discover()
    with server.connection() as connection:
        SCRATCH.create_all(connection)
        yield connection
    server.close()


def test_values_come_back_as_they_were(connection):
    for number, (kind, value) in enumerate(CASES):
        column = column_of(kind)
        connection.execute(scratch.insert().values(number=number, **{column.name: value}))
        found = connection.execute(sa.select(column).where(scratch.c.number == number)).scalar()
        assert same(found, value), IDS[number]


def test_values_come_back_from_literals(connection):
    """As an offline migration writes them."""
    for number, (kind, value) in enumerate(CASES):
        column = column_of(kind)
        statement = scratch.insert().values(number=number, **{column.name: value})
        text = str(statement.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        connection.exec_driver_sql(text)
        found = connection.execute(sa.select(column).where(scratch.c.number == number)).scalar()
        assert same(found, value), IDS[number]


def test_values_are_found_by_themselves_alone(connection):
    """No server takes two texts, ids or moments for one."""
    for kind, values in VALUES.items():
        if type(kind) not in (Text, Id, Instant, BigInteger, Day):
            continue
        column = column_of(kind)
        connection.execute(scratch.delete())
        for number, value in enumerate(values):
            connection.execute(scratch.insert().values(number=number, **{column.name: value}))
        for number, value in enumerate(values):
            found = connection.execute(sa.select(scratch.c.number).where(column == value)).scalars().all()
            assert found == [number], (kind, value)


WORDS = ["a", "B", "b", "A", "ä", "a ", "aa", "Z", "_", "1", "10", "9", *HOSTILE]
SORTED = {"text": WORDS} | {
    type(kind).__name__.lower(): values
    for kind, values in VALUES.items()
    if type(kind) in (Instant, Id, BigInteger, Day)
}


@pytest.mark.parametrize("name", SORTED)
def test_values_sort_alike_everywhere(connection, name):
    column, values = scratch.c[name], SORTED[name]
    for number, value in enumerate(values):
        connection.execute(scratch.insert().values(number=number, **{column.name: value}))
    found = connection.execute(sa.select(column).order_by(column)).scalars().all()
    assert found == sorted(values)


def test_null_is_not_json_s_null(connection):
    connection.execute(scratch.insert(), [{"number": 1, "json": JSON_NULL}, {"number": 2, "json": None}])
    is_null = sa.select(scratch.c.number).where(scratch.c.json.is_(None))
    assert connection.execute(is_null).scalars().all() == [2]


def test_server_defaults_are_read_as_values(database):
    server = Server(DatabaseConfig.from_url(database.url))
    server.discover()
    with server.connection() as connection:
        albums = TABLES["albums"]
        with database.connect() as other:
            other.cursor().execute("INSERT INTO albums (title, slug) VALUES ('t', 's')")
        row = connection.execute(albums.select()).mappings().one()
    server.close()
    assert isinstance(row["id"], UUID)
    assert abs(row["created_at"] - dt.datetime.now(UTC)) < dt.timedelta(seconds=60)
    assert row["created_at"] == row["updated_at"] or database.kind in ("mysql", "mariadb")
    assert (row["layout"], row["is_public"], row["photo_count"], row["watermark_config"]) == (
        "masonry",
        False,
        0,
        {},
    )


REFUSED = [
    (Id(), ["x", "00000000000000000000000000000000", 5, b"0" * 16]),
    (Text(3), ["long", 5, b"abc", "a\0b", "\ud800"]),
    (LongText(), ["x" * 1_000_001, "\0"]),
    (Instant(), [dt.datetime(2026, 1, 1), dt.date(2026, 1, 1), "2026-01-01", 0]),
    (Day(), [dt.datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01"]),
    (Integer(), [2**31, -(2**31) - 1, True, 1.0, "1"]),
    (BigInteger(), [2**63, True, 1.5]),
    (Boolean(), [0, 1, "true"]),
    (Json(), [float("nan"), float("inf"), 2**63, {1: 2}, {"a": object}, ["\0"], [DEEP], dt.date(2026, 1, 1)]),
    (IdList(), ["x", [5], [None], {UUID(int=5)}]),
    (TextList(), ["text", [5], [None], ["\0"]]),
    (Embedding(), [[0.0] * 511, [float("nan")] * 512, "x"]),
]


@pytest.mark.parametrize(("kind", "values"), REFUSED, ids=[type(kind).__name__ for kind, _ in REFUSED])
def test_what_some_server_would_change_is_refused(kind, values):
    for value in values:
        with pytest.raises(InvalidValueError):
            kind.check(value)


@pytest.mark.parametrize(
    ("document", "most"),
    [
        (lambda size: "\x01" * size, 666_666),
        (lambda size: [False] * size, 666_666),
        (lambda size: [-(1 << 63)] * size, 190_476),
        (lambda size: ["x" * 39_997] * size, 99),
        (lambda size: {"é" * size: ["漢", "🙂"]}, 1_999_990),
    ],
)
def test_a_document_has_so_many_bytes_at_most(document, most):
    largest = document(most)
    assert check_size(largest) is largest
    assert len(dump_json(largest).encode()) <= JSON_LIMIT
    with pytest.raises(InvalidValueError, match=r"more than 4,000,000"):
        check_size(document(most + 1))


def test_an_id_may_be_given_as_text():
    found = uuid4()
    assert Id().check(str(found)) == found
    assert Id().check(str(found).upper()) == found


def test_uuid7_sorts_by_the_moment_it_was_made():
    made = [uuid7() for _ in range(50)]
    assert [value.version for value in made] == [7] * 50
    assert [value.int >> 80 for value in made] == sorted(value.int >> 80 for value in made)
    assert len(set(made)) == 50


def test_the_models_create_what_the_migrations_do(empty_database):
    """For tests of services that skip the migrations: the tables alone, without triggers."""
    server = Server(DatabaseConfig.from_url(empty_database.url))
    server.discover()
    # creating a table where keys are added by ALTER leaves marks on them that other dialects would heed
    keys = [key for table in metadata.tables.values() for key in table.foreign_key_constraints]
    marks = [key._create_rule for key in keys]
    try:
        with server.connection() as connection:
            metadata.create_all(connection)
            assert set(sa.inspect(connection).get_table_names()) == set(metadata.tables)
    finally:
        for key, mark in zip(keys, marks, strict=True):
            key._create_rule = mark
    server.close()


#: what a caller may give in place of a value, sound or not
STRANGE = [
    "x" * 256, "\0", "\ud800", b"x", 1.5, True, 1, 2**31, -(2**63) - 1, uuid4(), f"{uuid4()}", object(), [],
    {}, [1], ["\0"], dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 1, tzinfo=UTC), dt.date(2026, 1, 1),
    float("nan"), np.ones(512), Choice, PhotoStatus.FAILED,
]  # fmt: skip


@given(st.data())
def test_many_values_are_checked_as_each_of_them_is(data):
    kind = data.draw(st.sampled_from([*VALUES, Choice(PhotoStatus), Text(3)]))
    sound = [value for value in VALUES.get(kind, ["failed", "a"]) if not isinstance(value, str | list)]
    values = data.draw(st.lists(st.sampled_from([*sound, *STRANGE, None, "a", "é"]), max_size=4))

    def outcome(check):
        try:
            return list(check())
        except InvalidValueError as error:
            return str(error)

    one_by_one = outcome(lambda: [None if value is None else kind.check(value) for value in values])
    together = outcome(lambda: kind.check_all(values))
    assert type(together) is type(one_by_one)
    if isinstance(one_by_one, str):
        assert together == one_by_one
    else:
        assert all(map(same, together, one_by_one))
