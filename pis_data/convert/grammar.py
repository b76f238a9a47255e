"""Reading a statement's tokens: names, types, lists; expressions are handed to sqlglot.

PostgreSQL's declarations are read here word by word, because sqlglot accepts many of them without a
meaning; its strength are expressions and queries, which it reads. What neither can read raises
`SyntaxProblem` with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pis_data.convert.model import Name, Type
from pis_data.convert.split import Statement, Token
from pis_data.errors import ConversionError, MissingDependencyError

if TYPE_CHECKING:
    from sqlglot import exp

T = TypeVar("T")

#: what PostgreSQL's own types are also called
_SYNONYMS: Final = {
    "int": "integer", "int4": "integer", "int2": "smallint", "int8": "bigint", "bool": "boolean",
    "float": "double precision",
    "float4": "real", "float8": "double precision", "decimal": "numeric", "character": "char",
    "bpchar": "char",
    "character varying": "varchar", "bit varying": "varbit", "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp", "time with time zone": "timetz",
    "time without time zone": "time", "serial4": "serial", "serial8": "bigserial", "serial2": "smallserial",
    "national character": "char", "national character varying": "varchar", "nchar": "char",
}  # fmt: skip
#: schemas that hold PostgreSQL's own things, or its extensions'
_SYSTEM_SCHEMAS: Final = frozenset({"pg_catalog", "extensions", "public", ""})
_TWO_WORDS: Final = {
    "DOUBLE": "PRECISION",
    "CHARACTER": "VARYING",
    "BIT": "VARYING",
}
#: the words that end the expression of a DEFAULT
_ENDS_DEFAULT: Final = frozenset(
    [
        "CONSTRAINT",
        "NOT",
        "NULL",
        "UNIQUE",
        "PRIMARY",
        "CHECK",
        "REFERENCES",
        "DEFAULT",
        "GENERATED",
        "COLLATE",
        "DEFERRABLE",
        "INITIALLY",
    ]
)


_LONGEST_NAME: Final = 63


class SyntaxProblem(ConversionError):
    """What stands there can't be read; ``offset`` is its place in the script."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Cursor:
    """A place among the tokens of a statement, moved on by what is read."""

    def __init__(self, statement: Statement, position: int = 0, stop: int | None = None) -> None:
        self.statement = statement
        self.tokens = statement.tokens
        self.position = position
        self.stop = len(self.tokens) if stop is None else stop

    # -- looking ---------------------------------------------------------------------------------------

    @property
    def at_end(self) -> bool:
        """Nothing is left."""
        return self.position >= self.stop

    def word(self, ahead: int = 0) -> str:
        """The unquoted word here, in capitals; the text of anything else; empty at the end."""
        index = self.position + ahead
        if index >= self.stop:
            return ""
        token = self.tokens[index]
        if token.kind == "word":
            return token.text.upper()
        return token.text if token.kind in ("op", "number") else ""

    def token(self) -> Token:
        """The token here. Raises SyntaxProblem at the end."""
        if self.at_end:
            raise self.problem("the statement ends too early")
        return self.tokens[self.position]

    def problem(self, message: str | None = None) -> SyntaxProblem:
        """What is wrong here."""
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            end = self.statement.start + len(self.statement.text)
            shown = self.statement.text[token.start - self.statement.start :][: token.end - token.start]
            return SyntaxProblem(message or f"unexpected {shown[:30]!r}", min(token.start, end))
        return SyntaxProblem(
            message or "the statement ends too early", self.statement.start + len(self.statement.text)
        )

    # -- taking ----------------------------------------------------------------------------------------

    def accept(self, *words: str) -> bool:
        """Move past these words if they stand here."""
        if all(self.word(index) == word for index, word in enumerate(words)):
            self.position += len(words)
            return True
        return False

    def accept_any(self, *phrases: str) -> str | None:
        """Move past the first of these phrases that stands here, and return it."""
        return next((phrase for phrase in phrases if self.accept(*phrase.split())), None)

    def expect(self, *words: str) -> None:
        """Move past these words. Raises SyntaxProblem if others stand here."""
        if not self.accept(*words):
            raise self.problem(
                f"expected {' '.join(words)}" + ("" if self.at_end else f", found {self._shown()}")
            )

    def _shown(self) -> str:
        token = self.tokens[self.position]
        return repr(token.text[:30])

    def expect_end(self) -> None:
        """Nothing may be left."""
        if not self.at_end:
            raise self.problem()

    def identifier(self) -> str:
        """A name: in small letters unless it is quoted."""
        token = self.token()
        if token.kind not in ("word", "quoted"):
            raise self.problem(f"expected a name, found {token.text[:30]!r}")
        self.position += 1
        return _fitted(token.text if token.kind == "quoted" else token.text.lower())

    def name(self) -> Name:
        """A name, maybe with a schema (and a database before it, which is left out)."""
        parts = [self.identifier()]
        while self.accept("."):
            parts.append(self.identifier())
        return in_schema(parts[-2] if len(parts) > 1 else "", parts[-1])

    def string(self) -> str:
        """A quoted string."""
        token = self.token()
        if token.kind != "string":
            raise self.problem(f"expected a string, found {token.text[:30]!r}")
        self.position += 1
        return token.text

    def number(self) -> str:
        """A number, with its sign."""
        sign = "-" if self.accept("-") else ""
        token = self.token()
        if token.kind != "number":
            raise self.problem(f"expected a number, found {token.text[:30]!r}")
        self.position += 1
        return sign + token.text

    def items(self, read: Callable[[], T]) -> list[T]:
        """What ``read`` reads, again and again with commas between."""
        found = [read()]
        while self.accept(","):
            found.append(read())
        return found

    def in_parentheses(self, read: Callable[[], T]) -> list[T]:
        """A list between parentheses."""
        self.expect("(")
        found = self.items(read)
        self.expect(")")
        return found

    def names(self) -> list[str]:
        """A list of names between parentheses."""
        return self.in_parentheses(self.identifier)

    # -- slices ----------------------------------------------------------------------------------------

    def skip_parentheses(self) -> tuple[int, int]:
        """Move past a balanced pair; return the positions of what is between."""
        self.expect("(")
        begin, depth = self.position, 1
        while depth:
            if self.at_end:
                raise self.problem("a parenthesis is not closed")
            word = self.tokens[self.position]
            if word.kind == "op":
                depth += (word.text in "([") - (word.text in ")]")
            self.position += 1
        return begin, self.position - 1

    def source(self, begin: int, end: int) -> str:
        """The text of the tokens from ``begin`` to before ``end``."""
        if begin >= end:
            return ""
        start = self.statement.start
        return self.statement.text[self.tokens[begin].start - start : self.tokens[end - 1].end - start]

    def parenthesized(self) -> str:
        """The text between a balanced pair of parentheses."""
        return self.source(*self.skip_parentheses())

    def parenthesized_expression(self) -> exp.Expr:
        """The expression between a balanced pair of parentheses."""
        begin, end = self.skip_parentheses()
        return self.parsed(begin, end)

    def until(self, ends: Callable[[Cursor], bool]) -> tuple[int, int]:
        """Move on, past balanced parentheses, to where ``ends`` says so, a comma, or the end."""
        begin = self.position
        while not self.at_end and self.word() not in (",", ")"):
            if self.position > begin and ends(self):
                break
            if self.word() == "(":
                self.skip_parentheses()
            elif self.word() == "[":
                self._skip_brackets()
            else:
                self.position += 1
        if begin == self.position:
            raise self.problem("expected an expression")
        return begin, self.position

    def _skip_brackets(self) -> None:
        depth = 0
        while True:
            word = self.word()
            depth += (word in ("[", "(")) - (word in ("]", ")"))
            self.position += 1
            if not depth:
                return
            if self.at_end:
                raise self.problem("a bracket is not closed")

    def default(self) -> exp.Expr:
        """The expression behind DEFAULT."""
        return self.parsed(*self.until(lambda cursor: cursor.word() in _ENDS_DEFAULT))

    def parsed(self, begin: int, end: int) -> exp.Expr:
        """The expression of these tokens."""
        try:
            return parse_expression(self.source(begin, end))
        except SyntaxProblem as problem:
            at = self.tokens[begin].start if begin < len(self.tokens) else self.statement.start
            raise SyntaxProblem(str(problem), at + max(problem.offset, 0)) from None

    # -- types -----------------------------------------------------------------------------------------

    def type(self) -> Type:
        """A type, as PostgreSQL itself would call it."""
        self.accept("SETOF")
        schema, name = self._type_name()
        arguments: list[str] = []
        if self.word() == "(":
            begin, end = self.skip_parentheses()
            arguments = [part.strip() for part in self.source(begin, end).split(",")]
        if name in ("timestamp", "time"):
            if self.accept("WITH", "TIME", "ZONE"):
                name += "tz"
            else:
                self.accept("WITHOUT", "TIME", "ZONE")
        if name == "interval":
            while self.word() in ("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO"):
                self.position += 1
        dimensions = self._dimensions()
        known = schema.lower() in _SYSTEM_SCHEMAS
        name = _SYNONYMS.get(name, name) if known else name
        return Type(name, tuple(arguments), dimensions, Name("" if known else schema, name))

    def _type_name(self) -> tuple[str, str]:
        first = self.token()
        quoted = first.kind == "quoted"
        name = self.identifier()
        schema = ""
        while self.accept("."):
            quoted = self.token().kind == "quoted"
            schema, name = name, self.identifier()
        if quoted:
            return schema, '"char"' if name == "char" else name
        if name == "national":
            name = self.identifier()
        second = _TWO_WORDS.get(name.upper())
        if second and self.accept(second):
            name = f"{name} {second.lower()}"
        return schema, _SYNONYMS.get(name, name)

    def _dimensions(self) -> int:
        count = 0
        while self.accept("["):
            while not self.accept("]"):
                self.number()
            count += 1
        if self.accept("ARRAY"):
            count = 1
            if self.word() == "[":
                self._dimensions()
        return count

    # -- the end of a statement ------------------------------------------------------------------------

    def rest(self) -> str:
        """The text that is left, which is thereby read."""
        begin, self.position = self.position, self.stop
        return self.source(begin, self.stop)

    def skip_options(self) -> str:
        """``WITH (…)`` and the like: the text between the parentheses."""
        return self.parenthesized()


def _fitted(name: str) -> str:
    """A name as long as PostgreSQL lets it be, 63 bytes: it cuts longer ones itself."""
    if len(name) < 16 or len(name.encode(errors="replace")) <= _LONGEST_NAME:
        return name
    return name.encode(errors="replace")[:_LONGEST_NAME].decode(errors="ignore")


def in_schema(schema: str, name: str) -> Name:
    """A name; ``public`` is where everything is that says nothing else."""
    return Name("" if schema == "public" else schema, name)


# -- sqlglot -----------------------------------------------------------------------------------------


def sqlglot() -> Any:
    """The parser's package. Raises MissingDependencyError if it is not installed."""
    try:
        import sqlglot
    except ImportError:
        raise MissingDependencyError("reading SQL needs sqlglot: pip install 'pis-data[convert]'") from None
    return sqlglot


def _parse(text: str) -> Any:
    library = sqlglot()
    from sqlglot.errors import ParseError, TokenError

    try:
        found = library.parse(text, read="postgres")
    except ParseError as error:
        detail = error.errors[0] if error.errors else {}
        line, column = detail.get("line") or 1, detail.get("col") or 1
        lines = text.split("\n")
        offset = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
        message = str(detail.get("description") or error).splitlines()[0].rstrip(".")
        raise SyntaxProblem(message, offset) from None
    except TokenError as error:
        raise SyntaxProblem(str(error).splitlines()[0], 0) from None
    except RecursionError:
        raise SyntaxProblem(_TOO_DEEP, 0) from None
    if len(found) != 1 or found[0] is None:
        raise SyntaxProblem("expected one expression", 0)
    return shallow(found[0])


#: how deep a tree may be: whatever goes through one later must do so within Python's stack
_DEEPEST: Final = 100
_TOO_DEEP: Final = "this is nested too deeply"


def shallow(tree: exp.Expr) -> exp.Expr:
    """The tree, long chains of AND and OR as flat as can be. Raises SyntaxProblem if it is too deep."""
    if _is_deep(tree):
        tree = _balanced_chains(tree)
        if _is_deep(tree):
            raise SyntaxProblem(_TOO_DEEP, 0)
    return tree


def _is_deep(tree: exp.Expr) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node.iter_expressions()]
        if not level:
            return False
    return True


def _balanced_chains(tree: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    def halved(kind: type[exp.Connector], parts: list[exp.Expr]) -> exp.Expr:
        if len(parts) == 1:
            return parts[0]
        middle = len(parts) // 2
        return kind(this=halved(kind, parts[:middle]), expression=halved(kind, parts[middle:]))

    for kind in (exp.And, exp.Or):
        for top in [node for node in tree.find_all(kind) if not isinstance(node.parent, kind)]:
            parts: list[exp.Expr] = []
            waiting: list[exp.Expr] = [top]
            while waiting:
                node = waiting.pop()
                if isinstance(node, kind):
                    waiting += [node.expression, node.this]
                else:
                    parts.append(node)
            made = halved(kind, parts)
            if top is tree:
                tree = made
            else:
                top.replace(made)
    return tree


_WRAP: Final = "SELECT ("


def parse_expression(text: str) -> exp.Expr:
    """The tree of an expression. Raises SyntaxProblem; its offset is within ``text``."""
    if not text.strip():
        raise SyntaxProblem("expected an expression", 0)
    try:
        found = _parse(f"{_WRAP}{text}\n)")
    except SyntaxProblem as problem:
        raise SyntaxProblem(str(problem), min(max(problem.offset - len(_WRAP), 0), len(text))) from None
    from sqlglot import exp

    if not isinstance(found, exp.Select) or len(found.expressions) != 1 or len(found.args) == 0:
        raise SyntaxProblem("expected one expression", 0)
    tree = found.expressions[0]
    if isinstance(tree, exp.Alias) or found.args.get("from_"):
        raise SyntaxProblem("expected one expression", 0)
    inner: exp.Expr = tree.this if isinstance(tree, exp.Paren) else tree
    return inner


def parse_query(text: str) -> exp.Expr:
    """The tree of a SELECT. Raises SyntaxProblem; its offset is within ``text``."""
    from sqlglot import exp

    found = _parse(text)
    if not isinstance(found, exp.Query):
        raise SyntaxProblem("expected a query", 0)
    return found


def words_of(tokens: Sequence[Token]) -> Iterator[str]:
    """The unquoted words among tokens, in capitals."""
    return (token.text.upper() for token in tokens if token.kind == "word")
