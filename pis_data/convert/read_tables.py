"""CREATE TABLE, ALTER TABLE and CREATE INDEX, read into the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pis_data.convert.grammar import Cursor, in_schema
from pis_data.convert.model import Check, Column, ForeignKey, Index, IndexPart, Key, Name, Table, Type
from pis_data.convert.names import made_name

if TYPE_CHECKING:
    from sqlglot import exp

    from pis_data.convert.read import Reading

_SERIALS: Final = {"serial": "integer", "bigserial": "bigint", "smallserial": "smallint"}
_ACTIONS: Final = ("NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT")


# -- CREATE TABLE ------------------------------------------------------------------------------------


def create_table(cursor: Cursor, reading: Reading) -> None:
    """``CREATE [UNLOGGED | TEMP …] TABLE``; the cursor stands before the name."""
    if_missing = cursor.accept("IF", "NOT", "EXISTS")
    name = cursor.name()
    reading.named("CREATE TABLE", str(name))
    if cursor.accept("PARTITION", "OF"):
        _partition(cursor, reading, name)
        return
    if if_missing and name in reading.schema.tables:
        reading.dropped("the table is there already, declared above")
        cursor.rest()
        return
    table = Table(name, reading.origin)
    if cursor.word() in ("AS", "OF") or (cursor.word() == "(" and _is_as(cursor)):
        reading.manual("a table made of a query or a type: declare its columns, then fill it")
        reading.schema.left_out.add(name)
        cursor.rest()
        return
    cursor.expect("(")
    if not cursor.accept(")"):
        cursor.items(lambda: _element(cursor, reading, table))
        cursor.expect(")")
    _table_options(cursor, reading, table)
    cursor.expect_end()
    reading.add_table(table)


def _is_as(cursor: Cursor) -> bool:
    """Whether the list in parentheses is only names, and AS follows."""
    begin = cursor.position
    cursor.skip_parentheses()
    found = cursor.word() == "AS"
    cursor.position = begin
    return found


def _partition(cursor: Cursor, reading: Reading, name: Name) -> None:
    parent = cursor.name()
    if reading.table_of(cursor, reading.rows_of(parent)).name == name:
        raise cursor.problem(f"{name} can't be a partition of itself")
    cursor.rest()
    reading.schema.partitions[name] = parent
    reading.adapted(f"the rows of this partition are kept in {parent} itself")


def _inherit(reading: Reading, table: Table, parent: Table) -> None:
    """The columns and checks of a parent, before a table's own."""
    from dataclasses import replace

    columns = {name: replace(each, origin=reading.origin) for name, each in parent.columns.items()}
    table.columns = {**columns, **table.columns}
    table.checks = [*(replace(each, origin=reading.origin) for each in parent.checks), *table.checks]


def _table_options(cursor: Cursor, reading: Reading, table: Table) -> None:
    while not cursor.at_end:
        if cursor.accept("INHERITS"):
            parents = cursor.in_parentheses(cursor.name)
            for parent in reversed(parents):
                _inherit(reading, table, reading.table_of(cursor, parent))
            reading.manual(
                f"it inherits from {', '.join(map(str, parents))}: MySQL has no inheritance; it has the "
                "parent's columns and checks here, so query both tables"
            )
        elif cursor.accept("PARTITION", "BY"):
            how = cursor.rest()
            reading.adapted(f"not partitioned by {' '.join(how.split())}: one table holds all rows")
        elif cursor.accept("WITH"):
            cursor.skip_options()
            reading.adapted("storage parameters are PostgreSQL's and left out")
        elif cursor.accept("WITHOUT", "OIDS"):
            pass
        elif cursor.accept("TABLESPACE") or cursor.accept("USING"):
            cursor.identifier()
        elif cursor.accept("ON", "COMMIT"):
            cursor.rest()
        else:
            raise cursor.problem()


def _element(cursor: Cursor, reading: Reading, table: Table) -> None:
    """A column, or a constraint of the table."""
    if cursor.accept("LIKE"):
        _like(cursor, reading, table)
    elif not table_constraint(cursor, reading, table):
        column_definition(cursor, reading, table)


def _like(cursor: Cursor, reading: Reading, table: Table) -> None:
    from dataclasses import replace

    source = cursor.name()
    options = set()
    while cursor.word() in ("INCLUDING", "EXCLUDING"):
        including = cursor.word() == "INCLUDING"
        cursor.position += 1
        if including:
            options.add(cursor.word())
        cursor.position += 1
    found = reading.schema.tables.get(source)
    if found is None:
        reading.manual(f"LIKE {source}: that table is not declared above; write its columns here")
        return
    for column in found.columns.values():
        copy = replace(column, origin=reading.origin)
        if not options & {"DEFAULTS", "ALL"}:
            copy.default = None
        table.columns[column.name] = copy
    if options & {"INDEXES", "ALL"}:
        table.keys += [replace(key, name=None, origin=reading.origin) for key in found.keys]
    if options & {"CONSTRAINTS", "ALL"}:
        table.checks += [replace(check, origin=reading.origin) for check in found.checks]
    reading.adapted(f"the columns of {source} are written out")


def column_definition(cursor: Cursor, reading: Reading, table: Table) -> Column:
    """A column with its type and constraints, added to its table."""
    name = cursor.identifier()
    written = cursor.type()
    if written.name in _SERIALS and not written.dimensions:
        column = Column(
            name, Type(_SERIALS[written.name]), reading.origin, nullable=False, identity="default"
        )
        column.sequence = table.name._replace(name=made_name(table.name.name, name, "seq"))
        reading.adapted(f"{name}: {written} is AUTO_INCREMENT")
    else:
        column = Column(name, written, reading.origin)
    table.columns[name] = column
    while cursor.word() not in (",", ")", ""):
        _column_constraint(cursor, reading, table, column)
    return column


def _column_constraint(cursor: Cursor, reading: Reading, table: Table, column: Column) -> None:
    name = cursor.identifier() if cursor.accept("CONSTRAINT") else None
    if cursor.accept("NOT", "NULL"):
        column.nullable = False
        cursor.accept("NO", "INHERIT")
        cursor.accept("NOT", "VALID")
    elif cursor.accept("NULL"):
        pass
    elif cursor.accept("DEFAULT"):
        set_default(reading, column, cursor.default())
    elif cursor.accept("COLLATE"):
        column.collation = cursor.name().name
    elif cursor.accept("GENERATED"):
        _generated(cursor, column)
        if column.identity:
            reading.adapted(f"{column.name}: GENERATED … AS IDENTITY is AUTO_INCREMENT")
    elif cursor.accept("PRIMARY", "KEY"):
        _key(cursor, reading, table, [column.name], name, primary=True)
    elif cursor.accept("UNIQUE"):
        _key(cursor, reading, table, [column.name], name)
    elif cursor.accept("CHECK"):
        check = Check(cursor.parenthesized_expression(), reading.origin, name, column.name)
        _check_options(cursor, reading, check)
        table.checks.append(check)
    elif cursor.accept("REFERENCES"):
        table.foreign_keys.append(_reference(cursor, reading, [column.name], name))
        _constraint_options(cursor, reading)
    elif cursor.accept("STORAGE") or cursor.accept("COMPRESSION"):
        cursor.identifier()
    else:
        raise cursor.problem()


def set_default(reading: Reading, column: Column, default: exp.Expr) -> None:
    """Take a default; the next number of a sequence makes the column a numbered one."""
    sequence = next_value_of(default)
    if sequence is None:
        column.default = default
        return
    column.identity = "default"
    column.sequence = sequence
    column.default = None
    reading.adapted(f"{column.name}: the numbers of {sequence} are AUTO_INCREMENT's")
    reading.sequence_used(sequence, column.origin)


def next_value_of(default: exp.Expr) -> Name | None:
    """The sequence of a ``nextval('…'::regclass)``."""
    from sqlglot import exp

    for node in default.find_all(exp.Anonymous, exp.NextValueFor):
        if isinstance(node, exp.Anonymous) and str(node.this).lower() == "nextval":
            literal = node.find(exp.Literal)
            if literal is not None:
                parts = [part.strip('"') for part in str(literal.this).split(".")]
                return in_schema(parts[-2] if len(parts) > 1 else "", parts[-1])
    return None


def _generated(cursor: Cursor, column: Column) -> None:
    how = cursor.accept_any("ALWAYS", "BY DEFAULT")
    if how is None:
        raise cursor.problem()
    cursor.expect("AS")
    if cursor.accept("IDENTITY"):
        column.identity = "always" if how == "ALWAYS" else "default"
        column.nullable = False
        if cursor.word() == "(":
            cursor.skip_options()
        return
    column.generated = cursor.parenthesized_expression()
    column.stored = cursor.accept_any("STORED", "VIRTUAL") == "STORED"


# -- constraints -------------------------------------------------------------------------------------


def table_constraint(cursor: Cursor, reading: Reading, table: Table) -> bool:
    """Read a constraint of a table if one stands here."""
    begin = cursor.position
    name = cursor.identifier() if cursor.accept("CONSTRAINT") else None
    following = cursor.word(1)
    if cursor.word() == "PRIMARY" and following == "KEY":
        cursor.expect("PRIMARY", "KEY")
        _key_or_index(cursor, reading, table, name, primary=True)
    elif cursor.word() == "UNIQUE" and following in ("(", "NULLS", "USING"):
        cursor.expect("UNIQUE")
        _key_or_index(cursor, reading, table, name)
    elif cursor.word() == "CHECK" and following == "(":
        cursor.expect("CHECK")
        check = Check(cursor.parenthesized_expression(), reading.origin, name)
        _check_options(cursor, reading, check)
        table.checks.append(check)
    elif cursor.word() == "FOREIGN" and following == "KEY":
        cursor.expect("FOREIGN", "KEY")
        columns = cursor.names()
        cursor.expect("REFERENCES")
        table.foreign_keys.append(_reference(cursor, reading, columns, name))
        _constraint_options(cursor, reading)
    elif cursor.word() == "NOT" and following == "NULL" and name:
        cursor.expect("NOT", "NULL")
        table.columns[known_column(cursor, table, cursor.identifier())].nullable = False
        cursor.accept("NO", "INHERIT")
        _constraint_options(cursor, reading)
    elif cursor.word() == "EXCLUDE" and following in ("USING", "("):
        _exclusion(cursor, reading, name)
    else:
        cursor.position = begin
        if name:
            raise cursor.problem("a constraint that is none")
        return False
    return True


def _exclusion(cursor: Cursor, reading: Reading, name: str | None) -> None:
    cursor.expect("EXCLUDE")
    if cursor.accept("USING"):
        cursor.identifier()
    what = " ".join(cursor.parenthesized().split())
    if cursor.accept("WHERE"):
        cursor.skip_parentheses()
    _constraint_options(cursor, reading)
    label = f" {name}" if name else ""
    reading.manual(
        f"EXCLUDE{label} ({what}): MySQL has none; refuse overlapping rows in a BEFORE trigger or in the "
        "application, under a lock"
    )


def known_column(cursor: Cursor, table: Table, name: str) -> str:
    """The name, if the table has such a column. Raises SyntaxProblem."""
    if name not in table.columns:
        raise cursor.problem(f"{table.name} has no column {name!r}")
    return name


def _key_or_index(
    cursor: Cursor, reading: Reading, table: Table, name: str | None, *, primary: bool = False
) -> None:
    if cursor.accept("USING", "INDEX"):
        _promote_index(cursor, reading, table, name, primary=primary)
        return
    distinct = _nulls_distinct(cursor)
    columns = cursor.names()
    if cursor.accept("WITHOUT", "OVERLAPS"):
        reading.manual("WITHOUT OVERLAPS: MySQL has no such key")
    _key(cursor, reading, table, columns, name, primary=primary, distinct=distinct)


def _nulls_distinct(cursor: Cursor) -> bool:
    if cursor.accept("NULLS", "NOT", "DISTINCT"):
        return False
    cursor.accept("NULLS", "DISTINCT")
    return True


def _key(
    cursor: Cursor,
    reading: Reading,
    table: Table,
    columns: list[str],
    name: str | None,
    *,
    primary: bool = False,
    distinct: bool = True,
) -> None:
    distinct = distinct and _nulls_distinct(cursor)
    for column in columns:
        known_column(cursor, table, column)
        if primary:
            table.columns[column].nullable = False
    table.keys.append(Key(columns, reading.origin, name, primary, distinct))
    if cursor.accept("INCLUDE"):
        extra = cursor.names()
        reading.adapted(f"INCLUDE ({', '.join(extra)}) is left out: it only saves reading the table")
    _constraint_options(cursor, reading)


def _promote_index(
    cursor: Cursor, reading: Reading, table: Table, name: str | None, *, primary: bool
) -> None:
    index_name = cursor.identifier()
    index = next((each for each in reading.schema.indexes if each.name == index_name), None)
    if index is None or any(part.column is None for part in index.parts):
        raise cursor.problem(f"there is no index {index_name!r} to make a key of")
    reading.schema.indexes.remove(index)
    columns = [part.column for part in index.parts if part.column]
    _key(cursor, reading, table, columns, name or index_name, primary=primary, distinct=index.nulls_distinct)


def _check_options(cursor: Cursor, reading: Reading, check: Check) -> None:
    while True:
        if cursor.accept("NO", "INHERIT"):
            continue
        if cursor.accept("NOT", "VALID"):
            reading.adapted("NOT VALID: the check holds for all rows from the start")
        elif cursor.accept("NOT", "ENFORCED"):
            check.enforced = False
        elif not cursor.accept("ENFORCED"):
            return


def _reference(cursor: Cursor, reading: Reading, columns: list[str], name: str | None) -> ForeignKey:
    table = cursor.name()
    referred = cursor.names() if cursor.word() == "(" else []
    key = ForeignKey(columns, table, referred, reading.origin, name)
    while True:
        if cursor.accept("MATCH"):
            how = cursor.identifier().upper()
            if how == "FULL" and len(columns) > 1:
                reading.manual(
                    "MATCH FULL: MySQL has only MATCH SIMPLE; add a CHECK that all or none are NULL"
                )
        elif cursor.accept("ON", "DELETE"):
            key.on_delete = _action(cursor, reading)
        elif cursor.accept("ON", "UPDATE"):
            key.on_update = _action(cursor, reading)
        else:
            return key


def _action(cursor: Cursor, reading: Reading) -> str | None:
    action = cursor.accept_any(*_ACTIONS)
    if action is None:
        raise cursor.problem()
    if action.startswith("SET") and cursor.word() == "(":
        columns = cursor.names()
        reading.manual(
            f"ON DELETE {action} ({', '.join(columns)}): MySQL sets all columns of the key or none; "
            "left without an action, so do it in the application"
        )
        return None
    return None if action == "NO ACTION" else action


def _constraint_options(cursor: Cursor, reading: Reading) -> None:
    while True:
        if cursor.accept("DEFERRABLE") or cursor.accept("INITIALLY", "DEFERRED"):
            reading.adapted("DEFERRABLE: MySQL checks each row at once, so write parents before children")
        elif cursor.accept("NOT", "VALID"):
            reading.adapted("NOT VALID: it holds for all rows from the start")
        elif cursor.accept("NOT", "ENFORCED"):
            reading.manual("NOT ENFORCED: MySQL enforces every key; remove this one if its rows break it")
        elif cursor.accept("WITH") or cursor.accept("WHERE"):
            cursor.skip_parentheses()
        elif cursor.accept("USING", "INDEX", "TABLESPACE"):
            cursor.identifier()
        elif not cursor.accept_any("NOT DEFERRABLE", "INITIALLY IMMEDIATE", "ENFORCED", "NO INHERIT"):
            return


# -- CREATE INDEX ------------------------------------------------------------------------------------


def create_index(cursor: Cursor, reading: Reading, *, unique: bool) -> None:
    """``CREATE [UNIQUE] INDEX``; the cursor stands behind INDEX."""
    reading.named("CREATE INDEX", "")
    concurrently = cursor.accept("CONCURRENTLY")
    if_missing = cursor.accept("IF", "NOT", "EXISTS")
    name = "" if cursor.word() == "ON" else cursor.name().name
    reading.named("CREATE INDEX", name)
    cursor.expect("ON")
    cursor.accept("ONLY")
    table = cursor.name()
    method = cursor.identifier() if cursor.accept("USING") else "btree"
    parts = cursor.in_parentheses(lambda: _index_part(cursor))
    index = Index(name, table, parts, reading.origin, unique, method)
    if cursor.accept("INCLUDE"):
        index.include = cursor.names()
    index.nulls_distinct = _nulls_distinct(cursor)
    if cursor.accept("WITH"):
        cursor.skip_options()
    if cursor.accept("TABLESPACE"):
        cursor.identifier()
    if cursor.accept("WHERE"):
        index.where = cursor.parsed(*cursor.until(lambda _: False))
    cursor.expect_end()
    if not name:
        index.name = _index_name(reading, index)
        reading.named("CREATE INDEX", index.name)
    if if_missing and any(each.name == index.name for each in reading.schema.indexes):
        reading.dropped("the index is there already, declared above")
        return
    if concurrently:
        reading.adapted("CONCURRENTLY is left out: the new database has no rows to wait for")
    reading.table_of(cursor, reading.rows_of(table))
    index.table = reading.rows_of(table)
    if table in reading.schema.partitions and any(
        each.table == index.table
        and [str(p.expression) for p in each.parts] == [str(p.expression) for p in parts]
        for each in reading.schema.indexes
    ):
        reading.dropped(f"the index of {index.table}, which holds this partition's rows, serves them too")
        return
    reading.schema.indexes.append(index)


def _index_name(reading: Reading, index: Index) -> str:
    words = [part.column or getattr(part.expression, "name", "") or "expr" for part in index.parts]
    taken = {each.name for each in reading.schema.indexes}
    return made_name(index.table.name, "_".join(words), "idx", taken)


def _index_part(cursor: Cursor) -> IndexPart:
    begin = cursor.position
    column = None
    if cursor.word() == "(":
        expression = cursor.parenthesized_expression()
    else:
        first = cursor.token()
        name = cursor.identifier()
        while cursor.accept("."):
            cursor.identifier()
        if cursor.word() == "(":
            cursor.skip_parentheses()
            expression = cursor.parsed(begin, cursor.position)
        else:
            column = name
            from sqlglot import exp

            expression = exp.column(exp.to_identifier(name, quoted=first.kind == "quoted"))
    if cursor.accept("COLLATE"):
        cursor.name()
    part = IndexPart(expression, column)
    if cursor.word() not in ("ASC", "DESC", "NULLS", ",", ")", ""):
        part.operator_class = cursor.name().name
        if cursor.word() == "(":
            cursor.skip_options()
    part.descending = cursor.accept_any("ASC", "DESC") == "DESC"
    if found := cursor.accept_any("NULLS FIRST", "NULLS LAST"):
        part.nulls_first = found.endswith("FIRST")
    return part
