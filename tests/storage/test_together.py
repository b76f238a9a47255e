"""Forked workers, threads and an event loop, all at once: no error, no leak of sockets, memory flat."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pis_data.storage import StorageAdapter
from pis_data.storage import aio as asynchronous
from pis_data.storage.local import LocalStorage
from pis_data.storage.s3 import S3Storage
from pis_data.storage.s3_client import POOL_SIZE
from pis_data.storage.s3_fast import FastS3Storage

from .s3_server import new_bucket, server

DATA = b"0123456789abcdef" * 256
STEPS = 5
"""Operations in one turn."""
AT_ONCE = 16 + 8
"""Threads and tasks of one process."""
MOST_KEPT = AT_ONCE + POOL_SIZE
"""Botocore opens one connection for each that asks at once. Obstore opens one whenever none is free at that
moment, and keeps it though another came free first (hyperium/hyper#4134), up to the size of its pool."""


@pytest.fixture(params=["local", "botocore", "obstore"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[StorageAdapter, int]]:
    """A store, and how many operations it is given: on Ceph no more than a CI run has time for."""
    if request.param == "local":
        storage = LocalStorage(tmp_path / "store")
        storage.ensure_bucket()
        yield storage, 10_000
    elif request.param == "obstore":
        with new_bucket(FastS3Storage) as bucket:
            yield bucket, 4_000
    else:
        with new_bucket(S3Storage) as bucket:
            yield bucket, 2_000


def turn(storage: StorageAdapter, key: str) -> None:
    storage.upload(key, DATA)
    assert storage.download(key) == DATA
    assert storage.stat(key).size == len(DATA)
    assert [info.key for info in storage.list(key)] == [key]
    storage.delete(key)


async def turns(storage: asynchronous.StorageAdapter, name: str, count: int) -> None:
    async def one(task: int) -> None:
        for number in range(count // 8):
            key = f"{name}/{task}/{number}"
            await storage.upload(key, DATA)
            assert await storage.download(key) == DATA
            assert (await storage.stat(key)).size == len(DATA)
            assert [info.key async for info in storage.list(key)] == [key]
            await storage.delete(key)

    await asyncio.gather(*map(one, range(8)))


def in_threads(storage: StorageAdapter, name: str, threads: int, count: int) -> None:
    def work(thread: int) -> None:
        for number in range(count // threads):
            turn(storage, f"{name}/{thread}/{number}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))


def memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def connections() -> int:
    """Connections of this process to the store; other tests' own are not counted."""
    lines = Path("/proc/self/net/tcp").read_text().splitlines()[1:]
    to_store = f":{server().port:04X}"
    ours = {_target(link) for link in Path("/proc/self/fd").iterdir()}
    return sum(
        1
        for _, _, remote, *rest in map(str.split, lines)
        if remote.endswith(to_store) and f"socket:[{rest[6]}]" in ours
    )


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # the one that lists the folder
        return ""


def flat(work: Callable[[int], None]) -> None:
    """Do the work: after a first third, memory grows no more, and connections are not more than are kept."""
    work(1)
    gc.collect()
    before = memory()
    work(2)
    gc.collect()
    assert memory() - before < 24 * 1024 * 1024
    assert connections() <= MOST_KEPT


def _worker(storage: StorageAdapter, name: str, count: int) -> None:
    flat(lambda share: in_threads(storage, f"{name}/{share}", 4, count * share // 3))


def test_thousands_of_operations_at_once(place: tuple[StorageAdapter, int]) -> None:
    storage, operations = place
    share = operations // STEPS // 6  # of turns: to each of four workers, to the threads, to the loop
    storage.upload("before", DATA)  # connections, pools and threads are there when it is forked
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_worker, args=(storage, f"w{n}", share)) for n in range(4)]
    for worker in workers:
        worker.start()
    errors: list[BaseException] = []

    def loop() -> None:
        face = asynchronous.StorageAdapter(storage)
        try:
            asyncio.run(turns(face, "loop", share))
        except BaseException as error:
            errors.append(error)

    looping = threading.Thread(target=loop)
    looping.start()
    flat(lambda part: in_threads(storage, f"threads/{part}", 16, share * part // 3))
    looping.join()
    for worker in workers:
        worker.join(240)
    assert errors == []
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert [info.key for info in storage.list()] == ["before"]
