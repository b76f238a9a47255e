"""What an audit log may hold: no secret at any depth, and nothing that a database would refuse.

A log that fails for its content loses the very entry that somebody wanted lost. So it is the one place
where a value is made to fit, and not refused: see `readable`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from pis_data.schema.characters import plain
from pis_data.schema.documents import JSON_NULL
from pis_data.schema.secrets import SECRET_COLUMNS

#: what stands in a secret's place
REDACTED: Final = "******"

#: a text in a document is cut behind so many characters, a list or object behind so many entries
TEXT_LIMIT, ENTRY_LIMIT, DEPTH_LIMIT = 10_000, 1_000, 20

#: parts of names, in small letters and without what stands between words
_PARTS: Final = (
    *("password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "authorization"),
    *("cookie", "apikey", "accesskey", "privatekey", "signingkey", "encryptionkey", "servicerolekey"),
    *("sessionid", "signature", "jwt"),
)
_NAMES: Final = frozenset(
    {"pass", "auth", "pin", "otp"}
    | {re.sub(r"[^a-z0-9]", "", column) for columns in SECRET_COLUMNS.values() for column in columns}
)

_WORDS: Final = "|".join(
    (
        *("pass(?:word|wd|phrase)?", "pwd", "secret", "token", "signature", "credential"),
        *("api[-_]?key", "access[-_]?key", "private[-_]?key"),
    )
)
# each pattern begins with a word of its own and is bounded behind it: a text of others can't make it slow
#: ``password=value`` and ``"token": "value"`` within a text
_PAIR: Final = re.compile(
    rf"(?i)((?:{_WORDS})[\w-]{{0,40}}[\"']?\s{{0,3}}[=:]\s{{0,3}})"
    rf"(\"[^\"]{{0,500}}\"|'[^']{{0,500}}'|[^\s&;,\"'}}]{{1,500}})"
)
#: ``scheme://user:password@host``
_ADDRESS: Final = re.compile(r"(://[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)")
#: ``Bearer …`` and ``Basic …``, and a JSON web token wherever it stands
_BEARER: Final = re.compile(r"(?i)\b(bearer|basic)\s{1,3}[\w.~+/=-]{8,}")
_JWT: Final = re.compile(r"\beyJ[\w-]{8,500}\.[\w-]{1,2000}\.[\w-]*")

#: the fields of an object that names a thing in one field and gives its value in another
_NAMING, _GIVING = ("key", "name", "field", "column", "setting"), ("value", "before", "after", "old", "new")


def is_secret(name: str) -> bool:
    """Whether what is called so is a secret, in whatever way the words are joined."""
    bare = re.sub(r"[^a-z0-9]", "", name.lower())
    return bare in _NAMES or bare.endswith("pass") or any(part in bare for part in _PARTS)


def redacted(value: Any) -> Any:
    """A document without secrets that every database can keep, whatever was given.

    A value under a secret's name is replaced, but for None, bool and an empty text, which tell nothing.
    Texts lose what `redacted_text` finds. Moments, ids and other objects become text.
    """
    return _document(value, 1)


def _document(value: Any, depth: int) -> Any:
    if value is None or value is JSON_NULL or isinstance(value, bool):
        return None if value is JSON_NULL else value
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, int):
        return int(value) if -(1 << 63) <= value < 1 << 63 else str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, (Mapping, list, tuple, set, frozenset)):
        if depth > DEPTH_LIMIT:
            return "…"
        return _object(value, depth) if isinstance(value, Mapping) else _array(list(value), depth)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"<{len(value)} bytes>"
    text = value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)
    return redacted_text(text)


def _object(given: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    names_secret = any(isinstance(given.get(name), str) and is_secret(given[name]) for name in _NAMING)
    found: dict[str, Any] = {}
    for number, (key, value) in enumerate(given.items()):
        if number == ENTRY_LIMIT:
            found["…"] = f"{len(given) - ENTRY_LIMIT} more"
            break
        name = readable(key if isinstance(key, str) else str(key), 200)
        hides = is_secret(name) or (names_secret and name in _GIVING)
        found[name] = _hidden(value) if hides else _document(value, depth + 1)
    return found


def _array(given: list[Any], depth: int) -> list[Any]:
    found = [_document(value, depth + 1) for value in given[:ENTRY_LIMIT]]
    return [*found, f"… {len(given) - ENTRY_LIMIT} more"] if len(given) > ENTRY_LIMIT else found


def _hidden(value: Any) -> Any:
    return value if value is None or value == "" or isinstance(value, bool) else REDACTED


def redacted_text(text: str, length: int = TEXT_LIMIT) -> str:
    """A text of bearable length without the secrets that stand in it by name, in an address or as a token."""
    text = readable(text, TEXT_LIMIT)
    text = _ADDRESS.sub(rf"\g<1>{REDACTED}", text)
    text = _BEARER.sub(rf"\g<1> {REDACTED}", text)
    text = _JWT.sub(REDACTED, text)
    return readable(_PAIR.sub(rf"\g<1>{REDACTED}", text), length)


def readable(text: str, length: int) -> str:
    """A text as any database can keep it: U+FFFD for what it can't, and an ellipsis where it is too long."""
    found = plain(text).replace("\0", "\ufffd")
    if not found.isascii():
        found = found.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return found if len(found) <= length else f"{found[: length - 1]}…"
