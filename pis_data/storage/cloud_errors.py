"""What the services' refusals mean, and which of them pass."""

from __future__ import annotations

from dataclasses import dataclass

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    IntegrityError,
    InvalidKeyError,
    MultipartError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)

from .cloud_protocol import RefusedError, UnreachableError

_MULTIPART = {
    "NoSuchUpload": "there is no such upload (completed, aborted, or of another key)",
    "InvalidPart": "a part is missing, or has another etag",
    "InvalidPartOrder": "parts go in ascending order",
    "EntityTooSmall": "a part other than the last is too small",
}
_DAMAGED = {"InvalidDigest", "BadDigest", "XAmzContentSHA256Mismatch"}
_PASSING_CODES = {"SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted"}
_PASSING = {429, 500, 502, 503, 504}
_HINTS = {
    "RequestTimeTooSkewed": "this machine's clock is wrong by more than 15 minutes: set it (NTP)",
    "SignatureDoesNotMatch": "is STORAGE_SECRET_KEY right, and STORAGE_REGION the bucket's own?",
    "InvalidAccessKeyId": "STORAGE_ACCESS_KEY is unknown there, or goes with a STORAGE_SESSION_TOKEN",
    "InvalidSecurityToken": "STORAGE_SESSION_TOKEN is wrong or missing",
    "SecurityTokenExpired": "STORAGE_SESSION_TOKEN has expired: get a new one with its keys",
    "PublicEndpointForbidden": "accounts opened since 2025-03-20 reach a bucket in mainland China by a "
    "custom domain only: bind one to it and set STORAGE_ENDPOINT (or, for URLs, STORAGE_PRESIGN_URL) to it",
    "SecondLevelDomainForbidden": "the endpoint goes without the bucket, as https://oss-REGION.aliyuncs.com",
    "PathStyleDomainForbidden": "the endpoint goes without the bucket, as https://cos.REGION.myqcloud.com",
    "InvalidBucketName": "STORAGE_BUCKET is no bucket's name there",
    "UserDisable": "the account is disabled: overdue, most often",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of ours, and whether it is worth asking again."""

    error: StorageError
    passing: bool = False
    refused: bool = True
    """The service said no, so nothing was done."""


def failure(
    error: RefusedError | UnreachableError, *, what: str, key: str | None, bucket: str, service: str
) -> Failure:
    """Return what a request's failing means to the caller."""
    name = "" if key is None else f" {key!r}"
    if isinstance(error, UnreachableError):
        text = f"{service} can't be reached for {what}{name}: {error}"
        return Failure(StorageUnavailableError(text), passing=error.passing, refused=False)
    code, status = error.code, error.status
    told = f"{service} refused {what}{name}: {code}"
    told += f" ({error.message})" if error.message and error.message != code else ""
    told += f", request {error.request_id}" if error.request_id else ""
    if code in _HINTS:
        told += f"; {_HINTS[code]}"
    if code == "NoSuchBucket":
        return Failure(BucketNotFoundError(f"there is no bucket {bucket!r} at {service}"))
    if code in _MULTIPART:
        return Failure(MultipartError(f"{service}: {_MULTIPART[code]} ({what}{name})"))
    if code in _DAMAGED:
        return Failure(IntegrityError(told), passing=True)
    if code in {"NoSuchKey", "NoSuchResource"} or (status == 404 and key is not None):
        return Failure(ObjectNotFoundError(f"there is no object{name}"))
    if code in {"InvalidObjectName", "KeyTooLong", "KeyTooLongError"}:
        return Failure(InvalidKeyError(told))
    if status in _PASSING or code in _PASSING_CODES:
        return Failure(StorageUnavailableError(told), passing=True)
    if code == "FileImmutable":
        return Failure(AccessDeniedError(f"{told}; a retention policy of the bucket protects it"))
    if status == 412 or (status == 409 and key is not None):
        return Failure(PreconditionFailedError(f"there is an object{name} already ({code})"))
    if status in {401, 403} or code in {"AccessDenied", *_HINTS}:
        return Failure(AccessDeniedError(told))
    return Failure(StorageError(told))
