"""How a bucket is addressed at a host: by the vendor's own, a custom domain, or by path on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pis_data.config import StorageConfig
from pis_data.config.network import is_loopback


class Addressing(StrEnum):
    """Where the bucket's name stands."""

    VIRTUAL = "virtual"
    """Before the endpoint's host: the vendors' own endpoints take nothing else."""
    DOMAIN = "domain"
    """Nowhere: the host is a custom domain (CNAME), bound to this one bucket."""
    PATH = "path"
    """Before the key: emulators and test servers on this machine."""


@dataclass(frozen=True, slots=True)
class Host:
    """A place to send requests to, or to sign URLs for."""

    scheme: str
    netloc: str
    """Host, and port unless it is the scheme's own; without the bucket."""
    addressing: Addressing

    @property
    def url(self) -> str:
        """The host as a URL."""
        return f"{self.scheme}://{self.netloc}"


def host_of(url: str, bucket: str, vendor: tuple[str, ...], addressing: Addressing | None = None) -> Host:
    """Return how to address a bucket at a URL; ``vendor`` is how the vendor's own hosts end.

    Any other host is a custom domain, except this machine's. ``addressing`` overrides that.
    """
    parts = urlsplit(url)
    netloc, name = parts.netloc, parts.hostname or ""
    if name.endswith(vendor):
        found = Addressing.VIRTUAL
        netloc = netloc.removeprefix(bucket + ".")  # as consoles show it
    else:
        found = Addressing.PATH if is_loopback(name) else Addressing.DOMAIN
    return Host(parts.scheme, netloc, addressing or found)


def hosts(
    config: StorageConfig, default: str, vendor: tuple[str, ...], addressing: Addressing | None = None
) -> tuple[Host, Host]:
    """Return where requests go and what URLs are signed for."""
    where = config.endpoint_url or f"{'https' if config.use_ssl else 'http'}://{default}"
    endpoint = host_of(where, config.bucket, vendor, addressing)
    if config.presign_url is None:
        return endpoint, endpoint
    return endpoint, host_of(config.presign_url, config.bucket, vendor, addressing)
