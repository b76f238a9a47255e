"""A script into statements, as psql reads it: quotes, comments, psql's own commands, COPY data.

Every token and every statement keeps its place, so that whatever is said later cites line and column. The
script is read once, from left to right: twice as much of it takes twice as long.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>--[^\n]*)
    | (?P<block>/\*)
    | (?P<dollar>\$(?:[A-Za-z_\x80-\U0010ffff][\w]*)?\$)
    | (?P<escaped>[eE]'(?:[^'\\]|\\.|'')*')
    | (?P<unicode>[uU]&'(?:[^']|'')*')
    | (?P<bits>[bBxX]'[^']*')
    | (?P<string>[nN]?'(?:[^']|'')*')
    | (?P<quoted>(?:[uU]&)?"(?:[^"]|"")*")
    | (?P<open>[eEnN]?'|")
    | (?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>[A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]*)
    | (?P<meta>\\[^\n]*)
    | (?P<op>::|:=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK: Final = re.compile(r"/\*|\*/")
_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(.))", re.DOTALL
)
_ESCAPED: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_UNICODE: Final = re.compile(r"\\(?:\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4})|(\\))")
_COPY_END: Final = re.compile(r"^\\\.[ \t\r]*$", re.MULTILINE)


class Token(NamedTuple):
    """A word, quoted name, string, number or operator, and where it stands."""

    kind: str
    #: what it means: a string without quotes and escapes, a word as it is written
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Statement:
    """One statement of the script, without the semicolon behind it."""

    text: str
    #: of its first token; both count from 1
    line: int
    column: int
    #: offset of `text` in the script
    start: int
    tokens: list[Token]
    #: the lines of a COPY
    data: list[str] | None = None
    #: why it can't be read to its end
    broken: str | None = None
    #: where that is
    broken_at: int | None = None


@dataclass
class Script:
    """The statements of a script, in order."""

    source: str
    statements: list[Statement] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", self.source))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, counted from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def split(source: str) -> Script:
    """Take a script apart. It never fails: what is not closed is a statement that says so."""
    script = Script(source)
    reader = _Reader(script)
    reader.read()
    return script


class _Reader:
    """Reads tokens and puts statements together."""

    def __init__(self, script: Script, *, whole: bool = False) -> None:
        self.script = script
        self.source = script.source
        self.tokens: list[Token] = []
        self.depth = 0
        self.atomic = 0
        self.broken: tuple[str, int] | None = None
        #: take everything as one statement
        self.whole = whole

    def read(self) -> None:
        position, size = 0, len(self.source)
        while position < size:
            match = _TOKEN.match(self.source, position)
            assert match is not None
            position = self._take(match)
        self._finish()

    def _take(self, match: re.Match[str]) -> int:
        """Take one token; return where the next begins."""
        kind, start, end = match.lastgroup or "", match.start(), match.end()
        if kind in ("space", "comment"):
            return end
        if kind == "block":
            return self._block(start)
        if kind == "dollar":
            return self._dollar(match.group(), start, end)
        if kind == "open":
            self.broken = "a quote that is not closed", start
            self.tokens.append(Token("op", match.group(), start, end))
            return len(self.source)
        if kind == "meta":
            return self._meta(start, end)
        text = match.group()
        if kind == "op":
            if text == ";" and not self.whole and not self.atomic and not self._is_rule():
                return self._end(end)
            self.depth += (text == "(") - (text == ")")
        elif kind == "word":
            self._watch_body(text)
        try:
            self.tokens.append(Token(*_meaning(kind, text), start, end))
        except ValueError:
            self.broken = "an escape that names no character", start
            self.tokens.append(Token(kind, text, start, end))
        return end

    def _is_rule(self) -> bool:
        """Only a rule may hold a semicolon between parentheses; elsewhere one was forgotten."""
        return self.depth > 0 and any(token.text.upper() == "RULE" for token in self.tokens[:4])

    def _watch_body(self, word: str) -> None:
        """A function's body may be written without quotes: BEGIN ATOMIC … END."""
        upper = word.upper()
        if upper == "ATOMIC" and self.tokens and self.tokens[-1].text.upper() == "BEGIN":
            self.atomic = 1
        elif self.atomic and upper == "CASE":
            self.atomic += 1
        elif self.atomic and upper == "END":
            self.atomic -= 1

    def _block(self, start: int) -> int:
        """Pass over a comment in stars, which may hold others."""
        depth, position = 1, start + 2
        while depth:
            match = _BLOCK.search(self.source, position)
            if match is None:
                self.broken = "a comment that is not closed", start
                self.tokens.append(Token("op", "/*", start, start + 2))
                return len(self.source)
            depth += 1 if match.group() == "/*" else -1
            position = match.end()
        return position

    def _dollar(self, tag: str, start: int, end: int) -> int:
        close = self.source.find(tag, end)
        if close < 0:
            self.broken = f"a quote {tag} that is not closed", start
            self.tokens.append(Token("op", tag, start, end))
            return len(self.source)
        self.tokens.append(Token("string", self.source[end:close], start, close + len(tag)))
        return close + len(tag)

    def _meta(self, start: int, end: int) -> int:
        """A command of psql: a statement of its own, to the end of the line."""
        if self.tokens:  # in the midst of a statement: ``\gexec`` and the like end it
            self._add(start)
        line, column = self.script.place(start)
        text = self.source[start:end].rstrip()
        token = Token("meta", text, start, end)
        self.script.statements.append(Statement(text, line, column, start, [token]))
        return end

    def _end(self, end: int) -> int:
        if not self.tokens:
            return end
        copies = self._is_copy_from_stdin()
        self._add(end - 1)
        if not copies:
            return end
        newline = self.source.find("\n", end)
        begin = len(self.source) if newline < 0 else newline + 1
        close = _COPY_END.search(self.source, begin)
        stop = close.start() if close else len(self.source)
        statement = self.script.statements[-1]
        statement.data = self.source[begin:stop].removesuffix("\n").split("\n") if stop > begin else []
        if close is None:
            statement.broken, statement.broken_at = "COPY data without the line \\. behind it", begin
        return close.end() if close else len(self.source)

    def _is_copy_from_stdin(self) -> bool:
        words = [token.text.upper() for token in self.tokens if token.kind == "word"]
        return words[:1] == ["COPY"] and "STDIN" in words and "FROM" in words

    def _finish(self) -> None:
        if self.tokens:
            self._add(len(self.source))

    def _add(self, end: int) -> None:
        start = self.tokens[0].start
        line, column = self.script.place(start)
        text = self.source[start:end].rstrip()
        statement = Statement(text, line, column, start, self.tokens)
        if self.broken:
            statement.broken, statement.broken_at = self.broken
        self.script.statements.append(statement)
        self.tokens, self.depth, self.atomic, self.broken = [], 0, 0, None


def _meaning(kind: str, text: str) -> tuple[str, str]:
    """What a token means. Raises ValueError for an escape that names no character."""
    match kind:
        case "escaped":
            return "string", unescape(text[2:-1].replace("''", "'"))
        case "unicode":
            return "string", _unicode(text[3:-1].replace("''", "'"))
        case "string":
            return "string", text[text.index("'") + 1 : -1].replace("''", "'")
        case "quoted" if text[0] in "uU":
            return "quoted", _unicode(text[3:-1].replace('""', '"'))
        case "quoted":
            return "quoted", text[1:-1].replace('""', '"')
    return kind, text


def unescape(text: str) -> str:
    """The text of an ``E''`` string."""

    def meaning(match: re.Match[str]) -> str:
        hexadecimal, short, long, octal, other = match.groups()
        if digits := hexadecimal or short or long:
            return _character(digits)
        if octal:
            return chr(int(octal, 8))
        return _ESCAPED.get(other, other)

    return _whole_characters(_ESCAPE.sub(meaning, text)) if "\\" in text else text


def _unicode(text: str) -> str:
    return _whole_characters(_UNICODE.sub(lambda m: "\\" if m[3] else _character(m[1] or m[2]), text))


def _character(digits: str) -> str:
    code = int(digits, 16)
    if code > sys.maxunicode:
        raise ValueError(f"there is no character {digits}")
    return chr(code)


def _whole_characters(text: str) -> str:
    """Pairs of surrogates as the one character that they mean. Raises ValueError for half a pair."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def copied_rows(statement: Statement) -> Iterator[list[str | None]]:
    r"""The rows of a COPY in PostgreSQL's text format: tabs between fields, ``\N`` for NULL."""
    for line in statement.data or ():
        yield [
            None if field == "\\N" else unescape_copy(field) for field in line.removesuffix("\r").split("\t")
        ]


_COPY_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)


def unescape_copy(field: str) -> str:
    """The text of one field of a COPY."""

    def meaning(match: re.Match[str]) -> str:
        hexadecimal, octal, other = match.groups()
        if hexadecimal or octal:
            return chr(int(hexadecimal, 16) if hexadecimal else int(octal, 8))
        return {**_ESCAPED, "v": "\v"}.get(other, other)

    return _COPY_ESCAPE.sub(meaning, field) if "\\" in field else field


def whole(text: str) -> Statement:
    """A text as one statement, semicolons and all: the body of a function."""
    script = Script(text)
    reader = _Reader(script, whole=True)
    reader.read()
    found = [statement for statement in script.statements if statement.tokens[0].kind != "meta"]
    if len(found) != 1:
        return Statement(
            text, 1, 1, 0, [], broken="its body is empty" if not found else "its body ends too early"
        )
    return found[0]
