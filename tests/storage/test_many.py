"""Many objects at once: an outcome for each, bounded, and nothing half-done when it is broken off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pis_data.errors import (
    InvalidKeyError,
    InvalidValueError,
    ObjectNotFoundError,
    PreconditionFailedError,
    StorageError,
)
from pis_data.storage import Outcome, StorageAdapter
from pis_data.storage.local import LocalStorage
from pis_data.storage.s3_fast import FastS3Storage
from pis_data.testing.faces import bridged

from .conftest import debris
from .s3_server import new_bucket

MIB = 1024 * 1024


@pytest.fixture(params=["local", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StorageAdapter]:
    if request.param == "s3":
        with new_bucket(FastS3Storage) as bucket:
            yield bucket
    else:
        with LocalStorage(tmp_path / "store") as local:
            local.ensure_bucket()
            yield local
            assert debris(local) == []


@pytest.fixture(params=["sync", "async"])
def face(request: pytest.FixtureRequest, storage: StorageAdapter) -> Iterator[StorageAdapter]:
    """Either face of the same store."""
    if request.param == "sync":
        yield storage
    else:
        with bridged(storage) as bridge:
            yield bridge


def test_up_across_and_down(face: StorageAdapter, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"from a file")
    told: list[Outcome] = []
    items: list[tuple[str, Any]] = [(f"many/{number:03}", b"%03d" % number) for number in range(40)]
    items[7] = ("many/007", tmp_path / "file")
    done = face.upload_many(iter(items), progress=told.append)
    assert [outcome.key for outcome in done] == [key for key, _ in items]
    assert all(outcome.ok and outcome.info and outcome.error is None for outcome in done)
    assert sorted(told, key=lambda it: it.key) == done
    copied = face.copy_many({key: "copied/" + key for key, _ in items}, workers=3)
    assert [outcome.key for outcome in copied] == ["copied/" + key for key, _ in items]
    out = tmp_path / "out"
    out.mkdir()
    read = face.download_many(((f"copied/{key}", out / key[-3:]) for key, _ in items), workers=5)
    assert all(outcome.ok for outcome in read)
    assert (out / "007").read_bytes() == b"from a file"
    assert (out / "039").read_bytes() == b"039"
    assert len(list(out.iterdir())) == 40


def test_what_goes_wrong_is_told_of_each_and_stops_none(face: StorageAdapter, tmp_path: Path) -> None:
    face.upload("there", b"old")
    missing = tmp_path / "no such file"
    items: list[tuple[str, Any]] = [
        ("a", b"1"),
        ("/bad", b"2"),
        ("there", b"3"),
        ("file", missing),
        ("a", b"4"),
        ("text", "5"),
        ("z", b"6"),
    ]
    done = face.upload_many(items, if_none_match=True)
    kinds = [type(outcome.error) for outcome in done]
    assert kinds == [
        type(None),
        InvalidKeyError,
        PreconditionFailedError,
        InvalidValueError,
        InvalidValueError,
        InvalidValueError,
        type(None),
    ]
    assert "given twice" in str(done[4].error)
    assert [info.key for info in face.list()] == ["a", "there", "z"]
    assert face.download("a") == b"1"
    read = face.download_many({"none": tmp_path / "x", "a": tmp_path / "none" / "y"})
    assert [type(outcome.error) for outcome in read] == [ObjectNotFoundError, StorageError]
    assert [type(it.error) for it in face.copy_many({"none": "b", "a": "b2"})] == [
        ObjectNotFoundError,
        type(None),
    ]


@pytest.mark.parametrize("workers", [0, 257, True, "many"])
def test_how_many_at_once(storage: StorageAdapter, workers: Any) -> None:
    with pytest.raises(InvalidValueError, match="workers"):
        storage.upload_many({"a": b""}, workers=workers)
    assert not storage.exists("a")
    with pytest.raises(InvalidValueError, match="pairs"):
        storage.upload_many([b"abc"])  # type: ignore[list-item]
    assert storage.upload_many({}) == []


def test_only_so_many_are_taken_at_a_time(storage: StorageAdapter) -> None:
    """The iterable is read on as there is room: by number, and by what uploads hold in memory."""
    running, most = [0], [0]
    lock = threading.Lock()

    class Counted:
        def __init__(self, size: int) -> None:
            self.left = size

        def read(self, size: int = -1, /) -> bytes:
            if self.left:
                with lock:
                    running[0] += 1
                    most[0] = max(most[0], running[0])
                time.sleep(0.005)
                with lock:
                    running[0] -= 1
            data, self.left = bytes(self.left), 0
            return data

    taken: list[int] = []
    seen: list[int] = []

    def items() -> Iterator[tuple[str, Any]]:
        for number in range(30):
            taken.append(number)
            yield f"bounded/{number}", Counted(100)

    storage.upload_many(items(), workers=8, progress=lambda _: seen.append(len(taken) - len(seen)))
    assert len(taken) == len(seen) == 30
    # streams of unknown length may be long: four of those fill what all together may hold
    assert most[0] <= 4
    assert max(seen) <= 5


def test_an_error_of_the_callers_breaks_it_off(face: StorageAdapter) -> None:
    def items() -> Iterator[tuple[str, bytes]]:
        for number in range(1000):
            if number == 50:
                raise RuntimeError("the caller's own")
            yield f"broken/{number:03}", b"x" * 1000

    with pytest.raises(RuntimeError, match="the caller's own"):
        face.upload_many(items())
    stored = list(face.list("broken/"))
    assert len(stored) <= 50
    assert {info.size for info in stored} <= {1000}


def test_what_is_told_may_break_it_off(face: StorageAdapter) -> None:
    def told(outcome: Outcome) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        face.upload_many(((f"enough/{number}", b"x") for number in range(1000)), workers=2, progress=told)
    assert len(list(face.list("enough/"))) < 20


SCRIPT = f"""
import os, sys, threading
from pathlib import Path
from pis_data.storage import create_storage_adapter

class Slow:
    def __init__(self):
        self.left = 40
    def tell(self):
        return (40 - self.left) * {MIB}
    def seek(self, offset, whence=0):
        return 40 * {MIB} if whence == 2 else offset
    def read(self, size=-1):
        os.write(1, b"reading\\n")
        threading.Event().wait(0.05)
        self.left -= 1
        return bytes({MIB}) if self.left >= 0 else b""

storage = create_storage_adapter(sys.argv[1])
try:
    storage.upload_many({{f"slow/{{n}}": Slow() for n in range(3)}})
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_leaves_nothing_half_written(storage: StorageAdapter, tmp_path: Path) -> None:
    if isinstance(storage, FastS3Storage):
        url = storage._config.url(masked=False)
    else:
        url = f"file://{tmp_path / 'store'}"
    work = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert work.stdout is not None
    for _ in range(30):  # past the first parts
        assert work.stdout.readline() == "reading\n"
    os.kill(work.pid, signal.SIGINT)
    out, errors = work.communicate(timeout=60)
    assert out.endswith("interrupted\n"), errors
    assert list(storage.list("slow/")) == []
    assert storage.list_multipart_uploads() == []
