"""S3 over a connection that breaks: never short data, never a false answer, never without an end."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.errors import IntegrityError, MultipartError, StorageError, StorageUnavailableError
from pis_data.storage import s3_client, s3_upload
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_fast import FastS3Storage

from .faulty import FaultyProxy
from .s3_server import new_bucket, server

MIB = 1024 * 1024
DATA = hashlib.shake_128(b"s3").digest(MIB) * 3


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        storage.upload("a", DATA)
        yield storage


@pytest.fixture
def proxy() -> Iterator[FaultyProxy]:
    port = server().port
    assert port is not None
    with FaultyProxy(port) as proxy:
        yield proxy


@pytest.fixture(params=[S3Storage, FastS3Storage], ids=["botocore", "obstore"])
def behind(
    request: pytest.FixtureRequest, bucket: S3Storage, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch
) -> Iterator[S3Storage]:
    """The same bucket, behind the proxy, by either client; two attempts."""
    monkeypatch.setattr(s3_client, "ATTEMPTS", 2)
    monkeypatch.setattr(s3_upload, "ATTEMPTS", 2)
    with request.param(server(bucket=bucket.bucket, port=proxy.port)) as storage:
        yield storage


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait one second only, for tests in which no answer comes; others wait for a slow machine."""
    monkeypatch.setattr(s3_client, "READ_TIMEOUT", 1.0)


@pytest.mark.parametrize("reset", [True, False])
def test_a_download_that_breaks_once_goes_on(behind: S3Storage, proxy: FaultyProxy, reset: bool) -> None:
    proxy.cut_after, proxy.reset, proxy.cuts_left = MIB, reset, 1
    assert behind.download("a") == DATA
    assert proxy.connections == 2


@pytest.mark.parametrize("reset", [True, False])
def test_a_download_that_always_breaks_is_an_error(
    behind: S3Storage, proxy: FaultyProxy, reset: bool, tmp_path: Path
) -> None:
    proxy.cut_after, proxy.reset = 300_000, reset
    with pytest.raises((IntegrityError, StorageUnavailableError), match="reading 'a'"):
        behind.download("a")
    with pytest.raises((IntegrityError, StorageUnavailableError)):
        behind.download_to("a", tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_download_is_an_integrity_error(behind: S3Storage, proxy: FaultyProxy) -> None:
    proxy.cut_after, proxy.reset = 300_000, False
    with behind.open("a") as file, pytest.raises(IntegrityError, match="cut short"):
        file.read()


def test_an_object_replaced_between_two_connections_is_not_mixed(
    behind: S3Storage, bucket: S3Storage, proxy: FaultyProxy
) -> None:
    bucket.upload("replaced", DATA)
    file = behind.open("replaced")
    assert file.read(10) == DATA[:10]
    bucket.upload("replaced", bytes(len(DATA)))
    file.seek(2 * MIB)
    with pytest.raises(StorageError, match="replaced while it was read"):
        file.read(10)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("call", ["stat", "exists", "download", "delete"])
def test_a_store_that_is_silent_is_unavailable(behind: S3Storage, proxy: FaultyProxy, call: str) -> None:
    proxy.silent = True
    with pytest.raises(StorageUnavailableError, match="did not answer in time"):
        getattr(behind, call)("none")
    once = call == "delete" and isinstance(behind, FastS3Storage)  # obstore takes care of no second one
    assert proxy.connections == (1 if once else 2)  # attempts


def test_nobody_there_is_unavailable_and_never_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_client, "ATTEMPTS", 2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with S3Storage(server(port=port)) as storage:
        for call in (storage.health, storage.ensure_bucket, lambda: next(storage.list(), None)):
            with pytest.raises(StorageUnavailableError, match="can't be reached"):
                call()
        with pytest.raises(StorageUnavailableError):
            storage.exists("a")


@pytest.mark.parametrize("body", [b"<html></html>", b"<p>Welcome", b""])
def test_what_answers_is_no_store(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_client, "ATTEMPTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as console:

        def answer() -> None:
            connection, _ = console.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

        threading.Thread(target=answer, daemon=True).start()
        port = console.getsockname()[1]
        with (
            S3Storage(server(port=port)) as storage,
            pytest.raises(StorageUnavailableError, match=r"no S3 store|can't serve now"),
        ):
            next(storage.list())


@pytest.mark.usefixtures("impatient")
def test_a_create_only_write_without_an_answer_is_not_sent_again(
    behind: S3Storage, bucket: S3Storage, proxy: FaultyProxy
) -> None:
    proxy.silent = True
    with pytest.raises(StorageUnavailableError):
        behind.upload("created", b"once", if_none_match=True)
    assert proxy.connections == 1
    assert bucket.download("created") == b"once"  # it had arrived: nobody could know


@pytest.mark.usefixtures("impatient")
def test_a_completion_whose_answer_is_lost_is_found_done(
    behind: S3Storage, bucket: S3Storage, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = behind.init_multipart_upload("parts")
    etag = behind.upload_part("parts", upload_id, 1, b"a")
    once = behind.clients.once.complete_multipart_upload

    def lost(**arguments: object) -> object:
        proxy.silent = True
        try:
            return once(**arguments)
        finally:
            proxy.silent = False

    monkeypatch.setattr(behind.clients.once, "complete_multipart_upload", lost)
    assert behind.complete_multipart_upload("parts", upload_id, [(1, etag)]).size == 1
    assert bucket.download("parts") == b"a"
    with pytest.raises(MultipartError):
        behind.complete_multipart_upload("parts", upload_id, [(1, "0" * 32)])


def test_an_upload_in_parts_over_connections_that_break(
    behind: S3Storage, bucket: S3Storage, proxy: FaultyProxy
) -> None:
    data = os.urandom(MIB) * 20
    proxy.cut_after, proxy.cuts_left = 0, 1
    stored = behind.upload("big", io.BytesIO(data))
    assert (stored.size, stored.etag[-2:]) == (len(data), "-3")
    assert bucket.download("big") == data
    proxy.cuts_left = None
    with pytest.raises(StorageUnavailableError):
        behind.upload("never", io.BytesIO(data))
    assert not bucket.exists("never")
