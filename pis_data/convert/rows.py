"""Rows to insert, in the target's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from sqlglot import exp

from pis_data.convert import values
from pis_data.convert.expressions import Expressions
from pis_data.convert.model import Conflict, Rows
from pis_data.convert.output import OutColumn, OutTable
from pis_data.convert.queries import Queries
from pis_data.convert.read_rows import Omitted, Plain
from pis_data.convert.target import Unsupported, quoted_text
from pis_data.convert.triggers import refuse_chained

if TYPE_CHECKING:
    from pis_data.convert.lower import Lowering

_ROWS_AT_ONCE: Final = 500
_NUMBERS: Final = ("integer", "number")


def add_rows(lowering: Lowering) -> None:
    """All rows of the schema, and where numbering goes on."""
    for rows in lowering.schema.rows:
        out = lowering.out.tables.get(rows.table)
        if out is None:
            continue
        try:
            for statement in _statements(lowering, out, rows):
                lowering.out.steps.append((rows.origin, statement))
        except Unsupported as problem:
            lowering.accounts.manual(rows.origin, f"the rows were not converted: {problem}")
    _next_numbers(lowering)


def _statements(lowering: Lowering, out: OutTable, rows: Rows) -> Iterator[str]:
    kept = [
        (position, out.columns[column])
        for position, column in enumerate(rows.columns)
        if column in out.columns and out.columns[column].generated is None
    ]
    names = ", ".join(lowering.quote(column.name) for _, column in kept)
    begin = f"INSERT INTO {lowering.quote(out.name)} ({names})"
    if rows.select is not None:
        yield _of_query(lowering, out, rows, begin)
        return
    lines = []
    for number, row in enumerate(rows.rows):
        try:
            values_ = [_value(lowering, out, column, row[position]) for position, column in kept]
        except (Unsupported, ValueError) as problem:
            lowering.accounts.manual(rows.origin, f"row {number + 1} was left out: {problem}")
            continue
        lines.append(f"  ({', '.join(values_)})")
    alias = " AS new" if lowering.target.is_mysql and rows.conflict and rows.conflict.update else ""
    words = {"excluded": "new" if alias else "VALUES("}
    end = _on_conflict(lowering, out, rows, words)
    for start in range(0, len(lines), _ROWS_AT_ONCE):
        yield f"{begin} VALUES\n" + ",\n".join(lines[start : start + _ROWS_AT_ONCE]) + f"{alias}{end};"


def _of_query(lowering: Lowering, out: OutTable, rows: Rows, begin: str) -> str:
    assert rows.select is not None
    words = Queries(lowering)
    query = words.query(_typed(lowering, out, rows))
    lowering.say(rows.origin, "an INSERT of a query: each row is asked for again on the target")
    return f"{begin}\n{query}{_on_conflict(lowering, out, rows, {'excluded': 'VALUES('})};"


def _typed(lowering: Lowering, out: OutTable, rows: Rows) -> exp.Expr:
    """The query with plain literals in the form of the columns that they go to."""
    assert rows.select is not None
    query = rows.select.copy()
    if not isinstance(query, exp.Select):
        return query
    for position, selected in enumerate(query.expressions):
        bare = selected.this if isinstance(selected, exp.Alias) else selected
        column = out.columns.get(rows.columns[position]) if position < len(rows.columns) else None
        if (
            isinstance(bare, exp.Literal)
            and bare.is_string
            and column is not None
            and column.chosen.kind == "uuid"
        ):
            cast = exp.Cast(this=bare.copy(), to=exp.DataType.build("uuid"))
            query.expressions[position] = cast
    return query


def _value(lowering: Lowering, out: OutTable, column: OutColumn, value: Any) -> str:
    kind = column.chosen.kind
    if value is None:
        return "NULL"
    if value is Omitted:
        return "DEFAULT"
    if isinstance(value, exp.Expr):
        return _reckoned(lowering, column, value)
    words = Expressions(lowering.target, {})
    if kind == "boolean":
        return words.value(value, kind).lower()
    if isinstance(value, Plain):
        return str(value) if kind in (*_NUMBERS, "text") else quoted_text(value)
    if kind in _NUMBERS:
        return values.number_text(value.replace("$", "").replace(",", ""))
    return _text(lowering, column, value)


def _text(lowering: Lowering, column: OutColumn, value: str) -> str:
    kind = column.chosen.kind
    if kind == "bytes":
        return _bytes(column, value)
    if kind == "bits":
        return f"b'{value}'"
    if kind == "array":
        items = json.loads(values.array_items(value))
        element = lowering_kind(column)
        return quoted_text(json.dumps(values.numbered(items, element), ensure_ascii=False))
    if kind == "json" and column.chosen.note and column.chosen.note.startswith("HSTORE"):
        return quoted_text(values.hstore_document(value))
    if kind == "moment":
        return quoted_text(values.utc_text(value, aware=False))
    return Expressions(lowering.target, {}).value(value, kind)


def _bytes(column: OutColumn, value: str) -> str:
    if value.startswith("["):  # a vector
        import struct

        numbers = json.loads(value)
        return f"X'{struct.pack(f'<{len(numbers)}f', *numbers).hex()}'"
    return values.bytes_literal(value)


def lowering_kind(column: OutColumn) -> str:
    """What the items of a list are."""
    note = column.chosen.note or ""
    first = note.split("[", 1)[0].split("(", 1)[0].strip()
    if first in ("integer", "bigint", "smallint"):
        return "integer"
    if first in ("numeric", "real", "double precision"):
        return "number"
    return "boolean" if first == "boolean" else "text"


def _reckoned(lowering: Lowering, column: OutColumn, value: exp.Expr) -> str:
    bare: Any = value
    while isinstance(bare, (exp.Cast, exp.Paren)):
        bare = bare.this
    if isinstance(bare, exp.Literal) and bare.is_string and column.chosen.kind not in _NUMBERS:
        if column.chosen.kind == "boolean":
            return Expressions(lowering.target, {}).value(bare.this, "boolean").lower()
        return _text(lowering, column, bare.this)
    if isinstance(bare, (exp.ByteString, exp.BitString)):
        return _text(lowering, column, str(bare.this))
    if isinstance(bare, exp.Null):
        return "NULL"
    return Queries(lowering).sql(value)


def _on_conflict(lowering: Lowering, out: OutTable, rows: Rows, words: dict[str, str]) -> str:
    conflict = rows.conflict
    if conflict is None:
        return ""
    key = _key_column(out, rows, conflict)
    name = lowering.quote(key)
    if not conflict.update:
        lowering.say(
            rows.origin,
            "ON CONFLICT DO NOTHING is ON DUPLICATE KEY UPDATE of nothing, for any of the table's keys",
        )
        own = f"{lowering.quote(out.name)}.{name}"
        return f"\nON DUPLICATE KEY UPDATE {name} = {own}"
    scope = {"excluded": out.kinds(), out.name.lower(): out.kinds()}
    writer = Queries(lowering, scope, words=words)
    refuse_chained(conflict.update)
    sets = []
    for column, expression in conflict.update:
        own = f"{lowering.quote(out.name)}.{lowering.quote(column)}"
        text = writer.sql(_own_columns(expression, out))
        if conflict.where is not None:
            text = f"IF({writer.sql(_own_columns(conflict.where, out))}, {text}, {own})"
        sets.append(f"{lowering.quote(column)} = {text}")
    lowering.say(rows.origin, "ON CONFLICT DO UPDATE is ON DUPLICATE KEY UPDATE, for any of the table's keys")
    return f"\nON DUPLICATE KEY UPDATE {', '.join(sets)}"


def _own_columns(node: exp.Expr, out: OutTable) -> exp.Expr:
    """Columns without a table are the row's that is there."""

    def named(each: exp.Expr) -> exp.Expr:
        if isinstance(each, exp.Column) and (not each.table or each.table.lower() != "excluded"):
            return exp.column(each.this.copy(), table=exp.to_identifier(out.name, quoted=True))
        return each

    return node.copy().transform(named)


def _key_column(out: OutTable, rows: Rows, conflict: Conflict) -> str:
    for column in conflict.columns:
        if column in out.columns:
            return column
    if out.primary_key:
        return out.primary_key[1][0]
    return rows.columns[0]


def _next_numbers(lowering: Lowering) -> None:
    for sequence, (number, origin) in lowering.schema.next_numbers.items():
        owner = _numbered_by(lowering, sequence.name)
        if owner is None:
            lowering.accounts.manual(origin, f"no column is numbered by {sequence}")
            continue
        lowering.out.steps.append(
            (origin, f"ALTER TABLE {lowering.quote(owner.name)} AUTO_INCREMENT = {number};")
        )
        lowering.say(origin, f"AUTO_INCREMENT of {owner.name} goes on at {number}")


def _numbered_by(lowering: Lowering, sequence: str) -> OutTable | None:
    """The table whose numbered column takes its numbers from this sequence, by its default or by its name."""
    for table in lowering.schema.tables.values():
        for column in table.columns.values():
            made = f"{table.name.name}_{column.name}_seq"
            if column.identity and sequence == (column.sequence.name if column.sequence else made):
                return lowering.out.tables[table.name]
    return None
