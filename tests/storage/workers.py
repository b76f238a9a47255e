"""What tests run in processes of their own: ``python -m tests.storage.workers TASK FOLDER …``."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from pathlib import Path

from pis_data.errors import ObjectNotFoundError, PreconditionFailedError
from pis_data.storage.local import LocalStorage

MIB = 1024 * 1024


class Zeros:
    """A stream of so many bytes, never held in memory."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        piece = bytes(min(self.left, size if size > 0 else self.left, MIB))
        self.left -= len(piece)
        return piece


def write_for_ever(folder: str, name: str) -> None:
    """Replace the same few objects again and again; content and metadata say the same number."""
    storage = LocalStorage(folder)
    for number in range(10**9):
        key = f"deep/{number % 3}.bin"
        storage.upload(key, b"%09d" % number * 30_000, metadata={"number": f"{number:09d}", "by": name})
        if number % 5 == 0:
            storage.copy(key, "copied.bin")
        if number % 7 == 0:
            storage.move(storage.copy(key, f"own/{name}.bin").key, "moved.bin")
        if number == 3:
            print("started", flush=True)


def create(folder: str, name: str) -> None:
    """Create 100 objects that another process creates too; print those that this one won."""
    storage = LocalStorage(folder)
    print("ready", flush=True)
    sys.stdin.readline()
    won = []
    for number in range(100):
        try:
            storage.upload(f"race/{number}", name.encode() * 1000, if_none_match=True, metadata={"by": name})
        except PreconditionFailedError:
            continue
        won.append(str(number))
    print(*won, flush=True)


def churn(folder: str, name: str) -> None:
    """Upload, list, read and delete among other processes that do the same."""
    storage = LocalStorage(folder)
    stop = time.monotonic() + 2
    turn = 0
    while time.monotonic() < stop:
        turn += 1
        own, shared = f"churn/{name}/{turn}", f"churn/shared/{turn % 5}"
        storage.upload(own, name.encode() * 1000)
        storage.upload(shared, name.encode() * 1000)
        keys = [info.key for info in storage.list("churn/")]
        assert keys == sorted(keys)
        assert own in keys
        with contextlib.suppress(ObjectNotFoundError):  # another process was quicker
            assert len(set(storage.download(shared))) == 1
        assert storage.delete_many([own, shared]) == []
    print("done", turn, flush=True)


def sign(folder: str, name: str) -> None:
    """Print a signed URL, with a key that all processes must agree on."""
    print("ready", flush=True)
    sys.stdin.readline()
    print(LocalStorage(folder).get_presigned_get_url("a"), flush=True)


def stream(folder: str, name: str) -> None:
    """Move so much through every path that streams; print by how much that grew this process, in MiB."""
    storage = LocalStorage(folder)
    size = int(os.environ.get("PIS_TEST_STREAM_MIB", "256")) * MIB
    storage.upload("warm", b"up")
    storage.download_to("warm", Path(folder) / "warm")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    storage.upload("big", Zeros(size))
    storage.download_to("big", Path(folder) / "out")
    storage.upload("again", Path(folder) / "out")
    with storage.open("big") as file:
        while file.read(MIB):
            pass
    storage.copy("big", "copy")
    upload_id = storage.init_multipart_upload("parts")
    etag = storage.upload_part("parts", upload_id, 1, Zeros(size))
    storage.complete_multipart_upload("parts", upload_id, [(1, etag)])
    sizes = {info.size for info in storage.list() if info.key != "warm"}
    assert sizes == {size}, sizes
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, flush=True)


if __name__ == "__main__":
    {task.__name__: task for task in (write_for_ever, create, churn, sign, stream)}[sys.argv[1]](
        *sys.argv[2:]
    )
