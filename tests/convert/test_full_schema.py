"""The files in database/ are made from the models, load with the servers' own clients, and mean the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pis_data.convert import convert
from pis_data.convert.dump import DIALECTS, dump, notes_of
from pis_data.errors import InvalidValueError
from pis_data.schema import TABLES
from pis_data.services.migrate import check, head

from ..databases import Database
from .catalog import all_rows, differences, facts

FOLDER = Path(__file__).parents[2] / "database"
NAMES = {
    "postgresql": "full_schema.sql",
    "mysql": "full_schema.mysql.sql",
    "mariadb": "full_schema.mariadb.sql",
}
SEEDED = ("system_settings", "permissions", "role_permissions", "alembic_version")


def test_the_postgresql_file_is_what_the_models_say() -> None:
    assert (FOLDER / NAMES["postgresql"]).read_text() == dump("postgresql", revision=head()), (
        "stale: pis-data schema dump -o database/full_schema.sql, then convert it"
    )


@pytest.mark.parametrize("target", ["mysql", "mariadb"])
def test_the_other_files_are_converted_from_it(target: str) -> None:
    source = (FOLDER / NAMES["postgresql"]).read_text()
    found = convert(source, target, source=f"database/{NAMES['postgresql']}")
    assert (FOLDER / NAMES[target]).read_text() == found.sql, (
        f"stale: pis-data schema convert database/full_schema.sql --to {target} -o database/{NAMES[target]}"
    )
    assert found.report["counts"]["manual"] == 0
    assert not found.errors
    assert sum(found.report["counts"].values()) == len(found.report["statements"])


@pytest.mark.newer
@pytest.mark.kinds("postgresql", "mysql", "mariadb")
def test_each_file_gives_the_schema_and_the_rows_of_the_migrations(
    database: Database, new_database: Callable[..., Database]
) -> None:
    loaded = new_database()
    loaded.load((FOLDER / NAMES[loaded.kind]).read_text())
    assert differences(facts(database), facts(loaded)) == []
    assert all_rows(database, SEEDED) == all_rows(loaded, SEEDED)
    assert check(loaded.url) == []


@pytest.mark.kinds("mysql", "mariadb")
def test_its_rows_are_those_of_postgresql(new_database: Callable[..., Database]) -> None:
    here, there = new_database(), new_database("postgresql")
    here.load((FOLDER / NAMES[here.kind]).read_text())
    there.load((FOLDER / NAMES["postgresql"]).read_text())
    found = all_rows(here, SEEDED)
    assert found == all_rows(there, SEEDED)
    assert len(found["permissions"]) == 25


@pytest.mark.newer
def test_a_dump_for_each_dialect_loads(
    empty_database: Database,
) -> None:
    empty_database.load(dump(empty_database.kind, revision=head())) if empty_database.kind != "sqlite" else (
        _load_sqlite(empty_database)
    )
    assert check(empty_database.url) == []


def _load_sqlite(database: Database) -> None:
    with database.connect() as connection:
        connection.executescript(dump("sqlite", revision=head()))


def test_what_the_source_of_the_models_says_stands_in_the_dump() -> None:
    text = dump("postgresql")
    assert "-- Faces" in text or "-- One row per face." in text
    assert "  -- 512 float32, InsightFace's buffalo_l\n  embedding BYTEA" in text
    assert all(notes_of(table).table for table in TABLES)
    assert "alembic_version" not in text


def test_a_dialect_that_there_is_not() -> None:
    with pytest.raises(InvalidValueError, match="no dialect 'oracle'"):
        dump("oracle")
    assert set(NAMES) < set(DIALECTS)


@pytest.mark.parametrize("target", ["mysql", "mariadb"])
def test_uuids_may_be_kept_as_characters(target: str) -> None:
    source = (FOLDER / NAMES["postgresql"]).read_text()
    found = convert(source, target, uuid="char")
    assert "id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (uuid())" in found.sql
    assert "BINARY(16)" not in found.sql
    assert "'23a7c808-fe16-5bc9-aaeb-879094b8fe57'" in found.sql


def test_the_report_is_json_of_the_contracts_shape() -> None:
    source = (FOLDER / NAMES["postgresql"]).read_text()
    report = json.loads(json.dumps(convert(source, "mysql", source="x.sql").report))
    assert set(report) == {"source", "target", "counts", "statements"}
    assert set(report["counts"]) == {"converted", "adapted", "dropped", "manual"}
    lines = source.splitlines()
    for entry in report["statements"]:
        assert set(entry) == {"line", "kind", "name", "verdict", "why"}
        assert lines[entry["line"] - 1].startswith(entry["kind"].split()[0])
        assert entry["why"] or entry["verdict"] == "converted"
    assert [entry["line"] for entry in report["statements"]] == sorted(
        entry["line"] for entry in report["statements"]
    )
