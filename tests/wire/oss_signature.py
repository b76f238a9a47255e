"""OSS request signatures as the vendor describes them: V1 and V4, in the header and in the URL.

Pure functions from what arrived; nothing here is taken from a client.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote_plus

SUBRESOURCES = frozenset(
    [
        "acl",
        "append",
        "asyncFetch",
        "bucketInfo",
        "callback",
        "callback-var",
        "cname",
        "comp",
        "continuation-token",
        "cors",
        "delete",
        "encryption",
        "endTime",
        "img",
        "inventory",
        "inventoryId",
        "lifecycle",
        "live",
        "location",
        "logging",
        "objectMeta",
        "partNumber",
        "policy",
        "position",
        "qos",
        "qosInfo",
        "referer",
        "regionList",
        "replication",
        "replicationLocation",
        "replicationProgress",
        "requestPayment",
        "resourceGroup",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
        "restore",
        "security-token",
        "sequential",
        "startTime",
        "stat",
        "status",
        "style",
        "styleName",
        "symlink",
        "tagging",
        "transferAcceleration",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "vod",
        "website",
        "worm",
        "wormExtend",
        "wormId",
        "x-oss-process",
        "x-oss-request-payer",
        "x-oss-traffic-limit",
        "x-oss-ac-forward-allow",
        "x-oss-ac-source-ip",
        "x-oss-ac-subnet-mask",
        "x-oss-ac-vpc-id",
    ]
)
"""Of V1: the parameters that are part of the resource."""


def pairs(query: str) -> list[tuple[str, str]]:
    """Return a query's parameters as they were sent, still encoded."""
    return [(name, value) for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)]


def v1(secret: str, method: str, resource: str, query: str, headers: Mapping[str, str], date: str) -> str:
    """Return the V1 signature; ``resource`` is ``/bucket/key``, unencoded; ``date`` is Date or Expires."""
    chosen = sorted(
        (name, value)
        for name, value in ((unquote_plus(name), unquote_plus(value)) for name, value in pairs(query))
        if name in SUBRESOURCES
    )
    if chosen:
        resource += "?" + "&".join(f"{name}={value}" if value else name for name, value in chosen)
    own = "".join(f"{name}:{value}\n" for name, value in sorted(headers.items()) if name.startswith("x-oss-"))
    text = "\n".join(
        (method, headers.get("content-md5", ""), headers.get("content-type", ""), date, own + resource)
    )
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), "sha1")).decode()


def v4(
    secret: str,
    method: str,
    resource: str,
    query: str,
    headers: Mapping[str, str],
    *,
    date: str,
    scope: str,
    additional: Iterable[str] = (),
) -> set[str]:
    """Return the V4 signatures that stand for this request, in hex.

    More than one, since clients differ in whether a slash in a parameter is encoded before it is signed.
    ``query`` is without ``x-oss-signature``; ``scope`` is ``20260101/region/oss/aliyun_v4_request``.
    """
    also = sorted(name.lower() for name in additional)
    signed = "".join(
        f"{name}:{value.strip()}\n"
        for name, value in sorted(headers.items())
        if name.startswith("x-oss-") or name in {"content-type", "content-md5"} or name in also
    )
    payload = headers.get("x-oss-content-sha256", "UNSIGNED-PAYLOAD")
    as_sent = pairs(query)
    encoded = [
        (quote(unquote_plus(name), safe=""), quote(unquote_plus(value), safe="")) for name, value in as_sent
    ]
    found = set()
    for parameters in (as_sent, encoded):
        line = "&".join(f"{name}={value}" if value else name for name, value in sorted(parameters))
        request = "\n".join(
            (method, quote(resource, safe="/~"), line, signed, ";".join(also), payload)
        ).encode()
        text = f"OSS4-HMAC-SHA256\n{date}\n{scope}\n{hashlib.sha256(request).hexdigest()}"
        key = ("aliyun_v4" + secret).encode()
        for step in scope.split("/"):
            key = hmac.digest(key, step.encode(), "sha256")
        found.add(hmac.new(key, text.encode(), "sha256").hexdigest())
    return found
