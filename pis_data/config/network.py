"""Whether a host is near (this machine, this network) and so spoken to without TLS unless told otherwise."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from enum import StrEnum

_PRIVATE = [
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
]
_LOOPBACK = "the host is this machine (loopback)"


class SslMode(StrEnum):
    """How a connection is encrypted, in libpq's words."""

    DISABLE = "disable"
    ALLOW = "allow"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_CA = "verify-ca"
    VERIFY_FULL = "verify-full"

    @property
    def verifies(self) -> bool:
        """Whether the server's certificate is verified."""
        return self in {SslMode.VERIFY_CA, SslMode.VERIFY_FULL}


@dataclass(frozen=True, slots=True)
class TlsDecision:
    """The mode in force, and why: ``str()`` is the line that the engine logs."""

    mode: SslMode
    reason: str
    explicit: bool

    def __str__(self) -> str:
        return f"TLS {self.mode}: {self.reason}"


def near(host: str) -> str | None:
    """Why a host counts as near, or None if it doesn't: loopback, private address, one-label name."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return _near_name(host)
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return _LOOPBACK
    if any(address in network for network in _PRIVATE if network.version == address.version):
        return "the host has a private address"
    return None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    return near(host) == _LOOPBACK


def _near_name(host: str) -> str | None:
    name = host.rstrip(".").lower()
    if name == "localhost":
        return _LOOPBACK
    # A lone number is an IPv4 address to most resolvers (134744072 is 8.8.8.8), not a name.
    is_number = name.isdigit() or name.startswith("0x")
    if "." not in name and not is_number:
        return "the host name has one label, so it is this network's own"
    return None


def decide_tls(mode: SslMode | None, *, host: str | None, has_ca: bool, on_socket: bool) -> TlsDecision:
    """Settle the mode for a connection: what was asked for, else by how near the host is."""
    if mode is not None:
        return TlsDecision(mode, "as configured", explicit=True)
    if on_socket:
        return TlsDecision(SslMode.DISABLE, "the connection is a Unix socket", explicit=False)
    if has_ca:
        return TlsDecision(SslMode.VERIFY_FULL, "certificates to trust are configured", explicit=False)
    reason = near(host or "localhost")
    if reason is not None:
        return TlsDecision(SslMode.DISABLE, f"{reason}; DATABASE_SSL=true turns it on", explicit=False)
    return TlsDecision(
        SslMode.VERIFY_FULL, "the host is on another network; DATABASE_SSL_MODE changes it", explicit=False
    )
