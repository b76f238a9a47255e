"""What the parts of the storage suite have in common."""

from __future__ import annotations

import contextlib
import io
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.errors import StorageError
from pis_data.storage import StorageAdapter

from .storage_http import Fetch, in_process, over_the_network


class OneWay(io.RawIOBase):
    """A stream that can only be read on, in uneven pieces, as from a pipe."""

    def __init__(self, data: bytes, fail_at: int | None = None) -> None:
        self._data = io.BytesIO(data)
        self._fail_at = fail_at

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if self._fail_at is not None and self._data.tell() >= self._fail_at:
            raise RuntimeError("the sender went away")
        return self._data.read(min(size, 77_777) if size > 0 else 77_777)


@pytest.mark.pis_contract
class Contract:
    """Overridden by who runs the suite: ``storage``, and ``fetch`` where URLs aren't reached as they stand.

    Tests keep to keys below ``prefix``, which is new for each, and is emptied afterwards.
    """

    @pytest.fixture
    def storage(self) -> StorageAdapter:
        raise NotImplementedError("a subclass gives the adapter to test")

    @pytest.fixture
    def fetch(self, storage: StorageAdapter) -> Fetch:
        from pis_data.storage.local import LocalStorage

        return in_process(storage) if isinstance(storage, LocalStorage) else over_the_network

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """An empty folder, also where ``tmp_path`` holds the store."""
        folder = tmp_path / "pis-contract"
        folder.mkdir()
        return folder

    @pytest.fixture
    def prefix(self, storage: StorageAdapter) -> Iterator[str]:
        prefix = f"pis-contract/{secrets.token_hex(8)}/"
        yield prefix
        storage.delete_many(info.key for info in storage.list(prefix))
        with contextlib.suppress(StorageError):  # a store without multipart uploads has none to abort
            for upload in storage.list_multipart_uploads(prefix):
                storage.abort_multipart_upload(upload.key, upload.upload_id)


def listed(storage: StorageAdapter, prefix: str, start_after: str | None = None) -> list[str]:
    """Return the keys of a listing."""
    return [info.key for info in storage.list(prefix, start_after)]
