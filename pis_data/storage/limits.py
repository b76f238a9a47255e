"""Limits on the arguments of calls, alike on every store."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pis_data.errors import InvalidValueError, MultipartError

MAX_EXPIRES = 7 * 24 * 3600
"""Seconds: SigV4's limit for a presigned URL."""
MAX_PART_NUMBER = 10_000
MIN_PART_SIZE = 5 * 1024 * 1024
"""Bytes; the last part of an upload may be smaller."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def check_expires(expires: object) -> int:
    """Return the seconds that a URL shall be good for: 1 second to 7 days, else `InvalidValueError`."""
    if not isinstance(expires, int) or isinstance(expires, bool) or not 1 <= expires <= MAX_EXPIRES:
        raise InvalidValueError(
            f"expires is a number of seconds from 1 to {MAX_EXPIRES} (7 days), not {expires!r}"
        )
    return expires


def check_part_number(number: object) -> int:
    """Return the part number: 1 to 10,000, else `InvalidValueError`."""
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MAX_PART_NUMBER:
        raise InvalidValueError(f"a part number is an int from 1 to {MAX_PART_NUMBER}, not {number!r}")
    return number


def check_upload_id(upload_id: object) -> str:
    """Return the upload id: non-empty text, else `InvalidValueError`."""
    if not isinstance(upload_id, str) or not upload_id:
        raise InvalidValueError(f"an upload id is a non-empty str, not {upload_id!r}")
    return upload_id


def check_parts(parts: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the parts with their etags unquoted; they must be given in ascending order, at least one."""
    checked: list[tuple[int, str]] = []
    for part in parts:
        try:
            number, etag = part
        except (TypeError, ValueError):
            raise InvalidValueError(f"parts are pairs (part number, etag), not {part!r}") from None
        check_part_number(number)
        if not isinstance(etag, str):
            raise InvalidValueError(f"the etag of part {number} is a str, not {type(etag).__name__}")
        if checked and number <= checked[-1][0]:
            raise MultipartError(f"part {number} follows part {checked[-1][0]}: parts go in ascending order")
        checked.append((number, etag.strip('"').lower()))
    if not checked:
        raise MultipartError("a multipart upload is completed with at least one part")
    return checked


def check_download_name(name: object) -> str:
    """Return the file name that a browser shall save under: 1 to 255 printable characters."""
    if not isinstance(name, str):
        raise InvalidValueError(f"download_name is a str, not {type(name).__name__}")
    if not 1 <= len(name) <= 255 or _UNPRINTABLE.search(name):
        raise InvalidValueError(f"download_name {name[:80]!r}: 1 to 255 characters, no control characters")
    return name
