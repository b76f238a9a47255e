"""The pool: connections are kept, shared by threads, and given back whatever happens."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import DatabaseUnavailableError, InvalidValueError
from pis_data.sync import Transaction, create_database_adapter
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import SERVERS, WHO, Open, configured, slow, slow_second_row


class Interrupted(BaseException):
    """What a signal's handler raises, as Ctrl-C does."""


class TimeIsUp(Exception):
    """What a signal's handler raises for the caller to catch, as a task queue's time limit does."""


@contextmanager
def interrupted(seconds: float, error: type[BaseException] = Interrupted) -> Iterator[None]:
    """Raise this in the block after a while.

    Not while garbage is collected: what a handler raises in a finalizer, Python passes over.
    """

    def handler(*_: Any) -> None:
        raise error

    gc.collect()
    gc.disable()
    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        gc.enable()


@SERVERS
def test_a_sound_connection_is_kept(database: Database, open_adapter: Open) -> None:
    db = open_adapter()
    who = sa.select(sa.literal_column(WHO[database.kind].removeprefix("SELECT ")).label("id"))
    seen = set()
    for _ in range(5):
        rows: Any = db.execute(who)
        seen.add(rows[0]["id"])
        samples.style(db)
        with db.transaction() as tx:
            tx.count("albums")
        for _row in db.stream("permissions"):
            pass
    assert len(seen) == 1


def test_sixteen_threads_share_an_adapter(database: Database) -> None:
    errors: list[BaseException] = []
    with create_database_adapter(configured(database, pool_size=4, max_overflow=2)) as db:
        album = samples.album(db)["id"]

        def work(number: int) -> None:
            try:
                for turn in range(10):
                    samples.photo(db, album, sort_order=number, status="completed")
                    with db.transaction() as tx:
                        tx.update("photos", {"sort_order": number}, {"width": turn})
                    assert len(db.find_many("photos", {"sort_order": number})) == turn + 1
                    assert sum(1 for _ in db.stream("photos", {"sort_order": number})) == turn + 1
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert db.count("photos") == 160
        found = db.find_one("albums", {"id": album})
        assert found is not None
        assert found["photo_count"] == 160
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_threads_that_share_a_transaction_take_turns(database: Database) -> None:
    found: list[Any] = []

    def work(tx: Transaction, number: int) -> None:
        try:
            for _ in range(5):
                found.append(
                    tx.count("albums") if number % 2 else len(tx.insert("style_templates", {"name": "a"}))
                )
        except Exception as error:
            found.append(error)

    with create_database_adapter(database.url) as db:
        samples.style(db)
        with db.transaction() as tx:
            threads = [threading.Thread(target=work, args=(tx, number)) for number in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert sorted(found, key=str) == [0] * 20 + [1] * 20
        assert db.count("style_templates") == 21


@pytest.mark.parametrize("error", [Interrupted, TimeIsUp, KeyboardInterrupt])
def test_an_interrupt_in_mid_statement_leaves_the_adapter_sound(
    database: Database, error: type[BaseException]
) -> None:
    with create_database_adapter(database.url) as db:
        kept = {"id": samples.style(db, sort_order=0)["id"]}
        for turn in range(1, 4):
            with pytest.raises(error), interrupted(0.2, error):
                db.execute(slow())
            with pytest.raises(error), interrupted(0.2, error), db.transaction() as tx:
                tx.update("style_templates", kept, {"sort_order": -1})
                tx.execute(slow())
            with create_database_adapter(configured(database, statement_timeout=10)) as other:
                found = other.update("style_templates", kept, {"sort_order": turn})
            assert [row["sort_order"] for row in found] == [turn], "its lock is free"
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert db.count("style_templates") == 1


def test_an_interrupt_while_rows_are_read_leaves_the_adapter_sound(database: Database) -> None:
    with create_database_adapter(database.url) as db:
        samples.style(db)
        with pytest.raises(TimeIsUp), interrupted(0.2, TimeIsUp):
            db.execute(slow_second_row())
        with pytest.raises(TimeIsUp), interrupted(0.2, TimeIsUp):
            list(db.stream("style_templates", slow().scalar_subquery() > 0))
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert db.count("style_templates") == 1


def test_an_exhausted_pool_names_the_settings(database: Database) -> None:
    settings = {"pool_size": 1, "max_overflow": 1, "pool_timeout": 0.2}
    with create_database_adapter(configured(database, **settings)) as db:
        holding, done = threading.Barrier(3), threading.Event()

        def hold() -> None:
            with db.transaction(read_only=True) as tx:
                tx.count("albums")
                holding.wait(10)
                done.wait(10)

        threads = [threading.Thread(target=hold) for _ in range(2)]
        for thread in threads:
            thread.start()
        holding.wait(10)
        with pytest.raises(DatabaseUnavailableError, match="DATABASE_POOL_SIZE"):
            db.count("albums")
        done.set()
        for thread in threads:
            thread.join()
        assert db.count("albums") == 0


def _in_a_child(work: Any) -> int:
    """Run a function in a forked child; its exit status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            os.write(2, f"in the child: {error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_parent_and_child_of_a_fork_both_go_on(database: Database) -> None:
    with create_database_adapter(database.url) as db:
        parent = samples.style(db, name="parent")
        stream = iter(db.stream("permissions", batch=1))
        next(stream)

        def work() -> None:
            assert db.find_many("style_templates", {"name": "parent"}) == [parent]
            for _ in range(3):
                samples.style(db, name="child")
            with db.transaction() as tx:
                samples.style(tx, name="child")
            db.close()

        assert [_in_a_child(work) for _ in range(2)] == [0, 0]
        assert len(list(stream)) > 5, "the parent's connection was left alone"
        assert db.find_one("style_templates", {"id": parent["id"]}) == parent
        samples.style(db, name="parent")
        assert db.count("style_templates", {"name": "child"}) == 8
        assert db.count("style_templates", {"name": "parent"}) == 2


def test_a_database_in_memory_is_shared_by_threads() -> None:
    with create_database_adapter("sqlite://") as db:
        db.execute(sa.text("CREATE TABLE t (n INTEGER)"))

        def work() -> None:
            for number in range(20):
                db.execute(sa.text("INSERT INTO t VALUES (:n)"), {"n": number})

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert db.execute(sa.text("SELECT count(*) AS n FROM t")) == [{"n": 160}]


@pytest.mark.parametrize("value", [1 << 64, "\ud800"])
def test_a_database_in_memory_outlives_a_value_that_can_not_be_sent(value: object) -> None:
    with create_database_adapter("sqlite://") as db:
        db.execute(sa.text("CREATE TABLE t (n INTEGER)"))
        with pytest.raises(InvalidValueError):
            db.execute(sa.text("INSERT INTO t VALUES (:n)"), {"n": value})
        assert db.execute(sa.text("SELECT * FROM t")) == []
