"""Tencent Cloud COS, through the vendor's SDK: its signatures and addressing, our requests.

Of the SDK (cos-python-sdk-v5) we use the signing and the sending. Its methods above that retry by their own
rules, evaluate answers as Python source, and sign URLs without the token of temporary keys.
"""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl, quote, urlencode

import qcloud_cos as sdk
from qcloud_cos.cos_auth import CosS3Auth

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

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

VENDOR = (".myqcloud.com", ".tencentcos.cn")
_REGION = re.compile(r"(?:^|\.)cos(?:-internal)?\.([a-z]+-[a-z0-9-]+)\.(?:myqcloud\.com|tencentcos\.cn)$")
_BUCKET = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?-[0-9]{8,}")
_LIFE = 900
"""Seconds that the signature of a request is good for."""
_OPEN = frozenset({"_session", "_client", "_signer", "_pid"})

# It logs every answer that is no success as an error of the application; we raise, and that is enough.
for _name in ("qcloud_cos.cos_client", "qcloud_cos.cos_comm"):
    if logging.getLogger(_name).level == logging.NOTSET:
        logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class CosStorage(CloudStorage):
    """A bucket at COS; its name ends in the account's APPID, as in ``photos-1250000000``.

    ``endpoint`` is where requests go, ``public`` what URLs are signed for.
    """

    kind = "cos"
    _prefix = "x-cos-"
    _service = "COS"
    _max_key = 850

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
                f"STORAGE_BUCKET={bucket!r}: a bucket of COS is named with the account's APPID behind it, as "
                "photos-1250000000 (a-z, 0-9 and '-')"
            )
        super().__init__(bucket, public_base)
        self._region = region
        self._keys = (access_key, secret_key, session_token)
        self._endpoint = _by_domain(endpoint)
        self._public = _by_domain(public or endpoint)
        self._reconnect()

    @classmethod
    def from_config(cls, config: StorageConfig, *, addressing: Addressing | None = None) -> Self:
        """Make the adapter that a configuration describes; ``addressing`` overrides what the host tells."""
        region = config.region or _region(config)
        endpoint, public = hosts(config, f"cos.{region}.myqcloud.com", VENDOR, addressing)
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

    def _reconnect(self) -> None:
        self._session = new_session()
        self._pid = os.getpid()
        self._client = self._connect(self._endpoint)
        self._signer = self._connect(self._public)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in _OPEN}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._reconnect()

    @property
    def location(self) -> str:
        """The endpoint and the bucket."""
        return f"{self._endpoint.url}/{self._bucket}"

    def health(self) -> dict[str, Any]:
        """Ask for one key; also tells region, signature version and the way of addressing."""
        return {
            **super().health(),
            "region": self._region,
            "signature": "q-sign (sha1)",
            "addressing": str(self._endpoint.addressing),
        }

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _send(self, call: Call) -> Reply:
        if self._pid != os.getpid():  # a fork: its parent's sockets are not for two
            self._reconnect()
        config = self._client.get_conf()
        parameters = dict(call.parameters)
        try:
            response = self._client.send_request(
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


def _region(config: StorageConfig) -> str:
    found = _REGION.search(config.endpoint or "")
    if found is None:
        raise ConfigurationError(
            "COS needs the bucket's region: set STORAGE_REGION (ap-guangzhou, say), or an endpoint of the "
            "form cos.ap-guangzhou.myqcloud.com"
        )
    return found[1]
