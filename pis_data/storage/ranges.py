"""Which part of an object an HTTP request asks for, and whether it has it already (RFC 9110)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=[ \t]*(\d{0,19})-(\d{0,19})[ \t]*", re.IGNORECASE)


class UnsatisfiableRangeError(ValueError):
    """The range lies outside of the object."""


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one behind the last; None for the whole object.

    What is malformed, in other units or in several pieces is passed over, as the RFC allows.
    """
    match = _RANGE.fullmatch(header) if header else None
    if match is None or match[1] == match[2] == "":
        return None
    first, last = match[1], match[2]
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= stop:
        raise UnsatisfiableRangeError(header)
    return start, stop


def names_etag(header: str | None, etag: str) -> bool:
    """Say whether an ``If-None-Match`` header names this version of the object."""
    if header is None:
        return False
    return header.strip() == "*" or etag in re.findall(r'"([^"]*)"', header)
