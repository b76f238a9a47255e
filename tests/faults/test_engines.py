"""Engines of the caller's own, and adapters of several event loops."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from pis_data import aio, sync
from pis_data.errors import ConfigurationError, StatementTimeoutError
from pis_data.schema import pis_meta
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import configured, slow

DRIVERS = {
    "sqlite": ("sqlite+pysqlite", "sqlite+aiosqlite"),
    "postgresql": ("postgresql+psycopg", "postgresql+psycopg"),
    "mysql": ("mysql+pymysql", "mysql+asyncmy"),
    "mariadb": ("mysql+pymysql", "mysql+asyncmy"),  # as most people write it: the server tells
}


def url(database: Database, face: str) -> sa.URL:
    found = sa.make_url(database.url).set(drivername=DRIVERS[database.kind][face == "async"])
    return found.set(query={"ssl_disabled": "true"}) if "pymysql" in found.drivername else found


def checked(db: Any, database: Database) -> None:
    assert db.health()["server"] == database.kind
    row = samples.album(db, title="照片", metadata={"a": [1, None]})
    assert db.find_many("albums", {"id": row["id"]}) == [row]
    with pytest.raises(ZeroDivisionError), db.transaction() as tx:
        samples.album(tx)
        1 / 0  # noqa: B018
    assert db.count("albums") == 1
    assert len(list(db.stream("permissions"))) > 5
    db.upsert("albums", {"slug": row["slug"], "title": "new"}, conflict=["slug"])
    assert db.delete("albums", None, all_rows=True) == 1


def test_an_engine_is_used_and_left_open(database: Database) -> None:
    engine = sa.create_engine(url(database, "sync"))
    try:
        with sync.create_database_adapter(engine=engine) as db:
            checked(db, database)
            assert db.dialect.name == database.kind
        with engine.begin() as connection:  # its own transactions are what they were
            connection.execute(sa.insert(pis_meta).values(key="a", value="b"))
            connection.rollback()
        with engine.connect(), engine.begin() as connection:  # on a connection that is new, too
            connection.execute(sa.insert(pis_meta).values(key="a", value="b"))
            connection.rollback()
        with engine.connect() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(pis_meta)).scalar() == 0
    finally:
        engine.dispose()


@pytest.mark.kinds("sqlite")
@pytest.mark.parametrize("seconds", [-1, "5", True, float("nan"), float("inf")])
def test_a_limit_that_is_no_time_is_refused(database: Database, seconds: Any) -> None:
    engine = sa.create_engine(url(database, "sync"))
    with pytest.raises(ConfigurationError, match="seconds"):
        sync.create_database_adapter(engine=engine, statement_timeout=seconds)


async def test_an_asynchronous_engine_is_used_and_left_open(database: Database) -> None:
    engine = create_async_engine(url(database, "async"))
    try:
        async with aio.create_database_adapter(engine=engine) as db:
            (row,) = await db.insert("albums", {"title": "照片", "slug": "a"})
            assert await db.find_many("albums", {"id": row["id"]}) == [row]
            assert (await db.health())["server"] == database.kind
        async with engine.connect() as connection:
            assert (await connection.execute(sa.text("SELECT count(*) FROM albums"))).scalar() == 1
    finally:
        await engine.dispose()


def test_connections_that_were_open_before_are_set_up_too(database: Database) -> None:
    engine = sa.create_engine(url(database, "sync"), pool_size=2)
    try:
        with engine.connect() as one, engine.connect() as two:
            one.execute(sa.text("SELECT 1"))
            two.execute(sa.text("SELECT 1"))
        with sync.create_database_adapter(engine=engine) as db:
            moments = [samples.style(db)["created_at"] for _ in range(2)]
            with db.transaction() as tx:
                moments.append(samples.style(tx)["created_at"])
            spread = max(moments) - min(moments)
            assert spread.total_seconds() < 300, "the session's time zone was set"
    finally:
        engine.dispose()


def test_a_limit_on_the_statements_of_an_engine(database: Database) -> None:
    engine = sa.create_engine(url(database, "sync"))
    try:
        with sync.create_database_adapter(engine=engine, statement_timeout=0.4) as db:
            if database.kind == "mysql":  # no configuration, no connection to kill it by: reads only
                with pytest.raises(StatementTimeoutError):
                    db.find_many("style_templates", slow().scalar_subquery() > 0)
            else:
                with pytest.raises(StatementTimeoutError):
                    db.execute(slow())
    finally:
        engine.dispose()


def test_an_engine_of_the_other_face_is_refused(database: Database) -> None:
    engine = sa.create_engine(url(database, "sync"))
    other = create_async_engine(url(database, "async"))
    assert isinstance(other, AsyncEngine)
    with pytest.raises(ConfigurationError):
        sync.create_database_adapter(engine=other)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError):
        aio.create_database_adapter(engine=engine)  # type: ignore[arg-type]


@pytest.mark.kinds("postgresql", "mysql")
def test_an_engine_of_another_driver_is_refused_and_told_which(database: Database) -> None:
    driver, wanted = {
        "postgresql": ("postgresql+pg8000", r"postgresql\+psycopg:"),
        "mysql": ("mysql+mysqldb", r"mysql\+pymysql:"),
    }[database.kind]
    module = SimpleNamespace(paramstyle="format", __version__="1.31.2", version_info=(2, 2, 4))
    engine = sa.create_engine(sa.make_url(database.url).set(drivername=driver), module=module)
    with pytest.raises(ConfigurationError, match=wanted):
        sync.create_database_adapter(engine=engine)


def test_each_event_loop_has_an_adapter_of_its_own(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("DATABASE_TYPE", database.kind)
    seen: list[Any] = []

    async def work() -> None:
        db = aio.get_database_adapter()
        assert aio.get_database_adapter() is db
        seen.append(db)
        await asyncio.gather(
            *(db.insert("style_templates", {"name": "a"}, returning=False) for _ in range(5))
        )
        assert await db.count("style_templates") >= 5
        await aio.reset_adapters()
        assert aio.get_database_adapter() is not db
        await aio.reset_adapters()

    threads = [threading.Thread(target=lambda: asyncio.run(work())) for _ in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    assert len({id(db) for db in seen}) == 3
    with sync.create_database_adapter(configured(database)) as db:
        assert db.count("style_templates") == 15


def test_event_loops_at_the_same_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("DATABASE_TYPE", database.kind)
    together = threading.Barrier(3)
    failed: list[BaseException] = []

    async def work() -> None:
        db = aio.get_database_adapter()
        for _ in range(5):
            await db.insert("style_templates", {"name": "a"}, returning=False)
            together.wait(20)
        await db.close()

    def run() -> None:
        try:
            asyncio.run(work())
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with sync.create_database_adapter(configured(database)) as db:
        assert db.count("style_templates") == 15
