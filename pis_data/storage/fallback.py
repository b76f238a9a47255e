"""Reading through during a move: what the new store does not have yet is read from the old one."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from pis_data.errors import ObjectNotFoundError, PreconditionFailedError

from .base import Failures, PresignRequest, StorageAdapter
from .objects import MultipartUpload, ObjectInfo
from .reader import ObjectReader
from .sources import CHUNK_SIZE, Source


class FallbackStorage(StorageAdapter):
    """``primary``, and behind it ``fallback``, as one store while objects move to the first.

    Reads (download, open, stat, exists, list, presigned GET, the source of a copy) that find nothing in the
    primary go to the fallback. Writes go to the primary. A delete takes effect in both, the fallback first:
    else what was deleted would be read again from there. An error of the primary is never a "not there".
    """

    def __init__(self, primary: StorageAdapter, fallback: StorageAdapter) -> None:
        self.kind = primary.kind
        self.url_limits = primary.url_limits
        self.primary = primary
        self.fallback = fallback

    def public_url(self, key: str) -> str:
        """Return the primary's unsigned URL."""
        return self.primary.public_url(key)

    def ensure_bucket(self) -> None:
        """Create the primary's bucket if it is missing; the fallback is left as it is."""
        self.primary.ensure_bucket()

    def health(self) -> dict[str, Any]:
        """Ask both: reads need them both."""
        return {**self.primary.health(), "fallback": self.fallback.health()}

    def close(self) -> None:
        """Close both."""
        try:
            self.primary.close()
        finally:
            self.fallback.close()

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        if create_only and self.fallback.exists(key):
            raise PreconditionFailedError(f"there is an object {key!r} already (in the fallback store)")
        return self.primary._put(key, source, content_type, metadata, create_only)

    def _open(self, key: str) -> ObjectReader:
        try:
            return self.primary._open(key)
        except ObjectNotFoundError:
            return self.fallback._open(key)

    def _read(self, key: str) -> bytes:
        try:
            return self.primary._read(key)
        except ObjectNotFoundError:
            return self.fallback._read(key)

    def _stat(self, key: str) -> ObjectInfo:
        try:
            return self.primary._stat(key)
        except ObjectNotFoundError:
            return self.fallback._stat(key)

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        # merge is stable: of two objects with one key, the primary's comes first and is the one that is read.
        both = heapq.merge(
            self.primary._list(prefix, start_after),
            self.fallback._list(prefix, start_after),
            key=lambda info: info.key,
        )
        for _, same in groupby(both, key=lambda info: info.key):
            yield next(same)

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        try:
            return self.primary._copy(src, dst)
        except ObjectNotFoundError:
            return self._fetch(src, dst)

    def _fetch(self, src: str, dst: str) -> ObjectInfo:
        """Copy from the fallback to the primary."""
        with self.fallback._open(src) as reader:
            info = reader.info
            chunks = iter(lambda: reader.read(CHUNK_SIZE), b"")
            kind = info.content_type or "application/octet-stream"
            return self.primary._put(dst, Source(chunks, info.size), kind, dict(info.metadata), False)

    def _move(self, src: str, dst: str) -> ObjectInfo:
        try:
            info = self.primary._move(src, dst)
        except ObjectNotFoundError:
            info = self._fetch(src, dst)
        self.fallback._delete(src)
        return info

    def _delete(self, key: str) -> None:
        self.fallback._delete(key)
        self.primary._delete(key)

    def _delete_many(self, keys: Sequence[str]) -> Failures:
        failed = self.fallback._delete_many(keys)
        kept = {key for key, _ in failed}
        return failed + self.primary._delete_many([key for key in keys if key not in kept])

    def _presign(self, request: PresignRequest) -> str:
        reads = request.method == "GET"
        if reads and not self.primary.exists(request.key) and self.fallback.exists(request.key):
            return self.fallback._presign(request)
        return self.primary._presign(request)

    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        return self.primary._init_multipart(key, content_type, metadata)

    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        return self.primary._put_part(key, upload_id, part_number, source)

    def _complete_multipart(self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]) -> ObjectInfo:
        return self.primary._complete_multipart(key, upload_id, parts)

    def _abort_multipart(self, key: str, upload_id: str) -> None:
        self.primary._abort_multipart(key, upload_id)

    def _list_multipart(self, prefix: str) -> Iterable[MultipartUpload]:
        return self.primary._list_multipart(prefix)
