"""INSERT, COPY and the SELECTs of a dump, read into the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pis_data.convert.grammar import Cursor, SyntaxProblem, in_schema, parse_query
from pis_data.convert.model import Conflict, Name, Rows, Table
from pis_data.convert.split import copied_rows

if TYPE_CHECKING:
    from pis_data.convert.read import Reading


class Omitted:
    """DEFAULT among values."""


def copy(cursor: Cursor, reading: Reading) -> None:
    """``COPY … FROM stdin`` with its data."""
    statement = cursor.statement
    if statement.data is None:
        cursor.rest()
        reading.manual("COPY from or to a file of the server: load the file with the target's own client")
        return
    name = cursor.name()
    reading.named("COPY", str(name))
    columns = cursor.names() if cursor.word() == "(" else []
    options = cursor.rest().upper()
    if "CSV" in options or "BINARY" in options:
        reading.manual("COPY data in CSV or binary form: dump them in text form")
        return
    table = reading.table_of(cursor, reading.rows_of(name))
    columns = _columns(cursor, table, columns)
    rows: list[list[Any]] = []
    for number, row in enumerate(copied_rows(statement)):
        if len(row) != len(columns):
            raise SyntaxProblem(
                f"row {number + 1} has {len(row)} fields for {len(columns)} columns", statement.start
            )
        rows.append(list(row))
    reading.schema.rows.append(Rows(table.name, columns, reading.origin, rows))


def _columns(cursor: Cursor, table: Table, columns: list[str]) -> list[str]:
    for column in columns:
        if column not in table.columns:
            raise cursor.problem(f"{table.name} has no column {column!r}")
    return columns or [column.name for column in table.columns.values() if column.generated is None]


def insert(cursor: Cursor, reading: Reading) -> None:
    """``INSERT``: rows of literals, or of a query."""
    name = cursor.name()
    reading.named("INSERT", str(name))
    if cursor.accept("AS"):
        cursor.identifier()
    table = reading.table_of(cursor, reading.rows_of(name))
    columns = cursor.names() if cursor.word() == "(" else []
    written = bool(columns)
    columns = _columns(cursor, table, columns)
    cursor.accept_any("OVERRIDING SYSTEM VALUE", "OVERRIDING USER VALUE")
    rows = Rows(table.name, columns, reading.origin)
    if cursor.accept("DEFAULT", "VALUES"):
        rows.columns, rows.rows = [], [[]]
    elif cursor.accept("VALUES"):
        rows.rows = cursor.items(lambda: cursor.in_parentheses(lambda: _value(cursor)))
        if not written:
            rows.columns = columns[: len(rows.rows[0])]
        for row in rows.rows:
            if len(row) != len(rows.columns):
                raise cursor.problem(f"a row has {len(row)} values for {len(rows.columns)} columns")
    elif cursor.word() in ("SELECT", "WITH", "("):
        begin, end = _query_end(cursor)
        try:
            rows.select = parse_query(cursor.source(begin, end))
        except SyntaxProblem as problem:
            raise SyntaxProblem(str(problem), cursor.tokens[begin].start + problem.offset) from None
    else:
        raise cursor.problem()
    if cursor.accept("ON", "CONFLICT"):
        rows.conflict = _conflict(cursor)
    if cursor.accept("RETURNING"):
        cursor.rest()
        reading.adapted("RETURNING is left out: MySQL gives nothing back")
    cursor.expect_end()
    reading.schema.rows.append(rows)


def _query_end(cursor: Cursor) -> tuple[int, int]:
    """The tokens of a query, to ON CONFLICT or RETURNING."""
    begin = cursor.position
    while not cursor.at_end:
        if cursor.word() == "(":
            cursor.skip_parentheses()
        elif (cursor.word() == "ON" and cursor.word(1) == "CONFLICT") or cursor.word() == "RETURNING":
            break
        else:
            cursor.position += 1
    return begin, cursor.position


def _value(cursor: Cursor) -> Any:
    """One value: text for a plain literal, None for NULL, else an expression."""
    token, following = cursor.token(), cursor.word(1)
    if following in (",", ")"):
        if token.kind == "string":
            cursor.position += 1
            return token.text
        if token.kind == "number":
            cursor.position += 1
            return Plain(token.text)
        word = cursor.word()
        if word in ("NULL", "TRUE", "FALSE", "DEFAULT"):
            cursor.position += 1
            return {"NULL": None, "DEFAULT": Omitted}.get(word, Plain(word.lower()))
    begin = cursor.position
    _pass_over(cursor)
    return cursor.parsed(begin, cursor.position)


def _pass_over(cursor: Cursor) -> None:
    depth = 0
    while not cursor.at_end and (depth or cursor.word() not in (",", ")")):
        depth += (cursor.word() in ("(", "[")) - (cursor.word() in (")", "]"))
        cursor.position += 1


class Plain(str):
    """A number or a truth value, as it is written: not quoted text."""

    __slots__ = ()


def _conflict(cursor: Cursor) -> Conflict:
    columns: list[str] = []
    constraint = None
    if cursor.accept("ON", "CONSTRAINT"):
        constraint = cursor.identifier()
    elif cursor.word() == "(":
        begin, end = cursor.skip_parentheses()
        words = [token for token in cursor.tokens[begin:end] if token.kind in ("word", "quoted")]
        columns = [t.text if t.kind == "quoted" else t.text.lower() for t in words]
        if cursor.accept("WHERE"):
            cursor.until(lambda c: c.word() == "DO")
    found = Conflict(columns, constraint)
    cursor.expect("DO")
    if cursor.accept("NOTHING"):
        return found
    cursor.expect("UPDATE", "SET")
    while True:
        column = cursor.identifier()
        cursor.expect("=")
        found.update.append(
            (column, cursor.parsed(*cursor.until(lambda c: c.word() in ("WHERE", "RETURNING"))))
        )
        if not cursor.accept(","):
            break
    if cursor.accept("WHERE"):
        found.where = cursor.parsed(*cursor.until(lambda c: c.word() == "RETURNING"))
    return found


_BEHIND_LARGEST: Final = re.compile(r"(?:pg_catalog\.)?setval\s*\(.*\bmax\s*\(", re.IGNORECASE)
_SETVAL: Final = re.compile(
    r"""^(?:pg_catalog\.)?setval\s*\(\s*'([^']+)'(?:::\w+)?\s*,\s*(-?\d+)\s*(?:,\s*(true|false)\s*)?\)$""",
    re.IGNORECASE,
)


def select(cursor: Cursor, reading: Reading) -> None:
    """``SELECT`` for what it does: where a sequence goes on, a setting."""
    text = " ".join(cursor.rest().split())
    if re.match(r"(pg_catalog\.)?set_config\s*\(", text, re.IGNORECASE):
        reading.named("SELECT", "set_config")
        reading.dropped("a setting of PostgreSQL's session, not of the schema")
        return
    found = _SETVAL.match(text)
    if found is None and _BEHIND_LARGEST.match(text):
        reading.named("SELECT", "setval")
        reading.dropped("AUTO_INCREMENT goes on behind the largest number by itself")
        return
    if found is None:
        reading.named("SELECT", "")
        reading.manual("a query for what it does: do that on the target")
        return
    parts = [part.strip('"') for part in found[1].split(".")]
    sequence = in_schema(parts[-2] if len(parts) > 1 else "", parts[-1])
    reading.named("SELECT", f"setval {sequence}")
    number = int(found[2]) + (found[3] is None or found[3].lower() == "true")
    reading.schema.next_numbers[sequence] = (number, reading.origin)


__all__ = ["Name", "Omitted", "Plain", "copy", "insert", "select"]
