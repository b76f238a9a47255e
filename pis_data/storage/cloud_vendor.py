"""What the adapters over a vendor's SDK have in common: keys, places, a session of their own."""

from __future__ import annotations

import os
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .cloud import CloudStorage
from .cloud_hosts import Addressing, Host
from .cloud_protocol import new_session

if TYPE_CHECKING:
    from pis_data.config import StorageConfig

_OPEN = frozenset({"_session", "_client", "_signer", "_pid"})
"""What a copy in another process makes anew."""


class VendorStorage(CloudStorage):
    """A bucket at a vendor: ``endpoint`` is where requests go, ``public`` what URLs are signed for."""

    _signature: ClassVar[str]
    """What messages call the way of signing."""

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
        super().__init__(bucket, public_base)
        self._region = region
        self._keys = (access_key, secret_key, session_token)
        self._endpoint = endpoint
        self._public = public or endpoint
        self._reconnect()

    @classmethod
    def from_config(cls, config: StorageConfig, *, addressing: Addressing | None = None) -> Self:
        """Make the adapter that a configuration describes; ``addressing`` overrides what the host tells."""
        region = config.region or cls._region_of(config)
        endpoint, public = cls._places(config, region, addressing)
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

    @classmethod
    @abstractmethod
    def _region_of(cls, config: StorageConfig) -> str:
        """Return the region that the endpoint names; `ConfigurationError` if it names none."""

    @classmethod
    @abstractmethod
    def _places(cls, config: StorageConfig, region: str, addressing: Addressing | None) -> tuple[Host, Host]:
        """Return where requests go and what URLs are signed for."""

    @abstractmethod
    def _connect(self, host: Host) -> Any:
        """Return the SDK's client for a host, over this adapter's session."""

    # -- processes -------------------------------------------------------------------------------------

    def _reconnect(self) -> None:
        self._session = new_session()
        self._pid = os.getpid()
        self._client = self._connect(self._endpoint)
        self._signer = self._connect(self._public)

    @property
    def _sender(self) -> Any:
        """The client that sends requests: a forked process gets its own, since sockets are not for two."""
        if self._pid != os.getpid():
            self._reconnect()
        return self._client

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in _OPEN}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._reconnect()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    # -- the store -------------------------------------------------------------------------------------

    @property
    def location(self) -> str:
        """The endpoint and the bucket."""
        return f"{self._endpoint.url}/{self._bucket}"

    def health(self) -> dict[str, Any]:
        """Ask for one key; also tells region, signature version and the way of addressing."""
        return {
            **super().health(),
            "region": self._region,
            "signature": self._signature,
            "addressing": str(self._endpoint.addressing),
        }
