"""A part of a store, as if it were a whole one: every key gets a prefix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .base import Failures, PresignRequest, StorageAdapter
from .keys import check_key
from .objects import MultipartUpload, ObjectInfo
from .reader import ObjectReader
from .sources import Source

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


class PrefixedStorage(StorageAdapter):
    """The objects of ``inner`` below the folder ``prefix``, under keys without it."""

    def __init__(self, inner: StorageAdapter, prefix: str) -> None:
        self.kind = inner.kind
        self.url_limits = inner.url_limits
        self._inner = inner
        self._prefix = check_key(prefix.strip("/")) + "/"

    def public_url(self, key: str) -> str:
        """Return the inner store's unsigned URL."""
        return self._inner.public_url(self._full(check_key(key)))

    def ensure_bucket(self) -> None:
        """Create the inner store's bucket if it is missing."""
        self._inner.ensure_bucket()

    def health(self) -> dict[str, Any]:
        """Ask the inner store."""
        return {**self._inner.health(), "prefix": self._prefix}

    @property
    def filesystem(self) -> AbstractFileSystem:
        """The part of the inner store's filesystem that lies below the prefix."""
        from fsspec.implementations.dirfs import DirFileSystem

        from .filesystem import ObjectFileSystem

        inner = self._inner.filesystem
        if isinstance(inner, ObjectFileSystem):
            return ObjectFileSystem(self)
        return DirFileSystem(path=self._prefix.rstrip("/"), fs=inner)

    def close(self) -> None:
        """Close the inner store."""
        self._inner.close()

    def _full(self, key: str) -> str:
        return check_key(self._prefix + key)

    def _bare(self, info: ObjectInfo) -> ObjectInfo:
        return replace(info, key=info.key.removeprefix(self._prefix))

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        return self._bare(self._inner._put(self._full(key), source, content_type, metadata, create_only))

    def _open(self, key: str) -> ObjectReader:
        reader = self._inner._open(self._full(key))
        reader.info = self._bare(reader.info)
        return reader

    def _read(self, key: str) -> bytes:
        return self._inner._read(self._full(key))

    def _stat(self, key: str) -> ObjectInfo:
        return self._bare(self._inner._stat(self._full(key)))

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        return map(self._bare, self._inner._list(self._prefix + prefix, self._prefix + start_after))

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        return self._bare(self._inner._copy(self._full(src), self._full(dst)))

    def _move(self, src: str, dst: str) -> ObjectInfo:
        return self._bare(self._inner._move(self._full(src), self._full(dst)))

    def _delete(self, key: str) -> None:
        self._inner._delete(self._full(key))

    def _delete_many(self, keys: Sequence[str]) -> Failures:
        failed = self._inner._delete_many([self._full(key) for key in keys])
        return [(key.removeprefix(self._prefix), reason) for key, reason in failed]

    def _presign(self, request: PresignRequest) -> str:
        return self._inner._presign(replace(request, key=self._full(request.key)))

    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        return self._inner._init_multipart(self._full(key), content_type, metadata)

    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        return self._inner._put_part(self._full(key), upload_id, part_number, source)

    def _complete_multipart(self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]) -> ObjectInfo:
        return self._bare(self._inner._complete_multipart(self._full(key), upload_id, parts))

    def _abort_multipart(self, key: str, upload_id: str) -> None:
        self._inner._abort_multipart(self._full(key), upload_id)

    def _list_multipart(self, prefix: str) -> Iterable[MultipartUpload]:
        for upload in self._inner._list_multipart(self._prefix + prefix):
            yield replace(upload, key=upload.key.removeprefix(self._prefix))

    def _children(self, folder: str) -> Iterator[ObjectInfo | str]:
        for child in self._inner._children(self._prefix + folder):
            yield child.removeprefix(self._prefix) if isinstance(child, str) else self._bare(child)
