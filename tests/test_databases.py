"""The fixtures' own workings: that a test never sees what another has left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .databases import MAKERS, Database, Maker, MissingServerError

# A seed row with a parent, bytes, JSON and a computed column; and a table that is empty at the start.
SCHEMA = {
    "sqlite": "id BLOB PRIMARY KEY, note TEXT, extra TEXT, parent BLOB REFERENCES seeds, twice INT AS (2)",
    "postgresql": "id BYTEA PRIMARY KEY, note TEXT, extra JSONB, parent BYTEA REFERENCES seeds,"
    " twice INT GENERATED ALWAYS AS (2) STORED",
    "mysql": "id BINARY(2) PRIMARY KEY, note TEXT, extra JSON, parent BINARY(2), twice INT AS (2),"
    " FOREIGN KEY (parent) REFERENCES seeds (id)",
}
SCHEMA["mariadb"] = SCHEMA["mysql"]
BYTES = {"postgresql": r"'\x{}'::bytea"}
SEEDS = [(b"\x00\xff", "it's 相册 \\ %s", None), (b"\x27\x5c", "child", b"\x00\xff")]


def make_schema(database: Database) -> None:
    def literal(value: bytes | None) -> str:
        return "NULL" if value is None else BYTES.get(database.kind, "x'{}'").format(value.hex())

    with database.connect() as connection:
        cursor = connection.cursor()
        cursor.execute(f"CREATE TABLE seeds ({SCHEMA[database.kind]})")
        cursor.execute("CREATE TABLE photos (id INT PRIMARY KEY, seed VARCHAR(9))")
        for key, note, parent in SEEDS:
            note = note.replace("'", "''")
            if database.kind in ("mysql", "mariadb"):
                note = note.replace("\\", "\\\\")
            cursor.execute(
                "INSERT INTO seeds (id, note, extra, parent)"
                f" VALUES ({literal(key)}, '{note}', '{{\"a\": [1, null]}}', {literal(parent)})"
            )


def contents(database: Database) -> tuple[list[tuple[object, ...]], int]:
    with database.connect() as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT id, note, parent FROM seeds ORDER BY id")
        seeds = list(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM photos")
        return seeds, cursor.fetchone()[0]


def execute(database: Database, *statements: str) -> None:
    with database.connect() as connection:
        for statement in statements:
            connection.cursor().execute(statement)


@pytest.fixture
def maker(database_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Maker]:
    maker = MAKERS[database_server](database_server, tmp_path)

    def fresh() -> Database:
        database = maker.empty()
        make_schema(database)
        return database

    monkeypatch.setattr(maker, "fresh", fresh)
    yield maker
    maker.close()


@pytest.mark.parametrize(
    "harm",
    [
        ["INSERT INTO photos VALUES (1, 'x')"],
        ["UPDATE seeds SET note = 'changed' WHERE note = 'child'"],
        ["DELETE FROM seeds WHERE note = 'child'", "DELETE FROM seeds", "INSERT INTO photos VALUES (1, 'x')"],
        ["CREATE TABLE strange (id INT)"],
        ["DROP TABLE photos"],
        [],
    ],
)
def test_a_migrated_database_is_handed_out_as_it_was(maker: Maker, harm: list[str]) -> None:
    for _ in range(2):
        database = maker.migrated()
        assert contents(database) == (SEEDS, 0)
        execute(database, *harm)
        maker.release(database)
    assert contents(maker.migrated()) == (SEEDS, 0)


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
def test_a_transaction_left_open_does_not_stop_the_next_test(maker: Maker) -> None:
    database = maker.migrated()
    forgotten = database.connect()
    forgotten.cursor().execute("BEGIN")
    forgotten.cursor().execute("INSERT INTO photos VALUES (1, 'x')")
    execute(database, "INSERT INTO photos VALUES (2, 'x')")
    assert contents(maker.migrated()) == (SEEDS, 0)
    with pytest.raises(Exception, match=r"(?i)terminat|lost|gone|closed|kill"):
        forgotten.cursor().execute("SELECT 1")


def test_an_empty_database_has_no_tables_and_takes_a_script(empty_database: Database) -> None:
    execute(empty_database, "CREATE TABLE t (id INT)", "INSERT INTO t VALUES (1)")
    if empty_database.kind != "sqlite":  # whose command-line program no test needs
        empty_database.load("INSERT INTO t VALUES (2);\nINSERT INTO t VALUES (3);\n")
        with pytest.raises(AssertionError, match="no_such_table"):
            empty_database.load("INSERT INTO no_such_table VALUES (1);\nINSERT INTO t VALUES (4);\n")
        execute(empty_database, "DELETE FROM t WHERE id > 1")
    with empty_database.connect() as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT id FROM t")
        assert list(cursor.fetchall()) == [(1,)]


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
def test_a_missing_server_is_an_error_that_says_make_servers(
    database_server: str, database_kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreachable = f"{database_kind}://pis:pis-secret@127.0.0.1:1/pis_test"
    monkeypatch.setenv(f"PIS_TEST_{database_server.upper()}_URL", unreachable)
    with pytest.raises(MissingServerError, match="make servers") as caught:
        MAKERS[database_server](database_server, tmp_path)
    assert "pis-secret" not in str(caught.value)
