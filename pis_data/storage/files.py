"""Writing a file of the caller's so that it appears whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pis_data.errors import StorageError


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place when the block ends well and vanishes if not.

    A link stays, and what it leads to is replaced. A device or a pipe is refused: nothing may take its place.
    Raises `StorageError` when it can't be written: no such folder, no permission, disk full.
    """
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_file():
        raise StorageError(f"can't write {path}: it is not a regular file")
    draft = path.with_name(f".{path.name[:50]}.{secrets.token_hex(4)}.part")
    try:
        try:
            with draft.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"can't write {path}: {error.strerror or error}") from error
