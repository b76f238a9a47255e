"""Sending objects to S3: in one request or in parts, checked against what the store says it has."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from email.utils import formatdate
from typing import Any

from botocore.exceptions import ClientError

from pis_data.errors import (
    IntegrityError,
    MultipartError,
    ObjectNotFoundError,
    StorageError,
    StorageUnavailableError,
)

from .s3_client import ATTEMPTS, Clients
from .s3_errors import code_of, translated
from .s3_pieces import Cutter, Piece, etag_of_parts, is_md5

AT_ONCE = 4
"""Parts of one upload that are under way together."""
CREATE_ATTEMPTS = 5
"""How often a create-only write is sent, where the store said that it was not done."""
_BUSY = {"SlowDown", "ServiceUnavailable", "ConditionalRequestConflict", "ConcurrentModification"}


class Uploader:
    """Writes below one bucket."""

    def __init__(self, clients: Clients, bucket: str) -> None:
        self._clients = clients
        self._bucket = bucket

    def put(self, key: str, piece: Piece, headers: dict[str, Any], *, create_only: bool) -> dict[str, Any]:
        """Send an object in one request; return the store's answer."""
        doing = f"writing {key!r}"
        arguments = {"Bucket": self._bucket, "Key": key, "ContentMD5": piece.content_md5, **headers}
        with translated(doing):
            if create_only:
                answer = self._create(arguments, piece)
            else:
                answer = self._clients.usual.put_object(Body=piece.body, **arguments)
        _check(doing, piece, answer)
        return answer

    def _create(self, arguments: dict[str, Any], piece: Piece) -> dict[str, Any]:
        """Send it again only where the store says that nothing was written.

        Where no answer came, a second attempt might meet the first one's object, and take it for another's.
        """
        attempt = 1
        while True:
            try:
                answer: dict[str, Any] = self._clients.once.put_object(
                    Body=piece.body, IfNoneMatch="*", **arguments
                )
                return answer
            except ClientError as error:
                if code_of(error) not in _BUSY or attempt == CREATE_ATTEMPTS:
                    raise
            time.sleep(random.uniform(0, 0.1 * 2**attempt))
            attempt += 1

    def put_parts(
        self,
        key: str,
        first: Piece,
        cutter: Cutter,
        sizes: Iterator[int],
        headers: dict[str, Any],
        *,
        create_only: bool,
    ) -> tuple[int, dict[str, Any]]:
        """Send an object in parts, some of them at once; return its size and the store's last answer."""
        upload_id = self.begin(key, headers)
        try:
            size, parts = self._send_parts(key, upload_id, first, cutter, sizes)
            return size, self.complete(key, upload_id, parts, create_only=create_only)
        except BaseException:
            with suppress(StorageError):  # what went wrong first is what the caller should hear of
                self.abort(key, upload_id)
            raise

    def _send_parts(
        self, key: str, upload_id: str, first: Piece, cutter: Cutter, sizes: Iterator[int]
    ) -> tuple[int, list[tuple[int, str]]]:
        size = 0
        parts: list[tuple[int, str]] = []
        pending: deque[tuple[int, Future[str]]] = deque()
        with ThreadPoolExecutor(AT_ONCE, "pis-s3-part") as pool:
            try:
                piece = first
                while True:
                    number = len(parts) + len(pending) + 1
                    size += piece.size
                    pending.append((number, pool.submit(self._send_part, key, upload_id, number, piece)))
                    if not cutter.more:
                        break
                    if len(pending) == AT_ONCE:
                        parts.append(_result(pending))
                    following = next(sizes, None)
                    if following is None:
                        raise StorageError(f"writing {key!r}: the stream is longer than 10,000 parts hold")
                    piece = cutter.take(following)
                while pending:
                    parts.append(_result(pending))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return size, parts

    def _send_part(self, key: str, upload_id: str, number: int, piece: Piece) -> str:
        try:
            return self.put_part(key, upload_id, number, piece)
        finally:
            piece.close()

    # -- the steps of a multipart upload -------------------------------------------------------------

    def begin(self, key: str, headers: dict[str, Any]) -> str:
        """Begin an upload in parts; return its id."""
        with translated(f"beginning an upload to {key!r}"):
            answer = self._clients.usual.create_multipart_upload(Bucket=self._bucket, Key=key, **headers)
        upload_id: str = answer["UploadId"]
        return upload_id

    def put_part(self, key: str, upload_id: str, number: int, piece: Piece) -> str:
        """Send one part; return its etag."""
        doing = f"sending part {number} of {key!r}"
        with translated(doing), _multipart(doing):
            answer = self._clients.parts.upload_part(
                **self._upload(key, upload_id),
                PartNumber=number,
                Body=piece.body,
                ContentMD5=piece.content_md5,
            )
        _check(doing, piece, answer)
        return etag_of(answer)

    def complete(
        self, key: str, upload_id: str, parts: Sequence[tuple[int, str]], *, create_only: bool = False
    ) -> dict[str, Any]:
        """Make the object of its parts; return the store's answer."""
        doing = f"completing the upload to {key!r}"
        expected = etag_of_parts([etag for _, etag in parts])
        attempt = 1
        while True:
            try:
                return self._complete(doing, key, upload_id, parts, expected, create_only=create_only)
            except StorageUnavailableError as error:
                # No answer, or one that says little: before it is sent again, look whether it was done.
                if self._is_gone(key, upload_id):
                    if self._is_stored(key, expected):
                        return {"ETag": expected, "ResponseMetadata": self._now()}
                    raise MultipartError(f"{doing}: there is no such upload") from error
                if attempt == ATTEMPTS:
                    raise
            except MultipartError:
                if attempt == 1 or not self._is_stored(key, expected):
                    raise
                return {"ETag": expected, "ResponseMetadata": self._now()}
            time.sleep(random.uniform(0, 0.5 * 2**attempt))
            attempt += 1

    def _complete(
        self,
        doing: str,
        key: str,
        upload_id: str,
        parts: Sequence[tuple[int, str]],
        expected: str | None,
        *,
        create_only: bool,
    ) -> dict[str, Any]:
        named = [{"PartNumber": number, "ETag": f'"{etag}"'} for number, etag in parts]
        condition = {"IfNoneMatch": "*"} if create_only else {}
        with translated(doing), _multipart(doing):
            answer: dict[str, Any] = self._clients.once.complete_multipart_upload(
                **self._upload(key, upload_id), MultipartUpload={"Parts": named}, **condition
            )
        found = etag_of(answer)
        # Encrypted parts have ETags of another kind; and some stores have a rule of their own for the whole.
        comparable = expected is not None and found.endswith(f"-{len(parts)}")
        if comparable and found != expected and not answer.get("ServerSideEncryption"):
            raise IntegrityError(f"{doing}: the store made {found} of the parts, not {expected}")
        return answer

    def abort(self, key: str, upload_id: str) -> None:
        """Drop an upload; one that is gone already is no error."""
        try:
            with translated(f"aborting the upload to {key!r}"):
                self._clients.usual.abort_multipart_upload(**self._upload(key, upload_id))
        except MultipartError:
            return

    def _upload(self, key: str, upload_id: str) -> dict[str, Any]:
        return {"Bucket": self._bucket, "Key": key, "UploadId": upload_id}

    def _is_gone(self, key: str, upload_id: str) -> bool:
        """Whether the store does not know an upload: some only fail, when asked to complete one of those."""
        try:
            with translated("looking for an upload"):
                self._clients.usual.list_parts(**self._upload(key, upload_id), MaxParts=1)
        except (MultipartError, ObjectNotFoundError):
            return True
        except StorageError:
            return False
        return False

    def _is_stored(self, key: str, expected: str | None) -> bool:
        """Whether the object is the one that the parts make."""
        try:
            with translated(f"reading {key!r}"):
                found = self._clients.usual.head_object(Bucket=self._bucket, Key=key)
        except StorageError:
            return False
        return expected is not None and etag_of(found) == expected

    def _now(self) -> dict[str, Any]:
        """What an answer would tell of the time."""
        return {"HTTPHeaders": {"date": formatdate(usegmt=True)}}


class _multipart:
    """Says of a block that it speaks of an upload: what is not found, or not understood, is that upload."""

    def __init__(self, doing: str) -> None:
        self._doing = doing

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ClientError) and code_of(error) in {"NoSuchKey", "InvalidArgument", "404"}:
            raise MultipartError(f"{self._doing}: there is no such upload ({code_of(error)})") from error


def etag_of(answer: dict[str, Any]) -> str:
    """The ETag of an answer, without quotes."""
    return str(answer.get("ETag", "")).strip('"')


def _check(doing: str, piece: Piece, answer: dict[str, Any]) -> None:
    """Compare what the store says that it has with what was sent, where its ETag is an MD5."""
    etag = etag_of(answer)
    encrypted = answer.get("ServerSideEncryption") not in {None, "AES256"} or "SSECustomerAlgorithm" in answer
    if is_md5(etag) and etag != piece.md5 and not encrypted:
        raise IntegrityError(f"{doing}: the store has bytes of MD5 {etag}, {piece.md5} were sent")


def _result(pending: deque[tuple[int, Future[str]]]) -> tuple[int, str]:
    number, sending = pending.popleft()
    return number, sending.result()
