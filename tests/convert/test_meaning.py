"""What a converted schema accepts, refuses and does is what PostgreSQL accepts, refuses and does."""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pymysql
import pytest
import sqlalchemy as sa

from pis_data.convert import convert
from pis_data.errors import PisDataError
from pis_data.schema import metadata
from pis_data.schema.types import (
    BigInteger,
    Boolean,
    Choice,
    Day,
    Id,
    IdList,
    Instant,
    Integer,
    Json,
    TextList,
)
from pis_data.sync import create_database_adapter

from ..databases import Database

NewDatabase = Callable[..., Database]
ROOT = Path(__file__).parents[2]

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text CHECK (VALUE ~* '^[^@]+@[^@]+$') CHECK (char_length(VALUE) < 20);
CREATE TABLE parents (id INT PRIMARY KEY, code TEXT UNIQUE, a INT, b INT, UNIQUE (a, b));
CREATE TABLE rows_of (
  id SERIAL PRIMARY KEY, needed TEXT NOT NULL, kind TEXT CHECK (kind IN ('x', 'y')),
  listed TEXT CHECK ((listed)::text = ANY ((ARRAY['p'::character varying, 'q'::character varying])::text[])),
  not_listed TEXT CHECK (not_listed <> ALL (ARRAY['n'::text])), score INT CHECK (score >= 0 AND score < 10 OR score = 100),
  half INT CHECK (half / 2 = 3), name TEXT CHECK (length(btrim(name)) > 2), word TEXT CHECK (word ~ '^[a-z]+$'),
  any_word TEXT CHECK (any_word ~* '^[a-z]+$'), not_word TEXT CHECK (not_word !~ '^[0-9]'), pattern TEXT CHECK (pattern LIKE 'a\\_%'),
  either INT, other INT, CHECK (num_nonnulls(either, other) <= 1), mood mood, mail email, short VARCHAR(3),
  doc JSONB CHECK (jsonb_typeof(doc) = 'object'), doc_kind JSONB CHECK ((doc_kind ->> 'kind') = 'a'), tags TEXT[] CHECK (cardinality(tags) <= 2),
  flag BOOLEAN CHECK (flag IS NOT FALSE), range_low DATE, range_high DATE, CHECK (range_low <= range_high),
  joined TEXT CHECK (joined || '!' <> 'no!'), same INT, as_well INT, CHECK (same IS DISTINCT FROM as_well OR same IS NULL),
  cased INT CHECK (CASE WHEN cased > 10 THEN cased % 2 = 0 ELSE true END), email TEXT, deleted BOOLEAN DEFAULT false, wide VARCHAR(2000) UNIQUE,
  parent INT REFERENCES parents, parent_code TEXT REFERENCES parents (code) ON DELETE SET NULL, pa INT, pb INT, FOREIGN KEY (pa, pb) REFERENCES parents (a, b),
  exact NUMERIC(5,2), ident UUID UNIQUE, at TIMESTAMPTZ CHECK (at > '2020-01-01 00:00:00+08'::timestamptz)
);
CREATE UNIQUE INDEX live_email ON rows_of (lower(email)) WHERE NOT deleted;
CREATE UNIQUE INDEX together ON rows_of (either, same) NULLS NOT DISTINCT WHERE either IS NOT NULL;
CREATE TABLE pairs (id SERIAL PRIMARY KEY, parent INT REFERENCES parents, other INT REFERENCES parents, free INT, UNIQUE (parent, free), UNIQUE (free, parent, other));
CREATE INDEX pairs_other ON pairs (other, free);
INSERT INTO parents VALUES (1, 'one', 1, 1), (2, 'Two', 2, NULL);
"""
#: column to values, as SQL that all servers read; each is tried alone, in a row that is otherwise good
PROBES: dict[str, list[str]] = {
    "needed": ["''", "NULL"],
    "kind": ["'x'", "'y'", "'z'", "'X'", "'x '", "''", "NULL"],
    "listed": ["'p'", "'r'", "'P'", "NULL"],
    "not_listed": ["'m'", "'n'", "NULL"],
    "score": ["0", "9", "10", "-1", "100", "99", "NULL"],
    "half": ["6", "7", "8", "5"],
    "name": ["'abc'", "' ab  '", "'安安安'", "'安安'"],
    "word": ["'abc'", "'Abc'", "'ab1'", "''"],
    "any_word": ["'ABC'", "'A1'"],
    "not_word": ["'a'", "'1a'"],
    "pattern": ["'a_b'", "'ab'", "'A_b'"],
    "either, other": ["1, NULL", "NULL, 1", "1, 1"],
    "mood": ["'sad'", "'happy'", "'Sad'", "NULL"],
    "mail": ["'a@b'", "'ab'", "'a@bbbbbbbbbbbbbbbbbbbbbbbb'", "NULL"],
    "short": ["'abc'", "'安安安'", "'abcd'"],
    "doc": ["'{}'", "'[]'", "'1'", "'{'", "NULL"],
    "doc_kind": ["""'{"kind": "a"}'""", """'{"kind": "b"}'""", "'{}'", """'{"kind": null}'"""],
    "flag": ["true", "false", "NULL"],
    "range_low, range_high": [
        "'2024-01-01', '2024-01-01'",
        "'2024-01-02', '2024-01-01'",
        "'2024-01-02', NULL",
    ],
    "joined": ["'no'", "'yes'", "NULL"],
    "same, as_well": ["1, 1", "1, 2", "NULL, NULL", "1, NULL"],
    "cased": ["9", "11", "12"],
    "parent": ["1", "3", "NULL"],
    "parent_code": ["'one'", "'ONE'", "'two'", "'Two'", "'one '"],
    "pa, pb": ["1, 1", "1, 2", "2, NULL", "9, NULL"],
    "exact": ["999.99", "1000", "1.005", "-999.99"],
    "at": ["'2024-01-01 00:00:00'", "'2019-12-31 15:59:59'", "'2019-12-31 16:00:01'"],
}
#: inserted one after another: what counts is what is there already
SEQUENCES: dict[str, list[str]] = {
    "email, deleted": ["'a@b', false", "'A@B', false", "'a@b', true", "'A@b', true", "NULL, false", "NULL, false", "'c@d', NULL", "'c@d', NULL"],
    "either, same": ["5, 1", "5, 1", "5, NULL", "5, NULL", "NULL, NULL", "NULL, NULL", "6, NULL"],
    "wide": ["'w'", "'W'", "'w'", "NULL", "NULL", "repeat('é', 1500)", "repeat('é', 1500)", "repeat('é', 1499)"],
}  # fmt: skip


def statements() -> Iterator[str]:
    for columns, values in PROBES.items():
        for value in values:
            names, filled = (
                (columns, value) if columns == "needed" else (f"needed, {columns}", f"'x', {value}")
            )
            yield f"INSERT INTO rows_of ({names}) VALUES ({filled})"
    for columns, values in SEQUENCES.items():
        for value in values:
            yield f"INSERT INTO rows_of (needed, {columns}) VALUES ('kept', {value})"
    for values in ("1, 1, 1", "9, 1, NULL", "1, 9, NULL", "9, 9, 2", "NULL, NULL, NULL", "1, 2, 1"):
        yield f"INSERT INTO pairs (parent, other, free) VALUES ({values})"
    yield "DELETE FROM parents WHERE id = 1"
    yield "INSERT INTO parents VALUES (3, 'one', 3, 3)"
    yield "INSERT INTO parents VALUES (1, 'new', 4, 4)"
    yield "UPDATE rows_of SET kind = 'w' WHERE needed = 'kept'"


def verdicts(database: Database) -> dict[str, bool]:
    """Whether each statement was accepted; what was accepted alone is taken out again."""
    found = {}
    with database.connect() as connection, connection.cursor() as cursor:
        if database.kind == "postgresql":
            cursor.execute("SET TIME ZONE 'UTC'")
        for number, statement in enumerate(statements()):
            try:
                cursor.execute(statement)
                found[f"{number} {statement}"] = True
            except (psycopg.Error, pymysql.Error):
                found[f"{number} {statement}"] = False
            if "'kept'" not in statement and "INTO rows_of" in statement:
                cursor.execute("DELETE FROM rows_of WHERE needed <> 'kept'")
    return found


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
def test_constraints_accept_and_refuse_what_they_did(new_database: NewDatabase) -> None:
    here, there = new_database(), new_database("postgresql")
    there.load(SCHEMA)
    found = convert(SCHEMA, here.kind)
    assert found.report["counts"]["manual"] == 0, [
        e for e in found.report["statements"] if e["verdict"] == "manual"
    ]
    here.load(found.sql)
    expected, got = verdicts(there), verdicts(here)
    assert {key: value for key, value in got.items() if value != expected[key]} == {}
    assert len(expected) > 100
    assert 30 < sum(expected.values()) < len(expected) - 30


# -- PIS's own schema --------------------------------------------------------------------------------


def _value(column: sa.Column[Any], number: int) -> Any:
    import datetime as dt

    match column.type:
        case Id():
            return uuid.UUID(int=number)
        case Instant():
            return dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        case Day():
            return dt.date(2024, 1, 1) + dt.timedelta(days=number)
        case Boolean():
            return True
        case Integer() | BigInteger():
            return 0
        case Json():
            return {}
        case IdList() | TextList():
            return []
        case Choice():
            return next(iter(column.type.enum))
    return f"v{number}"


def _good_row(table: sa.Table, number: int) -> dict[str, Any]:
    row = {}
    for column in table.c:
        if (
            column.primary_key
            or (not column.nullable and column.server_default is None)
            or _in_a_key(table, column)
        ):
            keys = list(column.foreign_keys)
            row[column.name] = uuid.UUID(int=1) if keys else _value(column, number)
    return row


def _in_a_key(table: sa.Table, column: sa.Column[Any]) -> bool:
    uniques = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    return any(column.name in unique.columns for unique in uniques)


def _probes(table: sa.Table) -> Iterator[tuple[str, dict[str, Any]]]:
    good = _good_row(table, 2)
    yield "good", good
    yield "the same again", _good_row(table, 2)
    for column in table.c:
        keys = list(column.foreign_keys)
        if keys:
            yield f"{column.name} refers to nothing", {**_good_row(table, 3), column.name: uuid.UUID(int=99)}
        if not column.nullable and column.server_default is None:
            yield f"{column.name} is NULL", {**_good_row(table, 3), column.name: None}
    for check in table.constraints:
        if isinstance(check, sa.CheckConstraint):
            name = str(check.name).removeprefix(f"{table.name}_").removesuffix("_check")
            if name in table.c:
                wrong = 7 if isinstance(table.c[name].type, Integer) else "nonsense"
                yield f"{name} is {wrong}", {**_good_row(table, 3), name: wrong}


def _schema_verdicts(database: Database) -> dict[str, bool]:
    found = {}
    with create_database_adapter(database.url) as db:
        for name in ("users", "albums", "photos", "customers", "photo_groups", "permissions"):
            table = metadata.tables[name]
            rows = [{**_good_row(table, number), "id": uuid.UUID(int=number)} for number in (1, 2)]
            for row in rows:
                for column in table.c:
                    if column.foreign_keys and column.name in row:
                        row[column.name] = uuid.UUID(int=1)
            db.insert(name, rows, returning=False)
        for table in metadata.sorted_tables:
            for what, row in _probes(table):
                try:
                    db.execute(sa.insert(table).values(row))
                    found[f"{table.name}: {what}"] = True
                except PisDataError:
                    found[f"{table.name}: {what}"] = False
    return found


@pytest.mark.kinds("mysql", "mariadb")
def test_pis_s_own_schema_refuses_what_it_does_on_postgresql(new_database: NewDatabase) -> None:
    here, there = new_database(), new_database("postgresql")
    source = (ROOT / "database" / "full_schema.sql").read_text()
    there.load(source)
    here.load(convert(source, here.kind).sql)
    expected, got = _schema_verdicts(there), _schema_verdicts(here)
    assert {key: value for key, value in got.items() if value != expected[key]} == {}
    assert len(expected) > 150
    assert sum(expected.values()) > 15


# -- triggers ----------------------------------------------------------------------------------------

DRIVE = """
INSERT INTO boards (id, slug) VALUES ({b1}, 'one'), ({b2}, 'two')
INSERT INTO cards (board_id, title) VALUES ({b1}, 'First Card'), ({b1}, NULL)
INSERT INTO cards (board_id, title, state) VALUES ({b2}, 'x', 'done')
UPDATE cards SET state = 'done' WHERE title = 'First Card'
UPDATE cards SET title = 'A New Title' WHERE title = 'First Card'
UPDATE cards SET state = 'nonsense' WHERE title = 'x'
UPDATE cards SET state = 'open' WHERE title = 'x'
UPDATE cards SET version = 7 WHERE title = 'x'
DELETE FROM cards WHERE title IS NULL
UPDATE boards SET slug = 'eins' WHERE slug = 'one'
"""
LOOK = {
    "boards": "SELECT slug, cards, open_cards, updated_at > '2001-01-01' FROM boards ORDER BY slug",
    "cards": "SELECT title, slug, state, version, touched IS NULL FROM cards ORDER BY id",
    "history": "SELECT card_id, was, is_now FROM history ORDER BY id",
}


def _drive(database: Database) -> list[Any]:
    ids = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]
    if database.kind == "postgresql":
        words = {"b1": f"'{ids[0]}'", "b2": f"'{ids[1]}'"}
    else:
        words = {f"b{n}": f"X'{uuid.UUID(i).hex}'" for n, i in enumerate(ids, 1)}
    found: list[Any] = []
    with database.connect() as connection, connection.cursor() as cursor:
        for statement in DRIVE.strip().splitlines():
            try:
                cursor.execute(statement.format(**words))
            except Exception as error:
                found.append(f"refused: {statement}: {'no such state' in str(error)}")
            for query in LOOK.values():
                cursor.execute(query)
                found.append(
                    [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in cursor.fetchall()]
                )
    return found


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
def test_triggers_do_what_they_did(new_database: NewDatabase) -> None:
    here, there = new_database(), new_database("postgresql")
    source = (ROOT / "tests/convert/corpus/triggers_and_functions.sql").read_text()
    there.load(re.sub(r"SELECT cron.*|ALTER FUNCTION.*", "", source))
    here.load(convert(source, here.kind).sql)
    expected, got = _drive(there), _drive(here)
    assert got == expected
    assert [each for each in got if isinstance(each, str)] == [
        "refused: UPDATE cards SET state = 'nonsense' WHERE title = 'x': True"
    ]


#: PIS's counters, as its Supabase file keeps them: recounted on some changes, moved by one on others
DRIVE_PIS = """
INSERT INTO albums (id, title, slug) VALUES ({b1}, 'one', 'one'), ({b2}, 'two', 'two')
INSERT INTO photos (id, album_id, filename, original_key, status) VALUES ({b1}, {b1}, 'a', 'k', 'completed')
INSERT INTO photos (id, album_id, filename, original_key) VALUES ({b2}, {b1}, 'b', 'k')
UPDATE photos SET status = 'completed' WHERE filename = 'b'
UPDATE photos SET is_selected = true WHERE filename = 'a'
UPDATE photos SET is_selected = true
UPDATE photos SET is_selected = NULL WHERE filename = 'b'
UPDATE photos SET deleted_at = '2024-01-01' WHERE filename = 'a'
UPDATE photos SET deleted_at = NULL WHERE filename = 'a'
UPDATE photos SET status = 'nonsense' WHERE filename = 'a'
UPDATE photos SET rotation = 45 WHERE filename = 'a'
UPDATE photos SET album_id = {b2} WHERE filename = 'b'
DELETE FROM photos WHERE filename = 'a'
UPDATE albums SET layout = 'grid', updated_at = '2000-01-01' WHERE slug = 'one'
INSERT INTO albums (title, slug) VALUES ('again', 'one')
"""
LOOK_PIS = (
    "SELECT slug, photo_count, selected_count, layout, updated_at > '2001-01-01' FROM albums ORDER BY slug",
    "SELECT filename, status, is_selected, deleted_at IS NULL FROM photos ORDER BY filename",
)


def _drive_pis(database: Database) -> list[Any]:
    ids = [uuid.UUID(int=1), uuid.UUID(int=2)]
    quoted = "'{}'" if database.kind == "postgresql" else "X'{}'"
    words = {f"b{n}": quoted.format(i.hex) for n, i in enumerate(ids, 1)}
    found: list[Any] = []
    with database.connect() as connection, connection.cursor() as cursor:
        for statement in DRIVE_PIS.strip().splitlines():
            try:
                cursor.execute(statement.format(**words))
            except (psycopg.Error, pymysql.Error):
                found.append("refused")
            for query in LOOK_PIS:
                cursor.execute(query)
                found.append(
                    [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in cursor.fetchall()]
                )
    return found


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
def test_the_counters_of_a_supabase_file_go_as_they_did(new_database: NewDatabase) -> None:
    here, there = new_database(), new_database("postgresql")
    source = (ROOT / "tests/convert/corpus/pis_supabase_init.sql").read_text()
    here.load(convert(source, here.kind).sql)
    auth = (
        "CREATE SCHEMA auth; CREATE TABLE auth.users (id UUID PRIMARY KEY);"
        "CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';"
        "CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql AS 'SELECT NULL::text';"
    )
    there.load(auth + re.sub(r"(?m)^CREATE EXTENSION.*$", "", source))
    expected, got = _drive_pis(there), _drive_pis(here)
    assert got == expected
    assert expected.count("refused") == 3
