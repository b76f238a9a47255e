"""Values written in PostgreSQL's forms, in those of the target: ids, moments, lists, bytes, paths."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any, Final
from uuid import UUID

from pis_data.convert.target import Target, Unsupported, quoted_text

_MOMENT: Final = re.compile(
    r"\s*(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?))?\s*"
    r"(Z|UTC|[+-]\d{2}(?::?\d{2})?)?\s*$",
    re.IGNORECASE,
)


def uuid_literal(text: str, target: Target) -> str:
    """A UUID. Raises Unsupported if it is none."""
    try:
        found = UUID(text.strip())
    except ValueError:
        raise Unsupported(f"{text[:40]!r} is no UUID") from None
    return quoted_text(str(found)) if target.uuid == "char" else f"X'{found.hex}'"


def utc_text(text: str, *, aware: bool) -> str:
    """A moment as DATETIME reads it; one with a zone in UTC. Raises Unsupported."""
    match = _MOMENT.match(text)
    if match is None:
        raise Unsupported(f"{text[:40]!r} is a moment that DATETIME can't hold")
    day, time, zone = match.groups()
    try:
        found = dt.datetime.fromisoformat(f"{day}T{time or '00:00'}")
        if aware and zone and zone.upper() not in ("Z", "UTC"):
            sign = -1 if zone[0] == "-" else 1
            digits = zone[1:].replace(":", "")
            found -= sign * dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    except (ValueError, OverflowError):
        raise Unsupported(f"{text[:40]!r} is a moment that DATETIME can't hold") from None
    return found.isoformat(sep=" ", timespec="microseconds" if found.microsecond else "seconds")


def day_text(text: str) -> str:
    """A day as DATE reads it. Raises Unsupported."""
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Unsupported(f"{text[:40]!r} is a day that DATE can't hold") from None


#: how deep a document may be on either server (MySQL allows 100, MariaDB 32)
_DEEPEST: Final = {"mysql": 100, "mariadb": 31}


def document(text: str, target: Target) -> str:
    """A JSON document as it stands. Raises Unsupported if it is none, or too deep for the target."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise Unsupported(f"{text[:40]!r} is no JSON document that {target.shown} takes") from None
    depth = deepest = 0
    for character in re.sub(r'"(?:[^"\\]|\\.)*"', "", text, flags=re.DOTALL):
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST[target.kind]:
        raise Unsupported(f"a JSON document {deepest} deep: {target.shown} takes {_DEEPEST[target.kind]}")
    return text


#: PostgreSQL's own limit
_DIMENSIONS: Final = 6


def array_items(text: str) -> str:
    """An array such as ``{a,"b c",NULL}`` as a JSON array. Raises Unsupported."""
    return json.dumps(_array(text.strip()), ensure_ascii=False)


_ITEM: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,{}"]+)|([{},])', re.DOTALL)


def _array(text: str) -> list[Any]:
    stack: list[list[Any]] = [[]]
    position = text.find("{")
    if position < 0:
        raise Unsupported(f"{text[:40]!r} is no array")
    for match in _ITEM.finditer(text, position):
        quoted, bare, mark = match.groups()
        if mark == "{":
            inner: list[Any] = []
            stack[-1].append(inner)
            stack.append(inner)
            if len(stack) > _DIMENSIONS + 1:
                raise Unsupported(f"{text[:40]!r}: more than {_DIMENSIONS} dimensions")
        elif mark == "}":
            if len(stack) < 2:
                raise Unsupported(f"{text[:40]!r} is no array")
            stack.pop()
        elif quoted is not None:
            stack[-1].append(re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))
        elif bare is not None and bare.strip():
            stack[-1].append(None if bare.strip().upper() == "NULL" else bare.strip())
    if len(stack) != 1 or len(stack[0]) != 1:
        raise Unsupported(f"{text[:40]!r} is no array")
    found: list[Any] = stack[0][0]
    return found


def numbered(items: Any, kind: str) -> Any:
    """The items of a list as numbers or truth values, where the array was one of these."""
    if isinstance(items, list):
        return [numbered(item, kind) for item in items]
    if items is None:
        return None
    if kind in ("integer", "number"):
        return json.loads(items)
    return items in ("t", "true") if kind == "boolean" else items


def bytes_literal(text: str) -> str:
    r"""Bytes from PostgreSQL's ``\x…`` form, or the text's own."""
    if text.startswith("\\x"):
        return f"X'{text[2:]}'"
    return f"X'{text.encode().hex()}'"


_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def number_text(text: str) -> str:
    """A number as it is written. Raises Unsupported for what is none of MySQL's."""
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        raise Unsupported(f"{text[:40]!r} is no number of MySQL's")
    return bare


_HSTORE_TEXT: Final = r'(?:"((?:[^"\\]|\\.)*)"|([^\s"=,]+))'
_PAIR: Final = re.compile(rf"{_HSTORE_TEXT}\s*=>\s*{_HSTORE_TEXT}")


def hstore_document(text: str) -> str:
    """An hstore as a JSON object."""

    def plain(quoted: str | None, bare: str | None) -> str | None:
        if quoted is None:
            return None if bare is None or bare.upper() == "NULL" else bare
        return re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)

    pairs = {plain(match[1], match[2]) or "": plain(match[3], match[4]) for match in _PAIR.finditer(text)}
    return json.dumps(pairs, ensure_ascii=False)


def json_path(node: Any) -> str:
    """A path into a document, from sqlglot's tree of it. Raises Unsupported."""
    from sqlglot import exp

    bare = node
    while isinstance(bare, (exp.Cast, exp.Paren)):
        bare = bare.this
    if isinstance(bare, exp.Literal):
        return f"$.{json.dumps(bare.this, ensure_ascii=False)}" if bare.is_string else f"$[{bare.this}]"
    if not isinstance(node, exp.JSONPath):
        raise Unsupported("a path that is not a literal")
    path = "$"
    for part in node.expressions:
        match part:
            case exp.JSONPathRoot():
                continue
            case exp.JSONPathKey():
                path += "." + json.dumps(str(part.this), ensure_ascii=False)
            case exp.JSONPathSubscript():
                path += f"[{part.this}]"
            case _:
                raise Unsupported("a path of more than keys and positions")
    return path
