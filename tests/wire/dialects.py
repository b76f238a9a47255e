"""What is OSS's own, and what is COS's."""

from __future__ import annotations

import base64
import calendar
import mimetypes
import time
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, quote, unquote
from xml.sax.saxutils import escape

from . import cos_signature, oss_signature
from .http import Answer, Request, WireError
from .operations import Dialect
from .store import Stored

SKEW = 15 * 60
"""Seconds that a client's clock may be wrong by."""
MAX_EXPIRES = 7 * 24 * 3600


class OSS(Dialect):
    """Alibaba Cloud OSS."""

    prefix = "x-oss-"
    min_part = 100 * 1024
    max_key = 1023
    default_page = 100

    @property
    def suffixes(self) -> tuple[str, ...]:  # type: ignore[override]
        region = self.region
        return (
            f"oss-{region}.wire.test",
            f"oss-{region}.aliyuncs.com",
            f"oss-{region}-internal.aliyuncs.com",
            "localhost",
            "127.0.0.1",
        )

    def locate_by_path(self, host: str, path: str) -> tuple[str | None, str]:
        bucket, _, key = path.partition("/")
        return bucket or None, key

    def etag(self, stored: Stored) -> str:
        return f'"{stored.etag.upper()}"'

    def default_type(self, key: str) -> str:
        return mimetypes.guess_type("x/" + key)[0] or super().default_type(key)

    def check_key(self, key: str) -> None:
        if len(key.encode()) > self.max_key or key[0] in "/\\":
            raise WireError(400, "InvalidObjectName", "The specified object is not valid.")

    def bucket_exists(self) -> Answer:
        return Answer()

    def range_of(self, request: Request, size: int) -> tuple[int, int] | None:
        # Unless asked to behave by the standard, a range that goes past the end is the whole object.
        if request.headers.get("x-oss-range-behavior") == "standard":
            return super().range_of(request, size)
        given = request.headers.get("range", "").removeprefix("bytes=").split("-")
        if len(given) == 2 and given[0] and any(part.isdigit() and int(part) >= size for part in given):
            return None
        return super().range_of(request, size)

    def copy_source(self, header: str) -> tuple[str, str]:
        bucket, _, key = unquote(header.partition("?")[0]).lstrip("/").partition("/")
        return bucket, key

    def deleted(self, gone: list[str], kept: list[str], request: Request, quiet: bool) -> str:
        # OSS names what it deleted; what it did not delete is missing from the list. Quiet: the reverse.
        as_url = request.parameters.get("encoding-type") == "url"
        told = kept if quiet else gone
        head = "<EncodingType>url</EncodingType>" if as_url else ""
        return head + "".join(
            f"<Deleted><Key>{quote(key) if as_url else escape(key)}</Key></Deleted>" for key in told
        )

    def refusal(self, request: Request, error: WireError, key: str | None) -> Answer:
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error>\n  <Code>{error.code}</Code>\n  <Message>{escape(error.message)}</Message>\n"
            f"  <RequestId>WIRE0123456789ABCDEF</RequestId>\n  <HostId>{escape(request.host)}</HostId>\n"
            "  <EC>0000-00000000</EC>\n</Error>\n"
        ).encode()
        headers = {"Content-Type": "application/xml", "x-oss-ec": "0000-00000000"}
        if request.method == "HEAD":
            headers["x-oss-err"] = base64.b64encode(body).decode()
            return Answer(error.status, headers)
        return Answer(error.status, headers, body)

    # -- signatures ------------------------------------------------------------------------------------

    def authenticate(self, request: Request, bucket: str | None, key: str) -> None:
        resource = "/" if bucket is None else f"/{bucket}/{key}"
        asked, given = request.parameters, request.headers.get("authorization", "")
        if given.startswith("OSS4-HMAC-SHA256 "):
            self._v4_header(request, resource, given.removeprefix("OSS4-HMAC-SHA256 "))
        elif given.startswith("OSS "):
            self._v1_header(request, resource, given.removeprefix("OSS "))
        elif "x-oss-signature" in asked:
            self._v4_url(request, resource)
        elif "Signature" in asked:
            self._v1_url(request, resource)
        else:
            raise WireError(403, "AccessDenied", "You have no right to access this object.")

    def _secret(self, access_key: str, token: str | None) -> str:
        if access_key not in self.keys:
            raise WireError(403, "InvalidAccessKeyId", "The Access Key Id does not exist in our records.")
        secret, expected = self.keys[access_key]
        if token != expected:
            raise WireError(403, "InvalidSecurityToken", "The security token is not valid.")
        return secret

    def _fresh(self, when: float) -> None:
        if abs(self.now() - when) > SKEW:
            raise WireError(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
            )

    def _v1_header(self, request: Request, resource: str, given: str) -> None:
        access_key, _, signature = given.partition(":")
        date = request.headers.get("x-oss-date") or request.headers.get("date", "")
        self._fresh(parsedate_to_datetime(date).timestamp())
        secret = self._secret(access_key, request.headers.get("x-oss-security-token"))
        self._agree(
            {oss_signature.v1(secret, request.method, resource, request.query, request.headers, date)},
            signature,
        )

    def _v1_url(self, request: Request, resource: str) -> None:
        asked = request.parameters
        secret = self._secret(asked.get("OSSAccessKeyId", ""), asked.get("security-token"))
        expires = asked.get("Expires", "")
        if not expires.isdigit() or int(expires) < self.now():
            raise WireError(403, "AccessDenied", "Request has expired.")
        expected = oss_signature.v1(secret, request.method, resource, request.query, request.headers, expires)
        self._agree({expected}, asked["Signature"])

    def _v4_header(self, request: Request, resource: str, given: str) -> None:
        parts = dict(part.strip().partition("=")[::2] for part in given.split(","))
        date = request.headers.get("x-oss-date", "")
        self._fresh(_v4_time(date))
        self._v4(
            request,
            resource,
            date,
            parts.get("Credential", ""),
            parts.get("AdditionalHeaders", ""),
            parts.get("Signature", ""),
            request.headers.get("x-oss-security-token"),
            request.query,
        )

    def _v4_url(self, request: Request, resource: str) -> None:
        asked = request.parameters
        if asked.get("x-oss-signature-version") != "OSS4-HMAC-SHA256":
            raise WireError(400, "InvalidArgument", "x-oss-signature-version")
        date, expires = asked.get("x-oss-date", ""), asked.get("x-oss-expires", "")
        if not expires.isdigit() or not 1 <= int(expires) <= MAX_EXPIRES:
            raise WireError(400, "AuthorizationQueryParametersError", "x-oss-expires is 1 to 604800")
        start = _v4_time(date)
        if start > self.now() + SKEW:
            raise WireError(403, "RequestTimeTooSkewed", "The request is not valid yet.")
        if start + int(expires) < self.now():
            raise WireError(403, "AccessDenied", "Request has expired.")
        query = "&".join(
            pair for pair in request.query.split("&") if pair.partition("=")[0] != "x-oss-signature"
        )
        self._v4(
            request,
            resource,
            date,
            asked.get("x-oss-credential", ""),
            asked.get("x-oss-additional-headers", ""),
            asked.get("x-oss-signature", ""),
            asked.get("x-oss-security-token"),
            query,
        )

    def _v4(
        self,
        request: Request,
        resource: str,
        date: str,
        credential: str,
        additional: str,
        signature: str,
        token: str | None,
        query: str,
    ) -> None:
        access_key, _, scope = credential.partition("/")
        if scope != f"{date[:8]}/{self.region}/oss/aliyun_v4_request":
            raise WireError(
                400, "InvalidArgument", f"Invalid signing region in Authorization header: {scope}"
            )
        secret = self._secret(access_key, token)
        expected = oss_signature.v4(
            secret,
            request.method,
            resource,
            query,
            request.headers,
            date=date,
            scope=scope,
            additional=[name for name in additional.split(";") if name],
        )
        self._agree(expected, signature)

    def _agree(self, expected: set[str], signature: str) -> None:
        if signature not in expected:
            raise WireError(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.",
            )


class COS(Dialect):
    """Tencent Cloud COS."""

    prefix = "x-cos-"
    min_part = 1024 * 1024
    max_key = 850
    default_page = 1000

    @property
    def suffixes(self) -> tuple[str, ...]:  # type: ignore[override]
        return (f"cos.{self.region}.wire.test", f"cos.{self.region}.myqcloud.com")

    def locate_by_path(self, host: str, path: str) -> tuple[str | None, str]:
        return None, path

    def bucket_exists(self) -> Answer:
        raise WireError(409, "BucketAlreadyOwnedByYou", "The bucket exists and is yours.")

    def copy_source(self, header: str) -> tuple[str, str]:
        # bucket.endpoint/key as documented; /bucket/key as opendal sends it, which COS takes too.
        host, _, key = unquote(header.partition("?")[0]).lstrip("/").partition("/")
        return host.partition(".")[0], key

    def deleted(self, gone: list[str], kept: list[str], request: Request, quiet: bool) -> str:
        told = [] if quiet else gone
        return "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in told) + "".join(
            f"<Error><Key>{escape(key)}</Key><Code>AccessDenied</Code>"
            "<Message>Access Denied.</Message></Error>"
            for key in kept
        )

    def refusal(self, request: Request, error: WireError, key: str | None) -> Answer:
        if request.method == "HEAD":
            return Answer(error.status, {})
        body = (
            "<?xml version='1.0' encoding='utf-8' ?>\n"
            f"<Error>\n\t<Code>{error.code}</Code>\n\t<Message>{escape(error.message)}</Message>\n"
            f"\t<Resource>{escape(request.host)}/{escape(quote(key or ''))}</Resource>\n"
            "\t<RequestId>NWlyZTAxMjM0NTY3</RequestId>\n\t<TraceId>OGVmYzZi</TraceId>\n</Error>\n\n"
        ).encode()
        return Answer(error.status, {"Content-Type": "application/xml"}, body)

    def authenticate(self, request: Request, bucket: str | None, key: str) -> None:
        if bucket is None and key:
            raise WireError(400, "PathStyleDomainForbidden", "Use virtual-hosted-style addressing.")
        given = self._given(request)
        access_key = given.get("q-ak", "")
        if access_key not in self.keys:
            raise WireError(403, "InvalidAccessKeyId", "The Access Key Id does not exist in our records.")
        secret, token = self.keys[access_key]
        told = request.headers.get("x-cos-security-token", request.parameters.get("x-cos-security-token"))
        if told != token:
            raise WireError(403, "InvalidAccessKeyId", "The security token is missing or not valid.")
        self._in_time(given)
        headers = self._named(given.get("q-header-list", ""), request.headers)
        parameters = self._named(
            given.get("q-url-param-list", ""),
            {name.lower(): value for name, value in request.parameters.items()},
        )
        # The vendor's SDK signs the host without its port, since the vendor's hosts have none.
        for host in (request.host, request.host.partition(":")[0]):
            signature = cos_signature.sign(
                secret,
                request.method,
                "/" + key,
                parameters,
                {**headers, "host": host} if "host" in headers else headers,
                sign_time=given["q-sign-time"],
                key_time=given["q-key-time"],
            )
            if signature == given.get("q-signature"):
                return
        raise WireError(
            403,
            "SignatureDoesNotMatch",
            "The Signature you specified is invalid.",
        )

    def _given(self, request: Request) -> dict[str, str]:
        if "q-signature" in request.parameters:
            return request.parameters
        given = dict(parse_qsl(request.headers.get("authorization", ""), keep_blank_values=True))
        if given.get("q-sign-algorithm") != "sha1":
            raise WireError(403, "AccessDenied", "Access Denied.")
        return given

    def _in_time(self, given: dict[str, str]) -> None:
        try:
            start, end = (int(part) for part in given.get("q-sign-time", "").split(";"))
        except ValueError:
            raise WireError(400, "InvalidArgument", "q-sign-time") from None
        if start > self.now() + SKEW:
            raise WireError(403, "RequestTimeTooSkewed", "The request is not valid yet.")
        if end < self.now():
            raise WireError(403, "AccessDenied", "Request has expired")

    @staticmethod
    def _named(names: str, items: dict[str, str]) -> dict[str, str]:
        found = {}
        for name in (unquote(name).lower() for name in names.split(";") if name):
            if name not in items:
                raise WireError(403, "SignatureDoesNotMatch", f"{name} was signed, and did not come")
            found[name] = items[name]
        return found


def _v4_time(date: str) -> float:
    try:
        return calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise WireError(400, "InvalidArgument", "x-oss-date") from None
