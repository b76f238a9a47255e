"""Connections that break: between calls, in a statement, in a transaction, in a commit."""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.dialects.mysql import _socket
from pis_data.errors import CommitOutcomeUnknownError, ConnectionLostError, TransactionError
from pis_data.schema import style_templates
from pis_data.sync import DatabaseAdapter, Transaction
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import SERVERS, WHO, Open, kill, kill_others, slow
from tests.faults.proxy import Proxy, Stifled

pytestmark = SERVERS


def identity(tx: DatabaseAdapter | Transaction, kind: str) -> int:
    rows: Any = tx.execute(sa.select(sa.literal_column(WHO[kind].removeprefix("SELECT ")).label("id")))
    return int(rows[0]["id"])


@pytest.mark.parametrize("how", ["killed", "reset"])
@pytest.mark.parametrize(
    "call", ["read", "write", "many", "upsert", "transaction", "run", "stream", "health"]
)
def test_a_connection_that_was_lost_while_idle_is_not_noticed(
    database: Database, open_adapter: Open, proxy: Proxy, how: str, call: str
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    album = samples.album(db)
    if how == "killed":
        assert kill_others(database) >= 1
        proxy.wait_for_end()
    else:
        proxy.reset_all()
    if call == "read":
        assert db.find_many("albums") == [album]
    elif call == "write":
        assert db.insert("albums", {"title": "b", "slug": "b"}, returning=False) == 1
    elif call == "many":
        assert len(db.insert("albums", [{"title": "b", "slug": "b"}, {"title": "c", "slug": "c"}])) == 2
    elif call == "upsert":
        assert db.upsert("albums", {"title": "b", "slug": "b"}, conflict=["slug"])[0]["title"] == "b"
    elif call == "transaction":
        with db.transaction() as tx:
            samples.album(tx)
    elif call == "run":
        assert db.run(lambda tx: samples.album(tx))["title"]
    elif call == "stream":
        assert list(db.stream("albums")) == [album]
    else:
        assert db.health()["revision"]
    assert db.count("albums") == {"write": 2, "many": 3, "upsert": 2, "transaction": 2, "run": 2}.get(call, 1)


def test_every_idle_connection_of_a_pool_is_replaced(database: Database, open_adapter: Open) -> None:
    db = open_adapter()
    streams = [iter(db.stream("permissions", batch=1)) for _ in range(5)]
    for stream in streams:
        next(stream)
    for stream in streams:
        assert len(list(stream)) > 5
    assert kill_others(database) >= 5
    for _ in range(10):
        samples.style(db)
    assert db.count("style_templates") == 10


def test_a_read_whose_connection_breaks_is_repeated(
    database: Database, open_adapter: Open, proxy: Proxy
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    samples.album(db, slug="there")
    proxy.cut_before = b"slug"
    proxy.cuts = 1
    before = proxy.connections
    assert db.count("albums", {"slug": "there"}) == 1
    assert (proxy.cuts, proxy.connections) == (0, before + 1)
    proxy.cuts = 2
    with pytest.raises(ConnectionLostError):
        db.count("albums", {"slug": "there"})
    assert proxy.cuts == 0
    assert db.count("albums", {"slug": "there"}) == 1


def test_a_transaction_whose_connection_breaks_is_undone(
    database: Database, open_adapter: Open, proxy: Proxy
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    with pytest.raises(ConnectionLostError), db.transaction() as tx:
        samples.style(tx)
        kill(database, identity(tx, database.kind))
        tx.count("style_templates")
    assert db.count("style_templates") == 0
    with pytest.raises(ConnectionLostError), db.transaction() as tx:
        samples.style(tx)
        with tx.transaction() as inner:
            proxy.reset_all()
            samples.style(inner)
    assert db.count("style_templates") == 0


def test_a_lost_connection_cant_be_passed_over(database: Database, open_adapter: Open, proxy: Proxy) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    with pytest.raises(TransactionError, match="nothing was committed"), db.transaction() as tx:
        samples.style(tx)
        proxy.reset_all()
        with pytest.raises(ConnectionLostError):
            tx.count("style_templates")
        with pytest.raises(TransactionError):
            samples.style(tx)
    assert db.count("style_templates") == 0


def test_run_begins_anew_after_a_lost_connection(database: Database, open_adapter: Open) -> None:
    db = open_adapter()
    attempts: list[int] = []

    def unit(tx: Transaction) -> int:
        attempts.append(identity(tx, database.kind))
        samples.style(tx)
        if len(attempts) < 3:
            kill(database, attempts[-1])
        return tx.count("style_templates")

    assert db.run(unit) == 1
    assert len(set(attempts)) == 3
    assert db.count("style_templates") == 1


def test_a_connection_killed_in_mid_statement(database: Database, open_adapter: Open) -> None:
    db = open_adapter()

    def killer(tx: Transaction) -> threading.Timer:
        timer = threading.Timer(0.3, kill, (database, identity(tx, database.kind)))
        timer.start()
        return timer

    with pytest.raises(ConnectionLostError), db.transaction() as tx:
        samples.style(tx)
        killer(tx)
        tx.execute(slow())
    assert db.count("style_templates") == 0


def test_a_write_of_its_own_whose_connection_breaks_in_mid_statement(
    database: Database, open_adapter: Open, proxy: Proxy
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    samples.style(db, name="before")
    proxy.cut_after = b"after"
    with pytest.raises(CommitOutcomeUnknownError, match="Read what it wrote"):
        db.update("style_templates", {"name": "before"}, {"name": "after"}, returning=False)
    proxy.cut_after = None
    assert db.count("style_templates", {"name": "after"}) == 1  # it did take effect, which nobody could know


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_commit_whose_answer_is_lost_is_never_retried(
    database: Database, open_adapter: Open, proxy: Proxy, cut: str
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    attempts, told = [], []

    def unit(tx: Transaction) -> None:
        attempts.append(tx)
        samples.style(tx)
        tx.after_commit(lambda: told.append("committed"))
        setattr(proxy, cut, b"COMMIT")

    with pytest.raises(CommitOutcomeUnknownError):
        db.run(unit)
    assert len(attempts) == 1
    assert told == [], "nobody knows that, so nobody is told"
    setattr(proxy, cut, None)
    assert db.count("style_templates") == (0 if cut == "cut_before" else 1)
    with pytest.raises(CommitOutcomeUnknownError), db.transaction() as tx:
        unit(tx)
    setattr(proxy, cut, None)
    engine: Any = getattr(db.engine, "sync_engine", db.engine)
    assert engine.pool.checkedout() == 0


def test_a_stream_whose_connection_breaks(database: Database, open_adapter: Open, proxy: Proxy) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    db.insert("style_templates", [{"name": "x" * 200} for _ in range(500)], returning=False)
    proxy.trap = Stifled(20_000)
    stream = iter(db.stream("style_templates", batch=1))
    next(stream)
    proxy.reset_all()
    proxy.trap = None
    with pytest.raises(ConnectionLostError):
        list(stream)
    engine: Any = getattr(db.engine, "sync_engine", db.engine)
    assert engine.pool.checkedout() == 0
    assert db.count("style_templates") == 500
    assert db.execute(sa.delete(style_templates)) == 500


def test_a_network_that_falls_silent_is_found_out(database: Database, open_adapter: Open) -> None:
    """Nothing says so then but the kernel's own questions, which it asks if it is told to."""
    db = open_adapter()
    asked = {}

    @sa.event.listens_for(getattr(db.engine, "sync_engine", db.engine), "checkout")
    def look(_: Any, record: Any, *__: Any) -> None:
        driver = record.driver_connection
        number = driver.fileno() if database.kind == "postgresql" else _socket(driver).fileno()
        with socket.socket(fileno=os.dup(number)) as connected:
            for option in (
                socket.TCP_KEEPIDLE,
                socket.TCP_KEEPINTVL,
                socket.TCP_KEEPCNT,
                socket.TCP_USER_TIMEOUT,
            ):
                asked[option] = connected.getsockopt(socket.IPPROTO_TCP, option)
            asked[socket.SO_KEEPALIVE] = connected.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)

    db.count("albums")
    assert asked.pop(socket.TCP_USER_TIMEOUT) == 120_000
    assert sorted(asked.values()) == [1, 9, 10, 30]
