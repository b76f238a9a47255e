"""Whether a database is as the models say: Alembic's comparison, and what it leaves out.

Server defaults are compared as the servers give them back, CHECKs by name, and triggers and functions by
their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import CreateTableOp, ModifyTableOps, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.runtime.plugins import Plugin
from alembic.util import PriorityDispatchResult
from sqlalchemy import Connection

from pis_data.schema import metadata
from pis_data.schema.triggers import RULES, Routine, Rule
from pis_data.services.migrate.journal import JOURNAL_TABLE
from pis_data.services.migrate.operations import CreateRuleOp, DropRuleOp

_PLUGIN: Final = Plugin("pis_data.rules")


def options() -> dict[str, Any]:
    """What Alembic's contexts are configured with, for comparisons as for runs."""
    return {
        "target_metadata": metadata,
        "compare_type": True,
        "compare_server_default": _differs,
        "include_name": _is_ours,
        "include_object": _has_a_place,
        "autogenerate_plugins": [
            "alembic.autogenerate.*",
            "alembic.ext.checkconstraint_byname",
            _PLUGIN.name,
        ],
    }


def _is_ours(name: str | None, kind: str, parents: Mapping[str, Any]) -> bool:
    return not (kind == "table" and name == JOURNAL_TABLE)


def _has_a_place(item: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Whether an index of the models is for PostgreSQL only, and found on PostgreSQL only."""
    return kind != "index" or reflected or item._ddl_if is None or other is not None


# -- server defaults ---------------------------------------------------------------------------------


def _differs(
    context: MigrationContext,
    inspected: sa.Column[Any],
    model: sa.Column[Any],
    inspected_default: str | None,
    model_default: Any,
    rendered: str | None,
) -> bool:
    """Whether a column's default differs from the model's in more than spelling."""
    return _plain(inspected_default) != _plain(rendered)


def _plain(default: str | None) -> str | None:
    """A default without what the servers add to it: casts, character sets, quotes, parentheses, spaces."""
    if default is None:
        return None
    text = re.sub(r"::[a-z ]+(\(\d+\))?", "", default.lower())
    text = re.sub(r"_utf8mb4\\?(?=')|_utf8mb3\\?(?=')", "", text)
    text = re.sub(r"[\\\s'()`\"]", "", text)
    return {"true": "1", "false": "0"}.get(text, text)


# -- triggers and functions --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A trigger or function that the database has: ``text`` in the form that `wanted` gives too."""

    name: str
    table: str | None
    text: str


def stored(connection: Connection, dialect: str) -> dict[str, Stored]:
    """The triggers of the database, and PostgreSQL's functions of ours, by name."""
    found = (Stored(name, table, _squeezed(text)) for name, table, text in _STORED[dialect](connection))
    return {routine.name: routine for routine in found}


def wanted(routine: Routine) -> str:
    """The text by which a routine of the models is compared: of a function, what stands between ``$$``."""
    return _squeezed(routine.create if routine.table else routine.create.split("$$")[1])


def _squeezed(text: str) -> str:
    """SQL without what servers add or leave out when they give a trigger back."""
    return re.sub(r"::\w+|[\s()]", "", text).lower()


def _on_postgresql(connection: Connection) -> Iterator[tuple[str, str | None, str]]:
    triggers = connection.exec_driver_sql(
        "SELECT t.tgname, c.relname, c.oid::regclass::text, pg_get_triggerdef(t.oid) FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    for name, table, _, text in triggers:
        yield name, table, re.sub(rf" ON (\w+\.)?{table} ", f" ON {table} ", text, count=1)
    functions = connection.exec_driver_sql(
        "SELECT proname, prosrc FROM pg_proc WHERE prorettype = 'trigger'::regtype "
        "AND starts_with(proname, 'pis_') AND pronamespace = current_schema()::regnamespace"
    )
    yield from ((name, None, text) for name, text in functions)


def _on_mysql(connection: Connection) -> Iterator[tuple[str, str | None, str]]:
    rows = connection.exec_driver_sql(
        "SELECT trigger_name, action_timing, event_manipulation, event_object_table, action_statement "
        "FROM information_schema.triggers WHERE trigger_schema = database()"
    )
    for name, timing, event, table, statement in rows:
        yield name, table, f"CREATE TRIGGER {name} {timing} {event} ON {table} FOR EACH ROW {statement}"


def _on_sqlite(connection: Connection) -> Iterator[tuple[str, str | None, str]]:
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    yield from ((name, table, text) for name, table, text in rows)


_STORED: Final[Mapping[str, Callable[[Connection], Iterator[tuple[str, str | None, str]]]]] = {
    "postgresql": _on_postgresql,
    "mysql": _on_mysql,
    "mariadb": _on_mysql,
    "sqlite": _on_sqlite,
}


def compare_rules(context: AutogenContext, upgrade_ops: UpgradeOps) -> PriorityDispatchResult:
    """Add the operations that would make the database's triggers those of the models."""
    assert context.connection is not None
    dialect = context.dialect.name
    found = stored(context.connection, dialect)
    known: set[str] = set()
    for rule in RULES:
        routines = rule.on(dialect)
        known |= {routine.name for routine in routines}
        there = {routine.name: found[routine.name].text for routine in routines if routine.name in found}
        if there != {routine.name: wanted(routine) for routine in routines}:
            old = tuple(routine for routine in routines if routine.name in there)
            if old:
                upgrade_ops.ops.append(DropRuleOp(Rule(rule.name, {dialect: old})))
            upgrade_ops.ops.append(CreateRuleOp(rule))
    for name in sorted(found.keys() - known):
        upgrade_ops.ops.append(DropRuleOp(Rule(name, {dialect: (_unknown(found[name]),)})))
    return PriorityDispatchResult.CONTINUE


def _unknown(routine: Stored) -> Routine:
    """A trigger that is not ours: on our tables it may change what ours keep true."""
    return Routine(routine.name, routine.table, "", f"DROP TRIGGER {routine.name}")


_PLUGIN.add_autogenerate_comparator(compare_rules, "autogenerate")


@renderers.dispatch_for(CreateRuleOp)
def _render_create(context: AutogenContext, operation: CreateRuleOp) -> str:
    return _rendered("create_rule", context, operation.rule)


@renderers.dispatch_for(DropRuleOp)
def _render_drop(context: AutogenContext, operation: DropRuleOp) -> str:
    return _rendered("drop_rule", context, operation.rule)


def _rendered(name: str, context: AutogenContext, rule: Rule) -> str:
    context.imports.add(f"from pis_data.schema.triggers import {rule.name.partition('(')[0]}")
    return f"op.{name}({rule.name})"


# -- in words ----------------------------------------------------------------------------------------


def differences(context: MigrationContext) -> list[str]:
    """What Alembic would change to make the database as the models say, one line each; empty if nothing."""
    script = produce_migrations(context, metadata)
    assert script.upgrade_ops is not None
    operations = script.upgrade_ops.ops
    missing = {operation.table_name for operation in operations if isinstance(operation, CreateTableOp)}
    return [
        line
        for operation in operations
        # the indexes of a table that is missing are no news
        if not (isinstance(operation, ModifyTableOps) and operation.table_name in missing)
        for line in _in_words(operation)
    ]


def _in_words(operation: Any) -> Iterator[str]:
    if isinstance(operation, ModifyTableOps):
        for each in operation.ops:
            yield from _in_words(each)
        return
    diff = operation.to_diff_tuple()
    for kind, *details in diff if isinstance(diff, list) else [diff]:
        match details:
            case [_, table, column, dict(), old, new]:
                what = f"{table}.{column} is {_shown(old)}, should be {_shown(new)}"
            case [_, table, sa.Column() as column]:
                what = f"{table}.{column.name}"
            case [thing, *_]:
                what = _shown(thing)
        yield f"{kind.replace('_', ' ')}: {what}"


def _shown(thing: Any) -> str:
    if isinstance(thing, sa.DefaultClause):
        return str(getattr(thing.arg, "text", None) or getattr(thing.arg, "name", thing.arg))
    table = getattr(thing, "table", None)
    name = getattr(thing, "name", thing)
    return f"{table.name}.{name}" if isinstance(table, sa.Table) else str(name)
