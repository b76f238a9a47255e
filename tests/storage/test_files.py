"""Where a download is written: files, links, and what is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pis_data.errors import StorageError
from pis_data.storage.files import atomic_write
from pis_data.storage.local import LocalStorage


def test_a_pipe_is_not_replaced_by_a_file(local: LocalStorage, tmp_path: Path) -> None:
    """Nor is /dev/null, though root may."""
    local.upload("a", b"x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(StorageError, match="it is not a regular file"):
        local.download_to("a", pipe)
    assert pipe.is_fifo()


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    with atomic_write(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"
