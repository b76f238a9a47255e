"""Reading an object from OSS or COS: ranges as they are asked for, one stream when it is read on and on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from pis_data.errors import IntegrityError, PreconditionFailedError, StorageError, StorageUnavailableError

from .cloud_pieces import crc64
from .reader import ObjectReader

if TYPE_CHECKING:
    from .cloud_protocol import Reply
    from .objects import ObjectInfo

Opener: TypeAlias = "Callable[[int, int], Reply]"
"""Asks for the bytes from ``start`` to before ``stop`` of the version that was opened."""

ATTEMPTS = 4
"""Times that a stream which breaks is taken up again where it broke."""


class CloudReader(ObjectReader):
    """A reader that goes on with one response while it is read in order, and checks the CRC at the end."""

    def __init__(
        self, info: ObjectInfo, opener: Opener, reply: Reply, length: int, crc: int | None, *, service: str
    ) -> None:
        super().__init__(info)
        self._opener = opener
        self._service = service
        self._crc = crc
        """Of the whole object, as the service keeps it; None where it keeps none."""
        self._seen_crc = 0
        self._seen = 0
        """Bytes from the start that `_seen_crc` covers."""
        self._stream = _Stream(reply, 0, length)

    def close(self) -> None:
        """Let go of the connection."""
        if not self.closed:
            self._stream.close()
        super().close()

    def _fetch(self, start: int, length: int) -> bytes:
        parts: list[bytes] = []
        at, stop, failed = start, start + length, 0
        while at < stop:
            if self._stream.at != at or self._stream.at >= self._stream.stop:
                self._open(at, stop, read_on=at == self._stream.at)
            try:
                for data in self._stream.take(stop - at):
                    parts.append(data)
                    at += len(data)
            except (IntegrityError, StorageUnavailableError) as error:
                failed += 1
                at = self._stream.at
                self._stream.spoil()
                if failed == ATTEMPTS:
                    raise _named(error, self._service, self.info) from error
        data = b"".join(parts)
        self._check(start, data)
        return data

    def _open(self, at: int, stop: int, *, read_on: bool) -> None:
        """Begin a response at ``at``: to the end if this goes on where the last one ended."""
        self._stream.close()
        stop = self.info.size if read_on else stop
        try:
            self._stream = _Stream(self._opener(at, stop), at, stop)
        except PreconditionFailedError as error:
            raise StorageError(f"object {self.info.key!r} was replaced while it was read") from error

    def _check(self, start: int, data: bytes) -> None:
        """Go on with the checksum, and compare it when the object was read from start to end."""
        if self._crc is None or start > self._seen or start + len(data) <= self._seen:
            return
        self._seen_crc = crc64(memoryview(data)[self._seen - start :], self._seen_crc)
        self._seen = start + len(data)
        if self._seen == self.info.size and self._seen_crc != self._crc:
            raise IntegrityError(
                f"object {self.info.key!r}: what arrived has the CRC-64 {self._seen_crc}, {self._service} "
                f"stored {self._crc}"
            )


class _Stream:
    """One response, from ``at`` to before ``stop``."""

    def __init__(self, reply: Reply, at: int, stop: int) -> None:
        self._reply = reply
        self._chunks: Iterator[bytes] = reply.stream
        self._rest = b""
        self.at = at
        self.stop = stop

    def take(self, length: int) -> Iterator[bytes]:
        """Yield the next ``length`` bytes, or as many as this response has."""
        length = min(length, self.stop - self.at)
        while length:
            if not self._rest:
                self._rest = next(self._chunks, b"")
                if not self._rest:
                    raise IntegrityError(f"the answer ended at byte {self.at} of {self.stop}")
            data, self._rest = self._rest[:length], self._rest[length:]
            self.at += len(data)
            length -= len(data)
            yield data
        if self.at == self.stop:
            self.close()

    def spoil(self) -> None:
        """Don't read on here."""
        self.close()
        self.stop = self.at

    def close(self) -> None:
        self._reply.close()


def _named(error: StorageError, service: str, info: ObjectInfo) -> StorageError:
    return type(error)(f"object {info.key!r} from {service}: {error} ({ATTEMPTS} times)")
