"""Reading one object: a seekable stream over ranged reads."""

from __future__ import annotations

import io
from abc import abstractmethod
from typing import TYPE_CHECKING

from pis_data.errors import IntegrityError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from .objects import ObjectInfo


class ObjectReader(io.RawIOBase):
    """A seekable, unbuffered binary stream over one version of an object.

    ``info`` is the `ObjectInfo` of what is read. A provider states only how a range is fetched. When
    the object is replaced meanwhile, a reader goes on with what it opened, or fails: it never mixes two.
    """

    def __init__(self, info: ObjectInfo) -> None:
        super().__init__()
        self.info = info
        self._position = 0

    @abstractmethod
    def _fetch(self, start: int, length: int) -> bytes:
        """Return exactly ``length`` bytes from ``start``; the range lies within the object."""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Return the position, in bytes from the start."""
        self._check_open()
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position, as in any file; nothing is fetched."""
        self._check_open()
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.info.size}[whence]
        if origin + offset < 0:
            raise ValueError(f"negative seek position {origin + offset}")
        self._position = origin + offset
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as the object reaches; return how many bytes."""
        self._check_open()
        view = memoryview(buffer).cast("B")
        data = self._take(len(view))
        view[: len(data)] = data
        return len(data)

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to ``size`` bytes from here, all that are left by default."""
        self._check_open()
        return self._take(self.info.size if size is None or size < 0 else size)

    def readall(self) -> bytes:
        """Return all bytes from here to the end."""
        return self.read()

    def _take(self, size: int) -> bytes:
        length = max(0, min(size, self.info.size - self._position))
        if not length:
            return b""
        data = self._fetch(self._position, length)
        if len(data) != length:
            raise IntegrityError(
                f"object {self.info.key!r} is cut short: {len(data)} of {length} came from {self._position}"
            )
        self._position += length
        return data

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("the object reader is closed")


class BytesReader(ObjectReader):
    """Reads an object that is in memory as a whole: for adapters of stores that give nothing less."""

    def __init__(self, info: ObjectInfo, content: bytes) -> None:
        super().__init__(info)
        self._content = content

    def _fetch(self, start: int, length: int) -> bytes:
        return self._content[start : start + length]
