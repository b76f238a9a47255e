"""What a database says of itself, from its own catalogs: one set of facts for each kind of thing."""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..databases import Database

Facts = dict[str, set[tuple[Any, ...]]]

_MYSQL = {
    "tables": "SELECT table_name, engine, table_collation, table_comment FROM information_schema.tables"
    " WHERE table_schema = database() AND table_type = 'BASE TABLE'",
    "columns": "SELECT table_name, ordinal_position, column_name, column_type, is_nullable, column_default, extra,"
    " collation_name, generation_expression, column_comment FROM information_schema.columns"
    " WHERE table_schema = database()",
    "indexes": "SELECT table_name, index_name, seq_in_index, column_name, non_unique, collation, sub_part, index_type"
    " FROM information_schema.statistics WHERE table_schema = database()",
    "keys": "SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints"
    " WHERE table_schema = database()",
    "foreign keys": "SELECT k.table_name, k.constraint_name, k.column_name, k.ordinal_position,"
    " k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule"
    " FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r"
    " ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name"
    " WHERE k.constraint_schema = database() AND k.referenced_table_name IS NOT NULL",
    "checks": "SELECT constraint_name, check_clause FROM information_schema.check_constraints"
    " WHERE constraint_schema = database()",
    "triggers": "SELECT trigger_name, event_object_table, action_timing, event_manipulation, action_statement"
    " FROM information_schema.triggers WHERE trigger_schema = database()",
    "views": "SELECT table_name FROM information_schema.views WHERE table_schema = database()",
}
_OURS = "connamespace = 'public'::regnamespace"
_POSTGRESQL = {
    "columns": "SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
    " a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), coll.collname"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
    " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
    " LEFT JOIN pg_collation coll ON coll.oid = a.attcollation"
    " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)"
    f" FROM pg_constraint WHERE {_OURS}",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal AND c.relnamespace = 'public'::regnamespace",
    "functions": "SELECT proname, prosrc, proconfig::text, prorettype::regtype::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
}


def facts(database: Database) -> Facts:
    """Everything that the catalogs say of the schema, Alembic's own table aside."""
    with database.connect() as connection:
        queries = _POSTGRESQL if database.kind == "postgresql" else _MYSQL
        return {what: _rows(connection, query) for what, query in queries.items()}


def _rows(connection: Any, query: str) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
    return {row for row in rows if "alembic_version" not in row and "alembic_version_pkc" not in row}


def _plain(value: Any) -> Any:
    """Texts without the spaces in which equal definitions may differ."""
    if isinstance(value, bytes):
        value = value.decode()
    return re.sub(r"\s+", " ", value) if isinstance(value, str) else value


def differences(left: Facts, right: Facts) -> list[str]:
    """What only one of two has, in words."""
    return [
        f"{what}: only {side}: {row}"
        for what in left
        for side, rows in (("left", left[what] - right[what]), ("right", right[what] - left[what]))
        for row in _sorted(rows)
    ]


def _sorted(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=str)


def all_rows(database: Database, tables: Iterable[str]) -> dict[str, list[str]]:
    """The rows of tables, each as text that is the same on every database, in order."""
    found = {}
    with database.connect() as connection, connection.cursor() as cursor:
        if database.kind == "postgresql":  # a document as its text: its null is not SQL's
            from psycopg.types.string import TextLoader

            cursor.adapters.register_loader("jsonb", TextLoader)
            cursor.adapters.register_loader("json", TextLoader)
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            found[table] = sorted(_row_text(dict(zip(names, row, strict=True))) for row in cursor.fetchall())
    return found


def _row_text(row: dict[str, Any]) -> str:
    import datetime as dt
    import json
    from uuid import UUID

    def text(value: Any) -> str:
        if isinstance(value, bytes):
            return str(UUID(bytes=value)) if len(value) == 16 else value.hex()
        if isinstance(value, bool):
            return str(int(value))
        if isinstance(value, dt.datetime):
            return "moment"  # that of loading
        if isinstance(value, (dict, list)):
            return json.dumps(value, sort_keys=True, ensure_ascii=False)
        if isinstance(value, str) and value[:1] in '[{"tfn0123456789-':
            try:
                return json.dumps(json.loads(value), sort_keys=True, ensure_ascii=False)
            except ValueError:
                return value
        return str(value)

    return ", ".join(f"{name}={text(value)}" for name, value in sorted(row.items()))
