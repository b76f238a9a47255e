"""Reading an object of S3: one answer as long as it is read on, a new range after a jump."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pis_data.errors import IntegrityError, PreconditionFailedError, StorageError, StorageUnavailableError

from .objects import ObjectInfo
from .reader import ObjectReader
from .s3_errors import translated

ATTEMPTS = 3
"""How often one piece is asked for, when the connection breaks while it comes."""

Get = Callable[[str], dict[str, Any]]
"""Asks for a range of the version that was opened: ``bytes=0-9``."""


class S3Reader(ObjectReader):
    """Reads on in the answer that it was opened with. What is cut short is asked for again from there."""

    def __init__(self, info: ObjectInfo, answer: dict[str, Any], get: Get) -> None:
        super().__init__(info)
        self._doing = f"reading {info.key!r}"
        self._get = get
        self._body: Any = answer["Body"]
        self._next = 0
        """Where the next byte of the body belongs."""
        self._stop = info.size
        """Where the body ends."""

    def _fetch(self, start: int, length: int) -> bytes:
        pieces: list[bytes] = []
        done, attempt = 0, 0
        while done < length:
            try:
                with translated(self._doing):
                    piece = self._read(start + done, length - done)
                pieces.append(piece)
                done += len(piece)
            except (IntegrityError, StorageUnavailableError):
                self._drop()
                attempt += 1
                if attempt == ATTEMPTS:
                    raise
        return b"".join(pieces)

    def _read(self, start: int, length: int) -> bytes:
        if self._body is None or start != self._next:
            self._ask(start, length)
        data: bytes = self._body.read(min(length, self._stop - start))
        if not data:
            raise IntegrityError(f"{self._doing}: the content ends at {start} of {self.info.size} bytes")
        self._next += len(data)
        if self._next == self._stop:
            self._drop()
        return data

    def _ask(self, start: int, length: int) -> None:
        """Ask for what is wanted now; for all that follows, if it is read on from where it stopped."""
        stop = self.info.size if start == self._next else start + length
        self._drop()
        try:
            answer = self._get(f"bytes={start}-{stop - 1}")
        except PreconditionFailedError as error:
            raise StorageError(f"{self._doing}: the object was replaced while it was read") from error
        self._body, self._next, self._stop = answer["Body"], start, stop
        if answer["ContentLength"] != stop - start:
            raise IntegrityError(
                f"{self._doing}: {answer['ContentLength']} bytes came, {stop - start} were asked for"
            )

    def _drop(self) -> None:
        body, self._body = self._body, None
        if body is not None:
            with suppress(Exception):  # it may be broken: that is why it is dropped
                body.close()

    def close(self) -> None:
        """Let go of the connection."""
        if not self.closed:
            self._drop()
        super().close()
