"""Objects in this process's memory, in fsspec's memory filesystem; gone with the adapter. For tests."""

import pickle
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import md5
from threading import Lock
from typing import Any
from urllib.parse import quote, unquote

from fsspec.implementations.memory import MemoryFileSystem

from pis_data.config import StorageConfig
from pis_data.errors import CapabilityError, ObjectNotFoundError, PreconditionFailedError
from pis_data.storage import BytesReader, ObjectInfo, Source, StorageAdapter


class MemoryStorage(StorageAdapter):
    def __init__(self, config: StorageConfig) -> None:
        self.kind, self._folder, self._public_base = str(config.kind), f"/{config.bucket}", config.public_url
        self._files = MemoryFileSystem(global_store=False, skip_instance_cache=True)
        self._lock = Lock()

    def ensure_bucket(self) -> None:
        self._files.makedirs(self._folder, exist_ok=True)

    def health(self) -> dict[str, Any]:
        return {"kind": self.kind, "location": f"memory:{self._folder}", "latency_ms": 0.0}

    def _path(self, key: str) -> str:
        return f"{self._folder}/{quote(key, safe='')}"  # flat: a file "a" can't stand beside a folder "a"

    def _put(self, key: str, source: Source, kind: str, metadata: dict[str, str], new: bool) -> ObjectInfo:
        content = b"".join(source)
        info = ObjectInfo(key, len(content), md5(content).hexdigest(), datetime.now(UTC), kind, metadata)
        with self._lock:  # fsspec looks and writes in two steps
            if new and self._files.exists(self._path(key)):
                raise PreconditionFailedError(f"there is an object {key!r} already")
            self._files.pipe_file(self._path(key), pickle.dumps((info, content)))  # both or neither
        return info

    def _load(self, key: str) -> tuple[ObjectInfo, bytes]:
        try:
            info, content = pickle.loads(self._files.cat_file(self._path(key)))
        except FileNotFoundError:
            raise ObjectNotFoundError(f"there is no object {key!r}") from None
        return info, content

    def _stat(self, key: str) -> ObjectInfo:
        return self._load(key)[0]

    def _open(self, key: str) -> BytesReader:
        return BytesReader(*self._load(key))

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        keys = (unquote(path.rpartition("/")[2]) for path in self._files.find(self._folder))
        for key in sorted(key for key in keys if key.startswith(prefix) and key > start_after):
            with suppress(ObjectNotFoundError):  # deleted meanwhile
                info = self._stat(key)
                yield ObjectInfo(key, info.size, info.etag, info.last_modified)

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        info, content = self._load(src)
        return self._put(dst, Source(iter([content]), None), str(info.content_type), {**info.metadata}, False)

    def _delete(self, key: str) -> None:
        with suppress(KeyError, FileNotFoundError):
            self._files.rm_file(self._path(key))

    def _impossible(self, *_: Any, **__: Any) -> Any:
        raise CapabilityError("a store in memory has no URLs, and takes objects as a whole only")

    _presign = _init_multipart = _put_part = _complete_multipart = _abort_multipart = _impossible

    def _list_multipart(self, prefix: str) -> list[Any]:
        return []
