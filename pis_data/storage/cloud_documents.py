"""The XML that OSS and COS send and take."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from .objects import MultipartUpload, ObjectInfo

_NOT_IN_XML = re.compile(r"[\ufffe\uffff]|^\s|\s$|\r|\n")
"""What a document can't hold, or what a parser may trim."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer to a listing, in the order of the names' bytes."""

    items: Sequence[ObjectInfo | str]
    """Objects, and folders (as ``…/``) where the listing was one of a folder."""
    next: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an upload; ``etag`` is as the service writes it."""

    number: int
    etag: str
    size: int


def etag(text: str) -> str:
    """Return an ETag as we tell it: without quotes, MD5 in lower case (OSS writes it in capitals)."""
    return text.strip().strip('"').lower()


def instant(text: str) -> datetime:
    """Return a document's time, which is in UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def md5(body: bytes) -> str:
    """Return the Content-MD5 of a document."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def is_truncated(root: Element) -> bool:
    """Say whether a listing goes on."""
    return root.findtext("IsTruncated", "").strip().lower() == "true"


def is_plain(key: str) -> bool:
    """Say whether a key can stand in a document and come out the same."""
    return not _NOT_IN_XML.search(key)


class _Reader:
    """Reads the texts of a document that may be percent-encoded throughout."""

    def __init__(self, root: Element) -> None:
        self._encoded = root.findtext("EncodingType", "").strip() == "url"

    def __call__(self, element: Element, name: str) -> str:
        text = element.findtext(name) or ""
        return unquote(text) if self._encoded else text


def listing(root: Element) -> Page:
    """Read one page of a listing."""
    read = _Reader(root)
    objects = [
        ObjectInfo(
            key=read(found, "Key"),
            size=int(found.findtext("Size", "0")),
            etag=etag(found.findtext("ETag", "")),
            last_modified=instant(found.findtext("LastModified", "")),
        )
        for found in root.iterfind("Contents")
    ]
    folders = [read(found, "Prefix") for found in root.iterfind("CommonPrefixes")]
    items: list[ObjectInfo | str] = sorted([*objects, *folders], key=_sort_key)
    following = None
    if is_truncated(root):
        following = read(root, "NextMarker") or (_name(items[-1]) if items else None)
    return Page(items, following)


def _name(item: ObjectInfo | str) -> str:
    return item if isinstance(item, str) else item.key


def _sort_key(item: ObjectInfo | str) -> bytes:
    return _name(item).encode()


def parts(root: Element) -> Iterator[Part]:
    """Read the parts of an upload."""
    for found in root.iterfind("Part"):
        number, size = int(found.findtext("PartNumber", "0")), int(found.findtext("Size", "0"))
        yield Part(number, found.findtext("ETag", "").strip(), size)


def uploads(root: Element) -> Iterator[MultipartUpload]:
    """Read unfinished uploads."""
    read = _Reader(root)
    for found in root.iterfind("Upload"):
        initiated = instant(found.findtext("Initiated", ""))
        yield MultipartUpload(read(found, "Key"), found.findtext("UploadId", ""), initiated)


def next_uploads(root: Element) -> dict[str, str]:
    """Return the parameters that go on behind a page of uploads."""
    return {
        "key-marker": _Reader(root)(root, "NextKeyMarker"),
        "upload-id-marker": root.findtext("NextUploadIdMarker", ""),
    }


def completion(parts: Iterable[tuple[int, str]]) -> bytes:
    """Return the document that completes an upload."""
    inner = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(tag)}</ETag></Part>" for number, tag in parts
    )
    return f"<CompleteMultipartUpload>{inner}</CompleteMultipartUpload>".encode()


def deletion(keys: Iterable[str]) -> bytes:
    """Return the document that deletes objects, and has every one of them told."""
    inner = "".join(f"<Object><Key>{escape(key)}</Key></Object>" for key in keys)
    return f"<Delete><Quiet>false</Quiet>{inner}</Delete>".encode()


def deleted(root: Element) -> tuple[set[str], list[tuple[str, str]]]:
    """Read which keys are deleted, and of which others a reason is told."""
    read = _Reader(root)
    gone = {read(found, "Key") for found in root.iterfind("Deleted")}
    failed = [
        (read(found, "Key"), f"{found.findtext('Code', '')}: {found.findtext('Message', '')}")
        for found in root.iterfind("Error")
    ]
    return gone, failed
