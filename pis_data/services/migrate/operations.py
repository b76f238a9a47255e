"""What revisions can do beyond Alembic's own operations.

``op.create_rule``, ``op.drop_rule``
    the triggers of a rule (`pis_data.schema.triggers`), sent or printed like any DDL, undone by each other
``op.insert_missing``
    rows that are not there yet
``op.create_gin_index``
    an index into arrays or documents, where the server has such a thing

Importing this module registers them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic.operations import MigrateOperation, Operations
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler

from pis_data.schema.triggers import Rule


class RoutineDDL(ExecutableDDLElement):
    """A statement that creates or drops a trigger or a function, sent as it stands."""

    def __init__(self, sql: str) -> None:
        self.sql = sql


@compiles(RoutineDDL)
def _compile_routine(element: RoutineDDL, compiler: DDLCompiler, **_: Any) -> str:
    doubles_percents: bool = compiler.preparer._double_percents
    return element.sql.replace("%", "%%") if doubles_percents else element.sql


@Operations.register_operation("create_rule")
class CreateRuleOp(MigrateOperation):
    """Create the triggers (and functions) of a rule, where the dialect has any."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @classmethod
    def create_rule(cls, operations: Operations, rule: Rule) -> None:
        """Create the triggers of a rule."""
        operations.invoke(cls(rule))

    def reverse(self) -> DropRuleOp:
        """The operation that undoes this one."""
        return DropRuleOp(self.rule)

    def to_diff_tuple(self) -> tuple[str, str]:
        """How a comparison shows it."""
        return "add_trigger", self.rule.name


@Operations.register_operation("drop_rule")
class DropRuleOp(MigrateOperation):
    """Drop the triggers (and functions) of a rule, the last created first."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @classmethod
    def drop_rule(cls, operations: Operations, rule: Rule) -> None:
        """Drop the triggers of a rule."""
        operations.invoke(cls(rule))

    def reverse(self) -> CreateRuleOp:
        """The operation that undoes this one."""
        return CreateRuleOp(self.rule)

    def to_diff_tuple(self) -> tuple[str, str]:
        """How a comparison shows it."""
        return "remove_trigger", self.rule.name


@Operations.implementation_for(CreateRuleOp)
def _create_rule(operations: Operations, operation: CreateRuleOp) -> None:
    for routine in operation.rule.on(operations.get_context().dialect.name):
        operations.get_context().impl.execute(RoutineDDL(routine.create))


@Operations.implementation_for(DropRuleOp)
def _drop_rule(operations: Operations, operation: DropRuleOp) -> None:
    for routine in reversed(operation.rule.on(operations.get_context().dialect.name)):
        operations.get_context().impl.execute(RoutineDDL(routine.drop))


@Operations.register_operation("insert_missing")
class InsertMissingOp(MigrateOperation):
    """Insert rows, leaving alone those whose key (any unique one) is there already."""

    def __init__(self, table: sa.TableClause, rows: Sequence[Mapping[str, Any]]) -> None:
        self.table = table
        self.rows = rows

    @classmethod
    def insert_missing(
        cls, operations: Operations, table: sa.TableClause, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert rows that are not there yet; all rows have the same columns, the first is the key's."""
        operations.invoke(cls(table, rows))


def _ignoring_conflicts(insert: Any) -> sa.Insert:
    statement: sa.Insert = insert.on_conflict_do_nothing()
    return statement


def _keeping_the_key(insert: mysql.Insert) -> sa.Insert:
    # not INSERT IGNORE, which would let through values that don't fit
    key = next(iter(insert.table.c))
    return insert.on_duplicate_key_update({key.name: key})


_INSERT_MISSING: Final[Mapping[str, Callable[[sa.TableClause], sa.Insert]]] = {
    "postgresql": lambda table: _ignoring_conflicts(postgresql.insert(table)),
    "sqlite": lambda table: _ignoring_conflicts(sqlite.insert(table)),
    "mysql": lambda table: _keeping_the_key(mysql.insert(table)),
    "mariadb": lambda table: _keeping_the_key(mysql.insert(table)),
}


@Operations.implementation_for(InsertMissingOp)
def _insert_missing(operations: Operations, operation: InsertMissingOp) -> None:
    insert = _INSERT_MISSING[operations.get_context().dialect.name](operation.table)
    operations.get_context().impl.execute(insert.values([dict(row) for row in operation.rows]))


@Operations.register_operation("create_gin_index")
class CreateGinIndexOp(MigrateOperation):
    """Create an index into the elements of a column; nothing where the server has none of that kind."""

    def __init__(self, name: str, table: str, column: str) -> None:
        self.name = name
        self.table = table
        self.column = column

    @classmethod
    def create_gin_index(cls, operations: Operations, name: str, table: str, column: str) -> None:
        """Create an index into the elements of an array or a document."""
        operations.invoke(cls(name, table, column))


_HAVE_GIN: Final = frozenset({"postgresql"})


@Operations.implementation_for(CreateGinIndexOp)
def _create_gin_index(operations: Operations, operation: CreateGinIndexOp) -> None:
    if operations.get_context().dialect.name not in _HAVE_GIN:
        return
    table = sa.Table(operation.table, sa.MetaData(), sa.Column(operation.column))
    index = sa.Index(operation.name, table.c[operation.column], postgresql_using="gin")
    operations.get_context().impl.execute(CreateIndex(index))
