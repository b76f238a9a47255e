"""A bucket as an fsspec filesystem: s3fs, with the bucket's keys as its names."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

from fsspec.implementations.dirfs import DirFileSystem

from .filesystem import ObjectFileSystem
from .keys import is_legal

if TYPE_CHECKING:
    from .s3 import S3Storage


class BucketFileSystem(DirFileSystem):  # type: ignore[misc]
    """s3fs below a bucket; create-only writes and deletes go through the adapter, which tells of failures."""

    cachable = False

    def __init__(self, storage: S3Storage, **options: Any) -> None:
        super().__init__(path=storage.bucket, fs=storage.clients.filesystem(), **options)
        self._objects = ObjectFileSystem(storage)

    def _join(self, path: Any) -> Any:
        joined = super()._join(path)
        # The slash says that a folder is meant, where there is none yet; fsspec's own class loses it.
        if isinstance(path, str) and path.endswith("/") and not joined.endswith("/"):
            joined += "/"
        return joined

    def open(self, path: str, mode: str = "rb", *args: Any, **options: Any) -> Any:
        """Open a file; mode ``x`` refuses one that is there, also when it appears meanwhile."""
        if "x" in mode:
            return self._objects.open(path, mode, *args, **options)
        return super().open(path, mode, *args, **options)

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:
        """Write a file from bytes; ``mode="create"`` refuses to replace one."""
        if mode == "create":
            self._objects.pipe_file(path, value, mode)
        else:
            super().pipe_file(path, value, mode=mode, **options)

    def rm(self, path: str | list[str], recursive: bool = False, maxdepth: int | None = None) -> None:
        """Delete files; folders with what is in them, if ``recursive``. s3fs would not tell what it can't."""
        found = self.expand_path(path, recursive=recursive, maxdepth=maxdepth)
        failed = self._objects.storage.delete_many(name for name in found if is_legal(name))
        if failed:
            key, reason = failed[0]
            raise OSError(f"{len(failed)} files were not deleted; {key!r}: {reason}")

    async def _pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: Any) -> None:
        if mode == "create" and await self._exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        await super()._pipe_file(path, value, mode=mode, **options)
