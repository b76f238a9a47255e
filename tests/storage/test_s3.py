"""What S3 adds to the suite: addresses, rights, large things, and what each operation sends."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pis_data.config import StorageConfig
from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    ConfigurationError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
)
from pis_data.storage import create_storage_adapter, s3_copy
from pis_data.storage.s3 import S3Storage
from pis_data.testing.storage_http import over_the_network

from .s3_server import new_bucket, server
from .stream import memory_for_a_stream

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3Storage]:
    with new_bucket() as storage:
        yield storage


@pytest.fixture
def sent(bucket: S3Storage) -> Iterator[list[str]]:
    """The requests that are sent, as botocore names them."""
    names: list[str] = []

    def note(model: Any, **_: Any) -> None:
        names.append(model.name)

    clients = (bucket.clients.usual, bucket.clients.once, bucket.clients.parts)
    for client in clients:
        client.meta.events.register("before-call.s3", note)
    yield names
    for client in clients:
        client.meta.events.unregister("before-call.s3", note)


# -- what is sent --------------------------------------------------------------------------------------

PINNED: dict[str, tuple[Callable[[S3Storage], object], list[str]]] = {
    "upload": (lambda s: s.upload("p/new", b"x"), ["PutObject"]),
    "create": (lambda s: s.upload("p/created", b"x", if_none_match=True), ["PutObject"]),
    "upload 20 MiB": (
        lambda s: s.upload("p/big", bytes(20 * MIB)),
        ["CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart", "CompleteMultipartUpload"],
    ),
    "download": (lambda s: s.download("p/a"), ["GetObject"]),
    "download nothing": (lambda s: s.download("p/empty"), ["GetObject"]),
    "stat": (lambda s: s.stat("p/a"), ["HeadObject"]),
    "exists": (lambda s: s.exists("p/a"), ["HeadObject"]),
    "does not exist": (lambda s: s.exists("p/none"), ["HeadObject", "HeadBucket"]),
    "open and read on": (lambda s: s.open("p/a").read(), ["GetObject"]),
    "open and jump": (lambda s: _last_bytes(s), ["GetObject", "GetObject"]),
    "list": (lambda s: list(s.list("p/")), ["ListObjectsV2"]),
    "copy": (lambda s: s.copy("p/a", "p/copy"), ["HeadObject", "CopyObject"]),
    "move": (lambda s: s.move("p/copy", "p/moved"), ["HeadObject", "CopyObject", "DeleteObject"]),
    "delete": (lambda s: s.delete("p/moved"), ["DeleteObject"]),
    "delete many": (lambda s: s.delete_many([f"p/{n}" for n in range(1500)]), ["DeleteObjects"] * 2),
    "presign": (lambda s: s.get_presigned_get_url("p/a"), []),
    "health": (lambda s: s.health(), ["HeadBucket"]),
    "ensure_bucket": (lambda s: s.ensure_bucket(), ["HeadBucket"]),
}


@pytest.mark.parametrize("name", PINNED)
def test_what_an_operation_sends(bucket: S3Storage, sent: list[str], name: str) -> None:
    for key, data in (("p/a", b"a" * 100_000), ("p/copy", b"c"), ("p/moved", b"m"), ("p/empty", b"")):
        bucket.upload(key, data)
    bucket.delete("p/created")
    call, wanted = PINNED[name]
    sent.clear()
    call(bucket)
    assert sent == wanted


def _last_bytes(storage: S3Storage) -> bytes:
    with storage.open("p/a") as file:
        file.seek(-7, os.SEEK_END)
        return file.read()


def test_a_listing_sends_what_is_read(bucket: S3Storage, sent: list[str]) -> None:
    from concurrent.futures import ThreadPoolExecutor

    keys = [f"many/{number:05d}" for number in range(2501)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: bucket.upload(key, b""), keys))
    sent.clear()
    found = bucket.list("many/")
    assert sent == []
    assert next(found).key == keys[0]
    assert sent == ["ListObjectsV2"]
    assert [info.key for info in found] == keys[1:]
    assert sent == ["ListObjectsV2"] * 3
    assert [info.key for info in bucket.list("many/", keys[2400])] == keys[2401:]
    assert [info.key for info in bucket.list("many", "many/\uffff")] == []
    sent.clear()
    assert bucket.delete_many(keys) == []
    assert sent == ["DeleteObjects"] * 3
    assert list(bucket.list("many/")) == []


# -- absent, denied, unreachable -----------------------------------------------------------------------

CALLS: list[Callable[[S3Storage], object]] = [
    lambda s: s.stat("a"),
    lambda s: s.exists("a"),
    lambda s: s.download("a"),
    lambda s: s.upload("a", b""),
    lambda s: s.upload("a", b"", if_none_match=True),
    lambda s: s.copy("a", "b"),
    lambda s: s.delete_many(["a"]),
    lambda s: next(s.list(), None),
    lambda s: next(s.list("//"), None),
    lambda s: s.init_multipart_upload("a"),
    lambda s: s.list_multipart_uploads(),
    lambda s: s.health(),
]


@pytest.mark.parametrize("call", CALLS)
def test_a_bucket_that_is_not_there(call: Callable[[S3Storage], object]) -> None:
    with S3Storage(server(bucket="pis-no-such-bucket")) as storage, pytest.raises(BucketNotFoundError):
        call(storage)


@pytest.mark.parametrize("call", [*CALLS, lambda s: s.ensure_bucket(), lambda s: s.delete("a")])
def test_keys_that_are_wrong(bucket: S3Storage, call: Callable[[S3Storage], object]) -> None:
    config = server(bucket=bucket.bucket, secret_key="not-the-secret")
    with S3Storage(config) as storage, pytest.raises(AccessDeniedError) as raised:
        call(storage)
    assert "not-the-secret" not in str(raised.value)


def test_keys_that_may_do_some_things(bucket: S3Storage) -> None:
    """A policy of the bucket denies what it names; everything else goes on."""
    for key in ("kept/a", "kept/b", "free/a"):
        bucket.upload(key, b"x")
    deny = [("GetObject", "secret/*"), ("PutObject", "kept/*"), ("DeleteObject", "kept/*")]
    statements = [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": f"s3:{action}",
            "Resource": f"arn:aws:s3:::{bucket.bucket}/{resource}",
        }
        for action, resource in deny
    ]
    client = bucket.clients.usual
    bucket.upload("secret/a", b"x")
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    client.put_bucket_policy(Bucket=bucket.bucket, Policy=policy)
    try:
        for call in (
            lambda: bucket.download("secret/a"),
            lambda: bucket.stat("secret/a"),
            lambda: bucket.exists("secret/a"),
            lambda: bucket.upload("kept/a", b"y"),
            lambda: bucket.copy("secret/a", "copied"),
            lambda: bucket.delete("kept/a"),
        ):
            with pytest.raises(AccessDeniedError):
                call()
        failed = bucket.delete_many(["kept/a", "free/a", "kept/b"])
        assert [key for key, _ in failed] == ["kept/a", "kept/b"]
        assert all("AccessDenied" in reason for _, reason in failed)
        assert bucket.download("kept/a") == b"x"
        assert not bucket.exists("free/a")
        with pytest.raises(OSError, match="1 files were not deleted"):
            bucket.filesystem.rm("kept/b")
    finally:
        client.delete_bucket_policy(Bucket=bucket.bucket)


def test_a_bucket_is_made_once_by_many() -> None:
    from .s3_server import remove

    config = server(bucket=f"pis-{os.urandom(6).hex()}")
    with S3Storage(config) as storage:
        with pytest.raises(BucketNotFoundError):
            storage.health()
        makers = [threading.Thread(target=storage.ensure_bucket) for _ in range(4)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert storage.health()["location"] == f"{config.endpoint_url}/{config.bucket}"
        remove(storage)


def test_no_keys_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/none"),
        ("AWS_CONFIG_FILE", "/none"),
    ):
        monkeypatch.setenv(name, value)
    with create_storage_adapter("s3:///bucket") as storage:
        with pytest.raises(ConfigurationError, match="STORAGE_ACCESS_KEY"):
            storage.exists("a")
        with pytest.raises(ConfigurationError, match="STORAGE_ACCESS_KEY"):
            storage.get_presigned_get_url("a")


# -- addresses -----------------------------------------------------------------------------------------

KEYS = "AKIDEXAMPLE:SECRETEXAMPLE@"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (f"s3://{KEYS}/photos?region=eu-central-1", "https://photos.s3.eu-central-1.amazonaws.com/a%20b"),
        (f"s3://{KEYS}/photos?region=us-east-1", "https://photos.s3.us-east-1.amazonaws.com/a%20b"),
        (f"s3://{KEYS}/photos?region=cn-north-1", "https://photos.s3.cn-north-1.amazonaws.com.cn/a%20b"),
        (f"s3://{KEYS}/my.photos?region=eu-west-1", "https://s3.eu-west-1.amazonaws.com/my.photos/a%20b"),
        (f"s3://{KEYS}s3.eu-west-1.amazonaws.com/photos", "https://photos.s3.eu-west-1.amazonaws.com/a%20b"),
        (f"s3://{KEYS}r2.example.com/photos", "https://r2.example.com/photos/a%20b"),
        (f"minio://{KEYS}minio:9000/photos?ssl=false", "http://minio:9000/photos/a%20b"),
        (
            f"minio://{KEYS}minio:9000/photos?ssl=false&presign_url=https://img.example.cn",
            "https://img.example.cn/photos/a%20b",
        ),
        (
            f"minio://{KEYS}minio:9000/photos?ssl=false&prefix=tenant/照",
            "http://minio:9000/photos/tenant/%E7%85%A7/a%20b",
        ),
    ],
)
def test_where_a_url_leads(url: str, wanted: str) -> None:
    with create_storage_adapter(url) as storage:
        signed = storage.get_presigned_get_url("a b", expires=60)
    assert signed.partition("?")[0] == wanted
    query = parse_qs(urlsplit(signed).query)
    assert query["X-Amz-Expires"] == ["60"]
    assert query["X-Amz-SignedHeaders"] == ["host"]
    assert "SECRETEXAMPLE" not in signed


def test_a_session_token_is_part_of_urls() -> None:
    with create_storage_adapter(f"s3://{KEYS}/photos?region=eu-west-1&session_token=TOKEN") as storage:
        url = storage.get_presigned_put_url("a", content_type="image/jpeg")
    query = parse_qs(urlsplit(url).query)
    assert query["X-Amz-Security-Token"] == ["TOKEN"]
    assert query["X-Amz-SignedHeaders"] == ["content-type;host"]


def test_awss_own_chain_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "AKIDCHAIN"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        ("AWS_DEFAULT_REGION", "eu-west-3"),
    ):
        monkeypatch.setenv(name, value)
    with create_storage_adapter("s3:///photos") as storage:
        url = storage.get_presigned_get_url("a")
    assert url.startswith("https://photos.s3.eu-west-3.amazonaws.com/a?")
    assert "AKIDCHAIN" in url


def test_a_url_for_the_host_that_others_see(bucket: S3Storage) -> None:
    """The server is told another host by the proxy's clients, and checks the signature for that one."""
    port = server().port
    with S3Storage(server(bucket=bucket.bucket, presign_url=f"http://localhost:{port}")) as storage:
        url = storage.get_presigned_put_url("host", content_type="text/plain")
        assert url.startswith(f"http://localhost:{port}/")
        assert over_the_network("PUT", url, {"Content-Type": "text/plain"}, b"x").status == 200
        rewritten = url.replace("localhost", "127.0.0.1")
        assert over_the_network("PUT", rewritten, {"Content-Type": "text/plain"}, b"y").status == 403
        assert storage.download("host") == b"x"


# -- large things --------------------------------------------------------------------------------------


def test_a_large_copy_in_parts_keeps_what_it_has(
    bucket: S3Storage, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3_copy, "ONE_REQUEST", 10 * MIB)
    monkeypatch.setattr(s3_copy, "PART", 5 * MIB)
    data = os.urandom(MIB) * 12
    bucket.upload("large", data, content_type="image/x-odd", metadata={"who": "张三"})
    sent.clear()
    info = bucket.copy("large", "copy of large")
    assert sent.count("UploadPartCopy") == 3
    assert (info.size, info.content_type, info.metadata) == (len(data), "image/x-odd", {"who": "张三"})
    assert bucket.download("copy of large") == data
    assert bucket.list_multipart_uploads() == []


def test_a_create_only_upload_in_parts(bucket: S3Storage, sent: list[str]) -> None:
    data = bytes(9 * MIB)
    assert bucket.upload("parts", data, if_none_match=True).size == len(data)
    sent.clear()
    with pytest.raises(PreconditionFailedError, match="there is an object 'parts' already"):
        bucket.upload("parts", data, if_none_match=True)
    assert sent == ["HeadObject"]  # before anything was sent
    outcomes: list[object] = []

    def create(letter: bytes) -> None:
        try:
            outcomes.append(bucket.upload("raced", letter * 9 * MIB, if_none_match=True))
        except PreconditionFailedError as error:
            outcomes.append(error)

    racers = [threading.Thread(target=create, args=(letter,)) for letter in (b"a", b"b", b"c")]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sum(isinstance(it, PreconditionFailedError) for it in outcomes) == 2
    assert len(set(bucket.download("raced"))) == 1
    assert bucket.list_multipart_uploads() == []


def test_a_gibibyte_in_bounded_memory(bucket: S3Storage) -> None:
    url = server(bucket=bucket.bucket).url(masked=False)
    assert memory_for_a_stream(url, 1024) < 128  # MiB: four parts under way, and one being read


# -- processes, other people's objects -----------------------------------------------------------------


def _use(storage: S3Storage, number: int) -> None:
    assert storage.download("forked") == b"x"
    storage.upload(f"from a child/{number}", b"y")


def test_forked_processes_use_the_parents_adapter(bucket: S3Storage) -> None:
    bucket.upload("forked", b"x")
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_use, args=(bucket, number)) for number in range(3)]
    for child in children:
        child.start()
    for _ in range(20):
        assert bucket.download("forked") == b"x"
    for child in children:
        child.join(60)
        assert child.exitcode == 0
    assert len(list(bucket.list("from a child/"))) == 3


def test_objects_that_others_wrote(bucket: S3Storage) -> None:
    client = bucket.clients.usual
    client.put_object(Bucket=bucket.bucket, Key="theirs/", Body=b"")  # a folder, as consoles make them
    client.put_object(Bucket=bucket.bucket, Key="theirs//odd", Body=b"")
    metadata = {
        "Plain": "100% =?",
        "q": "=?UTF-8?Q?caf=C3=A9?= au lait",
        "broken": "=?none?b?x?=",
    }
    client.put_object(Bucket=bucket.bucket, Key="theirs/a", Body=b"x", Metadata=metadata)
    assert [info.key for info in bucket.list("theirs")] == ["theirs/a"]
    assert bucket.stat("theirs/a").metadata == {
        "plain": "100% =?",
        "q": "café au lait",
        "broken": "=?none?b?x?=",
    }
    assert bucket.stat("theirs/a").content_type == "binary/octet-stream"


def test_metadata_as_other_clients_see_it(bucket: S3Storage) -> None:
    from email.header import decode_header, make_header

    bucket.upload("meta", b"", metadata={"plain": "X100 100%", "who": "张三" * 30})
    seen = bucket.clients.usual.head_object(Bucket=bucket.bucket, Key="meta")["Metadata"]
    assert seen["plain"] == "X100 100%"
    assert str(make_header(decode_header(seen["who"]))) == "张三" * 30
    assert all(len(word) <= 75 for word in seen["who"].split(" "))


def test_a_changed_body_is_refused(bucket: S3Storage) -> None:
    """As a faulty memory or network card would change it: the checksum was taken before."""
    from pis_data.errors import IntegrityError

    client = bucket.clients.usual

    def corrupt(params: dict[str, Any], **_: Any) -> None:
        params["body"] = b"y"

    client.meta.events.register("before-call.s3.PutObject", corrupt)
    try:
        with pytest.raises(IntegrityError, match="writing 'corrupt'"):
            bucket.upload("corrupt", b"x")
    finally:
        client.meta.events.unregister("before-call.s3.PutObject", corrupt)
    with pytest.raises(ObjectNotFoundError):
        bucket.stat("corrupt")


def test_the_package_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from pis_data.errors import MissingDependencyError

    monkeypatch.delitem(sys.modules, "pis_data.storage.s3")
    monkeypatch.setitem(sys.modules, "botocore.exceptions", None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'pis-data\[s3\]'"):
        create_storage_adapter("minio://k:secret@minio/photos")


def test_a_bucket_name_that_no_store_takes() -> None:
    config = StorageConfig(**{**dict(server()), "bucket": "Not A Bucket".replace(" ", "_")})
    with S3Storage(config) as storage, pytest.raises((StorageError, ConfigurationError)):
        storage.ensure_bucket()
