"""What the wire server keeps: buckets, objects, unfinished uploads. In memory, bounded."""

from __future__ import annotations

import hashlib
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import fastcrc

MAX_BYTES = 1 << 30
"""All contents together, equal parts counted once: a test that needs more is wrong here."""


class Content:
    """Bytes in pieces, each held as it came: an object of parts takes no more memory than they do."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = pieces
        self.size = sum(map(len, pieces))

    def __len__(self) -> int:
        return self.size

    def slices(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes of a range, piece by piece."""
        for piece in self.pieces:
            if start < len(piece) and stop > 0:
                yield piece[max(0, start) : stop]
            start -= len(piece)
            stop -= len(piece)

    def crc64(self) -> int:
        """CRC-64/XZ, which both vendors call crc64ecma."""
        crc = 0
        for piece in self.pieces:
            crc = fastcrc.crc64.xz(piece, crc)
        return crc

    def md5(self) -> str:
        """MD5 in hex."""
        digest = hashlib.md5()
        for piece in self.pieces:
            digest.update(piece)
        return digest.hexdigest()


@dataclass
class Stored:
    """One object, or one part."""

    content: Content
    headers: dict[str, str]
    etag: str
    """Lower-case, unquoted; a dialect may show it otherwise."""
    modified: float
    crc: int
    kind: str = "Normal"


@dataclass
class Upload:
    """A multipart upload under way."""

    key: str
    headers: dict[str, str]
    started: float
    parts: dict[int, Stored] = field(default_factory=dict)

    def keep(self, number: int, part: Stored) -> Stored:
        """Take a part in; equal ones are held once, so that a test can send a lot of them."""
        for other in self.parts.values():
            if other.etag == part.etag:
                part.content = other.content
                break
        self.parts[number] = part
        return part


@dataclass
class Bucket:
    """A bucket; ``lock`` makes check and change one step."""

    name: str
    objects: dict[str, Stored] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Store:
    """All buckets."""

    def __init__(self) -> None:
        self.buckets: dict[str, Bucket] = {}
        self._ids = itertools.count(1)

    def new_id(self) -> str:
        """Return an upload id as vendors give them: long, upper-case hex."""
        return hashlib.md5(str(next(self._ids)).encode()).hexdigest().upper()

    def size(self) -> int:
        """Bytes held in all."""
        stored = (item for bucket in self.buckets.values() for item in bucket.objects.values())
        return sum({id(piece): len(piece) for item in stored for piece in item.content.pieces}.values())

    @staticmethod
    def make(content: bytes | Content, headers: dict[str, str], etag: str | None = None) -> Stored:
        """Return an object that was written now."""
        content = content if isinstance(content, Content) else Content(content)
        return Stored(content, headers, etag or content.md5(), int(time.time()), content.crc64())
