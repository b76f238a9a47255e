"""The fsspec filesystem over a store: fsspec's own suites, and what they don't ask."""

from __future__ import annotations

import gc
import pickle
from typing import Any

import pytest
from fsspec.tests import abstract

from pis_data.errors import InvalidKeyError, StorageUnavailableError
from pis_data.storage.base import StorageAdapter
from pis_data.storage.filesystem import ObjectFileSystem
from pis_data.storage.local import LocalStorage


class Fixtures(abstract.AbstractFixtures):
    @pytest.fixture
    def fs(self, local: LocalStorage) -> ObjectFileSystem:
        return local.filesystem

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


@pytest.fixture
def files(local: LocalStorage) -> ObjectFileSystem:
    for key in ("a.jpg", "raw/1/a.jpg", "raw/1/b.jpg", "raw/2/c.jpg", "raw-not/d.jpg", "raw"):
        local.upload(key, key.encode())
    return local.filesystem


def test_looking_around(files: ObjectFileSystem) -> None:
    assert files.ls("", detail=False) == ["a.jpg", "raw", "raw-not", "raw"]
    assert files.ls("raw/", detail=False) == ["raw/1", "raw/2"]
    assert files.ls("raw/1/a.jpg", detail=False) == ["raw/1/a.jpg"]
    assert files.find("raw/") == ["raw/1/a.jpg", "raw/1/b.jpg", "raw/2/c.jpg"]
    assert files.glob("raw/*/*.jpg") == files.find("raw/")
    assert files.info("raw/1")["type"] == "directory"
    assert files.info("a.jpg")["ContentType"] == "image/jpeg"
    assert files.modified("a.jpg") == files.created("a.jpg") == files.storage.stat("a.jpg").last_modified
    assert files.du("raw/") == 33
    assert [files.exists(path) for path in ("", "raw/1", "raw/1/a.jpg", "raw/3", "ra")] == [True] * 3 + [
        False
    ] * 2
    for missing in (files.info, files.ls, files.cat_file, files.open, files.rm_file, files.modified):
        with pytest.raises(FileNotFoundError):
            missing("raw/3")
    with pytest.raises(IsADirectoryError):
        files.modified("raw/1")


def test_an_empty_store(local: LocalStorage) -> None:
    assert local.filesystem.ls("") == []
    assert local.filesystem.find("") == []


def test_reading_parts(files: ObjectFileSystem) -> None:
    for start, end in ((None, None), (2, None), (None, 3), (-4, None), (1, -1), (5, 2), (0, 100)):
        assert files.cat_file("raw/1/a.jpg", start, end) == b"raw/1/a.jpg"[start:end]


def test_a_file_is_written_whole_or_not_at_all(files: ObjectFileSystem) -> None:
    def fail_half_way() -> None:
        with files.open("new", "wb") as file:
            file.write(b"half")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    unfinished = files.open("new", "wb")
    unfinished.write(b"half")
    del unfinished
    gc.collect()
    assert not files.exists("new")
    with files.open("new", "wb", content_type="image/png", metadata={"m": "1"}) as file:
        assert file.write(b"whole" * 4_000_000) == 20_000_000
        assert file.tell() == 20_000_000
        assert not files.exists("new")
    info = files.storage.stat("new")
    assert (info.size, info.content_type, info.metadata) == (20_000_000, "image/png", {"m": "1"})


def test_what_fsspec_does_not_have(files: ObjectFileSystem) -> None:
    for mode in ("ab", "r+b"):
        with pytest.raises(NotImplementedError):
            files.open("a.jpg", mode)
    slower = files.open("other", "xb")
    files.pipe_file("other", b"quicker")
    with pytest.raises(FileExistsError):
        slower.close()
    assert files.cat_file("other") == b"quicker"
    with pytest.raises(InvalidKeyError):
        files.pipe_file("a/../b", b"")


def test_deleting(files: ObjectFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    files.rm("raw/1", recursive=True)
    assert files.find("raw/") == ["raw/2/c.jpg"]
    monkeypatch.setattr(files.storage, "_delete_many", lambda keys: [(keys[0], "read-only")])
    with pytest.raises(OSError, match="read-only"):
        files.rm("a.jpg")


def test_an_error_is_not_absence(files: ObjectFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    def ill(key: str) -> None:
        raise StorageUnavailableError("ill")

    monkeypatch.setattr(files.storage, "_stat", ill)
    with pytest.raises(StorageUnavailableError):
        files.exists("a.jpg")


def test_urls_and_other_processes(files: ObjectFileSystem) -> None:
    assert "signature=" in files.sign("a.jpg", 60)
    again: Any = pickle.loads(pickle.dumps(files))
    assert again.cat_file("a.jpg") == b"a.jpg"


def test_folders_of_a_store_that_can_only_list(
    files: ObjectFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way of every adapter that has none better: listing, and jumping over what is in folders."""
    local = files.storage
    listings: list[str] = []
    real = local._list
    monkeypatch.setattr(
        local, "_list", lambda prefix, after: (listings.append(after), real(prefix, after))[1]
    )
    for folder in ("", "raw/", "raw/1/", "none/"):
        ours = sorted(map(str, local._children(folder)))
        assert sorted(map(str, StorageAdapter._children(local, folder))) == ours
    assert len(listings) == 3 + 3 + 1 + 1
