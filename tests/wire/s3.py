"""What is S3's own."""

from __future__ import annotations

import base64
import calendar
import hashlib
import re
import time
import zlib
from urllib.parse import unquote
from xml.sax.saxutils import escape

from . import s3_signature as signature
from .dialects import MAX_EXPIRES, SKEW
from .http import Answer, Request, WireError
from .operations import Dialect, xml
from .store import Bucket, Stored

_QUERY = "X-Amz-"
_CHECKSUMS = {
    "x-amz-checksum-crc32": lambda body: zlib.crc32(body).to_bytes(4, "big"),
    "x-amz-checksum-sha1": lambda body: hashlib.sha1(body).digest(),
    "x-amz-checksum-sha256": lambda body: hashlib.sha256(body).digest(),
}


class S3(Dialect):
    """Amazon S3, which checks Signature Version 4 and nothing older."""

    prefix = "x-amz-"
    min_part = 5 * 1024 * 1024
    max_key = 1024
    default_page = 1000
    meta_name = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")
    forces_download = False

    @property
    def suffixes(self) -> tuple[str, ...]:  # type: ignore[override]
        return (f"s3.{self.region}.wire.test", f"s3.{self.region}.amazonaws.com")

    def locate_by_path(self, host: str, path: str) -> tuple[str | None, str]:
        bucket, _, key = path.partition("/")
        return bucket or None, key

    def bucket_exists(self) -> Answer:
        raise WireError(409, "BucketAlreadyOwnedByYou", "The bucket exists and is yours.")

    def default_type(self, key: str) -> str:
        return "binary/octet-stream"

    def checksum_headers(self, crc: int) -> dict[str, str]:
        return {}

    def object_headers(self, stored: Stored) -> dict[str, str]:
        return {}

    def falsify(self, answer: Answer) -> None:
        def another(match: re.Match[str]) -> str:
            return ("0" if match[0][0] != "0" else "1") + match[0][1:]

        if "ETag" in answer.headers:
            answer.headers["ETag"] = re.sub(r"[0-9a-f]{32}", another, answer.headers["ETag"])
        answer.body = re.sub(r"[0-9a-f]{32}(?=[-\"&])", another, answer.body.decode()).encode()

    def copy_source(self, header: str) -> tuple[str, str]:
        bucket, _, key = unquote(header.partition("?")[0]).lstrip("/").partition("/")
        return bucket, key

    def refuse_existing(self, request: Request) -> None:
        if request.headers.get("if-none-match") == "*":
            raise WireError(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.")

    def check_delete(self, request: Request) -> None:
        if not {"content-md5", *_CHECKSUMS} & set(request.headers):
            raise WireError(400, "InvalidRequest", "Missing required header for this request: Content-MD5")

    def deleted(self, gone: list[str], kept: list[str], request: Request, quiet: bool) -> str:
        told = [] if quiet else gone
        return "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in told) + "".join(
            f"<Error><Key>{escape(key)}</Key><Code>AccessDenied</Code><Message>Denied</Message></Error>"
            for key in kept
        )

    def refusal(self, request: Request, error: WireError, key: str | None) -> Answer:
        elsewhere = error.code == "AuthorizationHeaderMalformed"
        if request.method == "HEAD":
            return Answer(error.status, {"x-amz-bucket-region": self.region} if elsewhere else {})
        region = f"<Region>{self.region}</Region>" if elsewhere else ""
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{error.code}</Code><Message>{escape(error.message)}</Message>"
            f"<Resource>{escape(request.path)}</Resource>{region}"
            "<RequestId>WIRE0123456789</RequestId><HostId>wire</HostId></Error>"
        )
        return Answer(error.status, {"Content-Type": "application/xml"}, body.encode())

    def _bucket(self, request: Request, bucket: Bucket) -> Answer:
        if request.method == "GET" and "location" in request.parameters:
            return xml(f"<LocationConstraint>{self.region}</LocationConstraint>")
        return super()._bucket(request, bucket)

    # -- signatures ------------------------------------------------------------------------------------

    def authenticate(self, request: Request, bucket: str | None, key: str) -> None:
        given = request.headers.get("authorization", "")
        if given.startswith(signature.ALGORITHM + " "):
            self._by_header(request, given.removeprefix(signature.ALGORITHM + " "))
        elif _QUERY + "Signature" in request.parameters:
            self._by_url(request)
        else:
            raise WireError(403, "AccessDenied", "Access Denied")
        self._check_sums(request, request.headers)

    def _by_header(self, request: Request, given: str) -> None:
        parts = dict(part.strip().partition("=")[::2] for part in given.split(","))
        date = request.headers.get("x-amz-date", "")
        if abs(self.now() - _time(date)) > SKEW:
            raise WireError(
                403,
                "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.",
            )
        payload = request.headers.get("x-amz-content-sha256")
        if payload is None:
            raise WireError(400, "InvalidRequest", "Missing required header: x-amz-content-sha256")
        credential, signed = parts.get("Credential", ""), parts.get("SignedHeaders", "").split(";")
        token = request.headers.get("x-amz-security-token")
        regions = {self.region}
        if request.method == "GET" and "location" in request.parameters:
            regions.add("us-east-1")  # whoever asks where a bucket is, does not know it yet
        secret, scope = self._secret(credential, date, token, regions, "AuthorizationHeaderMalformed")
        seed = parts.get("Signature", "")
        self._agree(request, request.query, signed, payload, (secret, date, scope), seed)
        self._check_payload(request, payload, (secret, date, scope), seed)

    def _by_url(self, request: Request) -> None:
        asked = request.parameters
        malformed = "AuthorizationQueryParametersError"
        if asked.get(_QUERY + "Algorithm") != signature.ALGORITHM:
            raise WireError(400, malformed, "X-Amz-Algorithm only supports AWS4-HMAC-SHA256")
        date, expires = asked.get(_QUERY + "Date", ""), asked.get(_QUERY + "Expires", "")
        if not expires.isdigit() or not 1 <= int(expires) <= MAX_EXPIRES:
            raise WireError(400, malformed, "X-Amz-Expires must be 1 to 604800 seconds")
        begun = _time(date)
        if begun > self.now() + SKEW:
            raise WireError(403, "AccessDenied", "Request is not valid yet")
        if begun + int(expires) < self.now():
            raise WireError(403, "AccessDenied", "Request has expired")
        credential, token = asked.get(_QUERY + "Credential", ""), asked.get(_QUERY + "Security-Token")
        secret, scope = self._secret(credential, date, token, {self.region}, malformed)
        pairs = request.query.split("&")
        query = "&".join(pair for pair in pairs if pair.partition("=")[0] != _QUERY + "Signature")
        signed = asked.get(_QUERY + "SignedHeaders", "").split(";")
        payload = request.headers.get("x-amz-content-sha256", signature.UNSIGNED)
        self._agree(request, query, signed, payload, (secret, date, scope), asked[_QUERY + "Signature"])

    def _secret(
        self, credential: str, date: str, token: str | None, regions: set[str], malformed: str
    ) -> tuple[str, str]:
        access_key, _, scope = credential.partition("/")
        if access_key not in self.keys:
            raise WireError(403, "InvalidAccessKeyId", "The AWS Access Key Id does not exist in our records.")
        if scope not in {f"{date[:8]}/{region}/s3/aws4_request" for region in regions}:
            raise WireError(400, malformed, f"the credential scope {scope} is wrong")
        secret, expected = self.keys[access_key]
        if token != expected:
            raise WireError(403, "InvalidToken", "The provided token is malformed or otherwise invalid.")
        return secret, scope

    def _agree(
        self,
        request: Request,
        query: str,
        signed: list[str],
        payload: str,
        keys: tuple[str, str, str],
        given: str,
    ) -> None:
        own = {name for name in request.headers if name.startswith("x-amz-")}
        unsigned = {"host", *own} - set(signed)
        if unsigned:
            raise WireError(403, "AccessDenied", f"There were headers that were not signed: {unsigned}")
        secret, date, scope = keys
        headers = {**request.headers, "host": request.host}
        if set(signed) <= set(headers):
            text = signature.canonical(request.method, request.path, query, headers, signed, payload)
            if signature.sign(secret, date, scope, text) == given:
                return
        raise WireError(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
        )

    def _check_payload(
        self, request: Request, payload: str, keys: tuple[str, str, str], previous: str
    ) -> None:
        """Compare the body with its hash, or take it out of its chunks and compare those."""
        if payload == signature.UNSIGNED:
            return
        if not payload.startswith("STREAMING-"):
            if hashlib.sha256(request.body).hexdigest() != payload:
                raise WireError(
                    400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' does not match."
                )
            return
        if payload not in {signature.CHUNKED_UNSIGNED, signature.CHUNKED_SIGNED}:
            raise WireError(501, "NotImplemented", payload)
        try:
            found, trailer = signature.chunks(request.body)
        except ValueError:
            raise WireError(400, "InvalidRequest", "The body is not aws-chunked") from None
        if payload == signature.CHUNKED_SIGNED:
            for chunk, given in found:
                previous = signature.sign_chunk(*keys, previous, chunk)
                if given != previous:
                    raise WireError(403, "SignatureDoesNotMatch", "A chunk's signature does not match.")
        request.body = b"".join(chunk for chunk, _ in found)
        if request.headers.get("x-amz-decoded-content-length") != str(len(request.body)):
            raise WireError(400, "IncompleteBody", "The body is not as long as it was said to be")
        promised = request.headers.get("x-amz-trailer", "")
        if promised and promised not in trailer:
            raise WireError(400, "MalformedTrailerError", "The trailing checksum did not come")
        self._check_sums(request, trailer)
        encodings = [part.strip() for part in request.headers.get("content-encoding", "").split(",")]
        request.headers["content-encoding"] = ",".join(part for part in encodings if part != "aws-chunked")
        if not request.headers["content-encoding"]:
            del request.headers["content-encoding"]

    @staticmethod
    def _check_sums(request: Request, given: dict[str, str]) -> None:
        for name, digest in _CHECKSUMS.items():
            if name in given and base64.b64encode(digest(request.body)).decode() != given[name]:
                raise WireError(400, "BadDigest", f"The {name} you specified did not match what we received.")


def _time(date: str) -> float:
    try:
        return calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise WireError(403, "AccessDenied", "AWS authentication requires a valid Date") from None
