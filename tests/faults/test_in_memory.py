"""A database in memory, which outlives the connection of a call that was interrupted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data import aio
from pis_data.sync import create_database_adapter
from tests.faults.test_pool import Interrupted, interrupted

MAKE = sa.text("CREATE TABLE t (n INTEGER)")
WRITE = sa.text("INSERT INTO t VALUES (:n)")
READ = sa.text("SELECT n FROM t")
SLOW = sa.text(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000)"
    " SELECT max(n) FROM c"
)


@pytest.mark.parametrize("error", [Interrupted, KeyboardInterrupt])
def test_it_outlives_a_signals_handler(error: type[BaseException]) -> None:
    with create_database_adapter("sqlite://") as db:
        db.execute(MAKE)
        db.execute(WRITE, {"n": 1})
        with pytest.raises(error), interrupted(0.1, error):
            db.execute(SLOW)
        with pytest.raises(error), interrupted(0.1, error), db.transaction() as tx:
            tx.execute(WRITE, {"n": 2})
            tx.execute(SLOW)
        assert db.execute(READ) == [{"n": 1}]
        db.execute(WRITE, {"n": 3})
        assert db.execute(READ) == [{"n": 1}, {"n": 3}]


async def test_it_outlives_a_cancelled_task() -> None:
    async with aio.create_database_adapter("sqlite://") as db:
        await db.execute(MAKE)
        await db.execute(WRITE, {"n": 1})

        async def work() -> None:
            async with db.transaction() as tx:
                await tx.execute(WRITE, {"n": 2})
                await tx.execute(SLOW)

        calls: list[Any] = [db.execute(SLOW), work()]
        for call in calls:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(call, 0.1)
            await db.execute(WRITE, {"n": 3})
        assert await db.execute(READ) == [{"n": 1}, {"n": 3}, {"n": 3}]


def test_each_adapter_has_one_of_its_own() -> None:
    with create_database_adapter("sqlite://") as one, create_database_adapter("sqlite://") as other:
        one.execute(MAKE)
        other.execute(MAKE)
        one.execute(WRITE, {"n": 1})
        assert other.execute(READ) == []
