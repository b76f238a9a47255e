"""HTTP for the wire server: reads requests, sends answers, and misbehaves where a fault says so."""

from __future__ import annotations

import itertools
import json
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus, urlsplit

from .faults import Fault, Faults

if TYPE_CHECKING:
    from .operations import Dialect

MAX_BODY = 256 << 20
LOG = 10_000


class WireError(Exception):
    """What the service refuses, in its own words."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message or code


@dataclass
class Request:
    """One request as it arrived; ``path`` and ``query`` still encoded, names of headers lower-case."""

    method: str
    host: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    parameters: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        pairs = (pair.partition("=") for pair in self.query.split("&") if pair)
        self.parameters = {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}


@dataclass
class Answer:
    """What is sent back."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content: Iterator[bytes] = field(default_factory=lambda: iter(()))
    """In place of ``body``: piece by piece."""
    length: int | None = None
    """Of ``content``; of a HEAD, what a GET would send."""


class Server(ThreadingHTTPServer):
    """One dialect on a free port of loopback."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.dialect = dialect
        self.faults = dialect.faults = Faults()
        self.log: list[dict[str, Any]] = []

    def handle_error(self, *_: object) -> None:
        """Clients that go away are no news."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: Server

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Tell the time by the dialect's clock, which may be wrong: the `Date` of every answer."""
        return super().date_time_string(self.server.dialect.now() if timestamp is None else timestamp)

    def log_message(self, *_: object) -> None:
        """Quiet: `Server.log` holds what was asked."""

    def _any(self) -> None:
        request = self._read()
        if request is None:
            return
        if request.path == "/__wire__":
            self._control(request)
            return
        dialect = self.server.dialect
        bucket, key = dialect.locate(request)
        self._remember(request, bucket, key)
        fault = self.server.faults.take(request.method, key, request.parameters)
        if fault is not None and fault.kind == "slow":
            time.sleep(fault.delay)
        if fault is not None and fault.kind == "reset":
            self._reset()
            return
        if fault is not None and fault.kind in {"error", "error-body"}:
            status = 200 if fault.kind == "error-body" else fault.status
            answer = dialect.refusal(request, WireError(status, fault.code, "as the test wished"), key)
        else:
            answer = dialect.answer(request)
        self._send(request, answer, fault)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = _any

    def do_OPTIONS(self) -> None:
        """Answer a browser that asks before a page of another origin may do what it wants."""
        request = self._read()
        if request is None:
            return
        origin, allowed = request.headers.get("origin"), self.server.dialect.origins
        if origin in allowed or "*" in allowed:
            headers = {"Access-Control-Allow-Origin": "*" if "*" in allowed else str(origin)}
            headers["Access-Control-Allow-Methods"] = "GET, PUT"
            self._send(request, Answer(200, headers), None)
        else:
            self._send(request, Answer(403), None)

    def _read(self) -> Request | None:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            lowered = name.lower()
            headers[lowered] = f"{headers[lowered]},{value}" if lowered in headers else value.strip()
        url = urlsplit(self.path) if "://" in self.path.split("?")[0] else None
        if url is not None:  # through this server as a proxy
            host, path, query = url.netloc, url.path, url.query
        else:
            path, _, query = self.path.partition("?")
            host = headers.get("host", "")
        body = self._body(headers)
        return None if body is None else Request(self.command, host, path, query, headers, body)

    def _body(self, headers: dict[str, str]) -> bytes | None:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            pieces = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            while self.rfile.readline().strip():
                pass
            return b"".join(pieces)
        length = int(headers.get("content-length") or 0)
        if length > MAX_BODY:
            self._reset()
            return None
        body = self.rfile.read(length)
        if len(body) < length:  # the sender went away: nothing is stored
            self.close_connection = True
            return None
        return body

    def _remember(self, request: Request, bucket: str | None, key: str | None) -> None:
        if len(self.server.log) < LOG:
            self.server.log.append(
                {
                    "method": request.method,
                    "host": request.host,
                    "bucket": bucket,
                    "key": key,
                    "query": request.parameters,
                    "headers": request.headers,
                }
            )

    def _send(self, request: Request, answer: Answer, fault: Fault | None) -> None:
        kind = fault.kind if fault is not None else ""
        body = answer.body or b"".join(answer.content if kind else itertools.islice(answer.content, 1))
        if kind == "lost":
            self._reset()
            return
        if kind == "corrupt" and body:
            body = bytes([body[0] ^ 1]) + body[1:]
        if kind == "wrong-crc":
            self.server.dialect.falsify(answer)
            body = answer.body
        cut = kind in {"truncate", "reset-body"} and len(body) > 1
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name if "x-" in name else name.title().replace("Etag", "ETag"), value)
        length = len(body) if answer.length is None else answer.length
        self.send_header("Content-Length", str(length))
        # Headers and body in one write: two would wait for each other (Nagle, delayed acknowledgement).
        self._headers_buffer.append(b"\r\n")  # type: ignore[attr-defined]
        if request.method != "HEAD":
            self._headers_buffer.append(body[: len(body) // 2] if cut else body)  # type: ignore[attr-defined]
        self.flush_headers()
        for piece in answer.content:
            self.wfile.write(piece)
        if cut:
            if kind == "reset-body":
                self._reset()
            self.close_connection = True

    def _reset(self) -> None:
        """Break the connection so that the other side sees a reset, not an end."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
        self.close_connection = True

    def _control(self, request: Request) -> None:
        dialect = self.server.dialect
        given = json.loads(request.body or b"{}")
        found: Any = None
        if request.method == "GET":
            found = {"requests": self.server.log}
        elif request.method == "DELETE":
            self.server.faults.clear()
            self.server.log.clear()
            dialect.clock = 0.0
            dialect.origins = []
        elif "fault" in given:
            self.server.faults.add(Fault(**given["fault"]))
        elif "clock" in given:
            dialect.clock = float(given["clock"])
        elif "origins" in given:
            dialect.origins = given["origins"]
        elif "empty" in given:
            dialect.store.buckets.clear()
        body = json.dumps(found).encode()
        self._send(request, Answer(200, {"Content-Type": "application/json"}, body), None)
