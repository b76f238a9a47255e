"""Cutting an upload into bodies of requests, in bounded memory, with their checksums."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import fastcrc

from .cloud_protocol import Body
from .limits import MAX_PART_NUMBER
from .sources import Source

PIECE_SIZE = 16 * 1024 * 1024
"""Bytes that go in one request; longer uploads go in parts of at least this size."""
_GROW_AFTER = 1000
"""Parts after which they double, where nobody knows how long the stream is."""


def crc64(data: bytes | bytearray | memoryview, before: int = 0) -> int:
    """Return the CRC-64 (ECMA, reflected: CRC-64/XZ) of what came before and ``data``, as both vendors do."""
    crc: int = fastcrc.crc64.xz(data, before)
    return crc


@dataclass(frozen=True, slots=True)
class Piece:
    """The body of one request and what the service shall find it to be."""

    body: Body
    size: int
    md5: str
    """In Base64, as Content-MD5 has it: the service refuses another body."""
    crc: int

    def headers(self) -> dict[str, str]:
        """Return the header by which the service checks what arrives."""
        return {"content-md5": self.md5}


def pieces(source: Source) -> Iterator[Piece]:
    """Yield the stream in pieces, at least one; only the last may be smaller than ``PIECE_SIZE``."""
    least = -(-source.size // MAX_PART_NUMBER) if source.size else 0
    size, number, held = max(PIECE_SIZE, least), 0, bytearray()
    for chunk in source:
        held += chunk
        while len(held) > size:  # not >=: the last piece is never empty
            yield _piece(bytes(memoryview(held)[:size]))
            del held[:size]
            number += 1
            if source.size is None and number % _GROW_AFTER == 0:
                size *= 2
    yield _piece(bytes(held))


def _piece(body: bytes) -> Piece:
    digest = hashlib.md5(body, usedforsecurity=False).digest()
    return Piece(body, len(body), base64.b64encode(digest).decode(), crc64(body))


@contextmanager
def whole(source: Source) -> Iterator[Piece]:
    """Hold all of a stream as one piece: in memory up to ``PIECE_SIZE``, else in a temporary file."""
    md5, crc, size = hashlib.md5(usedforsecurity=False), 0, 0
    with tempfile.SpooledTemporaryFile(max_size=PIECE_SIZE) as file:
        for chunk in source:
            file.write(chunk)
            md5.update(chunk)
            crc = crc64(chunk, crc)
            size += len(chunk)
        file.seek(0)
        # A spooled file would go to disk when it is asked for its descriptor, as the HTTP client does.
        body: Body = file.read() if size <= PIECE_SIZE else file  # type: ignore[assignment]
        yield Piece(body, size, base64.b64encode(md5.digest()).decode(), crc)
