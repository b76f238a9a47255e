"""The server itself: it refuses what the vendors refuse."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import oss2
import pytest
import qcloud_cos
import requests
from oss2 import models

from tests.wire import WireServer
from tests.wire.test_cos_clients import BUCKET as COS_BUCKET
from tests.wire.test_cos_clients import sdk

BUCKET = "photos"


@pytest.fixture
def bucket(oss: WireServer) -> Any:
    auth = oss2.AuthV4(oss.access_key, oss.secret_key)
    bucket = oss2.Bucket(auth, oss.url, BUCKET, region=oss.region)
    bucket.create_bucket()
    return bucket


def code(caught: Any) -> str:
    found: str = caught.value.code
    return found


def test_what_is_not_signed_is_refused(oss: WireServer, cos: WireServer, bucket: Any) -> None:
    for server in (oss, cos):
        for method in ("GET", "PUT", "DELETE", "HEAD", "POST"):
            answer = requests.request(method, f"{server.url}/{BUCKET}/a", timeout=9)
            assert answer.status_code in {400, 403}
            if method != "HEAD":
                assert "<Code>" in answer.text


@pytest.mark.parametrize("version", ["v1", "v4"])
def test_wrong_keys(oss: WireServer, bucket: Any, version: str) -> None:
    for key, secret, expected in (
        (oss.access_key, "another", "SignatureDoesNotMatch"),
        ("another", oss.secret_key, "InvalidAccessKeyId"),
        (oss.sts_access_key, oss.sts_secret_key, "InvalidSecurityToken"),
    ):
        auth = oss2.make_auth(key, secret, version)
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            oss2.Bucket(auth, oss.url, BUCKET, region=oss.region).put_object("a", b"")
        assert code(caught) == expected


def test_another_region(oss: WireServer, bucket: Any) -> None:
    elsewhere = oss2.Bucket(bucket.auth, oss.url, BUCKET, region="cn-elsewhere")
    with pytest.raises(oss2.exceptions.ServerError) as caught:
        elsewhere.put_object("a", b"")
    assert (caught.value.status, code(caught)) == (400, "InvalidArgument")


@pytest.mark.parametrize("wrong_by", [-3600, 3600])
def test_clocks(oss: WireServer, cos: WireServer, bucket: Any, names: None, wrong_by: int) -> None:
    client = sdk(cos)
    client.create_bucket(Bucket=COS_BUCKET)
    oss.clock(wrong_by)
    cos.clock(wrong_by)
    for version in ("v1", "v4"):
        auth = oss2.make_auth(oss.access_key, oss.secret_key, version)
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            oss2.Bucket(auth, oss.url, BUCKET, region=oss.region).get_object("a")
        assert code(caught) == "RequestTimeTooSkewed"
    # A signature of the SDK is good for 10,000 seconds: COS goes by that, and not by the clock, when late.
    if wrong_by < 0:
        with pytest.raises(qcloud_cos.CosServiceError) as refused:
            client.get_object(COS_BUCKET, "a")
        assert refused.value.get_error_code() == "RequestTimeTooSkewed"


def test_what_a_url_says_is_signed(oss: WireServer, bucket: Any) -> None:
    bucket.put_object("a", b"x")
    url = bucket.sign_url("GET", "a", 60, slash_safe=True)
    assert requests.get(url, timeout=9).status_code == 200
    parts = urlsplit(url)
    for changed in (
        parts._replace(path=parts.path + "b"),
        parts._replace(query=parts.query.replace("expires=60", "expires=6000")),
        parts._replace(query=parts.query + "&response-content-type=text%2Fhtml"),
        parts._replace(query=parts.query.replace(oss.access_key, oss.sts_access_key)),
    ):
        assert requests.get(urlunsplit(changed), timeout=9).status_code == 403
    headers = {"x-oss-meta-a": "1"}
    assert requests.get(url, headers=headers, timeout=9).status_code == 403
    week = bucket.sign_url("GET", "a", 7 * 24 * 3600, slash_safe=True)
    assert requests.get(week, timeout=9).status_code == 200
    longer = bucket.sign_url("GET", "a", 7 * 24 * 3600 + 1, slash_safe=True)
    assert requests.get(longer, timeout=9).status_code == 400
    oss.clock(120)
    assert requests.get(url, timeout=9).status_code == 403


def test_small_parts_damaged_bodies_and_bad_names(oss: WireServer, bucket: Any) -> None:
    upload_id = bucket.init_multipart_upload("a").upload_id
    parts = [models.PartInfo(n, bucket.upload_part("a", upload_id, n, b"small").etag) for n in (1, 2)]
    refusals = [
        ("EntityTooSmall", lambda: bucket.complete_multipart_upload("a", upload_id, parts)),
        ("InvalidDigest", lambda: bucket.put_object("a", b"x", headers={"Content-MD5": "AAAA"})),
        ("InvalidObjectName", lambda: bucket.put_object("k" * 1024, b"x")),
        ("InvalidArgument", lambda: bucket.put_object("a", b"x", headers={"x-oss-meta-a_b": "1"})),
        ("BucketNotEmpty", lambda: bucket.delete_bucket()),
    ]
    bucket.put_object("kept", b"x")
    for expected, refused in refusals:
        with pytest.raises(oss2.exceptions.ServerError) as caught:
            refused()
        assert code(caught) == expected


def test_a_bucket_in_the_path_is_refused_by_cos(cos: WireServer, names: None) -> None:
    url = f"http://{cos.host}:{cos.port}/{COS_BUCKET}/a"
    answer = requests.get(url, timeout=9)
    assert (answer.status_code, "PathStyleDomainForbidden" in answer.text) == (400, True)


def test_it_misbehaves_when_told(oss: WireServer, bucket: Any) -> None:
    bucket.put_object("a", b"0123456789")
    url = bucket.sign_url("GET", "a", 60, slash_safe=True)
    oss.fault(kind="error", status=503, code="SlowDown", times=2)
    assert [requests.get(url, timeout=9).status_code for _ in range(3)] == [503, 503, 200]
    for kind in ("reset", "lost", "truncate", "reset-body"):
        oss.fault(kind=kind, key="a")
        with pytest.raises(requests.exceptions.RequestException):
            requests.get(url, timeout=9)
    oss.fault(kind="corrupt")
    assert requests.get(url, timeout=9).content != b"0123456789"
    oss.fault(kind="slow", delay=0.3)
    begun = time.monotonic()
    assert requests.get(url, timeout=9).content == b"0123456789"
    assert time.monotonic() - begun >= 0.3
    oss.fault(kind="slow", delay=2)
    with pytest.raises(requests.exceptions.ReadTimeout):
        requests.get(url, timeout=(9, 0.5))
