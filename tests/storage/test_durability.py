"""Nothing half, nothing mixed, nothing left: killed writers, full disks, processes at once, big streams."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pis_data.errors import StorageError
from pis_data.storage.local import LocalStorage

from .conftest import debris
from .workers import MIB, Zeros

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(local: LocalStorage) -> Any:
    """Start one of the workers; what still runs at the end is killed."""
    running = []

    def start_one(task: str, name: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.storage.workers", task, str(local.path), name]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield start_one
    for process in running:
        process.kill()
        process.communicate()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def together(processes: list[subprocess.Popen[str]]) -> None:
    """Let processes that said "ready" go on at the same moment."""
    for process in processes:
        assert said(process) == "ready"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


def assert_whole(storage: LocalStorage) -> int:
    """Check that content and metadata of every object say the same; return how many there are."""
    count = 0
    for info in storage.list():
        found = storage.stat(info.key)
        assert storage.download(info.key) == found.metadata["number"].encode() * 30_000
        count += 1
    return count


def test_writers_killed_at_any_moment_leave_whole_objects(local: LocalStorage, start: Start) -> None:
    chance = random.Random(7)
    for turn in range(12):
        writer = start("write_for_ever", str(turn))
        assert said(writer) == "started"
        time.sleep(chance.uniform(0, 0.05))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        assert assert_whole(local) >= 2
    assert all(not (local.path / "objects" / path.name).exists() for path in (local.path / "tmp").iterdir())
    for path in (local.path / "tmp").iterdir():
        os.utime(path, (0, 0))
    LocalStorage(local.path).ensure_bucket()
    assert list((local.path / "tmp").iterdir()) == []


def test_two_writers_while_a_third_reads(local: LocalStorage, start: Start) -> None:
    writers = [start("write_for_ever", name) for name in ("one", "other")]
    for writer in writers:
        assert said(writer) == "started"
    stop = time.monotonic() + 1.5
    while time.monotonic() < stop:
        for key in ("deep/1.bin", "copied.bin"):
            with local.open(key) as file:
                number = file.raw.info.metadata["number"]  # type: ignore[attr-defined]
                assert file.read() == number.encode() * 30_000


def test_of_two_processes_that_create_one_wins(local: LocalStorage, start: Start) -> None:
    racers = {name: start("create", name) for name in ("a", "b")}
    together(list(racers.values()))
    won = {name: said(process).split() for name, process in racers.items()}
    assert sorted(map(int, won["a"] + won["b"])) == list(range(100))
    for name, numbers in won.items():
        for number in numbers:
            assert local.download(f"race/{number}") == name.encode() * 1000
            assert local.stat(f"race/{number}").metadata == {"by": name}
    assert debris(local) == []


def test_processes_that_write_list_and_delete_at_once(local: LocalStorage, start: Start) -> None:
    workers = [start("churn", str(number)) for number in range(4)]
    assert all(said(worker).startswith("done") for worker in workers)
    assert list(local.list()) == []
    assert debris(local) == []


def test_processes_agree_on_the_signing_key(local: LocalStorage, start: Start) -> None:
    workers = [start("sign", str(number)) for number in range(4)]
    together(workers)
    for worker in workers:
        url = said(worker)
        assert local.signer.verify("GET", "a", url.partition("?")[2]).key == "a"


def test_a_stream_goes_through_in_bounded_memory(start: Start) -> None:
    process = start("stream", "-")
    out, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    assert int(out) < 24, f"grew by {out} MiB"


# -- full disks --------------------------------------------------------------------------------------------


def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path) -> None:
    storage = LocalStorage(small_disk)
    storage.ensure_bucket()
    stored = storage.upload("a", b"old" * MIB, metadata={"is": "old"})
    upload_id = storage.init_multipart_upload("parts")
    for change in (
        lambda: storage.upload("a", Zeros(20 * MIB)),
        lambda: storage.upload("new/b", Zeros(20 * MIB)),
        lambda: storage.upload("new/b", Zeros(20 * MIB), if_none_match=True),
        lambda: storage.upload_part("parts", upload_id, 1, Zeros(20 * MIB)),
        lambda: (storage.copy("a", "b"), storage.copy("a", "c")),
    ):
        with pytest.raises(StorageError, match=r"No space left on device: nothing was changed"):
            change()
    storage.abort_multipart_upload("parts", upload_id)
    assert storage.stat("a") == stored
    assert storage.download("a") == b"old" * MIB
    assert [info.key for info in storage.list()] == ["a", "b"]
    assert debris(storage) == []
    storage.delete("b")
    storage.upload("a", b"there is room again")


def test_a_full_disk_while_parts_are_joined(small_disk: Path) -> None:
    storage = LocalStorage(small_disk)
    storage.ensure_bucket()
    upload_id = storage.init_multipart_upload("a")
    etag = storage.upload_part("a", upload_id, 1, Zeros(5 * MIB))
    with pytest.raises(StorageError, match="No space left"):
        storage.complete_multipart_upload("a", upload_id, [(1, etag)])
    assert not storage.exists("a")
    assert len(storage.list_multipart_uploads()) == 1
    storage.abort_multipart_upload("a", upload_id)
    assert debris(storage) == []


def test_full_disk_by_limit(local: LocalStorage) -> None:
    """The same by a limit on the size of files, where nothing can be mounted."""
    local.upload("a", b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MIB, before[1]))
    try:
        with pytest.raises(StorageError, match="nothing was changed"):
            local.upload("a", Zeros(5 * MIB))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert local.download("a") == b"old"
    assert debris(local) == []


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "mkdir"])
def test_a_disk_that_gets_full_at_any_step(
    local: LocalStorage, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    local.upload("a", b"old", metadata={"is": "old"})

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    key = "new/folder/b" if call == "mkdir" else "a"
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(StorageError, match="No space left"):
            local.upload(key, b"new")
    assert [info.key for info in local.list()] == ["a"]
    assert local.download("a") == b"old"
    assert local.stat("a").metadata == {"is": "old"}
    assert debris(local) == []


def test_every_write_is_on_disk_before_it_is_seen(
    local: LocalStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order of system calls: the content, then the name, then the directory that holds the name."""
    steps: list[str] = []
    for name in ("fsync", "replace", "link"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os,
            name,
            lambda *args, _name=name, _real=real, **more: (steps.append(_name), _real(*args, **more))[1],
        )
    local.upload("a", b"x")
    assert steps == ["fsync", "replace", "fsync"]
    steps.clear()
    local.upload("b", b"x", if_none_match=True)
    assert steps == ["fsync", "link", "fsync"]
