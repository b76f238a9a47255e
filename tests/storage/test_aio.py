"""The asynchronous face: the same names, a loop that goes on, and what becomes of cancelled calls."""

from __future__ import annotations

import asyncio
import inspect
import io
import multiprocessing
import pickle
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import pis_data.aio
from pis_data.errors import ConfigurationError, InvalidKeyError
from pis_data.storage import StorageAdapter as Synchronous
from pis_data.storage.aio import StorageAdapter, create_storage_adapter, get_storage_adapter, reset_adapters
from pis_data.storage.local import LocalStorage
from pis_data.storage.s3_fast import FastS3Storage

from .conftest import debris
from .s3_server import new_bucket

MIB = 1024 * 1024


@pytest.fixture
async def storage(local: LocalStorage) -> AsyncIterator[StorageAdapter]:
    async with StorageAdapter(local) as storage:
        yield storage


def test_it_mirrors_the_synchronous_one_name_for_name() -> None:
    def public(adapter: type) -> dict[str, list[tuple[str, object, object]]]:
        return {
            name: [(it.name, it.kind, it.default) for it in inspect.signature(member).parameters.values()]
            for name, member in inspect.getmembers(adapter, inspect.isfunction)
            if not name.startswith("_")
        }

    assert public(StorageAdapter) == public(Synchronous)
    for name in ("kind", "url_limits", "filesystem"):
        assert hasattr(StorageAdapter, name)


def test_who_stores_objects_only_loads_no_sqlalchemy() -> None:
    code = (
        "import sys; from pis_data.aio import create_storage_adapter, get_storage_adapter, StorageAdapter;"
        "create_storage_adapter('file:///tmp/x');"
        "print([name for name in ('sqlalchemy', 'botocore', 'obstore', 'fsspec') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_shared_adapter_is_the_process_s(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    await reset_adapters()
    monkeypatch.delenv("STORAGE_TYPE", raising=False)
    with pytest.raises(ConfigurationError, match="STORAGE_TYPE"):
        get_storage_adapter()
    monkeypatch.setenv("STORAGE_TYPE", "local")
    monkeypatch.setenv("STORAGE_PATH", str(tmp_path))
    first = get_storage_adapter()
    assert first is get_storage_adapter() is pis_data.aio.get_storage_adapter()
    assert first.storage is pis_data.get_storage_adapter()
    await pis_data.aio.reset_adapters()
    assert get_storage_adapter() is not first
    await reset_adapters()


async def test_bad_arguments_raise_as_they_do_synchronously(storage: StorageAdapter) -> None:
    with pytest.raises(InvalidKeyError):
        await storage.stat("/bad")
    with pytest.raises(InvalidKeyError):
        storage.list("\ud800")
    with pytest.raises(ConfigurationError):
        create_storage_adapter("ftp://nowhere")


class Gate(io.RawIOBase):
    """A stream of so many MiB that stops after the first until it is told to go on."""

    def __init__(self, pieces: int) -> None:
        self.left = pieces
        self.first = True
        self.begun = threading.Event()
        self.open = threading.Event()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if not self.first:
            self.begun.set()
            assert self.open.wait(30)
        self.first = False
        self.left -= 1
        return bytes(MIB) if self.left >= 0 else b""


async def test_the_loop_goes_on_while_a_call_waits(storage: StorageAdapter) -> None:
    gate = Gate(3)
    upload = asyncio.create_task(storage.upload("slow", gate))
    await asyncio.to_thread(gate.begun.wait)
    assert not await storage.exists("slow")  # other calls go on too
    gate.open.set()
    assert (await upload).size == 3 * MIB


async def _cancelled(task: asyncio.Task[object], gate: Gate) -> None:
    await asyncio.to_thread(gate.begun.wait)
    task.cancel()
    await asyncio.sleep(0.01)
    assert not task.done()  # it is waited for
    gate.open.set()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancelled_upload_leaves_nothing(storage: StorageAdapter, local: LocalStorage) -> None:
    gate = Gate(10)
    await _cancelled(asyncio.create_task(storage.upload("gone", gate)), gate)
    gate = Gate(10)
    items = [("many/a", b"x"), ("many/b", gate), ("many/c", Gate(10))]
    items[2][1].open.set()  # type: ignore[union-attr]
    await _cancelled(asyncio.create_task(storage.upload_many(items, workers=2)), gate)
    assert not await storage.exists("gone")
    assert not await storage.exists("many/b")
    assert debris(local) == []


async def test_a_cancelled_upload_in_parts_leaves_nothing() -> None:
    with new_bucket(FastS3Storage) as bucket:
        storage = StorageAdapter(bucket)
        gate = Gate(30)
        await _cancelled(asyncio.create_task(storage.upload("gone", gate)), gate)
        assert not await storage.exists("gone")
        assert await storage.list_multipart_uploads() == []


async def test_a_call_that_had_not_begun_is_never_made(local: LocalStorage) -> None:
    storage = StorageAdapter(local)
    gates = [Gate(1) for _ in range(32)]
    busy = [asyncio.create_task(storage.upload(f"busy/{n}", gate)) for n, gate in enumerate(gates)]
    waiting = asyncio.create_task(storage.upload("waiting", b"x"))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    for gate in gates:
        gate.open.set()
    await asyncio.gather(*busy)
    await storage.close()
    assert not local.exists("waiting")


async def test_a_read_is_left_at_once(storage: StorageAdapter, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, going_on = threading.Event(), threading.Event()

    def silent(key: str) -> bool:
        entered.set()
        return going_on.wait(30)

    monkeypatch.setattr(storage.storage, "exists", silent)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await storage.exists("a")
    assert entered.is_set()
    going_on.set()


async def test_progress_is_told_in_the_loop(storage: StorageAdapter, tmp_path: Path) -> None:
    told: list[tuple[int, bool]] = []

    def progress(size: int) -> None:
        told.append((size, asyncio.get_running_loop() is loop))

    loop = asyncio.get_running_loop()
    await storage.upload("big", bytes(3 * MIB), progress=progress)
    await storage.download_to("big", tmp_path / "big", progress=progress)
    assert told == [(MIB, True)] * 6

    async def enough(size: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        await storage.upload("never", bytes(3 * MIB), progress=enough)
    assert not await storage.exists("never")


async def test_a_file_is_read_in_pieces(storage: StorageAdapter) -> None:
    await storage.upload("lines", b"one\ntwo\nthree")
    async with await storage.open("lines") as file:
        assert await file.readline() == b"one\n"
        assert await file.seek(-5, io.SEEK_END) == 8
        assert await file.read() == b"three"
        assert file.raw.info.size == 13
    assert file.closed


def test_many_loops_and_threads_use_one(local: LocalStorage) -> None:
    storage = StorageAdapter(local)

    async def use(name: str) -> None:
        await asyncio.gather(*(storage.upload(f"{name}/{n}", b"x") for n in range(10)))
        assert [info.key async for info in storage.list(f"{name}/")] == [f"{name}/{n}" for n in range(10)]

    threads = [threading.Thread(target=lambda n=n: asyncio.run(use(f"t{n}"))) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(local.list())) == 40


def _in_child(storage: StorageAdapter, name: str) -> None:
    async def use() -> None:
        await asyncio.gather(*(storage.upload(f"{name}/{n}", b"x") for n in range(5)))
        assert len([info async for info in storage.list(f"{name}/")]) == 5

    asyncio.run(use())


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_use_it(method: str, local: LocalStorage) -> None:
    with new_bucket(FastS3Storage) as bucket:
        for place in (local, bucket):
            storage = StorageAdapter(place)
            asyncio.run(storage.upload("parent", b"x"))  # its threads are there
            context = multiprocessing.get_context(method)
            child = context.Process(target=_in_child, args=(storage, method))
            child.start()
            child.join(60)
            assert child.exitcode == 0
            assert asyncio.run(storage.download("parent")) == b"x"
            assert place.exists(f"{method}/4")


def test_it_can_be_pickled_and_shows_no_secret(local: LocalStorage) -> None:
    with new_bucket(FastS3Storage) as bucket:
        copy = pickle.loads(pickle.dumps(StorageAdapter(bucket)))
        assert copy.storage.location == bucket.location
        assert "secret" not in repr(copy)
        copy.storage.close()
