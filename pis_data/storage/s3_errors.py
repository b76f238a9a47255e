"""What the errors of S3 and of the way to it mean; translated here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions as boto
from botocore.parsers import ResponseParserError
from urllib3.exceptions import HTTPError

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    ConfigurationError,
    IntegrityError,
    MultipartError,
    ObjectNotFoundError,
    PisDataError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)

_MEANINGS: dict[str, tuple[type[StorageError], str]] = {
    "NoSuchKey": (ObjectNotFoundError, "there is no such object"),
    "NoSuchVersion": (ObjectNotFoundError, "there is no such version"),
    "NoSuchBucket": (BucketNotFoundError, "there is no such bucket"),
    "AccessDenied": (AccessDeniedError, "these keys may not"),
    "AllAccessDisabled": (AccessDeniedError, "the store has closed this account or bucket"),
    "InvalidAccessKeyId": (AccessDeniedError, "the store does not know this access key"),
    "SignatureDoesNotMatch": (
        AccessDeniedError,
        "the secret key is wrong, or something on the way changes host or path of requests",
    ),
    "RequestTimeTooSkewed": (
        AccessDeniedError,
        "this machine's clock and the store's are too far apart: set this machine's by NTP",
    ),
    "ExpiredToken": (AccessDeniedError, "the session token has expired: get a new one"),
    "InvalidToken": (AccessDeniedError, "the session token is not valid"),
    "PreconditionFailed": (PreconditionFailedError, "the object is not as it was required to be"),
    "ConditionalRequestConflict": (StorageUnavailableError, "another writer was at it: try again"),
    "ConcurrentModification": (StorageUnavailableError, "another writer was at it: try again"),
    "BadDigest": (IntegrityError, "the bytes that arrived are not those that were sent"),
    "XAmzContentSHA256Mismatch": (IntegrityError, "the bytes that arrived are not those that were sent"),
    "IncompleteBody": (IntegrityError, "not all bytes arrived"),
    "NoSuchUpload": (MultipartError, "there is no such upload: it is completed, aborted, or of another key"),
    "InvalidPart": (MultipartError, "a part is missing or has another etag"),
    "InvalidPartOrder": (MultipartError, "parts go in ascending order"),
    "EntityTooSmall": (MultipartError, "a part other than the last is smaller than 5 MiB"),
    "EntityTooLarge": (StorageError, "more than the store takes at once"),
    "QuotaExceeded": (StorageError, "the store's quota is used up"),
    "XMinioStorageFull": (StorageError, "the store's disks are full"),
    "InvalidBucketName": (StorageError, "no store takes such a bucket name: set STORAGE_BUCKET"),
    "PermanentRedirect": (StorageError, "the bucket is in another region: set STORAGE_REGION"),
    "AuthorizationHeaderMalformed": (StorageError, "the bucket is in another region: set STORAGE_REGION"),
    "IllegalLocationConstraintException": (StorageError, "not the endpoint's region: set STORAGE_REGION"),
}
_BY_STATUS: dict[int, tuple[type[StorageError], str]] = {
    301: _MEANINGS["PermanentRedirect"],
    400: (StorageError, "the store refused the request and did not say why (region? expired token?)"),
    403: _MEANINGS["AccessDenied"],
    404: _MEANINGS["NoSuchKey"],
    412: _MEANINGS["PreconditionFailed"],
    429: (StorageUnavailableError, "the store asks to be asked less often"),
}


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn an error of the SDK in the block into one of ours; ``doing`` says what failed: ``writing 'a'``."""
    try:
        yield
    except boto.ClientError as error:
        raise of_answer(error, doing) from error
    except boto.BotoCoreError as error:
        raise of_the_way(error, doing) from error
    except ResponseParserError as error:
        raise no_store(doing) from error
    except HTTPError as error:  # the SDK lets some of them pass while a body is read
        raise IntegrityError(f"{doing}: the content is cut short: {error}") from error


def no_store(doing: str) -> StorageError:
    """The error for an answer that is not in S3's words."""
    return StorageUnavailableError(
        f"{doing}: what answers is no S3 store: is it the port of a console, or a proxy's page?"
    )


def code_of(error: boto.ClientError) -> str:
    """The store's word for an error; the status where it gave none, as to HEAD."""
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: boto.ClientError) -> int:
    """The HTTP status of an answer."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def of_answer(error: boto.ClientError, doing: str) -> StorageError:
    """The error of ours that a store's answer means."""
    return meaning_of(code_of(error), status_of(error), error.response.get("Error", {}).get("Message"), doing)


def meaning_of(code: str, status: int, said: str | None, doing: str) -> StorageError:
    """The error of ours for a store's word, its HTTP status, and what else it said."""
    if code in _MEANINGS:
        kind, meaning = _MEANINGS[code]
    elif status >= 500 or code in {"SlowDown", "RequestTimeout", "ServiceUnavailable"}:
        kind, meaning = StorageUnavailableError, "the store can't serve now"
    else:
        kind, meaning = _BY_STATUS.get(status, (StorageError, "the store refused"))
    named = f"{code}: {said}" if said and not code.isdigit() else code
    return kind(f"{doing}: {meaning} ({named or status})")


def of_the_way(error: boto.BotoCoreError, doing: str) -> PisDataError:
    """The error of ours for what failed before there was an answer, or while it came."""
    if isinstance(error, boto.NoCredentialsError | boto.PartialCredentialsError):
        return ConfigurationError(
            f"{doing}: there are no keys: set STORAGE_ACCESS_KEY and STORAGE_SECRET_KEY, or let AWS's own "
            "chain find some (AWS_ACCESS_KEY_ID, ~/.aws, the machine's role)"
        )
    if isinstance(error, boto.ProfileNotFound):
        return ConfigurationError(f"{doing}: AWS_PROFILE names a profile that is not in ~/.aws")
    if isinstance(error, boto.CredentialRetrievalError | boto.TokenRetrievalError | boto.SSOError):
        return AccessDeniedError(f"{doing}: AWS's credential chain gave no keys: {error}")
    if isinstance(error, boto.IncompleteReadError | boto.ResponseStreamingError):
        return IntegrityError(f"{doing}: the content is cut short: {error}")
    if isinstance(error, boto.ReadTimeoutError | boto.ConnectTimeoutError):
        return StorageUnavailableError(f"{doing}: the store did not answer in time ({error})")
    if isinstance(error, boto.SSLError):
        return StorageUnavailableError(f"{doing}: no secure connection (AWS_CA_BUNDLE? ssl=false?): {error}")
    if isinstance(error, boto.HTTPClientError | boto.ConnectionError):
        return StorageUnavailableError(f"{doing}: the store can't be reached: {error}")
    if isinstance(error, boto.ParamValidationError | boto.NoRegionError | boto.InvalidRegionError):
        return ConfigurationError(f"{doing}: {error}")
    return StorageError(f"{doing}: {error}")
