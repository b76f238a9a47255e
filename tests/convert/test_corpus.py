"""Schemas in the styles that people really have: each loads, and each statement has the verdict it should.

What is expected of a file stands beside it, one line a statement: ``verdict line kind name``. After a change
that is meant, ``PIS_REWRITE=1 pytest tests/convert/test_corpus.py`` writes these anew, to be read in the diff.
"""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from pis_data.convert import Conversion, convert
from pis_data.convert.split import split

from ..databases import Database
from .catalog import facts
from .make_corpus import by_hand, django, prisma

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(CORPUS.glob("*.sql"))
TARGETS = ("mysql", "mariadb")


def converted(path: Path, target: str) -> Conversion:
    return convert(path.read_text(), target, source=path.name)


def expected_lines(found: Conversion) -> str:
    lines = [
        f"{entry['verdict']} {entry['line']} {entry['kind']} {entry['name']}".rstrip()
        for entry in found.report["statements"]
    ]
    return "\n".join(lines) + "\n"


def test_it_is_large_and_varied() -> None:
    texts = [path.read_text() for path in FILES]
    count = sum(len(re.findall(r"^CREATE (?:UNLOGGED )?TABLE", text, re.MULTILINE)) for text in texts)
    assert len(FILES) >= 12
    assert count >= 300


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("handwritten_shop.sql", by_hand("shop")),
        ("handwritten_rooms.sql", by_hand("rooms")),
        ("django_school.sql", django("school")),
        ("prisma_newsroom.sql", prisma("newsroom")),
    ],
)
def test_what_is_generated_is_what_its_maker_makes(name: str, text: str) -> None:
    assert (CORPUS / name).read_text() == text


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_statement_has_its_verdict(path: Path, target: str) -> None:
    found = converted(path, target)
    report = found.report
    expected = path.with_suffix(f".{target}.expected")
    if os.environ.get("PIS_REWRITE"):
        expected.write_text(expected_lines(found))
    assert expected_lines(found) == expected.read_text()
    assert (
        sum(report["counts"].values()) == len(report["statements"]) == len(split(path.read_text()).statements)
    )
    assert dict(Counter(entry["verdict"] for entry in report["statements"])) == {
        verdict: count for verdict, count in report["counts"].items() if count
    }
    for entry in report["statements"]:
        assert entry["kind"], entry
        assert entry["why"] or entry["verdict"] == "converted", entry


@pytest.mark.newer
@pytest.mark.kinds("mysql", "mariadb")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_loads(path: Path, empty_database: Database) -> None:
    found = converted(path, empty_database.kind)
    empty_database.load(found.sql)
    there = facts(empty_database)
    tables = {name for name, *_ in there["tables"]}
    assert len(tables) == found.sql.count("\nCREATE TABLE ")
    manual = sum("the foreign key " in entry["why"] for entry in found.report["statements"])
    assert len({(row[0], row[1]) for row in there["foreign keys"]}) == _references(path) - manual


def _references(path: Path) -> int:
    """The foreign keys of a script, as PostgreSQL would make them."""
    from pis_data.convert.read import read

    return sum(len(table.foreign_keys) for table in read(path.read_text()).schema.tables.values())


@pytest.mark.kinds("postgresql")
@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.stem.startswith(("django", "prisma", "triggers", "handwritten"))],
    ids=lambda path: path.stem,
)
def test_postgresql_itself_takes_it(path: Path, empty_database: Database) -> None:
    text = path.read_text().replace("SELECT cron.", "-- ").replace("ALTER FUNCTION add", "-- ")
    text = re.sub(r'CREATE EXTENSION IF NOT EXISTS "uuid-ossp";', "", text)
    empty_database.load(text.replace("uuid_generate_v4()", "gen_random_uuid()"))
    assert facts(empty_database)["columns"]


def test_bad_sql_is_said_with_its_place_and_the_rest_is_converted() -> None:
    found = converted(CORPUS / "broken.sql", "mysql")
    places = [(error.line, error.column) for error in found.errors]
    assert places == [(3, 65), (4, 1), (6, 21), (7, 39), (8, 49), (10, 62)]
    assert "CREATE TABLE good" in found.sql
    assert "REFERENCES good (id)" in found.sql
    assert "(3, 'c')" in found.sql


def test_policies_are_a_checklist() -> None:
    found = converted(CORPUS / "supabase_export.sql", "mysql")
    assert [policy["action"] for policy in found.policies] == ["SELECT", "ALL", "INSERT", "SELECT"]
    owners = found.policies[1]
    assert owners["table"] == "galleries"
    assert owners["roles"] == ["authenticated"]
    assert owners["using"] == "(( SELECT auth.uid() AS uid) = owner_id)"
    assert owners["words"] == (
        "accounts that are logged in may read, add, change and delete rows of galleries where the caller's id is owner_id"
    )
