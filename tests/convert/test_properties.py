"""Random schemas: loaded on PostgreSQL, dumped by pg_dump, converted, loaded on MySQL and MariaDB, compared.

Each is compared with what PostgreSQL's own catalog says of it: tables, columns with nullability and defaults,
keys, foreign keys with their actions, unique indexes, and as many checks.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pis_data.convert import convert

from ..databases import Database, _plain
from .catalog import facts
from .make_corpus import pg_dump

NAMES = [
    "order",
    "key",
    "name",
    "Mixed Case",
    "größe",
    "value_1",
    "group",
    "rank",
    'weiß"nicht',
    "id_of",
    "select",
    "tick`s",
]
#: a type, a default that it may have, a check that it may have
TYPES: list[tuple[str, list[str], list[str]]] = [
    ("integer", ["0", "'-7'", "41 + 1"], ["{c} >= 0", "{c} BETWEEN -5 AND 500", "{c} % 7 <> 3"]),
    ("bigint", ["9007199254740993"], ["{c} <> 13"]),
    ("smallint", ["3"], ["{c} IN (1, 2, 3)"]),
    ("boolean", ["true", "false"], ["{c} IS NOT NULL"]),
    ("text", ["'it''s'", "'back\\slash'", "''"], ["{c} <> 'no'", "{c} IN ('a', 'b''c')", "length({c}) < 90"]),
    ("varchar(40)", ["'x'"], ["{c} ~ '^[a-z]*$'", "lower({c}) = {c}"]),
    ("char(3)", ["'abc'"], []),
    ("numeric(12,4)", ["0.5", "-1"], ["{c} > -100.5"]),
    ("double precision", ["1.5"], []),
    ("uuid", ["gen_random_uuid()", "'00000000-0000-4000-8000-000000000000'"], []),
    ("timestamptz", ["now()", "'2024-02-03 04:05:06+08'"], ["{c} > '2001-01-01 00:00:00+00'"]),
    ("timestamp", ["CURRENT_TIMESTAMP"], []),
    ("date", ["'2024-02-29'", "CURRENT_DATE"], ["{c} > '1900-01-01'"]),
    ("jsonb", ["'{}'", "'[1, \"two\"]'"], ["jsonb_typeof({c}) <> 'null'"]),
    ("text[]", ["'{}'", "'{a,\"b c\"}'"], ["cardinality({c}) < 9"]),
    ("bytea", ["'\\x00ff'"], []),
]
KEYABLE = {
    "integer",
    "bigint",
    "smallint",
    "text",
    "varchar(40)",
    "uuid",
    "date",
    "timestamptz",
    "char(3)",
    "numeric(12,4)",
}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@st.composite
def schemas(draw: Any) -> str:
    statements = []
    made: list[tuple[str, str]] = []
    for number in range(draw(st.integers(1, 4))):
        table = f"{draw(st.sampled_from(NAMES))}_{number}"
        key = draw(st.sampled_from(["integer", "bigint", "uuid", "text", "serial", "identity"]))
        words = {"identity": "integer GENERATED ALWAYS AS IDENTITY", "serial": "serial"}.get(key, key)
        columns = [f"{quoted('the id')} {words} PRIMARY KEY"]
        names: list[tuple[str, str]] = []
        for name in draw(st.lists(st.sampled_from(NAMES), max_size=6, unique=True)):
            type_, defaults, checks = draw(st.sampled_from(TYPES))
            column = f"{quoted(name)} {type_}"
            if draw(st.booleans()):
                column += " NOT NULL"
            if draw(st.booleans()):
                column += f" DEFAULT {draw(st.sampled_from(defaults))}"
            if checks and draw(st.booleans()):
                column += f" CHECK ({draw(st.sampled_from(checks)).format(c=quoted(name))})"
            columns.append(column)
            names.append((name, type_))
        keyable = [name for name, type_ in names if type_ in KEYABLE]
        if keyable and draw(st.booleans()):
            chosen = draw(st.lists(st.sampled_from(keyable), min_size=1, max_size=3, unique=True))
            columns.append(f"UNIQUE ({', '.join(map(quoted, chosen))})")
        if made and draw(st.booleans()):
            parent, type_ = draw(st.sampled_from(made))
            action = draw(
                st.sampled_from(["", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT"])
            )
            columns.append(f"{quoted('parent')} {type_} REFERENCES {quoted(parent)}{action}")
        statements.append(f"CREATE TABLE {quoted(table)} ({', '.join(columns)});")
        made.append((table, "integer" if key in ("serial", "identity") else key))
        if keyable and draw(st.booleans()):
            unique = draw(st.sampled_from(["", "UNIQUE "]))
            where = draw(st.sampled_from(["", f" WHERE {quoted(keyable[0])} IS NOT NULL"]))
            order = draw(st.sampled_from(["", " DESC", " DESC NULLS LAST"]))
            statements.append(
                f"CREATE {unique}INDEX ON {quoted(table)} ({quoted(keyable[0])}{order}){where};"
            )
        if draw(st.booleans()):
            statements.append(f"COMMENT ON TABLE {quoted(table)} IS 'it''s a \\ table; $$ of % --';")
    return "\n".join(statements)


def dumped(database: Database) -> str:
    command = [pg_dump(), "--no-password", f"--dbname={_plain(database.url).geturl()}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def wanted(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """What PostgreSQL says, in terms that the target can say too."""
    found = facts(database)
    bare = {"columns": set(), "foreign keys": set(), "keys": set()}  # type: dict[str, set[tuple[Any, ...]]]
    for table, _, name, type_, required, identity, _, default, _ in found["columns"]:
        numbered = bool(identity) or (default or "").startswith("nextval(")
        bare["columns"].add(
            (table, name, required, default is not None and not numbered, type_.endswith("[]"))
        )
    for table, _, kind, definition in found["constraints"]:
        if kind == "f":
            action = re.search(r"ON DELETE (CASCADE|SET NULL|RESTRICT)", definition)
            shown = action[1] if action else "NO ACTION"
            bare["foreign keys"].add((unquoted(table), shown.replace("RESTRICT", "NO ACTION")))
        elif kind in "pu":
            columns = definition[definition.index("(") + 1 : definition.rindex(")")]
            bare["keys"].add((unquoted(table), kind, len(columns.split(", "))))
    return bare


def unquoted(table: str) -> str:
    return table[1:-1].replace('""', '"') if table.startswith('"') else table


def got(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    found = facts(database)
    bare = {"columns": set(), "foreign keys": set(), "keys": set()}  # type: dict[str, set[tuple[Any, ...]]]
    for table, _, name, type_, nullable, default, extra, *_ in found["columns"]:
        if "INVISIBLE" not in extra.upper():
            has = default is not None and default != "NULL"
            is_list = type_ in ("json", "longtext") and any(
                f"json_type(`{name.replace('`', '``')}`)"
                in clause.lower().replace("json_type(`", "json_type(`")
                for _, clause in found["checks"]
                if "ARRAY" in clause
            )
            bare["columns"].add((table, name, nullable == "NO", has, is_list))
    for table, _, _, _, _, _, action, _ in found["foreign keys"]:
        bare["foreign keys"].add((table, action.replace("RESTRICT", "NO ACTION")))
    sizes: dict[tuple[str, str], int] = {}
    kinds = {(table, name): kind for table, name, kind in found["keys"]}
    for table, index, position, *_ in found["indexes"]:
        sizes[table, index] = max(sizes.get((table, index), 0), int(position))
    for (table, name), kind in kinds.items():
        if kind in ("PRIMARY KEY", "UNIQUE"):
            bare["keys"].add((table, "p" if kind[0] == "P" else "u", sizes[table, name]))
    return bare


@pytest.mark.kinds("mysql", "mariadb")
def test_random_schemas(database_server: str, database_kind: str, maker_of: Callable[[str], Any]) -> None:
    here, there = maker_of(database_server), maker_of("postgresql")

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(schemas())
    def check(schema: str) -> None:
        source, target = there.empty(), here.empty()
        try:
            source.load(schema)
            script = dumped(source)
            found = convert(script, database_kind)
            assert not found.errors
            assert sum(found.report["counts"].values()) == len(found.report["statements"])
            target.load(found.sql)
            expected, actual = wanted(source), got(target)
            assert {row[:2] for row in actual["columns"]} == {
                (unquoted(row[0]), row[1]) for row in expected["columns"]
            }
            assert found.report["counts"]["manual"] > 0 or _defaults(actual) == _defaults(expected)
            names = {entry["why"] for entry in found.report["statements"] if "SET NULL" in entry["why"]}
            if not names:
                assert actual["foreign keys"] == expected["foreign keys"]
            assert {key for key in expected["keys"] if key[1] == "p"} == {
                key for key in actual["keys"] if key[1] == "p"
            }
            assert expected["keys"] <= actual["keys"]
        finally:
            here.drop(target)
            there.drop(source)

    check()


def _defaults(found: dict[str, set[tuple[Any, ...]]]) -> set[tuple[Any, ...]]:
    return {row[:4] for row in found["columns"]}
