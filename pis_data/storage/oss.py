"""Alibaba Cloud OSS, through the vendor's SDK V2: V4 signatures, custom domains, temporary keys."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import quote

import alibabacloud_oss_v2 as sdk

from pis_data.errors import ConfigurationError

from .base import PresignRequest
from .cloud import CloudStorage
from .cloud_hosts import Addressing, Host, hosts
from .cloud_protocol import (
    CONNECT_TIMEOUT,
    READ_TIMEOUT,
    Call,
    RefusedError,
    Reply,
    UnreachableError,
    describe,
    new_session,
)
from .disposition import content_disposition
from .limits import MAX_EXPIRES

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

VENDOR = (".aliyuncs.com",)
_REGION = re.compile(r"(?:^|\.)(?:s3\.)?oss-([a-z]+-[a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


class OssStorage(CloudStorage):
    """A bucket at OSS.

    ``endpoint`` is where requests go (an internal endpoint, say), ``public`` what URLs are signed for.
    Signatures are V4, which OSS has been asking of new buckets since 2025.
    """

    kind = "oss"
    _prefix = "x-oss-"
    _service = "OSS"
    _max_key = 1023
    url_limits: Mapping[str, str] = {
        "unsigned content type": "OSS signs the Content-Type of every request that has one: a client that "
        "sends one needs a URL that was signed with it",
        "range past the end": "OSS answers a range that goes past the end with the whole object, unless the "
        "client sends x-oss-range-behavior: standard",
    }
    _read_headers: ClassVar[Mapping[str, str]] = {"x-oss-range-behavior": "standard"}

    def __init__(
        self,
        *,
        bucket: str,
        region: str,
        access_key: str,
        secret_key: str,
        session_token: str | None = None,
        endpoint: Host,
        public: Host | None = None,
        public_base: str | None = None,
    ) -> None:
        if not _BUCKET.fullmatch(bucket):
            raise ConfigurationError(
                f"STORAGE_BUCKET={bucket!r}: a bucket of OSS has 3 to 63 of a-z, 0-9 and '-', not at its ends"
            )
        super().__init__(bucket, public_base)
        self._region = region
        self._keys = (access_key, secret_key, session_token)
        self._endpoint = endpoint
        self._public = public or endpoint
        self._session = new_session()
        self._pid = os.getpid()
        self._client = self._connect(endpoint)
        self._signer = self._connect(self._public)

    @classmethod
    def from_config(cls, config: StorageConfig, *, addressing: Addressing | None = None) -> Self:
        """Make the adapter that a configuration describes; ``addressing`` overrides what the host tells."""
        region = config.region or _region(config)
        endpoint, public = hosts(config, f"oss-{region}.aliyuncs.com", VENDOR, addressing)
        assert config.access_key is not None
        assert config.secret_key is not None
        return cls(
            bucket=config.bucket,
            region=region,
            access_key=config.access_key.get_secret_value(),
            secret_key=config.secret_key.get_secret_value(),
            session_token=config.session_token.get_secret_value() if config.session_token else None,
            endpoint=endpoint,
            public=public,
            public_base=config.public_url,
        )

    def _connect(self, host: Host) -> Any:
        config = sdk.config.load_default()
        config.region = self._region
        config.endpoint = host.url
        config.use_cname = host.addressing is Addressing.DOMAIN
        config.use_path_style = host.addressing is Addressing.PATH
        config.credentials_provider = sdk.credentials.StaticCredentialsProvider(*self._keys)
        config.retry_max_attempts = 1  # we know better which request may be sent again
        config.http_client = _transport().RequestsHttpClient(
            session=self._session, connect_timeout=CONNECT_TIMEOUT, readwrite_timeout=READ_TIMEOUT
        )
        return sdk.Client(config, readwrite_timeout=READ_TIMEOUT)

    @property
    def location(self) -> str:
        """The endpoint and the bucket."""
        return f"{self._endpoint.url}/{self._bucket}"

    def health(self) -> dict[str, Any]:
        """Ask for one key; also tells region, signature version and the way of addressing."""
        return {
            **super().health(),
            "region": self._region,
            "signature": "v4",
            "addressing": str(self._endpoint.addressing),
        }

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in _OPEN}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._reconnect()

    def _reconnect(self) -> None:
        self._session = new_session()
        self._pid = os.getpid()
        self._client = self._connect(self._endpoint)
        self._signer = self._connect(self._public)

    def _send(self, call: Call) -> Reply:
        if self._pid != os.getpid():  # a fork: its parent's sockets are not for two
            self._reconnect()
        asked = sdk.OperationInput(
            op_name=call.method,
            method=call.method,
            headers=dict(call.headers),
            parameters=dict(call.parameters),
            body=call.body or None,
            bucket=self._bucket,
            key=call.key,
            op_metadata={"response-stream": call.stream},
        )
        try:
            output = self._client.invoke_operation(asked)
        except sdk.exceptions.OperationError as error:
            raise _translated(error.unwrap()) from error
        response = output.http_response
        headers = {name.lower(): value for name, value in response.headers.items()}
        if call.stream:
            return Reply(headers, stream=response.iter_bytes(block_size=65536), close=response.close)
        return Reply(headers, response.content)

    def _copy_source(self, key: str) -> str:
        return f"/{self._bucket}/{quote(key, safe='/')}"

    def _presign(self, request: PresignRequest) -> str:
        made: Any
        if request.upload_id is not None:
            made = sdk.UploadPartRequest(
                bucket=self._bucket,
                key=request.key,
                upload_id=request.upload_id,
                part_number=request.part_number,
            )
        elif request.method == "PUT":
            made = sdk.PutObjectRequest(
                bucket=self._bucket, key=request.key, content_type=request.content_type
            )
        else:
            name = request.download_name
            made = sdk.GetObjectRequest(
                bucket=self._bucket,
                key=request.key,
                response_content_disposition=None if name is None else content_disposition(name),
            )
        if request.method == "PUT":
            self._check_length(Call("PUT", request.key))
        # The SDK looks at the clock twice and cuts what is between off: 60 seconds would become 59.
        until = datetime.now(UTC) + timedelta(seconds=min(request.expires + 0.9, MAX_EXPIRES))
        url: str = self._signer.presign(made, expiration=until).url
        return url


_OPEN = frozenset({"_session", "_client", "_signer", "_pid"})


def _transport() -> ModuleType:
    from alibabacloud_oss_v2 import transport

    module: ModuleType = transport
    return module


def _translated(error: Exception) -> RefusedError | UnreachableError:
    if isinstance(error, sdk.exceptions.ServiceError):
        return RefusedError(error.status_code, error.code, error.message, error.request_id)
    if isinstance(error, sdk.exceptions.RequestError | sdk.exceptions.ResponseError):
        inner = error.unwrap()
        return describe(inner if isinstance(inner, BaseException) else error)
    return describe(error)


def _region(config: StorageConfig) -> str:
    found = _REGION.search(config.endpoint or "")
    if found is None:
        raise ConfigurationError(
            "OSS signs with the bucket's region: set STORAGE_REGION (cn-hangzhou, say), or an endpoint of "
            "the form oss-cn-hangzhou.aliyuncs.com"
        )
    return found[1]
