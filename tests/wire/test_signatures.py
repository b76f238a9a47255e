"""The server's signatures against the vendors' own published examples: not against any client of ours.

OSS V1: the examples of "Include a V1 signature in the Authorization header" (and in a URL). OSS V4: the
vectors of the vendor's SDK V2 (Go, signer/v4_test). COS: the two examples of "Request Signature" (436/7778).
"""

from __future__ import annotations

from tests.wire import cos_signature, oss_signature

OSS_SECRET = "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV"
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
