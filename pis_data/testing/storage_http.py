"""Requests to presigned URLs: over the network, or straight into the app that serves local storage."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from pis_data.storage.local import LocalStorage

TIMEOUT = 60
"""Seconds for one answer."""


@dataclass(frozen=True)
class Answer:
    """What a server said; the names of headers are lower-case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Fetch(Protocol):
    """Sends one request and returns the answer."""

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> Answer: ...


def over_the_network(
    method: str, url: str, headers: Mapping[str, str] | None = None, content: bytes = b""
) -> Answer:
    """Send a request as any client would: it is given the URL and nothing else."""
    parts = urlsplit(url)
    connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = connect(parts.netloc, timeout=TIMEOUT)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, target, content if method == "PUT" else None, dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def in_process(storage: LocalStorage, **options: Any) -> Fetch:
    """Return what sends requests into the ASGI app of this store, without a server."""
    from pis_data.storage.server import create_app

    app = create_app(storage, **options)

    def fetch(
        method: str, url: str, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> Answer:
        return asyncio.run(asgi_call(app, method, url, headers or {}, content))

    return fetch


async def asgi_call(
    app: Callable[..., Any], method: str, url: str, headers: Mapping[str, str], content: bytes
) -> Answer:
    """Send one request into an ASGI app, the body in pieces as a server would."""
    parts = urlsplit(url)
    pieces = [content[at : at + 65536] for at in range(0, len(content), 65536)] or [b""]
    sent: list[dict[str, Any]] = []
    length = {"content-length": str(len(content))} if content or method == "PUT" else {}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, value in {"host": parts.netloc, **length, **headers}.items()
        ],
        "server": (parts.hostname, parts.port),
        "client": ("127.0.0.1", 1),
    }
    answered = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if pieces:
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}
        await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            answered.set()

    await app(scope, receive, send)
    found = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))
