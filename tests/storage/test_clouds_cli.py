"""``pis-data storage`` on OSS and COS, as it is typed, at a bucket's custom domain."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import BUCKETS, Cloud
from .test_cli import Shell


@pytest.fixture(scope="module", params=["oss", "cos"])
def server(request: pytest.FixtureRequest) -> Iterator[WireServer]:
    with WireServer(request.param) as server:
        yield server


@pytest.fixture
def shell(server: WireServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Configured by its environment; the server is its proxy, since nobody else knows the domain."""
    resolve_wire_names(monkeypatch)
    with Cloud(server).storage() as storage:
        storage.ensure_bucket()
    shell = Shell(tmp_path)
    shell.environment |= {
        "http_proxy": server.url,
        "STORAGE_TYPE": server.dialect,
        "STORAGE_ENDPOINT": f"http://{server.domain}",
        "STORAGE_REGION": server.region,
        "STORAGE_BUCKET": BUCKETS[server.dialect],
        "STORAGE_ACCESS_KEY": server.access_key,
        "STORAGE_SECRET_KEY": server.secret_key,
    }
    return shell


def test_one_object_from_beginning_to_end(shell: Shell, server: WireServer) -> None:
    data = os.urandom(1_000_000) * 18
    (shell.folder / "照 片.jpg").write_bytes(data)
    put = shell.json("put", "照 片.jpg", "raw/album/", "--metadata", "who=张三")
    assert (put["key"], put["size"]) == ("raw/album/照 片.jpg", len(data))
    assert put["etag"].endswith("-2")
    assert shell.json("stat", put["key"])["metadata"] == {"who": "张三"}
    assert shell("ls", "raw/").stdout.decode().endswith("raw/album/照 片.jpg\n")
    shell("get", put["key"], "back.jpg")
    assert (shell.folder / "back.jpg").read_bytes() == data
    url = shell("url", put["key"]).stdout.decode().strip()
    assert url.startswith(f"http://{server.domain}/raw/album/")
    assert requests.get(url, proxies={"http": server.url}, timeout=60).content == data
    shell("put", "照 片.jpg", "raw/album/", "--no-replace", code=1)
    shell("rm", put["key"])
    assert b"no object" in shell("stat", put["key"], code=1).stderr


def test_errors_are_said_in_words(shell: Shell) -> None:
    shell.environment["STORAGE_SECRET_KEY"] = "not-the-secret"
    refused = shell("ls", code=1)
    assert b"STORAGE_SECRET_KEY" in refused.stderr or b"SignatureDoesNotMatch" in refused.stderr
    assert b"not-the-secret" not in refused.stderr
    assert b"Traceback" not in refused.stderr
