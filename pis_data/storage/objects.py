"""What a store tells about the things in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One stored object.

    ``stat`` and every write fill all fields. A listing tells ``key``, ``size``, ``etag`` and
    ``last_modified``; ``content_type`` is None and ``metadata`` empty there, on every store, since the
    listing of an object store knows neither.
    """

    key: str
    size: int
    """Bytes."""
    etag: str
    """Without quotes. MD5 in hex of a plain upload on most stores; ``…-N`` after a multipart upload."""
    last_modified: datetime
    """Aware, in UTC."""
    content_type: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Names are lower-case."""
    version_id: str | None = None
    """None where the store keeps no versions."""


@dataclass(frozen=True, slots=True)
class MultipartUpload:
    """A multipart upload that was begun and neither completed nor aborted."""

    key: str
    upload_id: str
    initiated: datetime
    """Aware, in UTC."""
