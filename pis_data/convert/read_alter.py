"""ALTER TABLE and ALTER SEQUENCE, TYPE, DOMAIN …: changes to what was declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pis_data.convert.grammar import Cursor
from pis_data.convert.model import Check, Column, Key, Table
from pis_data.convert.read_tables import column_definition, known_column, set_default, table_constraint

if TYPE_CHECKING:
    from pis_data.convert.read import Reading

_OWNER: Final = "MySQL's tables have no owner; who may do what is granted to accounts"
_STORAGE: Final = "a setting of how PostgreSQL stores the table; it changes no answer"


def alter_table(cursor: Cursor, reading: Reading) -> None:
    """``ALTER TABLE``; the cursor stands behind TABLE."""
    if_there = cursor.accept("IF", "EXISTS")
    cursor.accept("ONLY")
    name = cursor.name()
    reading.named("ALTER TABLE", str(name))
    cursor.accept("*")
    if _sequence_or_view(cursor, reading, name):
        return
    if _of_partition(cursor, reading, name):
        return
    if name not in reading.schema.tables and (if_there or _says_nothing_of_columns(cursor)):
        verdict = _general(cursor, reading, None)
        if not verdict:
            reading.dropped("there is no such table here, and IF EXISTS allows that")
            cursor.rest()
        return
    table = reading.table_of(cursor, name)
    cursor.items(lambda: _action(cursor, reading, table))
    cursor.expect_end()


def _sequence_or_view(cursor: Cursor, reading: Reading, name: object) -> bool:
    """pg_dump writes OWNER of sequences and views as ALTER TABLE too."""
    if cursor.word() == "OWNER":
        cursor.rest()
        reading.dropped(_OWNER)
        return True
    return False


def _of_partition(cursor: Cursor, reading: Reading, name: object) -> bool:
    parent = reading.schema.partitions.get(name)  # type: ignore[call-overload]
    if parent is None:
        return False
    cursor.rest()
    reading.dropped(f"the rows of this partition are kept in {parent}, whose own keys hold for them")
    return True


def _says_nothing_of_columns(cursor: Cursor) -> bool:
    return cursor.word() in ("OWNER", "REPLICA", "CLUSTER", "ENABLE", "DISABLE", "FORCE")


def _general(cursor: Cursor, reading: Reading, table: Table | None) -> bool:
    """Actions that say nothing of columns."""
    if cursor.accept("OWNER", "TO"):
        cursor.identifier()
        reading.dropped(_OWNER)
    elif cursor.accept("ENABLE", "ROW", "LEVEL", "SECURITY"):
        reading.manual(
            "row-level security: MySQL has none; whoever reads or writes this table must apply its policies "
            "(the report's checklist has them)"
        )
    elif cursor.accept("FORCE", "ROW", "LEVEL", "SECURITY"):
        reading.manual("row-level security, for the table's owner too: MySQL has none")
    elif cursor.accept("DISABLE", "ROW", "LEVEL", "SECURITY") or cursor.accept(
        "NO", "FORCE", "ROW", "LEVEL", "SECURITY"
    ):
        reading.dropped("MySQL has no row-level security to switch off")
    elif cursor.accept("REPLICA", "IDENTITY"):
        if cursor.accept("USING", "INDEX"):
            cursor.identifier()
        else:
            cursor.identifier()
        reading.dropped("a setting of PostgreSQL's own replication")
    elif (
        cursor.accept("CLUSTER", "ON")
        or cursor.accept("SET", "ACCESS", "METHOD")
        or cursor.accept("SET", "TABLESPACE")
        or cursor.accept("SET", "WITHOUT")
    ):
        cursor.identifier()
        reading.dropped(_STORAGE)
    elif cursor.accept_any("SET LOGGED", "SET UNLOGGED"):
        reading.dropped(_STORAGE)
    elif cursor.word() in ("SET", "RESET") and cursor.word(1) == "(":
        cursor.position += 1
        cursor.skip_options()
        reading.dropped(_STORAGE)
    elif cursor.word() in ("ENABLE", "DISABLE") and cursor.word(1) in (
        "TRIGGER",
        "REPLICA",
        "ALWAYS",
        "RULE",
    ):
        _trigger_switch(cursor, reading, table)
    else:
        return False
    return True


def _trigger_switch(cursor: Cursor, reading: Reading, table: Table | None) -> None:
    enabled = cursor.word() == "ENABLE"
    while cursor.word() in ("ENABLE", "DISABLE", "REPLICA", "ALWAYS", "TRIGGER", "RULE"):
        cursor.position += 1
    which = cursor.identifier()
    if enabled:
        reading.dropped("a MySQL trigger is always enabled")
        return
    if table is not None:
        gone = [
            t for t in reading.schema.triggers if t.table == table.name and which in (t.name, "all", "user")
        ]
        for trigger in gone:
            reading.schema.triggers.remove(trigger)
            reading.accounts.dropped(trigger.origin, f"disabled at line {reading.line}")
    reading.adapted("a MySQL trigger can't be disabled: it is left out")


def _action(cursor: Cursor, reading: Reading, table: Table) -> None:
    if cursor.accept("ADD"):
        _add(cursor, reading, table)
    elif cursor.accept("ALTER"):
        cursor.accept("COLUMN")
        column = table.columns[known_column(cursor, table, cursor.identifier())]
        _alter_column(cursor, reading, table, column)
    elif cursor.accept("DROP"):
        _drop(cursor, reading, table)
    elif cursor.accept("RENAME"):
        _rename(cursor, reading, table)
    elif cursor.accept("VALIDATE", "CONSTRAINT"):
        cursor.identifier()
        reading.dropped("a MySQL constraint is valid from the start")
    elif cursor.accept("ALTER", "CONSTRAINT"):
        cursor.rest()
        reading.adapted("DEFERRABLE: MySQL checks each row at once")
    elif cursor.accept("ATTACH", "PARTITION"):
        _attach(cursor, reading, table)
    elif cursor.accept("INHERIT"):
        parent = cursor.name()
        reading.manual(f"it inherits from {parent}: MySQL has no inheritance")
    elif cursor.accept("SET", "SCHEMA"):
        reading.rename_table(table, table.name._replace(schema=_plain(cursor.identifier())))
    elif not _general(cursor, reading, table):
        raise cursor.problem()


def _plain(schema: str) -> str:
    return "" if schema == "public" else schema


def _attach(cursor: Cursor, reading: Reading, table: Table) -> None:
    partition = cursor.name()
    if table.name in (partition, reading.rows_of(partition)):
        raise cursor.problem(f"{partition} can't be a partition of itself")
    cursor.rest()
    reading.make_partition(partition, table.name)
    reading.adapted(f"the rows of {partition} are kept in {table.name} itself")


def _add(cursor: Cursor, reading: Reading, table: Table) -> None:
    if table_constraint(cursor, reading, table):
        return
    cursor.accept("COLUMN")
    if cursor.accept("IF", "NOT", "EXISTS"):
        begin = cursor.position
        if cursor.identifier() in table.columns:
            _skip_definition(cursor)
            reading.adapted("the column is there already, declared above")
            return
        cursor.position = begin
    column_definition(cursor, reading, table)


def _skip_definition(cursor: Cursor) -> None:
    while cursor.word() != "," and not cursor.at_end:
        if cursor.word() == "(":
            cursor.skip_parentheses()
        else:
            cursor.position += 1


def _alter_column(cursor: Cursor, reading: Reading, table: Table, column: Column) -> None:
    if cursor.accept("SET", "DEFAULT"):
        set_default(reading, column, cursor.parsed(*cursor.until(lambda _: False)))
    elif cursor.accept("DROP", "DEFAULT"):
        column.default = None
        column.identity = None
    elif cursor.accept("SET", "NOT", "NULL"):
        column.nullable = False
    elif cursor.accept("DROP", "NOT", "NULL"):
        column.nullable = True
    elif cursor.accept("SET", "DATA", "TYPE") or cursor.accept("TYPE"):
        column.type = cursor.type()
        if cursor.accept("COLLATE"):
            column.collation = cursor.name().name
        if cursor.accept("USING"):
            cursor.until(lambda _: False)
            reading.adapted(f"{column.name}: made with its new type at once, so USING has no rows to convert")
    elif cursor.accept("ADD", "GENERATED"):
        how = cursor.accept_any("ALWAYS", "BY DEFAULT")
        cursor.expect("AS", "IDENTITY")
        if cursor.word() == "(":
            cursor.skip_options()
        column.identity, column.nullable = ("always" if how == "ALWAYS" else "default"), False
        reading.adapted(f"{column.name}: GENERATED … AS IDENTITY is AUTO_INCREMENT")
    elif cursor.accept("DROP", "IDENTITY"):
        cursor.accept("IF", "EXISTS")
        column.identity = None
    elif cursor.accept("DROP", "EXPRESSION"):
        cursor.accept("IF", "EXISTS")
        column.generated = None
    elif cursor.accept_any("SET STATISTICS"):
        cursor.number()
        reading.dropped(_STORAGE)
    elif cursor.accept_any("SET STORAGE", "SET COMPRESSION"):
        cursor.identifier()
        reading.dropped(_STORAGE)
    elif cursor.word() in ("SET", "RESET") and cursor.word(1) == "(":
        cursor.position += 1
        cursor.skip_options()
        reading.dropped(_STORAGE)
    else:
        raise cursor.problem()


def _drop(cursor: Cursor, reading: Reading, table: Table) -> None:
    if cursor.accept("CONSTRAINT"):
        cursor.accept("IF", "EXISTS")
        name = cursor.identifier()
        cursor.accept_any("CASCADE", "RESTRICT")
        reading.name_constraints(table)
        table.keys = [key for key in table.keys if key.name != name]
        table.foreign_keys = [key for key in table.foreign_keys if key.name != name]
        table.checks = [check for check in table.checks if check.name != name]
        return
    cursor.accept("COLUMN")
    if_there = cursor.accept("IF", "EXISTS")
    column = cursor.identifier()
    cursor.accept_any("CASCADE", "RESTRICT")
    if column not in table.columns:
        if not if_there:
            raise cursor.problem(f"{table.name} has no column {column!r}")
        reading.dropped("there is no such column here, and IF EXISTS allows that")
        return
    del table.columns[column]
    table.keys = [key for key in table.keys if column not in key.columns]
    table.foreign_keys = [key for key in table.foreign_keys if column not in key.columns]
    table.checks = [check for check in table.checks if not _mentions(check, column)]
    reading.schema.indexes = [
        index
        for index in reading.schema.indexes
        if index.table != table.name or all(part.column != column for part in index.parts)
    ]


def _mentions(check: Check, column: str) -> bool:
    from sqlglot import exp

    return any(node.name == column for node in check.expression.find_all(exp.Column))


def _rename(cursor: Cursor, reading: Reading, table: Table) -> None:
    if cursor.accept("TO"):
        reading.rename_table(table, table.name._replace(name=cursor.identifier()))
        return
    if cursor.accept("CONSTRAINT"):
        old = cursor.identifier()
        cursor.expect("TO")
        new = cursor.identifier()
        reading.name_constraints(table)
        found: list[Key | Check] = [*table.keys, *table.checks]
        for constraint in [*found, *table.foreign_keys]:
            if constraint.name == old:
                constraint.name = new
        return
    cursor.accept("COLUMN")
    old = known_column(cursor, table, cursor.identifier())
    cursor.expect("TO")
    reading.rename_column(table, old, cursor.identifier())
