"""Tasks that are cancelled at any moment: no connection, lock or half of a transaction is left."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data import aio
from pis_data.errors import PisDataError, TransactionError
from tests.databases import Database
from tests.faults.conftest import configured, slow


async def cancelled(task: asyncio.Task[Any], after: float) -> None:
    await asyncio.sleep(after)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def sound(db: aio.DatabaseAdapter, rows: int) -> None:
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert await db.count("style_templates") == rows
    await db.update("style_templates", None, {"sort_order": 1}, all_rows=True)


async def test_in_mid_statement(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        await db.insert("style_templates", {"name": "a"})
        for _ in range(3):
            await cancelled(asyncio.create_task(db.execute(slow())), 0.1)
        await sound(db, 1)


async def test_in_a_transaction(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:

        async def work(statement: Any) -> None:
            async with db.transaction() as tx:
                await tx.insert("style_templates", {"name": "a"})
                async with tx.transaction() as inner:
                    await inner.insert("style_templates", {"name": "b"})
                    await (inner.execute(statement) if statement is not None else asyncio.sleep(60))

        for statement in (None, slow()):
            await cancelled(asyncio.create_task(work(statement)), 0.2)
            await sound(db, 0)


async def test_a_cancellation_that_was_passed_over_ends_the_transaction(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        with pytest.raises(TransactionError, match="nothing was committed"):
            async with db.transaction() as tx:
                await tx.insert("style_templates", {"name": "a"})
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.1):
                        await tx.execute(slow())
                for call in (tx.count("albums"), tx.insert("style_templates", {"name": "b"})):
                    with pytest.raises(TransactionError, match="cancelled"):
                        await call
        with pytest.raises(TransactionError):
            async with db.transaction() as tx:
                with pytest.raises(TimeoutError):
                    async with tx.transaction() as inner, asyncio.timeout(0.1):
                        await inner.execute(slow())
                await tx.insert("style_templates", {"name": "c"})
        await sound(db, 0)


async def test_tasks_that_share_a_transaction_take_turns(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        async with db.transaction() as tx:
            inserts = (tx.insert("style_templates", {"name": "a"}) for _ in range(10))
            found = await asyncio.gather(*inserts, *(tx.count("albums") for _ in range(10)))
        assert [one if isinstance(one, int) else len(one) for one in found] == [1] * 10 + [0] * 10
        await sound(db, 10)


async def test_in_a_stream(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:

        async def work() -> None:
            async for _ in db.stream("permissions", batch=1):
                await asyncio.sleep(60)

        for _ in range(3):
            await cancelled(asyncio.create_task(work()), 0.1)
        # asyncio closes an abandoned generator in a task of its own
        async with asyncio.timeout(5):
            while db.engine.pool.checkedout():  # type: ignore[attr-defined]  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await sound(db, 0)


async def test_while_waiting_for_a_connection(database: Database) -> None:
    async with aio.create_database_adapter(configured(database, pool_size=1, max_overflow=0)) as db:
        async with db.transaction() as tx:
            await tx.count("albums")
            tasks = [asyncio.create_task(db.count("albums")) for _ in range(20)]
            await asyncio.sleep(0.05)
            for task in tasks[::2]:
                task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(one, asyncio.CancelledError) for one in found] == [True, False] * 10
        await sound(db, 0)


async def test_at_every_moment_of_a_unit_of_work(database: Database) -> None:
    async with aio.create_database_adapter(configured(database, pool_size=2, max_overflow=0)) as db:
        kept = 0

        async def unit(tx: aio.Transaction) -> None:
            await tx.insert("style_templates", [{"name": "a"}, {"name": "b"}])

        for number in range(60):
            task = asyncio.create_task(db.run(unit))
            await asyncio.sleep(number / 10_000)
            task.cancel()
            try:
                await task
                kept += 2
            except asyncio.CancelledError:
                pass
        rows = await db.count("style_templates")
        assert rows % 2 == 0, "a transaction is kept whole or not at all"
        assert rows >= kept, "what was said to be done is done"
        await sound(db, rows)


async def test_a_deadline_of_asyncios(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await db.execute(slow())
        await sound(db, 0)


async def test_a_group_of_tasks_of_which_one_fails(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:

        async def fails() -> None:
            await asyncio.sleep(0.1)
            await db.find_many("nonsense")

        with pytest.raises(ExceptionGroup) as caught:
            async with asyncio.TaskGroup() as group:
                for _ in range(5):
                    group.create_task(db.execute(slow()))
                group.create_task(fails())
        assert caught.group_contains(PisDataError, match="nonsense")
        await sound(db, 0)


async def test_the_loop_runs_on_meanwhile(database: Database) -> None:
    async with aio.create_database_adapter(configured(database, statement_timeout=1)) as db:
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0.01)
                ticks += 1

        ticking = asyncio.create_task(tick())
        with pytest.raises(PisDataError):
            await db.execute(slow())
        ticking.cancel()
        assert ticks > 30
        assert await db.execute(sa.select(sa.literal(1).label("n"))) == [{"n": 1}]
