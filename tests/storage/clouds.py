"""OSS and COS storage on the wire servers, for tests of either or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pis_data.storage.cloud import CloudStorage
from pis_data.storage.cloud_hosts import Addressing, Host
from pis_data.storage.cos import CosStorage
from pis_data.storage.oss import OssStorage
from tests.wire import WireServer

BUCKETS = {"oss": "pis-photos", "cos": "pis-photos-1250000000"}


@dataclass
class Cloud:
    """A wire server, and storage on it."""

    server: WireServer

    @property
    def kind(self) -> str:
        return self.server.dialect

    def host(self, how: Addressing = Addressing.VIRTUAL) -> Host:
        name = {
            Addressing.VIRTUAL: self.server.host,
            Addressing.DOMAIN: self.server.domain,
            Addressing.PATH: "127.0.0.1",
        }[how]
        return Host("http", f"{name}:{self.server.port}", how)

    def storage(self, *, sts: bool = False, **options: Any) -> CloudStorage:
        server = self.server
        given: dict[str, Any] = {
            "bucket": BUCKETS[self.kind],
            "region": server.region,
            "access_key": server.sts_access_key if sts else server.access_key,
            "secret_key": server.sts_secret_key if sts else server.secret_key,
            "session_token": server.sts_token if sts else None,
            "endpoint": self.host(),
            **options,
        }
        return OssStorage(**given) if self.kind == "oss" else CosStorage(**given)

    def methods(self) -> list[str]:
        """What was asked since the server was calmed."""
        return [asked["method"] for asked in self.server.requests()]
