"""Content types and user metadata: what may be stored with an object, alike on every store."""

from __future__ import annotations

import functools
import mimetypes
import re
from collections.abc import Mapping
from urllib.parse import quote

from pis_data.errors import InvalidValueError

DEFAULT_CONTENT_TYPE = "application/octet-stream"

MAX_METADATA_BYTES = 2048
"""S3's limit for all names and values together, as they travel in HTTP headers."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTENT_TYPE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+( *;[\x20-\x7e]*)?")
_PRINTABLE_ASCII = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) != "%")

# Python's own table only, never the machine's mime.types: the same key has the same type everywhere.
_TYPES = mimetypes.MimeTypes(filenames=())
for _extension, _type in {
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".jxl": "image/jxl",
    ".webp": "image/webp",
    ".arw": "image/x-sony-arw",
    ".cr2": "image/x-canon-cr2",
    ".cr3": "image/x-canon-cr3",
    ".dng": "image/x-adobe-dng",
    ".nef": "image/x-nikon-nef",
    ".raf": "image/x-fuji-raf",
    ".rw2": "image/x-panasonic-rw2",
}.items():
    _TYPES.add_type(_type, _extension)
_COMPRESSED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def guess_content_type(key: str) -> str:
    """Return the content type that the key's extension tells, else ``application/octet-stream``."""
    name = key.rpartition("/")[2]
    if name.startswith("."):
        return _guess(name)  # a name that is all extension has none
    return _guess(".".join(["x", *name.rsplit(".", 2)[1:]]))


@functools.lru_cache(maxsize=1024)
def _guess(name: str) -> str:
    # Behind a scheme, since guess_type would otherwise take a name such as "data:x" for a URL.
    kind, encoding = _TYPES.guess_type("file:///" + quote(name))
    if encoding is not None:
        return _COMPRESSED.get(encoding, DEFAULT_CONTENT_TYPE)
    return kind or DEFAULT_CONTENT_TYPE


def check_content_type(content_type: object) -> str:
    """Return the content type if it can be an HTTP header; else raise `InvalidValueError`."""
    if not isinstance(content_type, str):
        raise InvalidValueError(f"content_type is a str, not {type(content_type).__name__}")
    if len(content_type) > 255 or not _CONTENT_TYPE.fullmatch(content_type):
        raise InvalidValueError(f"content_type {content_type[:80]!r} is not of the form type/subtype")
    return content_type


def check_metadata(metadata: object) -> dict[str, str]:
    """Return the metadata with lower-case names; raise `InvalidValueError` for what a store could not keep.

    Names are ASCII letters, digits, ``-``, ``_`` and ``.``; values any text without control characters.
    Together they fill at most 2 KiB, counted as they travel in headers: percent-encoded where they are
    not printable ASCII.
    """
    if metadata is None:
        return {}
    if not isinstance(metadata, Mapping):
        raise InvalidValueError(f"metadata is a mapping of str to str, not {type(metadata).__name__}")
    checked: dict[str, str] = {}
    size = 0
    for name, value in metadata.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidValueError(f"metadata maps str to str; {name!r} does not")
        lowered = name.lower()
        if not _NAME.fullmatch(lowered):
            raise InvalidValueError(
                f"metadata name {name[:80]!r}: letters, digits, '-', '_' and '.' are allowed, 128 at most"
            )
        if lowered in checked:
            raise InvalidValueError(f"metadata name {lowered!r} is given twice: names don't differ by case")
        if found := _CONTROL.search(value):
            raise InvalidValueError(
                f"metadata value of {lowered!r} holds U+{ord(found[0]):04X}: control characters can't be kept"
            )
        checked[lowered] = value
        size += len(lowered) + len(_as_header(value))
    if size > MAX_METADATA_BYTES:
        raise InvalidValueError(
            f"metadata is {size} bytes as HTTP headers (non-ASCII counts three for one): "
            f"at most {MAX_METADATA_BYTES} are allowed"
        )
    return checked


def _as_header(value: str) -> str:
    inner = quote(value, safe=_PRINTABLE_ASCII + " ")
    # Servers trim spaces at the ends of a header, so those have to be encoded.
    stripped = inner.strip(" ")
    return inner if stripped == inner else "%20" * (len(inner) - len(stripped)) + stripped
