"""What the doctor asks an object store that speaks S3, one operation after the other."""

from __future__ import annotations

import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from urllib.parse import urlsplit

from ..errors import (
    AccessDeniedError,
    BucketNotFoundError,
    ConfigurationError,
    PisDataError,
    PreconditionFailedError,
    StorageUnavailableError,
)

if TYPE_CHECKING:
    from ..config import StorageConfig
    from ..storage.s3 import S3Storage

Fact: TypeAlias = tuple[str, bool, str, str | None]
"""Name, whether it is well, detail, and what to do if it isn't."""

KINDS = frozenset({"minio", "s3"})
"""The kinds of store that are asked here."""
SKEW_ALLOWED = 300
"""Seconds between the clocks; at 900 every request is refused."""
TIMEOUT = 10
_FOLDER = ".pis-doctor"


def facts(config: StorageConfig) -> Iterator[Fact]:
    """Whether the store is reached, by the right clock and keys, and what these keys may do in the bucket."""
    from ..storage import create_storage_adapter

    bare = config.model_copy(update={"prefix": "", "fallback": None})
    try:
        storage = create_storage_adapter(bare)
    except PisDataError as error:
        yield "adapter", False, str(error), "install what is missing, or change STORAGE_TYPE"
        return
    with storage:
        yield from _Patient(cast("S3Storage", storage), config).facts()


class _Patient:
    def __init__(self, storage: S3Storage, config: StorageConfig) -> None:
        self.storage = storage
        self.config = config
        folder = f"{config.prefix}/{_FOLDER}" if config.prefix else _FOLDER
        self.key = f"{folder}/{uuid.uuid4()}"
        self.content = self.key.encode()

    def facts(self) -> Iterator[Fact]:
        if (skew := self._skew()) is not None:
            yield _clock(skew)
        try:
            health = self.storage.health()
            # HEAD can't say why it was refused; a listing can.
            next(self.storage.list(self.key), None)
        except PisDataError as error:
            yield "connection", False, str(error), self._connection_fix(error)
            if not isinstance(error, AccessDeniedError):
                return
        else:
            detail = f"{health['location']} (region {health['region']}) answers in {health['latency_ms']} ms"
            yield "connection", True, detail, None
        yield from self._rights()
        yield self._links()

    def _skew(self) -> float | None:
        """Seconds that the store's clock is ahead of this machine's; None if it does not answer."""
        told: list[str] = []

        def note(response_dict: dict[str, Any], **_: Any) -> None:
            told.extend(value for name, value in response_dict["headers"].items() if name.lower() == "date")

        with suppress(Exception):  # only the time is asked for here: what is wrong, the next question tells
            client = self.storage.clients.once
            client.meta.events.register("before-parse.s3.HeadBucket", note)
            client.head_bucket(Bucket=self.storage.bucket)
        if not told:
            return None
        return (parsedate_to_datetime(told[0]) - datetime.now(UTC)).total_seconds()

    def _connection_fix(self, error: PisDataError) -> str:
        if isinstance(error, BucketNotFoundError):
            return (
                "set STORAGE_BUCKET to one that is there, or make it: pis-data storage put --create FILE KEY"
            )
        if isinstance(error, StorageUnavailableError):
            where = self.storage.clients.endpoint or "AWS"
            return (
                f"check that the store runs at {where} and is reached from here: STORAGE_ENDPOINT, "
                "STORAGE_PORT (the API's, not the console's), STORAGE_USE_SSL"
            )
        if isinstance(error, ConfigurationError):
            return "set the variables that the message names"
        return "check STORAGE_ACCESS_KEY, STORAGE_SECRET_KEY and STORAGE_REGION, and what these keys may do"

    def _rights(self) -> Iterator[Fact]:
        """Try each operation on an object of the doctor's own."""
        keeps: list[bool] = []
        denied: list[str] = []
        failed: list[str] = []
        for action, call in self._operations(keeps):
            try:
                call()
            except AccessDeniedError:
                denied.append(action)
            except PisDataError as error:
                failed.append(f"{action}: {error}")
        if keeps:
            yield _create_only(keeps[0])
        if not denied and not failed:
            names = ", ".join(action for action, _ in self._operations(keeps))
            yield "rights", True, f"these keys may do all that is needed: {names}", None
            return
        refused = [f"refused: {', '.join(denied)}"] if denied else []
        fix = (
            f"let the policy of these keys allow {', '.join(denied)} on {self.storage.bucket} and "
            f"{self.storage.bucket}/*"
            if denied
            else "look at the store's own log"
        )
        yield "rights", False, "; ".join([*refused, *failed]), fix

    def _put(self, keeps: list[bool]) -> None:
        """Write the object, and try to create it once more: note whether the store keeps the first."""
        self.storage.upload(self.key, self.content, "text/plain")
        try:
            self.storage.upload(self.key, self.content, "text/plain", if_none_match=True)
            keeps.append(False)
        except PreconditionFailedError:
            keeps.append(True)

    def _operations(self, keeps: list[bool]) -> list[tuple[str, Callable[[], object]]]:
        storage, key = self.storage, self.key
        return [
            ("s3:PutObject", lambda: self._put(keeps)),
            ("s3:GetObject", lambda: storage.download(key)),
            ("s3:ListBucket", lambda: next(storage.list(key), None)),
            ("s3:AbortMultipartUpload", self._multipart),
            ("s3:DeleteObject", lambda: storage.delete(key)),
        ]

    def _multipart(self) -> None:
        upload_id = self.storage.init_multipart_upload(self.key)
        self.storage.abort_multipart_upload(self.key, upload_id)

    def _links(self) -> Fact:
        """Whether URLs that are handed out lead to the store and pass its check."""
        url = self.storage.get_presigned_get_url(self.key, 60)
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        said = f"URLs are signed for {host}"
        # The object is deleted by now: a good signature is told by 404, a bad one by 403.
        status, why = _status(url)
        if status in {200, 404}:
            return "presigned URLs", True, f"{said}, which this machine reaches; {_cors(url)}", None
        if status is None:
            fix = "set STORAGE_PRESIGN_URL to where browsers reach the store (http://host:port)"
            return "presigned URLs", False, f"{said}, which this machine can't reach: {why}", fix
        fix = "let the proxy at that address pass path, query and Host on unchanged"
        return "presigned URLs", False, f"{said}; there they are refused with status {status}", fix


def _clock(skew: float) -> Fact:
    ok = abs(skew) <= SKEW_ALLOWED
    fix = None if ok else "set this machine's clock by NTP: from 15 minutes on, every request is refused"
    side = "ahead of" if skew > 0 else "behind"
    return "clock", ok, f"the store's clock is {abs(skew):.0f} s {side} this machine's", fix


def _create_only(kept: bool) -> Fact:
    if kept:
        return "create-only writes", True, "an object that is there is not replaced", None
    return (
        "create-only writes",
        False,
        "the store ignores If-None-Match and replaces what is there",
        "take a newer version of the store's software: imports rely on this to run side by side",
    )


def _status(url: str) -> tuple[int | None, str]:
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        return error.code, ""
    except OSError as error:
        return None, str(getattr(error, "reason", error))


def _cors(url: str) -> str:
    """Whether a browser may upload from a page of another origin."""
    headers = {"Origin": "https://pis.example", "Access-Control-Request-Method": "PUT"}
    request = urllib.request.Request(url, method="OPTIONS", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            allowed = answer.headers.get("Access-Control-Allow-Origin")
    except OSError:
        allowed = None
    if allowed is None:
        return "browsers can't PUT from other origins unless a CORS rule of the bucket names theirs"
    return f"browsers of the origin {allowed} may PUT"
