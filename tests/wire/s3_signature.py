"""S3 request signatures as AWS describes them: Signature Version 4, in the header, in the URL, and in chunks.

Pure functions from what arrived; nothing here is taken from a client.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote, unquote_plus

ALGORITHM = "AWS4-HMAC-SHA256"
UNSIGNED = "UNSIGNED-PAYLOAD"
CHUNKED_UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
CHUNKED_SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
_EMPTY = hashlib.sha256(b"").hexdigest()


def signing_key(secret: str, scope: str) -> bytes:
    """Return the key that signs within a scope: ``20260101/region/s3/aws4_request``."""
    key = ("AWS4" + secret).encode()
    for step in scope.split("/"):
        key = hmac.digest(key, step.encode(), "sha256")
    return key


def canonical(
    method: str, path: str, query: str, headers: Mapping[str, str], signed: Iterable[str], payload: str
) -> str:
    """Return the canonical request; ``path`` and ``query`` as they were sent, headers by lower-case name."""
    names = sorted(signed)
    return "\n".join(
        (
            method,
            quote(unquote(path), safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in sorted(_encoded(query))),
            *(f"{name}:{' '.join(headers[name].split())}" for name in names),
            "",
            ";".join(names),
            payload,
        )
    )


def sign(secret: str, date: str, scope: str, request: str) -> str:
    """Return the signature of a canonical request; ``date`` is ``20260101T000000Z``."""
    digest = hashlib.sha256(request.encode()).hexdigest()
    return _hex(secret, scope, f"{ALGORITHM}\n{date}\n{scope}\n{digest}")


def sign_chunk(secret: str, date: str, scope: str, previous: str, chunk: bytes) -> str:
    """Return the signature of one chunk of a body, which is chained to the one before it."""
    digest = hashlib.sha256(chunk).hexdigest()
    return _hex(secret, scope, f"{ALGORITHM}-PAYLOAD\n{date}\n{scope}\n{previous}\n{_EMPTY}\n{digest}")


def chunks(body: bytes) -> tuple[list[tuple[bytes, str]], dict[str, str]]:
    """Return the chunks of an ``aws-chunked`` body, each with its signature or "", and the trailing headers.

    Raises ValueError for what is not of that form.
    """
    found: list[tuple[bytes, str]] = []
    rest = body
    while True:
        head, _, rest = rest.partition(b"\r\n")
        size, _, extension = head.partition(b";")
        length = int(size, 16)
        found.append((rest[:length], extension.decode().removeprefix("chunk-signature=")))
        rest = rest[length:]
        if not length:
            break
        if not rest.startswith(b"\r\n"):
            raise ValueError("a chunk is longer or shorter than it says")
        rest = rest[2:]
    lines = [line.decode() for line in rest.split(b"\r\n") if line]
    return found, {
        name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
    }


def _encoded(query: str) -> list[tuple[str, str]]:
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return [
        (quote(unquote_plus(name), safe="-_.~"), quote(unquote_plus(value), safe="-_.~"))
        for name, _, value in pairs
    ]


def _hex(secret: str, scope: str, text: str) -> str:
    return hmac.new(signing_key(secret, scope), text.encode(), "sha256").hexdigest()
