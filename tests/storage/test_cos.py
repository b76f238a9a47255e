"""The storage suite on COS, against a server that checks signatures (tests/wire); and what is COS's own."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import qcloud_cos

from pis_data.errors import CapabilityError, ConfigurationError
from pis_data.storage import StorageAdapter, create_storage_adapter
from pis_data.storage.cloud_hosts import Addressing
from pis_data.storage.cos import CosStorage
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import over_the_network as fetch
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import BUCKETS, Cloud

BUCKET = BUCKETS["cos"]


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    with WireServer("cos") as server:
        yield server


@pytest.fixture
def cloud(server: WireServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    resolve_wire_names(monkeypatch)
    yield Cloud(server)
    server.calm()


class TestCos(StorageContract):
    """By virtual host, as COS itself is addressed."""

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


def test_the_sdk_reads_what_we_wrote_and_the_reverse(storage: StorageAdapter, server: WireServer) -> None:
    config = qcloud_cos.CosConfig(
        Endpoint=f"{server.host}:{server.port}",
        SecretId=server.access_key,
        SecretKey=server.secret_key,
        Scheme="http",
    )
    theirs = qcloud_cos.CosS3Client(config)
    metadata = {"who": "张三", "snake_case": "1", "dotted.name": "a  b", "odd-x5f": "%41"}
    storage.upload("照片/ours.jpg", b"ours", metadata=metadata)
    found = theirs.get_object(BUCKET, "照片/ours.jpg")
    assert (found["Body"].get_raw_stream().read(), found["Content-Type"]) == (b"ours", "image/jpeg")
    assert {name: value for name, value in found.items() if "meta" in name} == {
        "x-cos-meta-who": "%E5%BC%A0%E4%B8%89",
        "x-cos-meta-snake-x5fcase": "1",
        "x-cos-meta-dotted-x2ename": "a%20%20b",
        "x-cos-meta-odd-x2dx5f": "%2541",
    }
    assert storage.stat("照片/ours.jpg").metadata == metadata
    theirs.put_object(
        BUCKET, b"theirs", "照片/theirs", ContentType="image/x-odd", Metadata={"x-cos-meta-a": "text"}
    )
    info = storage.stat("照片/theirs")
    assert (info.size, info.content_type, info.metadata) == (6, "image/x-odd", {"a": "text"})
    assert storage.download("照片/theirs") == b"theirs"


def test_temporary_keys_stand_in_urls(cloud: Cloud, storage: StorageAdapter) -> None:
    with cloud.storage(sts=True) as temporary:
        temporary.upload("a", b"x")
        url = temporary.get_presigned_get_url("a", download_name="a b.jpg")
        asked = parse_qs(urlsplit(url).query)
        assert asked["x-cos-security-token"] == [cloud.server.sts_token]
        assert "x-cos-security-token" in asked["q-url-param-list"][0]
        answer = fetch("GET", url)
        assert (answer.status, answer.content) == (200, b"x")
        assert answer.headers["content-disposition"] == 'attachment; filename="a b.jpg"'
        part = temporary.init_multipart_upload("b")
        assert fetch("PUT", temporary.get_presigned_part_url("b", part, 1), content=b"x").status == 200
        temporary.abort_multipart_upload("b", part)


def test_keys_of_850_bytes(storage: StorageAdapter) -> None:
    longest = "k" * 850
    storage.upload(longest, b"x")
    assert not storage.exists(longest + "k")
    assert storage.delete_many([longest + "k", longest]) == []
    with pytest.raises(CapabilityError, match="850 bytes"):
        storage.upload(longest + "k", b"")
    with pytest.raises(CapabilityError, match="850 bytes"):
        storage.get_presigned_put_url(longest + "k")


@pytest.mark.parametrize(
    ("url", "where", "signed_for"),
    [
        (
            "cos://K:S@/b-1250000000?region=ap-guangzhou",
            "https://cos.ap-guangzhou.myqcloud.com",
            "b-1250000000.cos.ap-guangzhou.myqcloud.com",
        ),
        (
            "cos://K:S@b-1250000000.cos.ap-beijing.myqcloud.com/b-1250000000",
            "https://cos.ap-beijing.myqcloud.com",
            "b-1250000000.cos.ap-beijing.myqcloud.com",
        ),
        (
            "cos://K:S@cos-internal.ap-beijing.tencentcos.cn/b-1250000000?presign_url=https://img.example.cn",
            "https://cos-internal.ap-beijing.tencentcos.cn",
            "img.example.cn",
        ),
        (
            "cos://K:S@img.example.cn/b-1250000000?region=ap-guangzhou",
            "https://img.example.cn",
            "img.example.cn",
        ),
        ("cos://K:S@127.0.0.1:9/b-1250000000?region=ap-guangzhou", "http://127.0.0.1:9", "127.0.0.1:9"),
    ],
)
def test_where_requests_go_and_what_urls_are_signed_for(url: str, where: str, signed_for: str) -> None:
    with create_storage_adapter(url) as storage:
        assert isinstance(storage, CosStorage)
        assert storage.location == f"{where}/b-1250000000"
        signed = storage.get_presigned_get_url("a b")
        assert signed.partition("://")[2].startswith(f"{signed_for}/a%20b?")
        assert "q-sign-algorithm=sha1" in signed
        assert "q-header-list=host" in signed


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("cos://K:s3cret@/b-1250000000", "STORAGE_REGION"),
        ("cos://K:s3cret@/photos?region=ap-guangzhou", "APPID"),
        ("cos://K:s3cret@/Photos-1250000000?region=ap-guangzhou", "APPID"),
    ],
)
def test_what_can_not_be_configured(url: str, what: str) -> None:
    with pytest.raises(ConfigurationError, match=what) as raised:
        create_storage_adapter(url)
    assert "s3cret" not in str(raised.value)


def test_by_custom_domain(cloud: Cloud, storage: StorageAdapter) -> None:
    with cloud.storage(endpoint=cloud.host(Addressing.DOMAIN)) as other:
        assert other.health()["addressing"] == "domain"
        other.upload("照 片", b"x", metadata={"a": "ü"})
        assert fetch("GET", other.get_presigned_get_url("照 片")).content == b"x"
        assert other.copy("照 片", "b").metadata == {"a": "ü"}
        assert other.delete_many(["b"]) == []
    assert [info.key for info in storage.list()] == ["照 片"]
