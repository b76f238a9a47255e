"""A TCP proxy on loopback whose connections break when a test says so."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from types import TracebackType


class Proxy:
    """Stands between a client and a server: `with Proxy(host, port) as proxy: connect to proxy.port`.

    What may be set at any moment:
        refuse: reset new connections at once.
        silent: let nothing through to the client.
        cut_before, cut_after: the client's connection is reset when it has sent these bytes; the server never
            gets them, or gets them and nobody hears its answer.
        cuts: how many times, at most.
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
            await asyncio.gather(self._up(reader, server, client), self._down(answers, client))
        except (OSError, asyncio.CancelledError):
            pass  # the test's doing, or its end
        finally:
            self._open -= {client, server}
            _reset(client)
            _reset(server)

    async def _up(
        self, reader: asyncio.StreamReader, server: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        while data := await reader.read(1 << 16):
            if self._cuts(self.cut_before, data):
                raise ConnectionResetError
            if self._cuts(self.cut_after, data):
                server.write(data)
                await server.drain()
                _reset(client)
                await asyncio.sleep(
                    0.2
                )  # the server shall have done it before it notices that nobody listens
                raise ConnectionResetError
            server.write(data)
            await server.drain()
        raise ConnectionResetError

    def _cuts(self, wanted: bytes | None, data: bytes) -> bool:
        found = wanted is not None and wanted in data and self.cuts > 0
        self.cuts -= found
        return found

    async def _down(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            if not self.silent:
                client.write(data)
                await client.drain()
        raise ConnectionResetError


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.fileno() >= 0:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
