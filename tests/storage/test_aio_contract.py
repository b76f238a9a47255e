"""The storage suite on the asynchronous face, over local storage and over S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.storage import StorageAdapter
from pis_data.storage.local import LocalStorage
from pis_data.storage.s3_fast import FastS3Storage
from pis_data.testing.faces import bridged
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import Fetch, in_process, over_the_network

from .s3_server import new_bucket


class TestLocal(StorageContract):
    @pytest.fixture
    def local(self, tmp_path: Path) -> LocalStorage:
        storage = LocalStorage(tmp_path / "store")
        storage.ensure_bucket()
        return storage

    @pytest.fixture
    def storage(self, local: LocalStorage) -> Iterator[Any]:
        with bridged(local) as storage:
            yield storage

    @pytest.fixture
    def fetch(self, local: LocalStorage) -> Fetch:
        return in_process(local)


@pytest.fixture(scope="module")
def bucket() -> Iterator[StorageAdapter]:
    with new_bucket(FastS3Storage) as storage, bridged(storage) as bridge:
        yield bridge


class TestS3(StorageContract):
    @pytest.fixture
    def storage(self, bucket: StorageAdapter) -> StorageAdapter:
        return bucket

    @pytest.fixture
    def fetch(self) -> Fetch:
        return over_the_network

    # What Ceph does otherwise than AWS: test_s3_contract.py.
    test_only_the_named_parts_count = None
    test_what_can_not_be_completed = None
    test_a_put_url_may_leave_the_content_type_to_the_client = None
