"""A local store in a temporary folder, its app, and a place that gets full."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.storage.local import LocalStorage
from pis_data.testing.storage_http import Fetch, in_process


@pytest.fixture
def local(tmp_path: Path) -> LocalStorage:
    storage = LocalStorage(tmp_path / "store")
    storage.ensure_bucket()
    return storage


@pytest.fixture
def fetch(local: LocalStorage) -> Fetch:
    return in_process(local)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MiB, where this process may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting needs root; test_full_disk_by_limit shows the same without")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def debris(storage: LocalStorage) -> list[str]:
    """What is left of writing: files in tmp and multipart, and empty directories of objects."""
    left = [str(path) for name in ("tmp", "multipart") for path in (storage.path / name).iterdir()]
    empty = [
        str(path)
        for path in (storage.path / "objects").rglob("*")
        if path.is_dir() and not any(path.iterdir())
    ]
    return left + empty
