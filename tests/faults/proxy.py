"""A TCP proxy on loopback whose connections break when a test says so."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from types import TracebackType
from typing import Literal

#: what passes, and whether the connection breaks then
Fate = tuple[bytes, bool]


class Proxy:
    """Stands between a client and a server: `with Proxy(host, port) as proxy: connect to proxy.port`.

    What may be set at any moment:
        refuse: reset new connections at once.
        silent: let nothing through to the client.
        cut_before, cut_after: the client's connection is reset when it has sent these bytes; the server never
            gets them, or gets them and nobody hears its answer.
        cuts: how many times, at most.
        trap: a break at some exact place, see below.
        hold_at: keep back whatever the client sends after so many bytes, until `release` is set; `held` tells
            that it came to that.
    """

    def __init__(self, host: str, port: int) -> None:
        self._upstream = (host, port)
        self.port = 0
        self.connections = 0
        self.refuse = False
        self.silent = False
        self.cut_before: bytes | None = None
        self.cut_after: bytes | None = None
        self.cuts = 1_000
        self.trap: Trap | None = None
        self.hold_at: int | None = None
        self.held, self.release = threading.Event(), threading.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Proxy:
        self._thread.start()
        assert self._ready.wait(10), "the proxy did not start"
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def reset_all(self) -> None:
        """Reset every open connection, as a server that is restarted does."""
        done = asyncio.run_coroutine_threadsafe(self._reset_all(), self._loop)
        done.result(10)

    async def _reset_all(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    def wait_for_end(self) -> None:
        """Wait until the server has ended every connection, and the clients were told."""
        done = asyncio.run_coroutine_threadsafe(self._wait_for_end(), self._loop)
        done.result(10)

    async def _wait_for_end(self) -> None:
        while self._open:  # noqa: ASYNC110
            await asyncio.sleep(0.001)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        await self._reset_all()

    async def _accept(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.refuse:
            return _reset(client)
        answers, server = await asyncio.open_connection(*self._upstream)
        self._open |= {client, server}
        try:
            unheard = asyncio.Event()  # the next answer: the server has done it, and the client is gone
            await asyncio.gather(self._up(reader, server, unheard), self._down(answers, client, unheard))
        except (OSError, asyncio.CancelledError):
            pass  # the test's doing, or its end
        finally:
            self._open -= {client, server}
            _reset(client)
            _reset(server)

    async def _up(
        self, reader: asyncio.StreamReader, server: asyncio.StreamWriter, unheard: asyncio.Event
    ) -> None:
        while data := await reader.read(1 << 16):
            if self._cuts(self.cut_before, data):
                raise ConnectionResetError
            if self._cuts(self.cut_after, data):
                unheard.set()
            await self._hold(data)
            await self._pass(self.trap.up(data) if self.trap else (data, False), server)
        raise ConnectionResetError

    def _cuts(self, wanted: bytes | None, data: bytes) -> bool:
        found = wanted is not None and wanted in data and self.cuts > 0
        self.cuts -= found
        return found

    async def _hold(self, data: bytes) -> None:
        if self.hold_at is None:
            return
        self.hold_at -= len(data)
        if self.hold_at < 0:
            self.hold_at = None
            self.held.set()
            await asyncio.to_thread(self.release.wait, 60)

    async def _down(
        self, reader: asyncio.StreamReader, client: asyncio.StreamWriter, unheard: asyncio.Event
    ) -> None:
        while data := await reader.read(1 << 16):
            if unheard.is_set():
                raise ConnectionResetError
            if not self.silent:
                await self._pass(self.trap.down(data) if self.trap else (data, False), client)
        raise ConnectionResetError

    async def _pass(self, fate: Fate, writer: asyncio.StreamWriter) -> None:
        data, breaks = fate
        writer.write(data)
        await writer.drain()
        if breaks:
            self.refuse = self.refuse or bool(self.trap and self.trap.lasting)
            raise ConnectionResetError


class Trap:
    """A place at which the connection breaks, once; `lasting`: nobody gets through any more after that."""

    def __init__(self, *, lasting: bool = False) -> None:
        self.lasting = lasting
        self.sprung = False

    def up(self, data: bytes) -> Fate:
        """What passes of the client's bytes."""
        return data, False

    def down(self, data: bytes) -> Fate:
        """What passes of the server's bytes."""
        return data, False

    def _spring(self, passes: bytes) -> Fate:
        self.sprung = True
        return passes, True


Where = Literal["before", "within", "after", "answering"]


class AtTurn(Trap):
    """Breaks at the client's request number ``turn``, from 1 on.

    ``before`` it reaches the server, ``within`` it, ``after`` the server has done it and before the client
    hears, or in the middle of ``answering``.
    """

    def __init__(self, turn: int, where: Where, *, lasting: bool = False) -> None:
        super().__init__(lasting=lasting)
        self._left, self._where = turn, where
        self._is_asking = False

    def up(self, data: bytes) -> Fate:
        if not self._is_asking:
            self._is_asking = True
            self._left -= 1
        if self._left == 0 and not self.sprung and self._where in ("before", "within"):
            return self._spring(data[: len(data) // 2] if self._where == "within" else b"")
        return data, False

    def down(self, data: bytes) -> Fate:
        self._is_asking = False
        if self._left == 0 and not self.sprung and self._where in ("after", "answering"):
            return self._spring(data[: len(data) // 2] if self._where == "answering" else b"")
        return data, False


class AtByte(Trap):
    """Breaks when so many bytes have passed ``up`` or ``down``; the first ``times`` times that they do."""

    def __init__(self, way: Literal["up", "down"], place: int, *, times: int = 1) -> None:
        super().__init__()
        self._way, self._place, self._times = way, place, times
        self.passed = {"up": 0, "down": 0}

    def up(self, data: bytes) -> Fate:
        return self._count("up", data)

    def down(self, data: bytes) -> Fate:
        return self._count("down", data)

    def _count(self, way: Literal["up", "down"], data: bytes) -> Fate:
        left = self._place - self.passed[way]
        self.passed[way] += len(data)
        if way != self._way or self._times == 0 or left >= len(data):
            return data, False
        self._times -= 1
        self.passed[way] = 0
        return self._spring(data[:left])


class Stifled(Trap):
    """Lets so many bytes of answers through, and swallows the rest.

    What is sent on would wait in the client's kernel, and be read from there after the connection was reset:
    on a busy machine that may be the whole answer.
    """

    def __init__(self, passing: int) -> None:
        super().__init__()
        self._passing = passing

    def down(self, data: bytes) -> Fate:
        passing, self._passing = data[: self._passing], max(0, self._passing - len(data))
        return passing, False


class NowAndThen(Trap):
    """Breaks at one of so many messages of all clients, in turn before it and after it was sent on."""

    def __init__(self, every: int) -> None:
        super().__init__()
        self._every, self._messages = every, 0

    def up(self, data: bytes) -> Fate:
        self._messages += 1
        times, left = divmod(self._messages, self._every)
        return (data, False) if left else self._spring(data if times % 2 else b"")


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.fileno() >= 0:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
