"""The S3 server that `make servers` starts, and buckets on it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pis_data.config import StorageConfig
from pis_data.storage.s3 import S3Storage

from ..servers.home import read_env

VARIABLE = "PIS_TEST_S3_URL"


def server(**changes: Any) -> StorageConfig:
    """Where the server is; ``changes`` are fields of the configuration."""
    url = os.environ.get(VARIABLE) or read_env().get(VARIABLE)
    if url is None:
        raise RuntimeError("there is no S3 server: run `make servers`, or set PIS_TEST_S3_URL")
    return StorageConfig(**{**dict(StorageConfig.from_url(url)), **changes})


@contextmanager
def new_bucket(kind: type[S3Storage] = S3Storage, **changes: Any) -> Iterator[S3Storage]:
    """A bucket of its own, gone afterwards."""
    with kind(server(bucket=f"pis-{secrets.token_hex(6)}", **changes)) as storage:
        storage.ensure_bucket()
        yield storage
        remove(storage)


def remove(storage: S3Storage) -> None:
    """Delete a bucket with all that is in it."""
    client = storage.clients.usual
    for upload in storage.list_multipart_uploads():
        storage.abort_multipart_upload(upload.key, upload.upload_id)
    while found := client.list_objects_v2(Bucket=storage.bucket).get("Contents"):
        client.delete_objects(Bucket=storage.bucket, Delete={"Objects": [{"Key": it["Key"]} for it in found]})
    client.delete_bucket(Bucket=storage.bucket)
