"""The storage suite on the store that ``--pis-storage`` names; collected only with that option."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.errors import PisDataError
from pis_data.storage import StorageAdapter, create_storage_adapter

from .storage import StorageContract


class TestStorage(StorageContract):
    @pytest.fixture
    def storage(self, named_storage: StorageAdapter) -> StorageAdapter:
        return named_storage


@pytest.fixture(scope="module")
def named_storage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StorageAdapter]:
    given: str = request.config.getoption("pis_storage")
    try:
        storage = _named(given, tmp_path_factory.mktemp("pis-storage"))
        storage.ensure_bucket()
    except PisDataError as error:  # in one line, not once for each test
        pytest.exit(f"--pis-storage={given}: {error}", pytest.ExitCode.USAGE_ERROR)
    with storage:
        yield storage


def _named(given: str, folder: Path) -> StorageAdapter:
    if "://" in given or given.startswith("env:"):
        return create_storage_adapter(given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORAGE_TYPE", given)
        if given == "local":
            patch.setenv("STORAGE_PATH", str(folder))
        return create_storage_adapter()
