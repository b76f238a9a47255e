"""Objects in a folder: atomic, durable, and under any legal key.

Below the folder: ``objects/`` holds one file per object (`local_names` tells its name, `local_record` what is
in it), ``tmp/`` what is being written, ``multipart/`` unfinished uploads, ``signing.key`` what signs URLs.
Everything is written beside its place and then put there in one step, so that neither a crash nor a full disk
nor another process shows half an object.
"""

from __future__ import annotations

import os
import shutil
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pis_data.errors import (
    AccessDeniedError,
    ObjectNotFoundError,
    PreconditionFailedError,
)

from .base import PresignRequest, StorageAdapter
from .keys import is_legal
from .local_drafts import DRAFTS, Drafts
from .local_errors import translated
from .local_multipart import UPLOADS, Uploads
from .local_record import read_record
from .local_tree import OBJECTS, Tree
from .objects import MultipartUpload, ObjectInfo
from .reader import ObjectReader
from .signing import DEFAULT_BASE, UrlSigner, kept_key
from .sources import Source

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

_EFFECTIVE = os.access in os.supports_effective_ids
_BATCH = 128
"""Objects whose records a listing reads at a time."""


class LocalStorage(StorageAdapter):
    """A folder as an object store; any number of threads and processes may use it at once.

    It needs Linux or macOS, and a file system with atomic rename; hard links for ``if_none_match``.
    ``public_url`` is where `pis_data.storage.server` is reached by those who get presigned URLs.
    """

    kind = "local"

    def __init__(
        self, path: str | os.PathLike[str], *, signing_key: str | None = None, public_url: str | None = None
    ) -> None:
        self.path = Path(path).absolute()
        """The folder."""
        self._tree = Tree(self.path)
        self._drafts = Drafts(self._tree)
        self._uploads = Uploads(self._tree, self._drafts)
        self._signing_key = signing_key
        self._public_base = public_url or DEFAULT_BASE

    @classmethod
    def from_config(cls, config: StorageConfig) -> LocalStorage:
        """Make the adapter that a configuration of kind ``local`` describes."""
        key = config.signing_key
        return cls(
            config.path or Path("pis-data/storage"),
            signing_key=None if key is None else key.get_secret_value(),
            public_url=config.public_url,
        )

    def __repr__(self) -> str:
        return f"LocalStorage({str(self.path)!r})"

    @property
    def signer(self) -> UrlSigner:
        """What signs and checks this store's URLs."""
        assert self._public_base is not None
        if self._signing_key is not None:
            return UrlSigner(self._public_base, self._signing_key.encode())
        return UrlSigner(self._public_base, kept_key(self._tree))

    # -- the store -----------------------------------------------------------------------------------

    def ensure_bucket(self) -> None:
        """Create the folder and what belongs in it; remove what killed writers left a day ago."""
        with translated(f"creating the storage folder {self.path}"):
            for name in (OBJECTS, DRAFTS, UPLOADS):
                (self.path / name).mkdir(parents=True, exist_ok=True)
        self._drafts.sweep()

    def health(self) -> dict[str, Any]:
        """Return ``{"kind", "location", "latency_ms", "free_bytes"}``; raise what is wrong."""
        began = time.perf_counter()
        for name in (OBJECTS, DRAFTS, UPLOADS):
            with translated(f"checking {self.path / name}"), self._tree.top(name) as fd:
                if not os.access(".", os.R_OK | os.W_OK | os.X_OK, dir_fd=fd, effective_ids=_EFFECTIVE):
                    raise AccessDeniedError(
                        f"{self.path / name}: this process's user can't read and write it"
                    )
        free = shutil.disk_usage(self.path).free
        latency = round((time.perf_counter() - began) * 1000, 3)
        return {"kind": self.kind, "location": str(self.path), "latency_ms": latency, "free_bytes": free}

    # -- objects -------------------------------------------------------------------------------------

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        doing = f"writing {key!r}"
        if create_only:
            self._refuse_existing(key)  # before gigabytes are sent; publish decides
        with self._drafts.new(doing) as draft:
            for chunk in source:
                draft.write(chunk)
            record = draft.seal(content_type, metadata)
            with translated(doing):
                self._tree.publish(draft.name, draft.folder, key, create_only=create_only)
        return record.info(key)

    def _refuse_existing(self, key: str) -> None:
        with translated(f"looking for {key!r}"), suppress(FileNotFoundError):
            os.close(self._tree.open_object(key))
            raise PreconditionFailedError(f"there is an object {key!r} already")

    def _open(self, key: str) -> ObjectReader:
        with translated(f"reading {key!r}"):
            fd = self._open_file(key)
            try:
                return _LocalReader(fd, read_record(fd, key).info(key))
            except BaseException:
                os.close(fd)
                raise

    def _stat(self, key: str) -> ObjectInfo:
        with translated(f"reading {key!r}"):
            fd = self._open_file(key)
            try:
                return read_record(fd, key).info(key)
            finally:
                os.close(fd)

    def _open_file(self, key: str) -> int:
        try:
            return self._tree.open_object(key)
        except FileNotFoundError as error:
            raise ObjectNotFoundError(f"there is no object {key!r}") from error

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        doing = f"copying {src!r} to {dst!r}"
        with translated(doing):
            fd = self._open_file(src)
            try:
                old = read_record(fd, src)
                with self._drafts.new(doing) as draft:
                    draft.append_from(fd, old.size)
                    record = draft.seal(old.content_type, old.metadata, old.etag)
                    self._tree.publish(draft.name, draft.folder, dst, create_only=False)
            finally:
                os.close(fd)
        return record.info(dst)

    def _move(self, src: str, dst: str) -> ObjectInfo:
        info = self._stat(src)
        with translated(f"moving {src!r} to {dst!r}"):
            self._tree.rename(src, dst)
        return ObjectInfo(dst, info.size, info.etag, info.last_modified, info.content_type, info.metadata)

    def _delete(self, key: str) -> None:
        with translated(f"deleting {key!r}"):
            try:
                self._tree.remove(key)
            except FileNotFoundError:
                return

    # -- listing -------------------------------------------------------------------------------------

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        folder = prefix[: prefix.rfind("/") + 1]
        if folder and not is_legal(folder[:-1]):
            with (
                translated("listing"),
                self._tree.top(),
            ):  # a missing store is an error, also where nothing can match
                return
        walks = [self._entries(folder, prefix, start_after)]
        while walks:
            entry = next(walks[-1], None)
            if entry is None:
                walks.pop()
            elif isinstance(entry, str):
                walks.append(self._entries(entry, prefix, start_after))
            else:
                yield from entry

    def _entries(self, folder: str, prefix: str, start_after: str) -> Iterator[str | list[ObjectInfo]]:
        """Yield, in key order, the folders directly in a folder and the objects in batches."""
        names = self._scan(folder)
        if start_after.startswith(folder):
            begin = bisect_right(names, start_after[len(folder) :])
            # The folder that start_after itself lies in sorts before it, and may hold what is behind it.
            if begin and names[begin - 1][-1] == "/" and start_after.startswith(folder + names[begin - 1]):
                begin -= 1
            names = names[begin:]
        elif start_after > folder:
            return
        wanted = (
            name
            for name in names
            if (key := folder + name).startswith(prefix) or (name[-1] == "/" and prefix.startswith(key))
        )
        for is_folder, group in groupby(wanted, key=lambda name: name[-1] == "/"):
            if is_folder:
                yield from (folder + name for name in group)
            else:
                while batch := list(islice(group, _BATCH)):
                    yield list(self._listed(folder, batch))

    def _listed(self, folder: str, names: Sequence[str]) -> Iterator[ObjectInfo]:
        """Read the records of objects in one folder; what was deleted meanwhile is left out."""
        opened = self._tree.open_objects(folder.split("/")[:-1], names)
        with translated(f"listing {folder!r}"), suppress(FileNotFoundError), closing(opened):
            for name, fd in opened:
                key = folder + name
                yield read_record(fd, key).listed(key)

    def _scan(self, folder: str) -> list[str]:
        with translated(f"listing {folder!r}"):
            try:
                return self._tree.scan(folder.split("/")[:-1])
            except FileNotFoundError:
                return []

    def _children(self, folder: str) -> Iterator[ObjectInfo | str]:
        if folder and not is_legal(folder[:-1]):
            return
        for entry in self._entries(folder, folder, ""):
            if isinstance(entry, str):
                yield entry
            else:
                yield from entry

    # -- URLs and multipart --------------------------------------------------------------------------

    def _presign(self, request: PresignRequest) -> str:
        return self.signer.sign(request)

    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        return self._uploads.begin(key, content_type, metadata)

    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        return self._uploads.put_part(key, upload_id, part_number, source)

    def _complete_multipart(self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]) -> ObjectInfo:
        with self._uploads.assembled(key, upload_id, parts) as (draft, record):
            self._tree.publish(draft.name, draft.folder, key, create_only=False)
        self._uploads.drop(key, upload_id)
        return record.info(key)

    def _abort_multipart(self, key: str, upload_id: str) -> None:
        self._uploads.drop(key, upload_id)

    def _list_multipart(self, prefix: str) -> Iterable[MultipartUpload]:
        return self._uploads.list(prefix)


class _LocalReader(ObjectReader):
    """Reads the file that it opened, also when that is replaced or deleted meanwhile."""

    def __init__(self, fd: int, info: ObjectInfo) -> None:
        super().__init__(info)
        self._fd = fd

    def _fetch(self, start: int, length: int) -> bytes:
        with translated(f"reading {self.info.key!r}"):
            data = os.pread(self._fd, length, start)
            while len(data) < length and (more := os.pread(self._fd, length - len(data), start + len(data))):
                data += more
        return data

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            os.close(self._fd)
        super().close()
