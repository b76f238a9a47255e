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
    found = dt.datetime.fromisoformat(f"{day}T{time or '00:00'}")
    if aware and zone and zone.upper() not in ("Z", "UTC"):
        sign = -1 if zone[0] == "-" else 1
        digits = zone[1:].replace(":", "")
        found -= sign * dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return found.isoformat(sep=" ", timespec="microseconds" if found.microsecond else "seconds")


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


_PAIR: Final = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*(?:"((?:[^"\\]|\\.)*)"|NULL)')


def hstore_document(text: str) -> str:
    """An hstore as a JSON object."""
    pairs = {re.sub(r"\\(.)", r"\1", key): value or None for key, value in _PAIR.findall(text)}
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
