"""What the vendors' refusals mean: code and status to an error of ours, and whether to ask again."""

from __future__ import annotations

import pytest

from pis_data import errors
from pis_data.storage.cloud_errors import failure
from pis_data.storage.cloud_protocol import RefusedError, UnreachableError, parse


@pytest.mark.parametrize(
    ("status", "code", "expected", "passing"),
    [
        (404, "NoSuchKey", errors.ObjectNotFoundError, False),
        (404, "NoSuchResource", errors.ObjectNotFoundError, False),
        (404, "NoSuchBucket", errors.BucketNotFoundError, False),
        (404, "NoSuchUpload", errors.MultipartError, False),
        (400, "EntityTooSmall", errors.MultipartError, False),
        (400, "InvalidPart", errors.MultipartError, False),
        (409, "FileAlreadyExists", errors.PreconditionFailedError, False),
        (412, "PreconditionFailed", errors.PreconditionFailedError, False),
        (409, "FileImmutable", errors.AccessDeniedError, False),
        (409, "OperationAborted", errors.StorageUnavailableError, True),
        (403, "AccessDenied", errors.AccessDeniedError, False),
        (403, "RequestTimeTooSkewed", errors.AccessDeniedError, False),
        (400, "PublicEndpointForbidden", errors.AccessDeniedError, False),
        (400, "InvalidDigest", errors.IntegrityError, True),
        (503, "SlowDown", errors.StorageUnavailableError, True),
        (429, "", errors.StorageUnavailableError, True),
        (400, "RequestTimeout", errors.StorageUnavailableError, True),
        (400, "KeyTooLong", errors.InvalidKeyError, False),
        (400, "SomethingNew", errors.StorageError, False),
    ],
)
def test_refusals(status: int, code: str, expected: type[Exception], passing: bool) -> None:
    refused = RefusedError(status, code, "as it says", "REQUEST-1")
    found = failure(refused, what="writing", key="a/照.jpg", bucket="b-1", service="https://oss.test/b-1")
    assert (type(found.error), found.passing, found.refused) == (expected, passing, True)
    assert "照.jpg" in str(found.error) or "b-1" in str(found.error)


def test_no_answer() -> None:
    for passing in (True, False):
        gone = UnreachableError("refused", passing=passing)
        found = failure(gone, what="writing", key="a", bucket="b", service="https://oss.test/b")
        assert (type(found.error), found.passing) == (errors.StorageUnavailableError, passing)
        assert not found.refused


@pytest.mark.parametrize("answer", [b"", b"<html>", b"<Error><Code>InternalError</Code></Error>"])
def test_answers_that_are_none(answer: bytes) -> None:
    with pytest.raises(RefusedError):
        parse(answer)
