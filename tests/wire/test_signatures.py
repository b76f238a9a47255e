"""The server's signatures against the vendors' own published examples: not against any client of ours.

OSS V1: the examples of "Include a V1 signature in the Authorization header" (and in a URL). OSS V4: the
vectors of the vendor's SDK V2 (Go, signer/v4_test). COS: the two examples of "Request Signature" (436/7778).
S3: the examples of "Signature Calculations for the Authorization Header" (in one piece, and in chunks) and of
"Authenticating Requests: Using Query Parameters".
"""

from __future__ import annotations

import hashlib

import pytest

from tests.wire import cos_signature, oss_signature, s3_signature

OSS_SECRET = "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV"
S3_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
COS_SECRET = "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz"

V4_QUERY = "param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2=&%7Cparam2=&param2="
V4_RESOURCE = "/bucket/1234+-/123/1.txt"
V4_HEADERS = {"x-oss-head1": "value", "abc": "value", "zabc": "value", "xyz": "value"}


def test_oss_v1_header() -> None:
    headers = {
        "content-md5": "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=",
        "content-type": "text/html",
        "x-oss-magic": "abracadabra",
        "x-oss-meta-author": "foo@bar.com",
    }
    signature = oss_signature.v1(
        OSS_SECRET, "PUT", "/oss-example/nelson", "", headers, "Thu, 17 Nov 2005 18:49:58 GMT"
    )
    assert signature == "26NBxoKdsyly4EDv6inkoDft/yA="


def test_oss_v1_url() -> None:
    query = "OSSAccessKeyId=44CF9590006BF252F707&Expires=1141889120"
    signature = oss_signature.v1(OSS_SECRET, "GET", "/oss-example/oss-api.pdf", query, {}, "1141889120")
    assert signature == "EwaNTn1erJGkimiJ9WmXgwnANLc="


def _v4(date: str, query: str, headers: dict[str, str], additional: list[str]) -> set[str]:
    scope = f"{date[:8]}/cn-hangzhou/oss/aliyun_v4_request"
    return oss_signature.v4(
        "sk", "PUT", V4_RESOURCE, query, headers, date=date, scope=scope, additional=additional
    )


def test_oss_v4_header() -> None:
    headers = {**V4_HEADERS, "content-type": "text/plain", "x-oss-content-sha256": "UNSIGNED-PAYLOAD"}
    date = "20231216T162057Z"
    assert _v4(date, V4_QUERY, {**headers, "x-oss-date": date}, []) == {
        "e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe"
    }


def test_oss_v4_header_with_additional_headers() -> None:
    headers = {**V4_HEADERS, "content-type": "text/plain", "x-oss-content-sha256": "UNSIGNED-PAYLOAD"}
    date = "20231216T172512Z"
    assert _v4(date, V4_QUERY, {**headers, "x-oss-date": date}, ["ZAbc", "abc"]) == {
        "4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f"
    }


def test_oss_v4_url() -> None:
    query = (
        f"{V4_QUERY}&x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-date=20231217T025437Z&x-oss-expires=599"
        "&x-oss-credential=ak%2F20231217%2Fcn-hangzhou%2Foss%2Faliyun_v4_request"
    )
    headers = {**V4_HEADERS, "content-type": "application/octet-stream"}
    assert _v4("20231217T025437Z", query, headers, []) == {
        "a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe"
    }


def test_cos_upload() -> None:
    time = "1557989151;1557996351"
    assert cos_signature.sign_key(COS_SECRET, time) == "eb2519b498b02ac213cb1f3d1a3d27a3b3c9bc5f"
    headers = {
        "Date": "Thu, 16 May 2019 06:45:51 GMT",
        "Host": "examplebucket-1250000000.cos.ap-beijing.myqcloud.com",
        "Content-Type": "text/plain",
        "Content-Length": "13",
        "Content-MD5": "mQ/fVh815F3k6TAUm8m0eg==",
        "x-cos-acl": "private",
        "x-cos-grant-read": 'uin="100000000011"',
    }
    signature = cos_signature.sign(
        COS_SECRET, "PUT", "/exampleobject(腾讯云)", {}, headers, sign_time=time, key_time=time
    )
    assert signature == "3b8851a11a569213c17ba8fa7dcf2abec6935172"


def test_cos_download() -> None:
    time = "1557989753;1557996953"
    headers = {
        "Date": "Thu, 16 May 2019 06:55:53 GMT",
        "Host": "examplebucket-1250000000.cos.ap-beijing.myqcloud.com",
    }
    parameters = {
        "response-content-type": "application/octet-stream",
        "response-cache-control": "max-age=600",
    }
    signature = cos_signature.sign(
        COS_SECRET, "GET", "/exampleobject(腾讯云)", parameters, headers, sign_time=time, key_time=time
    )
    assert signature == "01681b8c9d798a678e43b685a9f1bba0f6c0e012"


S3_DATE = "20130524T000000Z"
S3_SCOPE = "20130524/us-east-1/s3/aws4_request"
S3_HEADERS = {"host": "examplebucket.s3.amazonaws.com", "x-amz-date": S3_DATE}
NOTHING = hashlib.sha256(b"").hexdigest()
WELCOME = hashlib.sha256(b"Welcome to Amazon S3.").hexdigest()


@pytest.mark.parametrize(
    ("method", "path", "query", "headers", "payload", "wanted"),
    [
        (
            "GET",
            "/test.txt",
            "",
            {"range": "bytes=0-9"},
            NOTHING,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        ),
        (
            "PUT",
            "/test$file.text",
            "",
            {"date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"},
            WELCOME,
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        ),
        (
            "GET",
            "/",
            "lifecycle",
            {},
            NOTHING,
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        ),
        (
            "GET",
            "/",
            "max-keys=2&prefix=J",
            {},
            NOTHING,
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        ),
    ],
    ids=["get an object", "put an object", "get a setting", "list"],
)
def test_s3_header(
    method: str, path: str, query: str, headers: dict[str, str], payload: str, wanted: str
) -> None:
    signed = {**S3_HEADERS, **headers, "x-amz-content-sha256": payload}
    request = s3_signature.canonical(method, path, query, signed, signed, payload)
    assert s3_signature.sign(S3_SECRET, S3_DATE, S3_SCOPE, request) == wanted


def test_s3_url() -> None:
    query = (
        "X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        f"&X-Amz-Date={S3_DATE}&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
    )
    request = s3_signature.canonical("GET", "/test.txt", query, S3_HEADERS, ["host"], s3_signature.UNSIGNED)
    signature = s3_signature.sign(S3_SECRET, S3_DATE, S3_SCOPE, request)
    assert signature == "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"


def test_s3_chunks() -> None:
    headers = {
        "host": "s3.amazonaws.com",
        "content-encoding": "aws-chunked",
        "content-length": "66824",
        "x-amz-content-sha256": s3_signature.CHUNKED_SIGNED,
        "x-amz-date": S3_DATE,
        "x-amz-decoded-content-length": "66560",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
    }
    request = s3_signature.canonical(
        "PUT", "/examplebucket/chunkObject.txt", "", headers, headers, s3_signature.CHUNKED_SIGNED
    )
    signature = s3_signature.sign(S3_SECRET, S3_DATE, S3_SCOPE, request)
    assert signature == "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"
    wanted = [
        "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
        "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
        "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
    ]
    body = b"".join(
        b"%x;chunk-signature=%b\r\n%b\r\n" % (size, given.encode(), b"a" * size)
        for size, given in zip((65536, 1024, 0), wanted, strict=True)
    )
    assert len(body) == 66824
    found, trailer = s3_signature.chunks(body)
    assert ([len(chunk) for chunk, _ in found], trailer) == ([65536, 1024, 0], {})
    for chunk, given in found:
        signature = s3_signature.sign_chunk(S3_SECRET, S3_DATE, S3_SCOPE, signature, chunk)
        assert signature == given
