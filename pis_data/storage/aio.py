"""Object stores for programs that run an event loop: every adapter, its calls awaited.

Half of the SDKs below are synchronous, and none of them is quicker otherwise; so the calls are made by
threads of their own, and a loop never waits for a socket or a disk. An adapter may be used by any number of
loops and threads, and in forked processes.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from . import base, registry
from .aio_file import AsyncFile
from .base import Failures, Uploads
from .many import WORKERS, Outcomes, Pairs, StoppedError, Told, copies, downloads, run, uploads
from .objects import ObjectInfo
from .registry import register_storage_adapter
from .sources import Progress, UploadData

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

    from pis_data.config import StorageConfig

__all__ = [
    "StorageAdapter",
    "create_storage_adapter",
    "get_storage_adapter",
    "register_storage_adapter",
    "reset_adapters",
]

THREADS = 32
"""Calls of one adapter that are under way at once; others wait for their turn, and the loop goes on."""
_PAGE = 1000
"""Objects that are fetched of a listing at a time."""

T = TypeVar("T")


class StorageAdapter:
    """What `pis_data.storage.StorageAdapter` is, name for name, with calls that are awaited.

    A call that only reads is left at once when its task is cancelled. One that writes is told to give up, and
    is waited for: after that, nothing is under way, and what was to be written is there as a whole or not at
    all. (A second cancellation does not wait.) Callbacks are called in the event loop.
    """

    def __init__(self, storage: base.StorageAdapter) -> None:
        self.storage = storage
        """The synchronous adapter underneath; both may be used side by side."""
        self._threads = _Threads()

    def __repr__(self) -> str:
        return f"aio.StorageAdapter({self.storage!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.storage,)

    @property
    def kind(self) -> str:
        """The name in ``STORAGE_TYPE``."""
        return self.storage.kind

    @property
    def url_limits(self) -> Mapping[str, str]:
        """What the store's presigned URLs can't do by nature, and why."""
        return self.storage.url_limits

    # -- objects -------------------------------------------------------------------------------------

    async def upload(
        self,
        key: str,
        data: UploadData,
        content_type: str | None = None,
        metadata: Mapping[str, str] | None = None,
        if_none_match: bool = False,
        *,
        progress: Progress | None = None,
    ) -> ObjectInfo:
        """Store an object; a file object is read in another thread."""

        def call(go_on: Progress) -> ObjectInfo:
            return self.storage.upload(key, data, content_type, metadata, if_none_match, progress=go_on)

        # Bytes that go in one piece are sent before anybody could ask for their end.
        if progress is None and isinstance(data, bytes) and len(data) <= 1024 * 1024:
            return await self._write(
                lambda _: self.storage.upload(key, data, content_type, metadata, if_none_match)
            )
        return await self._write(call, progress)

    async def download(self, key: str) -> bytes:
        """Return the whole content."""
        return await self._read(lambda: self.storage.download(key))

    async def download_to(
        self, key: str, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> ObjectInfo:
        """Write the content to a file, which appears whole or not at all."""
        return await self._write(
            lambda go_on: self.storage.download_to(key, Path(path), progress=go_on), progress
        )

    async def open(self, key: str) -> AsyncFile:
        """Open the object as a seekable binary file, whose methods are awaited.

        async with await storage.open(key) as file: data = await file.read(100)
        """
        return AsyncFile(await self._read(lambda: self.storage.open(key)), self._read)

    async def stat(self, key: str) -> ObjectInfo:
        """Return everything the store knows of an object."""
        return await self._read(lambda: self.storage.stat(key))

    async def exists(self, key: str) -> bool:
        """Say whether there is such an object."""
        return await self._read(lambda: self.storage.exists(key))

    def list(self, prefix: str = "", start_after: str | None = None) -> AsyncIterator[ObjectInfo]:
        """Yield the objects whose key begins with ``prefix``: ``async for info in storage.list(…)``."""
        return self._pages(iter(self.storage.list(prefix, start_after)))

    async def _pages(self, found: Iterator[ObjectInfo]) -> AsyncGenerator[ObjectInfo, None]:
        while page := await self._read(lambda: list(islice(found, _PAGE))):
            for info in page:
                yield info

    async def copy(self, src: str, dst: str) -> ObjectInfo:
        """Copy an object in the store itself."""
        return await self._write(lambda _: self.storage.copy(src, dst))

    async def move(self, src: str, dst: str) -> ObjectInfo:
        """Give an object another key."""
        return await self._write(lambda _: self.storage.move(src, dst))

    async def delete(self, key: str) -> None:
        """Delete an object; deleting what is not there is no error."""
        await self._write(lambda _: self.storage.delete(key))

    async def delete_many(self, keys: Iterable[str]) -> Failures:
        """Delete objects; return ``[(key, reason)]`` for those that the store would not delete."""
        return await self._write(lambda _: self.storage.delete_many(keys))

    # -- many at once --------------------------------------------------------------------------------

    async def upload_many(
        self,
        items: Pairs[UploadData],
        *,
        workers: int = WORKERS,
        if_none_match: bool = False,
        progress: Told | None = None,
    ) -> Outcomes:
        """Store many objects, ``workers`` at once; ``items`` is read on in another thread."""
        return await self._many(uploads(self.storage, items, if_none_match), workers, progress)

    async def download_many(
        self,
        items: Pairs[str | os.PathLike[str]],
        *,
        workers: int = WORKERS,
        progress: Told | None = None,
    ) -> Outcomes:
        """Write many objects to files."""
        return await self._many(downloads(self.storage, items), workers, progress)

    async def copy_many(
        self, items: Pairs[str], *, workers: int = WORKERS, progress: Told | None = None
    ) -> Outcomes:
        """Copy many objects in the store."""
        return await self._many(copies(self.storage, items), workers, progress)

    async def _many(self, jobs: Any, workers: int, progress: Told | None) -> Outcomes:
        loop, stop = asyncio.get_running_loop(), threading.Event()
        told = None if progress is None else lambda it: _tell(loop, progress, it)
        return await self._until_done(lambda: run(jobs, workers, told, stop), stop)

    # -- URLs ----------------------------------------------------------------------------------------

    async def get_presigned_get_url(
        self, key: str, expires: int = 3600, download_name: str | None = None
    ) -> str:
        """Return a URL by which anyone may read the object for ``expires`` seconds."""
        return await self._read(lambda: self.storage.get_presigned_get_url(key, expires, download_name))

    async def get_presigned_put_url(
        self, key: str, expires: int = 3600, content_type: str | None = None
    ) -> str:
        """Return a URL to which anyone may PUT the object."""
        return await self._read(lambda: self.storage.get_presigned_put_url(key, expires, content_type))

    async def get_presigned_part_url(
        self, key: str, upload_id: str, part_number: int, expires: int = 3600
    ) -> str:
        """Return a URL to which anyone may PUT one part."""
        return await self._read(
            lambda: self.storage.get_presigned_part_url(key, upload_id, part_number, expires)
        )

    def public_url(self, key: str) -> str:
        """Return the unsigned URL of an object; nothing is waited for."""
        return self.storage.public_url(key)

    # -- multipart -----------------------------------------------------------------------------------

    async def init_multipart_upload(
        self, key: str, content_type: str | None = None, metadata: Mapping[str, str] | None = None
    ) -> str:
        """Begin an upload in parts and return its id; when this is cancelled, it is aborted."""
        begun: list[str] = []

        def call(_: Progress) -> str:
            begun.append(self.storage.init_multipart_upload(key, content_type, metadata))
            return begun[0]

        try:
            return await self._write(call)
        except asyncio.CancelledError:
            if begun:
                await self.abort_multipart_upload(key, begun[0])
            raise

    async def upload_part(self, key: str, upload_id: str, part_number: int, data: UploadData) -> str:
        """Send one part and return its etag."""
        return await self._write(lambda _: self.storage.upload_part(key, upload_id, part_number, data))

    async def complete_multipart_upload(
        self, key: str, upload_id: str, parts: Iterable[tuple[int, str]]
    ) -> ObjectInfo:
        """Make the object of the given parts."""
        return await self._write(lambda _: self.storage.complete_multipart_upload(key, upload_id, parts))

    async def abort_multipart_upload(self, key: str, upload_id: str) -> None:
        """Drop an upload and its parts."""
        await self._write(lambda _: self.storage.abort_multipart_upload(key, upload_id))

    async def list_multipart_uploads(self, prefix: str = "") -> Uploads:
        """Return the unfinished uploads to keys that begin with ``prefix``."""
        return await self._read(lambda: self.storage.list_multipart_uploads(prefix))

    # -- the store -----------------------------------------------------------------------------------

    @property
    def filesystem(self) -> AbstractFileSystem:
        """The fsspec filesystem of the synchronous adapter."""
        return self.storage.filesystem

    async def ensure_bucket(self) -> None:
        """Create the bucket (or folder) if it is missing."""
        await self._write(lambda _: self.storage.ensure_bucket())

    async def health(self) -> dict[str, Any]:
        """Return ``{"kind", "location", "latency_ms", …}``; raise what is wrong."""
        return await self._read(lambda: self.storage.health())

    async def close(self) -> None:
        """Wait for what is under way, and let go of connections and threads."""
        try:
            await self._write(lambda _: self.storage.close())
        finally:
            self._threads.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()

    # -- how it is waited for ------------------------------------------------------------------------

    async def _read(self, call: Callable[[], T]) -> T:
        """Wait for a call that leaves nothing behind; a cancelled task does not."""
        return await asyncio.wrap_future(self._threads.submit(call))

    async def _write(self, call: Callable[[Progress], T], progress: Progress | None = None) -> T:
        """Wait for a call that is to be given up, and then waited for, when the task is cancelled."""
        loop, stop = asyncio.get_running_loop(), threading.Event()

        def go_on(size: int) -> None:
            if stop.is_set():
                raise StoppedError
            if progress is not None:
                _tell(loop, progress, size)

        return await self._until_done(lambda: call(go_on), stop)

    async def _until_done(self, call: Callable[[], T], stop: threading.Event) -> T:
        work = self._threads.submit(call)
        doing = asyncio.wrap_future(work)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            stop.set()
            if not work.cancel():  # it has begun
                await asyncio.wait([doing])
                doing.exception()  # it was heard, and is not for a caller who has gone
            raise


def _tell(loop: asyncio.AbstractEventLoop, callback: Callable[[T], object], value: T) -> None:
    """Call a callback in its event loop, and wait for it: what it raises breaks off the operation."""

    async def call() -> None:
        told = callback(value)
        if inspect.isawaitable(told):
            await told

    calling = asyncio.run_coroutine_threadsafe(call(), loop)
    while not wait([calling], timeout=1).done:
        if loop.is_closed():  # nobody waits for this operation any more
            raise StoppedError
    calling.result()


class _Threads:
    """The threads of one adapter; a forked process gets its own."""

    def __init__(self) -> None:
        self._renew()

    def _renew(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, call: Callable[[], T]) -> Future[T]:
        """Have a call made by a thread."""
        if self._process != os.getpid():
            self._renew()
        with self._lock:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(THREADS, "pis-storage-aio")
            return self._pool.submit(call)

    def close(self) -> None:
        """Let the threads end; those that are idle at once."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False)


_shared: StorageAdapter | None = None


def create_storage_adapter(config_or_url: StorageConfig | str | Path | None = None) -> StorageAdapter:
    """Make an adapter as `pis_data.create_storage_adapter` does, from the same and with the same errors."""
    return StorageAdapter(registry.create_storage_adapter(config_or_url))


def get_storage_adapter() -> StorageAdapter:
    """Return the face of the process's one adapter, which threads and event loops share.

    Raises `ConfigurationError` if no storage is configured.
    """
    global _shared
    storage = registry.get_storage_adapter()
    found = _shared
    if found is None or found.storage is not storage:
        found = _shared = StorageAdapter(storage)
    return found


async def reset_adapters() -> None:
    """Close and forget the shared adapter."""
    await asyncio.to_thread(registry.reset_adapters)
