"""COS request signatures as the vendor describes them (q-sign-algorithm=sha1)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def sign_key(secret: str, key_time: str) -> str:
    """Return the key that signs within ``start;end``."""
    return hmac.new(secret.encode(), key_time.encode(), "sha1").hexdigest()


def sign(
    secret: str,
    method: str,
    path: str,
    parameters: Mapping[str, str],
    headers: Mapping[str, str],
    *,
    sign_time: str,
    key_time: str,
) -> str:
    """Return the signature over the parameters and headers given; ``path`` is unencoded."""
    http = "\n".join((method.lower(), path, _listed(parameters), _listed(headers), ""))
    text = f"sha1\n{sign_time}\n{hashlib.sha1(http.encode()).hexdigest()}\n"
    return hmac.new(sign_key(secret, key_time).encode(), text.encode(), "sha1").hexdigest()


def _listed(items: Mapping[str, str]) -> str:
    return "&".join(
        f"{name}={value}"
        for name, value in sorted(
            (quote(name, safe="-_.~").lower(), quote(value, safe="-_.~")) for name, value in items.items()
        )
    )
