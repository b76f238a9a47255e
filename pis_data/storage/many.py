"""Many objects at once: a result for each, and nothing half-done when it is broken off."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pis_data.errors import InvalidValueError, PisDataError

from .objects import ObjectInfo
from .sources import Progress, UploadData

if TYPE_CHECKING:
    from .base import StorageAdapter

WORKERS = 16
"""Objects that are under way at once, unless it is said otherwise."""
MOST_WORKERS = 256
HELD = 256 * 1024 * 1024
"""Bytes that the uploads of one call hold in memory together, about."""
_HELD_BY_ONE = 64 * 1024 * 1024
"""Bytes that one upload holds at most, however long it is."""

T = TypeVar("T")
Pairs: TypeAlias = "Mapping[str, T] | Iterable[tuple[str, T]]"
"""What belongs to each key."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one object among many."""

    key: str
    """The key that was written or read; of a copy, the new one."""
    info: ObjectInfo | None = None
    """The object, if it went well."""
    error: PisDataError | None = None
    """Why it did not."""

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return self.error is None


Outcomes: TypeAlias = list[Outcome]

Told: TypeAlias = Callable[[Outcome], object]
"""Called with each outcome as it comes, by the thread that waits for all."""


class StoppedError(Exception):
    """Raised inside an operation that is to be given up."""


@dataclass(frozen=True, slots=True)
class Job:
    """One operation of many."""

    key: str
    held: int
    """Bytes of memory it takes."""
    call: Callable[[Progress], ObjectInfo]
    """Does it; what it is given is called now and then, and raises when it is to be given up."""


def uploads(storage: StorageAdapter, items: Pairs[UploadData], create_only: bool) -> Iterator[Job]:
    """Yield a job for each object to be written."""
    for key, data in _pairs(items):

        def call(progress: Progress, key: str = key, data: UploadData = data) -> ObjectInfo:
            return storage.upload(key, data, if_none_match=create_only, progress=progress)

        yield Job(key, _held(data), call)


def downloads(storage: StorageAdapter, items: Pairs[str | os.PathLike[str]]) -> Iterator[Job]:
    """Yield a job for each object to be written to a file."""
    for key, path in _pairs(items):

        def call(progress: Progress, key: str = key, path: str | os.PathLike[str] = path) -> ObjectInfo:
            return storage.download_to(key, path, progress=progress)

        yield Job(key, 0, call)


def copies(storage: StorageAdapter, items: Pairs[str]) -> Iterator[Job]:
    """Yield a job for each object to be copied."""
    for src, dst in _pairs(items):

        def call(_: Progress, src: str = src, dst: str = dst) -> ObjectInfo:
            return storage.copy(src, dst)

        yield Job(dst, 0, call)


def run(
    jobs: Iterable[Job],
    workers: int = WORKERS,
    progress: Told | None = None,
    stop: threading.Event | None = None,
) -> Outcomes:
    """Do the jobs, ``workers`` at once, and return their outcomes in the order of the jobs.

    A job is taken when there is room for it. When this is broken off (Ctrl-C, ``stop``, an error of the
    iterable or of ``progress``), what is under way is given up, and waited for; then it raises.
    """
    return _Run(workers, progress, threading.Event() if stop is None else stop).all(jobs)


class _Run:
    def __init__(self, workers: object, progress: Told | None, stop: threading.Event) -> None:
        if not isinstance(workers, int) or isinstance(workers, bool) or not 1 <= workers <= MOST_WORKERS:
            raise InvalidValueError(f"workers is a number from 1 to {MOST_WORKERS}, not {workers!r}")
        self._workers = workers
        self._progress = progress
        self._stop = stop
        self._running: dict[Future[Outcome], tuple[int, Job]] = {}
        self._outcomes: dict[int, Outcome] = {}

    def all(self, jobs: Iterable[Job]) -> Outcomes:
        seen: set[str] = set()
        with ThreadPoolExecutor(self._workers, "pis-storage-many") as pool:
            try:
                for number, job in enumerate(jobs):
                    if job.key in seen:
                        # Two at once would leave one of the two, by chance.
                        twice = InvalidValueError(f"the key {job.key!r} is given twice")
                        self._tell(number, Outcome(job.key, error=twice))
                        continue
                    seen.add(job.key)
                    self._make_room(job)
                    self._running[pool.submit(self._do, job)] = (number, job)
                while self._running:
                    self._collect()
            except BaseException:
                self._stop.set()
                pool.shutdown(cancel_futures=True)
                raise
        return [self._outcomes[number] for number in sorted(self._outcomes)]

    def _make_room(self, job: Job) -> None:
        while self._running:
            held = sum(other.held for _, other in self._running.values())
            if len(self._running) < self._workers and held + job.held <= HELD:
                return
            self._collect()

    def _collect(self) -> None:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        for future in done:
            number, _ = self._running.pop(future)
            self._tell(number, future.result())

    def _tell(self, number: int, outcome: Outcome) -> None:
        self._outcomes[number] = outcome
        if self._progress is not None:
            self._progress(outcome)

    def _do(self, job: Job) -> Outcome:
        self._go_on(0)
        try:
            return Outcome(job.key, info=job.call(self._go_on))
        except PisDataError as error:
            return Outcome(job.key, error=error)

    def _go_on(self, _: int) -> None:
        if self._stop.is_set():
            raise StoppedError


def _pairs(items: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(items, str | bytes | Path):
        raise InvalidValueError(f"expected a mapping or pairs, not one {type(items).__name__}")
    for pair in items.items() if isinstance(items, Mapping) else items:
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            raise InvalidValueError(f"expected pairs, not {pair!r}"[:200])
        yield pair[0], pair[1]


def _held(data: UploadData) -> int:
    """Bytes of memory that an upload takes."""
    if isinstance(data, bytes | bytearray | memoryview):
        size = len(data)
    elif isinstance(data, Path) and data.is_file():
        size = data.stat().st_size
    else:
        size = _HELD_BY_ONE
    return min(size, _HELD_BY_ONE)
