"""JSON that every server gives back as it was: what a document may hold, and its text."""

from __future__ import annotations

import json
import marshal
import math
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import JSON

from pis_data.errors import InvalidValueError
from pis_data.schema.characters import check_characters, plain, shown

JSON_NULL: Final = JSON.NULL
"""JSON's own ``null`` as the whole value of a column, told apart from SQL NULL (``None``)."""

JSON_DEPTH_LIMIT: Final = 30
#: in bytes; MySQL's
JSON_KEY_LIMIT: Final = 65_535
#: in bytes, as much as the longest text: a statement of several times that size breaks MariaDB's connections
JSON_LIMIT: Final = 4_000_000
#: marshal's format in which equal parts are not written once for all of them
_EVERY_PART: Final = 2
#: how many bytes of JSON one byte of that makes, at most: U+0001 has six
_GROWTH: Final = 6


def check_json(value: Any, depth: int) -> Any:
    """The same document in plain dicts, lists and scalars, or `InvalidValueError`."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() and "\0" not in value else check_characters(value)
    if value is None or kind is bool:
        return value
    if value is JSON_NULL:
        raise InvalidValueError("JSON_NULL is a whole document: inside one, null is None")
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise InvalidValueError(f"{shown(value)} in JSON is outside the range of 64 bits")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InvalidValueError(f"JSON has no {value!r}")
        return float(value) or 0.0  # there is no -0.0 in PostgreSQL's JSON
    if isinstance(value, str):
        return check_characters(plain(value))
    if depth > JSON_DEPTH_LIMIT:
        raise InvalidValueError(f"JSON nested deeper than {JSON_DEPTH_LIMIT} levels")
    if kind is dict or isinstance(value, Mapping):
        depth += 1
        return {_check_key(key): check_json(item, depth) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [check_json(item, depth + 1) for item in value]
    raise InvalidValueError(f"JSON can't hold {shown(value)}")


def _check_key(key: object) -> str:
    if type(key) is str and len(key) < 100:
        return key if key.isascii() and "\0" not in key else check_characters(key)
    if not isinstance(key, str):
        raise InvalidValueError(f"a JSON key must be str, got {shown(key)}")
    text = check_characters(plain(key))
    if len(text) * 4 > JSON_KEY_LIMIT and len(text.encode()) > JSON_KEY_LIMIT:
        raise InvalidValueError(
            f"a JSON key of {len(text):,} characters is longer than {JSON_KEY_LIMIT:,} bytes"
        )
    return text


class _PlainFloat(float):
    """A large float that prints without an exponent: ``1e16`` would come back from PostgreSQL as an int."""

    def __repr__(self) -> str:
        return f"{int(self)}.0"


#: from here on Python prints a float with an exponent, up to here integers are allowed in JSON
_EXPONENT_FROM, _INTEGER_TO = 1e16, 2.0**63


def dump_json(value: Any) -> str:
    """A checked document as text; floats in a form that every server gives back as a float."""
    if value is JSON_NULL:
        return "null"
    text = _encode(value)
    if "e+" in text:
        text = "".join(_ENCODER.iterencode(_plain_floats(value)))
    return text


def check_size(value: Any) -> Any:
    """The same document or list, whose parts were checked; `InvalidValueError` if its text is too large.

    Most are small, which marshal tells in a fraction of the time that the text takes.
    """
    if len(marshal.dumps(value, _EVERY_PART)) * _GROWTH > JSON_LIMIT:
        size = len(dump_json(value).encode())
        if size > JSON_LIMIT:
            raise InvalidValueError(f"as JSON its {size:,} bytes are more than {JSON_LIMIT:,}")
    return value


_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _plain_floats(value: Any) -> Any:
    if isinstance(value, float) and _EXPONENT_FROM <= abs(value) <= _INTEGER_TO:
        return _PlainFloat(value)
    if isinstance(value, dict):
        return {key: _plain_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_floats(item) for item in value]
    return value


class _PlainFloatEncoder(json.JSONEncoder):
    """The standard encoder, but it asks a float how it wants to be printed."""

    def iterencode(self, o: Any, _one_shot: bool = False) -> Any:
        if isinstance(o, dict):
            yield "{"
            for index, (key, item) in enumerate(o.items()):
                yield f"{',' if index else ''}{json.dumps(key, ensure_ascii=False)}:"
                yield from self.iterencode(item)
            yield "}"
        elif isinstance(o, list):
            yield "["
            for index, item in enumerate(o):
                if index:
                    yield ","
                yield from self.iterencode(item)
            yield "]"
        else:
            yield repr(o) if isinstance(o, _PlainFloat) else json.dumps(o, ensure_ascii=False)


_ENCODER: Final = _PlainFloatEncoder()


def load_json(value: Any) -> Any:
    """A document from a driver's text; SQL NULL is None and JSON's null is `JSON_NULL`."""
    if value is None:
        return None
    found = _decode(value if type(value) is str else bytes(value).decode())
    return JSON_NULL if found is None else found


def _parse_int(digits: str) -> int | float:
    """An integer; one past 64 bits was a float when it was stored (PostgreSQL writes 1e300 in full)."""
    number = int(digits)
    return number if -(1 << 63) <= number < 1 << 63 else float(digits)


#: made once: `json.loads` makes a decoder for every text where it is told how to read numbers
_decode: Final = json.JSONDecoder(parse_int=_parse_int).decode
