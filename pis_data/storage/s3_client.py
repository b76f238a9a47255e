"""How S3 is spoken to: botocore's own client, set up for every store of that protocol.

botocore comes with s3fs. It is used as it is, and not through the filesystem: that one's calls all pass
through one event loop in one thread, may not be used after a fork, and look before they do what was asked.
"""

from __future__ import annotations

import os
import threading
from base64 import b64encode
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import botocore
import botocore.session
from botocore.config import Config
from botocore.utils import parse_timestamp

import pis_data

from .s3_errors import translated

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

CONNECT_TIMEOUT = 5.0
"""Seconds until a connection must be made."""
READ_TIMEOUT = 60.0
"""Seconds that the store may be silent."""
ATTEMPTS = 4
"""How often a request is sent at most; between attempts it waits up to 1, 2, 4 s, at random."""
POOL_SIZE = 64
"""Connections that are kept open; more threads than that open further ones."""
_VENDOR = (".amazonaws.com", ".amazonaws.com.cn")


class Clients:
    """The clients of one store, for any number of threads.

    A forked process makes its own, since connections can't be shared.
    """

    def __init__(self, config: StorageConfig) -> None:
        self._config = config
        self._made: dict[str, Any] = {}
        self._process = os.getpid()
        self._session: Any = None
        self._lock = threading.Lock()

    @property
    def usual(self) -> Any:
        """For what may be sent again when no answer came."""
        return self._client("usual", self.endpoint, ATTEMPTS)

    @property
    def once(self) -> Any:
        """For what must not be sent again unseen."""
        return self._client("once", self.endpoint, 1)

    @property
    def parts(self) -> Any:
        """For the parts of uploads: their MD5 is signed, and they need no second sum for the signature."""
        return self._client("parts", self.endpoint, ATTEMPTS, payload_signing_enabled=False)

    @property
    def signer(self) -> Any:
        """For URLs: signs for the host at which others reach the store. It sends nothing."""
        return self._client("signer", self._config.presign_url or self.endpoint, 1)

    @property
    def session(self) -> Any:
        """What botocore knows of this machine's settings."""
        _ = self.usual  # it is made with the first client
        return self._session

    @property
    def endpoint(self) -> str | None:
        """The endpoint's URL; None for AWS's own."""
        return self._config.endpoint_url

    @property
    def region(self) -> str:
        """The region that requests are signed for."""
        region: str = self.usual.meta.region_name
        return region

    def settings(self, endpoint: str | None, attempts: int, **s3: Any) -> dict[str, Any]:
        """What a client is told, apart from keys and endpoint; ``s3`` goes into the section of that name."""
        return {
            "signature_version": "s3v4",
            "s3": {
                "addressing_style": self._addressing(endpoint),
                "us_east_1_regional_endpoint": "regional",
                **s3,
            },
            "retries": {"mode": "standard", "total_max_attempts": attempts},
            "connect_timeout": CONNECT_TIMEOUT,
            "read_timeout": READ_TIMEOUT,
            "max_pool_connections": POOL_SIZE,
            "tcp_keepalive": True,
            # Each of these two costs botocore a tenth of a small request, for nothing that is needed here.
            "user_agent": f"pis-data/{pis_data.__version__} botocore/{botocore.__version__}",
            "parameter_validation": False,
            # Trailing checksums in a body of chunks are refused by many stores that speak S3 otherwise.
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }

    def region_or_default(self) -> str | None:
        """The region that is configured; other stores than AWS's take any, and this one is usual."""
        if self._config.region or self.endpoint is None:
            return self._config.region
        return "us-east-1"

    def keys(self) -> tuple[str | None, str | None, str | None]:
        """Access key, secret key, session token; None each: AWS's chain finds them."""
        config = self._config
        secrets = (config.access_key, config.secret_key, config.session_token)
        access, secret, token = (None if it is None else it.get_secret_value() for it in secrets)
        return access, secret, token

    def filesystem(self) -> Any:
        """An s3fs filesystem with the same keys and settings, and no cache of listings."""
        from s3fs import S3FileSystem

        access, secret, token = self.keys()
        return S3FileSystem(
            key=access,
            secret=secret,
            token=token,
            endpoint_url=self.endpoint,
            client_kwargs={"region_name": self.region_or_default()},
            config_kwargs=self.settings(self.endpoint, ATTEMPTS),
            use_listings_cache=False,
            skip_instance_cache=True,
        )

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            made, self._made = self._made, {}
        for client in made.values():
            client.close()

    def _renew(self) -> None:
        """Forget the parent process's clients without touching its connections."""
        self._lock = threading.Lock()  # the old one may have been held when the process was forked
        self._made = {}
        self._session = None
        self._process = os.getpid()

    def _client(self, name: str, endpoint: str | None, attempts: int, **s3: Any) -> Any:
        if self._process != os.getpid():
            self._renew()
        client = self._made.get(name)
        if client is None:
            with self._lock:
                client = self._made.get(name)
                if client is None:
                    client = self._made[name] = self._make(endpoint, attempts, **s3)
        return client

    def _make(self, endpoint: str | None, attempts: int, **s3: Any) -> Any:
        access, secret, token = self.keys()
        with translated(f"setting up the store {self._config.bucket!r}"):
            if self._session is None:
                self._session = botocore.session.Session()
                parsers = self._session.get_component("response_parser_factory")
                parsers.set_parser_defaults(timestamp_parser=_instant)
            client = self._session.create_client(
                "s3",
                region_name=self.region_or_default() or self._vendor_region(),
                endpoint_url=endpoint,
                aws_access_key_id=access,
                aws_secret_access_key=secret,
                aws_session_token=token,
                config=Config(**self.settings(endpoint, attempts, **s3)),
            )
        client.meta.events.register("before-call.s3.DeleteObjects", _add_content_md5)
        return client

    def _vendor_region(self) -> str:
        return self._session.get_config_variable("region") or "us-east-1"

    def _addressing(self, endpoint: str | None) -> str:
        """Where the bucket's name goes: AWS wants it in the host, others know their own host only."""
        if endpoint is not None and not f".{urlsplit(endpoint).hostname}".endswith(_VENDOR):
            return "path"
        # A dot in the name would not fit the certificate.
        return "path" if "." in self._config.bucket else "virtual"


def _instant(told: Any) -> datetime:
    """Read a time in S3's two forms; botocore's own way, which knows any, takes ten times as long."""
    try:
        return datetime.fromisoformat(told) if told[4] == "-" else parsedate_to_datetime(told)
    except (TypeError, ValueError, IndexError):
        found: datetime = parse_timestamp(told)
        return found


def _add_content_md5(params: dict[str, Any], **_: Any) -> None:
    """Send the checksum that older stores require beside the newer one that botocore sends."""
    body = params["body"]
    digest = md5(body if isinstance(body, bytes) else body.encode(), usedforsecurity=False).digest()
    params["headers"]["Content-MD5"] = b64encode(digest).decode()
