"""Clients of COS that others wrote, against the server: the vendor's SDK, cosfs over it, opendal (Rust)."""

from __future__ import annotations

from typing import Any

import pytest
import qcloud_cos
import requests
from cosfs.core import CosFileSystem

from tests.wire import WireServer
from tests.wire.opendal_client import run_opendal

BUCKET = "photos-1250000000"
KEYS = ["plain.jpg", "with space+plus%.jpg", "照片/婚礼 张三&李四#?.jpg", "😀", "a/b/c"]
MIB = 1024 * 1024


def sdk(server: WireServer, how: str = "") -> Any:
    keys = (server.access_key, server.secret_key, None)
    if how == "sts":
        keys = (server.sts_access_key, server.sts_secret_key, server.sts_token)
    options: dict[str, Any] = {"Endpoint": f"{server.host}:{server.port}"}
    if how == "domain":
        options = {"Domain": f"{server.domain}:{server.port}"}
    return qcloud_cos.CosS3Client(
        qcloud_cos.CosConfig(
            Region=server.region,
            SecretId=keys[0],
            SecretKey=keys[1],
            Token=keys[2],
            Scheme="http",
            **options,
        ),
        retry=0,
    )


class TestSdk:
    @pytest.fixture(params=["virtual", "domain", "sts"])
    def client(self, request: pytest.FixtureRequest, cos: WireServer, names: None) -> Any:
        sdk(cos).create_bucket(Bucket=BUCKET)
        return sdk(cos, request.param)

    def test_objects(self, client: Any) -> None:
        for key in KEYS:
            client.put_object(
                BUCKET, b"0123456789", key, True, ContentType="image/x-odd", Metadata={"x-cos-meta-a": "1"}
            )
            found = client.get_object(BUCKET, key, Range="bytes=2-5")
            assert found["Body"].get_raw_stream().read() == b"2345"
            head = client.head_object(BUCKET, key)
            assert (head["Content-Length"], head["x-cos-meta-a"]) == ("10", "1")
            assert head["Content-Type"] == "image/x-odd"
        listed, marker = [], ""
        while True:
            page = client.list_objects(BUCKET, MaxKeys=2, Marker=marker)
            listed += [found["Key"] for found in page["Contents"]]
            if page["IsTruncated"] == "false":
                break
            marker = page["NextMarker"]
        assert listed == sorted(KEYS, key=str.encode)
        folders = client.list_objects(BUCKET, Delimiter="/")["CommonPrefixes"]
        assert [found["Prefix"] for found in folders] == ["a/", "照片/"]
        source = {"Bucket": BUCKET, "Key": KEYS[2], "Region": "ap-wire"}
        client.copy_object(BUCKET, "copy", source)
        assert client.head_object(BUCKET, "copy")["x-cos-meta-a"] == "1"
        gone = client.delete_objects(BUCKET, {"Object": [{"Key": key} for key in [*KEYS, "copy"]]})
        assert [found["Key"] for found in gone["Deleted"]] == [*KEYS, "copy"]
        with pytest.raises(qcloud_cos.CosServiceError) as caught:
            client.get_object(BUCKET, "copy")
        assert caught.value.get_error_code() == "NoSuchKey"

    def test_multipart(self, client: Any) -> None:
        upload_id = client.create_multipart_upload(BUCKET, "照 1.mp4", ContentType="video/mp4")["UploadId"]
        parts = [
            {"PartNumber": n, "ETag": client.upload_part(BUCKET, "照 1.mp4", data, n, upload_id)["ETag"]}
            for n, data in ((1, b"a" * MIB), (2, b"b"))
        ]
        assert len(client.list_parts(BUCKET, "照 1.mp4", upload_id)["Part"]) == 2
        assert client.list_multipart_uploads(BUCKET)["Upload"][0]["Key"] == "照 1.mp4"
        client.complete_multipart_upload(BUCKET, "照 1.mp4", upload_id, {"Part": parts})
        assert client.get_object(BUCKET, "照 1.mp4")["Body"].get_raw_stream().read() == b"a" * MIB + b"b"
        other = client.create_multipart_upload(BUCKET, "x")["UploadId"]
        client.abort_multipart_upload(BUCKET, "x", other)
        with pytest.raises(qcloud_cos.CosServiceError) as caught:
            client.upload_part(BUCKET, "x", b"", 1, other)
        assert caught.value.get_error_code() == "NoSuchUpload"

    def test_signed_urls(self, client: Any) -> None:
        token = client.get_conf()._token
        params = {"x-cos-security-token": token} if token else {}
        headers = {"Content-Type": "image/png"}
        url = client.get_presigned_url(BUCKET, KEYS[2], "PUT", 60, params, headers)
        assert requests.put(url, b"x", headers={"Content-Type": "image/gif"}, timeout=9).status_code == 403
        assert requests.put(url, b"x", headers=headers, timeout=9).status_code == 200
        url = client.get_presigned_url(BUCKET, KEYS[2], "GET", 60, params)
        assert requests.get(url, timeout=9).content == b"x"
        assert requests.delete(url, timeout=9).status_code == 403
        late = client.get_presigned_url(BUCKET, KEYS[2], "GET", -5, params)
        assert requests.get(late, timeout=9).status_code == 403


def test_cosfs(cos: WireServer, names: None) -> None:
    sdk(cos).create_bucket(Bucket=BUCKET)
    files = CosFileSystem(
        secret_id=cos.access_key,
        secret_key=cos.secret_key,
        region=cos.region,
        endpoint=f"{cos.host}:{cos.port}",
        scheme="http",
        skip_instance_cache=True,
    )
    files.pipe_file(f"{BUCKET}/a/b", b"0123456789")
    assert files.cat_file(f"{BUCKET}/a/b", 2, 5) == b"234"
    files.cp_file(f"{BUCKET}/a/b", f"{BUCKET}/a/c")
    assert files.find(BUCKET) == [f"{BUCKET}/a/b", f"{BUCKET}/a/c"]
    files.rm(f"{BUCKET}/a", recursive=True)
    assert files.find(BUCKET) == []


def test_opendal(cos: WireServer, names: None) -> None:
    """Rust: signs through reqsign, which knows nothing of the vendor's SDK; through the server as a proxy."""
    sdk(cos).create_bucket(Bucket=BUCKET)
    run_opendal(
        cos,
        "cos",
        bucket=BUCKET,
        endpoint=f"http://cos.{cos.region}.myqcloud.com",
        secret_id=cos.access_key,
        secret_key=cos.secret_key,
    )
