"""An object that is open for reading, in a program with an event loop."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Any, Self


class AsyncFile:
    """A seekable binary file: the methods of `io.BufferedReader` that read, awaited."""

    def __init__(
        self, file: io.BufferedReader, waiting: Callable[[Callable[[], Any]], Awaitable[Any]]
    ) -> None:
        self._file = file
        self._waiting = waiting

    @property
    def raw(self) -> Any:
        """The `ObjectReader` below; its ``info`` is the `ObjectInfo` of what is read."""
        return self._file.raw

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._file.closed

    async def read(self, size: int | None = -1) -> bytes:
        """Return up to ``size`` bytes from here, all that are left by default."""
        data: bytes = await self._waiting(lambda: self._file.read(size))
        return data

    async def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill the buffer as far as the object reaches; return how many bytes."""
        count: int = await self._waiting(lambda: self._file.readinto(buffer))
        return count

    async def readline(self, size: int | None = -1) -> bytes:
        """Return the next line with its end; ``b""`` at the end of the object."""
        line: bytes = await self._waiting(lambda: self._file.readline(size))
        return line

    async def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position; nothing is fetched."""
        return self._file.seek(offset, whence)

    async def tell(self) -> int:
        """Return the position, in bytes from the start."""
        return self._file.tell()

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """No."""
        return False

    async def close(self) -> None:
        """Let go of the connection."""
        await self._waiting(self._file.close)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()
