"""The tables agree with their records, with each other, and with what servers bear."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections import Counter
from enum import StrEnum

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql

import pis_data.schema as schema
from pis_data.schema import RECORDS, SECRET_COLUMNS, TABLES, metadata
from pis_data.schema.columns import nulls_first
from pis_data.schema.meta import pis_meta
from pis_data.schema.seeds import PERMISSIONS, ROLE_PERMISSIONS, SEEDS, SETTINGS
from pis_data.schema.types import Choice, Text

tables = pytest.mark.parametrize("table", TABLES.values(), ids=str)


def test_there_are_pis_s_26_tables():
    assert len(TABLES) == 26
    assert set(metadata.tables) == {*TABLES, pis_meta.name}
    assert TABLES.keys() == RECORDS.keys()


@tables
def test_a_record_has_the_fields_of_its_table(table):
    record = RECORDS[table.name]
    assert [field.name for field in dataclasses.fields(record)] == list(table.c.keys())
    assert record.__dataclass_params__.frozen
    assert "__dict__" not in dir(record)


@tables
def test_a_field_may_be_none_where_its_column_may_be_null(table):
    hints = hints_of(table)
    for column in table.c:
        optional = types.NoneType in typing.get_args(hints[column.name])
        assert optional == column.nullable or hints[column.name] is typing.Any, column


@tables
def test_a_field_has_the_python_type_of_its_column(table):
    hints = hints_of(table)
    for column in table.c:
        kinds = {hint for hint in typing.get_args(hints[column.name]) if hint is not types.NoneType}
        hint = kinds.pop() if isinstance(hints[column.name], types.UnionType) else hints[column.name]
        if isinstance(column.type, Choice):
            assert hint is column.type.enum, column
        elif isinstance(column.type, Text):
            assert hint is str, column
        elif column.name.endswith("_at"):
            assert hint.__name__ == "datetime", column


def hints_of(table):
    import numpy

    return typing.get_type_hints(RECORDS[table.name], {**vars(typing), "np": numpy, **vars_of(table)})


def vars_of(table):
    import sys

    return vars(sys.modules[RECORDS[table.name].__module__])


@tables
def test_constraints_are_named_as_postgresql_names_them(table):
    for constraint in table.constraints:
        columns = "_".join(column.name for column in constraint.columns)
        match constraint:
            case sa.PrimaryKeyConstraint():
                expected = f"{table.name}_pkey"
            case sa.UniqueConstraint():
                expected = f"{table.name}_{columns}_key"
            case sa.ForeignKeyConstraint():
                expected = f"{table.name}_{columns}_fkey"
            case _:
                expected = f"{table.name}_{constraint.sqltext.text.split(' ')[0]}_check"
        rendered = sa.dialects.postgresql.dialect().identifier_preparer.format_constraint(constraint)
        assert rendered == expected
        assert len(expected) <= 63


@tables
def test_a_closed_set_of_choices_has_its_check(table):
    """The CHECK of a choice lists values of its enum; an open set has none."""
    checks = {c.sqltext.text for c in table.constraints if isinstance(c, sa.CheckConstraint)}
    for column in table.c:
        if not isinstance(column.type, Choice):
            continue
        for check in checks:
            if check.startswith(f"{column.name} IN"):
                values = [value.strip(" '") for value in check.split("(")[1].rstrip(")").split(",")]
                assert set(values) <= {member.value for member in column.type.enum}
        if column.server_default is not None:
            assert column.server_default.arg in list(column.type.enum)


def test_the_choices_are_those_that_the_code_writes():
    assert [member.value for member in schema.PhotoStatus] == [
        *("pending", "pending_retouch", "retouching", "processing", "completed", "failed")
    ]
    assert {"guest", "viewer"} <= {member.value for member in schema.UserRole}
    enums = [
        value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, StrEnum)
    ]
    assert len(enums) > 20


# -- indexes -----------------------------------------------------------------------------------------


def keys_of(table):
    """Every index and unique key of a table: its name, and its columns in order."""
    yield "primary key", tuple(column.name for column in table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, sa.UniqueConstraint):
            yield str(constraint.name), tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        yield str(index.name), tuple(column.name for column in index.columns)


@tables
def test_no_index_repeats_the_beginning_of_another(table):
    """A partial index may: it leaves out what it is not for."""
    whole = {str(i.name) for i in table.indexes if i.dialect_options["postgresql"]["where"] is None}
    keys = dict(keys_of(table))
    for name, columns in keys.items():
        for other, longer in keys.items():
            if name != other and name in whole | {"primary key"}:
                assert longer[: len(columns)] != columns, f"{name} is the beginning of {other}"


def test_partial_indexes_that_begin_alike_differ_in_what_they_leave_out():
    clauses = Counter()
    for table in TABLES.values():
        for index in table.indexes:
            where = index.dialect_options["postgresql"]["where"]
            clauses[table.name, tuple(c.name for c in index.columns), str(where)] += 1
    assert set(clauses.values()) == {1}


@tables
def test_every_foreign_key_has_an_index(table):
    """MySQL would else make one of its own; elsewhere deleting a parent would read the whole table."""
    beginnings = {columns[0] for _, columns in keys_of(table)}
    for constraint in table.foreign_key_constraints:
        assert constraint.column_keys[0] in beginnings, constraint


@tables
def test_keys_fit_into_mysql_s_3072_bytes(table):
    dialect = mysql.dialect()
    for name, columns in keys_of(table):
        size = 0
        for column in columns:
            kind = table.c[column].type.dialect_impl(dialect).load_dialect_impl(dialect)
            size += 4 * kind.length if isinstance(kind, sa.String) else 16
        assert size <= 3072, name


@tables
def test_a_nullable_column_that_is_sorted_by_has_null_first(table):
    """By PostgreSQL's own order, an index would not serve a list in which NULL is the smallest value."""
    for index in table.indexes:
        for expression in index.expressions:
            if isinstance(expression, sa.Column) and expression.nullable:
                assert not expression.name.endswith("_at"), f"{index.name}: {expression.name}"
            elif isinstance(expression, nulls_first):
                assert expression.element.nullable, f"{index.name}: {expression.element.name}"


def test_index_names_are_unique():
    names = [str(index.name) for table in metadata.tables.values() for index in table.indexes]
    assert len(names) == len(set(names))
    assert all(name.startswith("idx_") and len(name) <= 63 for name in names)


# -- secrets and seeds -------------------------------------------------------------------------------


def test_secrets_are_named_and_not_shown():
    for name, record in RECORDS.items():
        hidden = {field.name for field in dataclasses.fields(record) if not field.repr}
        assert hidden == SECRET_COLUMNS.get(name, frozenset()), name
    assert SECRET_COLUMNS.keys() <= TABLES.keys()


def test_no_secret_is_forgotten():
    words = ("password", "token", "_pass", "secret", "code", "download_url")
    suspects = {
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.c
        if any(word in column.name for word in words)
    }
    named = {(table, column) for table, columns in SECRET_COLUMNS.items() for column in columns}
    assert suspects - named == {("permissions", "code")}


def test_seeds_have_fixed_ids_and_the_columns_of_their_tables():
    assert (len(SETTINGS), len(PERMISSIONS), len(ROLE_PERMISSIONS)) == (26, 25, 48)
    for name, rows in SEEDS.items():
        assert len({row["id"] for row in rows}) == len(rows)
        assert len({tuple(row) for row in rows}) == 1
        assert rows[0].keys() <= set(TABLES[name].c.keys())
        for row in rows:
            for column, value in row.items():
                TABLES[name].c[column].type.check(value)
    assert str(SETTINGS[0]["id"]) == "7d662ce7-0756-50ad-8ab9-4adfc9441dde"
    assert "users" not in SEEDS


# -- what the servers made of it ---------------------------------------------------------------------

COLLATIONS = {
    "postgresql": (
        "SELECT table_name, column_name, coalesce(collation_name, 'C') FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type IN ('text', 'character varying') AND "
        "table_name <> 'alembic_version'",
        "C",
    ),
    "mysql": (None, "utf8mb4_0900_bin"),
    "mariadb": (None, "utf8mb4_nopad_bin"),
}
_OF_MYSQL = (
    "SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE table_schema = "
    "database() AND data_type IN ('varchar', 'mediumtext') AND table_name <> 'alembic_version'"
)


@pytest.mark.kinds("postgresql", "mysql", "mariadb")
def test_every_text_is_compared_by_code_point(database):
    query, expected = COLLATIONS[database.kind]
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(query or _OF_MYSQL)
        found = {(table, column): collation for table, column, collation in cursor.fetchall()}
    texts = {(t.name, c.name) for t in metadata.tables.values() for c in t.c if isinstance(c.type, Text)}
    assert found.keys() == texts
    assert set(found.values()) == {expected}
