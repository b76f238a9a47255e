"""The wire servers, and names for them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.wire import WireServer


def _server(dialect: str) -> Iterator[WireServer]:
    with WireServer(dialect) as server:
        yield server


@pytest.fixture(scope="session")
def oss_server() -> Iterator[WireServer]:
    yield from _server("oss")


@pytest.fixture(scope="session")
def cos_server() -> Iterator[WireServer]:
    yield from _server("cos")


@pytest.fixture
def oss(oss_server: WireServer) -> Iterator[WireServer]:
    yield oss_server
    oss_server.calm()
    oss_server.empty()


@pytest.fixture
def cos(cos_server: WireServer) -> Iterator[WireServer]:
    yield cos_server
    cos_server.calm()
    cos_server.empty()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[WireServer]:
    yield from _server("s3")


@pytest.fixture
def s3(s3_server: WireServer) -> Iterator[WireServer]:
    yield s3_server
    s3_server.calm()
    s3_server.empty()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every name below ``wire.test`` be this machine, in this process."""
    resolve_wire_names(monkeypatch)


def resolve_wire_names(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return real("127.0.0.1" if str(name).endswith(".wire.test") else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
