"""An fsspec filesystem over any storage adapter, for what reads and writes through fsspec."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any, cast

from fsspec import AbstractFileSystem

from pis_data.errors import InvalidKeyError, ObjectNotFoundError, PreconditionFailedError

from .objects import ObjectInfo

if TYPE_CHECKING:
    from .base import StorageAdapter

_IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a file being written that are held in memory; the rest waits in a temporary file."""


class ObjectFileSystem(AbstractFileSystem):  # type: ignore[misc]
    """A store's objects as files; a folder is where there are keys below it, and exists only by them.

    Missing files are `FileNotFoundError`, as fsspec's users expect; other errors are the adapter's own.
    """

    protocol = "pis"
    cachable = False
    root_marker = ""

    def __init__(self, storage: StorageAdapter, **options: Any) -> None:
        super().__init__(**options)
        self.storage = storage

    # -- looking -------------------------------------------------------------------------------------

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Return name, size, type and what else is known of a file or folder."""
        key = self._strip_protocol(path)
        if key:
            try:
                return _as_file(self.storage.stat(key))
            except (ObjectNotFoundError, InvalidKeyError):
                pass
        if not key or next(self.storage.list(key + "/"), None) is not None:
            return _as_folder(key)
        raise _missing(path)

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """Return what is directly in a folder, in the order of names; of a file, itself."""
        key = self._strip_protocol(path)
        found = list(self._ls(key)) or [self.info(path)]
        if found == [_as_folder("")]:
            found = []
        return found if detail else [entry["name"] for entry in found]

    def _ls(self, key: str) -> Iterator[dict[str, Any]]:
        for child in self.storage._children(key + "/" if key else ""):
            yield _as_folder(child[:-1]) if isinstance(child, str) else _as_file(child)

    def exists(self, path: str, **_: Any) -> bool:
        """Say whether there is such a file or folder; a store that can't answer raises."""
        try:
            self.info(path)
        except FileNotFoundError:
            return False
        return True

    def modified(self, path: str) -> datetime:
        """Return when the file was written."""
        entry = self.info(path)
        if entry["type"] != "file":
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        when: datetime = entry["LastModified"]
        return when

    def url(self, path: str, expires: int = 3600) -> str:
        """Return a presigned URL to read a file."""
        return self.storage.get_presigned_get_url(self._strip_protocol(path), expires)

    sign = url

    # -- files ---------------------------------------------------------------------------------------

    def _open(
        self,
        path: str,
        mode: str = "rb",
        block_size: int | None = None,
        autocommit: bool = True,
        cache_options: dict[str, Any] | None = None,
        content_type: str | None = None,
        metadata: dict[str, str] | None = None,
        **_: Any,
    ) -> IO[bytes]:
        key = self._strip_protocol(path)
        if mode == "rb":
            try:
                return self.storage.open(key)
            except ObjectNotFoundError:
                raise _missing(path) from None
        if mode == "xb" and self.storage.exists(key):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        if mode not in {"wb", "xb"}:
            raise NotImplementedError(f"mode {mode!r}: objects are read (rb) or written whole (wb, xb)")
        writer = _Writer(self.storage, key, content_type, metadata, create_only=mode == "xb")
        return cast(IO[bytes], writer)

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        """Return a file's bytes, or those from ``start`` to before ``end`` (negative: from its end)."""
        with self._open(path) as file:
            size = file.seek(0, os.SEEK_END)
            begin, stop, _step = slice(start, end).indices(size)
            file.seek(begin)
            return file.read(max(0, stop - begin))

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:
        """Write a file from bytes; ``mode="create"`` refuses to replace one."""
        try:
            self.storage.upload(self._strip_protocol(path), value, if_none_match=mode == "create", **options)
        except PreconditionFailedError as error:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from error

    def cp_file(self, path1: str, path2: str, **_: Any) -> None:
        """Copy a file within the store; a folder has nothing to copy but what is in it."""
        src = self._strip_protocol(path1)
        try:
            self.storage.copy(src, self._strip_protocol(path2))
        except ObjectNotFoundError:
            if not self.isdir(src):
                raise _missing(path1) from None

    def rm_file(self, path: str) -> None:
        """Delete a file."""
        key = self._strip_protocol(path)
        if not self.storage.exists(key):
            raise _missing(path)
        self.storage.delete(key)

    def rm(self, path: str | list[str], recursive: bool = False, maxdepth: int | None = None) -> None:
        """Delete files; folders with what is in them, if ``recursive``."""
        found = self.expand_path(path, recursive=recursive, maxdepth=maxdepth)
        failed = self.storage.delete_many([name for name in found if self.isfile(name)])
        if failed:
            key, reason = failed[0]
            raise OSError(f"{len(failed)} files were not deleted; {key!r}: {reason}")

    def created(self, path: str) -> datetime:
        """Return when the file was written: objects are never changed after that."""
        return self.modified(path)


class _Writer(io.BufferedIOBase):
    """A file being written: it becomes an object, whole, when it is closed without an error."""

    def __init__(
        self,
        storage: StorageAdapter,
        key: str,
        content_type: str | None,
        metadata: dict[str, str] | None,
        *,
        create_only: bool,
    ) -> None:
        self._storage = storage
        self._key = key
        self._options = (content_type, metadata, create_only)
        self._spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        return self._spool.write(data)

    def tell(self) -> int:
        return self._spool.tell()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            self.discard()
        self.close()

    def discard(self) -> None:
        """Forget what was written: no object comes of it."""
        self._spool.close()
        io.BufferedIOBase.close(self)

    def close(self) -> None:
        if self.closed:
            return
        try:
            self._spool.seek(0)
            self._storage.upload(self._key, self._spool, *self._options)
        except PreconditionFailedError as error:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), self._key) from error
        finally:
            self.discard()

    def __del__(self) -> None:
        # A file that was never closed was never finished.
        self.discard()


def _as_file(info: ObjectInfo) -> dict[str, Any]:
    return {
        "name": info.key,
        "size": info.size,
        "type": "file",
        "ETag": info.etag,
        "LastModified": info.last_modified,
        "ContentType": info.content_type,
    }


def _as_folder(key: str) -> dict[str, Any]:
    return {"name": key, "size": 0, "type": "directory"}


def _missing(path: str) -> FileNotFoundError:
    return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
