"""fsspec's own suites on the filesystems of OSS and COS: 137 tests on each, of which none may fail.

On the same server cosfs passes 113 of them and ossfs 71 (with V1 and, corrected, with V4 signatures): so
``storage.filesystem`` stands on the adapter, and not on those.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fsspec.tests import abstract

from pis_data.storage.filesystem import ObjectFileSystem
from tests.wire import WireServer
from tests.wire.conftest import resolve_wire_names

from .clouds import Cloud


@pytest.fixture(scope="module", params=["oss", "cos"])
def files(request: pytest.FixtureRequest) -> Iterator[ObjectFileSystem]:
    with WireServer(request.param) as server, pytest.MonkeyPatch.context() as patch:
        resolve_wire_names(patch)
        with Cloud(server).storage() as storage:
            storage.ensure_bucket()
            yield storage.filesystem


class Fixtures(abstract.AbstractFixtures):
    @pytest.fixture
    def fs(self, files: ObjectFileSystem) -> Iterator[ObjectFileSystem]:
        yield files
        files.storage.delete_many(info.key for info in files.storage.list())

    @pytest.fixture
    def fs_path(self) -> str:
        return "folder"

    @pytest.fixture
    def supports_empty_directories(self) -> bool:
        return False


class TestCopy(Fixtures, abstract.AbstractCopyTests):
    pass


class TestGet(Fixtures, abstract.AbstractGetTests):
    pass


class TestPut(Fixtures, abstract.AbstractPutTests):
    pass


class TestOpen(Fixtures, abstract.AbstractOpenTests):
    pass


class TestPipe(Fixtures, abstract.AbstractPipeTests):
    pass
