"""Serves local storage's signed URLs: a small ASGI app, run by ``pis-data storage serve`` or any ASGI server.

Nothing is readable or writable here without a URL signed by `LocalStorage`, save what lies below
``public_prefixes``. A proxy in front passes the path on unchanged. Needs the extra ``serve``.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from email.utils import format_datetime
from http import HTTPStatus

import anyio.from_thread
import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from pis_data.errors import (
    AccessDeniedError,
    CapabilityError,
    InvalidKeyError,
    InvalidValueError,
    MultipartError,
    ObjectNotFoundError,
    PisDataError,
    PreconditionFailedError,
)

from .disposition import content_disposition
from .keys import check_key
from .local import LocalStorage
from .metadata import DEFAULT_CONTENT_TYPE
from .objects import ObjectInfo
from .ranges import UnsatisfiableRangeError, names_etag, parse_range
from .reader import ObjectReader
from .signing import Grant
from .sources import CHUNK_SIZE

MAX_UPLOAD_BYTES = 5 * 1024**3
"""S3's limit for one PUT."""
IDLE_SECONDS = 60
"""How long an upload may stand still before it is given up."""
_UPLOADS_AT_ONCE = 64

_log = logging.getLogger(__name__)

_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # What is stored may be anything: as a page, it runs no script and reaches nothing.
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; sandbox"
    ),
    "Referrer-Policy": "no-referrer",
}
_STATUS: tuple[tuple[type[PisDataError], HTTPStatus], ...] = (
    (AccessDeniedError, HTTPStatus.FORBIDDEN),
    (ObjectNotFoundError, HTTPStatus.NOT_FOUND),
    (PreconditionFailedError, HTTPStatus.PRECONDITION_FAILED),
    (MultipartError, HTTPStatus.BAD_REQUEST),
    (InvalidKeyError, HTTPStatus.BAD_REQUEST),
    (InvalidValueError, HTTPStatus.BAD_REQUEST),
    (CapabilityError, HTTPStatus.NOT_IMPLEMENTED),
)


def create_app(
    storage: LocalStorage,
    *,
    allow_origins: Sequence[str] = (),
    public_prefixes: Sequence[str] = (),
    max_upload_bytes: int = MAX_UPLOAD_BYTES,
) -> Starlette:
    """Make the ASGI app.

    ``allow_origins``: the sites whose pages may use the URLs from a browser's script (CORS). Objects whose
    key begins with one of ``public_prefixes`` are readable without a signature, at ``storage.public_url``.
    """
    server = _Server(storage, tuple(public_prefixes), max_upload_bytes)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(allow_origins),
        allow_methods=["GET", "HEAD", "PUT"],
        allow_headers=["Content-Type", "If-None-Match", "Range"],
        expose_headers=["ETag", "Content-Range", "Content-Disposition"],
    )
    route = Route("/{path:path}", server.handle, methods=["GET", "HEAD", "PUT"])
    return Starlette(routes=[route], middleware=[cors] if allow_origins else [])


class _Server:
    def __init__(self, storage: LocalStorage, public_prefixes: tuple[str, ...], max_bytes: int) -> None:
        self._storage = storage
        self._public = public_prefixes
        self._max_bytes = max_bytes
        # Slow uploads wait in threads of their own: they can't keep downloads from being served.
        self._uploads = anyio.CapacityLimiter(_UPLOADS_AT_ONCE)

    async def handle(self, request: Request) -> Response:
        try:
            if request.url.path == "/" and request.method != "PUT":
                await anyio.to_thread.run_sync(self._storage.health)
                return PlainTextResponse("pis_data storage is up\n", headers=_SAFE_HEADERS)
            grant = await anyio.to_thread.run_sync(self._granted, request)
            serve = self._put if request.method == "PUT" else self._get
            return await serve(request, grant)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)  # nobody reads it
        except PisDataError as error:
            return _refusal(error)

    def _granted(self, request: Request) -> Grant:
        signer = self._storage.signer
        base = signer.base_path + "/"
        path: str = request.scope["path"]
        if not path.startswith(base):
            raise ObjectNotFoundError(f"addresses here begin with {base}")
        key = check_key(path[len(base) :])
        method = "PUT" if request.method == "PUT" else "GET"
        query = request.url.query
        if method == "GET" and not query and key.startswith(self._public) and self._public:
            return Grant("GET", key, 0)
        return signer.verify(method, key, query)

    # -- reading -------------------------------------------------------------------------------------

    async def _get(self, request: Request, grant: Grant) -> Response:
        reader = await anyio.to_thread.run_sync(self._storage._open, grant.key)
        try:
            return self._answer(request, grant, reader)
        except BaseException:
            reader.close()
            raise

    def _answer(self, request: Request, grant: Grant, reader: ObjectReader) -> Response:
        info = reader.info
        headers = _object_headers(info, grant)
        if names_etag(request.headers.get("if-none-match"), info.etag):
            reader.close()
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        headers["Content-Type"] = info.content_type or DEFAULT_CONTENT_TYPE
        try:
            wanted = parse_range(_range_header(request, info), info.size)
        except UnsatisfiableRangeError:
            reader.close()
            headers = {**_SAFE_HEADERS, "Content-Range": f"bytes */{info.size}"}
            return PlainTextResponse(
                "there are no such bytes\n", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers
            )
        start, stop = wanted or (0, info.size)
        headers["Content-Length"] = str(stop - start)
        if wanted:
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{info.size}"
        status = HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK
        if request.method == "HEAD":
            reader.close()
            return _exact(Response(status_code=status), headers)
        return _exact(StreamingResponse(_chunks(reader, start, stop), status), headers)

    # -- writing -------------------------------------------------------------------------------------

    async def _put(self, request: Request, grant: Grant) -> Response:
        given = request.headers.get("content-type")
        if grant.content_type is not None and given != grant.content_type:
            raise AccessDeniedError(f"this URL was signed for Content-Type: {grant.content_type}")
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > self._max_bytes:
            return _too_large(self._max_bytes)
        body = _Body(request, self._max_bytes)
        create_only = request.headers.get("if-none-match", "").strip() == "*"

        def store() -> str:
            if grant.upload_id is not None and grant.part_number is not None:
                return self._storage.upload_part(grant.key, grant.upload_id, grant.part_number, body)
            return self._storage.upload(grant.key, body, given, None, create_only).etag

        try:
            etag = await anyio.to_thread.run_sync(store, limiter=self._uploads)
        except _TooLargeError:
            return _too_large(self._max_bytes)
        except _IdleError:
            text = f"nothing came for {IDLE_SECONDS} seconds\n"
            return PlainTextResponse(text, HTTPStatus.REQUEST_TIMEOUT, _SAFE_HEADERS)
        return Response(headers={**_SAFE_HEADERS, "ETag": f'"{etag}"'})


class _TooLargeError(Exception):
    """More came than one PUT may hold."""


class _IdleError(Exception):
    """Nothing came for too long."""


class _Body:
    """A request's body as the file that a thread reads, in pieces of about 1 MiB."""

    def __init__(self, request: Request, max_bytes: int) -> None:
        self._stream = request.stream()
        self._left = max_bytes

    def read(self, size: int = -1, /) -> bytes:
        """Wait for the next piece; ``b""`` at the end."""
        return anyio.from_thread.run(self._next)

    async def _next(self) -> bytes:
        piece = bytearray()
        while len(piece) < CHUNK_SIZE:
            with anyio.move_on_after(IDLE_SECONDS) as waited:
                chunk = await anext(self._stream, None)
            if waited.cancelled_caught:
                raise _IdleError
            if chunk is None:
                break
            piece += chunk
        self._left -= len(piece)
        if self._left < 0:
            raise _TooLargeError
        return bytes(piece)


def _object_headers(info: ObjectInfo, grant: Grant) -> dict[str, str]:
    private = "public" if not grant.expires_at else "private"
    headers = {
        **_SAFE_HEADERS,
        "ETag": f'"{info.etag}"',
        "Last-Modified": format_datetime(info.last_modified, usegmt=True),
        "Accept-Ranges": "bytes",
        # An object can be replaced under its key: caches ask again, and mostly hear 304.
        "Cache-Control": f"{private}, no-cache",
    }
    if grant.download_name is not None:
        headers["Content-Disposition"] = content_disposition(grant.download_name)
    return headers


def _range_header(request: Request, info: ObjectInfo) -> str | None:
    condition = request.headers.get("if-range")
    if condition is not None and condition != f'"{info.etag}"':
        return None
    return request.headers.get("range")


async def _chunks(reader: ObjectReader, start: int, stop: int) -> AsyncIterator[bytes]:
    with reader:
        reader.seek(start)
        while start < stop:
            chunk = await anyio.to_thread.run_sync(reader.read, min(CHUNK_SIZE, stop - start))
            start += len(chunk)
            yield chunk


def _exact(response: Response, headers: dict[str, str]) -> Response:
    """Set the headers as they are: Starlette would add a charset to the stored content type."""
    response.raw_headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()
    ]
    return response


def _too_large(limit: int) -> Response:
    text = f"one PUT holds at most {limit} bytes: upload in parts\n"
    return PlainTextResponse(text, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _SAFE_HEADERS)


def _refusal(error: PisDataError) -> Response:
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return PlainTextResponse(f"{error}\n", status, {**_SAFE_HEADERS, "Cache-Control": "no-store"})
    # The rest is ours to mend, and its message names folders of this machine.
    _log.error("%s: %s", type(error).__name__, error)
    return PlainTextResponse(
        "the store can't serve this now\n", HTTPStatus.SERVICE_UNAVAILABLE, {"Cache-Control": "no-store"}
    )
