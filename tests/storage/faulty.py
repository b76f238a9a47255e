"""A TCP proxy that breaks connections in the middle."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType


class FaultyProxy:
    """Passes bytes on between clients and a server, until its attributes say otherwise."""

    def __init__(self, port: int) -> None:
        self._server = port
        self.cut_after: int | None = None
        """Bytes of answers after which a connection ends."""
        self.reset = True
        """Whether it ends by a reset, or as if all was said."""
        self.cuts_left: int | None = None
        """How many connections are cut; None: every one."""
        self.silent = False
        """Whether answers are withheld; the server gets the requests."""
        self.change: tuple[bytes, bytes] | None = None
        """What stands in a request, and what the server gets in its place."""
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> FaultyProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # accept() in the other thread wakes up only when the socket is shut down, not when it is closed.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                server = socket.create_connection(("127.0.0.1", self._server))
                for work in (self._up, self._down):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                server.sendall(data.replace(*self.change) if self.change else data)
            server.shutdown(socket.SHUT_WR)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        passed = 0
        with suppress(OSError), client, server:
            while data := server.recv(65536):
                if self.silent:
                    continue
                if self.cut_after is not None and passed + len(data) > self.cut_after and self.cuts_left != 0:
                    if self.cuts_left is not None:
                        self.cuts_left -= 1
                    client.sendall(data[: self.cut_after - passed])
                    self._end(client)
                    return
                client.sendall(data)
                passed += len(data)

    def _end(self, client: socket.socket) -> None:
        if self.reset:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # A socket that another thread reads from is not closed before that is woken up.
        client.shutdown(socket.SHUT_RD if self.reset else socket.SHUT_RDWR)
