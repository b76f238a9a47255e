"""Signed URLs for local storage: whoever holds one may do the one thing it was signed for, until it expires.

HMAC-SHA256 over method, key, expiry, content type, download name, upload and part: a URL in which any of
these is changed, added or left out is refused. `pis_data.storage.server` serves the URLs.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pis_data.errors import AccessDeniedError, StorageError

from .base import PresignRequest
from .local_errors import translated
from .local_tree import Tree, open_file, sync_directory

DEFAULT_BASE = "http://127.0.0.1:8333"
"""Where ``pis-data storage serve`` listens unless told otherwise."""
KEY_FILE = "signing.key"

_NAMES = {
    "expires": "expires",
    "content_type": "content-type",
    "download_name": "download-name",
    "upload_id": "upload-id",
    "part_number": "part-number",
}
_SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a signed URL permits, after its signature was found right."""

    method: str
    key: str
    expires_at: int
    """Seconds since 1970."""
    content_type: str | None = None
    download_name: str | None = None
    upload_id: str | None = None
    part_number: int | None = None


class UrlSigner:
    """Makes signed URLs below a base URL, and checks them."""

    def __init__(self, base_url: str, key: bytes) -> None:
        self.base_url = base_url.rstrip("/")
        """What its URLs begin with."""
        self._key = key

    @property
    def base_path(self) -> str:
        """The path of the base URL, ``""`` or ``/…`` without a slash at its end."""
        return unquote(urlsplit(self.base_url).path)

    def sign(self, request: PresignRequest) -> str:
        """Return the URL that permits what is asked for."""
        fields = {
            "expires": str(int(time.time()) + request.expires),
            "content_type": request.content_type,
            "download_name": request.download_name,
            "upload_id": request.upload_id,
            "part_number": None if request.part_number is None else str(request.part_number),
        }
        query = {_NAMES[name]: value for name, value in fields.items() if value is not None}
        query[_SIGNATURE] = self._signature(request.method, request.key, query)
        return f"{self.base_url}/{quote(request.key, safe='/')}?{urlencode(query, quote_via=quote, safe='')}"

    def verify(self, method: str, key: str, query: str) -> Grant:
        """Return what the URL permits; `AccessDeniedError` if it was changed or has expired."""
        fields = _parsed(query)
        given = fields.pop(_SIGNATURE, "")
        if not given or "expires" not in fields:
            raise AccessDeniedError("this address needs a signature")
        expected = self._signature(method, key, fields)
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise AccessDeniedError(
                "the signature does not fit this request: the URL was changed or is for another"
            )
        # Signed by us, so the numbers are numbers.
        if int(fields["expires"]) < time.time():
            raise AccessDeniedError("the URL has expired")
        part = fields.get("part-number")
        return Grant(
            method,
            key,
            int(fields["expires"]),
            fields.get("content-type"),
            fields.get("download-name"),
            fields.get("upload-id"),
            None if part is None else int(part),
        )

    def _signature(self, method: str, key: str, query: dict[str, str]) -> str:
        message = json.dumps(["pis_data-1", method, key, sorted(query.items())])
        digest = hmac.digest(self._key, message.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def kept_key(tree: Tree) -> bytes:
    """Return the key kept in the storage folder; who asks first makes it, readable by its owner only."""
    with translated(f"reading {KEY_FILE}"), tree.top(".") as folder:
        try:
            return _read_key(folder)
        except FileNotFoundError:
            _make_key(folder)
            return _read_key(folder)


def _read_key(folder: int) -> bytes:
    with os.fdopen(open_file(folder, KEY_FILE), "rb") as file:
        key = file.read(4096).strip()
    if len(key) < 32:
        raise StorageError(f"{KEY_FILE} in the storage folder is too short: remove it, and a new one is made")
    return key


def _make_key(folder: int) -> None:
    draft = f".{KEY_FILE}.{secrets.token_hex(4)}"
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
            file.flush()
            os.fsync(fd)
        # A link, unlike a rename, leaves a key alone that another process made meanwhile.
        with contextlib.suppress(FileExistsError):
            os.link(draft, KEY_FILE, src_dir_fd=folder, dst_dir_fd=folder)
        sync_directory(folder)
    finally:
        os.unlink(draft, dir_fd=folder)


def _parsed(query: str) -> dict[str, str]:
    """The query's parameters; one given twice makes the URL another one than was signed."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=len(_NAMES) + 1)
    except ValueError:
        return {}
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else {}
