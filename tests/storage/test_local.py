"""What is particular to a folder: its errors, what others plant in it, what an operator sees in it."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.errors import (
    AccessDeniedError,
    BucketNotFoundError,
    IntegrityError,
    MultipartError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
    StorageUnavailableError,
)
from pis_data.storage.local import LocalStorage

from .conftest import debris


def calls(storage: LocalStorage) -> list[Any]:
    return [
        lambda: storage.upload("a", b""),
        lambda: storage.download("a"),
        lambda: storage.stat("a"),
        lambda: storage.exists("a"),
        lambda: storage.open("a"),
        lambda: list(storage.list()),
        lambda: list(storage.list("a/../")),
        lambda: storage.copy("a", "b"),
        lambda: storage.move("a", "b"),
        lambda: storage.delete("a"),
        lambda: storage.health(),
        lambda: storage.init_multipart_upload("a"),
        lambda: storage.upload_part("a", "0" * 32, 1, b""),
        lambda: storage.list_multipart_uploads(),
    ]


def test_a_missing_folder_is_a_missing_bucket(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path / "nowhere")
    for call in [*calls(storage), lambda: storage.get_presigned_get_url("a")]:
        with pytest.raises(BucketNotFoundError, match="STORAGE_PATH"):
            call()
    assert not storage.path.exists()
    assert [key for key, _ in storage.delete_many(["a", "b"])] == ["a", "b"]


def test_a_folder_whose_volume_is_not_mounted(tmp_path: Path) -> None:
    for call in calls(LocalStorage(tmp_path)):
        with pytest.raises(BucketNotFoundError, match="mounted"):
            call()
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for call in calls(LocalStorage(tmp_path / "file")):
        with pytest.raises(BucketNotFoundError, match="is no folder"):
            call()
    with pytest.raises(StorageError, match="creating"):
        LocalStorage(tmp_path / "file").ensure_bucket()


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of an ordinary user, whom this process acts as."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
        shutil.rmtree(folder)


def test_what_the_user_may_not_is_denied_and_never_absent(unprivileged: Path) -> None:
    storage = LocalStorage(unprivileged)
    storage.ensure_bucket()
    storage.upload("folder/a", b"x")
    folder = unprivileged / "objects" / "folder"
    folder.chmod(0o000)
    denied = (
        lambda: storage.exists("folder/a"),
        lambda: storage.stat("folder/b"),
        lambda: storage.upload("folder/a", b"new"),
        lambda: storage.delete("folder/a"),
        lambda: storage.copy("folder/a", "b"),
        lambda: storage.move("folder/a", "b"),
        lambda: list(storage.list()),
    )
    for call in denied:
        with pytest.raises(AccessDeniedError):
            call()
    assert storage.delete_many(["folder/a"])[0][0] == "folder/a"
    folder.chmod(0o755)
    assert storage.download("folder/a") == b"x"
    assert debris(storage) == []


def test_a_read_only_folder_reads(unprivileged: Path) -> None:
    storage = LocalStorage(unprivileged)
    storage.ensure_bucket()
    storage.upload("a", b"x")
    for path in (unprivileged / "objects", unprivileged / "tmp"):
        path.chmod(0o555)
    assert storage.download("a") == b"x"
    for call in (lambda: storage.upload("b", b""), lambda: storage.delete("a"), storage.health):
        with pytest.raises(AccessDeniedError):
            call()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EIO, StorageUnavailableError),
        (errno.ESTALE, StorageUnavailableError),
        (errno.EMFILE, StorageUnavailableError),
        (errno.EACCES, AccessDeniedError),
        (errno.EROFS, AccessDeniedError),
        (errno.EINVAL, StorageError),
    ],
)
def test_an_error_of_the_system_is_never_taken_for_absence(
    local: LocalStorage, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StorageError]
) -> None:
    local.upload("a", b"")
    error = OSError(number, os.strerror(number))

    def fail(*_: Any, **__: Any) -> int:
        raise error

    monkeypatch.setattr("pis_data.storage.local_tree.open_file", fail)
    for call in (local.exists, local.stat, local.download, lambda key: list(local.list())):
        with pytest.raises(kind) as raised:
            call("a")
        assert not isinstance(raised.value, ObjectNotFoundError)
        assert raised.value.__cause__ is error


# -- what others plant ---------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "@secret").write_bytes(b"secret")
    return folder


def test_a_planted_link_to_a_folder_leads_nowhere(local: LocalStorage, outside: Path) -> None:
    (local.path / "objects" / "link").symlink_to(outside)
    for call in (
        lambda: local.download("link/secret"),
        lambda: local.exists("link/secret"),
        lambda: local.upload("link/new", b""),
        lambda: local.delete("link/secret"),
        lambda: local.copy("link/secret", "a"),
        lambda: list(local.list("link/")),
    ):
        with pytest.raises(StorageError, match="link") as raised:
            call()
        assert not isinstance(raised.value, ObjectNotFoundError)
    assert list(local.list()) == []
    assert [path.name for path in outside.iterdir()] == ["@secret"]


def test_a_planted_link_to_a_file_is_not_read_and_not_written_through(
    local: LocalStorage, outside: Path
) -> None:
    (local.path / "objects" / "@a").symlink_to(outside / "@secret")
    for call in (local.download, local.exists, local.stat):
        with pytest.raises(AccessDeniedError, match="link"):
            call("a")
    local.upload("a", b"ours")
    assert local.download("a") == b"ours"
    assert (outside / "@secret").read_bytes() == b"secret"


def test_links_in_place_of_our_own_folders(local: LocalStorage, outside: Path) -> None:
    for name in ("objects", "tmp", "multipart"):
        (local.path / name).rmdir()
        (local.path / name).symlink_to(outside)
        with pytest.raises(StorageError, match="link"):
            local.health()
        (local.path / name).unlink()
        (local.path / name).mkdir()
    (local.path / "signing.key").symlink_to(outside / "@secret")
    with pytest.raises(AccessDeniedError):
        local.get_presigned_get_url("a")


def test_the_folder_itself_may_be_reached_through_a_link(local: LocalStorage, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(local.path)
    LocalStorage(tmp_path / "link").upload("a", b"x")
    assert local.download("a") == b"x"


def test_a_pipe_or_folder_in_place_of_an_object(local: LocalStorage) -> None:
    os.mkfifo(local.path / "objects" / "@pipe")
    (local.path / "objects" / "@folder").mkdir()
    (local.path / "objects" / "file").write_bytes(b"")
    for key in ("pipe", "folder"):
        with pytest.raises(IntegrityError):
            local.download(key)
    with pytest.raises(StorageError):
        local.upload("folder", b"")
    with pytest.raises(StorageError, match="not ours"):
        local.upload("file/a", b"")
    with pytest.raises(StorageError, match="not ours"):
        local.exists("file/a")


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:-1],
        lambda data: data[1:],
        lambda data: data + b"x",
        lambda data: b"",
        lambda data: data[:20],
        lambda data: data.replace(b'"type":"image/jpeg"', b'"type":"text/html" '),
        lambda data: b"\xff\xd8 a photo copied in by hand",
    ],
)
def test_a_file_that_is_not_as_we_wrote_it(local: LocalStorage, harm: Any) -> None:
    local.upload("a.jpg", b"0123456789" * 10)
    path = local.path / "objects" / "@a.jpg"
    path.write_bytes(harm(path.read_bytes()))
    for call in (local.download, local.stat, local.exists, lambda key: list(local.list())):
        with pytest.raises(IntegrityError, match=r"a\.jpg"):
            call("a.jpg")
    local.upload("a.jpg", b"mended")
    assert local.download("a.jpg") == b"mended"


def test_a_multipart_upload_that_was_tampered_with(local: LocalStorage) -> None:
    upload_id = local.init_multipart_upload("a")
    (local.path / "multipart" / upload_id / "upload.json").write_text("{")
    with pytest.raises(IntegrityError):
        local.upload_part("a", upload_id, 1, b"")
    (local.path / "multipart" / "foreign").mkdir()
    with pytest.raises(MultipartError):
        local.upload_part("a", "foreign", 1, b"")


# -- what an operator sees -------------------------------------------------------------------------------


def test_the_folder_is_readable_by_people(local: LocalStorage) -> None:
    local.upload("raw/album/photo.jpg", b"\xff\xd8 content")
    path = local.path / "objects" / "raw" / "album" / "@photo.jpg"
    assert path.read_bytes().startswith(b"\xff\xd8 content")
    assert sorted(path.name for path in local.path.iterdir()) == ["multipart", "objects", "tmp"]


def test_files_have_the_mode_that_the_user_chose(local: LocalStorage) -> None:
    before = os.umask(0o027)
    try:
        local.upload("folder/a", b"")
    finally:
        os.umask(before)
    folder = local.path / "objects" / "folder"
    assert stat.S_IMODE((folder / "@a").stat().st_mode) == 0o640
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_empty_directories_go_with_their_last_object(local: LocalStorage) -> None:
    local.upload("a/b/c/d", b"")
    local.upload("a/x", b"")
    local.delete("a/b/c/d")
    assert [path.name for path in (local.path / "objects" / "a").iterdir()] == ["@x"]
    local.move("a/x", "y/z")
    assert [path.name for path in (local.path / "objects").iterdir()] == ["y"]
    local.delete("y/z")
    local.delete("y/z")
    assert list((local.path / "objects").iterdir()) == []


def test_a_refused_write_leaves_no_directory(local: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        with pytest.raises(StorageUnavailableError):
            local.upload("deep/down/a", b"")
    assert debris(local) == []


def test_the_same_folder_moved_elsewhere(local: LocalStorage, tmp_path: Path) -> None:
    stored = local.upload("a/照.jpg", b"x", metadata={"m": "1"})
    shutil.copytree(local.path, tmp_path / "copy")
    assert LocalStorage(tmp_path / "copy").stat("a/照.jpg") == stored


def test_a_folder_whose_own_path_is_long(tmp_path: Path) -> None:
    root = tmp_path
    for _ in range(12):
        root = root / ("d" * 200)
    storage = LocalStorage(root)
    storage.ensure_bucket()
    key = "/".join(["😀" * 20] * 12)
    storage.upload(key, b"beyond PATH_MAX")
    assert storage.download(key) == b"beyond PATH_MAX"
    assert [info.key for info in storage.list()] == [key]
    storage.delete(key)
    assert debris(storage) == []


def test_drafts_of_killed_writers_go_by_age(local: LocalStorage) -> None:
    upload_id = local.init_multipart_upload("kept")
    for name, age in (("old", 90_000), ("young", 80_000)):
        (local.path / "tmp" / name).write_bytes(b"x" * 100)
        (local.path / "tmp" / f"{name}.gone").mkdir()
        (local.path / "tmp" / f"{name}.gone" / "part-00001").write_bytes(b"x")
        when = time.time() - age
        for path in (local.path / "tmp" / name, local.path / "tmp" / f"{name}.gone"):
            os.utime(path, (when, when))
    again = LocalStorage(local.path)
    again.upload("a", b"")  # the first write of a process sweeps
    assert sorted(path.name for path in (local.path / "tmp").iterdir()) == ["young", "young.gone"]
    assert [upload.upload_id for upload in again.list_multipart_uploads()] == [upload_id]


def test_a_file_system_without_hard_links_says_so(
    local: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pis_data.errors import CapabilityError

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(CapabilityError, match="hard links"):
        local.upload("a", b"", if_none_match=True)
    local.upload("a", b"x")
    assert debris(local) == []


def test_create_only_is_decided_when_the_object_is_put_in_place(local: LocalStorage) -> None:
    class Slow:
        """Another writer is quicker while this one's data still comes."""

        def __init__(self) -> None:
            self.pieces = [b"slow", b""]

        def read(self, size: int = -1, /) -> bytes:
            if len(self.pieces) == 1:
                local.upload("a", b"quick", metadata={"by": "quick"}, if_none_match=True)
            return self.pieces.pop(0)

    with pytest.raises(PreconditionFailedError):
        local.upload("a", Slow(), if_none_match=True)
    assert local.download("a") == b"quick"
    assert debris(local) == []


def test_a_refused_create_reads_nothing_of_its_source(local: LocalStorage) -> None:
    class Untouched:
        def read(self, size: int = -1, /) -> bytes:
            raise AssertionError("it was read")

    local.upload("a", b"")
    with pytest.raises(PreconditionFailedError):
        local.upload("a", Untouched(), if_none_match=True)


def test_copies_without_help_of_the_kernel(local: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    data = os.urandom(3_000_000)
    local.upload("a", data)
    monkeypatch.delattr(os, "copy_file_range", raising=False)
    local.copy("a", "b")
    assert local.download("b") == data


def test_kernel_copies_that_stop_half_way(local: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    data = os.urandom(3_000_000)
    local.upload("a", data)
    real, turns = os.copy_file_range, []

    def once(src: int, dst: int, count: int, **offsets: int) -> int:
        turns.append(count)
        if len(turns) > 1:
            raise OSError(errno.EXDEV, "not here")
        return real(src, dst, 1_000_001, **offsets)

    monkeypatch.setattr(os, "copy_file_range", once)
    local.copy("a", "b")
    assert local.download("b") == data


def test_an_upload_completed_and_aborted_at_once(local: LocalStorage) -> None:
    for turn in range(10):
        upload_id = local.init_multipart_upload("a")
        etag = local.upload_part("a", upload_id, 1, b"%d" % turn * 1000)
        outcomes: list[str] = []

        def complete(upload_id: str = upload_id, etag: str = etag, outcomes: list[str] = outcomes) -> None:
            try:
                local.complete_multipart_upload("a", upload_id, [(1, etag)])
                outcomes.append("completed")
            except MultipartError:
                outcomes.append("refused")

        def abort(upload_id: str = upload_id) -> None:
            local.abort_multipart_upload("a", upload_id)

        threads = [threading.Thread(target=target) for target in (complete, complete, abort)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(outcomes) == 2
        if "completed" in outcomes:
            assert local.download("a") == b"%d" % turn * 1000
        assert debris(local) == []


def test_directories_pruned_while_written_into(local: LocalStorage) -> None:
    """Uploads and deletes in one folder at once: the directory comes and goes under the writers."""
    stop = time.monotonic() + 2
    failures: list[BaseException] = []

    def churn(name: str) -> None:
        try:
            while time.monotonic() < stop:
                local.upload(f"deep/down/{name}", b"x")
                local.move(f"deep/down/{name}", f"other/{name}")
                assert local.download(f"other/{name}") == b"x"
                local.delete(f"other/{name}")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=churn, args=(str(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert debris(local) == []
