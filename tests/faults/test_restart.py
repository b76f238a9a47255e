"""A server that is stopped and started again while a service writes: a server of the test's own."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pis_data.errors import CommitOutcomeUnknownError, DatabaseError, DatabaseUnavailableError, RetryableError
from pis_data.services.migrate import upgrade
from pis_data.sync import DatabaseAdapter, Transaction, create_database_adapter
from tests.servers.mysqls import MariaDB, MySQL
from tests.servers.postgresql import PostgreSQL
from tests.servers.server import Server

#: far from the ports of the servers that all tests share
KINDS: dict[str, tuple[type[Server], int]] = {
    "postgresql": (PostgreSQL, 16432),
    "mariadb": (MariaDB, 16306),
    "mysql": (MySQL, 16307),
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


class Writer(threading.Thread):
    """Writes numbered rows by `run`, each until it is done, and remembers what it was told."""

    def __init__(self, db: DatabaseAdapter) -> None:
        super().__init__(daemon=True)
        self.db = db
        self.told: list[int] = []
        self.unknown: list[int] = []
        self.errors: list[DatabaseError] = []
        self.stop = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.stop.wait(0.002):
            number += 1

            def unit(tx: Transaction, number: int = number) -> None:
                tx.insert("style_templates", {"name": f"{number}", "sort_order": number}, returning=False)
                tx.update("style_templates", {"sort_order": number}, {"description": "done"}, returning=False)

            try:
                self.db.run(unit, retries=1)
                self.told.append(number)
            except CommitOutcomeUnknownError as error:
                self.unknown.append(number)
                self.errors.append(error)
            except (RetryableError, DatabaseUnavailableError) as error:
                self.errors.append(error)


@pytest.mark.kinds("postgresql", "mariadb", "mysql")
def test_a_restart_loses_nothing_and_writes_nothing_twice(server: Server) -> None:
    upgrade(server.url())
    with create_database_adapter(server.url()) as db:
        db.health()
        writers = [Writer(db) for _ in range(3)]
        first, *others = writers
        for writer in writers:
            writer.start()
        for _ in range(2):
            reached = len(first.told)
            while len(first.told) < reached + 20:
                assert first.is_alive()
                first.join(0.05)
            assert server.stop()
            first.join(0.2)
            assert server.start()
        reached = len(first.told)
        while len(first.told) < reached + 20:  # the pool has recovered by itself
            assert first.is_alive()
            first.join(0.05)
        for writer in writers:
            writer.stop.set()
        for writer in writers:
            writer.join(30)
            assert not writer.is_alive()
        assert any(writer.errors for writer in writers), "nobody noticed that the server was away"

        stored = [row["sort_order"] for row in db.find_many("style_templates", {"description": "done"})]
        assert db.count("style_templates") == len(stored), "half of a unit of work is there"
        for number in range(1, max(stored) + 1):
            told = sum(number in writer.told for writer in writers)
            unknown = sum(number in writer.unknown for writer in writers)
            assert told <= stored.count(number) <= told + unknown
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert others
