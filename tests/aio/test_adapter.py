"""The asynchronous face: tasks, cancellation, event loops; and what an adapter is shared by."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from pis_data import aio
from pis_data.config import DatabaseConfig
from pis_data.errors import ConfigurationError, TransactionError
from pis_data.sync import create_database_adapter
from tests.databases import Database


async def test_two_hundred_cancelled_tasks_leak_no_connection(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        await db.insert("albums", {"title": "a", "slug": "cancelled"})

        async def work() -> None:
            async with db.transaction() as tx:
                await tx.update("albums", {"slug": "cancelled"}, {"title": "b"})
                await asyncio.sleep(0.001)
                await tx.count("albums")

        for delay in (0, 0.001, 0.005, 0.02):
            tasks = [asyncio.create_task(work()) for _ in range(50)]
            await asyncio.sleep(delay)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert await db.count("albums", {"slug": "cancelled"}) == 1
        await db.update("albums", {"slug": "cancelled"}, {"title": "c"})  # no lock was left behind


async def test_a_stream_that_is_left_early_gives_its_connection_back(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        rows = db.stream("permissions", batch=2)
        async for _ in rows:
            break
        await rows.aclose()  # type: ignore[attr-defined]
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert await db.count("permissions") > 2


async def test_tasks_have_transactions_of_their_own(database: Database) -> None:
    async with aio.create_database_adapter(database.url) as db:
        inside = asyncio.Event()

        async def other() -> int:
            await inside.wait()
            return await db.count("permissions")  # another task's open transaction is not this one's

        task = asyncio.create_task(other())
        async with db.transaction(read_only=True) as tx:
            inside.set()
            assert await task == await tx.count("permissions")
            with pytest.raises(TransactionError, match="inside its own open transaction"):
                await db.count("permissions")


async def test_an_engine_of_the_callers_own_is_used_and_left_open(database: Database) -> None:
    config = DatabaseConfig.from_url(database.url)
    own = aio.DatabaseAdapter(config)
    url = own.engine.url
    await own.close()
    engine = create_async_engine(url)
    db = aio.create_database_adapter(engine=engine)
    assert (await db.insert("albums", {"title": "a", "slug": "engine"}))[0]["slug"] == "engine"
    await db.close()
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT 1")).scalar() == 1
    await engine.dispose()


def test_neither_or_both_of_configuration_and_engine_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="either"):
        create_database_adapter()


def test_a_reader_is_the_adapter_itself_without_replicas_and_each_replica_in_turn_with_them(
    database: Database,
) -> None:
    config = DatabaseConfig.from_url(database.url)
    with create_database_adapter(config) as db:
        assert db.reader() is db
    if config.host:
        urls = ",".join([config.url(masked=False)] * 2)
        replicated = DatabaseConfig.model_validate({**dict(config), "replica_urls": tuple(urls.split(","))})
        with create_database_adapter(replicated) as db:
            first, second, third = db.reader(), db.reader(), db.reader()
            assert first is third
            assert first is not second
            assert first.count("permissions") == db.count("permissions")
