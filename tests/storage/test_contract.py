"""The storage suite on local storage, and on the two adapters that wrap another."""

from __future__ import annotations

from pathlib import Path

import pytest

from pis_data.storage import StorageAdapter
from pis_data.storage.fallback import FallbackStorage
from pis_data.storage.local import LocalStorage
from pis_data.storage.prefixed import PrefixedStorage
from pis_data.testing.storage import StorageContract
from pis_data.testing.storage_http import Fetch, in_process

from .conftest import debris


class TestLocal(StorageContract):
    @pytest.fixture
    def storage(self, local: LocalStorage) -> StorageAdapter:
        return local

    @pytest.fixture(autouse=True)
    def _nothing_is_left(self, storage: LocalStorage, prefix: str) -> object:
        """After every test of the suite, once its own uploads are aborted and its objects deleted."""
        yield
        storage.delete_many(info.key for info in storage.list(prefix))
        for upload in storage.list_multipart_uploads(prefix):
            storage.abort_multipart_upload(upload.key, upload.upload_id)
        assert debris(storage) == []


class TestPrefixed(StorageContract):
    @pytest.fixture
    def storage(self, local: LocalStorage) -> StorageAdapter:
        local.upload("outside", b"")
        local.upload("tenant/照2", b"")
        return PrefixedStorage(local, "tenant/照/")

    @pytest.fixture
    def fetch(self, local: LocalStorage) -> Fetch:
        return in_process(local)

    # The prefix takes of the 1,024 bytes that a key has.
    test_a_key_of_1024_bytes = None

    def test_a_key_that_is_too_long_with_its_prefix(self, storage: StorageAdapter) -> None:
        from pis_data.errors import InvalidKeyError

        storage.upload("k" * (1024 - len("tenant/照/".encode())), b"")
        with pytest.raises(InvalidKeyError):
            storage.upload("k" * (1025 - len("tenant/照/".encode())), b"")

    def test_only_what_is_below_is_seen(self, storage: StorageAdapter, local: LocalStorage) -> None:
        storage.upload("a", b"")
        assert [info.key for info in storage.list()] == ["a"]
        assert [info.key for info in local.list()] == ["outside", "tenant/照/a", "tenant/照2"]
        assert storage.public_url("a b").endswith("/tenant/%E7%85%A7/a%20b")


class TestFallback(StorageContract):
    """An empty old store behind a new one changes nothing."""

    @pytest.fixture
    def storage(self, local: LocalStorage, tmp_path: Path) -> StorageAdapter:
        old = LocalStorage(tmp_path / "old")
        old.ensure_bucket()
        return FallbackStorage(local, old)

    @pytest.fixture
    def fetch(self, local: LocalStorage) -> Fetch:
        return in_process(local)
