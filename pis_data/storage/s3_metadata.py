"""Metadata as S3's headers carry it: plain where it can be, else in RFC 2047's encoded words."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from email.errors import HeaderParseError
from email.header import decode_header, make_header

_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
"""Printable ASCII with single spaces inside: servers and signatures fold or trim other spaces."""
_WORD_BYTES = 42
"""Bytes of text in one encoded word, of which the RFC allows 75 characters."""


def as_headers(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return what is sent. The AWS console, MinIO and AWS's SDK for Java read this form too."""
    return {name: _encoded(value) for name, value in metadata.items()}


def from_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the metadata that headers mean, whoever wrote them; names are lower-case."""
    return {name.lower(): _decoded(value) for name, value in headers.items()}


def _encoded(value: str) -> str:
    if _PLAIN.fullmatch(value) and "=?" not in value:
        return value
    return " ".join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in _words(value))


def _words(value: str) -> Iterator[bytes]:
    """Cut text into pieces that are short enough, between characters."""
    word = b""
    for char in value:
        more = char.encode()
        if len(word) + len(more) > _WORD_BYTES:
            yield word
            word = b""
        word += more
    yield word


def _decoded(value: str) -> str:
    if not value.isascii():
        # Others send UTF-8 as it is, and HTTP clients read headers as Latin-1.
        try:
            return value.encode("latin-1").decode()
        except UnicodeError:
            return value
    if not _ENCODED.search(value):
        return value
    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        return value
