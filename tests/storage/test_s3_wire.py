"""S3 storage on a server of ours that checks each signature, answers as AWS does, and fails on demand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pis_data.config import StorageConfig
from pis_data.storage import StorageAdapter
from pis_data.storage.s3 import S3Storage
from pis_data.testing.storage import StorageContract
from tests.wire import WireServer

BUCKET = "pis-photos"


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    with WireServer("s3") as server:
        yield server


def config(server: WireServer, **changes: Any) -> StorageConfig:
    given = {
        "kind": "s3",
        "endpoint": "127.0.0.1",
        "port": server.port,
        "use_ssl": False,
        "access_key": server.access_key,
        "secret_key": server.secret_key,
        "region": server.region,
        "bucket": BUCKET,
    }
    return StorageConfig(**{**given, **changes})


@pytest.fixture(scope="module")
def bucket(server: WireServer) -> Iterator[S3Storage]:
    with S3Storage(config(server)) as storage:
        storage.ensure_bucket()
        yield storage


@pytest.fixture
def storage(bucket: S3Storage, server: WireServer) -> Iterator[S3Storage]:
    server.calm()
    yield bucket
    server.calm()
    bucket.delete_many(info.key for info in bucket.list())


class TestS3(StorageContract):
    """The whole suite as AWS answers it, also where Ceph has a way of its own."""

    @pytest.fixture
    def storage(self, bucket: S3Storage) -> StorageAdapter:
        return bucket
