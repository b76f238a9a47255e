"""What the doctor asks any object store: what its keys may do in the bucket, and where signed URLs lead."""

from __future__ import annotations

import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from email.message import Message
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from ..errors import AccessDeniedError, MultipartError, PisDataError, PreconditionFailedError

if TYPE_CHECKING:
    from ..config import StorageConfig
    from ..storage import StorageAdapter

Fact: TypeAlias = tuple[str, bool, str, str | None]
"""Name, whether it is well, detail, and what to do if it isn't."""

SKEW_ALLOWED = 300
"""Seconds between the clocks; at 900 every request is refused."""
TIMEOUT = 10
_FOLDER = ".pis-doctor"
_PICTURE = b"\x89PNG"
_ORIGIN = "https://pis.example"


def clock(ahead: float) -> Fact:
    """Say how many seconds this machine's clock is ahead of the store's."""
    ok = abs(ahead) <= SKEW_ALLOWED
    side = "ahead of" if ahead > 0 else "behind"
    fix = None if ok else "set this machine's clock by NTP: from 15 minutes on, every request is refused"
    return "clock", ok, f"this machine's clock is {abs(ahead):.0f} s {side} the store's", fix


class Trial:
    """Tries everything on an object of the doctor's own, which is gone afterwards.

    ``rights`` are the vendor's names for writing, reading, listing, uploading in parts and deleting;
    ``replaces`` is what to do about a store that replaces what it should keep, ``elsewhere`` about one
    that refuses its own URLs.
    """

    def __init__(
        self,
        storage: StorageAdapter,
        config: StorageConfig,
        *,
        rights: Sequence[str],
        replaces: str,
        elsewhere: str,
    ) -> None:
        self._storage = storage
        self._bucket = config.bucket
        folder = f"{config.prefix}/{_FOLDER}" if config.prefix else _FOLDER
        self._key = f"{folder}/{uuid.uuid4()}.png"
        self._names = rights
        self._replaces = replaces
        self._elsewhere = elsewhere
        self._keeps: bool | None = None
        self._small_parts: bool | None = None

    def facts(self) -> Iterator[Fact]:
        """Yield what was found."""
        try:
            rights = self._rights()
            if self._keeps is not None:
                yield self._create_only()
            if self._small_parts is not None:
                yield self._parts()
            yield rights
            yield from self._links()
        finally:
            with suppress(PisDataError):  # that these keys may not delete is told already
                self._storage.delete(self._key)

    # -- rights ----------------------------------------------------------------------------------------

    def _rights(self) -> Fact:
        tried = (self._write, self._read, self._list, self._send_parts, self._delete)
        denied, failed = [], []
        for name, operation in zip(self._names, tried, strict=True):
            try:
                operation()
            except AccessDeniedError:
                denied.append(name)
            except PisDataError as error:
                failed.append(f"{name}: {error}")
        if not denied and not failed:
            return "rights", True, f"these keys may do all that is needed: {', '.join(self._names)}", None
        refused = [f"refused: {', '.join(denied)}"] if denied else []
        fix = f"let the policy of these keys allow {', '.join(denied)} on {self._bucket} and {self._bucket}/*"
        return (
            "rights",
            False,
            "; ".join([*refused, *failed]),
            fix if denied else "look at the store's own log",
        )

    def _write(self) -> None:
        self._storage.upload(self._key, _PICTURE)
        try:
            self._storage.upload(self._key, _PICTURE, if_none_match=True)
            self._keeps = False
        except PreconditionFailedError:
            self._keeps = True

    def _read(self) -> None:
        self._storage.download(self._key)

    def _list(self) -> None:
        next(self._storage.list(self._key), None)

    def _send_parts(self) -> None:
        """Send two parts of a byte each, which a store of this kind refuses to put together."""
        upload_id = self._storage.init_multipart_upload(self._key)
        try:
            parts = [(n, self._storage.upload_part(self._key, upload_id, n, b"x")) for n in (1, 2)]
            self._storage.complete_multipart_upload(self._key, upload_id, parts)
            self._small_parts = True
        except MultipartError:
            self._small_parts = False
        finally:
            self._storage.abort_multipart_upload(self._key, upload_id)

    def _delete(self) -> None:
        self._storage.delete(self._key + ".none")

    def _create_only(self) -> Fact:
        if self._keeps:
            return "create-only writes", True, "an object that is there is not replaced", None
        return "create-only writes", False, "the store replaces what is there", self._replaces

    def _parts(self) -> Fact:
        detail = "parts under 5 MiB are refused, but for an upload's last: whoever sends parts keeps to that"
        if self._small_parts:
            detail = "this store takes parts of any size; others want 5 MiB or more, but for an upload's last"
        return "parts", True, detail, None

    # -- URLs ------------------------------------------------------------------------------------------

    def _links(self) -> Iterator[Fact]:
        """Whether URLs that are handed out work, show pictures, and take uploads from a page."""
        get = self._storage.get_presigned_get_url(self._key, 60)
        put = self._storage.get_presigned_put_url(self._key, 60, "image/png")
        parts = urlsplit(get)
        said = f"URLs are signed for {parts.scheme}://{parts.netloc}"
        status, headers, why = asked("GET", get)
        if status is None:
            fix = (
                "set STORAGE_PRESIGN_URL to where browsers reach the store: http(s)://host:port, or a domain"
            )
            yield "presigned URLs", False, f"{said}, which this machine can't reach: {why}", fix
            return
        what = "read"
        if status in {200, 404}:  # signed well; there is nothing to read where these keys may not write
            what = "write"
            status, _, _ = asked("PUT", put, {"Content-Type": "image/png"}, _PICTURE)
        if status != 200:
            yield (
                "presigned URLs",
                False,
                f"{said}; one to {what} is refused with status {status}",
                self._elsewhere,
            )
            return
        yield "presigned URLs", True, f"{said}, which this machine reaches: to read and to write", None
        yield _uploads_from_pages(put)
        forced = any(headers.get(name) for name in ("x-oss-force-download", "x-cos-force-download"))
        if forced or str(headers.get("content-disposition", "")).startswith("attachment"):
            fix = "bind a custom domain to the bucket and set STORAGE_PRESIGN_URL to it"
            yield "pictures", False, "browsers save pictures from this address instead of showing them", fix


def _uploads_from_pages(url: str) -> Fact:
    """Ask as a browser does before a page of another origin may PUT; that none may is no fault in itself."""
    asking = {
        "Origin": _ORIGIN,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = asked("OPTIONS", url, asking)[1].get("Access-Control-Allow-Origin")
    if allowed in {"*", _ORIGIN}:
        return (
            "uploads from pages",
            True,
            f"pages of the origin {allowed} may PUT to signed URLs (CORS)",
            None,
        )
    fix = "add a CORS rule to the bucket: your pages' origin, PUT, the header Content-Type, and expose ETag"
    detail = "pages of other origins can't PUT to signed URLs, unless a CORS rule names theirs; to let them,"
    return "uploads from pages", True, f"{detail} {fix}", fix


def asked(
    method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> tuple[int | None, Message, str]:
    """Return status and headers; None and why, if nobody answers."""
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return answer.status, answer.headers, ""
    except urllib.error.HTTPError as error:
        return error.code, error.headers, ""
    except (OSError, ValueError) as error:
        return None, Message(), str(getattr(error, "reason", error))


def opened(config: StorageConfig) -> Any:
    """Return the store itself, without prefix and fallback."""
    from ..storage import create_storage_adapter

    return create_storage_adapter(config.model_copy(update={"prefix": "", "fallback": None}))
