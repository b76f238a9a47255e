"""A server that speaks OSS, COS or S3 on loopback, in its own process; checks signatures; can misbehave.

    with WireServer("oss") as server:
        client = ...(server.url, server.access_key, server.secret_key)
        server.fault(kind="error", status=503, code="SlowDown", times=2)

In its own process, since some clients hold the GIL while they wait (opendal), and so that a client that
hangs can't take the server with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]


class WireServer:
    """The running server; `fault`, `clock` and `requests` reach into it."""

    access_key = "LTAIwiretest"
    secret_key = "wire-test-secret"
    sts_access_key = "STS.wiretest"
    sts_secret_key = "wire-sts-secret"
    sts_token = "wire+sts/token=="
    region = "ap-wire"
    domain = "cdn.wire.test"
    """A custom domain, bound to the bucket that was created last."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.wire", dialect],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"
        between = "-" if dialect == "oss" else "."
        self.host = f"{dialect}{between}{self.region}.wire.test"
        """The endpoint in virtual-host style, for clients whose name resolution is patched."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process: it ends by itself too when this one is gone, since its stdin closes."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def fault(self, **fault: Any) -> None:
        """Misbehave on the next requests that match; see ``faults.Fault``."""
        self._control("POST", {"fault": fault})

    def clock(self, seconds: float) -> None:
        """Let the server's clock be wrong."""
        self._control("POST", {"clock": seconds})

    def allow_pages(self, *origins: str) -> None:
        """Let pages of these origins send requests: a CORS rule."""
        self._control("POST", {"origins": origins})

    def requests(self) -> list[dict[str, Any]]:
        """What was asked since the last `calm`: method, bucket, key, query, headers."""
        found: list[dict[str, Any]] = self._control("GET")["requests"]
        return found

    def calm(self) -> None:
        """Forget faults, requests, CORS rules and the wrong clock; objects stay."""
        self._control("DELETE")

    def empty(self) -> None:
        """Forget everything that is stored too."""
        self._control("POST", {"empty": True})

    def _control(self, method: str, body: dict[str, Any] | None = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, "/__wire__", json.dumps(body or {}))
            return json.loads(connection.getresponse().read() or b"null")
        finally:
            connection.close()
