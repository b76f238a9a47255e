"""S3 storage on a server of ours that checks each signature, answers as AWS does, and fails on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.retries.standard import ExponentialBackoff

from pis_data.config import StorageConfig
from pis_data.errors import (
    AccessDeniedError,
    IntegrityError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)
from pis_data.storage import StorageAdapter, s3_client, s3_upload
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_fast import FastS3Storage
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import over_the_network
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

MIB = 1024 * 1024
BUCKET = "pis-photos"
BIG = hashlib.shake_128(b"s3 wire").digest(MIB) * 12
"""Larger than what goes in one request."""


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    with WireServer("s3") as server:
        yield server


def config(server: WireServer, **changes: Any) -> StorageConfig:
    given = {
        "kind": "s3",
        "endpoint": "127.0.0.1",
        "port": server.port,
        "use_ssl": False,
        "access_key": server.access_key,
        "secret_key": server.secret_key,
        "region": server.region,
        "bucket": BUCKET,
    }
    return StorageConfig(**{**given, **changes})


@pytest.fixture(scope="module")
def bucket(server: WireServer) -> Iterator[S3Storage]:
    with S3Storage(config(server)) as storage:
        storage.ensure_bucket()
        yield storage


@pytest.fixture
def storage(bucket: S3Storage, server: WireServer) -> Iterator[S3Storage]:
    server.calm()
    yield bucket
    server.calm()
    bucket.delete_many(info.key for info in bucket.list())
    for upload in bucket.list_multipart_uploads():
        bucket.abort_multipart_upload(upload.key, upload.upload_id)


class TestS3(StorageContract):
    """The whole suite as AWS answers it, also where Ceph has a way of its own."""

    @pytest.fixture
    def storage(self, bucket: S3Storage) -> StorageAdapter:
        return bucket


# -- passing trouble ---------------------------------------------------------------------------------


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Don't wait between attempts; how long they would wait, `test_how_long_it_waits` shows."""
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0.001)
    monkeypatch.setattr(s3_upload.random, "uniform", lambda *_: 0.001)


def methods(server: WireServer) -> list[str]:
    """What was asked since the server was calmed."""
    return [asked["method"] for asked in server.requests()]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "status": 503, "code": "ServiceUnavailable"},
        {"kind": "error", "status": 503, "code": "SlowDown"},
        {"kind": "error", "status": 500, "code": "InternalError"},
        {"kind": "reset"},
        {"kind": "lost"},
    ],
    ids=lambda fault: fault.get("code", fault["kind"]),
)
def test_trouble_that_passes_is_not_noticed(
    storage: S3Storage, server: WireServer, fault: dict[str, Any]
) -> None:
    def troubled(*, also: int = 0) -> S3Storage:
        server.calm()
        server.fault(**fault, times=2 + also)
        return storage

    assert troubled().upload("a", b"0123456789", metadata={"a": "b"}).size == 10
    assert troubled().upload("big", BIG).size == len(BIG)
    assert troubled().stat("a").metadata == {"a": "b"}
    assert troubled().download("a") == b"0123456789"
    assert troubled().copy("a", "b").size == 10
    assert [info.key for info in troubled().list()] == ["a", "b", "big"]
    assert troubled().delete_many(["b", "big"]) == []
    server.calm()
    upload_id = storage.init_multipart_upload("c")
    etag = troubled().upload_part("c", upload_id, 1, b"part")
    assert troubled().complete_multipart_upload("c", upload_id, [(1, etag)]).size == 4
    troubled().delete("a")
    assert not troubled().exists("a")
    assert troubled().health()["latency_ms"] > 0


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("kind", ["reset", "lost"])
def test_a_connection_that_breaks_is_not_noticed_by_obstore(
    storage: S3Storage, server: WireServer, kind: str
) -> None:
    with FastS3Storage(config(server)) as fast:
        for ask in (fast.stat, fast.download, lambda key: fast.upload(key, b"x"), fast.delete):
            storage.upload("a", b"x")
            server.fault(kind=kind)
            ask("a")
    assert not storage.exists("a")


@pytest.mark.usefixtures("soon")
def test_trouble_that_stays_is_told(storage: S3Storage, server: WireServer) -> None:
    storage.upload("a", b"x")
    for fault in ({"kind": "error", "status": 503, "code": "SlowDown"}, {"kind": "reset"}):
        for ask in (
            storage.download,
            storage.stat,
            storage.exists,
            storage.delete,
            lambda _: [*storage.list()],
        ):
            server.calm()
            server.fault(**fault, times=99)
            with pytest.raises(StorageUnavailableError):
                ask("a")
            assert len(methods(server)) == s3_client.ATTEMPTS
    server.calm()
    assert storage.exists("a")


@pytest.mark.usefixtures("soon")
def test_only_what_is_safe_is_asked_again(storage: S3Storage, server: WireServer) -> None:
    """A create-only write whose answer is lost may have been done: asked again, it would refuse itself."""
    server.fault(kind="lost", method="PUT")
    with pytest.raises(StorageUnavailableError):
        storage.upload("a", b"1", if_none_match=True)
    assert methods(server) == ["PUT"]
    server.fault(kind="error", method="PUT", code="SlowDown")
    storage.upload("b", b"1", if_none_match=True)
    with pytest.raises(PreconditionFailedError):
        storage.upload("b", b"2", if_none_match=True)
    server.calm()
    server.fault(kind="lost", method="POST", query="uploadId", times=1)
    assert storage.upload("c", BIG).size == len(
        BIG
    )  # the completion was done: that is found out, not repeated
    completions = [it for it in server.requests() if it["method"] == "POST" and "uploadId" in it["query"]]
    assert len(completions) == 1


def test_how_long_it_waits(storage: S3Storage) -> None:
    """At random, up to a bound that doubles: many clients that were refused together don't come back so."""
    from botocore.retries.base import BaseRetryBackoff

    assert issubclass(ExponentialBackoff, BaseRetryBackoff)
    waits = [[ExponentialBackoff().delay_amount(_Attempt(n)) for _ in range(50)] for n in (1, 2, 3)]
    for number, wait in enumerate(waits):
        assert 0 <= min(wait) < max(wait) <= 2**number
    settings = storage.clients.settings(None, s3_client.ATTEMPTS)["retries"]
    assert settings == {"mode": "standard", "total_max_attempts": 4}


class _Attempt:
    def __init__(self, number: int) -> None:
        self.attempt_number = number


def test_an_answer_that_takes_too_long(
    server: WireServer, soon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_client, "READ_TIMEOUT", 0.5)
    with S3Storage(config(server)) as storage:
        storage.ensure_bucket()
        server.fault(kind="slow", delay=2)
        storage.upload("a", b"x")
        server.fault(kind="slow", delay=2, times=9)
        with pytest.raises(StorageUnavailableError, match="in time"):
            storage.exists("a")
    server.calm()


# -- bytes that change on their way ------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["truncate", "reset-body"])
def test_a_download_that_breaks_goes_on_where_it_broke(
    storage: S3Storage, server: WireServer, kind: str
) -> None:
    storage.upload("a", BIG)
    server.fault(kind=kind, method="GET", times=2)
    assert storage.download("a") == BIG
    ranges = [asked["headers"].get("range") for asked in server.requests() if asked["method"] == "GET"]
    assert len(ranges) == 3
    if kind == "truncate":  # after a reset, what had arrived may be lost too
        assert ranges == [
            None,
            f"bytes={len(BIG) // 2}-{len(BIG) - 1}",
            f"bytes={len(BIG) * 3 // 4}-{len(BIG) - 1}",
        ]


def test_a_download_that_is_cut_short_is_an_error(
    storage: S3Storage, server: WireServer, tmp_path: Path
) -> None:
    storage.upload("a", BIG)
    for kind, raised in (
        ("truncate", IntegrityError),
        ("reset-body", (IntegrityError, StorageUnavailableError)),
    ):
        server.fault(kind=kind, method="GET", times=99)
        for read in (storage.download, lambda key: storage.download_to(key, tmp_path / "f")):
            with pytest.raises(raised):
                read("a")
        server.calm()
    assert list(tmp_path.iterdir()) == []


def test_what_is_stored_wrongly_is_an_error(storage: S3Storage, server: WireServer) -> None:
    """The ETag of an answer is the MD5 of what the store has."""
    for data in (b"small", BIG):
        server.fault(kind="wrong-crc", method="PUT")
        with pytest.raises(IntegrityError, match="MD5"):
            storage.upload("a", data)
    assert storage.list_multipart_uploads() == []
    server.calm()
    server.fault(kind="wrong-crc", query="uploadId", method="POST")
    with pytest.raises(IntegrityError, match="of the parts"):
        storage.upload("a", BIG)
    server.calm()
    upload_id = storage.init_multipart_upload("b")
    server.fault(kind="wrong-crc", query="partNumber")
    with pytest.raises(IntegrityError, match="MD5"):
        storage.upload_part("b", upload_id, 1, b"x")
    storage.abort_multipart_upload("b", upload_id)


@pytest.mark.usefixtures("soon")
def test_a_200_that_is_an_error(storage: S3Storage, server: WireServer) -> None:
    upload_id = storage.init_multipart_upload("a")
    etag = storage.upload_part("a", upload_id, 1, b"x")
    server.fault(kind="error-body", method="POST", code="InternalError")
    storage.complete_multipart_upload("a", upload_id, [(1, etag)])
    assert storage.download("a") == b"x"
    server.fault(kind="error-body", method="PUT", code="InternalError")
    assert storage.copy("a", "b").size == 1
    server.fault(kind="error-body", method="PUT", code="AccessDenied", times=9)
    with pytest.raises(StorageError, match="AccessDenied"):
        storage.copy("a", "c")
    server.calm()
    assert not storage.exists("c")
    server.fault(kind="error-body", method="GET", code="InternalError", times=9)
    with pytest.raises(StorageError):
        next(storage.list())


@pytest.mark.parametrize("adapter", [S3Storage, FastS3Storage])
def test_an_upload_in_parts_that_is_not_done_in_spite_of_a_200(
    storage: S3Storage, server: WireServer, adapter: type[S3Storage]
) -> None:
    storage.upload("a", b"old")
    with adapter(config(server)) as uploading:
        server.fault(kind="error-body", method="POST", query="uploadId", code="AccessDenied", times=9)
        with pytest.raises(StorageError):
            uploading.upload("a", BIG)
    server.calm()
    assert storage.download("a") == b"old"


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("adapter", [S3Storage, FastS3Storage])
def test_a_move_that_is_not_done_in_spite_of_a_200_loses_nothing(
    storage: S3Storage, server: WireServer, adapter: type[S3Storage]
) -> None:
    storage.upload("a", b"new")
    storage.upload("b", b"old")
    with adapter(config(server)) as moving:
        server.fault(kind="error-body", method="PUT", code="AccessDenied", times=9)
        with pytest.raises(AccessDeniedError):
            moving.move("a", "b")
    server.calm()
    assert (storage.download("a"), storage.download("b")) == (b"new", b"old")


# -- absent, denied ----------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["access_key", "secret_key", "session_token"])
def test_keys_that_are_wrong(storage: S3Storage, server: WireServer, wrong: str) -> None:
    with S3Storage(config(server, **{wrong: "s3cret-wrong"})) as denied:
        for ask in (denied.exists, denied.download, denied.delete, lambda _: list(denied.list())):
            with pytest.raises(AccessDeniedError) as raised:
                ask("a")
            assert "s3cret" not in str(raised.value)
        assert over_the_network("GET", denied.get_presigned_get_url("a")).status == 403


def test_a_region_that_is_wrong(storage: S3Storage, server: WireServer) -> None:
    """The SDK asks again in the region that the store names; a URL can't, so `doctor` tries one."""
    with S3Storage(config(server, region="elsewhere")) as wrong:
        assert wrong.upload("a", b"x").size == 1
        assert wrong.download("a") == b"x"
        assert over_the_network("GET", wrong.get_presigned_get_url("a")).status == 400


def test_temporary_keys(storage: S3Storage, server: WireServer) -> None:
    temporary = config(
        server,
        access_key=server.sts_access_key,
        secret_key=server.sts_secret_key,
        session_token=server.sts_token,
    )
    with S3Storage(temporary) as short:
        short.upload("a", b"x")
        url = short.get_presigned_put_url("b", content_type="image/png")
        assert over_the_network("PUT", url, {"Content-Type": "image/png"}, b"y").status == 200
        without = url.replace("X-Amz-Security-Token=", "X-Amz-Another=")
        assert over_the_network("PUT", without, {"Content-Type": "image/png"}, b"y").status == 403
    assert storage.download("b") == b"y"


def test_a_clock_that_is_wrong(storage: S3Storage, server: WireServer) -> None:
    server.clock(-3600)
    with pytest.raises(AccessDeniedError, match="clock"):
        storage.upload("a", b"x")
    url = storage.get_presigned_get_url("a")
    assert over_the_network("GET", url).status == 403


def test_buckets_in_the_host(server: WireServer, storage: S3Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """As AWS wants it, for requests and for signed URLs."""
    resolve_wire_names(monkeypatch)
    monkeypatch.setattr(s3_client, "_VENDOR", (".wire.test",))
    with S3Storage(config(server, endpoint=server.host)) as virtual:
        virtual.upload("照 a", b"x")
        url = virtual.get_presigned_get_url("照 a", download_name="婚礼.jpg")
        assert url.startswith(f"http://{BUCKET}.{server.host}:{server.port}/%E7%85%A7%20a?")
        assert over_the_network("GET", url).content == b"x"
    assert {asked["host"] for asked in server.requests()} == {f"{BUCKET}.{server.host}:{server.port}"}


def test_more_keys_than_one_request_deletes(storage: S3Storage, server: WireServer) -> None:
    keys = [f"{number:05d} 照&.jpg" for number in range(2500)]
    server.fault(kind="keep", key="01")
    failed = storage.delete_many(keys)
    assert [key for key, _ in failed] == keys[1000:2000]
    assert all("AccessDenied" in reason for _, reason in failed)
    assert methods(server) == ["POST"] * 3
