"""Objects in MinIO, AWS S3 and other stores that speak S3's protocol.

One request for each operation, where the protocol allows it; nothing is cached. `s3_client` says how the
store is spoken to, `s3_upload` how objects are sent, `s3_errors` what its errors mean.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from botocore.exceptions import ClientError

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    IntegrityError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
)

from .base import Failures, PresignRequest, StorageAdapter
from .disposition import content_disposition
from .keys import can_begin_key, is_legal
from .objects import MultipartUpload, ObjectInfo
from .reader import ObjectReader
from .s3_client import Clients
from .s3_copy import copy_object
from .s3_errors import code_of, no_store, translated
from .s3_listing import goes_into_xml, marker
from .s3_metadata import as_headers, from_headers
from .s3_pieces import Cutter, part_sizes
from .s3_reader import S3Reader
from .s3_upload import Uploader, etag_of
from .sources import Source

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

    from pis_data.config import StorageConfig

BATCH = 1000
"""Keys in one request to delete, and objects in one page of a listing: the protocol's limit."""


class S3Storage(StorageAdapter):
    """A bucket of a store that speaks S3. Threads and forked processes may share one adapter."""

    def __init__(self, config: StorageConfig) -> None:
        self._config = config
        self.kind = str(config.kind)
        self.bucket = config.bucket
        """The bucket's name."""
        self.clients = Clients(config)
        """How the store is spoken to."""
        self._uploader = Uploader(self.clients, config.bucket)
        self._public_base = config.public_url

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.location!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """A spawned process is told where the bucket is, keys and all; connections it makes itself."""
        return type(self), (self._config,)

    @property
    def location(self) -> str:
        """Where the bucket is, for messages."""
        endpoint = self.clients.endpoint
        return f"s3://{self.bucket}" if endpoint is None else f"{endpoint}/{self.bucket}"

    # -- the store -----------------------------------------------------------------------------------

    def ensure_bucket(self) -> None:
        """Create the bucket if it is missing; `AccessDeniedError` if it is there and not for these keys."""
        try:
            self._head_bucket()
            return
        except BucketNotFoundError:
            pass
        region = self.clients.region
        # AWS knows its oldest region only by not being told of it.
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        doing = f"creating the bucket {self.bucket!r}"
        try:
            with translated(doing):
                self.clients.usual.create_bucket(Bucket=self.bucket, **where)
        except StorageError as error:
            if _code(error) not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                raise
            self._head_bucket()  # another process made it meanwhile, or it is somebody else's

    def health(self) -> dict[str, Any]:
        """Return ``{"kind", "location", "latency_ms", "region"}``; raise what is wrong."""
        client = self.clients.usual
        began = time.perf_counter()
        self._head_bucket()
        latency = round((time.perf_counter() - began) * 1000, 3)
        region = client.meta.region_name
        return {"kind": self.kind, "location": self.location, "latency_ms": latency, "region": region}

    def _head_bucket(self) -> dict[str, Any]:
        doing = f"looking for the bucket {self.bucket!r}"
        try:
            with translated(doing):
                answer: dict[str, Any] = self.clients.usual.head_bucket(Bucket=self.bucket)
                return answer
        except ObjectNotFoundError as error:
            raise BucketNotFoundError(f"there is no bucket {self.bucket!r} at {self.location}") from error

    @property
    def filesystem(self) -> AbstractFileSystem:
        """s3fs below the bucket: names are keys, listings are never cached, errors are fsspec's."""
        from .s3_filesystem import BucketFileSystem

        return BucketFileSystem(self)

    def close(self) -> None:
        """Close the connections."""
        self.clients.close()

    # -- objects -------------------------------------------------------------------------------------

    def _put(
        self, key: str, source: Source, content_type: str, metadata: dict[str, str], create_only: bool
    ) -> ObjectInfo:
        headers = _headers(content_type, metadata)
        cutter, sizes = Cutter(source), part_sizes(source.size)
        first = cutter.take(next(sizes))
        size = first.size
        try:
            if not cutter.more:
                answer = self._uploader.put(key, first, headers, create_only=create_only)
            else:
                if create_only:
                    self._refuse_existing(key)  # before gigabytes are sent; the completion decides
                size, answer = self._uploader.put_parts(
                    key, first, cutter, sizes, headers, create_only=create_only
                )
        except PreconditionFailedError as error:
            raise PreconditionFailedError(f"there is an object {key!r} already") from error
        return ObjectInfo(
            key,
            size,
            etag_of(answer),
            _date(answer),
            content_type,
            dict(metadata),
            answer.get("VersionId"),
        )

    def _refuse_existing(self, key: str) -> None:
        with suppress(ObjectNotFoundError):
            self._stat(key)
            raise PreconditionFailedError(f"there is an object {key!r} already")

    def _open(self, key: str) -> ObjectReader:
        answer = self._get(key)
        info = self._info(key, answer)
        return S3Reader(info, answer, partial(self._get_range, key, info))

    def _get(self, key: str, **conditions: str) -> dict[str, Any]:
        with translated(f"reading {key!r}"):
            answer: dict[str, Any] = self.clients.usual.get_object(Bucket=self.bucket, Key=key, **conditions)
            return answer

    def _get_range(self, key: str, info: ObjectInfo, wanted: str) -> dict[str, Any]:
        return self._get(key, Range=wanted, IfMatch=f'"{info.etag}"')

    def _stat(self, key: str) -> ObjectInfo:
        return self._info(key, self._head(key))

    def _head(self, key: str) -> dict[str, Any]:
        try:
            return self._ask_head(key)
        except ObjectNotFoundError:
            # The answer to HEAD has no words: whether it is the bucket that is missing, it can't say.
            with suppress(AccessDeniedError):
                self._head_bucket()
            raise

    def _ask_head(self, key: str) -> dict[str, Any]:
        with translated(f"reading {key!r}"):
            answer: dict[str, Any] = self.clients.usual.head_object(Bucket=self.bucket, Key=key)
            return answer

    def _info(self, key: str, answer: dict[str, Any]) -> ObjectInfo:
        return ObjectInfo(
            key,
            answer["ContentLength"],
            etag_of(answer),
            answer["LastModified"].astimezone(UTC),
            answer.get("ContentType"),
            from_headers(answer.get("Metadata", {})),
            _version(answer),
        )

    def _copy(self, src: str, dst: str) -> ObjectInfo:
        source = self._head(src)
        info = self._info(src, source)
        doing = f"copying {src!r} to {dst!r}"
        try:
            with translated(doing):
                etag, when, version = copy_object(self._uploader, self.clients, self.bucket, src, dst, source)
        except PreconditionFailedError as error:
            raise StorageError(f"{doing}: the object was replaced while it was copied") from error
        if when is None:
            return self._stat(dst)
        return ObjectInfo(
            dst, info.size, etag, when.astimezone(UTC), info.content_type, info.metadata, version
        )

    def _delete(self, key: str) -> None:
        try:
            with translated(f"deleting {key!r}"):
                self.clients.usual.delete_object(Bucket=self.bucket, Key=key)
        except ObjectNotFoundError:
            return

    def _delete_many(self, keys: Sequence[str]) -> Failures:
        together = [key for key in keys if goes_into_xml(key)]
        failed = super()._delete_many([key for key in keys if not goes_into_xml(key)])
        for start in range(0, len(together), BATCH):
            failed += self._delete_batch(together[start : start + BATCH])
        return failed

    def _delete_batch(self, keys: Sequence[str]) -> Failures:
        wanted = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
        try:
            with translated(f"deleting {len(keys)} objects"):
                answer = self.clients.usual.delete_objects(Bucket=self.bucket, Delete=wanted)
        except StorageError as error:
            if _code(error) not in {"NotImplemented", "MethodNotAllowed"}:
                raise
            return super()._delete_many(keys)  # one by one, where the store knows nothing else
        return [
            (found["Key"], f"{found.get('Code')}: {found.get('Message') or 'the store gives no reason'}")
            for found in answer.get("Errors", [])
            if found.get("Code") != "NoSuchKey"
        ]

    # -- listing -------------------------------------------------------------------------------------

    def _list(self, prefix: str, start_after: str) -> Iterator[ObjectInfo]:
        for page in self._pages(prefix, start_after):
            for found in page.get("Contents", []):
                if found["Key"] > start_after and is_legal(found["Key"]):
                    yield _listed(found)

    def _children(self, folder: str) -> Iterator[ObjectInfo | str]:
        for page in self._pages(folder, "", Delimiter="/"):
            objects = [_listed(found) for found in page.get("Contents", []) if is_legal(found["Key"])]
            names = [found["Prefix"] for found in page.get("CommonPrefixes", [])]
            folders = [name for name in names if is_legal(name[:-1])]
            yield from sorted([*objects, *folders], key=lambda it: it if isinstance(it, str) else it.key)

    def _pages(self, prefix: str, start_after: str, **more: str) -> Iterator[dict[str, Any]]:
        if not can_begin_key(prefix):
            self._head_bucket()  # a missing bucket is an error, also where nothing can match
            return
        arguments: dict[str, Any] = {"Bucket": self.bucket, "Prefix": prefix, "MaxKeys": BATCH, **more}
        if after := marker(start_after):
            arguments["StartAfter"] = after
        while True:
            with translated(f"listing {prefix!r}"):
                page = self.clients.usual.list_objects_v2(**arguments)
            if "IsTruncated" not in page:  # an error page is not an empty bucket
                raise no_store(f"listing {prefix!r}")
            yield page
            if not page["IsTruncated"]:
                return
            if not page.get("NextContinuationToken"):
                raise IntegrityError(f"listing {prefix!r}: the store says that there is more, and not where")
            arguments["ContinuationToken"] = page["NextContinuationToken"]

    # -- URLs and multipart --------------------------------------------------------------------------

    def _presign(self, request: PresignRequest) -> str:
        parameters: dict[str, Any] = {"Bucket": self.bucket, "Key": request.key}
        method = "get_object" if request.method == "GET" else "put_object"
        if request.upload_id is not None:
            method = "upload_part"
            parameters |= {"UploadId": request.upload_id, "PartNumber": request.part_number}
        if request.content_type is not None:
            parameters["ContentType"] = request.content_type
        if request.download_name is not None:
            parameters["ResponseContentDisposition"] = content_disposition(request.download_name)
        with translated(f"signing a URL for {request.key!r}"):
            url: str = self.clients.signer.generate_presigned_url(method, parameters, request.expires)
        return url

    def _init_multipart(self, key: str, content_type: str, metadata: dict[str, str]) -> str:
        return self._uploader.begin(key, _headers(content_type, metadata))

    def _put_part(self, key: str, upload_id: str, part_number: int, source: Source) -> str:
        piece = Cutter(source).take_all()
        try:
            return self._uploader.put_part(key, upload_id, part_number, piece)
        finally:
            piece.close()

    def _complete_multipart(self, key: str, upload_id: str, parts: Sequence[tuple[int, str]]) -> ObjectInfo:
        self._uploader.complete(key, upload_id, parts)
        return self._stat(key)

    def _abort_multipart(self, key: str, upload_id: str) -> None:
        self._uploader.abort(key, upload_id)

    def _list_multipart(self, prefix: str) -> Iterable[MultipartUpload]:
        arguments = {"Bucket": self.bucket, "Prefix": prefix, "EncodingType": "url"}
        while True:
            with translated(f"listing the uploads to {prefix!r}"):
                page = self.clients.usual.list_multipart_uploads(**arguments)
            for found in page.get("Uploads", []):
                key = unquote_plus(found["Key"])
                if key.startswith(prefix) and is_legal(key):
                    yield MultipartUpload(key, found["UploadId"], found["Initiated"].astimezone(UTC))
            if not page.get("IsTruncated"):
                return
            arguments["KeyMarker"] = unquote_plus(page.get("NextKeyMarker", ""))
            arguments["UploadIdMarker"] = page.get("NextUploadIdMarker", "")


def _headers(content_type: str, metadata: dict[str, str]) -> dict[str, Any]:
    return {"ContentType": content_type, "Metadata": as_headers(metadata)}


def _listed(found: dict[str, Any]) -> ObjectInfo:
    return ObjectInfo(found["Key"], found["Size"], etag_of(found), found["LastModified"].astimezone(UTC))


def _version(answer: dict[str, Any]) -> str | None:
    version: str | None = answer.get("VersionId")
    return None if version == "null" else version


def _code(error: StorageError) -> str:
    """The store's own word for an error."""
    return code_of(error.__cause__) if isinstance(error.__cause__, ClientError) else ""


def _date(answer: dict[str, Any]) -> Any:
    """When the store answered, by its own clock: the answer to a write tells no other time."""
    told = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
    return parsedate_to_datetime(told).astimezone(UTC)
