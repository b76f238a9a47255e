"""The app behind local storage's URLs, called in process and run by a real server."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from pis_data.errors import StorageUnavailableError
from pis_data.storage.local import LocalStorage
from pis_data.storage.server import create_app
from pis_data.testing.storage_http import Fetch, in_process, over_the_network

from .conftest import debris

MIB = 1024 * 1024


def test_head_tells_what_get_would(local: LocalStorage, fetch: Fetch) -> None:
    local.upload("a.png", b"0123456789")
    url = local.get_presigned_get_url("a.png")
    get, head = fetch("GET", url), fetch("HEAD", url)
    assert (head.status, head.content) == (200, b"")
    assert head.headers == get.headers
    ranged = fetch("HEAD", url, {"Range": "bytes=0-1"})
    assert (ranged.status, ranged.headers["content-length"]) == (206, "2")


@pytest.mark.parametrize(
    ("asked", "status", "wanted"),
    [
        ("bytes=0-0", 206, b"0"),
        ("bytes=0-9", 206, b"0123456789"),
        ("bytes=-100", 206, b"0123456789"),
        ("Bytes=3-", 206, b"3456789"),
        ("bytes=5-2", 200, b"0123456789"),
        ("bytes=a-b", 200, b"0123456789"),
        ("bytes=-", 200, b"0123456789"),
        ("items=0-1", 200, b"0123456789"),
        ("bytes=0-1,4-5", 200, b"0123456789"),
        ("bytes=10-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9999999999999999999-", 416, None),
    ],
)
def test_ranges(local: LocalStorage, fetch: Fetch, asked: str, status: int, wanted: bytes | None) -> None:
    local.upload("a", b"0123456789")
    answer = fetch("GET", local.get_presigned_get_url("a"), {"Range": asked})
    assert answer.status == status
    if wanted is None:
        assert answer.headers["content-range"] == "bytes */10"
    else:
        assert answer.content == wanted
        assert answer.headers["content-length"] == str(len(wanted))


def test_an_empty_object(local: LocalStorage, fetch: Fetch) -> None:
    local.upload("a", b"")
    url = local.get_presigned_get_url("a")
    assert (fetch("GET", url).status, fetch("GET", url).headers["content-length"]) == (200, "0")
    assert fetch("GET", url, {"Range": "bytes=0-"}).status == 416


def test_conditions(local: LocalStorage, fetch: Fetch) -> None:
    etag = f'"{local.upload("a", b"0123456789").etag}"'
    url = local.get_presigned_get_url("a")
    for header in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = fetch("GET", url, {"If-None-Match": header})
        assert (answer.status, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert fetch("GET", url, {"Range": "bytes=0-0", "If-Range": etag}).status == 206
    assert fetch("GET", url, {"Range": "bytes=0-0", "If-Range": '"other"'}).status == 200


def test_what_is_stored_can_not_attack_its_reader(local: LocalStorage, fetch: Fetch) -> None:
    local.upload("page.html", b"<script>alert(1)</script>", metadata={"a": "b"})
    answer = fetch("GET", local.get_presigned_get_url("page.html"))
    assert answer.headers["content-type"] == "text/html"
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_name_to_save_under_can_not_make_headers(local: LocalStorage, fetch: Fetch) -> None:
    local.upload("a", b"x")
    url = local.get_presigned_get_url("a", download_name='a"; filename=evil.exe; x="/../照.jpg')
    header = fetch("GET", url).headers["content-disposition"]
    assert header.startswith('attachment; filename="a__ filename=evil.exe_ x=__..__.jpg"; filename*=UTF-8')
    assert "/" not in header


def test_refusals_are_short_plain_and_name_no_folder(
    local: LocalStorage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = local.get_presigned_get_url("a")
    for answer, status in (
        (fetch("GET", url.partition("?")[0]), 403),
        (fetch("GET", url + "x"), 403),
        (fetch("GET", url), 404),
        (fetch("POST", url), 405),
        (fetch("GET", "http://127.0.0.1:8333/../../etc/passwd"), 400),
        (fetch("GET", "http://127.0.0.1:8333//etc/passwd"), 400),
    ):
        assert answer.status == status
        assert answer.headers["content-type"].startswith("text/plain")
        assert len(answer.content) < 200
        assert str(local.path).encode() not in answer.content
    local.path.rename(local.path.with_name("gone"))
    answer = in_process(LocalStorage(local.path, signing_key="k"))(
        "GET", LocalStorage(local.path, signing_key="k").get_presigned_get_url("a")
    )
    assert (answer.status, answer.content) == (503, b"the store can't serve this now\n")


def test_put_refuses_what_a_store_refuses(local: LocalStorage, fetch: Fetch) -> None:
    put = local.get_presigned_put_url("a")
    assert fetch("PUT", put, {"If-None-Match": "*"}, b"first").status == 200
    assert fetch("PUT", put, {"If-None-Match": "*"}, b"second").status == 412
    assert fetch("PUT", put, {"Content-Type": "no type"}, b"second").status == 400
    part = local.get_presigned_part_url("a", "0" * 32, 1)
    assert fetch("PUT", part, content=b"x").status == 400
    assert local.download("a") == b"first"


def test_put_without_a_content_type_takes_it_from_the_key(local: LocalStorage, fetch: Fetch) -> None:
    fetch("PUT", local.get_presigned_put_url("a.webp"), content=b"x")
    assert local.stat("a.webp").content_type == "image/webp"


def test_put_holds_to_its_limit(local: LocalStorage) -> None:
    fetch = in_process(local, max_upload_bytes=1000)
    put = local.get_presigned_put_url("a")
    assert fetch("PUT", put, content=b"x" * 1000).status == 200
    assert fetch("PUT", put, content=b"y" * 1001).status == 413
    assert fetch("PUT", put, {"Content-Length": "10"}, b"y" * 200_000).status == 413
    assert local.download("a") == b"x" * 1000
    assert debris(local) == []


def call_app(
    app: Any, url: str, messages: list[dict[str, Any]], headers: dict[str, str]
) -> list[dict[str, Any]]:
    """Send a request whose body comes as exactly these messages; after them the client is silent."""
    parts = urlsplit(url)
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "method": "PUT",
        "path": parts.path,
        "query_string": parts.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(60)
        raise AssertionError("nobody gave up")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def test_a_client_that_goes_away_leaves_what_was_there(local: LocalStorage) -> None:
    local.upload("a", b"old")
    pieces = [{"type": "http.request", "body": b"x" * MIB, "more_body": True} for _ in range(3)]
    call_app(create_app(local), local.get_presigned_put_url("a"), [*pieces, {"type": "http.disconnect"}], {})
    assert local.download("a") == b"old"
    assert debris(local) == []


def test_a_client_that_falls_silent_is_given_up(local: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pis_data.storage.server.IDLE_SECONDS", 0.2)
    pieces = [{"type": "http.request", "body": b"x", "more_body": True}]
    sent = call_app(create_app(local), local.get_presigned_put_url("a"), pieces, {})
    assert sent[0]["status"] == 408
    assert not local.exists("a")
    assert debris(local) == []


def test_browsers_of_other_sites_only_where_allowed(local: LocalStorage) -> None:
    put = local.get_presigned_put_url("a", content_type="image/jpeg")
    preflight = {
        "Origin": "https://pis.test",
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = in_process(local, allow_origins=["https://pis.test"])
    answer = allowed("OPTIONS", put, preflight)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "https://pis.test"
    assert "PUT" in answer.headers["access-control-allow-methods"]
    answer = allowed("PUT", put, {"Origin": "https://pis.test", "Content-Type": "image/jpeg"}, b"x")
    assert answer.status == 200
    assert "etag" in answer.headers["access-control-expose-headers"].lower()
    assert allowed("OPTIONS", put, {**preflight, "Origin": "https://evil.test"}).status == 400
    plain = in_process(local)("OPTIONS", put, preflight)
    assert plain.status == 405
    assert "access-control-allow-origin" not in plain.headers


def test_public_prefixes_are_readable_and_nothing_else(local: LocalStorage) -> None:
    for key in ("processed/thumbs/a 1.jpg", "processed-not/a", "raw/a"):
        local.upload(key, key.encode())
    fetch = in_process(local, public_prefixes=["processed/"])
    answer = fetch("GET", local.public_url("processed/thumbs/a 1.jpg"))
    assert (answer.status, answer.content) == (200, b"processed/thumbs/a 1.jpg")
    assert answer.headers["cache-control"] == "public, no-cache"
    assert fetch("GET", local.public_url("processed/none")).status == 404
    for key in ("processed-not/a", "raw/a", "processed"):
        assert fetch("GET", local.public_url(key)).status == 403
    assert fetch("PUT", local.public_url("processed/new"), content=b"x").status == 403
    assert fetch("GET", local.public_url("processed/thumbs/a 1.jpg") + "?expires=1&signature=x").status == 403
    assert in_process(local)("GET", local.public_url("processed/thumbs/a 1.jpg")).status == 403
    for path in ("processed/../raw/a", "processed/%2e%2e/raw/a", "processed//a"):
        assert fetch("GET", f"http://127.0.0.1:8333/{path}").status == 400


def test_below_a_path_of_the_public_address(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path, public_url="https://pis.test/my store")
    storage.ensure_bucket()
    storage.upload("a", b"x")
    fetch = in_process(storage)
    url = storage.get_presigned_get_url("a")
    assert fetch("GET", url).content == b"x"
    assert fetch("GET", url.replace("/my%20store/", "/").replace("/my store/", "/")).status == 404


def test_its_health(local: LocalStorage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetch("GET", "http://127.0.0.1:8333/").status == 200

    def ill() -> None:
        raise StorageUnavailableError(f"{local.path} is ill")

    monkeypatch.setattr(local, "health", ill)
    answer = fetch("GET", "http://127.0.0.1:8333/")
    assert answer.status == 503
    assert str(local.path).encode() not in answer.content


# -- a real server ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStorage]:
    """A store that ``pis-data storage serve`` serves in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    path = tmp_path_factory.mktemp("served") / "store"
    storage = LocalStorage(path, public_url=f"http://127.0.0.1:{port}")
    storage.ensure_bucket()
    environment = {**os.environ, "STORAGE_TYPE": "local", "STORAGE_PATH": str(path)}
    command = [sys.executable, "-m", "pis_data", "storage", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(1200):
            if server.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                break
        assert server.poll() is None, server.communicate()[1]
        yield storage
    finally:
        server.terminate()
        _, log = server.communicate(timeout=60)
    assert "Traceback" not in log
    assert "signature" not in log


def test_a_real_server_serves(served: LocalStorage) -> None:
    key, data = "raw/照片 1%.jpg", os.urandom(3 * MIB)
    put = served.get_presigned_put_url(key, content_type="image/jpeg")
    assert httpx.put(put, content=data, headers={"Content-Type": "image/png"}).status_code == 403
    assert httpx.put(put, content=data, headers={"Content-Type": "image/jpeg"}).status_code == 200
    get = served.get_presigned_get_url(key)
    answer = httpx.get(get)
    assert answer.content == data
    assert "uvicorn" not in answer.headers.get("server", "")
    assert httpx.get(get, headers={"Range": "bytes=5-9"}).content == data[5:10]
    assert over_the_network("GET", get).content == data
    streamed = httpx.put(served.get_presigned_put_url("chunked"), content=(data[:MIB] for _ in range(3)))
    assert streamed.status_code == 200
    assert served.stat("chunked").size == 3 * MIB


def test_an_upload_cut_off_on_the_wire_leaves_nothing(served: LocalStorage) -> None:
    url = urlsplit(served.get_presigned_put_url("cut"))
    with socket.create_connection((url.hostname or "", url.port or 0)) as line:
        head = (
            f"PUT {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Length: {5 * MIB}\r\n\r\n"
        )
        line.sendall(head.encode() + b"x" * (2 * MIB))
        assert eventually(lambda: debris(served) != [])  # it is being written
    assert eventually(lambda: debris(served) == [])
    assert not served.exists("cut")


def test_a_real_server_streams_in_bounded_memory(served: LocalStorage) -> None:
    served.upload("big", b"\0" * (64 * MIB))
    status = Path(f"/proc/{server_pid(served)}/status")
    httpx.get(served.get_presigned_get_url("chunked" if served.exists("chunked") else "big"))
    before = resident(status)
    with httpx.stream("GET", served.get_presigned_get_url("big")) as answer:
        assert sum(len(chunk) for chunk in answer.iter_bytes()) == 64 * MIB
    put = served.get_presigned_put_url("big-again")
    assert httpx.put(put, content=(b"\0" * MIB for _ in range(64))).status_code == 200
    assert served.stat("big-again").size == 64 * MIB
    assert resident(status) - before < 32


def eventually(true: Callable[[], bool]) -> bool:
    """Wait a little for something to become so."""
    for _ in range(1500):
        if true():
            return True
        time.sleep(0.02)
    return False


def server_pid(served: LocalStorage) -> int:
    """The process whose environment names this store."""
    wanted = f"STORAGE_PATH={served.path}".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in path.read_bytes().split(b"\0") and path.parent.name != str(os.getpid()):
                return int(path.parent.name)
        except OSError:
            continue
    raise AssertionError("the server is not running")


def resident(status: Path) -> int:
    """The most memory that the process has held, in MiB."""
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024
