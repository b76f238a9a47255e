"""The interface of every object store, and all that stores have in common.

The public methods check their arguments and are written here, once. A provider implements the primitives at
the end (``_put``, ``_open``, ``_stat`` …): those get checked arguments, and translate their SDK's errors.
"""

from __future__ import annotations

import io
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias
from urllib.parse import quote

from pis_data.errors import ConfigurationError, InvalidValueError, ObjectNotFoundError, StorageError

from .files import atomic_write
from .keys import check_key, check_prefix
from .limits import check_download_name, check_expires, check_part_number, check_parts, check_upload_id
from .many import WORKERS, Outcomes, Pairs, Told, copies, downloads, run, uploads
from .metadata import check_content_type, check_metadata, guess_content_type
from .objects import MultipartUpload, ObjectInfo
from .reader import ObjectReader
from .sources import CHUNK_SIZE, Progress, Source, UploadData, open_source

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

Failures: TypeAlias = list[tuple[str, str]]
"""What ``delete_many`` could not delete: pairs of key and reason."""

Uploads: TypeAlias = list[MultipartUpload]


@dataclass(frozen=True, slots=True)
class PresignRequest:
    """What a presigned URL permits: one method on one key, for some seconds, under these conditions."""

    method: str
    """``GET`` or ``PUT``."""
    key: str
    expires: int
    """Seconds from now."""
    content_type: str | None = None
    """Of a PUT: the client must send exactly this one; None leaves it to the client."""
    download_name: str | None = None
    """Of a GET: the browser saves under this name."""
    upload_id: str | None = None
    part_number: int | None = None
    """Both given: the PUT is one part of a multipart upload."""


class StorageAdapter(ABC):
    """An object store: a flat, ordered space of keys, each with bytes, a content type and metadata.

    One adapter serves any number of threads. Errors are those of `pis_data.errors` under ``StorageError``;
    bad arguments raise `InvalidKeyError` or `InvalidValueError` before the store is asked. The operations
    that change something take effect wholly or not at all.
    """

    kind: str
    """The name in ``STORAGE_TYPE``."""

    url_limits: Mapping[str, str] = MappingProxyType({})
    """What the store's presigned URLs can't do by nature, and why: the storage suite passes over that."""

    _public_base: str | None = None
    """STORAGE_PUBLIC_URL: where anyone may read without a signature."""

    # -- objects -------------------------------------------------------------------------------------

    def upload(
        self,
        key: str,
        data: UploadData,
        content_type: str | None = None,
        metadata: Mapping[str, str] | None = None,
        if_none_match: bool = False,
        *,
        progress: Progress | None = None,
    ) -> ObjectInfo:
        """Store an object, in place of any that is there, and return what was stored.

        ``data`` is bytes, a binary file object (read from where it stands; it need not be seekable) or a
        `Path`; it is streamed in bounded memory. Without ``content_type`` the key's extension tells it.
        ``if_none_match=True`` only creates: `PreconditionFailedError` if there is an object already, also
        between writers at the same time. An upload that fails leaves what was there before. ``progress`` is
        called with how many more bytes are done, after each piece.
        """
        check_key(key)
        kind = guess_content_type(key) if content_type is None else check_content_type(content_type)
        checked = check_metadata(metadata)
        with open_source(data) as source:
            return self._put(key, source.counted(progress), kind, checked, bool(if_none_match))

    def download(self, key: str) -> bytes:
        """Return the whole content; `ObjectNotFoundError` if there is none. For big ones: `download_to`."""
        return self._read(check_key(key))

    def download_to(
        self, key: str, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> ObjectInfo:
        """Write the content to a file, which appears whole or not at all, and return the object's info."""
        with self._open(check_key(key)) as reader, atomic_write(Path(path)) as file:
            while chunk := reader.read(CHUNK_SIZE):
                file.write(chunk)
                if progress is not None:
                    progress(len(chunk))
            return reader.info

    def open(self, key: str) -> io.BufferedReader:
        """Open the object as a seekable binary file; ranges are fetched as they are read.

        ``.raw.info`` is the `ObjectInfo` of what is read.
        """
        return io.BufferedReader(self._open(check_key(key)), CHUNK_SIZE)

    def stat(self, key: str) -> ObjectInfo:
        """Return everything the store knows of an object; `ObjectNotFoundError` if there is none."""
        return self._stat(check_key(key))

    def exists(self, key: str) -> bool:
        """Say whether there is such an object. A store that can't answer raises: that is never a False."""
        try:
            self._stat(check_key(key))
        except ObjectNotFoundError:
            return False
        return True

    def list(self, prefix: str = "", start_after: str | None = None) -> Iterator[ObjectInfo]:
        """Yield the objects whose key begins with ``prefix``, lazily, in the order of the keys' UTF-8 bytes.

        ``start_after`` begins behind that key, whether it exists or not. An object that others create or
        delete meanwhile may be seen or not; all others are seen exactly once.
        """
        check_prefix(prefix)
        if start_after is not None:
            check_prefix(start_after, "start_after")
        return self._list(prefix, start_after or "")

    def copy(self, src: str, dst: str) -> ObjectInfo:
        """Copy an object with its content type and metadata, in the store itself; return the copy's info."""
        check_key(src)
        check_key(dst)
        return self._stat(src) if src == dst else self._copy(src, dst)

    def move(self, src: str, dst: str) -> ObjectInfo:
        """Give an object another key; return its new info. It can be read under one of the two throughout."""
        check_key(src)
        check_key(dst)
        return self._stat(src) if src == dst else self._move(src, dst)

    def delete(self, key: str) -> None:
        """Delete an object; deleting what is not there is no error."""
        self._delete(check_key(key))

    def delete_many(self, keys: Iterable[str]) -> Failures:
        """Delete objects; return ``[(key, reason)]`` for those that the store would not delete."""
        if isinstance(keys, str | bytes):
            raise InvalidValueError("delete_many takes a collection of keys, not one key")
        return self._delete_many(list(dict.fromkeys(check_key(key) for key in keys)))

    # -- many at once --------------------------------------------------------------------------------

    def upload_many(
        self,
        items: Pairs[UploadData],
        *,
        workers: int = WORKERS,
        if_none_match: bool = False,
        progress: Told | None = None,
    ) -> Outcomes:
        """Store many objects, ``workers`` at once; return an `Outcome` for each, in the order given.

        ``items`` maps keys to what `upload` takes, or yields such pairs; it is read on as there is room, so
        it may be a generator of any length. What can't be stored is told in its outcome and stops nothing;
        a key that is not legal, or given twice, too. ``progress`` is called with each outcome as it comes.
        All uploads together hold about 256 MiB at most. When this is broken off (Ctrl-C, an error of
        ``items`` or ``progress``), what is under way is given up: no object is left half-written.
        """
        return run(uploads(self, items, if_none_match), workers, progress)

    def download_many(
        self,
        items: Pairs[str | os.PathLike[str]],
        *,
        workers: int = WORKERS,
        progress: Told | None = None,
    ) -> Outcomes:
        """Write many objects to files, given as ``{key: path}`` or such pairs; otherwise as `upload_many`.

        A file appears whole or not at all; its folder must be there.
        """
        return run(downloads(self, items), workers, progress)

    def copy_many(
        self, items: Pairs[str], *, workers: int = WORKERS, progress: Told | None = None
    ) -> Outcomes:
        """Copy many objects in the store, given as ``{src: dst}`` or such pairs; see `upload_many`."""
        return run(copies(self, items), workers, progress)

    # -- URLs ----------------------------------------------------------------------------------------

    def get_presigned_get_url(self, key: str, expires: int = 3600, download_name: str | None = None) -> str:
        """Return a URL by which anyone may read the object for ``expires`` seconds (1 second to 7 days).

        With ``download_name`` a browser saves it under that name instead of showing it.
        """
        check_key(key)
        name = None if download_name is None else check_download_name(download_name)
        return self._presign(PresignRequest("GET", key, check_expires(expires), download_name=name))

    def get_presigned_put_url(self, key: str, expires: int = 3600, content_type: str | None = None) -> str:
        """Return a URL to which anyone may PUT the object; with ``content_type``, only under that header."""
        check_key(key)
        kind = None if content_type is None else check_content_type(content_type)
        return self._presign(PresignRequest("PUT", key, check_expires(expires), content_type=kind))

    def get_presigned_part_url(self, key: str, upload_id: str, part_number: int, expires: int = 3600) -> str:
        """Return a URL to which anyone may PUT one part; the answer's ``ETag`` header is the part's etag."""
        check_key(key)
        check_upload_id(upload_id)
        check_part_number(part_number)
        return self._presign(
            PresignRequest("PUT", key, check_expires(expires), upload_id=upload_id, part_number=part_number)
        )

    def public_url(self, key: str) -> str:
        """Return the unsigned URL of an object behind ``STORAGE_PUBLIC_URL``, percent-encoded."""
        check_key(key)
        if not self._public_base:
            raise ConfigurationError("public_url needs STORAGE_PUBLIC_URL: it is not set")
        return f"{self._public_base.rstrip('/')}/{quote(key, safe='/')}"

    # -- multipart -----------------------------------------------------------------------------------

    def init_multipart_upload(
        self, key: str, content_type: str | None = None, metadata: Mapping[str, str] | None = None
    ) -> str:
        """Begin an upload in parts and return its id; the object appears when it is completed."""
        check_key(key)
        kind = guess_content_type(key) if content_type is None else check_content_type(content_type)
        return self._init_multipart(key, kind, check_metadata(metadata))

    def upload_part(self, key: str, upload_id: str, part_number: int, data: UploadData) -> str:
        """Send one part (numbers 1 to 10,000; a second one replaces the first) and return its etag."""
        check_key(key)
        check_upload_id(upload_id)
        check_part_number(part_number)
        with open_source(data) as source:
            return self._put_part(key, upload_id, part_number, source)

    def complete_multipart_upload(
        self, key: str, upload_id: str, parts: Iterable[tuple[int, str]]
    ) -> ObjectInfo:
        """Make the object of the given parts, ``[(part number, etag)]`` in ascending order.

        `MultipartError` if the upload is unknown, a part is missing or has another etag, or a part other
        than the last is smaller than 5 MiB; the upload can then be mended and completed, or aborted.
        """
        check_key(key)
        check_upload_id(upload_id)
        return self._complete_multipart(key, upload_id, check_parts(parts))

    def abort_multipart_upload(self, key: str, upload_id: str) -> None:
        """Drop an upload and its parts; one that is gone already (completed, aborted) is no error."""
        check_key(key)
        self._abort_multipart(key, check_upload_id(upload_id))

    def list_multipart_uploads(self, prefix: str = "") -> Uploads:
        """Return the unfinished uploads to keys that begin with ``prefix``, by key, the oldest first."""
        check_prefix(prefix)
        return sorted(self._list_multipart(prefix), key=lambda it: (it.key, it.initiated, it.upload_id))

    # -- the store -----------------------------------------------------------------------------------

    @property
    def filesystem(self) -> AbstractFileSystem:
        """An fsspec filesystem whose names are the keys: the same objects for pandas, Dask and the like."""
        from .filesystem import ObjectFileSystem

        return ObjectFileSystem(self)

    def close(self) -> None:
        """Let go of connections, where there are any. The adapter is not to be used afterwards."""
        return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def ensure_bucket(self) -> None:
        """Create the bucket (or folder) if it is missing."""

    @abstractmethod
    def health(self) -> dict[str, Any]:
        """Return ``{"kind", "location", "latency_ms", …}``; raise what is wrong if the store can't serve."""

    # -- what a provider implements ------------------------------------------------------------------

    @abstractmethod
    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo: ...

    @abstractmethod
    def _open(self, key: str) -> ObjectReader: ...

    @abstractmethod
    def _stat(self, key: str) -> ObjectInfo: ...

    @abstractmethod
    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        """Yield in key order what sorts behind ``start_after``; neither string need be a legal key."""

    @abstractmethod
    def _copy(self, src: str, dst: str) -> ObjectInfo: ...

    @abstractmethod
    def _delete(self, key: str) -> None: ...

    @abstractmethod
    def _presign(self, request: PresignRequest) -> str: ...

    @abstractmethod
    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str: ...

    @abstractmethod
    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str: ...

    @abstractmethod
    def _complete_multipart(
        self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]
    ) -> ObjectInfo: ...

    @abstractmethod
    def _abort_multipart(self, key: str, upload_id: str) -> None: ...

    @abstractmethod
    def _list_multipart(self, prefix: str) -> Iterable[MultipartUpload]: ...

    # -- what a provider may do better ---------------------------------------------------------------

    def _read(self, key: str) -> bytes:
        with self._open(key) as reader:
            return reader.readall()

    def _move(self, src: str, dst: str) -> ObjectInfo:
        info = self._copy(src, dst)
        self._delete(src)
        return info

    def _delete_many(self, keys: Sequence[str]) -> Failures:
        failed: Failures = []
        for key in keys:
            try:
                self._delete(key)
            except StorageError as error:
                failed.append((key, str(error)))
        return failed

    def _children(self, folder: str) -> Iterator[ObjectInfo | str]:
        """Yield what is directly in a folder (``""`` or ending in ``/``): objects, and folders as ``…/``."""
        after = ""
        while True:
            for info in self._list(folder, after):
                name, slash, _ = info.key[len(folder) :].partition("/")
                if slash:
                    below = f"{folder}{name}/"
                    break
                yield info
            else:
                return
            yield below
            # Nothing sorts between the folder's keys and this: it goes on behind the whole folder.
            after = folder + name + "/" + "\U0010ffff" * 256
