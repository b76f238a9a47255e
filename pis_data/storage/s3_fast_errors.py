"""What obstore's errors mean: it tells the store's answer in its message, and of the way how far it got."""

from __future__ import annotations

import re

from pis_data.errors import IntegrityError, PisDataError, StorageError, StorageUnavailableError

from .s3_errors import meaning_of

_STATUS = re.compile(r"status code: (\d{3})")
_CODE = re.compile(r"<Code>(\w+)</Code>")
_MESSAGE = re.compile(r"<Message>([^<]+)</Message>")


def explained(error: Exception, doing: str) -> PisDataError | None:
    """The error of ours that one of obstore's means; None: it does not say."""
    if isinstance(error, PisDataError):
        return error
    said, _, details = str(error).partition("\n\nDebug source")
    code, status = _CODE.search(said), _STATUS.search(said)
    if code or status:
        if code and code[1] == "NoSuchUpload":
            # It asked to complete an upload a second time, since no answer came to the first.
            return StorageUnavailableError(
                f"{doing}: no answer came to whether it is complete: `stat` tells whether it is stored"
            )
        message = _MESSAGE.search(said)
        return meaning_of(
            code[1] if code else "",
            int(status[1]) if status else 0,
            message[1] if message else None,
            doing,
        )
    if "HTTP error" not in said:
        return None
    if "request or response body error" in said or "kind: Decode" in details:
        return IntegrityError(f"{doing}: the content is cut short")
    if _timed_out(details):
        return StorageUnavailableError(f"{doing}: the store did not answer in time")
    return StorageUnavailableError(f"{doing}: the store can't be reached: {_told(said)}")


def broke_off(error: Exception) -> bool:
    """Whether the connection broke, so that another may do better: no answer, and no long wait for one."""
    said, _, details = str(error).partition("\n\nDebug source")
    return "HTTP error" in said and not _STATUS.search(said) and not _timed_out(details)


def unclear(error: Exception, doing: str) -> StorageError:
    """The error of ours for one of obstore's that says nothing better."""
    return StorageError(f"{doing}: {_told(str(error))}")


def _timed_out(details: str) -> bool:
    return "TimedOut" in details or "kind: Timeout" in details


def _told(text: str) -> str:
    return text.partition("\n")[0][:300]
