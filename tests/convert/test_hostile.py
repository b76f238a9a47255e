"""Scripts that nobody should write, and that are handed in all the same: each statement has its verdict, the rest loads."""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import random
from pathlib import Path

import pytest

from pis_data.convert import convert
from pis_data.convert.files import read_script
from pis_data.convert.split import split
from pis_data.errors import InvalidValueError

from ..databases import Database

CORPUS = Path(__file__).parent / "corpus"

CONDITIONS = " AND ".join(f"x <> '{number:0200}'" for number in range(350))
#: script, and a part of what is to be said of its first statement that is not simply converted
SCRIPTS: dict[str, tuple[str, str]] = {
    "parentheses": (f"CREATE TABLE a (x int CHECK ({'(' * 5000}x > 0{')' * 5000}));", "nested too deeply"),
    "sum": (f"CREATE TABLE a (x int DEFAULT {'1+' * 3000}1);", "nested too deeply"),
    "cases": (f"CREATE TABLE a (x int CHECK ({'CASE WHEN x=1 THEN ' * 500}true{' END' * 500}));", "nested too deeply"),
    "conditions": (f"CREATE TABLE a (x text CHECK ({CONDITIONS}));", "a condition of"),
    "view": (f"CREATE VIEW v AS SELECT {'(' * 3000}1{')' * 3000};", "nested too deeply"),
    "array": (f"CREATE TABLE a (x int[]); INSERT INTO a VALUES ('{'{' * 5000}{'}' * 5000}');", "more than 6 dimensions"),
    "document": (f"CREATE TABLE a (x jsonb); INSERT INTO a VALUES ('{'[' * 900}{']' * 900}');", "a JSON document 900 deep"),
    "bad document": ("CREATE TABLE a (x jsonb DEFAULT '{bad');", "no JSON document"),
    "bad array": ("CREATE TABLE a (x int[] DEFAULT '{1,2');", "is no array"),
    "bad numbers": ("CREATE TABLE a (n numeric DEFAULT 'NaN');", "is no number"),
    "bad number in a row": ("CREATE TABLE a (n int); INSERT INTO a VALUES ('abc'), ('12');", "row 1 was left out"),
    "days": ("CREATE TABLE a (d date); INSERT INTO a VALUES ('infinity'), ('2024-13-45'), ('2024-02-29');", "row 1 was left out"),
    "moments": ("CREATE TABLE a (t timestamptz); INSERT INTO a VALUES ('0001-01-01 00:00:00+08'), ('now');", "row 1 was left out"),
    "half a character": ("CREATE TABLE a (t text); INSERT INTO a VALUES (E'\\uD800');", "an escape that names no character"),
    "no character": ("CREATE TABLE a (t text); INSERT INTO a VALUES (U&'\\+FFFFFF');", "an escape that names no character"),
    "capitals only": ('CREATE TABLE a (id int, "ID" text UNIQUE);', "differ by capitals only"),
    "lengths": ("CREATE TABLE a (x numeric(a, b), y varchar(x), z vector(z), w bit(q));", "its length is no number"),
    "domain of itself": ("CREATE DOMAIN d AS e; CREATE DOMAIN e AS d; CREATE TABLE a (x int);", "made of itself"),
    "partition of itself": ("CREATE TABLE a PARTITION OF a DEFAULT; INSERT INTO a VALUES (1);", "there is no table a"),
    "no columns": ("CREATE TABLE a (); CREATE TABLE b (id int);", "it has no columns"),
    "columns": (f"CREATE TABLE a ({', '.join(f'c{i} int' for i in range(1018))});", "has 1,018 columns"),
    "parts of a key": (f"CREATE TABLE a ({', '.join(f'c{i} int' for i in range(17))}, UNIQUE ({', '.join(f'c{i}' for i in range(17))}));", "at most 16 columns"),
    "indexes": ("CREATE TABLE a (x int, y int);" + "".join(f"CREATE INDEX i{i} ON a ((x + {i}));" for i in range(66)), "at most 64 indexes"),
    "names": (f"CREATE TABLE {'t' * 90} ({'c' * 90} int PRIMARY KEY); CREATE INDEX {'i' * 99} ON {'t' * 63} ({'c' * 80}, {'c' * 90});", ""),
    "another key's size": ("CREATE TABLE p (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE c (x int REFERENCES p);", "without a key of their own"),
    "enum": ("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'z' TO 'b';", "has no value 'z'"),
    "materialized view": ("CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE UNIQUE INDEX i ON m (x);", "no materialized views"),
    "no quote": ("CREATE TABLE a (id int);\nINSERT INTO a VALUES ('x", "a quote that is not closed"),
    "no comment": ("CREATE TABLE a (id int);\n/* x", "a comment that is not closed"),
    "no dollars": ("CREATE FUNCTION f() RETURNS int AS $$ x", "a quote $$ that is not closed"),
    "carriage returns": ("CREATE TABLE a (id int);\r\nCOPY a (id) FROM stdin;\r\n1\r\n\\.\r\nCREATE TABLE b (id int);\r\n", ""),
    "zero byte": ("CREATE TABLE a (id int);\0CREATE TABLE b (x int);", "no statement begins with"),
    "psql": ("\\i other.sql\n\\set x 1\nCREATE TABLE a (x int) \\gexec\n", "a command of psql"),
    "words": ("lorem ipsum; CREATE; ALTER; DROP; COMMENT ON; CREATE TABLE; CREATE INDEX ON; COPY; DO; END", "no statement begins with"),
    "nothing": ("  \n;;;-- x", ""),
    "inheritance": ("CREATE TABLE p (id int CHECK (id > 0)); CREATE TABLE c () INHERITS (p);", "it inherits from p"),
}  # fmt: skip


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
def test_each_statement_has_a_verdict_and_the_rest_loads(empty_database: Database) -> None:
    loaded: list[str] = []
    for name, (script, expected) in SCRIPTS.items():
        found = convert(script, empty_database.kind)
        entries = found.report["statements"]
        assert sum(found.report["counts"].values()) == len(entries) == len(split(script).statements), name
        assert all(entry["kind"] for entry in entries), name
        assert all(entry["why"] or entry["verdict"] == "converted" for entry in entries), name
        assert expected in " ".join(entry["why"] for entry in entries), (name, entries)
        tables = [word for word in ("a", "b", "c", "p", "t" * 63) if f"CREATE TABLE {word} " in found.sql]
        loaded += [found.sql, *(f"DROP TABLE {table};" for table in tables)]
    empty_database.load("\n".join(loaded))


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_script_never_stops_it(seed: int) -> None:
    """Lines left out, characters changed, pieces doubled: whatever is read of it, nothing escapes."""
    chance = random.Random(seed)
    names = ["types_and_defaults", "constraints_and_indexes", "triggers_and_functions", "pis_supabase_init"]
    text = (CORPUS / f"{names[seed % 4]}.sql").read_text()
    for _ in range(25):
        at = chance.randrange(len(text))
        piece = chance.choice(
            ["", "'", "(", ")", "$$", ";", '"', "\\", "/*", " NULL ", "[", text[at : at + 90]]
        )
        text = text[:at] + piece + text[at + chance.randrange(30) :]
    for target in ("mysql", "mariadb"):
        report = convert(text, target).report
        assert sum(report["counts"].values()) == len(report["statements"]) == len(split(text).statements)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_what_it_is_written_in(encoding: str, tmp_path: Path) -> None:
    """PowerShell's ``pg_dump … > file`` writes UTF-16 with its mark."""
    script = "CREATE TABLE a (name text DEFAULT 'Zoë 猫');\n"
    path = tmp_path / "a.sql"
    path.write_bytes(script.replace("\n", "\r\n").encode(encoding))
    assert read_script(path) == script


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("CREATE".encode("utf-16-le"), "is UTF-16 without a byte order mark: save it as UTF-8"),
        ("CREATE".encode("utf-16-be"), "is UTF-16 without a byte order mark: save it as UTF-8"),
        ("CREATE".encode("utf-16")[:-1], "is not UTF-16 text (at byte "),
        ("-- Zoë".encode("latin-1"), "is not UTF-8 text (at byte 5)"),
    ],
    ids=["no mark", "no mark, other order", "cut off", "latin-1"],
)
def test_a_file_of_something_else_is_refused(content: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes(content)
    with pytest.raises(InvalidValueError) as refused:
        read_script(path)
    assert expected in str(refused.value)


@pytest.mark.kinds("mysql", "mariadb")
def test_an_insert_of_many_rows_arrives_whole(empty_database: Database) -> None:
    """Ten thousand rows in one statement, half a megabyte: sent in pieces, none lost."""
    rows = ",\n".join(f"({number}, 'it''s {number} {'x' * 40}')" for number in range(10_000))
    script = f"CREATE TABLE a (id int PRIMARY KEY, name text);\nINSERT INTO a VALUES\n{rows};\n"
    found = convert(script, empty_database.kind)
    assert found.report["counts"] == {"converted": 1, "adapted": 1, "dropped": 0, "manual": 0}
    assert found.sql.count("INSERT INTO a ") == 20
    empty_database.load(found.sql)
    with empty_database.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(id), max(name) FROM a")
        count, total, name = cursor.fetchone()
    assert (count, total, name) == (10_000, 49_995_000, f"it's 9999 {'x' * 40}")


def test_a_long_script_keeps_every_statement_and_its_line() -> None:
    """Two megabytes of rows and comments."""
    piece = "-- " + "x" * 1_000 + "\nINSERT INTO a VALUES (1, 'a''b'), (2, NULL);\n"
    script = "CREATE TABLE a (id int, name text);\n" + piece * 1_900
    assert len(script) > 1_950_000
    found = convert(script, "mysql")
    assert found.report["counts"]["converted"] == 1_900
    assert [entry["line"] for entry in found.report["statements"]][-1] == 3_801
    assert found.sql.count("(1, 'a''b')") == 1_900
