"""Statements of MySQL's and MariaDB's, as mysqldump and SHOW CREATE TABLE write them, into the model.

The columns get PostgreSQL's types at once: BINARY(16) is UUID, TINYINT(1) is BOOLEAN, DATETIME is TIMESTAMPTZ
in UTC, as pis_data's own tables have it.
"""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sqlglot import exp

from pis_data.convert.grammar import Cursor, SyntaxProblem, parse_expression
from pis_data.convert.known import squeezed
from pis_data.convert.model import (
    Accounts,
    Check,
    Column,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Rows,
    Schema,
    Table,
    Type,
)
from pis_data.convert.mysql_expressions import postgresql_words
from pis_data.convert.mysql_split import split_mysql
from pis_data.convert.names import made_name
from pis_data.convert.read import Reading
from pis_data.convert.read_rows import Omitted, Plain
from pis_data.convert.split import Statement, Token
from pis_data.convert.target import Unsupported
from pis_data.schema.triggers import RULES, Rule

_TYPES: Final = {
    "int": "integer", "integer": "integer", "mediumint": "integer", "smallint": "smallint", "tinyint": "smallint",
    "bigint": "bigint", "bool": "boolean", "boolean": "boolean", "float": "real", "double": "double precision",
    "text": "text", "tinytext": "text", "mediumtext": "text", "longtext": "text", "json": "jsonb", "date": "date",
    "blob": "bytea", "tinyblob": "bytea", "mediumblob": "bytea", "longblob": "bytea", "varbinary": "bytea",
    "binary": "bytea", "datetime": "timestamptz", "timestamp": "timestamptz", "time": "time", "year": "smallint",
    "varchar": "varchar", "char": "char", "decimal": "numeric", "numeric": "numeric", "bit": "bit", "uuid": "uuid",
    "inet6": "inet", "inet4": "inet",
}  # fmt: skip
_WIDER: Final = {"smallint": "integer", "integer": "bigint", "bigint": "numeric"}
_NOISE: Final = ("VISIBLE", "STORED", "PERSISTENT", "VIRTUAL")


def read_mysql(source: str) -> tuple[Reading, list[Rule]]:
    """Read a script; return with it the rules of PIS's own triggers that it has whole."""
    script = split_mysql(source)
    entries: list[dict[str, Any]] = [
        {"line": each.line, "kind": "", "name": "", "verdict": "", "why": ""} for each in script.statements
    ]
    reading = Reading(script, Schema(), Accounts(entries))
    there = {squeezed(each.text): origin for origin, each in enumerate(script.statements)}
    rules = []
    for rule in RULES:
        for target in ("mysql", "mariadb"):
            prints = [squeezed(routine.create) for routine in rule.on(target)]
            if prints and all(each in there for each in prints):
                rules.append(rule)
                for each in prints:
                    reading.accounts.adapted(there[each], "PIS's own rule, as PostgreSQL has it")
                break
    rules = _with_what_is_postgresqls_alone(rules)
    known = {
        squeezed(routine.create) for rule in rules for t in ("mysql", "mariadb") for routine in rule.on(t)
    }
    for origin, statement in enumerate(script.statements):
        reading.origin = origin
        _Statement(statement, reading, known).read()
    for table in reading.schema.tables.values():
        reading.name_constraints(table)
    return reading, rules


def _with_what_is_postgresqls_alone(found: list[Rule]) -> list[Rule]:
    """The rules found, with their functions; if all are there, those too that MySQL needs none of."""
    if not found:
        return []
    alone = [rule for rule in RULES if not rule.on("mysql") and not rule.on("mariadb")]
    whole = len(found) + len(alone) == len(RULES)
    shared = [rule for rule in alone if whole or all(each.table is None for each in rule.on("postgresql"))]
    return [rule for rule in RULES if rule in found or rule in shared]


class _Statement:
    """Reads one statement."""

    def __init__(self, statement: Statement, reading: Reading, known: set[str]) -> None:
        self.cursor = Cursor(statement)
        self.reading = reading
        self.known = known

    def read(self) -> None:
        cursor, reading = self.cursor, self.reading
        reading.named(" ".join(filter(None, (cursor.word(), cursor.word(1)))) or "?", "")
        try:
            self._dispatch()
        except SyntaxProblem as problem:
            line, column = reading.script.place(problem.offset)
            reading.errors.append((reading.origin, line, column, str(problem)))
            reading.manual(f"line {line}, column {column}: {problem}")
        except Unsupported as problem:
            reading.manual(str(problem))

    def _dispatch(self) -> None:
        cursor, reading = self.cursor, self.reading
        if cursor.accept("CREATE", "TABLE"):
            self._create_table()
        elif found := cursor.accept_any("CREATE INDEX", "CREATE UNIQUE INDEX"):
            name = cursor.identifier()
            reading.named("CREATE INDEX", name)
            cursor.expect("ON")
            table = reading.table_of(cursor, cursor.name())
            self._index(table, name, unique="UNIQUE" in found)
        elif cursor.accept("ALTER", "TABLE"):
            self._alter()
        elif cursor.accept_any("INSERT INTO", "INSERT IGNORE INTO", "REPLACE INTO"):
            self._insert()
        elif cursor.word() in ("SET", "LOCK", "UNLOCK", "USE", "START", "BEGIN", "COMMIT", "ANALYZE"):
            reading.dropped("a setting of MySQL's session, not of the schema")
        elif cursor.word() in ("GRANT", "REVOKE", "FLUSH"):
            reading.dropped("rights are granted to PostgreSQL's roles after loading")
        elif cursor.word() == "DROP" or (cursor.word() == "CREATE" and cursor.word(1) == "DATABASE"):
            reading.dropped("the new database has none of these")
        elif cursor.word() == "ALTER" and cursor.word(1) == "DATABASE":
            reading.dropped("PostgreSQL's databases have their settings from their making")
        elif squeezed(cursor.statement.text) in self.known:
            reading.named("CREATE TRIGGER", cursor.tokens[2].text)
        else:
            reading.manual("write it anew for PostgreSQL: only tables, indexes, keys and rows are converted")

    # -- tables ----------------------------------------------------------------------------------------

    def _create_table(self) -> None:
        cursor, reading = self.cursor, self.reading
        cursor.accept("IF", "NOT", "EXISTS")
        name = cursor.name()
        reading.named("CREATE TABLE", str(name))
        table = Table(name, reading.origin)
        reading.schema.tables[name] = table
        cursor.expect("(")
        cursor.items(lambda: self._element(table))
        cursor.expect(")")
        while not cursor.at_end:
            if cursor.accept("COMMENT"):
                cursor.accept("=")
                table.comment = cursor.string()
            elif cursor.accept("PARTITION"):
                cursor.rest()
                reading.adapted("not partitioned: one table holds all rows")
            else:
                cursor.position += 1

    def _element(self, table: Table) -> None:
        cursor = self.cursor
        name = None
        if cursor.accept("CONSTRAINT") and cursor.word() not in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK"):
            name = cursor.identifier()
        if cursor.accept("PRIMARY", "KEY"):
            table.keys.append(Key(self._columns(table), self.reading.origin, name, True))
            self._options()
        elif cursor.accept_any("UNIQUE KEY", "UNIQUE INDEX", "UNIQUE"):
            if cursor.word() != "(":
                name = cursor.identifier()
            table.keys.append(Key(self._columns(table), self.reading.origin, name))
            self._options()
        elif cursor.accept("FOREIGN", "KEY"):
            self._foreign_key(table, name)
        elif cursor.accept("CHECK"):
            self._check(table, name)
        elif cursor.accept_any("FULLTEXT KEY", "FULLTEXT INDEX", "SPATIAL KEY", "SPATIAL INDEX"):
            cursor.identifier()
            cursor.skip_parentheses()
            self._options()
            self.reading.adapted("a FULLTEXT or SPATIAL index is left out: it changes no answer")
        elif cursor.word() in ("KEY", "INDEX") and cursor.tokens[cursor.position].kind == "word":
            cursor.position += 1
            self._index(table, "" if cursor.word() == "(" else cursor.identifier(), unique=False)
        else:
            self._column(table)

    def _columns(self, table: Table) -> list[str]:
        def part() -> str:
            if self.cursor.word() == "(":
                raise Unsupported("a key of an expression: make a unique index of it on PostgreSQL")
            found = self.cursor.identifier()
            if self.cursor.word() == "(":
                self.cursor.skip_parentheses()
                self.reading.adapted(f"the key holds the whole of {found}, not its beginning")
            self.cursor.accept_any("ASC", "DESC")
            if found not in table.columns:
                raise self.cursor.problem(f"{table.name} has no column {found!r}")
            return found

        if self.cursor.accept("USING"):
            self.cursor.identifier()
        return self.cursor.in_parentheses(part)

    def _options(self) -> None:
        while self.cursor.word() not in (",", ")", ""):
            self.cursor.position += 1

    def _index(self, table: Table, name: str, *, unique: bool) -> None:
        cursor = self.cursor
        parts: list[IndexPart] = []

        def part() -> None:
            if cursor.word() == "(":
                raise Unsupported(f"{name}: an index of an expression: make it anew on PostgreSQL")
            column = cursor.identifier()
            if cursor.word() == "(":
                cursor.skip_parentheses()
            found = exp.column(exp.to_identifier(column, quoted=True))
            parts.append(IndexPart(found, column, cursor.accept_any("ASC", "DESC") == "DESC"))

        if cursor.accept("USING"):
            cursor.identifier()
        cursor.in_parentheses(part)
        self._options()
        name = name or made_name(table.name.name, "_".join(str(each.column) for each in parts), "idx")
        self.reading.schema.indexes.append(Index(name, table.name, parts, self.reading.origin, unique))

    def _foreign_key(self, table: Table, name: str | None) -> None:
        cursor = self.cursor
        if cursor.word() != "(":
            name = cursor.identifier()
        columns = cursor.names()
        cursor.expect("REFERENCES")
        key = ForeignKey(columns, cursor.name(), cursor.names(), self.reading.origin, name)
        while cursor.accept("ON"):
            on_delete = cursor.accept_any("DELETE", "UPDATE") == "DELETE"
            action = cursor.accept_any("CASCADE", "SET NULL", "RESTRICT", "NO ACTION", "SET DEFAULT")
            action = None if action in ("NO ACTION", None) else action
            if on_delete:
                key.on_delete = action
            else:
                key.on_update = action
        table.foreign_keys.append(key)

    def _check(self, table: Table, name: str | None) -> None:
        text = self.cursor.parenthesized()
        self.cursor.accept("NOT", "ENFORCED")
        self.cursor.accept("ENFORCED")
        try:
            words = postgresql_words(text, table)
        except (Unsupported, SyntaxProblem) as problem:
            self.reading.manual(f"CHECK {name or ''} was not converted ({problem})")
            return
        table.checks.append(Check(parse_expression(words), self.reading.origin, name))

    # -- columns ---------------------------------------------------------------------------------------

    def _column(self, table: Table) -> None:
        cursor, reading = self.cursor, self.reading
        name = cursor.identifier()
        column = Column(name, self._type(table, name), reading.origin)
        table.columns[name] = column
        while cursor.word() not in (",", ")", ""):
            self._column_option(table, column)

    def _type(self, table: Table, column: str) -> Type:
        cursor = self.cursor
        word = cursor.identifier()
        if word == "double":
            cursor.accept("PRECISION")
        arguments: list[str] = []
        if cursor.word() == "(":
            begin, end = cursor.skip_parentheses()
            values = [token.text for token in cursor.tokens[begin:end] if token.kind in ("number", "string")]
            arguments = values
        unsigned = False
        while True:
            if cursor.accept("UNSIGNED") or cursor.accept("ZEROFILL"):
                unsigned = True
            elif cursor.accept("CHARACTER", "SET") or cursor.accept("CHARSET") or cursor.accept("COLLATE"):
                cursor.identifier()
            else:
                break
        if word in ("enum", "set"):
            return self._listed(table, column, word, arguments)
        if word == "tinyint" and arguments == ["1"]:
            return Type("boolean")
        if word == "binary" and arguments == ["16"]:
            self.reading.adapted(f"{column}: BINARY(16) is UUID")
            return Type("uuid")
        if word not in _TYPES:
            raise Unsupported(f"{column}: PostgreSQL has no type like {word}: choose one")
        found = _TYPES[word]
        if unsigned and found in _WIDER:
            self.reading.adapted(f"{column}: UNSIGNED {found} is {_WIDER[found]}")
            return Type(_WIDER[found])
        if found == "timestamptz":
            self.reading.adapted(f"{column}: {word.upper()} is TIMESTAMPTZ, its moments in UTC")
        keeps = found in ("varchar", "char", "numeric", "bit")
        return Type(found, tuple(arguments) if keeps else ())

    def _listed(self, table: Table, column: str, word: str, values: list[str]) -> Type:
        if word == "set":
            raise Unsupported(f"{column}: PostgreSQL has no SET: use text[]")
        name = exp.column(exp.to_identifier(column, quoted=True))
        expression = exp.In(this=name, expressions=[exp.Literal.string(value) for value in values])
        table.checks.append(Check(expression, self.reading.origin, None, column))
        self.reading.adapted(f"{column}: ENUM is VARCHAR with a CHECK of its values")
        return Type("varchar", (str(max(map(len, values), default=1)),))

    def _column_option(self, table: Table, column: Column) -> None:
        cursor, reading = self.cursor, self.reading
        if cursor.accept("NOT", "NULL"):
            column.nullable = False
        elif cursor.accept("NULL") or cursor.accept_any(*_NOISE):
            pass
        elif cursor.accept("INVISIBLE"):
            reading.adapted(f"{column.name}: PostgreSQL has no invisible columns")
        elif cursor.accept("DEFAULT"):
            column.default = self._default(column)
        elif cursor.accept("ON", "UPDATE"):
            self._moment()
            reading.manual(f"{column.name}: ON UPDATE: make a BEFORE UPDATE trigger that sets it")
        elif cursor.accept("AUTO_INCREMENT"):
            column.identity, column.nullable = "default", False
            reading.adapted(f"{column.name}: AUTO_INCREMENT is GENERATED BY DEFAULT AS IDENTITY")
        elif cursor.accept("COMMENT"):
            column.comment = cursor.string()
        elif cursor.accept("GENERATED", "ALWAYS", "AS") or cursor.accept("AS"):
            column.generated = parse_expression(postgresql_words(cursor.parenthesized(), table))
            if cursor.word() != "STORED":
                reading.adapted(f"{column.name}: a generated column that is stored")
        elif cursor.accept("PRIMARY", "KEY"):
            table.keys.append(Key([column.name], reading.origin, None, True))
        elif cursor.accept_any("UNIQUE KEY", "UNIQUE"):
            table.keys.append(Key([column.name], reading.origin))
        elif cursor.word() == "CHECK" and self._is_json(column):
            column.type = Type("jsonb")  # which MariaDB writes as LONGTEXT with that CHECK
            cursor.position += 1
            cursor.skip_parentheses()
        elif cursor.accept("CHECK"):
            self._check(table, None)
        elif cursor.accept("COLLATE"):
            cursor.identifier()
        else:
            raise cursor.problem()

    def _is_json(self, column: Column) -> bool:
        begin = self.cursor.position + 2
        texts = [token.text for token in self.cursor.tokens[begin : begin + 4]]
        return [text.lower() for text in texts[:2]] == ["json_valid", "("] and texts[2:3] == [column.name]

    def _moment(self) -> None:
        self.cursor.identifier()
        if self.cursor.word() == "(":
            self.cursor.skip_parentheses()

    def _default(self, column: Column) -> exp.Expr:
        cursor = self.cursor
        begin = cursor.position
        if cursor.word() == "(":
            cursor.skip_parentheses()
        else:
            cursor.accept("-")
            introducer = cursor.word().startswith("_")
            cursor.position += 1 + introducer
            if cursor.word() == "(":
                cursor.skip_parentheses()
        tokens = [each for each in cursor.tokens[begin : cursor.position] if each.text not in ("(", ")")]
        plain = re.sub(r"[\s()\d]", "", cursor.source(begin, cursor.position).lower())
        if plain in ("utc_timestamp", "current_timestamp", "now", "curdate", "utc_date"):
            return parse_expression("now()" if "date" not in plain else "CURRENT_DATE")
        if plain in ("uuid_to_binuuid", "unhexsys_guid", "uuid"):
            return parse_expression("gen_random_uuid()")
        tokens = [each for each in tokens if not (each.kind == "word" and each.text.startswith("_"))]
        if len(tokens) == 1 or (len(tokens) == 2 and tokens[0].text == "-"):
            return _literal(tokens, column.type.name)
        raise Unsupported(f"{column.name}: its default {cursor.source(begin, cursor.position)[:60]}")

    # -- ALTER TABLE, INSERT ---------------------------------------------------------------------------

    def _alter(self) -> None:
        cursor, reading = self.cursor, self.reading
        table = reading.table_of(cursor, cursor.name())
        reading.named("ALTER TABLE", str(table.name))

        def action() -> None:
            if cursor.accept("ADD"):
                cursor.accept("COLUMN")
                self._element(table)
            elif cursor.accept_any("DISABLE KEYS", "ENABLE KEYS"):
                reading.dropped("how MySQL fills a table; it changes no answer")
            elif cursor.accept("AUTO_INCREMENT"):
                cursor.accept("=")
                number = int(cursor.number())
                reading.schema.next_numbers[table.name] = (number, reading.origin)
            else:
                raise Unsupported("this change of a table was not converted")

        cursor.items(action)

    def _insert(self) -> None:
        cursor, reading = self.cursor, self.reading
        table = reading.table_of(cursor, cursor.name())
        reading.named("INSERT", str(table.name))
        names = cursor.names() if cursor.word() == "(" else [
            column.name for column in table.columns.values() if column.generated is None
        ]  # fmt: skip
        if not cursor.accept("VALUES") and not cursor.accept("VALUE"):
            raise Unsupported("an INSERT of a query: write it anew for PostgreSQL")
        rows = Rows(table.name, names, reading.origin)
        kinds = [table.columns[name].type.name for name in names if name in table.columns]
        if len(kinds) != len(names):
            raise cursor.problem(f"{table.name} has no such columns")
        rows.rows = cursor.items(lambda: list(self._row(kinds)))
        if cursor.accept("ON", "DUPLICATE", "KEY", "UPDATE"):
            words = cursor.rest().replace("`", "").replace(f"{table.name}.", "")
            left, _, right = (part.strip() for part in words.partition("="))
            if left != right:
                raise Unsupported("ON DUPLICATE KEY UPDATE: name the key it is of, in ON CONFLICT")
            from pis_data.convert.model import Conflict

            rows.conflict = Conflict([])
            reading.adapted("ON DUPLICATE KEY UPDATE of nothing is ON CONFLICT DO NOTHING")
        reading.schema.rows.append(rows)

    def _row(self, kinds: list[str]) -> Iterator[Any]:
        cursor = self.cursor
        cursor.expect("(")
        for number, kind in enumerate(kinds):
            if number:
                cursor.expect(",")
            tokens = []
            while cursor.word() not in (",", ")"):
                token = cursor.token()
                if not (token.kind == "word" and token.text.startswith("_")):
                    tokens.append(token)
                cursor.position += 1
            yield _value(tokens, kind)
        cursor.expect(")")


def _literal(tokens: list[Token], kind: str) -> exp.Expr:
    found = _value(tokens, kind)
    if found is None:
        return exp.Null()
    if isinstance(found, Plain):
        return parse_expression(found)
    return exp.Literal.string(found)


def _value(tokens: list[Token], kind: str) -> Any:
    """A literal for a column of PostgreSQL's: text, None, or a plain number or truth value."""
    text = "".join(token.text for token in tokens)
    first = tokens[-1]
    if first.kind == "word":
        upper = text.upper()
        if upper in ("NULL", "DEFAULT"):
            return None if upper == "NULL" else Omitted
        if upper in ("TRUE", "FALSE"):
            return Plain(upper.lower() if kind == "boolean" else str(int(upper == "TRUE")))
        raise Unsupported(f"the value {text[:40]}")
    if first.kind == "bits" or text.startswith("0x"):
        return _of_bits(text, kind)
    if kind == "boolean" and text in ("0", "1"):
        return Plain("true" if text == "1" else "false")
    if len(tokens) > 2 or (len(tokens) == 2 and tokens[0].text != "-"):
        raise Unsupported(f"the value {text[:40]}")
    if first.kind == "number":
        return Plain(text)
    if kind == "timestamptz" and not re.search(r"[+-]\d\d:?\d\d$|Z$", text):
        return f"{text}+00"
    return text


def _of_bits(text: str, kind: str) -> Any:
    digits = text[2:] if text.startswith("0x") else text[2:-1]
    if text[0] in "bB":
        return Plain("true" if digits == "1" else "false") if kind == "boolean" else digits
    if kind == "uuid":
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
    return f"\\x{digits}"
