"""A server of the test's own that is stopped, or killed, and started again while a service works."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pis_data.errors import CommitOutcomeUnknownError, DatabaseError, DatabaseUnavailableError, RetryableError
from pis_data.services.migrate import upgrade
from pis_data.sync import DatabaseAdapter, Transaction, create_database_adapter
from pis_data.testing.faces import open_face
from tests.servers import processes
from tests.servers.mysqls import MariaDB, MySQL
from tests.servers.postgresql import PostgreSQL
from tests.servers.server import Server


class DurablePostgreSQL(PostgreSQL):
    """What is committed is written before the client is told so, for a server that is killed."""

    def configuration(self, port: int) -> str:
        return super().configuration(port) + "synchronous_commit = on\n"


class DurableMariaDB(MariaDB):
    def configuration(self, port: int) -> str:
        return super().configuration(port) + DURABLE


class DurableMySQL(MySQL):
    def configuration(self, port: int) -> str:
        return super().configuration(port) + DURABLE


DURABLE = "innodb_flush_log_at_trx_commit=2\ninnodb_doublewrite=ON\n"

TABLE = "style_templates"

#: far from the ports of the servers that all tests share
KINDS: dict[str, tuple[type[Server], int]] = {
    "postgresql": (DurablePostgreSQL, 16432),
    "mariadb": (DurableMariaDB, 16306),
    "mysql": (DurableMySQL, 16307),
}


@pytest.fixture
def server(database_kind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A running server that nobody else uses; gone afterwards."""
    kind, port = KINDS[database_kind]
    monkeypatch.setattr(kind, "port", port)
    # not in pytest's own folder: PostgreSQL runs as somebody who may not enter it
    folder = Path(tempfile.mkdtemp(prefix="pis-restart-", dir="/var/tmp"))
    folder.chmod(0o755)
    server = kind(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


class Client(threading.Thread):
    """Does one thing over and over, with an adapter of this face, and remembers the errors that it met.

    Those of the synchronous face share one pool; those of the other have one each, as event loops do.
    """

    def __init__(self, face_name: str, shared: DatabaseAdapter) -> None:
        super().__init__(daemon=True)
        self.face_name, self.shared = face_name, shared
        self.turns = 0
        self.told: list[int] = []
        self.unknown: list[int] = []
        self.errors: list[DatabaseError] = []
        self.failure: BaseException | None = None
        self.stop = threading.Event()

    def run(self) -> None:
        try:
            with self.adapter() as db:
                while not self.stop.wait(0.002):
                    self.turns += 1
                    try:
                        self.turn(db, self.turns)
                        self.told.append(self.turns)
                    except CommitOutcomeUnknownError as error:
                        self.unknown.append(self.turns)
                        self.errors.append(error)
                    except (RetryableError, DatabaseUnavailableError) as error:
                        self.errors.append(error)
        except BaseException as error:
            self.failure = error

    @contextmanager
    def adapter(self) -> Iterator[Any]:
        if self.face_name == "sync":
            yield self.shared
            return
        config = self.shared.config
        with open_face(self.face_name) as face, face.create_database_adapter(config) as db:
            yield db

    def turn(self, db: Any, number: int) -> None:
        raise NotImplementedError

    def wait_for_more(self, turns: int) -> None:
        """Until it was successful so many times more."""
        reached = len(self.told)
        while len(self.told) < reached + turns:
            assert self.is_alive(), self.failure
            self.join(0.05)


class Writer(Client):
    """Writes numbered rows by `run`, two statements each."""

    def turn(self, db: Any, number: int) -> None:
        def unit(tx: Transaction) -> None:
            tx.insert(TABLE, {"name": f"{number}", "sort_order": number}, returning=False)
            tx.update(TABLE, {"sort_order": number}, {"description": "done"}, returning=False)

        db.run(unit, retries=1)


class Reader(Client):
    """Reads all rows, at once and as a stream: never half of a unit of work, and never fewer than before."""

    most = 0

    def turn(self, db: Any, number: int) -> None:
        rows = db.find_many(TABLE) if number % 2 else list(db.stream(TABLE, batch=10))
        assert {row["description"] for row in rows} <= {"done"}
        assert len(rows) >= self.most
        self.most = len(rows)


def kill(server: Server) -> bool:
    """End the server as a power cut would: all of its processes at once, with nothing said."""
    pid = processes.ours(server.pidfile)
    assert pid
    killed = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    for each in killed:
        with suppress(ProcessLookupError):  # a connection's process may have ended by itself
            os.kill(each, signal.SIGKILL)
    return processes.wait_until(lambda: not any(map(processes.runs, killed)), 20)


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
@pytest.mark.parametrize(
    ("face_name", "ended"), [("sync", Server.stop), ("async", kill)], ids=["sync-stopped", "async-killed"]
)
def test_a_restart_loses_nothing_and_writes_nothing_twice(
    server: Server, face_name: str, ended: Callable[[Server], bool]
) -> None:
    upgrade(server.url())
    port = server.current_port
    with create_database_adapter(server.url()) as db:
        db.health()
        writers = [Writer(face_name, db) for _ in range(3)]
        clients = [*writers, Reader(face_name, db)]
        for client in clients:
            client.start()
        for _ in range(2):
            for client in clients:
                client.wait_for_more(10)
            assert ended(server)
            writers[0].join(0.2)
            assert server.start()
            assert server.current_port == port
        for client in clients:
            client.wait_for_more(10)  # the pool has recovered by itself
        for client in clients:
            client.stop.set()
        for client in clients:
            client.join(30)
            assert not client.is_alive()
            assert client.failure is None
        assert all(client.errors for client in clients), "nobody noticed that the server was away"

        rows = db.find_many(TABLE)
        assert {row["description"] for row in rows} == {"done"}, "half of a unit of work is there"
        stored = Counter(row["sort_order"] for row in rows)
        told = Counter(number for writer in writers for number in writer.told)
        unknown = Counter(number for writer in writers for number in writer.unknown)
        assert told <= stored, "what was said to be done is lost"
        assert stored <= told + unknown, "something was done twice, or by nobody"
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
