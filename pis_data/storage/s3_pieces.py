"""Cutting a stream of any length into what one request sends, in bounded memory."""

from __future__ import annotations

import hashlib
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import IO

from .limits import MAX_PART_NUMBER
from .sources import Source

PART_SIZE = 8 * 1024 * 1024
"""Bytes of an upload's first parts; what is not longer goes in one request."""
_IN_MEMORY = PART_SIZE
"""Bytes of one piece that are held in memory; a longer one waits in a temporary file."""
_MIB = 1024 * 1024


class Piece:
    """The body of one request, with its size and MD5."""

    def __init__(self) -> None:
        self.size = 0
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._memory = bytearray()
        self._file: IO[bytes] | None = None

    def write(self, data: memoryview) -> None:
        """Add to the end."""
        self.size += len(data)
        self._md5.update(data)
        if self._file is None and self.size > _IN_MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
            self._file.write(self._memory)
            self._memory = bytearray()
        if self._file is None:
            self._memory += data
        else:
            self._file.write(data)

    @property
    def body(self) -> bytearray | IO[bytes]:
        """What is sent, from its start."""
        if self._file is None:
            return self._memory
        self._file.seek(0)
        return self._file

    @property
    def content_md5(self) -> str:
        """The header by which the server refuses a body that was changed on its way."""
        return b64encode(self._md5.digest()).decode()

    @property
    def md5(self) -> str:
        """In hex, as ETags have it."""
        return self._md5.hexdigest()

    def close(self) -> None:
        """Let go of the bytes."""
        self._memory = bytearray()
        if self._file is not None:
            self._file.close()


class Cutter:
    """Takes pieces from the front of a source, and knows whether more is to come."""

    def __init__(self, source: Source) -> None:
        self._chunks = iter(source)
        self._rest = self._next()

    @property
    def more(self) -> bool:
        """Whether anything is left."""
        return bool(self._rest)

    def take(self, size: int) -> Piece:
        """Return the next piece: of ``size`` bytes, or of what is left."""
        piece = Piece()
        try:
            while self._rest and piece.size < size:
                room = size - piece.size
                piece.write(self._rest[:room])
                self._rest = self._rest[room:] or self._next()
        except BaseException:
            piece.close()
            raise
        return piece

    def take_all(self) -> Piece:
        """Return what is left as one piece."""
        return self.take(1 << 62)

    def _next(self) -> memoryview:
        return memoryview(next(self._chunks, b"")).cast("B")


def part_sizes(size: int | None) -> Iterator[int]:
    """Yield how long each part of an upload should be, so that 10,000 parts hold all of it.

    Parts of a stream of unknown length grow: the first thousand have 8 MiB, the next ones 16 MiB and so on to
    2 GiB, which makes 6 TiB in all.
    """
    if size is not None:
        fitting = -(-size // MAX_PART_NUMBER)
        yield from [max(PART_SIZE, -(-fitting // _MIB) * _MIB)] * MAX_PART_NUMBER
    else:
        yield from (PART_SIZE << min(number // 1000, 8) for number in range(MAX_PART_NUMBER))


def etag_of_parts(etags: Sequence[str]) -> str | None:
    """Return the ETag that S3 gives an object of these parts; None where parts' ETags are not their MD5s."""
    if not all(is_md5(etag) for etag in etags):
        return None
    joined = b"".join(bytes.fromhex(etag) for etag in etags)
    return f"{hashlib.md5(joined, usedforsecurity=False).hexdigest()}-{len(etags)}"


def is_md5(etag: str) -> bool:
    """Say whether an ETag has the form of an MD5."""
    return len(etag) == 32 and all(char in "0123456789abcdef" for char in etag)
