"""Which keys are legal, alike on every store."""

from __future__ import annotations

import re

from pis_data.errors import InvalidKeyError

MAX_KEY_BYTES = 1024
"""S3's limit, in bytes of UTF-8."""

_PLAIN = re.compile(r"[\w -][\w. -]*(?:/[\w -][\w. -]*)*", re.ASCII)
"""Most keys there are: legal as far as they are short enough."""
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")


def check_key(key: object) -> str:
    """Return the key if it is legal; else raise `InvalidKeyError`, which says what is wrong with it."""
    if not isinstance(key, str):
        raise InvalidKeyError(f"a key is a str, not {type(key).__name__}")
    if len(key) <= MAX_KEY_BYTES and _PLAIN.fullmatch(key):
        return key
    problem = _problem(key)
    if problem:
        raise InvalidKeyError(f"key {_shown(key)} {problem}")
    return key


def check_prefix(prefix: object, what: str = "prefix") -> str:
    """Return the prefix; any text will do (one that no legal key begins with matches nothing)."""
    if not isinstance(prefix, str):
        raise InvalidKeyError(f"a {what} is a str, not {type(prefix).__name__}")
    if _is_not_utf8(prefix):
        raise InvalidKeyError(f"{what} {_shown(prefix)} holds a lone surrogate: it has no UTF-8 form")
    return prefix


def is_legal(key: str) -> bool:
    """Say whether `check_key` would let the key pass."""
    return _problem(key) is None


def can_begin_key(prefix: str) -> bool:
    """Say whether any legal key begins with this text."""
    return is_legal(prefix) or is_legal(prefix + "x")


def _problem(key: str) -> str | None:
    if not key:
        return "is empty"
    if _is_not_utf8(key):
        return "holds a lone surrogate: it has no UTF-8 form"
    size = len(key.encode())
    if size > MAX_KEY_BYTES:
        return f"is {size} bytes long in UTF-8: at most {MAX_KEY_BYTES} are allowed"
    if found := _FORBIDDEN.search(key):
        what = "a backslash" if found[0] == "\\" else f"the control character U+{ord(found[0]):04X}"
        return f"holds {what}"
    if key.startswith("/"):
        return "begins with a slash: keys are relative"
    segments = key.split("/")
    if "" in segments:
        return "holds an empty segment (two slashes in a row, or one at the end)"
    if "." in segments or ".." in segments:
        return "holds a segment '.' or '..'"
    return None


def _is_not_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _shown(key: str) -> str:
    return repr(key) if len(key) <= 80 else f"{key[:60]!r}… ({len(key)} characters)"
