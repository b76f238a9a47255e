"""What the doctor asks an object store that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ..errors import (
    AccessDeniedError,
    BucketNotFoundError,
    ConfigurationError,
    PisDataError,
    StorageUnavailableError,
)
from .doctor_objects import Fact, Trial, clock, opened

if TYPE_CHECKING:
    from ..config import StorageConfig
    from ..storage.s3 import S3Storage

KINDS = frozenset({"minio", "s3"})
"""The kinds of store that are asked here."""
_RIGHTS = ("s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:AbortMultipartUpload", "s3:DeleteObject")
_WRONG_KEYS = ("InvalidAccessKeyId", "SignatureDoesNotMatch")


def facts(config: StorageConfig) -> Iterator[Fact]:
    """Whether the store is reached, by the right clock and keys, and what these keys may do in the bucket."""
    try:
        storage: S3Storage = opened(config)
    except PisDataError as error:
        yield "adapter", False, str(error), "install what is missing, or change STORAGE_TYPE"
        return
    with storage:
        if (ahead := _ahead(storage)) is not None:
            yield clock(ahead)
        try:
            # First a listing: it tells why it is refused, which the answer to a HEAD can't.
            next(storage.list(".pis-doctor"), None)
            health = storage.health()
        except PisDataError as error:
            yield "connection", False, str(error), _connection_fix(storage, error)
            if not isinstance(error, AccessDeniedError) or any(code in str(error) for code in _WRONG_KEYS):
                return  # all else is refused too, and no more is learnt
        else:
            detail = f"{health['location']} (region {health['region']}, signature V4) answers in "
            yield "connection", True, f"{detail}{health['latency_ms']} ms", None
        yield from Trial(
            storage,
            config,
            rights=_RIGHTS,
            replaces="it ignores If-None-Match: take a newer version of its software, since imports rely on "
            "this to run side by side",
            elsewhere="let the proxy at that address pass path, query and Host on unchanged; check "
            "STORAGE_REGION, which requests correct by themselves and URLs can't",
        ).facts()


def _ahead(storage: S3Storage) -> float | None:
    """Seconds that this machine's clock is ahead of the store's; None if it does not answer."""
    told: list[str] = []

    def note(response_dict: dict[str, Any], **_: Any) -> None:
        told.extend(value for name, value in response_dict["headers"].items() if name.lower() == "date")

    with suppress(Exception):  # only the time is asked for here: what is wrong, the next question tells
        client = storage.clients.once
        client.meta.events.register("before-parse.s3.HeadBucket", note)
        client.head_bucket(Bucket=storage.bucket)
    if not told:
        return None
    return (datetime.now(UTC) - parsedate_to_datetime(told[0])).total_seconds()


def _connection_fix(storage: S3Storage, error: PisDataError) -> str:
    if isinstance(error, BucketNotFoundError):
        return "set STORAGE_BUCKET to one that is there, or make it: pis-data storage put --create FILE KEY"
    if isinstance(error, StorageUnavailableError):
        where = storage.clients.endpoint or "AWS"
        return (
            f"check that the store runs at {where} and is reached from here: STORAGE_ENDPOINT, "
            "STORAGE_PORT (the API's, not the console's), STORAGE_USE_SSL"
        )
    if isinstance(error, ConfigurationError):
        return "set the variables that the message names"
    if "clock" in str(error):
        return "set this machine's clock by NTP"
    return "check STORAGE_ACCESS_KEY, STORAGE_SECRET_KEY and STORAGE_REGION, and what these keys may do"
