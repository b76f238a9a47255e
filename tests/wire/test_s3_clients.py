"""Clients of S3 that others wrote, against the server: boto3, minio-py, obstore and opendal (both Rust).

Each signs by code of its own. What they send besides: boto3 sums in headers and in trailing chunks.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

import boto3
import minio
import obstore
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError
from obstore.store import S3Store

from tests.wire import WireServer, s3_signature
from tests.wire.opendal_client import run_opendal

BUCKET = "photos"
KEYS = ["plain.jpg", "with space+plus%.jpg", "照片/婚礼 张三&李四#?.jpg", "😀", "a/b/c"]
MIB = 1024 * 1024


def boto(server: WireServer, how: str = "path", **settings: Any) -> Any:
    keys = (server.access_key, server.secret_key, None)
    if how == "sts":
        keys = (server.sts_access_key, server.sts_secret_key, server.sts_token)
    host = server.host if how == "virtual" else "127.0.0.1"
    style = "virtual" if how == "virtual" else "path"
    return boto3.session.Session().client(
        "s3",
        region_name=server.region,
        endpoint_url=f"http://{host}:{server.port}",
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
        aws_session_token=keys[2],
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": style},
            retries={"total_max_attempts": 1},
            **settings,
        ),
    )


@pytest.fixture
def bucket(s3: WireServer, names: None) -> str:
    boto(s3).create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": s3.region})
    return BUCKET


class TestBoto3:
    @pytest.fixture(params=["path", "virtual", "sts"])
    def client(self, request: pytest.FixtureRequest, s3: WireServer, bucket: str) -> Any:
        return boto(s3, request.param)

    def test_objects(self, client: Any) -> None:
        for key in KEYS:
            client.put_object(
                Bucket=BUCKET, Key=key, Body=b"0123456789", ContentType="image/x-odd", Metadata={"a_b": "1"}
            )
            found = client.get_object(Bucket=BUCKET, Key=key, Range="bytes=2-5")
            assert found["Body"].read() == b"2345"
            head = client.head_object(Bucket=BUCKET, Key=key)
            assert (head["ContentLength"], head["ContentType"]) == (10, "image/x-odd")
            assert head["Metadata"] == {"a_b": "1"}
        pages = client.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, StartAfter="a/b/c", PaginationConfig={"PageSize": 2}
        )
        listed = [found["Key"] for page in pages for found in page["Contents"]]
        assert listed == sorted(KEYS, key=str.encode)[1:]
        client.copy_object(Bucket=BUCKET, Key="copy", CopySource={"Bucket": BUCKET, "Key": KEYS[2]})
        assert client.head_object(Bucket=BUCKET, Key="copy")["Metadata"] == {"a_b": "1"}
        with pytest.raises(ClientError, match="PreconditionFailed"):
            client.put_object(Bucket=BUCKET, Key="copy", Body=b"", IfNoneMatch="*")
        wanted = {"Objects": [{"Key": key} for key in [*KEYS, "copy"]]}
        gone = client.delete_objects(Bucket=BUCKET, Delete=wanted)["Deleted"]
        assert [found["Key"] for found in gone] == [*KEYS, "copy"]
        with pytest.raises(ClientError, match="NoSuchKey"):
            client.get_object(Bucket=BUCKET, Key="copy")

    def test_multipart(self, client: Any) -> None:
        client.upload_fileobj(io.BytesIO(b"x" * 12 * MIB), BUCKET, "视频")  # in parts, several at once
        found = client.get_object(Bucket=BUCKET, Key="视频")
        assert found["ETag"].endswith('-2"')
        assert found["Body"].read() == b"x" * 12 * MIB
        begun = client.create_multipart_upload(Bucket=BUCKET, Key="a")
        upload = {"Bucket": BUCKET, "Key": "a", "UploadId": begun["UploadId"]}
        parts = [
            {"PartNumber": n, "ETag": client.upload_part(**upload, PartNumber=n, Body=b"small")["ETag"]}
            for n in (1, 2)
        ]
        assert len(client.list_parts(**upload)["Parts"]) == 2
        with pytest.raises(ClientError, match="EntityTooSmall"):
            client.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        client.abort_multipart_upload(**upload)
        assert "Uploads" not in client.list_multipart_uploads(Bucket=BUCKET)
        with pytest.raises(ClientError, match="NoSuchUpload"):
            client.upload_part(**upload, PartNumber=1, Body=b"")

    def test_signed_urls(self, client: Any) -> None:
        where = {"Bucket": BUCKET, "Key": KEYS[2]}
        url = client.generate_presigned_url("put_object", {**where, "ContentType": "image/png"}, 60)
        for wrong in ({}, {"Content-Type": "image/gif"}):
            assert requests.put(url, b"x", headers=wrong, timeout=9).status_code == 403
        assert requests.put(url, b"x", headers={"Content-Type": "image/png"}, timeout=9).status_code == 200
        url = client.generate_presigned_url("get_object", where, 60)
        assert requests.get(url, timeout=9).content == b"x"
        assert requests.delete(url, timeout=9).status_code == 403
        assert requests.get(url + "&response-content-type=text%2Fhtml", timeout=9).status_code == 403
        assert requests.get(url.replace("Expires=60", "Expires=600"), timeout=9).status_code == 403
        assert requests.get(url, headers={"x-amz-meta-a": "1"}, timeout=9).status_code == 403


def test_wrong_keys_regions_and_clocks(s3: WireServer, bucket: str) -> None:
    def code(**changes: Any) -> str:
        client = boto(s3)
        keys = client._request_signer._credentials
        keys.access_key, keys.secret_key = (
            changes.get("key", keys.access_key),
            changes.get("secret", keys.secret_key),
        )
        client._request_signer._region_name = changes.get("region", s3.region)
        with pytest.raises(ClientError) as refused:
            client.get_object(Bucket=BUCKET, Key="a")
        return str(refused.value.response["Error"]["Code"])

    assert code(secret="another") == "SignatureDoesNotMatch"
    assert code(key="another") == "InvalidAccessKeyId"
    assert code(key=s3.sts_access_key, secret=s3.sts_secret_key) == "InvalidToken"
    s3.clock(3600)
    assert code() == "RequestTimeTooSkewed"
    s3.clock(120)
    url = boto(s3).generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "a"}, 60)
    assert "Request has expired" in requests.get(url, timeout=9).text
    s3.clock(0)
    for method in ("GET", "PUT", "DELETE", "POST"):
        assert requests.request(method, f"{s3.url}/{BUCKET}/a", timeout=9).status_code == 403


def test_bodies_that_change_on_their_way(s3: WireServer, bucket: str) -> None:
    client = boto(s3)
    for sums, code in (
        ({"ContentMD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}, "InvalidDigest"),
        ({"ChecksumCRC32": "AAAAAA=="}, "BadDigest"),
    ):
        with pytest.raises(ClientError, match=code):
            client.put_object(Bucket=BUCKET, Key="a", Body=b"x", **sums)

    def change(request: Any, **_: Any) -> None:
        request.body = b"y"

    client.meta.events.register("before-send.s3.PutObject", change)
    with pytest.raises(ClientError, match="XAmzContentSHA256Mismatch"):
        client.put_object(Bucket=BUCKET, Key="a", Body=b"x")


class TestChunks:
    """``aws-chunked`` bodies, which SDKs send over TLS: written out here, since the server has none."""

    def send(self, server: WireServer, payload: str, body: bytes, **more: str) -> requests.Response:
        date = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{date[:8]}/{server.region}/s3/aws4_request"
        headers = {
            "host": f"127.0.0.1:{server.port}",
            "content-encoding": "aws-chunked",
            "x-amz-content-sha256": payload,
            "x-amz-date": date,
            "x-amz-decoded-content-length": "5",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        path = f"/{BUCKET}/chunked"
        text = s3_signature.canonical("PUT", path, "", headers, headers, payload)
        seed = s3_signature.sign(server.secret_key, date, scope, text)
        names = ";".join(sorted(headers))
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={server.access_key}/{scope},SignedHeaders={names},Signature={seed}"
        )
        for chunk in (b"hello", b""):
            seed = s3_signature.sign_chunk(server.secret_key, date, scope, seed, chunk)
            body = body.replace(b"SIGNATURE", seed.encode(), 1)
        return requests.put(server.url + path, body, headers=headers, timeout=9)

    @pytest.mark.parametrize(
        ("payload", "body", "status"),
        [
            (s3_signature.CHUNKED_UNSIGNED, "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 200),
            (s3_signature.CHUNKED_UNSIGNED, "5\r\nHello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", 400),
            (s3_signature.CHUNKED_UNSIGNED, "5\r\nhello\r\n0\r\n\r\n", 400),
            (s3_signature.CHUNKED_UNSIGNED, "7\r\nhello\r\n0\r\n\r\n", 400),
            (
                s3_signature.CHUNKED_SIGNED,
                "5;chunk-signature=SIGNATURE\r\nhello\r\n0;chunk-signature=SIGNATURE\r\n\r\n",
                200,
            ),
            (
                s3_signature.CHUNKED_SIGNED,
                "5;chunk-signature=SIGNATURE\r\nHello\r\n0;chunk-signature=SIGNATURE\r\n\r\n",
                403,
            ),
            (s3_signature.CHUNKED_SIGNED, "5\r\nhello\r\n0\r\n\r\n", 403),
        ],
    )
    def test_chunks(self, s3: WireServer, bucket: str, payload: str, body: str, status: int) -> None:
        more = {"x_amz_trailer": "x-amz-checksum-crc32"} if payload == s3_signature.CHUNKED_UNSIGNED else {}
        assert self.send(s3, payload, body.encode(), **more).status_code == status
        client = boto(s3)
        if status == 200:
            found = client.get_object(Bucket=BUCKET, Key="chunked")
            assert found["Body"].read() == b"hello"
            assert "ContentEncoding" not in found
        else:
            assert "Contents" not in client.list_objects_v2(Bucket=BUCKET)


class TestMinio:
    @pytest.fixture
    def client(self, s3: WireServer, bucket: str) -> minio.Minio:
        return minio.Minio(
            f"127.0.0.1:{s3.port}",
            access_key=s3.access_key,
            secret_key=s3.secret_key,
            secure=False,
        )  # it asks for the region itself

    def test_objects(self, client: minio.Minio) -> None:
        for key in KEYS:
            client.put_object(
                BUCKET, key, io.BytesIO(b"0123456789"), 10, content_type="image/x-odd", metadata={"a": "1"}
            )
            answer = client.get_object(BUCKET, key, offset=2, length=4)
            assert answer.read() == b"2345"
            answer.close()
            stat = client.stat_object(BUCKET, key)
            assert (stat.size, stat.content_type, stat.metadata["x-amz-meta-a"]) == (10, "image/x-odd", "1")
        listed = [found.object_name for found in client.list_objects(BUCKET, recursive=True)]
        assert listed == sorted(KEYS, key=str.encode)
        folders = [found.object_name for found in client.list_objects(BUCKET) if found.is_dir]
        assert folders == ["a/", "照片/"]
        client.copy_object(BUCKET, "copy", minio.commonconfig.CopySource(BUCKET, KEYS[2]))
        assert client.stat_object(BUCKET, "copy").metadata["x-amz-meta-a"] == "1"
        named = [minio.deleteobjects.DeleteObject(key) for key in [*KEYS, "copy"]]
        assert list(client.remove_objects(BUCKET, named)) == []
        assert list(client.list_objects(BUCKET, recursive=True)) == []

    def test_multipart(self, client: minio.Minio) -> None:
        data = io.BytesIO(b"y" * 11 * MIB)
        client.put_object(BUCKET, "big 照", data, -1, part_size=5 * MIB)
        answer = client.get_object(BUCKET, "big 照")
        assert answer.read() == b"y" * 11 * MIB
        answer.close()

    def test_signed_urls(self, client: minio.Minio) -> None:
        minute = datetime.timedelta(seconds=60)
        put = client.presigned_put_object(BUCKET, KEYS[2], expires=minute)
        assert requests.put(put, b"x", timeout=9).status_code == 200
        get = client.presigned_get_object(BUCKET, KEYS[2], expires=minute)
        assert requests.get(get, timeout=9).content == b"x"
        assert requests.put(get, b"x", timeout=9).status_code == 403


def test_obstore(s3: WireServer, bucket: str) -> None:
    store = S3Store(
        BUCKET,
        endpoint=s3.url,
        region=s3.region,
        access_key_id=s3.access_key,
        secret_access_key=s3.secret_key,
        client_options={"allow_http": True},
    )
    for key in KEYS:
        obstore.put(store, key, b"0123456789", attributes={"Content-Type": "image/x-odd", "a": "1"})
        assert bytes(obstore.get_range(store, key, start=2, end=6)) == b"2345"
        found = obstore.get(store, key)
        assert (found.attributes["Content-Type"], found.attributes["a"]) == ("image/x-odd", "1")
    listed = [found["path"] for page in obstore.list(store) for found in page]
    assert sorted(listed) == sorted(KEYS)
    obstore.copy(store, KEYS[2], "copy")
    with pytest.raises(obstore.exceptions.AlreadyExistsError):
        obstore.put(store, "copy", b"x", mode="create")
    obstore.put(store, "big", b"z" * 12 * MIB, use_multipart=True, chunk_size=5 * MIB)
    assert bytes(obstore.get(store, "big").bytes()) == b"z" * 12 * MIB
    url = obstore.sign(store, "GET", KEYS[2], datetime.timedelta(seconds=60))
    assert requests.get(url, timeout=9).content == b"0123456789"
    obstore.delete(store, [*KEYS, "copy", "big"])
    assert [page for page in obstore.list(store) if page] == []


@pytest.mark.parametrize("style", ["path", "virtual"])
def test_opendal(s3: WireServer, bucket: str, style: str) -> None:
    """Through the server as a proxy, so that AWS's own host names lead to it."""
    more = {"enable_virtual_host_style": "true"} if style == "virtual" else {}
    run_opendal(
        s3,
        "s3",
        bucket=BUCKET,
        endpoint=f"http://s3.{s3.region}.amazonaws.com" if style == "virtual" else s3.url,
        region=s3.region,
        access_key_id=s3.access_key,
        secret_access_key=s3.secret_key,
        **more,
    )
    hosts = {asked["host"] for asked in s3.requests()[1:]}
    named = {f"{BUCKET}.s3.{s3.region}.amazonaws.com", f"s3.{s3.region}.amazonaws.com"}
    assert hosts <= (named if style == "virtual" else {f"127.0.0.1:{s3.port}"})
