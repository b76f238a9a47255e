"""From the model of what PostgreSQL was told to tables of the target: names, types, defaults, checks."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from sqlglot import exp

from pis_data.convert import keys, lengths
from pis_data.convert.expressions import Expressions
from pis_data.convert.model import Accounts, Check, Column, ForeignKey, Index, Name, Schema, Table
from pis_data.convert.names import made_name
from pis_data.convert.output import Out, OutColumn, OutTable
from pis_data.convert.target import Target, Unsupported, quoted_text, shorten
from pis_data.convert.types import Chosen, choose, resolved
from pis_data.convert.values import hstore_document, number_text
from pis_data.schema import metadata

#: InnoDB's limit
_MOST_COLUMNS = 1_017
#: MariaDB keeps a condition's words in so many bytes
_LONGEST_CHECK = 65_000
_LONGEST_COMMENT = {"table": 2048, "column": 1024}

#: functions that make UUIDs of version 7; the targets' own make none
_IDS_IN_ORDER: Final = ("uuidv7", "uuid_generate_v7")


class Lowering:
    """Makes the tables of the target; `rows` and `triggers` then add what happens in them."""

    def __init__(self, schema: Schema, target: Target, accounts: Accounts) -> None:
        self.schema = schema
        self.target = target
        self.accounts = accounts
        self.out = Out()
        self.quote = target.dialect().identifier_preparer.quote
        self.indexes_of: dict[Name, list[Index]] = defaultdict(list)
        for index in schema.indexes:
            self.indexes_of[index.table].append(index)
        #: a table to the tables that refer to it, each with the key it does so by
        self.referring: dict[Name, list[tuple[Table, ForeignKey]]] = defaultdict(list)
        #: names of foreign keys and checks, which a database has only once
        self._taken: set[str] = set()
        self._names: set[str] = set()
        self._said: set[tuple[int, str]] = set()

    def say(self, origin: int, why: str) -> None:
        """Something was changed."""
        self.accounts.adapted(origin, why)

    # -- names -----------------------------------------------------------------------------------------

    def new_name(self, wanted: str) -> str:
        """A name for a foreign key or a CHECK that nothing else in the database has."""
        found, number = wanted[:64], 1
        while found.lower() in self._taken:
            number += 1
            found = f"{wanted[: 63 - len(str(number))]}_{number}"
        self._taken.add(found.lower())
        return found

    def constraint_name(self, name: str, table: OutTable, origin: int) -> str:
        """The constraint's own name, or one with its table's before it if another table has it."""
        if name.lower() not in self._taken:
            return self.new_name(name)
        found = self.new_name(f"{table.name}_{name}")
        self.say(origin, f"{name} is called {found}: {self.target.shown} has such a name once in a database")
        return found

    def table_name(self, name: Name) -> str:
        """What a table is called on the target."""
        return self.out.tables[name].name if name in self.out.tables else _flat(name)

    def _new_table_name(self, table: Table) -> str:
        wanted = _flat(table.name)[:64]
        found, number = wanted, 1
        while found.lower() in self._names:
            number += 1
            found = f"{wanted[:60]}_{number}"
        self._names.add(found.lower())
        if found != wanted:
            self.accounts.manual(
                table.origin,
                f"it is called {found}: another table is called {wanted} but for its schema or capitals",
            )
        elif table.name.schema:
            self.say(table.origin, f"{table.name} is called {found}: a database has no schemas")
        elif found != found.lower():
            self.say(table.origin, "its name has capitals: keep lower_case_table_names as it is on Linux, 0")
        return found

    # -- tables ----------------------------------------------------------------------------------------

    def run(self) -> Out:
        """Make all tables."""
        if self.schema.rows:
            self.out.first_rows = min(rows.origin for rows in self.schema.rows)
        for table in list(self.schema.tables.values()):
            self._declare(table)
        for table in list(self.schema.tables.values()):
            self._leave_out_too_wide(table)
        for table in self.schema.tables.values():
            for key in table.foreign_keys:
                self.referring[key.table].append((table, key))
        for table in self.schema.tables.values():
            lengths.set_lengths(self, table, self.out.tables[table.name])
        keys.match_referred_types(self)
        for table in self.schema.tables.values():
            lengths.fit_row(self, table, self.out.tables[table.name])
        for table in self.schema.tables.values():
            self._fill(table, self.out.tables[table.name])
        keys.add_indexes(self)
        for table in self.schema.tables.values():
            keys.add_foreign_keys(self, table, self.out.tables[table.name])
        for table in self.schema.tables.values():
            keys.check_numbered(self, table, self.out.tables[table.name])
            if self.target.is_mysql:
                keys.mind_foreign_keys(self, self.out.tables[table.name])
        return self.out

    def _declare(self, table: Table) -> None:
        out = OutTable(self._new_table_name(table), table.name, table.origin)
        out.comment = self._comment(table.comment, "table", table.origin)
        seen: dict[str, str] = {}
        for column in table.columns.values():
            if column.name.lower() in seen:
                self.accounts.manual(
                    column.origin,
                    f"{column.name} and {seen[column.name.lower()]} differ by capitals only, which is one "
                    "name on MySQL: rename one",
                )
                continue
            seen[column.name.lower()] = column.name
            self._take_domain(column)
            chosen = choose(column, table.name, self.schema, self.target)
            comment = self._comment(column.comment, "column", column.origin)
            out.columns[column.name] = OutColumn(column.name, chosen, column.nullable, comment=comment)
        self.out.tables[table.name] = out

    def _leave_out_too_wide(self, table: Table) -> None:
        """Tables that the target can't have at all."""
        out = self.out.tables[table.name]
        why = None
        if not out.columns:
            why = "it has no columns"
        elif len(out.columns) > _MOST_COLUMNS:
            why = f"it has {len(out.columns):,} columns, and a table of InnoDB at most {_MOST_COLUMNS:,}"
        elif self.target.is_mysql and lengths.inside_page(out) > lengths.PAGE_LIMIT:
            why = f"what InnoDB keeps of a row in one page would be longer than {lengths.PAGE_LIMIT:,} bytes"
        if why is not None:
            self.accounts.manual(table.origin, f"the table was left out: {why}")
            del self.schema.tables[table.name], self.out.tables[table.name]

    def _take_domain(self, column: Column) -> None:
        domain = self.schema.domains.get(column.type.own) if column.type.own else None
        if domain is None:
            return
        if not domain.nullable:
            column.nullable = False
        if column.default is None and domain.default is not None:
            column.default = domain.default

    def _comment(self, comment: str | None, what: str, origin: int) -> str | None:
        if comment is not None and len(comment) > _LONGEST_COMMENT[what]:
            self.say(origin, f"a comment is cut to {_LONGEST_COMMENT[what]} characters")
            return comment[: _LONGEST_COMMENT[what] - 1] + "…"
        return comment or None

    def _fill(self, table: Table, out: OutTable) -> None:
        """Defaults, generated columns, checks and keys of a table."""
        for column in table.columns.values():
            if column.name in out.columns:
                self._fill_column(table, out, column)
        for check in self._checks_of(table, out):
            self._add_check(table, out, check)
        keys.add_keys(self, table, out)

    def _fill_column(self, table: Table, out: OutTable, column: Column) -> None:
        found = out.columns[column.name]
        chosen = found.chosen
        if chosen.note:
            self.say(column.origin, f"{column.name}: {chosen.note}")
        if chosen.by_hand:
            self.accounts.manual(column.origin, f"{column.name}: {chosen.by_hand}")
        if column.collation and column.collation not in ("C", "POSIX", "default", "ucs_basic"):
            self.say(column.origin, f"{column.name}: sorts by code point, not by {column.collation}")
        if column.identity:
            found.numbered = True
        if column.generated is not None:
            self._generated(out, column, found)
        elif column.default is not None:
            self._default(out, column, found)

    def _generated(self, out: OutTable, column: Column, found: OutColumn) -> None:
        assert column.generated is not None
        words = Expressions(self.target, out.kinds(), constant=True)
        try:
            found.generated = words.sql(column.generated)
        except Unsupported as problem:
            self.accounts.manual(
                column.origin,
                f"{column.name}: the expression it is generated by was not converted ({problem})",
            )
            found.nullable = True
            return
        found.stored = column.stored

    def _default(self, out: OutTable, column: Column, found: OutColumn) -> None:
        assert column.default is not None
        if isinstance(column.default, exp.Null) or _is_null(column.default):
            return
        try:
            found.default = self.default_words(column.default, found.chosen, out)
            if any(call.name.lower() in _IDS_IN_ORDER for call in column.default.find_all(exp.Anonymous)):
                self.say(column.origin, f"{column.name}: new ids are no longer in the order of time")
        except Unsupported as problem:
            self.accounts.manual(
                column.origin,
                f"{column.name}: its default was not converted ({problem}): give it when inserting",
            )

    def default_words(self, default: exp.Expr, chosen: Chosen, out: OutTable) -> str:
        """A default: literals as they are, what is reckoned between parentheses."""
        kind = chosen.kind
        bare = _literal_of(default)
        words = Expressions(self.target, {})
        is_hstore = chosen.note is not None and chosen.note.startswith("HSTORE")
        if bare is not None and is_hstore:
            return f"({quoted_text(hstore_document(bare))})"
        if bare is not None and kind not in ("bytes", "bits"):
            text = words.value(bare, kind) if kind != "integer" and kind != "number" else _number(bare)
            needs = kind in ("json", "array", "other") or lengths.is_unlimited(chosen)
            return f"({text})" if needs else text
        if kind == "bytes" and bare is not None:
            from pis_data.convert.values import bytes_literal

            return f"({bytes_literal(bare)})"
        if kind == "bits":
            digits = default.this if isinstance(default, exp.BitString) else bare
            if digits is None or set(str(digits)) - {"0", "1"}:
                raise Unsupported(shorten(default.sql("postgres")))
            return f"b'{digits}'"
        text = words.sql(default)
        if isinstance(default, exp.Boolean):
            return text.lower()
        if isinstance(default, (exp.Literal, exp.Neg)):
            return text
        if kind == "moment" and "utc_" in text:
            text = text.replace("utc_timestamp", "CURRENT_TIMESTAMP") if not _says_utc(default) else text
        return f"({text})"

    # -- checks ----------------------------------------------------------------------------------------

    def _checks_of(self, table: Table, out: OutTable) -> list[Check]:
        """The table's own checks, and those of its columns' types."""
        taken = {check.name for check in table.checks if check.name}
        made = []
        for column in table.columns.values():
            for expression in self._type_checks(table, column, out):
                name = made_name(table.name.name, column.name, "check", taken)
                taken.add(name)
                made.append(Check(expression, column.origin, name, column.name, made=True))
        return [*table.checks, *made]

    def _type_checks(self, table: Table, column: Column, out: OutTable) -> list[exp.Expr]:
        if column.name not in out.columns:
            return []
        chosen = out.columns[column.name].chosen
        name = exp.column(exp.to_identifier(column.name, quoted=True))
        found: list[exp.Expr] = []
        if chosen.values is not None:
            found.append(
                exp.In(this=name, expressions=[exp.Literal.string(value) for value in chosen.values])
            )
        if chosen.is_list and not self._is_ours(table, column):
            typed = exp.Anonymous(this="jsonb_typeof", expressions=[name])
            found.append(exp.EQ(this=typed, expression=exp.Literal.string("array")))
        domain = self.schema.domains.get(column.type.own) if column.type.own else None
        for check in domain.checks if domain and not column.type.dimensions else ():
            found.append(_with_value(check, name))
        type_ = resolved(self.schema, column.type)
        if chosen.length and lengths.is_unlimited(chosen) and type_.name in ("varchar", "char"):
            found.append(exp.LTE(this=exp.Length(this=name), expression=exp.Literal.number(chosen.length)))
        return found

    @staticmethod
    def _is_ours(table: Table, column: Column) -> bool:
        model = metadata.tables.get(table.name.name)
        return model is not None and column.name in model.c

    def _add_check(self, table: Table, out: OutTable, check: Check) -> None:
        name = check.name or made_name(table.name.name, check.column or "", "check")
        try:
            words = self._check_words(table, out, check)
        except Unsupported as problem:
            self.accounts.manual(
                check.origin,
                f"CHECK {name} was not converted ({problem}): check it in a BEFORE trigger or before writing",
            )
            return
        if not check.enforced:
            self.accounts.adapted(check.origin, f"CHECK {name} is left out: it is NOT ENFORCED")
            return
        out.checks.append((self.constraint_name(name, out, check.origin), words))

    def _check_words(self, table: Table, out: OutTable, check: Check) -> str:
        numbered = {column.name for column in table.columns.values() if column.identity}
        for node in check.expression.find_all(exp.Column):
            if node.name in numbered:
                raise Unsupported(f"{self.target.shown} has no checks of AUTO_INCREMENT columns")
        words = Expressions(self.target, out.kinds(), constant=True).sql(check.expression)
        if not _is_condition(check.expression):
            words = f"({words}) <> FALSE"
        if len(words.encode()) > _LONGEST_CHECK:
            raise Unsupported(f"a condition of {len(words):,} characters")
        original = check.expression.sql("postgres")
        if not check.made and _differs(original, words):
            self._note(check.origin, f"CHECK {check.name}: in {self.target.shown}'s words")
        return words

    def _note(self, origin: int, why: str) -> None:
        if (origin, why) not in self._said:
            self._said.add((origin, why))
            self.say(origin, why)


def _is_condition(node: exp.Expr) -> bool:
    """Whether MySQL sees by itself that it is true or false: it takes no other for a CHECK."""
    while isinstance(node, exp.Paren):
        node = node.this
    return isinstance(node, (exp.Predicate, exp.Connector, exp.Not)) and not isinstance(node, exp.Case)


def _flat(name: Name) -> str:
    return f"{name.schema}_{name.name}" if name.schema else name.name


def _is_null(node: exp.Expr) -> bool:
    while isinstance(node, (exp.Cast, exp.Paren)):
        node = node.this
    return isinstance(node, exp.Null)


def _literal_of(node: exp.Expr) -> str | None:
    """The text of a quoted literal, whatever casts are around it, or of an empty array."""
    bare: Any = node
    while isinstance(bare, (exp.Cast, exp.Paren)):
        bare = bare.this
    if isinstance(bare, exp.Literal) and bare.is_string:
        return str(bare.this)
    if isinstance(bare, exp.ByteString):
        return str(bare.this)
    if isinstance(bare, exp.Array) and not bare.expressions:
        return "{}"
    return None


def _number(text: str) -> str:
    return f"'{number_text(text)}'"


def _says_utc(node: exp.Expr) -> bool:
    return any(str(each.this).lower() == "utc" for each in node.find_all(exp.Literal))


def _with_value(check: exp.Expr, column: exp.Expr) -> exp.Expr:
    """A domain's check with a column in the place of VALUE."""

    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name.lower() == "value" and not node.table:
            return column.copy()
        return node

    return check.copy().transform(replaced)


def _differs(original: str, words: str) -> bool:
    def plain(text: str) -> str:
        return "".join(character for character in text.lower() if character not in ' ()`"')

    return plain(original) != plain(words)
