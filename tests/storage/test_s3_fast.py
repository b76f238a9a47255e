"""What obstore, as the way to S3, adds to the suite: when it is taken, and where botocore takes over."""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.config import StorageConfig
from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    ConfigurationError,
    IntegrityError,
    MissingDependencyError,
    ObjectNotFoundError,
    StorageUnavailableError,
)
from pis_data.storage import create_storage_adapter, s3_fast
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_fast import FastS3Storage
from tests.wire import WireServer

from .faulty import FaultyProxy
from .s3_server import new_bucket, server
from .test_s3_wire import config as on_wire

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def bucket() -> Iterator[FastS3Storage]:
    with new_bucket(FastS3Storage) as storage:
        assert isinstance(storage, FastS3Storage)
        yield storage


# -- when it is taken ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "installed", "wanted"),
    [
        ("minio://k:s@minio/photos", True, FastS3Storage),
        ("minio://k:s@minio/photos", False, S3Storage),
        ("s3://k:s@/photos?fast=true", True, FastS3Storage),
        ("s3://k:s@/photos?fast=false", True, S3Storage),
    ],
)
def test_which_client_is_taken(
    url: str, installed: bool, wanted: type[S3Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_fast, "is_installed", lambda: installed)
    with create_storage_adapter(url) as storage:
        assert type(storage) is wanted
    config = StorageConfig.from_url(url)
    assert StorageConfig.from_url(config.url(masked=False)) == config


def test_the_variable_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINIO_ACCESS_KEY", "k")
    monkeypatch.setenv("MINIO_SECRET_KEY", "s")
    for value, wanted in (("false", S3Storage), ("true", FastS3Storage)):
        monkeypatch.setenv("STORAGE_FAST", value)
        assert type(create_storage_adapter()) is wanted
    monkeypatch.setenv("STORAGE_FAST", "very")
    with pytest.raises(ConfigurationError, match="STORAGE_FAST is 'very'"):
        create_storage_adapter()
    monkeypatch.setenv("STORAGE_FAST", "true")
    monkeypatch.setattr(s3_fast, "is_installed", lambda: False)
    with pytest.raises(MissingDependencyError, match=r"pip install 'pis-data\[fast\]'"):
        create_storage_adapter()


def test_only_the_keys_that_are_configured_count(
    bucket: FastS3Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("AWS_SESSION_TOKEN", "another account's"),
        ("AWS_ACCESS_KEY_ID", "another"),
        ("AWS_SECRET_ACCESS_KEY", "another"),
        ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9"),
        ("AWS_REGION", "eu-west-1"),
    ):
        monkeypatch.setenv(name, value)
    with FastS3Storage(server(bucket=bucket.bucket)) as storage:
        assert storage.upload("keys", b"x").size == 1
        assert storage.stat("keys").size == 1
    access, secret, _ = bucket.clients.keys()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", str(access))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", str(secret))
    monkeypatch.delenv("AWS_SESSION_TOKEN")
    own_chain = server(bucket=bucket.bucket, kind="s3", access_key=None, secret_key=None)
    with FastS3Storage(own_chain) as storage:  # as the environment's keys, found by botocore's chain
        assert storage.stat("keys").size == 1


def test_obstore_is_loaded_by_the_first_request(bucket: FastS3Storage) -> None:
    code = """
import sys
from pis_data.storage import create_storage_adapter
with create_storage_adapter(sys.argv[1]) as storage:
    storage.get_presigned_get_url("a")
    assert "obstore" not in sys.modules
    storage.exists("a")
    assert "obstore" in sys.modules
"""
    url = server(bucket=bucket.bucket).url(masked=False)
    done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# -- processes -----------------------------------------------------------------------------------------


def _child(storage: FastS3Storage, number: int) -> None:
    assert storage.health()["client"] == "botocore"  # obstore's threads did not come along
    assert storage.download("forked") == b"x"
    storage.upload(f"from a child/{number}", b"y")
    assert storage.stat(f"from a child/{number}").size == 1


def test_a_process_forked_after_its_first_use_goes_by_botocore(bucket: FastS3Storage) -> None:
    bucket.upload("forked", b"x")
    assert bucket.health()["client"] == "obstore"
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_child, args=(bucket, number)) for number in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
        assert child.exitcode == 0
    assert bucket.download("forked") == b"x"


def test_a_process_forked_before_has_obstore(bucket: FastS3Storage) -> None:
    bucket.upload("forked", b"x")
    code = """
import os, sys
from pis_data.storage import create_storage_adapter
storage = create_storage_adapter(sys.argv[1])
storage.get_presigned_get_url("a")  # the adapter is there, and was used: by botocore
child = os.fork()
if not child:
    ok = storage.download("forked") == b"x" and storage.health()["client"] == "obstore"
    os._exit(0 if ok and "obstore" in sys.modules else 1)
assert os.waitpid(child, 0)[1] == 0
assert storage.download("forked") == b"x"
"""
    url = server(bucket=bucket.bucket).url(masked=False)
    done = subprocess.run(
        [sys.executable, "-c", code, url], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


# -- the same meanings ---------------------------------------------------------------------------------


def test_what_is_not_there_and_what_is_denied(bucket: FastS3Storage) -> None:
    calls = (
        lambda s: s.stat("a"),
        lambda s: s.exists("a"),
        lambda s: s.download("a"),
        lambda s: s.open("a"),
        lambda s: s.upload("a", b""),
        lambda s: s.upload("a", bytes(9 * MIB)),
        lambda s: s.copy("a", "b"),
    )
    with FastS3Storage(server(bucket="pis-no-such-bucket")) as storage:
        for call in calls:
            with pytest.raises(BucketNotFoundError):
                call(storage)
    with FastS3Storage(server(bucket=bucket.bucket, secret_key="not-the-secret")) as storage:
        for call in (*calls, lambda s: s.delete("a")):
            with pytest.raises(AccessDeniedError) as raised:
                call(storage)
            assert "not-the-secret" not in str(raised.value)


def test_what_obstore_can_not_carry_goes_by_botocore(bucket: FastS3Storage) -> None:
    metadata = {"content-type": "mine", "cache-control": "too", "who": "张三"}
    assert bucket.upload("odd", b"x", content_type="image/jpeg", metadata=metadata).metadata == metadata
    info = bucket.stat("odd")
    assert (info.metadata, info.content_type) == (metadata, "image/jpeg")
    client = bucket.clients.usual
    for key in ("theirs/", "theirs//odd", "theirs/a"):
        client.put_object(Bucket=bucket.bucket, Key=key, Body=b"x", Metadata={"Q": "=?UTF-8?Q?caf=C3=A9?="})
    assert [info.key for info in bucket.list("the")] == ["theirs/a"]
    assert bucket.stat("theirs/a").metadata == {"q": "café"}
    assert bucket.download("theirs/a") == b"x"


def test_an_upload_in_parts_that_fails_leaves_nothing(bucket: FastS3Storage) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 17 * MIB:
                raise RuntimeError("the sender went away")
            return super().read(size)

    with pytest.raises(RuntimeError, match="the sender went away"):
        bucket.upload("broken", Breaks(bytes(20 * MIB)))
    assert not bucket.exists("broken")
    assert bucket.list_multipart_uploads() == []
    info = bucket.upload("whole", io.BytesIO(b"a" * 20 * MIB), metadata={"who": "张三"})
    assert (info.size, info.etag[-2:]) == (20 * MIB, "-3")
    stored = bucket.stat("whole")
    assert (stored.etag, stored.metadata) == (info.etag, {"who": "张三"})
    assert bucket.download("whole") == b"a" * 20 * MIB


def test_a_body_that_is_changed_on_its_way_is_refused(bucket: FastS3Storage) -> None:
    """Each is signed with its SHA-256, which the store compares."""
    port = server().port
    assert port is not None
    with (
        FaultyProxy(port) as proxy,
        FastS3Storage(server(bucket=bucket.bucket, port=proxy.port)) as storage,
    ):
        proxy.change = (b"the bytes that were meant", b"the bytes that were moant")
        with pytest.raises(IntegrityError, match="writing 'changed'"):
            storage.upload("changed", b"the bytes that were meant")
    with pytest.raises(ObjectNotFoundError):
        bucket.stat("changed")


def test_connections_are_used_again(bucket: FastS3Storage, tmp_path: Path) -> None:
    port = server().port
    assert port is not None
    # Obstore opens another whenever the last is not yet given back at that moment (hyperium/hyper#4134):
    # a busy machine sees it a few times in 120 requests.
    for kind, most in ((S3Storage, 1), (FastS3Storage, 12)):
        with FaultyProxy(port) as proxy, kind(server(bucket=bucket.bucket, port=proxy.port)) as storage:
            for number in range(20):
                storage.upload(f"again/{number}", os.urandom(100))
                storage.download(f"again/{number}")
                storage.download_to(f"again/{number}", tmp_path / "file")
                with storage.open(f"again/{number}") as file:
                    file.read()
                storage.stat(f"again/{number}")
                storage.delete(f"again/{number}")
            assert proxy.connections <= most


def test_a_completion_whose_answer_is_lost_is_said_to_be_unknown() -> None:
    with WireServer("s3") as wire, FastS3Storage(on_wire(wire)) as storage:
        storage.ensure_bucket()
        wire.fault(kind="lost", method="POST", query="uploadId")
        with pytest.raises(StorageUnavailableError, match="`stat` tells"):
            storage.upload("parts", bytes(9 * MIB))
        assert storage.stat("parts").size == 9 * MIB
