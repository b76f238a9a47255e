"""The one place that loads obstore, and tells it where the bucket is and by which keys."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import s3_client
from .s3_errors import translated

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

    from .s3_client import Clients

_KEYS_HOLD = timedelta(minutes=4)
"""How long keys of AWS's chain are used before botocore, which renews them in time, is asked again."""


def open_store(clients: Clients, config: StorageConfig) -> Any:
    """Return obstore's store, set up as botocore's clients are."""
    make: Any = import_module("obstore.store").S3Store
    keys = _given(clients)
    endpoint, virtual = _address(clients, config.bucket)
    return make(
        config.bucket,
        config={
            # Said in full: what is left out, obstore takes from the environment.
            "endpoint": endpoint,
            "aws_endpoint_url_s3": endpoint,
            "region": clients.region,
            "virtual_hosted_style_request": virtual,
            "disable_bulk_delete": True,  # a bulk of one needs more rights, and tells less
            "skip_signature": False,
            "unsigned_payload": False,  # the store checks the body by the SHA-256 in the signature
            **keys,
        },
        client_options={
            "allow_http": True,
            "connect_timeout": timedelta(seconds=s3_client.CONNECT_TIMEOUT),
            "read_timeout": timedelta(seconds=s3_client.READ_TIMEOUT),
            "timeout": timedelta(days=1),  # of a whole answer, which may be long
            "pool_max_idle_per_host": str(s3_client.POOL_SIZE),
            **_authorities(clients),
        },
        retry_config={
            "max_retries": s3_client.ATTEMPTS - 1,
            "retry_timeout": timedelta(seconds=s3_client.ATTEMPTS * s3_client.READ_TIMEOUT),
            "backoff": {
                "init_backoff": timedelta(milliseconds=500),
                "max_backoff": timedelta(seconds=4),
                "base": 2,
            },
        },
        # Asked before every request, it costs a tenth of a small one: not for keys that stay as they are.
        credential_provider=None if keys else partial(_keys, clients),
    )


def _address(clients: Clients, bucket: str) -> tuple[str, bool]:
    """Where botocore would go, and whether the bucket is in the host there."""
    with translated(f"setting up the store {bucket!r}"):
        url: str = clients.usual.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "x"})
    address = url.partition("?")[0].removesuffix("/x")
    if address.endswith(f"/{bucket}"):
        return address.removesuffix(f"/{bucket}"), False
    return address, True


def _given(clients: Clients) -> dict[str, str]:
    """The configured keys; none where obstore would add the environment's token to them."""
    access, secret, token = clients.keys()
    if access is None or secret is None:
        return {}
    keys = {"access_key_id": access, "secret_access_key": secret}
    if token is not None:
        return {**keys, "session_token": token}
    return {} if {"AWS_SESSION_TOKEN", "AWS_TOKEN"} & set(os.environ) else keys


def _keys(clients: Clients) -> dict[str, Any]:
    """The keys of botocore's client, whoever gave them."""
    found = clients.usual._request_signer._credentials.get_frozen_credentials()
    given, _, _ = clients.keys()
    expires = None if given is not None else datetime.now(UTC) + _KEYS_HOLD
    return {
        "access_key_id": found.access_key,
        "secret_access_key": found.secret_key,
        "token": found.token,
        "expires_at": expires,
    }


def _authorities(clients: Clients) -> dict[str, Any]:
    """The certificates that botocore was told to trust (AWS_CA_BUNDLE), if any."""
    bundle = clients.session.get_config_variable("ca_bundle")
    return {"root_certificate": Path(bundle).read_bytes()} if bundle else {}
