"""A long stream, uploaded and read again, and the memory that this took, in a process that does nothing else.

python -m tests.storage.stream URL MIB
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from pis_data.storage import create_storage_adapter
from tests.wire import ROOT
from tests.wire.conftest import resolve_wire_names

MIB = 1024 * 1024
LENGTH = int(os.environ.get("PIS_TEST_STREAM_MIB", "256"))
"""MiB that are sent; docs/testing.md says where it is told to be 1,024."""


def memory_for_a_stream(url: str, mib: int = LENGTH) -> int:
    """Return by how many MiB a process grew that sent and read so many MiB."""
    command = [sys.executable, "-m", "tests.storage.stream", url, str(mib)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


class _Stream:
    """So many MiB; nobody knows how many before the end, and it can't be read twice."""

    def __init__(self, mib: int) -> None:
        self.left = mib

    def read(self, size: int = -1, /) -> bytes:
        self.left -= 1
        return b"0" * MIB if self.left >= 0 else b""


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(url: str, mib: int) -> None:
    with pytest.MonkeyPatch.context() as patch, create_storage_adapter(url) as storage:
        resolve_wire_names(patch)
        storage.upload("warm", b"")
        before = _peak()
        assert storage.upload("stream", _Stream(mib)).size == mib * MIB
        with storage.open("stream") as file:
            size = 0
            while piece := file.read(MIB):
                size += len(piece)
        assert size == mib * MIB
        storage.delete_many(["warm", "stream"])
        print(_peak() - before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
