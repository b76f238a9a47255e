"""The storage suite on OSS, against a server that checks signatures (tests/wire); and what is OSS's own."""

from __future__ import annotations

from collections.abc import Iterator

import oss2
import pytest

from pis_data.errors import CapabilityError, ConfigurationError, ObjectNotFoundError
from pis_data.storage import StorageAdapter, create_storage_adapter
from pis_data.storage.cloud_hosts import Addressing
from pis_data.storage.oss import OssStorage
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import over_the_network as fetch
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import BUCKETS, Cloud

BUCKET = BUCKETS["oss"]


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    with WireServer("oss") as server:
        yield server


@pytest.fixture
def cloud(server: WireServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    resolve_wire_names(monkeypatch)
    yield Cloud(server)
    server.calm()


class TestOss(StorageContract):
    """By virtual host, as OSS itself is addressed."""

    @pytest.fixture
    def storage(self, cloud: Cloud) -> Iterator[StorageAdapter]:
        with cloud.storage() as storage:
            storage.ensure_bucket()
            yield storage


@pytest.fixture
def storage(cloud: Cloud) -> Iterator[StorageAdapter]:
    with cloud.storage() as storage:
        storage.ensure_bucket()
        yield storage
        storage.delete_many(info.key for info in storage.list())


def test_oss2_reads_what_we_wrote_and_the_reverse(storage: StorageAdapter, server: WireServer) -> None:
    auth = oss2.AuthV4(server.access_key, server.secret_key)
    theirs = oss2.Bucket(auth, server.url, BUCKET, region=server.region)
    metadata = {"who": "张三", "snake_case": "1", "dotted.name": "a  b", "odd-x5f": "%41"}
    storage.upload("照片/ours.jpg", b"ours", metadata=metadata)
    found = theirs.get_object("照片/ours.jpg")
    assert (found.read(), found.content_type) == (b"ours", "image/jpeg")
    assert {name: value for name, value in found.headers.items() if "meta" in name} == {
        "x-oss-meta-who": "%E5%BC%A0%E4%B8%89",
        "x-oss-meta-snake-x5fcase": "1",
        "x-oss-meta-dotted-x2ename": "a%20%20b",
        "x-oss-meta-odd-x2dx5f": "%2541",
    }
    assert storage.stat("照片/ours.jpg").metadata == metadata
    theirs.put_object("照片/theirs.png", b"theirs", headers={"x-oss-meta-a": "plain text"})
    info = storage.stat("照片/theirs.png")
    assert (info.size, info.content_type, info.metadata) == (6, "image/png", {"a": "plain text"})
    assert storage.download("照片/theirs.png") == b"theirs"


def test_what_a_url_of_oss_can_not_do(storage: StorageAdapter) -> None:
    """The two things that the suite passes over, as they are."""
    put = storage.get_presigned_put_url("a")
    assert fetch("PUT", put, {"Content-Type": "image/png"}, b"0123456789").status == 403
    assert fetch("PUT", put, content=b"0123456789").status == 200
    get = storage.get_presigned_get_url("a")
    assert fetch("GET", get, {"Range": "bytes=8-100"}).status == 200
    standard = {"Range": "bytes=8-100", "x-oss-range-behavior": "standard"}
    assert fetch("GET", get, standard).status == 403  # it would have had to be signed


def test_keys_of_1023_bytes(storage: StorageAdapter) -> None:
    longest = "k" * 1023
    storage.upload(longest, b"x")
    assert storage.copy(longest, "照" * 341).size == 1
    longer = longest + "k"
    assert not storage.exists(longer)
    with pytest.raises(ObjectNotFoundError):
        storage.download(longer)
    storage.delete(longer)
    assert storage.delete_many([longer, longest]) == []
    writes = (
        lambda: storage.upload(longer, b""),
        lambda: storage.copy("照" * 341, longer),
        lambda: storage.init_multipart_upload(longer),
        lambda: storage.get_presigned_put_url(longer),
    )
    storage.upload("照" * 341, b"x")
    for write in writes:
        with pytest.raises(CapabilityError, match="1023 bytes"):
            write()


@pytest.mark.parametrize(
    ("url", "where", "signed_for"),
    [
        (
            "oss://K:S@/b-1?region=cn-hangzhou",
            "https://oss-cn-hangzhou.aliyuncs.com",
            "b-1.oss-cn-hangzhou.aliyuncs.com",
        ),
        (
            "oss://K:S@oss-cn-beijing-internal.aliyuncs.com/b-1?presign_url=https://oss-cn-beijing.aliyuncs.com",
            "https://oss-cn-beijing-internal.aliyuncs.com",
            "b-1.oss-cn-beijing.aliyuncs.com",
        ),
        (
            "oss://K:S@b-1.oss-cn-hangzhou.aliyuncs.com/b-1",
            "https://oss-cn-hangzhou.aliyuncs.com",
            "b-1.oss-cn-hangzhou.aliyuncs.com",
        ),
        ("oss://K:S@img.example.cn/b-1?region=cn-hangzhou", "https://img.example.cn", "img.example.cn"),
        (
            "oss://K:S@oss-cn-hangzhou-internal.aliyuncs.com/b-1?presign_url=https://img.example.cn",
            "https://oss-cn-hangzhou-internal.aliyuncs.com",
            "img.example.cn",
        ),
        ("oss://K:S@127.0.0.1:9/b-1?region=cn-hangzhou", "http://127.0.0.1:9", "127.0.0.1:9/b-1"),
        ("oss://K:S@localhost:9/b-1?region=cn-hangzhou", "http://localhost:9", "localhost:9/b-1"),
    ],
)
def test_where_requests_go_and_what_urls_are_signed_for(url: str, where: str, signed_for: str) -> None:
    with create_storage_adapter(url) as storage:
        assert isinstance(storage, OssStorage)
        assert storage.location == f"{where}/b-1"
        signed = storage.get_presigned_get_url("a b")
        assert signed.partition("://")[2].startswith(f"{signed_for}/a%20b?")
        assert "x-oss-signature-version=OSS4-HMAC-SHA256" in signed


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("oss://K:s3cret@/b-1", "STORAGE_REGION"),
        ("oss://K:s3cret@img.example.cn/b-1", "STORAGE_REGION"),
        ("oss://K:s3cret@/B_1?region=cn-hangzhou", "STORAGE_BUCKET"),
        ("oss://K:s3cret@/ab?region=cn-hangzhou", "STORAGE_BUCKET"),
    ],
)
def test_what_can_not_be_configured(url: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match=what) as raised:
        create_storage_adapter(url)
    assert "s3cret" not in str(raised.value)


def test_by_path_and_by_custom_domain(cloud: Cloud, storage: StorageAdapter) -> None:
    for how in (Addressing.PATH, Addressing.DOMAIN):
        with cloud.storage(endpoint=cloud.host(how)) as other:
            assert other.health()["addressing"] == how
            other.upload(f"{how}/照 片", b"x", metadata={"a": "ü"})
            assert other.copy(f"{how}/照 片", f"{how}/b").metadata == {"a": "ü"}
            assert fetch("GET", other.get_presigned_get_url(f"{how}/b")).content == b"x"
            assert other.delete_many([f"{how}/b"]) == []
    assert [info.key for info in storage.list()] == ["domain/照 片", "path/照 片"]
