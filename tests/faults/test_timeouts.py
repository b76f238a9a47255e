"""DATABASE_STATEMENT_TIMEOUT: reads and writes that take too long are ended, streams are not."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import RetryableError, StatementTimeoutError, TransactionError
from pis_data.schema import metadata, style_templates
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import Open, slow, slow_second_row

LIMIT, WITHIN = 0.4, 5


def ended(call: Any) -> None:
    started = time.monotonic()
    with pytest.raises(StatementTimeoutError, match="DATABASE_STATEMENT_TIMEOUT") as caught:
        call()
    assert not isinstance(caught.value, RetryableError)
    assert LIMIT * 0.8 < time.monotonic() - started < WITHIN


def slow_write() -> sa.Update:
    return sa.update(style_templates).values(sort_order=slow().scalar_subquery())


@pytest.fixture
def db(open_adapter: Open) -> DatabaseAdapter:
    db = open_adapter(statement_timeout=LIMIT)
    samples.style(db, sort_order=0)
    return db


def test_a_read(db: DatabaseAdapter) -> None:
    ended(lambda: db.execute(slow()))
    assert db.count("style_templates") == 1


def test_a_read_whose_first_row_is_there_at_once(db: DatabaseAdapter) -> None:
    ended(lambda: db.execute(slow_second_row()))
    with pytest.raises(TransactionError), db.transaction() as tx:
        samples.style(tx)
        ended(lambda: tx.execute(slow_second_row()))
    assert db.count("style_templates") == 1


def test_a_write(db: DatabaseAdapter) -> None:
    ended(lambda: db.execute(slow_write()))
    assert db.find_one("style_templates", select=["sort_order"]) == {"sort_order": 0}


def test_a_filter_of_a_find(db: DatabaseAdapter) -> None:
    ended(lambda: db.find_many("style_templates", slow().scalar_subquery() > 0))
    ended(
        lambda: db.update("style_templates", slow().scalar_subquery() > 0, {"sort_order": 1}, returning=False)
    )
    assert db.count("style_templates") == 1


def test_in_a_transaction(db: DatabaseAdapter) -> None:
    def read() -> None:
        with db.transaction() as tx:
            samples.style(tx)
            tx.execute(slow())

    def write() -> None:
        with db.transaction() as tx:
            samples.style(tx)
            tx.execute(slow_write())

    ended(read)
    ended(write)
    assert db.count("style_templates") == 1
    with pytest.raises(TransactionError), db.transaction() as tx:
        samples.style(tx)
        ended(lambda: tx.execute(slow()))
    assert db.count("style_templates") == 1


def test_run_does_not_try_again(db: DatabaseAdapter) -> None:
    attempts = []

    def unit(tx: Any) -> None:
        attempts.append(tx)
        tx.execute(slow())

    ended(lambda: db.run(unit))
    assert len(attempts) == 1


def test_each_statement_has_its_own_time(db: DatabaseAdapter) -> None:
    with db.transaction() as tx:
        for _ in range(4):
            time.sleep(0.2)  # the caller's own time does not count
            tx.count("permissions")
    time.sleep(0.6)
    assert db.count("style_templates") == 1


def test_a_stream_may_take_its_time(db: DatabaseAdapter) -> None:
    rows = 0
    for _ in db.stream("permissions", batch=5):
        rows += 1
        time.sleep(0.04)
    assert rows * 0.04 > 2 * LIMIT
    assert db.count("permissions") == rows
    ended(lambda: db.execute(slow()))


def test_a_stream_that_was_left_lifts_nothing_for_others(db: DatabaseAdapter) -> None:
    for _ in db.stream("permissions", batch=1):
        break
    ended(lambda: db.execute(slow()))


def test_no_limit(database: Database, open_adapter: Open) -> None:
    db = open_adapter(statement_timeout=0)
    assert db.count("permissions") > 0
    permissions = metadata.tables["permissions"]
    others = [permissions.alias(f"p{number}") for number in range(3)]
    joined: sa.FromClause = permissions
    for other in others:
        joined = joined.join(other, other.c.is_system == permissions.c.is_system)
    counted = db.execute(sa.select(sa.func.count().label("n")).select_from(joined))
    assert counted == [{"n": db.count("permissions") ** 4}]
