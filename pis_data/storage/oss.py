"""Alibaba Cloud OSS, through the vendor's SDK V2: V4 signatures, custom domains, temporary keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

import alibabacloud_oss_v2 as sdk

from pis_data.errors import ConfigurationError

from .base import PresignRequest
from .cloud_hosts import Addressing, Host, hosts
from .cloud_protocol import (
    CONNECT_TIMEOUT,
    READ_TIMEOUT,
    Call,
    RefusedError,
    Reply,
    UnreachableError,
    describe,
)
from .cloud_vendor import VendorStorage
from .disposition import content_disposition
from .limits import MAX_EXPIRES

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

VENDOR = (".aliyuncs.com",)
_REGION = re.compile(r"(?:^|\.)(?:s3\.)?oss-([a-z]+-[a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


class OssStorage(VendorStorage):
    """A bucket at OSS. Signatures are V4, which OSS has been asking of new buckets since 2025."""

    kind = "oss"
    _prefix = "x-oss-"
    _service = "OSS"
    _signature = "v4"
    _max_key = 1023
    url_limits: Mapping[str, str] = {
        "unsigned content type": "OSS signs the Content-Type of every request that has one: a client that "
        "sends one needs a URL that was signed with it",
        "range past the end": "OSS answers a range that goes past the end with the whole object, unless the "
        "client sends x-oss-range-behavior: standard",
    }
    _read_headers: ClassVar[Mapping[str, str]] = {"x-oss-range-behavior": "standard"}

    def __init__(self, *, bucket: str, **options: Any) -> None:
        if not _BUCKET.fullmatch(bucket):
            raise ConfigurationError(
                f"STORAGE_BUCKET={bucket!r}: a bucket of OSS has 3 to 63 of a-z, 0-9 and '-', not at its ends"
            )
        super().__init__(bucket=bucket, **options)

    @classmethod
    def _region_of(cls, config: StorageConfig) -> str:
        found = _REGION.search(config.endpoint or "")
        if found is None:
            raise ConfigurationError(
                "OSS signs with the bucket's region: set STORAGE_REGION (cn-hangzhou, say), or an endpoint "
                "of the form oss-cn-hangzhou.aliyuncs.com"
            )
        return found[1]

    @classmethod
    def _places(cls, config: StorageConfig, region: str, addressing: Addressing | None) -> tuple[Host, Host]:
        return hosts(config, f"oss-{region}.aliyuncs.com", VENDOR, addressing)

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

    def _send(self, call: Call) -> Reply:
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
            output = self._sender.invoke_operation(asked)
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
