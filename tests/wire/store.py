"""What the wire server keeps: buckets, objects, unfinished uploads. In memory, bounded."""

from __future__ import annotations

import hashlib
import itertools
import threading
import time
from dataclasses import dataclass, field

import fastcrc

MAX_BYTES = 1 << 30
"""All contents together: a test that needs more is wrong here."""


def crc64(data: bytes) -> int:
    """CRC-64/XZ, which both vendors call crc64ecma."""
    crc: int = fastcrc.crc64.xz(data)
    return crc


@dataclass
class Stored:
    """One object, or one part."""

    content: bytes
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
        return sum(len(item.content) for bucket in self.buckets.values() for item in bucket.objects.values())

    @staticmethod
    def make(content: bytes, headers: dict[str, str], etag: str | None = None) -> Stored:
        """Return an object that was written now."""
        return Stored(
            content, headers, etag or hashlib.md5(content).hexdigest(), int(time.time()), crc64(content)
        )
