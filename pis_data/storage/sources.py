"""What an upload may be given: bytes, binary file objects and paths, read in pieces."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias

from pis_data.errors import InvalidValueError

CHUNK_SIZE = 1024 * 1024
"""Bytes in one piece of a stream."""


class Readable(Protocol):
    """Anything with a ``read`` that gives bytes; it need not be seekable."""

    def read(self, size: int = ..., /) -> bytes:
        """Return up to ``size`` bytes, ``b""`` at the end."""
        ...


UploadData: TypeAlias = bytes | bytearray | memoryview | BinaryIO | Readable | Path
"""What ``upload`` and ``upload_part`` take; a file object is read from where it stands."""

Chunk: TypeAlias = bytes | bytearray | memoryview

Progress: TypeAlias = Callable[[int], object]
"""Called with how many more bytes are done, after each piece."""


class Source:
    """The data of one upload, as a stream of pieces that are never empty. A ``with`` block closes it."""

    def __init__(self, chunks: Iterator[Chunk], size: int | None, file: BinaryIO | None = None) -> None:
        self._chunks = chunks
        self.size = size
        """Bytes, or None where nobody can know before the end (a pipe)."""
        self._file = file

    def __iter__(self) -> Iterator[Chunk]:
        return self._chunks

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._file is not None:
            self._file.close()

    def counted(self, progress: Progress | None) -> Source:
        """Return the same stream, which tells how many bytes were taken from it."""
        return self if progress is None else Source(_counted(self._chunks, progress), self.size)


def open_source(data: UploadData) -> Source:
    """Turn what the caller gave into a `Source`; raise `InvalidValueError` for what can't be read."""
    if isinstance(data, bytes | bytearray | memoryview):
        view = memoryview(data) if data else memoryview(b"")
        view = view.cast("B") if view.c_contiguous else memoryview(view.tobytes())
        return Source(_slices(view), len(view))
    if isinstance(data, Path):
        file = _open_file(data)
        return Source(_reads(file, str(data)), _remaining(file), file)
    if isinstance(data, str | io.TextIOBase) or not callable(getattr(data, "read", None)):
        hint = " (open the file in binary mode; a file's name goes as a pathlib.Path)"
        raise InvalidValueError(
            f"data is bytes, a binary file object or a Path, not {type(data).__name__}"
            + (hint if isinstance(data, str | io.TextIOBase) else "")
        )
    return Source(_reads(data, "the file object"), _remaining(data))


def _counted(chunks: Iterator[Chunk], progress: Progress) -> Iterator[Chunk]:
    for chunk in chunks:
        yield chunk
        progress(len(chunk))


def _open_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb", buffering=0)
    except OSError as error:
        raise InvalidValueError(f"can't read {path}: {error.strerror or error}") from error


def _slices(view: memoryview) -> Iterator[Chunk]:
    for start in range(0, len(view), CHUNK_SIZE):
        yield view[start : start + CHUNK_SIZE]


def _reads(file: Readable | BinaryIO, name: str) -> Iterator[Chunk]:
    while True:
        try:
            chunk = file.read(CHUNK_SIZE)
        except OSError as error:  # of the caller's own file: no failing of the store
            raise InvalidValueError(f"can't read {name}: {error.strerror or error}") from error
        if not isinstance(chunk, bytes | bytearray | memoryview):
            raise InvalidValueError(f"{name} gave {type(chunk).__name__} where bytes were expected")
        if not len(chunk):
            return
        yield chunk


def _remaining(file: Readable | BinaryIO) -> int | None:
    """Bytes from where the file stands to its end, if it can tell."""
    seek, tell = getattr(file, "seek", None), getattr(file, "tell", None)
    if seek is None or tell is None:
        return None
    try:
        position: int = tell()
        end: int = seek(0, io.SEEK_END)
        seek(position)
    except (OSError, ValueError):  # a pipe, or a stream that is not seekable
        return None
    return end - position if isinstance(end, int) and end >= position else None
