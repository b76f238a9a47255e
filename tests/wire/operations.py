"""What the object stores have in common: buckets, objects, listings, multipart uploads."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from abc import ABC, abstractmethod
from email.utils import formatdate
from typing import Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from pis_data.storage.ranges import UnsatisfiableRangeError, parse_range

from .faults import Faults
from .http import Answer, Request, WireError
from .store import MAX_BYTES, Bucket, Content, Store, Stored, Upload

KEPT = ("content-type", "cache-control", "content-disposition", "content-encoding", "expires")
Keys = dict[str, tuple[str, str | None]]
"""Access key to its secret, and the token that has to come with it."""


class Dialect(ABC):
    """A vendor's protocol; a subclass states what is its own."""

    prefix: str
    """Of its headers: ``x-oss-``."""
    min_part: int
    max_key: int
    default_page: int
    suffixes: tuple[str, ...]
    """Endpoints; a host before one of them is a bucket."""
    meta_name = re.compile(r"[a-z0-9-]+")
    """Of user metadata."""
    forces_download = True
    """The vendor's own domains show nothing to browsers."""
    faults: Faults

    def __init__(self, store: Store, keys: Keys, region: str, domain: str) -> None:
        self.store = store
        self.keys = keys
        self.region = region
        self.domain = domain
        self.clock = 0.0
        """Seconds that the server's clock is wrong by."""
        self.origins: list[str] = []
        """Whose pages may send requests: a CORS rule."""

    # -- what is a vendor's own ------------------------------------------------------------------------

    @abstractmethod
    def authenticate(self, request: Request, bucket: str | None, key: str) -> None:
        """Raise `WireError` unless the request is signed rightly."""

    @abstractmethod
    def refusal(self, request: Request, error: WireError, key: str | None) -> Answer:
        """Return the vendor's error document."""

    @abstractmethod
    def copy_source(self, header: str) -> tuple[str, str]:
        """Return bucket and key of a copy's source."""

    @abstractmethod
    def deleted(self, gone: list[str], kept: list[str], request: Request, quiet: bool) -> str:
        """Return what a bulk delete tells."""

    def etag(self, stored: Stored) -> str:
        """Return an ETag as this vendor writes it, quoted."""
        return f'"{stored.etag}"'

    def check_key(self, key: str) -> None:
        """Refuse a key that the vendor can't keep."""
        if len(key.encode()) > self.max_key:
            raise WireError(400, "KeyTooLong", "Your key is too long")

    def default_type(self, key: str) -> str:
        """Return the content type of an object that was given none."""
        return "application/octet-stream"

    def checksum_headers(self, crc: int) -> dict[str, str]:
        """Return the headers that tell a content's checksum."""
        return {self.prefix + "hash-crc64ecma": str(crc)}

    def object_headers(self, stored: Stored) -> dict[str, str]:
        """Return what a read tells besides."""
        return {self.prefix + "object-type": stored.kind}

    def falsify(self, answer: Answer) -> None:
        """Let an answer to a write tell another checksum than that of what is stored."""
        name = self.prefix + "hash-crc64ecma"
        answer.headers[name] = str(int(answer.headers.get(name, "0")) ^ 1)

    def refuse_existing(self, request: Request) -> None:
        """Refuse to replace an object, if the request wants that."""
        if request.headers.get(self.prefix + "forbid-overwrite") == "true":
            raise WireError(409, "FileAlreadyExists", "The object you specified already exists.")

    def check_delete(self, request: Request) -> None:
        """Refuse a bulk delete whose list may have been changed on its way."""
        if "content-md5" not in request.headers:
            raise WireError(400, "MissingArgument", "Missing Some Required Arguments: Content-MD5")

    def range_of(self, request: Request, size: int) -> tuple[int, int] | None:
        """Return the range that is asked for."""
        try:
            return parse_range(request.headers.get("range"), size)
        except UnsatisfiableRangeError:
            raise WireError(416, "InvalidRange", "The requested range cannot be satisfied") from None

    # -- where to --------------------------------------------------------------------------------------

    def now(self) -> float:
        return time.time() + self.clock

    def locate(self, request: Request) -> tuple[str | None, str]:
        """Return bucket and key; a host before an endpoint is a bucket, else the path may begin with one."""
        host = request.host.rpartition(":")[0] if re.search(r":\d+$", request.host) else request.host
        path = unquote(request.path)[1:]
        if host == self.domain:
            return next(reversed(self.store.buckets), None), path
        for suffix in self.suffixes:
            if host.endswith("." + suffix):
                return host.removesuffix("." + suffix), path
        return self.locate_by_path(host, path)

    @abstractmethod
    def locate_by_path(self, host: str, path: str) -> tuple[str | None, str]:
        """Return bucket and key of a request to an endpoint itself."""

    def answer(self, request: Request) -> Answer:
        """Do what is asked, or refuse it."""
        bucket, key = self.locate(request)
        try:
            self.authenticate(request, bucket, key)
            answer = self._dispatch(request, bucket, key)
        except WireError as error:
            answer = self.refusal(request, error, key)
        answer.headers.setdefault(self.prefix + "request-id", "WIRE0123456789ABCDEF")
        answer.headers.setdefault("Server", self.prefix.strip("x-") or "wire")
        return answer

    def _dispatch(self, request: Request, bucket: str | None, key: str) -> Answer:
        if bucket is None:
            return self._service(request)
        if request.method == "PUT" and not key and bucket not in self.store.buckets:
            self.store.buckets[bucket] = Bucket(bucket)
            return Answer()
        found = self.store.buckets.get(bucket)
        if found is None:
            raise WireError(404, "NoSuchBucket", "The specified bucket does not exist.")
        return self._object(request, found, key) if key else self._bucket(request, found)

    def _service(self, request: Request) -> Answer:
        if request.method != "GET":
            raise WireError(405, "MethodNotAllowed")
        inner = "".join(
            f"<Bucket><Name>{name}</Name><Location>oss-{self.region}</Location>"
            "<CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>"
            for name in self.store.buckets
        )
        return xml(
            "<ListAllMyBucketsResult><Prefix></Prefix><Marker></Marker><MaxKeys>100</MaxKeys>"
            f"<IsTruncated>false</IsTruncated><Buckets>{inner}</Buckets></ListAllMyBucketsResult>"
        )

    def _bucket(self, request: Request, bucket: Bucket) -> Answer:
        asked = request.parameters
        match request.method:
            case "PUT":
                return self.bucket_exists()
            case "HEAD":
                return Answer()
            case "GET" if "uploads" in asked:
                return self._list_uploads(request, bucket)
            case "GET" if "bucketInfo" in asked:
                return xml(
                    f"<BucketInfo><Bucket><Name>{bucket.name}</Name><StorageClass>Standard</StorageClass>"
                    "<CreationDate>2026-01-01T00:00:00.000Z</CreationDate>"
                    f"<ExtranetEndpoint>{request.host}</ExtranetEndpoint>"
                    f"<IntranetEndpoint>{request.host}</IntranetEndpoint><Location>oss-{self.region}</Location>"
                    "<Owner><ID>1</ID><DisplayName>1</DisplayName></Owner>"
                    "<AccessControlList><Grant>private</Grant></AccessControlList></Bucket></BucketInfo>"
                )
            case "GET":
                return self._list(request, bucket)
            case "POST" if "delete" in asked:
                return self._delete_many(request, bucket)
            case "DELETE":
                if bucket.objects:
                    raise WireError(409, "BucketNotEmpty")
                del self.store.buckets[bucket.name]
                return Answer(204)
        raise WireError(405, "MethodNotAllowed")

    def bucket_exists(self) -> Answer:
        """Answer the owner who creates a bucket again."""
        return Answer()

    def _object(self, request: Request, bucket: Bucket, key: str) -> Answer:
        asked = request.parameters
        with bucket.lock:
            match request.method:
                case "PUT" if "partNumber" in asked:
                    return self._put_part(request, bucket, key)
                case "PUT" if self.prefix + "copy-source" in request.headers:
                    return self._copy(request, bucket, key)
                case "PUT":
                    return self._put(request, bucket, key)
                case "POST" if "uploads" in asked:
                    return self._begin(request, bucket, key)
                case "POST" if "uploadId" in asked:
                    return self._complete(request, bucket, key)
                case "POST" if "append" in asked:
                    return self._append(request, bucket, key)
                case "GET" if "uploadId" in asked:
                    return self._list_parts(request, bucket, key)
                case "GET" | "HEAD":
                    return self._read(request, bucket, key)
                case "DELETE" if "uploadId" in asked:
                    self._upload(request, bucket, key)
                    del bucket.uploads[asked["uploadId"]]
                    return Answer(204)
                case "DELETE":
                    bucket.objects.pop(key, None)
                    return Answer(204)
        raise WireError(405, "MethodNotAllowed")

    # -- objects ---------------------------------------------------------------------------------------

    def _given_headers(self, request: Request, key: str) -> dict[str, str]:
        kept = {name: value for name, value in request.headers.items() if name in KEPT}
        kept.setdefault("content-type", self.default_type(key))
        for name, value in request.headers.items():
            if name.startswith(self.prefix + "meta-"):
                if not self.meta_name.fullmatch(name.removeprefix(self.prefix + "meta-")):
                    raise WireError(400, "InvalidArgument", f"The metadata name {name} is not valid.")
                if not value.isascii():
                    raise WireError(400, "InvalidArgument", f"The metadata value of {name} is not valid.")
                kept[name] = value
        return kept

    def _check_body(self, request: Request) -> bytes:
        given = request.headers.get("content-md5")
        if given is not None:
            digest = base64.b64encode(hashlib.md5(request.body).digest()).decode()
            if digest != given:
                raise WireError(400, "InvalidDigest", "The Content-MD5 you specified is not valid.")
        if self.store.size() + len(request.body) > MAX_BYTES:
            raise WireError(507, "InsufficientStorage", "the wire server is full")
        return request.body

    def _may_write(self, request: Request, bucket: Bucket, key: str) -> None:
        self.check_key(key)
        if key in bucket.objects:
            self.refuse_existing(request)

    def _stored_headers(self, stored: Stored) -> dict[str, str]:
        return {"ETag": self.etag(stored), **self.checksum_headers(stored.crc)}

    def _put(self, request: Request, bucket: Bucket, key: str) -> Answer:
        self._may_write(request, bucket, key)
        bucket.objects[key] = Store.make(self._check_body(request), self._given_headers(request, key))
        return Answer(200, self._stored_headers(bucket.objects[key]))

    def _append(self, request: Request, bucket: Bucket, key: str) -> Answer:
        old = bucket.objects.get(key)
        before = b"".join(old.content.pieces) if old is not None else b""
        if int(request.parameters["position"]) != len(before):
            raise WireError(409, "PositionNotEqualToLength")
        stored = Store.make(before + request.body, self._given_headers(request, key))
        stored.kind = "Appendable"
        bucket.objects[key] = stored
        headers = self._stored_headers(stored)
        return Answer(200, {**headers, self.prefix + "next-append-position": str(len(stored.content))})

    def _find(self, bucket: Bucket, key: str) -> Stored:
        stored = bucket.objects.get(key)
        if stored is None:
            raise WireError(404, "NoSuchKey", "The specified key does not exist.")
        return stored

    def _read(self, request: Request, bucket: Bucket, key: str) -> Answer:
        stored = self._find(bucket, key)
        etag = self.etag(stored)
        wanted, unwanted = request.headers.get("if-match"), request.headers.get("if-none-match")
        if wanted is not None and wanted not in {"*", etag}:
            raise WireError(412, "PreconditionFailed", "At least one of the pre-conditions did not hold.")
        headers = {
            **self._stored_headers(stored),
            "Last-Modified": formatdate(stored.modified, usegmt=True),
            "Accept-Ranges": "bytes",
            **self.object_headers(stored),
            **stored.headers,
        }
        if unwanted is not None and unwanted in {"*", etag}:
            return Answer(304, headers)
        if self.forces_download and request.host.partition(":")[0].endswith(self.suffixes[0]):
            # For buckets made since 2024.
            headers[self.prefix + "force-download"] = "true"
            headers["content-disposition"] = "attachment"
        for name, value in request.parameters.items():
            if name.startswith("response-"):
                headers[name.removeprefix("response-")] = value
        size = len(stored.content)
        if request.method == "HEAD":
            return Answer(200, headers, length=size)
        part = self.range_of(request, size)
        if part is None:
            return Answer(200, headers, content=stored.content.slices(0, size), length=size)
        start, stop = part
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
        return Answer(206, headers, content=stored.content.slices(start, stop), length=stop - start)

    def _source(self, request: Request) -> Stored:
        source, key = self.copy_source(request.headers[self.prefix + "copy-source"])
        bucket = self.store.buckets.get(source)
        if bucket is None:
            raise WireError(404, "NoSuchBucket")
        stored = self._find(bucket, key)
        wanted = request.headers.get(self.prefix + "copy-source-if-match")
        if wanted is not None and wanted != self.etag(stored):
            raise WireError(412, "PreconditionFailed")
        return stored

    def _copy(self, request: Request, bucket: Bucket, key: str) -> Answer:
        source = self._source(request)
        self._may_write(request, bucket, key)
        replaced = request.headers.get(self.prefix + "metadata-directive", "COPY").upper() != "COPY"
        headers = self._given_headers(request, key) if replaced else dict(source.headers)
        copy = bucket.objects[key] = Store.make(source.content, headers, source.etag)
        return xml(
            f"<CopyObjectResult><ETag>{escape(self.etag(copy))}</ETag>"
            f"<LastModified>{stamp(copy.modified)}</LastModified></CopyObjectResult>",
            self.checksum_headers(copy.crc),
        )

    def _delete_many(self, request: Request, bucket: Bucket) -> Answer:
        self.check_delete(request)
        root = _document(self._check_body(request))
        keys = [found.text or "" for found in root.iterfind("./Object/Key")]
        if not 1 <= len(keys) <= 1000:
            raise WireError(400, "MalformedXML", "1 to 1000 keys can be deleted at once")
        gone, kept = [], []
        with bucket.lock:
            for key in keys:
                if self.faults.keeps(key):
                    kept.append(key)
                else:
                    bucket.objects.pop(key, None)
                    gone.append(key)
        quiet = (root.findtext("Quiet") or "").lower() == "true"
        return xml(f"<DeleteResult>{self.deleted(gone, kept, request, quiet)}</DeleteResult>")

    # -- listings --------------------------------------------------------------------------------------

    def _list(self, request: Request, bucket: Bucket) -> Answer:
        asked = request.parameters
        second = asked.get("list-type") == "2"
        prefix, delimiter = asked.get("prefix", ""), asked.get("delimiter", "")
        after = asked.get("start-after" if second else "marker", "")
        if second and "continuation-token" in asked:
            after = base64.b64decode(asked["continuation-token"]).decode()
        limit = int(asked.get("max-keys") or self.default_page)
        if not 1 <= limit <= 1000:
            raise WireError(400, "InvalidArgument", "max-keys is 1 to 1000")
        shown: list[str] = []
        folders: list[str] = []
        last, more = after, False
        for key in sorted(bucket.objects, key=str.encode):
            if not key.startswith(prefix) or key.encode() <= after.encode():
                continue
            head, found, _ = key[len(prefix) :].partition(delimiter) if delimiter else ("", "", "")
            folder = prefix + head + delimiter if found else None
            if folder is not None and (folder in folders or (after and folder <= after)):
                continue
            if len(shown) + len(folders) == limit:
                more = True
                break
            (folders if folder is not None else shown).append(folder or key)
            last = folder if folder is not None else key
            if folder is not None:
                last = folder + "\U0010ffff"
        text = _encoder(asked)
        inner = f"<Name>{bucket.name}</Name><Prefix>{text(prefix)}</Prefix><MaxKeys>{limit}</MaxKeys>"
        inner += f"<Delimiter>{text(delimiter)}</Delimiter><IsTruncated>{str(more).lower()}</IsTruncated>"
        if asked.get("encoding-type") == "url":
            inner += "<EncodingType>url</EncodingType>"
        if second:
            inner += f"<KeyCount>{len(shown) + len(folders)}</KeyCount>"
            if more:
                token = base64.b64encode(last.encode()).decode()
                inner += f"<NextContinuationToken>{token}</NextContinuationToken>"
        else:
            inner += f"<Marker>{text(after)}</Marker>"
            inner += f"<NextMarker>{text(last)}</NextMarker>" if more else ""
        inner += "".join(self._entry(text(key), bucket.objects[key]) for key in shown)
        inner += "".join(
            f"<CommonPrefixes><Prefix>{text(name)}</Prefix></CommonPrefixes>" for name in folders
        )
        return xml(f"<ListBucketResult>{inner}</ListBucketResult>")

    def _entry(self, key: str, stored: Stored) -> str:
        return (
            f"<Contents><Key>{key}</Key><LastModified>{stamp(stored.modified)}</LastModified>"
            f"<ETag>{escape(self.etag(stored))}</ETag><Type>{stored.kind}</Type>"
            f"<Size>{len(stored.content)}</Size><StorageClass>STANDARD</StorageClass>"
            "<Owner><ID>1</ID><DisplayName>1</DisplayName></Owner></Contents>"
        )

    # -- multipart -------------------------------------------------------------------------------------

    def _upload(self, request: Request, bucket: Bucket, key: str) -> Upload:
        upload = bucket.uploads.get(request.parameters["uploadId"])
        if upload is None or upload.key != key:
            raise WireError(404, "NoSuchUpload", "The specified upload does not exist.")
        return upload

    def _begin(self, request: Request, bucket: Bucket, key: str) -> Answer:
        self._may_write(request, bucket, key)
        upload_id = self.store.new_id()
        bucket.uploads[upload_id] = Upload(key, self._given_headers(request, key), int(time.time()))
        text = _encoder(request.parameters)
        return xml(
            f"<InitiateMultipartUploadResult><Bucket>{bucket.name}</Bucket><Key>{text(key)}</Key>"
            f"<UploadId>{upload_id}</UploadId></InitiateMultipartUploadResult>"
        )

    def _put_part(self, request: Request, bucket: Bucket, key: str) -> Answer:
        upload = self._upload(request, bucket, key)
        number = int(request.parameters["partNumber"])
        if not 1 <= number <= 10_000:
            raise WireError(400, "InvalidArgument", "Part number must be 1 to 10000")
        if self.prefix + "copy-source" not in request.headers:
            part = upload.keep(number, Store.make(self._check_body(request), {}))
            return Answer(200, self._stored_headers(part))
        content = self._source(request).content
        given = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get(self.prefix + "copy-source-range", ""))
        if given:
            content = Content(*content.slices(int(given[1]), int(given[2]) + 1))
        part = upload.keep(number, Store.make(content, {}))
        return xml(
            f"<CopyPartResult><ETag>{escape(self.etag(part))}</ETag>"
            f"<LastModified>{stamp(part.modified)}</LastModified></CopyPartResult>"
        )

    def _complete(self, request: Request, bucket: Bucket, key: str) -> Answer:
        upload = self._upload(request, bucket, key)
        root = _document(self._check_body(request))
        named = [
            (int(part.findtext("PartNumber", "")), part.findtext("ETag", "").strip('"'))
            for part in root.iterfind("./Part")
        ]
        if not named:
            raise WireError(400, "MalformedXML")
        if [number for number, _ in named] != sorted({number for number, _ in named}):
            raise WireError(400, "InvalidPartOrder", "The list of parts was not in ascending order.")
        for number, etag in named:
            part = upload.parts.get(number)
            if part is None or f'"{etag}"' != self.etag(part):
                raise WireError(400, "InvalidPart", "One or more of the specified parts could not be found.")
        for number, _ in named[:-1]:
            if len(upload.parts[number].content) < self.min_part:
                raise WireError(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum.")
        self._may_write(request, bucket, key)
        parts = [upload.parts[number] for number, _ in named]
        digest = hashlib.md5(b"".join(bytes.fromhex(part.etag) for part in parts)).hexdigest()
        content = Content(*(piece for part in parts for piece in part.content.pieces))
        stored = bucket.objects[key] = Store.make(content, upload.headers, f"{digest}-{len(parts)}")
        stored.kind = "Multipart"
        del bucket.uploads[request.parameters["uploadId"]]
        text = _encoder(request.parameters)
        return xml(
            f"<CompleteMultipartUploadResult><Location>http://{request.host}/</Location>"
            f"<Bucket>{bucket.name}</Bucket><Key>{text(key)}</Key>"
            f"<ETag>{escape(self.etag(stored))}</ETag></CompleteMultipartUploadResult>",
            self.checksum_headers(stored.crc),
        )

    def _list_parts(self, request: Request, bucket: Bucket, key: str) -> Answer:
        asked = request.parameters
        upload = self._upload(request, bucket, key)
        after, limit = int(asked.get("part-number-marker") or 0), int(asked.get("max-parts") or 1000)
        numbers = [number for number in sorted(upload.parts) if number > after]
        shown = numbers[:limit]
        inner = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(self.etag(upload.parts[number]))}</ETag>"
            f"<Size>{len(upload.parts[number].content)}</Size>"
            f"<LastModified>{stamp(upload.parts[number].modified)}</LastModified></Part>"
            for number in shown
        )
        text = _encoder(asked)
        return xml(
            f"<ListPartsResult><Bucket>{bucket.name}</Bucket><Key>{text(key)}</Key>"
            f"<UploadId>{asked['uploadId']}</UploadId><MaxParts>{limit}</MaxParts>"
            f"<NextPartNumberMarker>{shown[-1] if shown else 0}</NextPartNumberMarker>"
            f"<IsTruncated>{str(len(numbers) > limit).lower()}</IsTruncated>{inner}</ListPartsResult>"
        )

    def _list_uploads(self, request: Request, bucket: Bucket) -> Answer:
        asked = request.parameters
        prefix, limit = asked.get("prefix", ""), int(asked.get("max-uploads") or 1000)
        marker = (asked.get("key-marker", "").encode(), asked.get("upload-id-marker", ""))
        found = sorted((upload.key.encode(), name) for name, upload in bucket.uploads.items())
        found = [pair for pair in found if pair[0].startswith(prefix.encode())]
        if marker[0]:
            found = [pair for pair in found if (pair > marker if marker[1] else pair[0] > marker[0])]
        shown = found[:limit]
        text = _encoder(asked)
        inner = "".join(
            f"<Upload><Key>{text(key.decode())}</Key><UploadId>{name}</UploadId>"
            f"<Initiated>{stamp(bucket.uploads[name].started)}</Initiated></Upload>"
            for key, name in shown
        )
        next_key, next_id = shown[-1] if len(found) > limit else (b"", "")
        inner += f"<NextKeyMarker>{text(next_key.decode())}</NextKeyMarker>"
        inner += f"<NextUploadIdMarker>{next_id}</NextUploadIdMarker>"
        if asked.get("encoding-type") == "url":
            inner += "<EncodingType>url</EncodingType>"
        return xml(
            f"<ListMultipartUploadsResult><Bucket>{bucket.name}</Bucket><MaxUploads>{limit}</MaxUploads>"
            f"<IsTruncated>{str(len(found) > limit).lower()}</IsTruncated>{inner}"
            "</ListMultipartUploadsResult>"
        )


def xml(inner: str, headers: dict[str, str] | None = None) -> Answer:
    """Return an XML document."""
    body = '<?xml version="1.0" encoding="UTF-8"?>\n' + inner
    return Answer(200, {"Content-Type": "application/xml", **(headers or {})}, body.encode())


def _document(body: bytes) -> ElementTree.Element:
    """Return what a client sent, without namespaces."""
    root = ElementTree.fromstring(body)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def stamp(when: float) -> str:
    """Return a time as listings write it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(when))


def _encoder(asked: dict[str, str]) -> Any:
    if asked.get("encoding-type") == "url":
        return lambda text: quote(text, safe="/")
    return escape
