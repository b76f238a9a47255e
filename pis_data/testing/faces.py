"""One test for both faces: written against the synchronous one, and run on the asynchronous one as well.

    @pytest.fixture(params=FACES)
    def face(request):
        with open_face(request.param) as face:   # pis_data.sync, or pis_data.aio behind a bridge
            yield face

    def test_something(face, database):
        db = face.create_database_adapter(database.url)
        with db.transaction() as tx:             # `async with` on the asynchronous face
            tx.insert("albums", {...})           # `await tx.insert`
        for row in db.stream("albums"): ...      # `async for`
        db.run(lambda tx: tx.count("albums"))    # the unit of work becomes `async def`, awaits included
        db.close()

All calls of one bridge run in one task, as those of a caller would. A bridge belongs to the thread that
opened it; a test with several threads opens one in each.
"""

from __future__ import annotations

import asyncio
import functools
import threading
import types
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final, TypeVar

from sqlalchemy.util.concurrency import await_only, greenlet_spawn, in_greenlet

T = TypeVar("T")

FACES: Final = ("sync", "async")
_ASYNCHRONOUS: Final = ("pis_data.aio", "pis_data.storage.aio")


@contextmanager
def open_face(name: str) -> Iterator[Any]:
    """The package of one face, callable without ``await``; close its adapters before the block ends."""
    if name == "sync":
        yield import_module("pis_data.sync")
        return
    task = _Task()
    try:
        yield Bridge(import_module("pis_data.aio"), task)
    finally:
        task.close()


@contextmanager
def bridged(storage: Any) -> Iterator[Any]:
    """The asynchronous face of a synchronous store, callable without ``await``, by any thread."""
    task = _Loop()
    try:
        yield Bridge(import_module("pis_data.aio").StorageAdapter(storage), task)
    finally:
        task.close()


def face_of(thing: Any) -> Any:
    """The package of the face that an adapter, or a transaction, was made by, on the same bridge."""
    if isinstance(thing, Bridge):
        return Bridge(import_module("pis_data.aio"), thing._task)
    return import_module("pis_data.sync")


class _Task:
    """An event loop with one task, which runs what it is given, each to its end."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._calls: asyncio.Queue[tuple[Awaitable[Any], asyncio.Future[Any]]] = asyncio.Queue()
        self._task = self.loop.create_task(self._serve())

    async def _serve(self) -> None:
        while True:
            awaitable, done = await self._calls.get()
            try:
                done.set_result(await awaitable)
            except BaseException as error:  # pytest's own outcomes too: whoever waits must hear of it
                done.set_exception(error)

    def run(self, awaitable: Awaitable[T]) -> T:
        """Wait for the result, also from a function that the task itself has called."""
        if in_greenlet():
            return await_only(awaitable)
        done: asyncio.Future[T] = self.loop.create_future()
        self._calls.put_nowait((awaitable, done))
        return self.loop.run_until_complete(done)

    def close(self) -> None:
        self._task.cancel()
        self.loop.run_until_complete(asyncio.wait([self._task]))
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


class _Loop:
    """An event loop in a thread of its own, which others give their calls to."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, awaitable: Awaitable[T]) -> T:
        """Wait for the result."""

        async def wait() -> T:
            return await awaitable

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result()

    def close(self) -> None:
        self.run(self._loop.shutdown_asyncgens())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Bridge:
    """Stands before an asynchronous object, and is what its synchronous twin would be."""

    def __init__(self, target: Any, task: _Task | _Loop) -> None:
        self._target = target
        self._task = task

    def __repr__(self) -> str:
        return repr(self._target)

    def __getattr__(self, name: str) -> Any:
        return self._out(getattr(self._target, name))

    def __call__(self, *args: Any, **kw: Any) -> Any:
        given = {name: self._in(value) for name, value in kw.items()}
        return self._out(self._target(*map(self._in, args), **given))

    def __enter__(self) -> Any:
        return self._out(self._task.run(self._target.__aenter__()))

    def __exit__(self, *raised: Any) -> Any:
        return self._task.run(self._target.__aexit__(*raised))

    def __iter__(self) -> Iterator[Any]:
        rows = aiter(self._target)
        try:
            while True:
                try:
                    row = self._task.run(anext(rows))
                except StopAsyncIteration:
                    return
                yield self._out(row)
        finally:
            if hasattr(rows, "aclose"):
                self._task.run(rows.aclose())

    def __next__(self) -> Any:
        try:
            return self._out(self._task.run(anext(self._target)))
        except StopAsyncIteration:
            raise StopIteration from None

    def _out(self, value: Any) -> Any:
        """What a caller gets: results instead of awaitables, bridges instead of asynchronous objects."""
        if isinstance(value, Awaitable):
            return self._out(self._task.run(value))
        is_call = isinstance(value, (types.FunctionType, types.MethodType, functools.partial))
        is_asynchronous = hasattr(value, "__aenter__") or hasattr(value, "__aiter__")
        if is_call or is_asynchronous or type(value).__module__.startswith(_ASYNCHRONOUS):
            return Bridge(value, self._task)
        if isinstance(value, (type, types.ModuleType)) and _home(value).startswith(_ASYNCHRONOUS):
            return Bridge(value, self._task)
        return value

    def _in(self, value: Any) -> Any:
        """What the asynchronous object gets: itself instead of its bridge, `async def` instead of `def`."""
        if isinstance(value, Bridge):
            return value._target
        if isinstance(value, (types.FunctionType, types.MethodType, functools.partial)):
            return self._awaited(value)
        return value

    def _awaited(self, function: Callable[..., T]) -> Callable[..., Awaitable[T]]:
        async def call(*args: Any) -> T:
            found = await greenlet_spawn(function, *map(self._out, args))
            return self._in(found)  # type: ignore[no-any-return]

        return call


def _home(value: type | types.ModuleType) -> str:
    return value.__module__ if isinstance(value, type) else value.__name__
