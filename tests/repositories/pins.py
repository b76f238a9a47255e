"""Statements as they are pinned: what says how many rows there are is left out, the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pis_data.schema import metadata

FOLDER = Path(__file__).parent / "statements"

#: each method's calls, and the statements that each of them sends
Pins = dict[str, list[str]]

CONTROL = ("BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET ")
"""What begins and ends a transaction, or sets its terms: not pinned, as drivers differ in what they show."""

_PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\$\d+")
_VALUE = r"\?(?:::[\w\[\]]+)?"
_LISTS = (
    (re.compile(rf"IN \(({_VALUE})(?:, {_VALUE})*\)"), r"IN (\1, …)"),
    (re.compile(r"IN \((\([^()]*\))(?:, \1)+\)"), r"IN (\1, …)"),
    (re.compile(r"((?:\S+ = \? AND )+\S+ = \?)(?: OR \1)+"), r"\1 OR …"),
    (re.compile(r"VALUES (\((?:[^()]|\(\d+\))*\))(?:, \1)+"), r"VALUES \1, …"),
    (re.compile(r"( WHEN \([^()]*\) THEN \S+)\1+"), r"\1 …"),
)
_HEADER = re.compile(r"^-- (?P<name>[^:\n]+): \d+$", re.MULTILINE)


def _all_columns(prefix: str, names: Iterable[str]) -> str:
    return ", ".join(rf"{re.escape(prefix)}[`\"]?{name}[`\"]?(?: AS {name})?" for name in names)


_STARS = [
    (re.compile(before + _all_columns(prefix, table.columns.keys()) + after), f"{before}{table.name}.*")
    for table in metadata.sorted_tables
    for before, prefix, after in (("", f"{table.name}.", r"(?!\w)"), ("RETURNING ", "", r"(?![\w,])"))
]


def normal(statement: str, *, executemany: bool = False) -> str:
    """A statement, the same for one row and for a hundred, on one driver and on another."""
    text = _PLACEHOLDER.sub("?", statement)
    for pattern, short in (*_STARS, *_LISTS):
        text = pattern.sub(short, text)
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if executemany and "), …" not in text:  # the statement has one row, the driver was given many
        lines.insert(0, "/* executemany */")
    return "\n  ".join(line.strip() for line in lines if line)


def path(aggregate: str, kind: str, server: str = "") -> Path:
    """The file of an aggregate's statements: a newer server's own where there is one, else the kind's."""
    own = FOLDER / f"{aggregate}.{server}.sql"
    return own if server and own.exists() else FOLDER / f"{aggregate}.{kind}.sql"


def write(text: str, aggregate: str, kind: str, server: str) -> None:
    """Write a file anew; a newer server has one only if it differs."""
    own, kinds = FOLDER / f"{aggregate}.{server}.sql", FOLDER / f"{aggregate}.{kind}.sql"
    if server == kind or not kinds.exists() or text != kinds.read_text():
        own.write_text(text)
    else:
        own.unlink(missing_ok=True)


def text(pins: Pins) -> str:
    """The file's text."""
    parts = ["-- Written by `pytest tests/repositories/test_statements.py --pin`; see calls/__init__.py.\n"]
    for name, statements in pins.items():
        parts.append(
            "\n".join([f"-- {name}: {len(statements)}", *(f"{each};" for each in statements)]) + "\n"
        )
    return "\n".join(parts)


def names(text: str) -> list[str]:
    """The calls that a file has."""
    return [match["name"] for match in _HEADER.finditer(text)]
