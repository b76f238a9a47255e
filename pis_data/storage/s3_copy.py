"""Copying within S3: in one request, or in parts where the object is too large for that."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeAlias

from pis_data.errors import StorageError

from .s3_client import Clients
from .s3_upload import AT_ONCE, Uploader, etag_of

ONE_REQUEST = 5 * 1024**3
"""Bytes that one request copies at most."""
PART = 512 * 1024**2
"""Bytes of one part of a larger copy: 10,000 of them are 5 TB."""
_KEPT = (
    "ContentType",
    "Metadata",
    "CacheControl",
    "ContentDisposition",
    "ContentEncoding",
    "ContentLanguage",
    "StorageClass",
)
"""What a copy in one request keeps by itself, and one in parts has to be told."""

Copied: TypeAlias = "tuple[str, datetime | None, str | None]"
"""ETag, time and version of a copy."""


def copy_object(
    uploader: Uploader, clients: Clients, bucket: str, src: str, dst: str, source: dict[str, Any]
) -> Copied:
    """Copy the version of ``src`` that HEAD described, with all that belongs to it."""
    origin = {
        "CopySource": {"Bucket": bucket, "Key": src},
        "CopySourceIfMatch": source["ETag"],
    }
    if source["ContentLength"] <= ONE_REQUEST:
        answer = clients.usual.copy_object(Bucket=bucket, Key=dst, MetadataDirective="COPY", **origin)
        result = answer["CopyObjectResult"]
        return etag_of(result), result.get("LastModified"), answer.get("VersionId")
    kept = {name: source[name] for name in _KEPT if source.get(name)}
    upload_id = uploader.begin(dst, kept)
    try:
        parts = _copy_parts(clients, {"Bucket": bucket, "Key": dst, "UploadId": upload_id}, origin, source)
        answer = uploader.complete(dst, upload_id, parts)
    except BaseException:
        with suppress(StorageError):
            uploader.abort(dst, upload_id)
        raise
    return etag_of(answer), None, answer.get("VersionId")


def _copy_parts(
    clients: Clients, upload: dict[str, Any], origin: dict[str, Any], source: dict[str, Any]
) -> list[tuple[int, str]]:
    size = source["ContentLength"]

    def copy(number: int) -> tuple[int, str]:
        first = (number - 1) * PART
        last = min(first + PART, size) - 1
        answer = clients.usual.upload_part_copy(
            **upload, **origin, PartNumber=number, CopySourceRange=f"bytes={first}-{last}"
        )
        return number, etag_of(answer["CopyPartResult"])

    with ThreadPoolExecutor(AT_ONCE, "pis-s3-copy") as pool:
        return list(pool.map(copy, range(1, -(-size // PART) + 1)))
