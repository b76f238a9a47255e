"""The little of PL/pgSQL that trigger functions are mostly made of, as a tree.

Assignments to NEW's columns, IF, UPDATE, INSERT and DELETE of other tables, RAISE EXCEPTION, RETURN, and
PERFORM of a function that is made of such.
Anything else raises `Unsupported`, which names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from pis_data.convert.grammar import Cursor, SyntaxProblem
from pis_data.convert.model import Name
from pis_data.convert.split import whole
from pis_data.convert.target import Unsupported, shorten

if TYPE_CHECKING:
    from sqlglot import exp


@dataclass(frozen=True, slots=True)
class Assign:
    """``NEW.column := value``."""

    column: str
    value: exp.Expr


@dataclass(frozen=True, slots=True)
class Return:
    """``RETURN NEW``: or OLD, or NULL."""

    what: str


@dataclass(frozen=True, slots=True)
class If:
    """Conditions and what to do, in turn; what else."""

    branches: tuple[tuple[exp.Expr, tuple[Step, ...]], ...]
    otherwise: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """``UPDATE table SET … WHERE …``."""

    table: Name
    alias: str
    sets: tuple[tuple[str, exp.Expr], ...]
    where: exp.Expr | None


@dataclass(frozen=True, slots=True)
class Insert:
    """``INSERT INTO table (…) VALUES (…)``."""

    table: Name
    columns: tuple[str, ...]
    values: tuple[exp.Expr, ...]


@dataclass(frozen=True, slots=True)
class Delete:
    """``DELETE FROM table WHERE …``."""

    table: Name
    where: exp.Expr


@dataclass(frozen=True, slots=True)
class Raise:
    """``RAISE EXCEPTION 'message'``."""

    message: str


@dataclass(frozen=True, slots=True)
class Perform:
    """``PERFORM function(argument, …)``."""

    function: Name
    arguments: tuple[exp.Expr, ...]


Step: TypeAlias = Assign | Return | If | Update | Insert | Delete | Raise | Perform


def parse_body(body: str) -> tuple[Step, ...]:
    """The steps of a trigger function. Raises Unsupported."""
    statement = whole(body)
    if statement.broken:
        raise Unsupported(statement.broken)
    try:
        return _Parser(Cursor(statement)).body()
    except SyntaxProblem as problem:
        raise Unsupported(f"its body: {problem}") from None


@dataclass
class _Parser:
    cursor: Cursor
    #: variables that hold NEW
    aliases: set[str] = field(default_factory=lambda: {"new"})

    def body(self) -> tuple[Step, ...]:
        cursor = self.cursor
        records = self._declared() if cursor.accept("DECLARE") else set()
        cursor.expect("BEGIN")
        steps = self._steps(("END",), records)
        cursor.expect("END")
        cursor.accept(";")
        cursor.expect_end()
        return steps

    def _declared(self) -> set[str]:
        """Variables: only records, which may then hold NEW."""
        records = set()
        while self.cursor.word() != "BEGIN":
            name = self.cursor.identifier()
            if self.cursor.identifier() != "record":
                raise Unsupported(f"its variable {name}")
            self.cursor.expect(";")
            records.add(name)
        return records

    def _steps(self, ends: tuple[str, ...], records: set[str] | None = None) -> tuple[Step, ...]:
        found: list[Step] = []
        while self.cursor.word() not in ends:
            if self.cursor.at_end:
                raise self.cursor.problem()
            step = self._step(records or set())
            if step is not None:
                found.append(step)
        return tuple(found)

    def _step(self, records: set[str]) -> Step | None:
        cursor = self.cursor
        if cursor.accept("RETURN"):
            return self._return()
        if cursor.accept("IF"):
            return self._if()
        if cursor.accept("UPDATE"):
            return self._update()
        if cursor.accept("INSERT", "INTO"):
            return self._insert()
        if cursor.accept("DELETE", "FROM"):
            table = cursor.name()
            cursor.expect("WHERE")
            return Delete(table, self._expression())
        if cursor.accept("RAISE"):
            return self._raise()
        if cursor.accept("PERFORM"):
            return self._perform()
        if cursor.accept("NULL"):
            cursor.expect(";")
            return None
        return self._assign(records)

    def _return(self) -> Return:
        what = self.cursor.identifier()
        self.cursor.expect(";")
        if what in self.aliases:
            return Return("NEW")
        if what not in ("old", "null"):
            raise Unsupported(f"RETURN {what}")
        return Return(what.upper())

    def _if(self) -> If:
        cursor = self.cursor
        branches = [self._branch()]
        otherwise: tuple[Step, ...] = ()
        while True:
            if cursor.accept("ELSIF") or cursor.accept("ELSEIF"):
                branches.append(self._branch())
            elif cursor.accept("ELSE"):
                otherwise = self._steps(("END",))
            else:
                break
        cursor.expect("END", "IF")
        cursor.expect(";")
        return If(tuple(branches), otherwise)

    def _branch(self) -> tuple[exp.Expr, tuple[Step, ...]]:
        begin = self.cursor.position
        depth = 0
        while self.cursor.word() != "THEN" or depth:
            if self.cursor.at_end:
                raise self.cursor.problem()
            depth += (self.cursor.word() == "CASE") - (self.cursor.word() == "END")
            self.cursor.position += 1
        condition = self.cursor.parsed(begin, self.cursor.position)
        self.cursor.expect("THEN")
        return condition, self._steps(("ELSIF", "ELSEIF", "ELSE", "END"))

    def _expression(self) -> exp.Expr:
        """An expression up to the semicolon, which is read too."""
        begin, depth = self.cursor.position, 0
        while depth or self.cursor.word() != ";":
            if self.cursor.at_end:
                raise self.cursor.problem()
            depth += (self.cursor.word() == "(") - (self.cursor.word() == ")")
            self.cursor.position += 1
        found = self.cursor.parsed(begin, self.cursor.position)
        self.cursor.expect(";")
        return found

    def _update(self) -> Update:
        cursor = self.cursor
        table = cursor.name()
        cursor.accept("AS")
        alias = table.name if cursor.word() == "SET" else cursor.identifier()
        cursor.expect("SET")
        sets = []
        while True:
            column = cursor.identifier()
            if not cursor.accept("="):
                cursor.expect(":=")
            ends = cursor.until(lambda c: c.word() in ("WHERE", "FROM", "RETURNING", ";"))
            sets.append((column, cursor.parsed(*ends)))
            if not cursor.accept(","):
                break
        where = None
        if cursor.accept("WHERE"):
            where = self._expression()
        else:
            cursor.expect(";")
        return Update(table, alias, tuple(sets), where)

    def _insert(self) -> Insert:
        cursor = self.cursor
        table = cursor.name()
        columns = cursor.names()
        cursor.expect("VALUES")
        values = cursor.in_parentheses(lambda: cursor.parsed(*cursor.until(lambda _: False)))
        if not cursor.accept(";"):
            raise Unsupported("an INSERT that does more than add one row")
        return Insert(table, tuple(columns), tuple(values))

    def _perform(self) -> Perform:
        cursor = self.cursor
        function = cursor.name()
        cursor.expect("(")
        arguments: list[exp.Expr] = []
        if cursor.word() != ")":
            arguments = cursor.items(lambda: cursor.parsed(*cursor.until(lambda _: False)))
        cursor.expect(")")
        cursor.expect(";")
        return Perform(function, tuple(arguments))

    def _raise(self) -> Step | None:
        cursor = self.cursor
        level = cursor.identifier() if cursor.token().kind == "word" else "exception"
        begin = cursor.position
        while cursor.word() != ";":
            if cursor.at_end:
                raise cursor.problem()
            cursor.position += 1
        text = next((t.text for t in cursor.tokens[begin : cursor.position] if t.kind == "string"), "refused")
        cursor.expect(";")
        return Raise(text) if level == "exception" else None

    def _assign(self, records: set[str]) -> Assign | None:
        cursor = self.cursor
        what = shorten(cursor.source(cursor.position, min(cursor.position + 6, cursor.stop)), 40)
        target = cursor.identifier()
        if target in records and target not in self.aliases:
            if not cursor.accept(":="):
                cursor.expect("=")
            if cursor.identifier() != "new":
                raise Unsupported(what)
            cursor.expect(";")
            self.aliases.add(target)
            return None
        if target not in self.aliases or not cursor.accept("."):
            raise Unsupported(f"its step {what!r}")
        column = cursor.identifier()
        if not cursor.accept(":="):
            cursor.expect("=")
        return Assign(column, self._expression())


def filled(step: Step, function: str, given: Mapping[str, exp.Expr]) -> Step:
    """A step of a function with the arguments of a call in the place of its parameters.

    Raises Unsupported for what such a function may not hold here: anything but UPDATE, INSERT, DELETE, IF.
    """
    from sqlglot import exp

    positions = list(given.values())

    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in given and node.table in ("", function):
            return given[node.name].copy()
        if isinstance(node, exp.Parameter) and node.name.isdigit() and 0 < int(node.name) <= len(positions):
            return positions[int(node.name) - 1].copy()
        return node

    def of(node: exp.Expr) -> exp.Expr:
        return node.copy().transform(replaced)

    match step:
        case Update():
            sets = tuple((column, of(value)) for column, value in step.sets)
            return replace(step, sets=sets, where=None if step.where is None else of(step.where))
        case Insert():
            return replace(step, values=tuple(map(of, step.values)))
        case Delete():
            return replace(step, where=of(step.where))
        case If():
            branches = tuple(
                (of(condition), tuple(filled(each, function, given) for each in steps))
                for condition, steps in step.branches
            )
            return If(branches, tuple(filled(each, function, given) for each in step.otherwise))
    raise Unsupported(f"{function} does more than change rows")
