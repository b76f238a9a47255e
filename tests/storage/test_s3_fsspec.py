"""fsspec's own abstract suites on the filesystem of an S3 store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import fsspec.tests.abstract as abstract
import pytest

from .s3_server import new_bucket


class Fixtures(abstract.AbstractFixtures):
    @pytest.fixture(scope="class")
    @classmethod
    def fs(cls) -> Iterator[Any]:
        with new_bucket() as storage:
            yield storage.filesystem

    @pytest.fixture
    def fs_path(self) -> str:
        return ""

    @pytest.fixture
    def supports_empty_directories(self) -> bool:
        return False


class TestCopy(abstract.AbstractCopyTests, Fixtures):
    pass


class TestGet(abstract.AbstractGetTests, Fixtures):
    pass


class TestPut(abstract.AbstractPutTests, Fixtures):
    pass


class TestOpen(abstract.AbstractOpenTests, Fixtures):
    pass


class TestPipe(abstract.AbstractPipeTests, Fixtures):
    pass
