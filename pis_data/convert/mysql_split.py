"""A script of MySQL's or MariaDB's into statements: DELIMITER, backticks, backslashes."""

# ruff: noqa: E501 (tables of data)
from __future__ import annotations

import re
from typing import Final

from pis_data.convert.split import Script, Statement, Token

_TOKEN: Final = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>(?:--(?=\s|$)|\#)[^\n]*)
    | (?P<open>/\*M?!\d*)
    | (?P<close>\*/)
    | (?P<block>/\*.*?\*/)
    | (?P<bits>[bBxX]'[^']*')
    | (?P<string>[nN]?'(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.|"")*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<number>0x[0-9A-Fa-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<word>@{0,2}[A-Za-z_\x80-\U0010ffff][\w$\x80-\U0010ffff]*)
    | (?P<op><=>|<=|>=|<>|!=|:=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_DELIMITER: Final = re.compile(r"[ \t]*DELIMITER[ \t]+(\S+)[^\n]*", re.IGNORECASE)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}


def is_mysqls(text: str) -> bool:
    """Whether a script is MySQL's or MariaDB's, by what only they write."""
    return bool(
        re.search(r"\)\s*ENGINE\s*=|^DELIMITER\b|\bAUTO_INCREMENT\b|^\s*`|\bCREATE TABLE (?:IF NOT EXISTS )?`",
                  text, re.IGNORECASE | re.MULTILINE)
    )  # fmt: skip


def split_mysql(source: str) -> Script:
    """Take a script apart. It never fails: what is not closed is a statement that says so."""
    script = Script(source)
    delimiter, position, tokens = ";", 0, list[Token]()

    def end(stop: int) -> None:
        if tokens:
            start = tokens[0].start
            line, column = script.place(start)
            script.statements.append(
                Statement(source[start:stop].rstrip(), line, column, start, list(tokens))
            )
            tokens.clear()

    while position < len(source):
        begins_line = position == 0 or source[position - 1] == "\n"
        if begins_line and (found := _DELIMITER.match(source, position)):
            end(position)
            delimiter, position = found[1], found.end()
            continue
        if source.startswith(delimiter, position):
            end(position)
            position += len(delimiter)
            continue
        match = _TOKEN.match(source, position)
        assert match is not None
        kind, position = match.lastgroup or "", match.end()
        if kind in ("space", "comment", "open", "close", "block"):
            continue
        tokens.append(Token(*_meaning(kind, match.group()), match.start(), match.end()))
    end(len(source))
    return script


def _meaning(kind: str, text: str) -> tuple[str, str]:
    if kind == "quoted":
        return kind, text[1:-1].replace("``", "`")
    if kind == "string":
        quote = text[-1]
        inner = text[text.index(quote) + 1 : -1].replace(quote * 2, quote)
        return kind, re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), inner, flags=re.DOTALL)
    return kind, text
