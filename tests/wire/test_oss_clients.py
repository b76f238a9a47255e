"""Clients of OSS that others wrote, against the server: oss2 (V1, V4), the SDK V2, and opendal (Rust)."""

from __future__ import annotations

import datetime
import io
from typing import Any

import alibabacloud_oss_v2 as v2
import oss2
import pytest
import requests
from oss2 import models

from tests.wire import WireServer
from tests.wire.opendal_client import run_opendal

BUCKET = "photos"
KEYS = ["plain.jpg", "with space+plus%.jpg", "照片/婚礼 张三&李四#?.jpg", "😀", "a/b/c"]
MIB = 1024 * 1024


class TestOss2:
    """The vendor's first SDK, by every signature and way of addressing that it has."""

    @pytest.fixture(params=["v1", "v4", "v1-sts", "v4-sts", "v4-virtual", "v1-virtual", "v4-cname"])
    def bucket(self, request: pytest.FixtureRequest, oss: WireServer, names: None) -> Any:
        version, _, how = request.param.partition("-")
        region = oss.region if version == "v4" else None
        if how == "sts":
            auth = oss2.StsAuth(oss.sts_access_key, oss.sts_secret_key, oss.sts_token, auth_version=version)
        else:
            auth = oss2.make_auth(oss.access_key, oss.secret_key, version)
        host = {"virtual": oss.host, "cname": oss.domain}.get(how, "127.0.0.1")
        plain = oss2.Auth(oss.access_key, oss.secret_key)
        oss2.Bucket(plain, oss.url, BUCKET).create_bucket()
        return oss2.Bucket(auth, f"http://{host}:{oss.port}", BUCKET, region=region, is_cname=how == "cname")

    def test_objects(self, bucket: Any) -> None:
        for key in KEYS:
            put = bucket.put_object(
                key, b"0123456789", headers={"Content-Type": "image/x-odd", "x-oss-meta-a": "1"}
            )
            assert put.crc is not None  # which oss2 has compared with its own
            found = bucket.get_object(key)
            assert (found.read(), found.content_type) == (b"0123456789", "image/x-odd")
            head = bucket.head_object(key)
            assert (head.content_length, head.headers["x-oss-meta-a"]) == (10, "1")
            assert bucket.get_object(key, byte_range=(2, 5)).read() == b"2345"
        listed = [info.key for info in oss2.ObjectIterator(bucket, max_keys=2)]
        assert listed == sorted(KEYS, key=str.encode)
        assert [info.key for info in oss2.ObjectIteratorV2(bucket, max_keys=2)] == listed
        folders = [info.key for info in oss2.ObjectIterator(bucket, delimiter="/", max_keys=2)]
        assert folders == ["a/", "plain.jpg", "with space+plus%.jpg", "照片/", "😀"]
        bucket.copy_object(BUCKET, KEYS[2], "copy")
        assert bucket.head_object("copy").headers["x-oss-meta-a"] == "1"
        assert bucket.batch_delete_objects([*KEYS, "absent"]).deleted_keys == [*KEYS, "absent"]
        bucket.delete_object("copy")
        with pytest.raises(oss2.exceptions.NoSuchKey):
            bucket.get_object("copy")
        with pytest.raises(oss2.exceptions.NotFound):
            bucket.head_object("copy")

    def test_multipart(self, bucket: Any) -> None:
        upload_id = bucket.init_multipart_upload("照 1.mp4", headers={"Content-Type": "video/mp4"}).upload_id
        parts = [
            models.PartInfo(number, bucket.upload_part("照 1.mp4", upload_id, number, data).etag)
            for number, data in ((1, b"a" * MIB), (2, b"b"))
        ]
        assert [part.etag for part in oss2.PartIterator(bucket, "照 1.mp4", upload_id)] == [
            part.etag for part in parts
        ]
        assert [upload.key for upload in oss2.MultipartUploadIterator(bucket)] == ["照 1.mp4"]
        bucket.complete_multipart_upload("照 1.mp4", upload_id, parts)
        assert bucket.get_object("照 1.mp4").read() == b"a" * MIB + b"b"
        other = bucket.init_multipart_upload("x").upload_id
        bucket.abort_multipart_upload("x", other)
        with pytest.raises(oss2.exceptions.NoSuchUpload):
            bucket.upload_part("x", other, 1, b"")
        assert list(oss2.MultipartUploadIterator(bucket)) == []

    def test_signed_urls(self, bucket: Any) -> None:
        key = KEYS[2]
        url = bucket.sign_url("PUT", key, 60, headers={"Content-Type": "image/png"}, slash_safe=True)
        assert requests.put(url, b"x", headers={"Content-Type": "image/gif"}, timeout=9).status_code == 403
        assert requests.put(url, b"x", headers={"Content-Type": "image/png"}, timeout=9).status_code == 200
        url = bucket.sign_url("GET", key, 60, slash_safe=True)
        assert requests.get(url, timeout=9).content == b"x"
        assert requests.delete(url, timeout=9).status_code == 403
        assert requests.get(url[:-1] + ("A" if url[-1] != "A" else "B"), timeout=9).status_code == 403

    def test_create_only(self, bucket: Any) -> None:
        headers = {"x-oss-forbid-overwrite": "true"}
        bucket.put_object("a", b"1", headers=headers)
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            bucket.put_object("a", b"2", headers=headers)
        assert (caught.value.status, caught.value.code) == (409, "FileAlreadyExists")


class TestSdkV2:
    """The vendor's second SDK, which has nothing of the first."""

    @pytest.fixture(params=["path", "virtual", "cname", "sts", "v1"])
    def client(self, request: pytest.FixtureRequest, oss: WireServer, names: None) -> v2.Client:
        keys = (oss.access_key, oss.secret_key, None)
        if request.param == "sts":
            keys = (oss.sts_access_key, oss.sts_secret_key, oss.sts_token)
        host = {"virtual": oss.host, "cname": oss.domain}.get(request.param, "127.0.0.1")
        config = v2.config.load_default()
        config.credentials_provider = v2.credentials.StaticCredentialsProvider(*keys)
        config.region = oss.region
        config.endpoint = f"http://{host}:{oss.port}"
        config.use_cname = request.param == "cname"
        config.signature_version = "v1" if request.param == "v1" else "v4"
        plain = v2.config.load_default()
        plain.credentials_provider = v2.credentials.StaticCredentialsProvider(oss.access_key, oss.secret_key)
        plain.region, plain.endpoint = oss.region, oss.url
        v2.Client(plain).put_bucket(v2.PutBucketRequest(bucket=BUCKET))
        return v2.Client(config)

    def test_objects(self, client: v2.Client) -> None:
        for key in KEYS:
            client.put_object(
                v2.PutObjectRequest(bucket=BUCKET, key=key, body=b"0123456789", metadata={"a": "1"})
            )
            found = client.get_object(v2.GetObjectRequest(bucket=BUCKET, key=key, range_header="bytes=2-5"))
            assert found.body is not None
            assert found.body.read() == b"2345"
            assert client.head_object(v2.HeadObjectRequest(bucket=BUCKET, key=key)).metadata == {"a": "1"}
        pages = client.list_objects_v2_paginator().iter_page(
            v2.ListObjectsV2Request(bucket=BUCKET, max_keys=2, start_after="a/b/c")
        )
        listed = [found.key for page in pages for found in page.contents or []]
        assert listed == sorted(KEYS, key=str.encode)[1:]
        client.copy_object(v2.CopyObjectRequest(bucket=BUCKET, key="copy", source_key=KEYS[2]))
        gone = client.delete_multiple_objects(
            v2.DeleteMultipleObjectsRequest(
                bucket=BUCKET, objects=[v2.DeleteObject(key=key) for key in [*KEYS, "copy"]]
            )
        )
        assert [found.key for found in gone.deleted_objects or []] == [*KEYS, "copy"]
        assert not client.is_object_exist(BUCKET, "copy")

    def test_multipart(self, client: v2.Client) -> None:
        client.uploader().upload_from(
            v2.PutObjectRequest(bucket=BUCKET, key="big 照"), io.BytesIO(b"x" * MIB), part_size=256 * 1024
        )
        found = client.get_object(v2.GetObjectRequest(bucket=BUCKET, key="big 照"))
        assert found.body is not None
        assert found.body.read() == b"x" * MIB

    def test_signed_urls(self, client: v2.Client) -> None:
        put = client.presign(
            v2.PutObjectRequest(bucket=BUCKET, key=KEYS[1], content_type="image/png"),
            expires=datetime.timedelta(seconds=60),
        )
        assert put.url is not None
        headers = dict(put.signed_headers or {})
        assert requests.put(put.url, b"x", headers={}, timeout=9).status_code == 403
        assert requests.put(put.url, b"x", headers=headers, timeout=9).status_code == 200
        got = client.presign(v2.GetObjectRequest(bucket=BUCKET, key=KEYS[1]))
        assert requests.get(str(got.url), timeout=9).content == b"x"
        assert requests.put(str(got.url), b"x", timeout=9).status_code == 403


def test_opendal(oss: WireServer) -> None:
    """Rust: signs through reqsign, which knows neither of the SDKs; through the server as a proxy."""
    oss2.Bucket(oss2.Auth(oss.access_key, oss.secret_key), oss.url, BUCKET).create_bucket()
    run_opendal(
        oss,
        "oss",
        bucket=BUCKET,
        endpoint=f"http://oss-{oss.region}.aliyuncs.com",
        access_key_id=oss.access_key,
        access_key_secret=oss.secret_key,
        region=oss.region,
    )
    hosts = {asked["host"] for asked in oss.requests()[1:]}
    assert hosts == {f"{BUCKET}.oss-{oss.region}.aliyuncs.com"}
