"""What OSS and COS have in common, which is nearly all: one dialect of HTTP under two prefixes.

`oss` and `cos` state how a request is signed and sent (by the vendor's SDK), and what a URL looks like. All
else is here, once: so an operation can't mean two things.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import random
import time
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar

from requests.exceptions import ChunkedEncodingError, RequestException
from urllib3.exceptions import HTTPError, IncompleteRead

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    CapabilityError,
    IntegrityError,
    MultipartError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)

from . import cloud_documents as documents
from . import cloud_metadata
from .base import Failures, StorageAdapter
from .cloud_errors import Failure, failure
from .cloud_pieces import Piece, crc64, pieces, whole
from .cloud_protocol import Call, RefusedError, Reply, UnreachableError, describe, parse, skew
from .cloud_reader import CloudReader
from .keys import is_legal
from .limits import MIN_PART_SIZE
from .objects import MultipartUpload, ObjectInfo
from .sources import CHUNK_SIZE, Source

ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""Seconds; the pause before each new attempt is random up to a bound that doubles."""
_BATCH = 1000
"""Keys that one request deletes."""
_GIB = 1024**3

_log = logging.getLogger("pis_data.storage")


class CloudStorage(StorageAdapter):
    """A bucket at OSS or COS. A subclass sends requests; see the module."""

    _prefix: ClassVar[str]
    """Of the vendor's headers: ``x-oss-``."""
    _service: ClassVar[str]
    """What messages call the vendor."""
    _max_key: ClassVar[int]
    """Bytes of a key: fewer than we allow elsewhere."""
    _read_headers: ClassVar[Mapping[str, str]] = {}
    """Sent with every ranged read."""

    _copy_limit = _GIB
    """Bytes up to which one request copies an object; larger ones are copied in parts, in the store too."""
    _copy_part = 256 * 1024 * 1024

    def __init__(self, bucket: str, public_base: str | None) -> None:
        self._bucket = bucket
        self._public_base = public_base
        self._bucket_seen = False

    # -- what a vendor states --------------------------------------------------------------------------

    @property
    @abstractmethod
    def location(self) -> str:
        """Where this bucket is, as a URL without secrets."""

    @abstractmethod
    def _send(self, call: Call) -> Reply:
        """Sign and send one request, once; raise `RefusedError` or `UnreachableError`."""

    @abstractmethod
    def _copy_source(self, key: str) -> str:
        """Return the header that names the source of a copy."""

    # -- asking ----------------------------------------------------------------------------------------

    def _ask(self, what: str, call: Call) -> Reply:
        """Send a request, again if that is safe and may help; raise what its failing means."""
        self._check_length(call)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                reply = self._send(call)
                return replace(reply, root=parse(reply.content)) if call.document else reply
            except (RefusedError, UnreachableError) as error:
                found = self._failure(error, what, call)
                again = found.passing and (call.safe or found.refused)
                if not again or attempt == ATTEMPTS:
                    raise found.error from error
            if not isinstance(call.body, bytes):
                call.body.seek(0)
            time.sleep(random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt)))
        raise AssertionError("the last attempt returns or raises")

    def _failure(self, error: RefusedError | UnreachableError, what: str, call: Call) -> Failure:
        found = failure(error, what=what, key=call.key, bucket=self._bucket, service=self.location)
        if call.method == "HEAD" and _says_nothing(error) and not self._bucket_seen:
            # An answer to HEAD has no body: it may mean that the bucket is missing.
            with contextlib.suppress(AccessDeniedError):  # of the bucket; of the object we were told
                try:
                    self._look()
                except BucketNotFoundError as missing:
                    return replace(found, error=missing)
        return found

    def _check_length(self, call: Call) -> None:
        if call.key is None or len(call.key.encode()) <= self._max_key:
            return
        if call.method in {"GET", "HEAD"}:
            raise ObjectNotFoundError(
                f"there is no object {call.key[:60]!r}…: it is too long to be a key here"
            )
        raise CapabilityError(
            f"{self._service} takes keys of up to {self._max_key} bytes, not of {len(call.key.encode())}"
        )

    def _look(self) -> Reply:
        """Ask for nothing of the bucket; `BucketNotFoundError` if there is none."""
        reply = self._ask("looking at the bucket", Call("GET", parameters={"max-keys": "1"}))
        self._bucket_seen = True
        return reply

    # -- objects ---------------------------------------------------------------------------------------

    def _headers(self, content_type: str, metadata: Mapping[str, str], create_only: bool) -> dict[str, str]:
        headers = cloud_metadata.encode(metadata, self._prefix + "meta-")
        headers["content-type"] = content_type
        return headers | self._create_only(create_only)

    def _create_only(self, create_only: bool) -> dict[str, str]:
        return {self._prefix + "forbid-overwrite": "true"} if create_only else {}

    def _info(self, key: str, headers: Mapping[str, str], size: int) -> ObjectInfo:
        """Return the info that the headers of a GET or HEAD tell."""
        return ObjectInfo(
            key=key,
            size=size,
            etag=_etag(headers),
            last_modified=_when(headers),
            content_type=headers.get("content-type"),
            metadata=cloud_metadata.decode(headers, self._prefix + "meta-"),
            version_id=headers.get(self._prefix + "version-id"),
        )

    def _crc(self, headers: Mapping[str, str]) -> int | None:
        told = headers.get(self._prefix + "hash-crc64ecma", "")
        return int(told) if told.isdigit() else None

    def _check_crc(self, what: str, crc: int, headers: Mapping[str, str]) -> None:
        told = self._crc(headers)
        if told is not None and told != crc:
            raise IntegrityError(f"{what} has the CRC-64 {crc}, and {self.location} stored {told}")

    def _head(self, key: str) -> tuple[ObjectInfo, Mapping[str, str]]:
        headers = self._ask("looking at", Call("HEAD", key)).headers
        return self._info(key, headers, int(headers.get("content-length", "0"))), headers

    def _stat(self, key: str) -> ObjectInfo:
        return self._head(key)[0]

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        headers = self._headers(content_type, metadata, create_only)
        parts = pieces(source)
        first = next(parts)
        second = next(parts, None)
        if second is None:
            return self._put_whole(key, first, headers, metadata)
        every = itertools.chain(iter([first, second]), parts)
        del first, second  # held by nobody else, so that they go when they are sent
        return self._put_parts(key, every, headers, create_only)

    def _put_whole(
        self, key: str, piece: Piece, headers: dict[str, str], metadata: dict[str, str]
    ) -> ObjectInfo:
        create_only = self._prefix + "forbid-overwrite" in headers
        call = Call("PUT", key, headers={**headers, **piece.headers()}, body=piece.body, safe=not create_only)
        told = self._ask("writing", call).headers
        self._check_crc(f"object {key!r}", piece.crc, told)
        return ObjectInfo(
            key=key,
            size=piece.size,
            etag=_etag(told),
            last_modified=_when(told),
            content_type=headers["content-type"],
            metadata=metadata,
            version_id=told.get(self._prefix + "version-id"),
        )

    def _put_parts(
        self, key: str, parts: Iterator[Piece], headers: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        upload_id = self._begin(key, headers)
        try:
            sent, crc = [], 0
            for number, piece in enumerate(parts, 1):
                sent.append((number, self._send_part(key, upload_id, number, piece)))
                assert isinstance(piece.body, bytes)
                crc = crc64(piece.body, crc)
            told = self._finish(key, upload_id, sent, create_only)
        except BaseException:
            with contextlib.suppress(StorageError):
                self._abort_multipart(key, upload_id)
            raise
        self._check_crc(f"object {key!r}", crc, told)
        return self._stat(key)

    def _open(self, key: str) -> CloudReader:
        def opener(start: int, stop: int) -> Reply:
            headers = {"range": f"bytes={start}-{stop - 1}", "if-match": etag, **self._read_headers}
            return self._streamed(self._ask("reading", Call("GET", key, headers=headers, stream=True)))

        reply, size, length = self._open_first(key)
        etag = reply.headers.get("etag", "*")
        info = self._info(key, reply.headers, size)
        return CloudReader(info, opener, reply, length, self._crc(reply.headers), service=self.location)

    def _open_first(self, key: str) -> tuple[Reply, int, int]:
        """Ask for the first bytes; return the reply, the object's size, and how many bytes it brings."""
        headers = {"range": f"bytes=0-{CHUNK_SIZE - 1}", **self._read_headers}
        try:
            reply = self._streamed(self._ask("reading", Call("GET", key, headers=headers, stream=True)))
        except StorageError as error:
            cause = error.__cause__
            if not isinstance(cause, RefusedError) or cause.status != 416:
                raise
            # An empty object has no first byte.
            info, told = self._head(key)
            if info.size:
                raise
            return Reply(told), 0, 0
        length = int(reply.headers.get("content-length", "0"))
        total = reply.headers.get("content-range", "").rpartition("/")[2]
        return reply, int(total) if total.isdigit() else length, length

    def _streamed(self, reply: Reply) -> Reply:
        return replace(reply, stream=_translated(reply.stream))

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        for _ in range(ATTEMPTS):
            info, headers = self._head(src)
            try:
                if info.size > self._copy_limit:
                    return self._copy_parts(info, dst, headers)
                return self._copy_whole(info, dst, headers)
            except PreconditionFailedError:  # replaced since we looked
                continue
        raise StorageError(f"object {src!r} is replaced again and again: it can't be copied")

    def _copy_headers(self, src: str, told: Mapping[str, str]) -> dict[str, str]:
        name = self._prefix + "copy-source"
        return {name: self._copy_source(src), f"{name}-if-match": told.get("etag", "*")}

    def _copy_whole(self, info: ObjectInfo, dst: str, told: Mapping[str, str]) -> ObjectInfo:
        headers = self._copy_headers(info.key, told)
        reply = self._ask("copying to", Call("PUT", dst, headers=headers, document=True))
        # CRC and ETag are the content's own, so they show that the copy is whole.
        crc = self._crc(told)
        if crc is not None:
            self._check_crc(f"the copy of {info.key!r}", crc, reply.headers)
        modified = reply.root.findtext("LastModified")
        return replace(
            info,
            key=dst,
            etag=documents.etag(reply.root.findtext("ETag", "")),
            last_modified=documents.instant(modified) if modified else _when(reply.headers),
            version_id=reply.headers.get(self._prefix + "version-id"),
        )

    def _copy_parts(self, info: ObjectInfo, dst: str, told: Mapping[str, str]) -> ObjectInfo:
        kind = info.content_type or "application/octet-stream"
        upload_id = self._begin(dst, self._headers(kind, info.metadata, create_only=False))
        size = max(self._copy_part, -(-info.size // 10_000))
        try:
            parts = []
            for number, start in enumerate(range(0, info.size, size), 1):
                last = min(start + size, info.size) - 1
                headers = self._copy_headers(info.key, told)
                headers[self._prefix + "copy-source-range"] = f"bytes={start}-{last}"
                call = Call("PUT", dst, _part_parameters(upload_id, number), headers, document=True)
                parts.append((number, self._ask("copying to", call).root.findtext("ETag", "")))
            finished = self._finish(dst, upload_id, parts, create_only=False)
        except BaseException:
            with contextlib.suppress(StorageError):
                self._abort_multipart(dst, upload_id)
            raise
        crc = self._crc(told)
        if crc is not None:
            self._check_crc(f"the copy of {info.key!r}", crc, finished)
        return self._stat(dst)

    def _delete(self, key: str) -> None:
        if len(key.encode()) <= self._max_key:  # a longer one can't be there
            self._ask("deleting", Call("DELETE", key))

    def _delete_many(self, keys: Sequence[str]) -> Failures:
        keys = [key for key in keys if len(key.encode()) <= self._max_key]
        plain = [key for key in keys if documents.is_plain(key)]
        failed = super()._delete_many([key for key in keys if not documents.is_plain(key)])
        for start in range(0, len(plain), _BATCH):
            failed += self._delete_batch(plain[start : start + _BATCH])
        return failed

    def _delete_batch(self, keys: list[str]) -> Failures:
        body = documents.deletion(keys)
        headers = {"content-md5": documents.md5(body), "content-type": "application/xml"}
        parameters = {"delete": "", "encoding-type": "url"}
        call = Call("POST", parameters=parameters, headers=headers, body=body, document=True)
        gone, failed = documents.deleted(self._ask("deleting objects", call).root)
        reasons = dict(failed)
        return [
            (key, reasons.get(key, f"{self.location} does not say that it is deleted"))
            for key in keys
            if key not in gone
        ]

    # -- listing ---------------------------------------------------------------------------------------

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        for item in self._pages(prefix, start_after, ""):
            assert isinstance(item, ObjectInfo)
            yield item

    def _children(self, folder: str) -> Iterator[ObjectInfo | str]:
        return self._pages(folder, "", "/")

    def _pages(self, prefix: str, start_after: str, delimiter: str) -> Iterator[ObjectInfo | str]:
        if len(prefix.encode()) > self._max_key:
            return
        # Keys are no longer than that, so a longer place lies just behind the part of it that is.
        marker = start_after.encode()[: self._max_key].decode(errors="ignore")
        while True:
            parameters = {"prefix": prefix, "marker": marker, "max-keys": "1000", "encoding-type": "url"}
            parameters |= {"delimiter": delimiter} if delimiter else {}
            call = Call("GET", parameters=parameters, document=True)
            page = documents.listing(self._ask("listing", call).root)
            self._bucket_seen = True
            for item in page.items:
                name = item if isinstance(item, str) else item.key
                if not is_legal(name.removesuffix("/") if isinstance(item, str) else name):
                    _log.warning("%s holds %r, which is no legal key: passed over", self.location, name)
                elif name.encode() > start_after.encode():
                    yield item
            if page.next is None:
                return
            marker = page.next

    # -- multipart -------------------------------------------------------------------------------------

    def _begin(self, key: str, headers: Mapping[str, str]) -> str:
        # Not safe: an upload that was begun unseen would be left over.
        call = Call("POST", key, {"uploads": ""}, headers, document=True, safe=False)
        return self._ask("beginning an upload of", call).root.findtext("UploadId", "")

    def _send_part(self, key: str, upload_id: str, number: int, piece: Piece) -> str:
        call = Call("PUT", key, _part_parameters(upload_id, number), piece.headers(), piece.body)
        told = self._ask(f"writing part {number} of", call).headers
        self._check_crc(f"part {number} of {key!r}", piece.crc, told)
        return told.get("etag", "")

    def _finish(
        self, key: str, upload_id: str, parts: Sequence[tuple[int, str]], create_only: bool
    ) -> Mapping[str, str]:
        body = documents.completion(parts)
        headers = {"content-type": "application/xml", "content-md5": documents.md5(body)}
        headers |= self._create_only(create_only)
        call = Call("POST", key, {"uploadId": upload_id}, headers, body, document=True, safe=False)
        return self._ask("completing the upload of", call).headers

    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        return self._begin(key, self._headers(content_type, metadata, create_only=False))

    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        with whole(source) as piece:
            return self._send_part(key, upload_id, part_number, piece).strip('"').lower()

    def _complete_multipart(self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]) -> ObjectInfo:
        there = {part.number: part for part in self._parts(key, upload_id)}
        for number, etag in parts:
            part = there.get(number)
            if part is None or part.etag.strip('"').lower() != etag:
                what = "is missing" if part is None else f"has the etag {part.etag}, not {etag!r}"
                raise MultipartError(f"part {number} of {key!r} {what}")
        for number, _ in parts[:-1]:
            if there[number].size < MIN_PART_SIZE:
                raise MultipartError(
                    f"part {number} of {key!r} has {there[number].size} bytes: all but the last have "
                    f"{MIN_PART_SIZE} or more"
                )
        # The service's own spelling of the etags: it may compare them letter by letter.
        self._finish(key, upload_id, [(number, there[number].etag) for number, _ in parts], False)
        return self._stat(key)

    def _parts(self, key: str, upload_id: str) -> Iterator[documents.Part]:
        marker = "0"
        while True:
            parameters = {"uploadId": upload_id, "max-parts": "1000", "part-number-marker": marker}
            call = Call("GET", key, parameters, document=True)
            root = self._ask("listing the parts of", call).root
            yield from documents.parts(root)
            if not documents.is_truncated(root):
                return
            marker = root.findtext("NextPartNumberMarker", "")

    def _abort_multipart(self, key: str, upload_id: str) -> None:
        with contextlib.suppress(MultipartError):  # it is gone already
            self._ask("aborting the upload of", Call("DELETE", key, {"uploadId": upload_id}))

    def _list_multipart(self, prefix: str) -> Iterator[MultipartUpload]:
        parameters = {"uploads": "", "prefix": prefix, "max-uploads": "1000", "encoding-type": "url"}
        while True:
            call = Call("GET", parameters=parameters, document=True)
            root = self._ask("listing uploads", call).root
            yield from documents.uploads(root)
            if not documents.is_truncated(root):
                return
            parameters |= documents.next_uploads(root)

    # -- the store -------------------------------------------------------------------------------------

    def ensure_bucket(self) -> None:
        """Create the bucket if it is missing, private."""
        try:
            self._look()
        except BucketNotFoundError:
            try:
                self._ask("creating the bucket", Call("PUT"))
            except PreconditionFailedError as error:  # somebody was quicker, or it is another account's
                self._look_again(error)
            except StorageError as error:
                if "AlreadyExists" not in str(error) and "AlreadyOwnedByYou" not in str(error):
                    raise
                self._look_again(error)

    def _look_again(self, error: StorageError) -> None:
        try:
            self._look()
        except BucketNotFoundError:
            raise AccessDeniedError(
                f"the name {self._bucket!r} is taken by another account: choose another STORAGE_BUCKET"
            ) from error

    def health(self) -> dict[str, Any]:
        """Ask for one key of the bucket; tell where it is, how long that took, and how far clocks differ."""
        begun = time.perf_counter()
        reply = self._look()
        latency = round((time.perf_counter() - begun) * 1000, 1)
        ahead = skew(reply.headers, time.time())
        return {
            "kind": self.kind,
            "location": self.location,
            "bucket": self._bucket,
            "latency_ms": latency,
            "clock_skew_s": None if ahead is None else round(ahead),
        }


def _says_nothing(error: RefusedError | UnreachableError) -> bool:
    """Say whether this is a 404 that leaves open what is missing."""
    return isinstance(error, RefusedError) and error.status == 404 and not error.code.startswith("NoSuchK")


def _part_parameters(upload_id: str, number: int) -> dict[str, str]:
    return {"partNumber": str(number), "uploadId": upload_id}


def _etag(headers: Mapping[str, str]) -> str:
    return documents.etag(headers.get("etag", ""))


def _when(headers: Mapping[str, str]) -> datetime:
    """Return when the object was written; the reply to a write tells only when it was answered."""
    told = headers.get("last-modified") or headers.get("date", "")
    try:
        return parsedate_to_datetime(told).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)


def _translated(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a response's chunks; a connection's failing becomes an error of ours."""
    try:
        yield from stream
    except (RequestException, HTTPError, OSError) as error:
        if isinstance(error, ChunkedEncodingError) and "IncompleteRead" in str(error):
            raise IntegrityError(f"the answer is cut short: {error}") from error
        if isinstance(error, IncompleteRead):
            raise IntegrityError(f"the answer is cut short: {error}") from error
        raise StorageUnavailableError(str(describe(error))) from error
