"""The file of one object in local storage: its content, and behind it a record of everything else.

Content and record are one file, so they are replaced, copied and moved as one: no crash can pair an object
with another's metadata. The content comes first, so that a photo opens in any viewer. The record is JSON,
followed by 16 bytes: its length, its CRC-32 (both big-endian) and eight bytes that say "ours"; a file that
was cut or added to is told from a whole one.
"""

from __future__ import annotations

import json
import os
import stat
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from pis_data.errors import IntegrityError

from .objects import ObjectInfo

_TAIL = struct.Struct(">II8s")
_MAGIC = b"\npisobj1"
_USUAL = 4096
"""Bytes: longer than any record, since metadata is at most 2 KiB."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything about an object but its key, which its path tells, and its content."""

    size: int
    etag: str
    content_type: str
    metadata: dict[str, str]
    last_modified: datetime

    def info(self, key: str) -> ObjectInfo:
        """Return it as the public sees it."""
        return ObjectInfo(
            key, self.size, self.etag, self.last_modified, self.content_type, dict(self.metadata)
        )

    def listed(self, key: str) -> ObjectInfo:
        """Return what a listing tells of it."""
        return ObjectInfo(key, self.size, self.etag, self.last_modified)

    def packed(self) -> bytes:
        """Return the bytes that follow the content."""
        text = json.dumps(
            {
                "size": self.size,
                "etag": self.etag,
                "type": self.content_type,
                "modified": self.last_modified.isoformat(),
                "metadata": self.metadata,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()
        return text + _TAIL.pack(len(text), zlib.crc32(text), _MAGIC)


def read_record(fd: int, key: str) -> Record:
    """Read the record behind an object's content; `IntegrityError` if the file is not as we wrote it."""
    found = os.fstat(fd)
    if not stat.S_ISREG(found.st_mode):
        raise IntegrityError(f"object {key!r}: what stands in its place is not a file of ours")
    end = os.pread(fd, _USUAL, max(0, found.st_size - _USUAL))
    if len(end) < _TAIL.size:
        raise _damaged(key)
    length, checksum, magic = _TAIL.unpack(end[-_TAIL.size :])
    text = end[-_TAIL.size - length : -_TAIL.size]
    if magic != _MAGIC or len(text) != length or zlib.crc32(text) != checksum:
        raise _damaged(key)
    fields = json.loads(text)
    if found.st_size != fields["size"] + length + _TAIL.size:
        raise _damaged(key)
    modified = datetime.fromisoformat(fields["modified"]).astimezone(UTC)
    return Record(fields["size"], fields["etag"], fields["type"], fields["metadata"], modified)


def _damaged(key: str) -> IntegrityError:
    return IntegrityError(
        f"object {key!r}: its file was cut, changed or not written by pis_data; store the object again"
    )
