"""Transactions in each other's way: deadlocks, serialization failures, locks that are held too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import DeadlockError, LockTimeoutError, RetryableError, SerializationError
from pis_data.schema import style_templates
from pis_data.sync import DatabaseAdapter, Transaction
from pis_data.testing.database import samples
from pis_data.testing.faces import open_face
from tests.databases import Database
from tests.faults.conftest import SERVERS, Open, configured

Opened = Callable[..., AbstractContextManager[DatabaseAdapter]]


@pytest.fixture
def opened(face_name: str, database: Database) -> Opened:
    """Open an adapter of this face in the thread that asks for it."""

    @contextmanager
    def opened(**settings: Any) -> Any:
        with (
            open_face(face_name) as face,
            face.create_database_adapter(configured(database, **settings)) as db,
        ):
            yield db

    return opened


def outcomes(*works: Callable[[], Any]) -> list[Any]:
    """What functions returned or raised, each in a thread of its own."""
    found: list[Any] = [None] * len(works)

    def run(number: int) -> None:
        try:
            found[number] = works[number]()
        except Exception as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@SERVERS
def test_a_deadlock_has_one_victim(database: Database, open_adapter: Open, opened: Opened) -> None:
    db = open_adapter()
    one, two = (samples.style(db, sort_order=0)["id"] for _ in range(2))
    meeting = threading.Barrier(2)

    def cross(first: Any, second: Any) -> Callable[[], str]:
        def work() -> str:
            with opened() as own, own.transaction() as tx:
                tx.update("style_templates", {"id": first}, {"sort_order": 1})
                meeting.wait(20)
                tx.update("style_templates", {"id": second}, {"sort_order": 1})
            return "done"

        return work

    found = outcomes(cross(one, two), cross(two, one))
    assert sorted(map(type, found), key=str) == sorted([str, DeadlockError], key=str)
    victim = next(error for error in found if isinstance(error, DeadlockError))
    assert isinstance(victim, RetryableError)
    assert [row["sort_order"] for row in db.find_many("style_templates")] == [1, 1]


@SERVERS
def test_a_deadlock_of_single_calls_never_reaches_the_caller(
    database: Database, open_adapter: Open, opened: Opened
) -> None:
    db = open_adapter()
    ids = [row["id"] for row in db.insert("style_templates", [{"name": str(number)} for number in range(20)])]

    def work(some: list[Any]) -> Callable[[], int]:
        def update() -> int:
            with opened() as own:
                return sum(
                    own.update("style_templates", {"id": some}, {"sort_order": turn}, returning=False)
                    for turn in range(30)
                )

        return update

    assert outcomes(work(ids), work(ids[::-1]), work(ids[::2])) == [600, 600, 300]


@pytest.mark.kinds("postgresql")
def test_a_serialization_failure(database: Database, open_adapter: Open) -> None:
    db, other = open_adapter(), open_adapter()
    id_ = samples.style(db, sort_order=0)["id"]
    attempts = []

    def unit(tx: Transaction) -> int:
        attempts.append(tx)
        tx.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        row = tx.find_one("style_templates", {"id": id_})
        assert row is not None
        if len(attempts) == 1:
            other.update("style_templates", {"id": id_}, {"sort_order": 10})
        return tx.update("style_templates", {"id": id_}, {"sort_order": row["sort_order"] + 1})[0][
            "sort_order"
        ]

    with pytest.raises(SerializationError), db.transaction() as tx:
        unit(tx)
    attempts.clear()
    assert db.run(unit) == 11
    assert len(attempts) == 2


def test_a_lock_that_is_held_too_long(database: Database, open_adapter: Open, opened: Opened) -> None:
    db = open_adapter()
    id_ = samples.style(db, name="free")["id"]
    held, done = threading.Event(), threading.Event()

    def hold() -> str:
        with opened() as own, own.transaction() as tx:
            tx.update("style_templates", {"id": id_}, {"name": "held"})
            held.set()
            done.wait(30)
        return "released"

    def wait() -> float:
        held.wait(30)
        started = time.monotonic()
        try:
            with opened(statement_timeout=3) as own:
                for write in (
                    lambda: own.update("style_templates", {"id": id_}, {"name": "mine"}, returning=False),
                    lambda: own.run(lambda tx: tx.delete("style_templates", {"id": id_}), retries=0),
                ):
                    with pytest.raises(LockTimeoutError):
                        write()
                assert own.find_one("style_templates", {"id": id_}, select=["name"]) == {"name": "free"}
        finally:
            done.set()
        return time.monotonic() - started

    released, waited = outcomes(hold, wait)
    assert released == "released"
    assert isinstance(waited, float), waited
    assert 2 < waited < 12
    assert db.find_one("style_templates", {"id": id_}, select=["name"]) == {"name": "held"}


def test_run_waits_for_a_lock_again(database: Database, open_adapter: Open, opened: Opened) -> None:
    db = open_adapter()
    id_ = samples.style(db, sort_order=0)["id"]
    held = threading.Event()

    def hold() -> None:
        with opened() as own, own.transaction() as tx:
            tx.update("style_templates", {"id": id_}, {"sort_order": 10})
            held.set()
            time.sleep(3)

    def wait() -> int:
        held.wait(30)
        with opened(statement_timeout=3) as own:
            statement = sa.update(style_templates).values(sort_order=style_templates.c.sort_order + 1)
            return own.run(lambda tx: tx.execute(statement))  # type: ignore[return-value]

    assert outcomes(hold, wait) == [None, 1]
    assert db.find_one("style_templates", {"id": id_}, select=["sort_order"]) == {"sort_order": 11}
