"""What every test server has in common: obtain, initialise, start, stop."""

from __future__ import annotations

import hashlib
import signal
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from . import processes
from .home import ServerError, remove

USER, PASSWORD = "pis", "pis-test-secret"
ADMIN_PASSWORD = "pis-admin-secret"
DATABASE = "pis_test"
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Server(ABC):
    """One server of this checkout. Its folder holds data, configuration, log and process id."""

    kind: ClassVar[str]
    port: ClassVar[int]
    scheme: ClassVar[str]
    admin: ClassVar[str]
    stop_signal: ClassVar[signal.Signals] = signal.SIGTERM
    user: int | None = None

    def __init__(self, instance: Path) -> None:
        self.folder = instance / self.kind
        self.data = self.folder / "data"
        self.config = self.folder / "server.conf"
        self.log = self.folder / "server.log"
        self.pidfile = self.folder / "pid"
        self.portfile = self.folder / "port"

    @abstractmethod
    def obtain(self) -> None:
        """Find or download the programs. Raises InstallError."""

    @abstractmethod
    def recipe(self) -> str:
        """Return all that the data depends on, as text: when it changes, the data is made anew."""

    @abstractmethod
    def configuration(self, port: int) -> str:
        """Return the server's configuration file."""

    @abstractmethod
    def initialise(self, data: Path) -> None:
        """Make a new data folder, with the users and the database."""

    @abstractmethod
    def command(self) -> list[str | Path]:
        """Return how the server is run."""

    @abstractmethod
    def ready(self) -> bool:
        """Tell whether the started server takes connections."""

    @abstractmethod
    def clients(self) -> dict[str, str]:
        """Return the variables that name the client programs."""

    @property
    def current_port(self) -> int:
        """The port that was chosen at the last start; the usual one before."""
        return int(self.portfile.read_text()) if self.portfile.exists() else self.port

    def url(self, user: str = USER, password: str = PASSWORD, database: str = DATABASE) -> str:
        return f"{self.scheme}://{user}:{quote(password)}@127.0.0.1:{self.current_port}/{database}"

    def variables(self) -> dict[str, str]:
        """Return what the tests need to know, by the names they read it by."""
        name = f"PIS_TEST_{self.kind.upper()}"
        return {
            f"{name}_URL": self.url(),
            f"{name}_ADMIN_URL": self.url(self.admin, ADMIN_PASSWORD),
            **self.clients(),
        }

    def start(self) -> bool:
        """Make the server run, with data that fits this version of the code.

        Return whether it had to be started, or ran already.
        Raises InstallError or ServerError.
        """
        self.obtain()
        self.folder.mkdir(exist_ok=True)
        made = self.folder / "made-by"
        # Nothing is flushed to disk, so data that has seen the machine go down cannot be trusted.
        recipe = hashlib.sha256((self.recipe() + BOOT.read_text()).encode()).hexdigest()
        if not made.exists() or made.read_text() != recipe:
            self.stop()
            made.unlink(missing_ok=True)
            remove(self.data)
            self.log.unlink(missing_ok=True)
            self.config.write_text(self.configuration(self.port))
            self.initialise(self.data)
            made.write_text(recipe)
        elif processes.ours(self.pidfile):
            return False
        self._launch()
        return True

    def _launch(self) -> None:
        for port in range(self.port, self.port + 200, 10):
            if processes.is_free(port) and self._runs_on(port):
                return
        raise ServerError(f"{self.kind} finds no free port from {self.port} on; who listens there?")

    def _runs_on(self, port: int) -> bool:
        """Start on this port; return False if somebody else was quicker to take it."""
        self.portfile.write_text(f"{port}\n")
        self.config.write_text(self.configuration(port))
        process = processes.spawn(self.command(), log=self.log, pidfile=self.pidfile, user=self.user)
        processes.wait_until(lambda: process.poll() is not None or self.ready(), 60)
        if process.poll() is None and self.ready():
            return True
        self.stop()
        if processes.is_free(port):
            raise ServerError(f"{self.kind} does not start:\n{processes.tail(self.log)}")
        return False

    def stop(self) -> bool:
        """End the server if it runs; return whether it did."""
        return processes.end(self.pidfile, self.stop_signal)
