"""Statement by statement into the model, with a verdict on each: what PostgreSQL was told.

`read` never stops at a statement that it can't read: the statement's verdict is then ``manual``, with line
and column of what is wrong, and the rest is read all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pis_data.convert import read_alter, read_objects, read_rows, read_tables
from pis_data.convert.grammar import Cursor, SyntaxProblem
from pis_data.convert.model import Accounts, Check, ForeignKey, Key, Name, Schema, Table
from pis_data.convert.names import made_name
from pis_data.convert.split import Script, Statement, split


class LeftOut(Exception):
    """The statement is of a table, or the like, that has no counterpart here; the message says which."""


@dataclass
class Reading:
    """What has been read so far, and of which statement something is being said."""

    script: Script
    schema: Schema
    accounts: Accounts
    origin: int = 0
    #: statements that could not be read: origin, line, column, message
    errors: list[tuple[int, int, int, str]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The line of the present statement."""
        return int(self.accounts.entries[self.origin]["line"])

    def named(self, kind: str, name: str) -> None:
        """Say what the present statement is."""
        self.accounts.entries[self.origin].update(kind=kind, name=name)

    def adapted(self, why: str) -> None:
        """Something of the present statement was changed."""
        self.accounts.adapted(self.origin, why)

    def manual(self, why: str) -> None:
        """Something of the present statement must be done by hand."""
        self.accounts.manual(self.origin, why)

    def dropped(self, why: str) -> None:
        """The present statement was left out, or a part of it, and nothing is lost by that."""
        self.accounts.dropped(self.origin, why)

    # -- tables ----------------------------------------------------------------------------------------

    def add_table(self, table: Table) -> None:
        """Take a new table."""
        self.schema.tables[table.name] = table

    def table_of(self, cursor: Cursor, name: Name) -> Table:
        """The table of this name. Raises SyntaxProblem if none was declared."""
        found = self.schema.tables.get(name)
        if found is None and name in self.schema.left_out:
            raise LeftOut(f"it is of {name}, which is to be made by hand")
        if found is None:
            raise cursor.problem(f"there is no table {name} above")
        return found

    def rows_of(self, name: Name) -> Name:
        """The table that the rows of this one are kept in: another one for a partition."""
        while name in self.schema.partitions:
            name = self.schema.partitions[name]
        return name

    def make_partition(self, partition: Name, parent: Name) -> None:
        """A table was attached as a partition: its rows belong to its parent."""
        table = self.schema.tables.pop(partition, None)
        self.schema.partitions[partition] = parent
        if table is not None:
            why = f"a partition of {parent} (line {self.line}), in which its rows are kept"
            self.accounts.replace_dropped(table.origin, "adapted", why)
        for index in [index for index in self.schema.indexes if index.table == partition]:
            self.schema.indexes.remove(index)
            self.accounts.dropped(index.origin, f"the indexes of {parent} serve this partition's rows")
        for rows in self.schema.rows:
            if rows.table == partition:
                rows.table = parent

    def rename_table(self, table: Table, new: Name) -> None:
        """Give a table another name, wherever it is mentioned."""
        self.name_constraints(table)
        old, table.name = table.name, new
        self.schema.tables = {each.name: each for each in self.schema.tables.values()}
        for other in self.schema.tables.values():
            for key in other.foreign_keys:
                key.table = new if key.table == old else key.table
        for index in self.schema.indexes:
            index.table = new if index.table == old else index.table
        for rows in self.schema.rows:
            rows.table = new if rows.table == old else rows.table

    def rename_column(self, table: Table, old: str, new: str) -> None:
        """Give a column another name, wherever it is mentioned."""
        self.name_constraints(table)
        table.columns[old].name = new
        table.columns = {column.name: column for column in table.columns.values()}
        keys: list[Key | ForeignKey] = [*table.keys, *table.foreign_keys]
        for key in keys:
            key.columns = [new if column == old else column for column in key.columns]
        for other in self.schema.tables.values():
            for reference in other.foreign_keys:
                if reference.table == table.name:
                    reference.referred = [new if column == old else column for column in reference.referred]
        expressions = [check.expression for check in table.checks]
        expressions += [column.generated for column in table.columns.values() if column.generated is not None]
        for index in self.schema.indexes:
            if index.table == table.name:
                for part in index.parts:
                    part.column = new if part.column == old else part.column
                    expressions.append(part.expression)
                if index.where is not None:
                    expressions.append(index.where)
        for expression in expressions:
            _rename_in(expression, old, new)

    def name_constraints(self, table: Table) -> None:
        """Give the constraints of a table the names that PostgreSQL gives them."""
        found: list[Key | ForeignKey | Check] = [*table.keys, *table.checks, *table.foreign_keys]
        taken = {each.name for each in found if each.name}
        for constraint in found:
            if constraint.name is None:
                constraint.name = made_name(table.name.name, *_label(constraint), taken)
                taken.add(constraint.name)

    def sequence_used(self, sequence: Name, origin: int) -> None:
        """A column takes its numbers from a sequence, which thereby is needed no longer."""
        found = self.schema.sequences.get(sequence)
        if found is not None:
            self.accounts.replace_dropped(
                found.origin, "adapted", "AUTO_INCREMENT of the column it numbers takes its place"
            )


def _rename_in(expression: Any, old: str, new: str) -> None:
    from sqlglot import exp

    for node in expression.find_all(exp.Column):
        if node.name == old:
            node.set("this", exp.to_identifier(new, quoted=True))


def _label(constraint: Key | ForeignKey | Check) -> tuple[str, str]:
    """The columns and the ending of PostgreSQL's name for a constraint."""
    if isinstance(constraint, Key):
        return ("", "pkey") if constraint.primary else ("_".join(constraint.columns), "key")
    if isinstance(constraint, ForeignKey):
        return "_".join(constraint.columns), "fkey"
    from sqlglot import exp

    columns = {node.name for node in constraint.expression.find_all(exp.Column)}
    if constraint.column:
        return constraint.column, "check"
    return (columns.pop() if len(columns) == 1 else ""), "check"


# -- which statement ---------------------------------------------------------------------------------

_Handler = Callable[[Cursor, Reading], None]

_SESSION: Final = "a setting of PostgreSQL's session, not of the schema"
_RIGHTS: Final = "rights are granted to MySQL's accounts after loading; a new database gives none to anybody"
_TRANSACTION: Final = "on MySQL each declaration commits by itself"
_UPKEEP: Final = "upkeep of PostgreSQL's own files"
_REPLICATION: Final = "PostgreSQL's own replication (for a feed of changes: pis-data watch)"
_SERVER: Final = "accounts and databases are the server's, not the schema's"


def _drop(why: str) -> _Handler:
    def handle(cursor: Cursor, reading: Reading) -> None:
        cursor.rest()
        reading.dropped(why)

    return handle


def _by_hand(why: str) -> _Handler:
    def handle(cursor: Cursor, reading: Reading) -> None:
        cursor.rest()
        reading.manual(why)

    return handle


def _left_out(why: str) -> _Handler:
    def handle(cursor: Cursor, reading: Reading) -> None:
        cursor.accept("IF", "NOT", "EXISTS")
        reading.schema.left_out.add(cursor.name())
        cursor.rest()
        reading.manual(why)

    return handle


def _create_table(cursor: Cursor, reading: Reading) -> None:
    read_tables.create_table(cursor, reading)


def _temporary(cursor: Cursor, reading: Reading) -> None:
    cursor.rest()
    reading.dropped("a temporary table is gone when the script ends")


def _unique_index(cursor: Cursor, reading: Reading) -> None:
    read_tables.create_index(cursor, reading, unique=True)


def _plain_index(cursor: Cursor, reading: Reading) -> None:
    read_tables.create_index(cursor, reading, unique=False)


_QUERY: Final = "write the query anew for MySQL, and compare its answers"

#: by their first words, longest first; each handler stands behind them
_HANDLERS: Final[dict[str, _Handler]] = {
    "CREATE TABLE": _create_table,
    "CREATE UNLOGGED TABLE": _create_table,
    "CREATE TEMPORARY TABLE": _temporary,
    "CREATE TEMP TABLE": _temporary,
    "CREATE FOREIGN TABLE": _left_out("MySQL has no foreign data wrappers; copy the rows, or use FEDERATED"),
    "CREATE UNIQUE INDEX": _unique_index,
    "CREATE INDEX": _plain_index,
    "CREATE TYPE": read_objects.create_type,
    "CREATE DOMAIN": read_objects.create_domain,
    "CREATE FUNCTION": read_objects.create_function,
    "CREATE OR REPLACE FUNCTION": read_objects.create_function,
    "CREATE PROCEDURE": read_objects.create_function,
    "CREATE OR REPLACE PROCEDURE": read_objects.create_function,
    "CREATE TRIGGER": read_objects.create_trigger,
    "CREATE OR REPLACE TRIGGER": read_objects.create_trigger,
    "CREATE CONSTRAINT TRIGGER": read_objects.create_trigger,
    "CREATE POLICY": read_objects.create_policy,
    "CREATE VIEW": read_objects.create_view,
    "CREATE OR REPLACE VIEW": read_objects.create_view,
    "CREATE MATERIALIZED VIEW": _left_out(
        "MySQL has no materialized views: keep a table that an event fills"
    ),
    "REFRESH MATERIALIZED VIEW": _by_hand("MySQL has no materialized views"),
    "CREATE SEQUENCE": read_objects.create_sequence,
    "CREATE SCHEMA": read_objects.create_schema,
    "CREATE EXTENSION": read_objects.create_extension,
    "CREATE PUBLICATION": _drop(_REPLICATION),
    "CREATE SUBSCRIPTION": _drop(_REPLICATION),
    "CREATE EVENT TRIGGER": _by_hand("MySQL has no triggers on declarations"),
    "CREATE RULE": _by_hand("MySQL has no rules; write a trigger"),
    "CREATE COLLATION": _by_hand("choose a collation of MySQL for the columns that use it"),
    "CREATE CAST": _by_hand("MySQL has no casts of one's own"),
    "CREATE AGGREGATE": _by_hand("MySQL has no aggregates of one's own"),
    "CREATE OPERATOR": _by_hand("MySQL has no operators of one's own"),
    "CREATE TEXT SEARCH": _by_hand("MySQL's FULLTEXT indexes have settings of their own"),
    "CREATE STATISTICS": _drop("a help for PostgreSQL's planner"),
    "CREATE ROLE": _drop(_SERVER),
    "CREATE USER": _drop(_SERVER),
    "CREATE DATABASE": _drop(_SERVER),
    "CREATE TABLESPACE": _drop(_SERVER),
    "CREATE SERVER": _by_hand("MySQL has no foreign data wrappers"),
    "CREATE LANGUAGE": _drop("MySQL's routines have one language"),
    "CREATE OR REPLACE LANGUAGE": _drop("MySQL's routines have one language"),
    "CREATE ACCESS METHOD": _drop(_UPKEEP),
    "ALTER TABLE": read_alter.alter_table,
    "ALTER INDEX": read_objects.alter_index,
    "ALTER SEQUENCE": read_objects.alter_sequence,
    "ALTER TYPE": read_objects.alter_type,
    "ALTER DOMAIN": read_objects.alter_domain,
    "ALTER DEFAULT PRIVILEGES": _drop(_RIGHTS),
    "ALTER PUBLICATION": _drop(_REPLICATION),
    "ALTER SUBSCRIPTION": _drop(_REPLICATION),
    "ALTER ROLE": _drop(_SERVER),
    "ALTER USER": _drop(_SERVER),
    "ALTER DATABASE": _drop(_SERVER),
    "ALTER SYSTEM": _drop(_SERVER),
    "ALTER EXTENSION": _drop("what the extension brings is replaced where it is used"),
    "ALTER": read_objects.alter_owner,
    "COMMENT ON": read_objects.comment,
    "DROP": read_objects.drop,
    "DO": read_objects.do_block,
    "INSERT INTO": read_rows.insert,
    "COPY": read_rows.copy,
    "SELECT": read_rows.select,
    "UPDATE": _by_hand("a change of rows that are there: run it on the target after loading"),
    "DELETE FROM": _by_hand("a change of rows that are there: run it on the target after loading"),
    "TRUNCATE": _drop("the new database has no rows"),
    "WITH": _by_hand(_QUERY),
    "CALL": _by_hand("a procedure of PostgreSQL"),
    "SET": _drop(_SESSION),
    "RESET": _drop(_SESSION),
    "DISCARD": _drop(_SESSION),
    "SHOW": _drop(_SESSION),
    "LOCK": _drop(_TRANSACTION),
    "BEGIN": _drop(_TRANSACTION),
    "START TRANSACTION": _drop(_TRANSACTION),
    "COMMIT": _drop(_TRANSACTION),
    "END": _drop(_TRANSACTION),
    "ROLLBACK": _by_hand("the script takes back what it did: what of it was meant?"),
    "SAVEPOINT": _drop(_TRANSACTION),
    "RELEASE": _drop(_TRANSACTION),
    "GRANT": _drop(_RIGHTS),
    "REVOKE": _drop(_RIGHTS),
    "REASSIGN OWNED": _drop(_RIGHTS),
    "SECURITY LABEL": _drop(_RIGHTS),
    "ANALYZE": _drop(_UPKEEP),
    "VACUUM": _drop(_UPKEEP),
    "REINDEX": _drop(_UPKEEP),
    "CLUSTER": _drop(_UPKEEP),
    "CHECKPOINT": _drop(_UPKEEP),
    "NOTIFY": _drop("nobody listens to a new database"),
    "LISTEN": _drop(_SESSION),
    "IMPORT FOREIGN SCHEMA": _by_hand("MySQL has no foreign data wrappers"),
}
_LONGEST: Final = max(len(words.split()) for words in _HANDLERS)


def handle(cursor: Cursor, reading: Reading) -> None:
    """Read one statement, whatever it is. Raises SyntaxProblem."""
    words = [cursor.word(index) for index in range(_LONGEST + 1)]
    for count in range(_LONGEST, 0, -1):
        kind = " ".join(words[:count])
        handler = _HANDLERS.get(kind)
        if handler is not None:
            if kind == "ALTER" and len(words) > 1:
                kind = f"ALTER {words[1]}"
            reading.named(_shown_kind(kind), _first_name(cursor, count))
            cursor.position += count
            handler(cursor, reading)
            return
    raise cursor.problem(f"no statement begins with {cursor.token().text[:30]!r}")


def _shown_kind(kind: str) -> str:
    return kind.replace(" OR REPLACE", "").replace("UNIQUE ", "").replace(" ON", "").replace(" INTO", "")


def _first_name(cursor: Cursor, count: int) -> str:
    """What stands behind the first words, as far as it looks like a name."""
    ahead = Cursor(cursor.statement, cursor.position + count)
    ahead.accept("IF", "NOT", "EXISTS")
    ahead.accept("IF", "EXISTS")
    try:
        return str(ahead.name())
    except SyntaxProblem:
        return ""


def read(source: str) -> Reading:
    """Read a script of PostgreSQL's."""
    script = split(source)
    entries: list[dict[str, Any]] = [
        {"line": statement.line, "kind": "", "name": "", "verdict": "", "why": ""}
        for statement in script.statements
    ]
    reading = Reading(script, Schema(), Accounts(entries))
    for origin, statement in enumerate(script.statements):
        reading.origin = origin
        _read_one(statement, reading)
    for table in reading.schema.tables.values():
        reading.name_constraints(table)
    return reading


def _read_one(statement: Statement, reading: Reading) -> None:
    first = statement.tokens[0]
    if first.kind == "meta":
        reading.named("PSQL", first.text.split()[0])
        reading.dropped("a command of psql itself, not of the server")
        return
    try:
        if statement.broken is not None:
            cursor = Cursor(statement)
            reading.named(" ".join(filter(None, (cursor.word(), cursor.word(1)))), "")
            raise SyntaxProblem(statement.broken, statement.broken_at or statement.start)
        handle(Cursor(statement), reading)
    except LeftOut as problem:
        reading.manual(str(problem))
    except SyntaxProblem as problem:
        if not reading.accounts.entries[reading.origin]["kind"]:
            reading.named(first.text.upper()[:30], "")
        line, column = reading.script.place(problem.offset)
        reading.errors.append((reading.origin, line, column, str(problem)))
        reading.manual(f"line {line}, column {column}: {problem}")
