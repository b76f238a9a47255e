"""OSS and COS when things go wrong, and what the suite is too small to show; each test on both."""

from __future__ import annotations

import gzip
import hashlib
import io
import multiprocessing
import pickle
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    IntegrityError,
    MultipartError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)
from pis_data.storage import cloud as module
from pis_data.storage.cloud import CloudStorage
from pis_data.storage.cloud_hosts import Addressing, Host
from pis_data.storage.filesystem import ObjectFileSystem
from pis_data.testing.storage_base import OneWay
from pis_data.testing.storage_http import over_the_network as fetch
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import BUCKETS, Cloud
from .stream import memory_for_a_stream

MIB = 1024 * 1024
BIG = hashlib.shake_128(b"clouds").digest(5 * MIB) * 8
"""Larger than what goes in one request."""


@pytest.fixture(scope="module", params=["oss", "cos"])
def server(request: pytest.FixtureRequest) -> Iterator[WireServer]:
    with WireServer(request.param) as server:
        yield server


@pytest.fixture
def cloud(server: WireServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    resolve_wire_names(monkeypatch)
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    yield Cloud(server)
    server.calm()
    server.empty()


@pytest.fixture
def storage(cloud: Cloud) -> Iterator[CloudStorage]:
    with cloud.storage() as storage:
        storage.ensure_bucket()
        cloud.server.calm()
        yield storage


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A port that speaks TLS with a certificate that nobody vouches for."""
    folder = tmp_path_factory.mktemp("tls")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    command += ["-subj", "/CN=127.0.0.1", "-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


# -- passing trouble ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "status": 503, "code": "ServiceUnavailable"},
        {"kind": "error", "status": 503, "code": "SlowDown"},
        {"kind": "error", "status": 500, "code": "InternalError"},
        {"kind": "error", "status": 400, "code": "RequestTimeout", "method": "PUT"},
        {"kind": "reset"},
        {"kind": "lost"},
    ],
    ids=lambda fault: fault.get("code", fault["kind"]),
)
def test_trouble_that_passes_is_not_noticed(
    storage: CloudStorage, cloud: Cloud, fault: dict[str, str]
) -> None:
    def troubled() -> CloudStorage:
        cloud.server.calm()
        cloud.server.fault(**fault, times=2)
        return storage

    assert troubled().upload("a", b"0123456789", metadata={"a": "b"}).size == 10
    assert troubled().stat("a").metadata == {"a": "b"}
    assert troubled().download("a") == b"0123456789"
    assert troubled().copy("a", "b").size == 10
    assert [info.key for info in troubled().list()] == ["a", "b"]
    assert troubled().delete_many(["b"]) == []
    upload_id = storage.init_multipart_upload("c")
    etag = troubled().upload_part("c", upload_id, 1, b"part")
    assert [found.upload_id for found in troubled().list_multipart_uploads()] == [upload_id]
    storage.complete_multipart_upload("c", upload_id, [(1, etag)])
    troubled().delete("a")
    assert not troubled().exists("a")
    assert troubled().health()["latency_ms"] > 0


def test_trouble_that_stays_is_told(storage: CloudStorage, cloud: Cloud) -> None:
    storage.upload("a", b"x")
    for fault in ({"kind": "error", "status": 503, "code": "SlowDown"}, {"kind": "reset"}):
        for ask in (
            storage.download,
            storage.stat,
            storage.exists,
            storage.delete,
            lambda _: [*storage.list()],
        ):
            cloud.server.calm()
            cloud.server.fault(**fault, times=99)
            with pytest.raises(StorageUnavailableError):
                ask("a")
            assert len(cloud.methods()) == module.ATTEMPTS
    cloud.server.calm()
    assert storage.exists("a")


def test_only_what_is_safe_is_asked_again(storage: CloudStorage, cloud: Cloud) -> None:
    """A create-only write whose answer is lost may have been done: asked again, it would refuse itself."""
    cloud.server.fault(kind="lost", method="PUT")
    with pytest.raises(StorageUnavailableError):
        storage.upload("a", b"1", if_none_match=True)
    assert cloud.methods() == ["PUT"]
    cloud.server.fault(kind="error", method="PUT", code="SlowDown")
    storage.upload("b", b"1", if_none_match=True)
    with pytest.raises(PreconditionFailedError):
        storage.upload("b", b"2", if_none_match=True)
    cloud.server.fault(kind="lost", method="POST")
    with pytest.raises(StorageUnavailableError):
        storage.init_multipart_upload("c")


def test_an_answer_that_takes_too_long(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"pis_data.storage.{cloud.kind}.READ_TIMEOUT", 0.5)
    with cloud.storage() as storage:
        storage.ensure_bucket()
        cloud.server.fault(kind="slow", delay=2)
        storage.upload("a", b"x")
        cloud.server.fault(kind="slow", delay=2, times=9)
        with pytest.raises(StorageUnavailableError, match="in time"):
            storage.exists("a")


# -- bytes that change on their way ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["truncate", "reset-body"])
def test_a_download_that_breaks_goes_on_where_it_broke(
    storage: CloudStorage, cloud: Cloud, kind: str
) -> None:
    storage.upload("a", BIG)
    cloud.server.fault(kind=kind, method="GET", times=2)
    assert storage.download("a") == BIG
    ranges = [asked["headers"]["range"] for asked in cloud.server.requests() if asked["method"] == "GET"]
    assert len(ranges) >= 3
    if kind == "truncate":  # after a reset, what had arrived may be lost too
        assert ranges[1].startswith("bytes=524288-")


def test_a_download_that_is_cut_short_is_an_error(
    storage: CloudStorage, cloud: Cloud, tmp_path: Path
) -> None:
    storage.upload("a", BIG[:MIB])
    cloud.server.fault(kind="truncate", method="GET", times=99)
    for read in (storage.download, lambda key: storage.download_to(key, tmp_path / "f")):
        with pytest.raises(IntegrityError, match=r"cut short|ended"):
            read("a")
    cloud.server.calm()
    cloud.server.fault(kind="reset-body", method="GET", times=99)
    with pytest.raises(StorageUnavailableError):
        storage.download("a")
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_is_changed_is_an_error(storage: CloudStorage, cloud: Cloud, tmp_path: Path) -> None:
    storage.upload("a", BIG)
    for read in (storage.download, lambda key: storage.download_to(key, tmp_path / "f")):
        cloud.server.fault(kind="corrupt", method="GET", skip=1)
        with pytest.raises(IntegrityError, match="CRC-64"):
            read("a")
    assert list(tmp_path.iterdir()) == []
    with storage.open("a") as file:
        file.seek(MIB)
        assert file.read(10) == BIG[MIB : MIB + 10]


def test_what_is_stored_wrongly_is_an_error(storage: CloudStorage, cloud: Cloud) -> None:
    for data in (b"small", BIG):
        cloud.server.fault(kind="wrong-crc", method="PUT")
        with pytest.raises(IntegrityError, match="CRC-64"):
            storage.upload("a", data)
    assert storage.list_multipart_uploads() == []
    cloud.server.fault(kind="wrong-crc", query="uploadId", method="POST")
    with pytest.raises(IntegrityError, match="CRC-64"):
        storage.upload("a", BIG)
    storage.upload("b", b"x")
    cloud.server.fault(kind="wrong-crc", method="PUT")
    with pytest.raises(IntegrityError, match="CRC-64"):
        storage.copy("b", "c")


def test_a_200_that_is_an_error(storage: CloudStorage, cloud: Cloud) -> None:
    upload_id = storage.init_multipart_upload("a")
    etag = storage.upload_part("a", upload_id, 1, b"x")
    cloud.server.fault(kind="error-body", method="POST", code="InternalError")
    storage.complete_multipart_upload("a", upload_id, [(1, etag)])
    assert storage.download("a") == b"x"
    cloud.server.fault(kind="error-body", method="PUT", code="AccessDenied")
    with pytest.raises(StorageError, match="AccessDenied"):
        storage.copy("a", "b")
    assert not storage.exists("b")


# -- absent, denied, unreachable ---------------------------------------------------------------------


def test_a_bucket_that_is_not_there(cloud: Cloud) -> None:
    name = "absent" if cloud.kind == "oss" else "absent-1250000000"
    with cloud.storage(bucket=name) as storage:
        for ask in (
            lambda: storage.stat("a"),
            lambda: storage.exists("a"),
            lambda: storage.download("a"),
            lambda: storage.upload("a", b""),
            lambda: list(storage.list()),
            lambda: storage.delete_many(["a"]),
            lambda: storage.init_multipart_upload("a"),
            storage.health,
        ):
            with pytest.raises(BucketNotFoundError, match=name):
                ask()
        storage.ensure_bucket()
        storage.ensure_bucket()
        assert not storage.exists("a")


@pytest.mark.parametrize("wrong", ["access_key", "secret_key", "session_token"])
def test_keys_that_are_wrong(cloud: Cloud, storage: CloudStorage, wrong: str) -> None:
    with cloud.storage(**{wrong: "s3cret-wrong"}) as denied:
        for ask in (
            denied.stat,
            denied.exists,
            denied.download,
            denied.delete,
            lambda _: list(denied.list()),
        ):
            with pytest.raises(AccessDeniedError) as raised:
                ask("a")
            assert "s3cret" not in str(raised.value)
        with pytest.raises(AccessDeniedError, match=r"STORAGE_|403"):
            denied.health()
        assert fetch("GET", denied.get_presigned_get_url("a")).status == 403


def test_what_the_keys_may_not_do(storage: CloudStorage, cloud: Cloud) -> None:
    for method, ask in (("HEAD", storage.exists), ("GET", storage.download), ("DELETE", storage.delete)):
        cloud.server.fault(kind="error", status=403, code="AccessDenied", method=method)
        with pytest.raises(AccessDeniedError):
            ask("a")
        assert cloud.methods()[-1] == method
    assert len(cloud.methods()) == 3


def test_a_clock_that_is_wrong(storage: CloudStorage, cloud: Cloud) -> None:
    cloud.server.clock(-3600)
    with pytest.raises(AccessDeniedError, match="clock"):
        storage.upload("a", b"x")
    cloud.server.clock(-120)
    assert 118 <= storage.health()["clock_skew_s"] <= 160  # more, where the answer was long on its way
    cloud.server.clock(240)
    assert -241 <= storage.health()["clock_skew_s"] <= -200


def test_nobody_there(cloud: Cloud) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    addressing = Addressing.PATH if cloud.kind == "oss" else Addressing.DOMAIN
    for netloc in (f"127.0.0.1:{port}", "no-such-host.invalid"):
        with cloud.storage(endpoint=Host("http", netloc, addressing)) as storage:
            for ask in (storage.exists, storage.download, lambda key: storage.upload(key, b"x")):
                with pytest.raises(StorageUnavailableError, match=netloc.partition(":")[0]):
                    ask("a")


def test_a_certificate_is_verified(cloud: Cloud, tls_server: int) -> None:
    addressing = Addressing.PATH if cloud.kind == "oss" else Addressing.DOMAIN
    with (
        cloud.storage(endpoint=Host("https", f"127.0.0.1:{tls_server}", addressing)) as storage,
        pytest.raises(StorageUnavailableError, match="certificate"),
    ):
        storage.stat("a")


# -- amounts -----------------------------------------------------------------------------------------


def test_more_keys_than_one_request_lists_or_deletes(storage: CloudStorage, cloud: Cloud) -> None:
    keys = [f"{number:05d} 照&.jpg" for number in range(2500)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: storage.upload(key, b""), keys))
    cloud.server.calm()
    listing = storage.list()
    assert next(listing).key == keys[0]
    assert cloud.methods() == ["GET"]
    assert [info.key for info in listing] == keys[1:]
    assert cloud.methods() == ["GET"] * 3
    assert [info.key for info in storage.list(start_after=keys[1999])] == keys[2000:]
    cloud.server.calm()
    cloud.server.fault(kind="keep", key="01")
    failed = storage.delete_many(keys)
    assert [key for key, _ in failed] == keys[1000:2000]
    assert all(reason for _, reason in failed)
    assert cloud.methods() == ["POST"] * 3
    assert [info.key for info in storage.list()] == keys[1000:2000]


@pytest.mark.parametrize("known", [True, False], ids=["size known", "size unknown"])
def test_a_big_upload_goes_in_parts(storage: CloudStorage, cloud: Cloud, known: bool) -> None:
    seen: list[int] = []
    data = io.BytesIO(BIG) if known else OneWay(BIG)
    info = storage.upload("a", data, metadata={"who": "张三"}, progress=seen.append)
    assert (info.size, info.metadata, sum(seen)) == (len(BIG), {"who": "张三"}, len(BIG))
    assert info.etag.endswith("-3")
    assert cloud.methods() == ["POST", "PUT", "PUT", "PUT", "POST", "HEAD"]
    assert storage.download("a") == BIG
    with pytest.raises(PreconditionFailedError):
        storage.upload("a", BIG, if_none_match=True)
    assert storage.list_multipart_uploads() == []


def test_a_stream_in_bounded_memory(storage: CloudStorage, cloud: Cloud) -> None:
    server = cloud.server
    host = "127.0.0.1" if cloud.kind == "oss" else server.domain  # the custom domain of the bucket
    where = f"{server.access_key}:{server.secret_key}@{host}:{server.port}/{BUCKETS[cloud.kind]}"
    url = f"{cloud.kind}://{where}?region={server.region}&ssl=false"
    assert memory_for_a_stream(url) < 128  # MiB


def test_a_create_only_upload_in_parts_that_another_one_overtakes(storage: CloudStorage) -> None:
    class Overtaken(OneWay):
        def read(self, size: int = -1, /) -> bytes:
            data = super().read(size)
            if not data:
                storage.upload("a", b"quicker")
            return data

    with pytest.raises(PreconditionFailedError):
        storage.upload("a", Overtaken(BIG), if_none_match=True)
    assert storage.download("a") == b"quicker"
    assert storage.list_multipart_uploads() == []


def test_one_piece_more_or_less(storage: CloudStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    from pis_data.storage import cloud_pieces

    monkeypatch.setattr(cloud_pieces, "PIECE_SIZE", MIB)
    for size in (MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 1):
        assert storage.upload("a", BIG[:size]).size == size
        assert storage.download("a") == BIG[:size]


def test_a_part_that_is_too_big_for_memory(storage: CloudStorage) -> None:
    upload_id = storage.init_multipart_upload("a")
    etag = storage.upload_part("a", upload_id, 1, OneWay(BIG))
    storage.complete_multipart_upload("a", upload_id, [(1, etag)])
    assert storage.download("a") == BIG


def test_a_copy_in_parts(storage: CloudStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_copy_limit", 10 * MIB)
    monkeypatch.setattr(storage, "_copy_part", 9 * MIB)
    storage.upload("a", BIG, content_type="image/x-odd", metadata={"who": "张三"})
    info = storage.copy("a", "照 片/b")
    assert (info.size, info.content_type, info.metadata) == (len(BIG), "image/x-odd", {"who": "张三"})
    assert info.etag.endswith("-5")
    assert storage.download("照 片/b") == BIG


def test_more_uploads_and_parts_than_one_page(storage: CloudStorage) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(lambda n: storage.init_multipart_upload(f"u/{n % 7}"), range(1100)))
        upload_id = storage.init_multipart_upload("big")
        parts = list(
            pool.map(lambda n: (n, storage.upload_part("big", upload_id, n, b"%d" % n)), range(1, 1102))
        )
    assert {upload.upload_id for upload in storage.list_multipart_uploads("u/")} == ids
    with pytest.raises(MultipartError, match="5242880"):
        storage.complete_multipart_upload("big", upload_id, parts)
    storage.complete_multipart_upload("big", upload_id, parts[-1:])
    assert storage.download("big") == b"1101"


# -- one request where one will do -------------------------------------------------------------------


def test_how_often_the_service_is_asked(storage: CloudStorage, cloud: Cloud, tmp_path: Path) -> None:
    def asked(work: object) -> list[str]:
        cloud.server.calm()
        work()  # type: ignore[operator]
        return cloud.methods()

    assert asked(lambda: storage.upload("a", BIG[:MIB])) == ["PUT"]
    assert asked(lambda: storage.download("a")) == ["GET"]
    assert asked(lambda: storage.download_to("a", tmp_path / "f")) == ["GET"]
    assert asked(lambda: storage.exists("a")) == ["HEAD"]
    assert asked(lambda: storage.copy("a", "b")) == ["HEAD", "PUT"]
    storage.upload("big", BIG)
    assert asked(lambda: storage.download("big")) == ["GET", "GET"]
    assert asked(lambda: storage.download_to("big", tmp_path / "f")) == ["GET", "GET"]
    assert asked(lambda: storage.delete_many(["a", "b"])) == ["POST"]
    assert asked(lambda: storage.get_presigned_get_url("a")) == []
    assert (tmp_path / "f").read_bytes() == BIG


# -- what others left --------------------------------------------------------------------------------


def test_keys_that_are_none_of_ours_are_passed_over(storage: CloudStorage, cloud: Cloud) -> None:
    from pis_data.storage.cloud_protocol import Call

    for key in ("folder/", "a//b", "plain"):
        storage._send(Call("PUT", key))
    assert [info.key for info in storage.list()] == ["plain"]
    assert isinstance(storage.filesystem, ObjectFileSystem)
    assert storage.filesystem.ls("", detail=False) == ["a", "folder", "plain"]


def test_an_object_that_is_stored_compressed_is_those_bytes(storage: CloudStorage) -> None:
    from pis_data.storage.cloud_protocol import Call

    packed = gzip.compress(b"hello" * 1000)
    storage._send(Call("PUT", "a", headers={"content-encoding": "gzip"}, body=packed))
    assert storage.download("a") == packed
    with storage.open("a") as file:
        assert gzip.decompress(file.read()) == b"hello" * 1000


def test_an_object_that_is_replaced_while_it_is_read(storage: CloudStorage) -> None:
    storage.upload("a", BIG)
    with storage.open("a") as file:
        assert file.read(10) == BIG[:10]
        storage.upload("a", BIG[::-1])
        file.seek(20 * MIB)
        with pytest.raises(StorageError, match="replaced"):
            file.read(10)
    with storage.open("a") as file:
        file.read(10)
        storage.delete("a")
        file.seek(20 * MIB)
        with pytest.raises(ObjectNotFoundError):
            file.read(10)


# -- processes ---------------------------------------------------------------------------------------


def _child(storage: CloudStorage, results: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    results.put(storage.download("a"))


def test_other_processes(storage: CloudStorage, cloud: Cloud) -> None:
    storage.upload("a", b"x")
    assert pickle.loads(pickle.dumps(storage)).download("a") == b"x"
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=_child, args=(storage, results))
    child.start()
    assert results.get(timeout=30) == b"x"
    child.join()
    assert storage.download("a") == b"x"


def test_urls_for_another_host_than_requests_go_to(cloud: Cloud, storage: CloudStorage) -> None:
    storage.upload("a b", b"x")
    public = cloud.host(Addressing.DOMAIN)
    with cloud.storage(public=public, sts=True) as inside:
        url = inside.get_presigned_get_url("a b")
        assert url.startswith(f"http://{cloud.server.domain}:{cloud.server.port}/a%20b?")
        assert fetch("GET", url).content == b"x"
        put = inside.get_presigned_put_url("b", content_type="image/png")
        assert fetch("PUT", put, {"Content-Type": "image/png"}, b"x").status == 200
        assert inside.stat("b").content_type == "image/png"


def test_secrets_are_not_shown(storage: CloudStorage, cloud: Cloud) -> None:
    shown = repr(storage) + str(storage.health()) + storage.location
    assert cloud.server.secret_key not in shown
    assert cloud.server.access_key not in shown
