"""What the doctor asks OSS and COS: which address and signature they want, besides what it asks any store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import AccessDeniedError, BucketNotFoundError, PisDataError, StorageUnavailableError
from .doctor_objects import Fact, Trial, clock, opened

if TYPE_CHECKING:
    from ..config import StorageConfig
    from ..storage import StorageAdapter

KINDS = frozenset({"oss", "cos"})
"""The kinds of store that are asked here."""
_VENDOR = (".aliyuncs.com", ".myqcloud.com", ".tencentcos.cn")
_RIGHTS = ("PutObject", "GetObject", "ListObjects", "AbortMultipartUpload", "DeleteObject")


def facts(config: StorageConfig) -> Iterator[Fact]:
    """Whether the bucket is reached, by which signature and address, and what these keys may do in it."""
    try:
        storage: StorageAdapter = opened(config)
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
            yield clock(health["clock_skew_s"])
        found = list(
            Trial(
                storage,
                config,
                rights=_RIGHTS,
                replaces="turn versioning of the bucket off: under it OSS and COS ignore that a write shall "
                "only create",
                elsewhere="set STORAGE_PRESIGN_URL to a domain that is bound to the bucket, and let proxies "
                "pass path, query and Host on unchanged",
            ).facts()
        )
        yield from found
        host = urlsplit(storage.get_presigned_get_url("a", 60)).hostname or ""
        works = any(name == "presigned URLs" and ok for name, ok, _, _ in found)
        if works and host.endswith(_VENDOR) and not any(name == "pictures" for name, *_ in found):
            yield (
                "pictures",
                True,
                "shown from the vendor's own domain: for a bucket of an older account",
                None,
            )


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
    if isinstance(error, BucketNotFoundError):
        return "set STORAGE_BUCKET to one that is there, or make it: pis-data storage put --create FILE KEY"
    return "check STORAGE_REGION and STORAGE_ENDPOINT: the bucket's own region"
