"""S3 by obstore, a client in Rust: for each small object, a tenth of botocore's work.

What obstore can't do as the interface promises stays with botocore: create-only writes (it would send them
again unseen), listings (it knows whole folders only, takes ``a/`` for ``a``, and fails at ``a//b``), deleting
many (it tells one failure of all), copies (it takes a 200 that holds an error for a copy), uploads whose
parts the caller sends, streams of unknown length, and URLs.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pis_data.errors import IntegrityError, ObjectNotFoundError

from .objects import ObjectInfo
from .s3 import S3Storage
from .s3_fast_errors import broke_off, explained, unclear
from .s3_fast_store import open_store
from .s3_metadata import as_headers
from .s3_pieces import PART_SIZE, part_sizes
from .sources import CHUNK_SIZE, Chunk, Source

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

AT_ONCE = 4
"""Parts of one upload that are under way together."""
_ATTRIBUTES = {
    "Content-Type": "ContentType",
    "Cache-Control": "CacheControl",
    "Content-Disposition": "ContentDisposition",
    "Content-Encoding": "ContentEncoding",
    "Content-Language": "ContentLanguage",
    "Storage-Class": "StorageClass",
}
"""What obstore tells beside the metadata, and what botocore calls it."""
_TAKEN = frozenset(name.lower() for name in _ATTRIBUTES)
"""Names of metadata that obstore would take for those."""

_usable = True
"""Whether this process may use obstore: its threads don't outlive a fork, and who calls it then waits for
ever. So it is loaded by the first request, and a process that was forked after that goes without."""


def is_installed() -> bool:
    """Say whether obstore is there, without loading it."""
    return importlib.util.find_spec("obstore") is not None


def _forked() -> None:
    global _usable
    _usable = _usable and "obstore" not in sys.modules


os.register_at_fork(after_in_child=_forked)


class FastS3Storage(S3Storage):
    """A bucket, reached by obstore as far as that goes; by botocore, as `S3Storage`, for the rest.

    Threads may share one adapter. In a process that was forked after obstore was first used, everything is
    sent by botocore.
    """

    def __init__(self, config: StorageConfig) -> None:
        super().__init__(config)
        self._store: Any = None
        self._making = threading.Lock()

    def _lane(self) -> Any:
        """What obstore calls the store; None where botocore has to do."""
        if not _usable:
            return None
        if self._store is None:
            with self._making:
                if self._store is None:
                    self._store = open_store(self.clients, self._config)
        return self._store

    def health(self) -> dict[str, Any]:
        """Return ``{"kind", "location", "latency_ms", "region", "client"}``; raise what is wrong."""
        return {**super().health(), "client": "obstore" if _usable else "botocore"}

    def close(self) -> None:
        """Close the connections."""
        self._store = None  # they go with it
        super().close()

    # -- reading -------------------------------------------------------------------------------------

    def _read(self, key: str) -> bytes:
        if (store := self._lane()) is None:
            return super()._read(key)
        try:
            result = store.get(key)
            if result.meta["size"] > CHUNK_SIZE:
                return b"".join(result.stream(CHUNK_SIZE))  # fewer copies than bytes() makes
            return bytes(result.bytes())
        except Exception as error:
            found = explained(error, f"reading {key!r}")
            if found and not isinstance(found, IntegrityError):
                raise found from error
            # It broke off, or holds what obstore can't read: botocore goes on where it breaks, and tells why.
        return super()._read(key)

    def _get(self, key: str, **conditions: str) -> dict[str, Any]:
        if (store := self._lane()) is None:
            return super()._get(key, **conditions)
        doing = f"reading {key!r}"
        try:
            result = store.get(key, options=_options(conditions))
            start, stop = result.range
            body = _Body(result.stream(CHUNK_SIZE), doing)
            return {**_described(result), "Body": body, "ContentLength": stop - start}
        except Exception as error:
            if found := explained(error, doing):
                raise found from error
        return super()._get(key, **conditions)

    def _ask_head(self, key: str) -> dict[str, Any]:
        if (store := self._lane()) is None:
            return super()._ask_head(key)
        try:
            return _described(store.get(key, options={"head": True}))
        except Exception as error:
            if found := explained(error, f"reading {key!r}"):
                raise found from error
        return super()._ask_head(key)

    # -- writing -------------------------------------------------------------------------------------

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        store = None if create_only or not _TAKEN.isdisjoint(metadata) else self._lane()
        if store is None:
            return super()._put(key, source, content_type, metadata, create_only)
        attributes = (
            {"Content-Type": content_type, **as_headers(metadata)}
            if metadata
            else {"Content-Type": content_type}
        )
        chunks = _Remembering(source)
        first, more = chunks.take(PART_SIZE)
        try:
            if not more:
                size = len(first)
                told = store.put(key, first, attributes=attributes, use_multipart=False)
            elif source.size is None:
                rest = Source(chunks.after(first), None)
                return super()._put(key, rest, content_type, metadata, create_only)
            else:
                told = store.put(
                    key,
                    chunks.after(first),
                    attributes=attributes,
                    use_multipart=True,
                    chunk_size=next(part_sizes(source.size)),
                    max_concurrency=AT_ONCE,
                )
                size = chunks.taken
        except Exception as error:
            if chunks.failure is not None:
                raise chunks.failure from None
            raise explained(error, f"writing {key!r}") or unclear(error, f"writing {key!r}") from error
        # Of the time the store tells nothing here.
        now = datetime.now(UTC).replace(microsecond=0)
        etag = (told["e_tag"] or "").strip('"')
        return ObjectInfo(key, size, etag, now, content_type, dict(metadata), told["version"])

    def _delete(self, key: str) -> None:
        if (store := self._lane()) is None:
            return super()._delete(key)
        try:
            return store.delete(key)  # type: ignore[no-any-return]
        except Exception as error:
            found = explained(error, f"deleting {key!r}")
            if isinstance(found, ObjectNotFoundError):
                return None
            if found and not broke_off(error):
                raise found from error
            # A connection that breaks is not tried again by obstore; deleting twice is deleting.
        return super()._delete(key)


class _Remembering:
    """The pieces of a source; remembers how much was taken, and what the caller's own stream failed with."""

    def __init__(self, source: Source) -> None:
        self._chunks = iter(source)
        self.taken = 0
        self.failure: BaseException | None = None

    def take(self, size: int) -> tuple[Chunk, bool]:
        """Return the first bytes, not much more than ``size``, and whether there are others behind them."""
        pieces: list[Chunk] = []
        length = 0
        for chunk in self._chunks:
            pieces.append(chunk)
            length += len(chunk)
            if length > size:
                return b"".join(pieces), True
        return (pieces[0] if len(pieces) == 1 else b"".join(pieces)), False

    def after(self, first: Chunk) -> Iterator[Chunk]:
        """Yield what was taken, and then the rest."""
        try:
            self.taken = len(first)
            yield first
            for chunk in self._chunks:
                self.taken += len(chunk)
                yield chunk
        except GeneratorExit:
            raise
        except BaseException as error:
            self.failure = error
            raise


class _Body:
    """The content of an answer, read as a file."""

    def __init__(self, stream: Iterable[Any], doing: str) -> None:
        self._stream = iter(stream)
        self._doing = doing
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Return at most ``size`` bytes, ``b""`` at the end."""
        if not self._left:
            try:
                self._left = memoryview(next(self._stream, b""))
            except Exception as error:
                raise explained(error, self._doing) or unclear(error, self._doing) from error
        data, self._left = self._left[:size], self._left[size:]
        return bytes(data)

    def close(self) -> None:
        """Let go of the connection."""
        self._stream = iter(())
        self._left = memoryview(b"")


def _options(conditions: dict[str, str]) -> dict[str, Any] | None:
    """The conditions that botocore's names say: ``Range`` and ``IfMatch``."""
    if not conditions:
        return None
    first, _, last = conditions["Range"].removeprefix("bytes=").partition("-")
    return {"range": (int(first), int(last) + 1), "if_match": conditions["IfMatch"]}


def _described(result: Any) -> dict[str, Any]:
    """An answer as botocore would tell it."""
    meta, attributes = result.meta, result.attributes
    told = {_ATTRIBUTES[name]: value for name, value in attributes.items() if name in _ATTRIBUTES}
    return {
        **told,
        "Metadata": {name: value for name, value in attributes.items() if name not in _ATTRIBUTES},
        "ContentLength": meta["size"],
        "LastModified": meta["last_modified"],
        "ETag": meta["e_tag"] or "",
        "VersionId": meta["version"],
    }
