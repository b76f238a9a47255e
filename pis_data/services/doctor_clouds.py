"""What the doctor asks OSS and COS: the clock, the address, what the keys may do, what browsers will get."""

from __future__ import annotations

import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import Message
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from ..errors import AccessDeniedError, PisDataError, PreconditionFailedError, StorageUnavailableError

if TYPE_CHECKING:
    from ..config import StorageConfig
    from ..storage import StorageAdapter

Fact: TypeAlias = tuple[str, bool, str, str | None]
"""Name, whether it is well, detail, and what to do if it isn't."""

KINDS = frozenset({"oss", "cos"})
"""The kinds of store that are asked here."""
SKEW_ALLOWED = 300
"""Seconds between the clocks; at 900 every request is refused."""
TIMEOUT = 10
_VENDOR = (".aliyuncs.com", ".myqcloud.com", ".tencentcos.cn")
_FOLDER = ".pis-doctor"


def facts(config: StorageConfig) -> Iterator[Fact]:
    """Whether the bucket is reached, by which signature and address, and what these keys may do in it."""
    from ..storage import create_storage_adapter

    bare = config.model_copy(update={"prefix": "", "fallback": None})
    try:
        storage = create_storage_adapter(bare)
    except PisDataError as error:
        yield "adapter", False, str(error), "install what is missing, or set the variable that is named"
        return
    with storage:
        try:
            health = storage.health()
        except PisDataError as error:
            yield "connection", False, str(error), _connection_fix(error)
            return
        detail = f"{health['location']} (region {health['region']}, signature {health['signature']}, by "
        detail += f"{health['addressing']}) answers in {health['latency_ms']} ms"
        yield "connection", True, detail, None
        if health["clock_skew_s"] is not None:
            yield _clock(health["clock_skew_s"])
        folder = f"{config.prefix}/{_FOLDER}" if config.prefix else _FOLDER
        key = f"{folder}/{uuid.uuid4()}.png"
        try:
            yield from _rights(storage, key)
            yield from _links(storage, key)
        finally:
            with suppress(PisDataError):  # that these keys may not delete is told already
                storage.delete(key)


def _connection_fix(error: PisDataError) -> str:
    text = str(error)
    if "PublicEndpointForbidden" in text:
        return "bind a custom domain to the bucket and set STORAGE_ENDPOINT to it"
    if "clock" in text:
        return "set this machine's clock by NTP"
    if isinstance(error, StorageUnavailableError):
        return "check STORAGE_ENDPOINT and STORAGE_USE_SSL, and that this machine reaches it"
    if isinstance(error, AccessDeniedError):
        return "check STORAGE_ACCESS_KEY, STORAGE_SECRET_KEY, STORAGE_SESSION_TOKEN and STORAGE_REGION"
    return "set STORAGE_BUCKET to one that is there, or make it: pis-data storage put --create FILE KEY"


def _clock(ahead: float) -> Fact:
    ok = abs(ahead) <= SKEW_ALLOWED
    side = "ahead of" if ahead > 0 else "behind"
    fix = None if ok else "set this machine's clock by NTP: from 15 minutes on, every request is refused"
    return "clock", ok, f"this machine's clock is {abs(ahead):.0f} s {side} the store's", fix


def _rights(storage: StorageAdapter, key: str) -> Iterator[Fact]:
    """Try each operation on an object of the doctor's own; leave it there."""
    created: list[bool] = []

    def write() -> None:
        storage.upload(key, b"\x89PNG")
        try:
            storage.upload(key, b"\x89PNG", if_none_match=True)
            created.append(True)
        except PreconditionFailedError:
            created.append(False)

    def in_parts() -> None:
        storage.abort_multipart_upload(key, storage.init_multipart_upload(key))

    def delete() -> None:
        storage.copy(key, key + ".copy")
        storage.delete(key + ".copy")

    operations: list[tuple[str, Callable[[], Any]]] = [
        ("PutObject", write),
        ("GetObject", lambda: storage.download(key)),
        ("ListObjects", lambda: next(storage.list(key), None)),
        ("AbortMultipartUpload", in_parts),
        ("DeleteObject", delete),
    ]
    denied, failed = [], []
    for name, operation in operations:
        try:
            operation()
        except AccessDeniedError:
            denied.append(name)
        except PisDataError as error:
            failed.append(f"{name}: {error}")
    if created == [True]:
        fix = "turn versioning of the bucket off: under it OSS and COS ignore that a write shall only create"
        yield "create-only writes", False, "the store replaces what is there", fix
    if not denied and not failed:
        names = ", ".join(name for name, _ in operations)
        yield "rights", True, f"these keys may do all that is needed: {names}", None
        return
    refused = [f"refused: {', '.join(denied)}"] if denied else []
    fix = f"let the policy of these keys allow {', '.join(denied)} on the bucket and all in it"
    yield "rights", False, "; ".join([*refused, *failed]), fix if denied else "look at the store's own log"


def _links(storage: StorageAdapter, key: str) -> Iterator[Fact]:
    """Whether URLs that are handed out work, show pictures, and take uploads from a page."""
    url = storage.get_presigned_get_url(key, 60)
    parts = urlsplit(url)
    said = f"URLs are signed for {parts.scheme}://{parts.netloc}"
    status, headers, why = _asked(urllib.request.Request(url))
    if status is None:
        fix = "set STORAGE_PRESIGN_URL to where browsers reach the bucket (a custom domain, say)"
        yield "presigned URLs", False, f"{said}, which this machine can't reach: {why}", fix
        return
    if status not in {200, 404}:
        fix = "set STORAGE_PRESIGN_URL to a domain that is bound to the bucket, and let proxies pass Host on"
        yield "presigned URLs", False, f"{said}; there they are refused with status {status}", fix
        return
    yield "presigned URLs", True, f"{said}, which this machine reaches; {_cors(url)}", None
    forced = any(headers.get(name) for name in ("x-oss-force-download", "x-cos-force-download"))
    if forced or str(headers.get("content-disposition", "")).startswith("attachment"):
        fix = "bind a custom domain to the bucket and set STORAGE_PRESIGN_URL to it"
        yield "pictures", False, "browsers save pictures from this address instead of showing them", fix
    elif (parts.hostname or "").endswith(_VENDOR):
        yield "pictures", True, "shown from the vendor's own domain: for a bucket of an older account", None


def _cors(url: str) -> str:
    headers = {"Origin": "https://pis.example", "Access-Control-Request-Method": "PUT"}
    _, told, _ = _asked(urllib.request.Request(url, method="OPTIONS", headers=headers))
    allowed = told.get("Access-Control-Allow-Origin")
    if allowed is None:
        return "browsers can't PUT from other origins unless a CORS rule of the bucket names theirs"
    return f"browsers of the origin {allowed} may PUT"


def _asked(request: urllib.request.Request) -> tuple[int | None, Message, str]:
    """Return status and headers; None and why, if nobody answers."""
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            return answer.status, answer.headers, ""
    except urllib.error.HTTPError as error:
        return error.code, error.headers, ""
    except OSError as error:
        return None, Message(), str(getattr(error, "reason", error))
