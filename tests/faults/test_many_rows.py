"""Ten thousand rows in one insert, and what may go wrong on the way: all of them are stored, or none."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from pis_data import aio
from pis_data.errors import (
    ConnectionLostError,
    ConstraintViolationError,
    ForeignKeyViolationError,
    LockTimeoutError,
    StatementTimeoutError,
    TransactionError,
    UniqueViolationError,
)
from pis_data.sync import DatabaseAdapter, create_database_adapter
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import SERVERS, Open, configured, kill_others, slow
from tests.faults.proxy import AtByte, Proxy
from tests.faults.test_pool import Interrupted, interrupted

ROWS = 10_000
TABLE = "style_templates"


def many(**of_one: Any) -> list[dict[str, Any]]:
    """Rows with a number and a name each; the last but one has some values of its own."""
    rows = [{"name": f"row {number}", "sort_order": number} for number in range(ROWS)]
    rows[-2].update(of_one)
    return rows


def check_all(db: DatabaseAdapter) -> None:
    """Every row is there, once."""
    stored = db.find_many(TABLE, select=["sort_order"], order_by=[("sort_order", "asc")])
    assert [row["sort_order"] for row in stored] == list(range(ROWS))


def check_none(db: DatabaseAdapter, *kept: str) -> None:
    """No row is there but those that others wrote; and no connection or lock was left behind."""
    assert getattr(db.engine, "sync_engine", db.engine).pool.checkedout() == 0
    assert sorted(row["name"] for row in db.find_many(TABLE)) == sorted(kept)
    assert db.insert(TABLE, many(), returning=False) == ROWS


@pytest.fixture
def slow_row(database: Database) -> Iterator[dict[str, Any]]:
    """The values of a row that the database is busy with for longer than a test waits."""
    with create_database_adapter(database.url) as db:
        query = str(slow().compile(db.engine, compile_kwargs={"literal_binds": True}))
    if database.kind == "sqlite":
        make = [f"CREATE TRIGGER slow_row BEFORE INSERT ON {TABLE} WHEN NEW.name = 'slow' BEGIN {query}; END"]
    elif database.kind == "postgresql":
        make = [
            "CREATE FUNCTION slow_row() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN PERFORM ({query}); RETURN NEW; END $$",
            f"CREATE TRIGGER slow_row BEFORE INSERT ON {TABLE} FOR EACH ROW"
            " WHEN (NEW.name = 'slow') EXECUTE FUNCTION slow_row()",
        ]
    else:
        make = [
            f"CREATE TRIGGER slow_row BEFORE INSERT ON {TABLE} FOR EACH ROW"
            f" BEGIN IF NEW.name = 'slow' THEN SET @slow = ({query}); END IF; END"
        ]
    run(database, *make)
    try:
        yield {"name": "slow"}
    finally:
        on_table = f" ON {TABLE}" if database.kind == "postgresql" else ""
        run(database, f"DROP TRIGGER slow_row{on_table}")
        if database.kind == "postgresql":
            run(database, "DROP FUNCTION slow_row()")


def run(database: Database, *statements: str) -> None:
    with database.connect() as connection:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)


# -- the connection --------------------------------------------------------------------------------


@SERVERS
@pytest.mark.parametrize(("returning", "part"), [(False, 0.05), (False, 0.95), (True, 0.5)])
def test_a_cut_while_rows_are_sent(open_adapter: Open, proxy: Proxy, returning: bool, part: float) -> None:
    db, rows = open_adapter(host="127.0.0.1", port=proxy.port), many()
    proxy.trap = whole = AtByte("up", 1 << 30)
    db.insert(TABLE, rows, returning=returning)
    db.delete(TABLE, None, all_rows=True)
    place = round(whole.passed["up"] * part)

    proxy.trap = AtByte("up", place, times=2)
    with pytest.raises(ConnectionLostError):
        db.insert(TABLE, rows, returning=returning)
    assert db.count(TABLE) == 0
    proxy.trap = AtByte("up", place)
    with pytest.raises(ConnectionLostError), db.transaction() as tx:
        samples.style(tx)
        tx.insert(TABLE, rows, returning=returning)
    assert db.count(TABLE) == 0
    proxy.trap = once = AtByte("up", place)
    found: Any = db.insert(TABLE, rows, returning=returning)
    assert once.sprung
    assert (len(found) if returning else found) == ROWS
    check_all(db)


@SERVERS
def test_a_connection_killed_while_rows_are_sent(
    database: Database, open_adapter: Open, proxy: Proxy
) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)

    @contextmanager
    def killing() -> Iterator[None]:
        def work() -> None:
            if proxy.held.wait(30):
                kill_others(database)
            proxy.release.set()

        proxy.held.clear()
        proxy.release.clear()
        proxy.hold_at = 100_000
        killer = threading.Thread(target=work)
        killer.start()
        yield
        killer.join()
        assert proxy.held.is_set()

    assert db.count(TABLE) == 0
    with killing(), pytest.raises(ConnectionLostError), db.transaction() as tx:
        tx.insert(TABLE, many(), returning=False)
    assert db.count(TABLE) == 0
    with killing():
        assert db.run(lambda tx: tx.insert(TABLE, many(), returning=False)) == ROWS
    check_all(db)
    db.delete(TABLE, None, all_rows=True)
    with killing():
        assert db.insert(TABLE, many(), returning=False) == ROWS
    check_all(db)


# -- time ------------------------------------------------------------------------------------------


def test_a_statement_timeout(open_adapter: Open, slow_row: dict[str, Any]) -> None:
    db, attempts = open_adapter(statement_timeout=0.6), []

    def unit(tx: Any) -> None:
        attempts.append(tx)
        tx.insert(TABLE, many(**slow_row), returning=False)

    works: list[Callable[[], Any]] = [
        lambda: db.insert(TABLE, many(**slow_row), returning=False),
        lambda: db.insert(TABLE, many(**slow_row)),
        lambda: db.run(unit),
    ]
    for work in works:
        with pytest.raises(StatementTimeoutError, match="DATABASE_STATEMENT_TIMEOUT"):
            work()
        assert db.count(TABLE) == 0
    assert len(attempts) == 1
    assert getattr(db.engine, "sync_engine", db.engine).pool.checkedout() == 0
    check_none(open_adapter())  # which inserts ten thousand rows: that may take longer on a busy machine


def test_a_lock_that_another_holds(database: Database, open_adapter: Open) -> None:
    db = open_adapter(statement_timeout=2)
    rows = [{"title": "a", "slug": f"slug-{number}"} for number in range(1_000)]
    with create_database_adapter(database.url) as other, other.transaction() as tx:
        tx.insert("albums", {"title": "first", "slug": "slug-998"})
        with pytest.raises(LockTimeoutError):
            db.insert("albums", rows, returning=False)
    assert [row["title"] for row in db.find_many("albums")] == ["first"]
    with pytest.raises(UniqueViolationError):
        db.insert("albums", rows, returning=False)
    assert db.count("albums") == 1


def test_ctrl_c(database: Database, slow_row: dict[str, Any]) -> None:
    with create_database_adapter(database.url) as db:
        for work in (db.insert, lambda *rows, **how: db.run(lambda tx: tx.insert(*rows, **how))):
            with pytest.raises((Interrupted, KeyboardInterrupt)), interrupted(0.5):
                work(TABLE, many(**slow_row), returning=False)
            assert db.count(TABLE) == 0
        check_none(db)


async def test_a_task_that_is_cancelled_while_the_server_works(
    database: Database, slow_row: dict[str, Any]
) -> None:
    async with aio.create_database_adapter(database.url) as db:
        await db.count(TABLE)
        for _ in range(2):
            task = asyncio.create_task(db.insert(TABLE, many(**slow_row), returning=False))
            await asyncio.sleep(0.5)
            await cancelled(task, db)


@SERVERS
async def test_a_task_that_is_cancelled_while_rows_are_sent(database: Database, proxy: Proxy) -> None:
    config = configured(database, host="127.0.0.1", port=proxy.port)
    async with aio.create_database_adapter(config) as db:
        await db.count(TABLE)

        async def work(*, outer: bool) -> None:
            async with db.transaction() as tx:
                await tx.insert(TABLE, {"name": "before"})
                async with tx.transaction() as inner:
                    await (tx if outer else inner).insert(TABLE, many(), returning=False)

        for outer in (True, False):
            proxy.held.clear()
            proxy.release.clear()
            proxy.hold_at = 100_000
            task = asyncio.create_task(work(outer=outer))
            assert await asyncio.to_thread(proxy.held.wait, 30)
            try:
                await cancelled(task, db)
            finally:
                proxy.release.set()
        assert await db.insert(TABLE, many(), returning=False) == ROWS


async def cancelled(task: asyncio.Task[Any], db: aio.DatabaseAdapter) -> None:
    """End a task, which leaves neither a row nor a connection behind."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert await db.count(TABLE) == 0


# -- a wrong row -----------------------------------------------------------------------------------


def told(error: ConstraintViolationError) -> tuple[Any, ...]:
    return type(error), error.table, error.constraint, error.columns


def albums() -> list[dict[str, Any]]:
    """Rows of two shapes, which no one statement takes together."""
    return [
        {"title": "a", "slug": str(number), **({"location": "here"} if number % 2 else {})}
        for number in range(ROWS)
    ]


@pytest.mark.parametrize("returning", [False, True])
@pytest.mark.parametrize("kind", ["unique", "primary key", "foreign key"])
def test_the_last_row_but_one_is_wrong(open_adapter: Open, kind: str, returning: bool) -> None:
    """The error is the one that this row alone would have met."""
    db = open_adapter()
    album, style = samples.album(db, slug="there"), samples.style(db)
    groups = [{"album_id": album["id"], "name": str(number)} for number in range(ROWS)]
    table, rows, wrong, expected = {
        "unique": ("albums", albums(), {"slug": "there"}, UniqueViolationError),
        "primary key": (TABLE, many(), {"id": style["id"]}, UniqueViolationError),
        "foreign key": ("photo_groups", groups, {"album_id": uuid4()}, ForeignKeyViolationError),
    }[kind]
    before = db.count(table)
    rows[-2] |= wrong
    with pytest.raises(expected) as alone:
        db.insert(table, rows[-2])
    if (db.dialect.name, kind) != ("sqlite", "foreign key"):  # which does not tell
        assert alone.value.columns == tuple(wrong)
    with pytest.raises(expected) as caught:
        db.insert(table, rows, returning=returning)
    assert told(caught.value) == told(alone.value)
    assert db.count(table) == before


def test_a_wrong_row_in_a_transaction(open_adapter: Open) -> None:
    """In a savepoint it spoils nothing but that; else the transaction."""
    db, rows = open_adapter(), albums()
    samples.album(db, slug=rows[-2]["slug"])
    with db.transaction() as tx:
        samples.style(tx, name="outer")
        with pytest.raises(UniqueViolationError), tx.transaction() as inner:
            samples.style(inner, name="inner")
            inner.insert("albums", rows, returning=False)
        with tx.transaction() as inner:
            inner.insert("albums", [*rows[:-2], rows[-1]], returning=False)
    assert db.count("albums") == ROWS
    assert [row["name"] for row in db.find_many(TABLE)] == ["outer"]

    with pytest.raises(TransactionError, match="nothing was committed"), db.transaction() as tx:
        samples.style(tx, name="lost")
        with pytest.raises(UniqueViolationError):
            tx.insert("albums", rows, returning=False)
    assert [row["name"] for row in db.find_many(TABLE)] == ["outer"]
