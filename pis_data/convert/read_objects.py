"""Types, functions, triggers, policies, views, comments and the rest, read into the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pis_data.convert.grammar import Cursor, SyntaxProblem, parse_query
from pis_data.convert.model import Domain, Function, Name, Policy, Schema, Sequence, Trigger, View
from pis_data.convert.split import Statement, split

if TYPE_CHECKING:
    from pis_data.convert.read import Reading


# -- types -------------------------------------------------------------------------------------------


def create_type(cursor: Cursor, reading: Reading) -> None:
    """``CREATE TYPE``: an enum; others are to be done by hand."""
    name = cursor.name()
    reading.named("CREATE TYPE", str(name))
    if not cursor.accept("AS", "ENUM"):
        cursor.rest()
        reading.manual(
            "only enums have a counterpart: give the columns of this type columns of their own, or JSON"
        )
        return
    cursor.expect("(")
    values: list[str] = []
    if not cursor.accept(")"):
        values = cursor.items(cursor.string)
        cursor.expect(")")
    cursor.expect_end()
    reading.schema.enums[name] = values
    reading.adapted("columns of this type are VARCHAR with a CHECK of its values; they sort by their text")


def alter_type(cursor: Cursor, reading: Reading) -> None:
    """``ALTER TYPE``: an enum's values."""
    name = cursor.name()
    reading.named("ALTER TYPE", str(name))
    values = reading.schema.enums.get(name)
    if cursor.accept("OWNER", "TO"):
        cursor.identifier()
        reading.dropped("MySQL's columns have no owner")
    elif values is not None and cursor.accept("ADD", "VALUE"):
        if_missing = cursor.accept("IF", "NOT", "EXISTS")
        value = cursor.string()
        where = cursor.accept_any("BEFORE", "AFTER")
        position = len(values)
        if where:
            neighbour = cursor.string()
            if neighbour not in values:
                raise cursor.problem(f"{name} has no value {neighbour!r}")
            position = values.index(neighbour) + (where == "AFTER")
        if value not in values or not if_missing:
            values.insert(position, value)
        reading.adapted("the value is in the CHECK of the type's columns")
    elif values is not None and cursor.accept("RENAME", "VALUE"):
        old = cursor.string()
        if old not in values:
            raise cursor.problem(f"{name} has no value {old!r}")
        cursor.expect("TO")
        values[values.index(old)] = cursor.string()
        reading.adapted("the value is in the CHECK of the type's columns")
    elif cursor.accept("RENAME", "TO") and values is not None:
        reading.schema.enums[name._replace(name=cursor.identifier())] = reading.schema.enums.pop(name)
        reading.adapted("columns of this type are VARCHAR with a CHECK")
    elif cursor.accept("SET", "SCHEMA") and values is not None:
        reading.schema.enums[name._replace(schema=cursor.identifier())] = reading.schema.enums.pop(name)
        reading.adapted("columns of this type are VARCHAR with a CHECK")
    else:
        cursor.rest()
        reading.manual("only enums have a counterpart")


def create_domain(cursor: Cursor, reading: Reading) -> None:
    """``CREATE DOMAIN``: its columns get the base type and the CHECKs."""
    name = cursor.name()
    reading.named("CREATE DOMAIN", str(name))
    cursor.accept("AS")
    domain = Domain(cursor.type())
    while not cursor.at_end:
        if cursor.accept("CONSTRAINT"):
            cursor.identifier()
        if cursor.accept("NOT", "NULL"):
            domain.nullable = False
        elif cursor.accept("NULL"):
            pass
        elif cursor.accept("DEFAULT"):
            domain.default = cursor.default()
        elif cursor.accept("COLLATE"):
            cursor.name()
        elif cursor.accept("CHECK"):
            domain.checks.append(cursor.parenthesized_expression())
        else:
            raise cursor.problem()
    if _is_made_of(reading.schema, domain, name):
        raise cursor.problem(f"the domain {name} is made of itself")
    reading.schema.domains[name] = domain
    reading.adapted(f"columns of this domain are {domain.type} with its checks")


def _is_made_of(schema: Schema, domain: Domain | None, name: Name) -> bool:
    while domain is not None and domain.type.own is not None:
        if domain.type.own == name:
            return True
        domain = schema.domains.get(domain.type.own)
    return False


def alter_domain(cursor: Cursor, reading: Reading) -> None:
    """``ALTER DOMAIN``: its checks, default and NOT NULL."""
    name = cursor.name()
    reading.named("ALTER DOMAIN", str(name))
    domain = reading.schema.domains.get(name)
    if cursor.accept("OWNER", "TO"):
        cursor.identifier()
        reading.dropped("MySQL's columns have no owner")
        return
    if domain is None:
        raise cursor.problem(f"there is no domain {name} above")
    if cursor.accept("ADD"):
        if cursor.accept("CONSTRAINT"):
            cursor.identifier()
        cursor.expect("CHECK")
        domain.checks.append(cursor.parenthesized_expression())
        cursor.accept("NOT", "VALID")
    elif cursor.accept("SET", "NOT", "NULL"):
        domain.nullable = False
    elif cursor.accept("DROP", "NOT", "NULL"):
        domain.nullable = True
    elif cursor.accept("SET", "DEFAULT"):
        domain.default = cursor.parsed(*cursor.until(lambda _: False))
    elif cursor.accept("DROP", "DEFAULT"):
        domain.default = None
    elif cursor.accept("VALIDATE", "CONSTRAINT"):
        cursor.identifier()
    else:
        raise cursor.problem()
    cursor.expect_end()
    reading.adapted("it holds for the columns of this domain")


# -- functions and triggers --------------------------------------------------------------------------


def create_function(cursor: Cursor, reading: Reading) -> None:
    """``CREATE FUNCTION``: kept for its triggers, else to be done by hand."""
    kind = reading.accounts.entries[reading.origin]["kind"]
    name = cursor.name()
    reading.named(kind, str(name))
    parameters = _parameters(cursor)
    returns = language = body = ""
    while not cursor.at_end:
        if cursor.accept("RETURNS"):
            returns = _returned(cursor)
        elif cursor.accept("LANGUAGE"):
            token = cursor.token()
            language = token.text.lower()
            cursor.position += 1
        elif cursor.accept("AS"):
            body = cursor.string()
            if cursor.accept(","):
                cursor.string()
        elif cursor.accept("BEGIN", "ATOMIC") or cursor.accept("RETURN"):
            body = cursor.rest()
        elif cursor.word() == "(":
            cursor.skip_parentheses()
        else:
            cursor.position += 1
    reading.schema.functions[name] = Function(name, returns, language, body, reading.origin, parameters)


def _parameters(cursor: Cursor) -> tuple[str, ...]:
    """The names of a function's parameters; empty for one without."""
    begin, end = cursor.skip_parentheses()
    inside = Cursor(cursor.statement, begin, end)
    names = []
    while not inside.at_end:
        while inside.word() in ("IN", "OUT", "INOUT", "VARIADIC"):
            inside.position += 1
        alone = inside.word(1) in (",", "", "(", "[")
        names.append("" if alone or inside.token().kind not in ("word", "quoted") else inside.identifier())
        while not inside.at_end and not inside.accept(","):
            if inside.word() == "(":
                inside.skip_parentheses()
            else:
                inside.position += 1
    return tuple(names)


def _returned(cursor: Cursor) -> str:
    if cursor.accept("NULL", "ON", "NULL", "INPUT"):
        return ""
    if cursor.accept("TABLE"):
        cursor.skip_parentheses()
        return "table"
    return str(cursor.type())


_EVENTS: Final = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def create_trigger(cursor: Cursor, reading: Reading) -> None:
    """``CREATE TRIGGER``."""
    name = cursor.identifier()
    reading.named("CREATE TRIGGER", name)
    timing = cursor.accept_any("BEFORE", "AFTER", "INSTEAD OF")
    if timing is None:
        raise cursor.problem("expected BEFORE, AFTER or INSTEAD OF")
    events, columns = [], []
    while True:
        event = cursor.accept_any(*_EVENTS)
        if event is None:
            raise cursor.problem("expected INSERT, UPDATE, DELETE or TRUNCATE")
        events.append(event)
        if event == "UPDATE" and cursor.accept("OF"):
            columns = cursor.items(cursor.identifier)
        if not cursor.accept("OR"):
            break
    cursor.expect("ON")
    table = cursor.name()
    if cursor.accept("FROM"):
        cursor.name()
    while cursor.accept_any("NOT DEFERRABLE", "DEFERRABLE", "INITIALLY IMMEDIATE", "INITIALLY DEFERRED"):
        pass
    transition = cursor.accept("REFERENCING")
    while (transition and cursor.word() in ("OLD", "NEW", "TABLE", "AS")) or (
        transition and cursor.word() not in ("FOR", "WHEN", "EXECUTE", "")
    ):
        cursor.position += 1
    row = False
    if cursor.accept("FOR"):
        cursor.accept("EACH")
        row = cursor.accept_any("ROW", "STATEMENT") == "ROW"
    when = cursor.parenthesized() if cursor.accept("WHEN") else None
    cursor.expect("EXECUTE")
    if cursor.accept_any("FUNCTION", "PROCEDURE") is None:
        raise cursor.problem("expected FUNCTION")
    function = cursor.name()
    cursor.expect("(")
    arguments = [] if cursor.word() == ")" else cursor.items(lambda: _argument(cursor))
    cursor.expect(")")
    cursor.expect_end()
    reading.schema.triggers.append(
        Trigger(
            name,
            table,
            timing,
            tuple(events),
            tuple(columns),
            row,
            when,
            function,
            tuple(arguments),
            transition,
            reading.origin,
        )
    )


def _argument(cursor: Cursor) -> str:
    token = cursor.token()
    cursor.position += 1
    return token.text


# -- row-level policies ------------------------------------------------------------------------------

_CLAUSES: Final = ("AS", "FOR", "TO", "USING", "WITH CHECK")


def create_policy(cursor: Cursor, reading: Reading) -> None:
    """``CREATE POLICY``: an entry of the checklist."""
    name = cursor.identifier()
    reading.named("CREATE POLICY", name)
    cursor.expect("ON")
    table = str(cursor.name())
    permissive, action, roles = True, "ALL", ["public"]
    using = with_check = None
    while not cursor.at_end:
        if cursor.accept("AS"):
            permissive = cursor.identifier() == "permissive"
        elif cursor.accept("FOR"):
            action = cursor.identifier().upper()
        elif cursor.accept("TO"):
            roles = cursor.items(cursor.identifier)
        elif cursor.accept("USING"):
            using = " ".join(cursor.parenthesized().split())
        elif cursor.accept("WITH", "CHECK"):
            with_check = " ".join(cursor.parenthesized().split())
        else:
            raise cursor.problem()
    from pis_data.convert.policies import in_words

    words = in_words(table, action, roles, permissive, using, with_check)
    reading.schema.policies.append(
        Policy(name, table, action, tuple(roles), permissive, using, with_check, reading.line, words)
    )
    reading.manual(f"row-level policy, to be applied by whoever reads or writes the table: {words}")


# -- views, sequences, schemas, extensions -----------------------------------------------------------


def create_view(cursor: Cursor, reading: Reading) -> None:
    """``CREATE VIEW``."""
    name = cursor.name()
    reading.named("CREATE VIEW", str(name))
    columns = cursor.names() if cursor.word() == "(" else []
    if cursor.accept("WITH"):
        options = cursor.skip_options()
        if "security_invoker" in options and "false" not in options:
            reading.adapted("security_invoker is SQL SECURITY INVOKER")
    cursor.expect("AS")
    begin = cursor.position
    text = re.sub(r"\s+WITH\s+(?:CASCADED|LOCAL)?\s*CHECK\s+OPTION$", "", cursor.rest(), flags=re.IGNORECASE)
    try:
        query = parse_query(text)
    except SyntaxProblem as problem:
        raise SyntaxProblem(str(problem), cursor.tokens[begin].start + problem.offset) from None
    reading.schema.views.append(View(name, columns, query, reading.origin))


def create_sequence(cursor: Cursor, reading: Reading) -> None:
    """``CREATE SEQUENCE``: AUTO_INCREMENT takes its place where a column is numbered by it."""
    cursor.accept("IF", "NOT", "EXISTS")
    name = cursor.name()
    reading.named("CREATE SEQUENCE", str(name))
    reading.schema.sequences[name] = Sequence(name, reading.origin)
    cursor.rest()
    reading.manual(
        "no column is numbered by it: keep a table with one row per sequence, or MariaDB's SEQUENCE"
    )


def alter_sequence(cursor: Cursor, reading: Reading) -> None:
    """``ALTER SEQUENCE``: whose it is; nothing else matters here."""
    cursor.accept("IF", "EXISTS")
    name = cursor.name()
    reading.named("ALTER SEQUENCE", str(name))
    if cursor.accept("OWNED", "BY"):
        cursor.rest()
        reading.dropped("AUTO_INCREMENT belongs to its column by nature")
    elif cursor.accept("OWNER", "TO"):
        cursor.rest()
        reading.dropped("MySQL's numbers have no owner")
    else:
        cursor.rest()
        reading.manual("set where AUTO_INCREMENT goes on: ALTER TABLE … AUTO_INCREMENT = …")


def create_schema(cursor: Cursor, reading: Reading) -> None:
    """``CREATE SCHEMA``: its tables get its name before theirs."""
    cursor.accept("IF", "NOT", "EXISTS")
    name = "" if cursor.word() == "AUTHORIZATION" else cursor.identifier()
    cursor.rest()
    reading.named("CREATE SCHEMA", name)
    if name == "public":
        reading.dropped("public is the database itself")
    else:
        reading.adapted(f"what is in this schema is in the same database, with {name}_ before its name")


def create_extension(cursor: Cursor, reading: Reading) -> None:
    """``CREATE EXTENSION``: what it brings is replaced where it is used."""
    cursor.accept("IF", "NOT", "EXISTS")
    name = cursor.identifier()
    cursor.rest()
    reading.named("CREATE EXTENSION", name)
    reading.dropped("what this extension brings is replaced, or reported, where it is used")


def alter_index(cursor: Cursor, reading: Reading) -> None:
    """``ALTER INDEX``: its name; a partition's index belongs to its table's."""
    cursor.accept("IF", "EXISTS")
    name = cursor.name()
    reading.named("ALTER INDEX", str(name))
    if cursor.accept("RENAME", "TO"):
        new = cursor.identifier()
        for index in reading.schema.indexes:
            index.name = new if index.name == name.name else index.name
    elif cursor.accept("ATTACH", "PARTITION"):
        cursor.name()
        reading.dropped("one table holds the rows of all partitions, and its indexes serve them")
    else:
        cursor.rest()
        reading.dropped("a setting of how PostgreSQL stores the index")


def alter_owner(cursor: Cursor, reading: Reading) -> None:
    """``ALTER FUNCTION`` and others that are not read further: only whose it is."""
    text = cursor.rest()
    if re.search(r"\bOWNER\s+TO\b", text, re.IGNORECASE):
        reading.dropped("MySQL has no owners")
    else:
        reading.manual("what this changes was not converted")


_COMMENTED: Final = ("TABLE", "COLUMN")


def comment(cursor: Cursor, reading: Reading) -> None:
    """``COMMENT ON``: kept for tables and columns."""
    if cursor.accept("COLUMN"):
        parts = [cursor.identifier()]
        while cursor.accept("."):
            parts.append(cursor.identifier())
        reading.named("COMMENT", ".".join(parts))
        name = _name(parts[:-1])
        text = _comment_text(cursor)
        if _not_of_a_table(reading, name):
            return
        table = reading.table_of(cursor, name)
        if parts[-1] not in table.columns:
            raise cursor.problem(f"{table.name} has no column {parts[-1]!r}")
        table.columns[parts[-1]].comment = text
    elif cursor.accept("TABLE"):
        name = cursor.name()
        reading.named("COMMENT", str(name))
        text = _comment_text(cursor)
        if not _not_of_a_table(reading, name):
            reading.table_of(cursor, name).comment = text
    else:
        what = cursor.word()
        ahead = Cursor(cursor.statement, cursor.position + 1)
        reading.named("COMMENT", " ".join(ahead.rest().split(" IS ")[0].split())[:80])
        cursor.rest()
        reading.dropped(f"a remark on a thing ({what.lower()}) that has no place for one on MySQL")


def _not_of_a_table(reading: Reading, name: Name) -> bool:
    if (
        name in reading.schema.partitions
        or name in reading.schema.left_out
        or any(view.name == name for view in reading.schema.views)
    ):
        reading.dropped("a remark on a thing that has no place for one on MySQL")
        return True
    return False


def _comment_text(cursor: Cursor) -> str | None:
    cursor.expect("IS")
    text = None if cursor.accept("NULL") else cursor.string()
    cursor.expect_end()
    return text


def _name(parts: list[str]) -> Name:
    schema = parts[-2] if len(parts) > 1 else ""
    return Name("" if schema == "public" else schema, parts[-1])


# -- DROP and DO -------------------------------------------------------------------------------------


def drop(cursor: Cursor, reading: Reading) -> None:
    """``DROP``: what was declared above goes; of other things a new database has none."""
    what = cursor.accept_any("TABLE", "INDEX", "TRIGGER", "VIEW", "TYPE", "FUNCTION")
    if what is None:
        what = cursor.word()
        cursor.rest()
        reading.named(f"DROP {what}", "")
        reading.dropped("the new database has none of these")
        return
    cursor.accept("CONCURRENTLY")
    if_there = cursor.accept("IF", "EXISTS")
    names = cursor.items(lambda: _dropped_name(cursor))
    reading.named(f"DROP {what}", ", ".join(map(str, names)))
    table = cursor.name() if cursor.accept("ON") else None
    cursor.accept_any("CASCADE", "RESTRICT")
    cursor.expect_end()
    found = [_forget(reading, what, name, table) for name in names]
    if not any(found):
        if not if_there and what in ("TABLE", "INDEX"):
            raise SyntaxProblem(f"there is no {what.lower()} {names[0]} above", cursor.statement.start)
        reading.dropped("the new database has none of this name yet")


def _dropped_name(cursor: Cursor) -> Name:
    name = cursor.name()
    if cursor.word() == "(":
        cursor.skip_parentheses()
    return name


def _forget(reading: Reading, what: str, name: Name, table: Name | None) -> bool:
    """Take a declaration back; say so at the statement that made it."""
    schema = reading.schema
    gone: list[int] = []
    if what == "TABLE" and name in schema.tables:
        gone.append(schema.tables.pop(name).origin)
        gone += [index.origin for index in schema.indexes if index.table == name]
        gone += [trigger.origin for trigger in schema.triggers if trigger.table == name]
        schema.indexes = [index for index in schema.indexes if index.table != name]
        schema.triggers = [trigger for trigger in schema.triggers if trigger.table != name]
        schema.rows = [rows for rows in schema.rows if rows.table != name]
    elif what == "INDEX":
        gone += [index.origin for index in schema.indexes if index.name == name.name]
        schema.indexes = [index for index in schema.indexes if index.name != name.name]
    elif what == "TRIGGER":
        match = [t for t in schema.triggers if t.name == name.name and t.table == table]
        gone += [trigger.origin for trigger in match]
        schema.triggers = [trigger for trigger in schema.triggers if trigger not in match]
    elif what == "VIEW":
        gone += [view.origin for view in schema.views if view.name == name]
        schema.views = [view for view in schema.views if view.name != name]
    elif what == "TYPE" and name in schema.enums:
        del schema.enums[name]
        return True
    elif what == "FUNCTION" and name in schema.functions:
        gone.append(schema.functions.pop(name).origin)
    for origin in gone:
        reading.accounts.dropped(origin, f"dropped again at line {reading.line}")
    return bool(gone)


_EXCEPTION: Final = re.compile(
    r"\bEXCEPTION\s+WHEN\s+[\w\s]+\s+THEN\s*(?:(?:NULL|RAISE\s+\w+[^;]*)\s*;\s*)*(?=(?:WHEN\b[^;]*;\s*)*END\s*;?\s*$)",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(r"^\s*BEGIN\b(.*)\bEND\s*;?\s*$", re.IGNORECASE | re.DOTALL)
_GUARD: Final = re.compile(
    r"^\s*IF\s+(?:NOT\s+)?EXISTS\s*\((?:[^()]|\([^()]*\))*\)\s*THEN\b(.*?)\bEND\s+IF\s*;\s*$",
    re.IGNORECASE | re.DOTALL,
)


_TALK: Final = re.compile(
    r"^\s*BEGIN\s+(?:RAISE\s+(?:NOTICE|INFO|LOG|DEBUG)\s+(?:'(?:[^']|'')*'|[^;'])*;\s*)+END\s*;?\s*$",
    re.IGNORECASE,
)


def do_block(cursor: Cursor, reading: Reading) -> None:
    """``DO``: declarations that are only guarded against being there already are taken as they stand."""
    body = next((token.text for token in cursor.tokens if token.kind == "string" and len(token.text) > 8), "")
    cursor.rest()
    reading.named("DO", "")
    if _TALK.match(body):
        reading.dropped("it only says something while the script is loaded")
        return
    inner = _declarations(body)
    if not inner:
        reading.manual("a block of PL/pgSQL: do what it does in a script of your own")
        return
    problems = len(reading.errors)
    for statement in inner:
        from pis_data.convert.read import handle

        entry = dict(reading.accounts.entries[reading.origin])
        try:
            handle(Cursor(statement), reading)
        except SyntaxProblem as problem:
            reading.manual(f"a block of PL/pgSQL, of which this can't be read: {problem}")
        reading.accounts.entries[reading.origin].update(
            kind=entry["kind"], name=reading.accounts.entries[reading.origin]["name"]
        )
    if len(reading.errors) == problems:
        reading.adapted("a block that guards declarations: they are taken as they stand")


def _declarations(body: str) -> list[Statement]:
    """The statements of a block, if each is a declaration."""
    block = _BLOCK.match(_EXCEPTION.sub("", body))
    if block is None:
        return []
    text = block.group(1).strip()
    while guard := _GUARD.match(text):
        text = guard.group(1).strip()
    statements = split(text).statements
    plain = all(
        each.tokens[0].text.upper() in ("CREATE", "ALTER", "COMMENT", "DROP") and each.broken is None
        for each in statements
    )
    return statements if plain else []
