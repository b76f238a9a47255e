"""Files being written to local storage: beside the objects, unseen until they are whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from pis_data.errors import IntegrityError

from .local_errors import translated
from .local_record import Record
from .local_tree import Tree
from .sources import CHUNK_SIZE, Chunk

DRAFTS = "tmp"
STALE_AFTER = 24 * 3600
"""Seconds without a write after which a draft is taken to be a killed process's."""
_SWEEP_EVERY = 3600
_NO_COPY_RANGE = {errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}


class Drafts:
    """The folder of drafts. A draft that is not published is removed: at once, or by age if we die."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._next_sweep = 0.0

    @contextmanager
    def new(self, doing: str) -> Iterator[Draft]:
        """Begin a draft; ``doing`` is said in errors."""
        self._sweep_now_and_then()
        name = secrets.token_hex(16)
        with translated(doing), self._tree.top(DRAFTS) as folder:
            fd = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666, dir_fd=folder)
            draft = Draft(name, folder, fd, doing)
            try:
                yield draft
            finally:
                draft.close()
                with contextlib.suppress(OSError):
                    os.unlink(name, dir_fd=folder)

    def sweep(self) -> None:
        """Remove what nobody has written to for a day."""
        with contextlib.suppress(OSError), self._tree.top(DRAFTS) as folder, os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE_AFTER:
                        discard(entry.name, folder)

    def _sweep_now_and_then(self) -> None:
        now = time.monotonic()
        if now >= self._next_sweep:
            self._next_sweep = now + _SWEEP_EVERY
            self.sweep()


class Draft:
    """One file being written: content first, then sealed with its record."""

    def __init__(self, name: str, folder: int, fd: int, doing: str) -> None:
        self.name = name
        self.folder = folder
        """The descriptor of the directory that holds it."""
        self.size = 0
        self._fd = fd
        self._doing = doing
        self._md5 = hashlib.md5(usedforsecurity=False)

    def write(self, chunk: Chunk) -> None:
        """Append a piece of content."""
        self._md5.update(chunk)
        self.size += len(chunk)
        with translated(self._doing):
            self._write_all(chunk)

    def append_from(self, fd: int, count: int) -> None:
        """Append the first ``count`` bytes of another file, inside the system where it can; not hashed."""
        with translated(self._doing):
            copied = _copy_range(fd, self._fd, count)
            while copied < count and (chunk := os.pread(fd, min(CHUNK_SIZE, count - copied), copied)):
                self._write_all(chunk)
                copied += len(chunk)
        if copied != count:
            raise IntegrityError(f"{self._doing}: its source is cut short, {copied} of {count} bytes")
        self.size += count

    def seal(self, content_type: str, metadata: Mapping[str, str], etag: str | None = None) -> Record:
        """Append the record, make the file last on disk, and close it."""
        record = Record(
            self.size,
            self._md5.hexdigest() if etag is None else etag,
            content_type,
            dict(metadata),
            datetime.now(UTC),
        )
        with translated(self._doing):
            self._write_all(record.packed())
            os.fsync(self._fd)
            self.close()
        return record

    def close(self) -> None:
        """Close the file, if it is open."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)

    def _write_all(self, chunk: Chunk) -> None:
        view = memoryview(chunk)
        while len(view):
            view = view[os.write(self._fd, view) :]


def discard(name: str, folder: int) -> None:
    """Remove a file, or a directory with all that is in it."""
    try:
        os.unlink(name, dir_fd=folder)
    except (IsADirectoryError, PermissionError):  # Linux says the first, macOS the second
        shutil.rmtree(name, dir_fd=folder)


def _copy_range(src: int, dst: int, count: int) -> int:
    """Copy inside the kernel (sharing blocks on file systems that can); return how far it got."""
    if not hasattr(os, "copy_file_range"):
        return 0
    copied = 0
    try:
        while copied < count:
            step = os.copy_file_range(src, dst, count - copied, offset_src=copied)
            if not step:
                break
            copied += step
    except OSError as error:
        if error.errno not in _NO_COPY_RANGE:
            raise
    return copied
