"""Object stores behind one interface: a folder, MinIO, S3, OSS, COS, and what third parties register.

    from pis_data import get_storage_adapter

    storage = get_storage_adapter()
    storage.upload("raw/album/photo.jpg", Path("photo.jpg"))

`base` holds the interface and all that stores have in common; a provider is one file (`local`, `s3` …).
"""

from __future__ import annotations

from .base import PresignRequest, StorageAdapter
from .many import Outcome
from .objects import MultipartUpload, ObjectInfo
from .reader import BytesReader, ObjectReader
from .registry import (
    create_storage_adapter,
    get_storage_adapter,
    register_storage_adapter,
    reset_adapters,
)
from .sources import Source

__all__ = [
    "BytesReader",
    "MultipartUpload",
    "ObjectInfo",
    "ObjectReader",
    "Outcome",
    "PresignRequest",
    "Source",
    "StorageAdapter",
    "create_storage_adapter",
    "get_storage_adapter",
    "register_storage_adapter",
    "reset_adapters",
]
