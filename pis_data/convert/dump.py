"""``schema dump``: the whole schema of the models as one readable script in a dialect's words.

Tables come in an order in which they can be created, each with its indexes and triggers; then foreign keys
that close a circle, the triggers that join tables, the rows that a new database starts with, and the
revision, so that ``pis-data db upgrade`` goes on from there. What the models say of tables and columns in
their own source stands beside them as SQL comments.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

from pis_data import schema
from pis_data.dialects import dialect_for
from pis_data.errors import InvalidValueError
from pis_data.schema import metadata
from pis_data.schema.seeds import SEEDS
from pis_data.schema.triggers import RULES, Routine

DIALECTS: Final = ("postgresql", "mysql", "mariadb", "sqlite")

_PROLOGUE: Final = {
    "postgresql": ("SET client_encoding = 'UTF8';", "BEGIN;"),
    "mysql": ("SET NAMES utf8mb4;", "SET time_zone = '+00:00';"),
    "mariadb": ("SET NAMES utf8mb4;", "SET time_zone = '+00:00';"),
    "sqlite": ("PRAGMA foreign_keys = OFF;", "BEGIN;"),
}
_EPILOGUE: Final = {"postgresql": "COMMIT;", "sqlite": "COMMIT;"}


def dump(dialect: str, *, revision: str | None = None) -> str:
    """Return the schema as a script for the database's own client.

    Args:
        dialect: ``postgresql``, ``mysql``, ``mariadb`` or ``sqlite``.
        revision: what ``alembic_version`` is to hold; without one, that table is left out.

    Raises:
        InvalidValueError: there is no such dialect.
    """
    if dialect not in DIALECTS:
        raise InvalidValueError(f"there is no dialect {dialect!r}: one of {', '.join(DIALECTS)}")
    parts = [_header(dialect), "\n".join(_PROLOGUE[dialect])]
    parts += _Writer(dialect).parts()
    if revision is not None:
        parts.append(_version(revision))
    if dialect in _EPILOGUE:
        parts.append(_EPILOGUE[dialect])
    return "\n\n".join(parts) + "\n"


def _header(dialect: str) -> str:
    return (
        f"-- The schema of PIS for {dialect}, made from the models in pis_data/schema.\n"
        f"-- Do not edit: pis-data schema dump --dialect {dialect}"
    )


def _version(revision: str) -> str:
    return (
        "-- The revision of this schema, for pis-data db upgrade\n"
        "CREATE TABLE alembic_version (\n"
        "  version_num VARCHAR(32) NOT NULL,\n"
        "  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n"
        ");\n"
        f"INSERT INTO alembic_version (version_num) VALUES ('{revision}');"
    )


class _Writer:
    """Writes the parts of the script, in the words of one dialect."""

    def __init__(self, name: str) -> None:
        self.name = name
        url = sa.engine.make_url(f"{dialect_for(name).drivers['sync']}://")
        self.dialect: sa.Dialect = url.get_dialect()(paramstyle="named")  # type: ignore[call-arg]
        self.rules = list(RULES)

    def parts(self) -> Iterator[str]:
        tables = self._ordered()
        yield from self._rules_without_table()
        for table in tables:
            yield self._table(table)
            yield from self._rules_of(table)
        for table in tables:
            yield from self._late_keys(table)
        yield from self._other_rules()
        for name, rows in SEEDS.items():
            yield self._rows(metadata.tables[name], rows)

    def _ordered(self) -> list[sa.Table]:
        """Parents first, and for the rest as the models have them."""
        return list(metadata.sorted_tables)

    def _sql(self, element: Any, **kw: Any) -> str:
        return str(element.compile(dialect=self.dialect, **kw)).strip()

    # -- tables ----------------------------------------------------------------------------------------

    def _table(self, table: sa.Table) -> str:
        notes = notes_of(table.name)
        lines = [f"-- {line}" for line in notes.table]
        create = self._sql(CreateTable(table, include_foreign_key_constraints=self._keys_inside(table)))
        head, *body = create.splitlines()
        lines.append(head)
        for line in body:
            bare = line.strip()
            if not bare:
                continue
            column = bare.split(" ", 1)[0].strip('"`')
            lines += [f"  -- {note}" for note in notes.columns.pop(column, ())]
            lines.append(bare if bare.startswith(")") else f"  {bare}")
        lines[-1] += ";"
        lines += [self._sql(CreateIndex(index)) + ";" for index in self._indexes(table)]
        return "\n".join(lines)

    def _keys_inside(self, table: sa.Table) -> list[sa.ForeignKeyConstraint]:
        """SQLite can't add a key later."""
        alters = self.dialect.supports_alter
        return [key for key in table.foreign_key_constraints if not (alters and key.use_alter)]

    def _indexes(self, table: sa.Table) -> list[sa.Index]:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        return [index for index in indexes if self._has_a_place(index)]

    def _has_a_place(self, index: sa.Index) -> bool:
        condition = index._ddl_if
        return condition is None or condition.dialect == self.name

    def _late_keys(self, table: sa.Table) -> Iterator[str]:
        if not self.dialect.supports_alter:
            return
        for constraint in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            if constraint.use_alter:
                # else SQLAlchemy leaves it out of its table from now on, for this whole process
                added = AddConstraint(constraint, isolate_from_table=False)
                yield f"{self._sql(added)};"

    # -- triggers --------------------------------------------------------------------------------------

    def _rules_without_table(self) -> Iterator[str]:
        """The functions that triggers of many tables share."""
        yield from self._routines(lambda routines: all(routine.table is None for routine in routines))

    def _rules_of(self, table: sa.Table) -> Iterator[str]:
        """The rules that need this table only."""
        yield from self._routines(lambda routines: {routine.table for routine in routines} == {table.name})

    def _other_rules(self) -> Iterator[str]:
        yield from self._routines(lambda routines: True)

    def _routines(self, wanted: Any) -> Iterator[str]:
        for rule in list(self.rules):
            routines = rule.on(self.name)
            if routines and not wanted(routines):
                continue
            self.rules.remove(rule)
            yield from (self._routine(routine) for routine in routines)

    def _routine(self, routine: Routine) -> str:
        if self.name in ("mysql", "mariadb"):
            return f"DELIMITER //\n{routine.create} //\nDELIMITER ;"
        return f"{routine.create};"

    # -- rows ------------------------------------------------------------------------------------------

    def _rows(self, table: sa.Table, rows: Any) -> str:
        """One INSERT that leaves alone the rows that are there, one row a line."""
        columns = list(rows[0])
        preparer = self.dialect.identifier_preparer
        names = ", ".join(preparer.quote(name) for name in columns)
        lines = [
            "  (" + ", ".join(self._value(table.c[name], row[name]) for name in columns) + ")" for row in rows
        ]
        key = preparer.quote(columns[0])
        conflict = (
            f"ON DUPLICATE KEY UPDATE {key} = {key}"
            if self.name in ("mysql", "mariadb")
            else "ON CONFLICT DO NOTHING"
        )
        return (
            f"INSERT INTO {preparer.quote(table.name)} ({names}) VALUES\n"
            + ",\n".join(lines)
            + f"\n{conflict};"
        )

    def _value(self, column: sa.Column[Any], value: Any) -> str:
        return self._sql(sa.literal(value, column.type), compile_kwargs={"literal_binds": True})


# -- what the models' source says --------------------------------------------------------------------


@dataclass
class Notes:
    """What stands beside a table: lines of text, and per column."""

    table: list[str] = field(default_factory=list)
    columns: dict[str, list[str]] = field(default_factory=dict)


def notes_of(table: str) -> Notes:
    """The notes on a table; empty ones if its source is not there to be read."""
    found = _all_notes().get(table, Notes())
    return Notes(list(found.table), {name: list(lines) for name, lines in found.columns.items()})


@cache
def _all_notes() -> dict[str, Notes]:
    notes: dict[str, Notes] = {}
    prefix = f"{schema.__name__}."
    for name, module in sorted(sys.modules.items()):
        if name.startswith(prefix) and module is not None:
            try:
                source = inspect.getsource(module)
            except (OSError, TypeError):
                continue
            notes.update(_notes_in(source))
    return notes


def _notes_in(source: str) -> dict[str, Notes]:
    """By table: the docstring of its class of columns, and the ``#:`` comments above the columns."""
    tree = ast.parse(source)
    comments = {
        token.start[0]: token.string.removeprefix("#:").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and token.string.startswith("#:")
    }
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    found = {}
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name("Table"), args=[ast.Constant(str() as table), _, ast.Name(columns), *_]
            ) if columns in classes:
                found[table] = _notes_of_class(classes[columns], comments)
    return found


def _notes_of_class(node: ast.ClassDef, comments: dict[int, str]) -> Notes:
    notes = Notes(_plain(ast.get_docstring(node) or ""))
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            line = item.lineno - 1
            lines: list[str] = []
            while line in comments:
                lines.insert(0, comments[line].replace("``", ""))
                line -= 1
            if lines:
                notes.columns[item.target.id] = lines
    return notes


def _plain(docstring: str) -> list[str]:
    return [re.sub(r"``", "", line).rstrip() for line in docstring.splitlines() if line.strip()]
