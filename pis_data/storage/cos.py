"""Tencent Cloud COS, through the vendor's SDK: its signatures and addressing, our requests.

Of the SDK (cos-python-sdk-v5) we use the signing and the sending. Its methods above that retry by their own
rules, evaluate answers as Python source, and sign URLs without the token of temporary keys.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

import qcloud_cos as sdk
from qcloud_cos.cos_auth import CosS3Auth

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

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

VENDOR = (".myqcloud.com", ".tencentcos.cn")
_REGION = re.compile(r"(?:^|\.)cos(?:-internal)?\.([a-z]+-[a-z0-9-]+)\.(?:myqcloud\.com|tencentcos\.cn)$")
_BUCKET = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?-[0-9]{8,}")
_LIFE = 900
"""Seconds that the signature of a request is good for."""

# It logs every answer that is no success as an error of the application; we raise, and that is enough.
for _name in ("qcloud_cos.cos_client", "qcloud_cos.cos_comm"):
    if logging.getLogger(_name).level == logging.NOTSET:
        logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class CosStorage(VendorStorage):
    """A bucket at COS; its name ends in the account's APPID, as in ``photos-1250000000``."""

    kind = "cos"
    _prefix = "x-cos-"
    _service = "COS"
    _signature = "q-sign (sha1)"
    _max_key = 850

    def __init__(self, *, bucket: str, endpoint: Host, public: Host | None = None, **options: Any) -> None:
        if not _BUCKET.fullmatch(bucket):
            raise ConfigurationError(
                f"STORAGE_BUCKET={bucket!r}: a bucket of COS is named with the account's APPID behind it, as "
                "photos-1250000000 (a-z, 0-9 and '-')"
            )
        where, shown = _by_domain(endpoint), _by_domain(public or endpoint)
        super().__init__(bucket=bucket, endpoint=where, public=shown, **options)

    @classmethod
    def _region_of(cls, config: StorageConfig) -> str:
        found = _REGION.search(config.endpoint or "")
        if found is None:
            raise ConfigurationError(
                "COS needs the bucket's region: set STORAGE_REGION (ap-guangzhou, say), or an endpoint of "
                "the form cos.ap-guangzhou.myqcloud.com"
            )
        return found[1]

    @classmethod
    def _places(cls, config: StorageConfig, region: str, addressing: Addressing | None) -> tuple[Host, Host]:
        return hosts(config, f"cos.{region}.myqcloud.com", VENDOR, addressing)

    def _connect(self, host: Host) -> Any:
        access_key, secret_key, token = self._keys
        where = "Domain" if host.addressing is Addressing.DOMAIN else "Endpoint"
        config = sdk.CosConfig(
            Region=self._region,
            SecretId=access_key,
            SecretKey=secret_key,
            Token=token,
            Scheme=host.scheme,
            Timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
            VerifySSL=True,
            **{where: host.netloc},
        )
        # Retries are ours; so is the pool, which the SDK's clients would share with everyone's.
        return sdk.CosS3Client(config, retry=0, session=self._session)

    def _send(self, call: Call) -> Reply:
        client = self._sender
        config = client.get_conf()
        parameters = dict(call.parameters)
        try:
            response = client.send_request(
                method=call.method,
                url=config.uri(bucket=self._bucket, path=call.key),
                bucket=self._bucket,
                auth=CosS3Auth(config, call.key, parameters, expire=_LIFE),
                params=parameters,
                headers=dict(call.headers),
                data=call.body,
                stream=call.stream,
            )
        except sdk.CosServiceError as error:
            raise _refused(error) from error
        except sdk.CosClientError as error:
            raise describe(error) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        if call.stream:
            return Reply(headers, stream=response.iter_content(65536), close=response.close)
        try:
            return Reply(headers, response.content)
        except OSError as error:  # requests' errors are OSErrors: the answer broke off
            raise describe(error) from error

    def _copy_source(self, key: str) -> str:
        host = f"cos.{self._region}.myqcloud.com"
        if self._endpoint.addressing is Addressing.VIRTUAL:
            host = self._endpoint.netloc
        return f"{self._bucket}.{host}/{quote(key, safe='/')}"

    def _presign(self, request: PresignRequest) -> str:
        parameters: dict[str, str] = {}
        headers: dict[str, str] = {}
        if request.method == "PUT":
            self._check_length(Call("PUT", request.key))
        if request.upload_id is not None:
            parameters |= {"partNumber": str(request.part_number), "uploadId": request.upload_id}
        if request.content_type is not None:
            headers["Content-Type"] = request.content_type
        if request.download_name is not None:
            parameters["response-content-disposition"] = content_disposition(request.download_name)
        token = self._keys[2]
        if token:
            parameters["x-cos-security-token"] = token
        signature = self._signer.get_auth(
            request.method, self._bucket, request.key, request.expires, headers, parameters
        )
        query = urlencode(
            [*parameters.items(), *parse_qsl(signature, keep_blank_values=True)], quote_via=quote, safe=""
        )
        url: str = self._signer.get_conf().uri(bucket=self._bucket, path=request.key)
        return f"{url}?{query}"


def _by_domain(host: Host) -> Host:
    """COS has no addressing by path: this machine's own addresses count as custom domains."""
    if host.addressing is not Addressing.PATH:
        return host
    return Host(host.scheme, host.netloc, Addressing.DOMAIN)


def _refused(error: Any) -> RefusedError | UnreachableError:
    told = error.get_digest_msg()
    if not isinstance(told, dict):
        status = error.get_status_code()
        return RefusedError(status, "NoSuchResource" if status == 404 else f"HTTP {status}", "")
    return RefusedError(
        error.get_status_code(), told.get("code", ""), told.get("message", ""), told.get("requestid", "")
    )
