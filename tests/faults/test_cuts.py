"""The network breaks at every single message of a call: it takes effect once or not at all, and says so."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data import aio
from pis_data.errors import (
    CommitOutcomeUnknownError,
    ConnectionLostError,
    DatabaseError,
    DatabaseUnavailableError,
)
from pis_data.schema import style_templates
from pis_data.sync import DatabaseAdapter, Transaction, create_database_adapter
from tests.databases import Database
from tests.faults.conftest import SERVERS, Open, configured
from tests.faults.proxy import AtByte, AtTurn, NowAndThen, Proxy, Where

pytestmark = SERVERS

#: a message has these places to break at
PLACES: tuple[Where, ...] = ("before", "within", "after", "answering")
#: more than any call here has
MOST_TURNS = 40

Db = DatabaseAdapter | Transaction
State = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Call:
    """A write, and what is stored once it took effect."""

    make: Callable[[Any], object]
    after: State
    repeats: bool = True  # whether it is made again, by itself, after a connection was lost


OLD: State = [("a", 1), ("b", 1), ("album", "x"), ("photo", "1.jpg"), ("photo", "2.jpg")]


def furnish(db: DatabaseAdapter) -> None:
    """The rows that a call meets."""
    for table in ("albums", "style_templates"):
        db.delete(table, None, all_rows=True)
    db.insert("style_templates", [{"name": name, "sort_order": 1} for name in "ab"])
    (album,) = db.insert("albums", {"title": "album", "slug": "x"})
    names = ("1.jpg", "2.jpg")
    db.insert(
        "photos",
        [{"album_id": album["id"], "filename": name, "original_key": f"raw/{name}"} for name in names],
    )


def state(db: DatabaseAdapter) -> State:
    """What is stored of it."""
    return [
        *sorted((row["name"], row["sort_order"]) for row in db.find_many("style_templates")),
        *sorted((row["title"], row["slug"]) for row in db.find_many("albums")),
        *sorted(("photo", row["filename"]) for row in db.find_many("photos")),
    ]


#: what nobody may do twice
UP = (
    sa.update(style_templates)
    .values(sort_order=style_templates.c.sort_order + 1)
    .where(style_templates.c.name == "a")
)


def count_up(db: Db) -> None:
    db.execute(UP)


def unit(tx: Transaction) -> None:
    """A bit of everything, with a savepoint."""
    tx.insert("style_templates", [{"name": "c"}, {"name": "d"}], returning=False)
    with tx.transaction() as inner:
        count_up(inner)
        inner.update("albums", {"slug": "x"}, {"title": "changed"})
    assert tx.count("style_templates") == 4


def in_a_transaction(db: DatabaseAdapter) -> None:
    with db.transaction() as tx:
        unit(tx)


AFTER_UNIT: State = [("a", 2), ("b", 1), ("c", 0), ("d", 0), ("changed", "x"), *OLD[3:]]
CALLS = {
    "insert": Call(
        lambda db: db.insert("style_templates", [{"name": "c"}, {"name": "d"}]),
        [*OLD[:2], ("c", 0), ("d", 0), *OLD[2:]],
    ),
    "insert one": Call(
        lambda db: db.insert("style_templates", {"name": "c"}, returning=False),
        [*OLD[:2], ("c", 0), *OLD[2:]],
    ),
    "upsert": Call(
        lambda db: db.upsert(
            "albums", [{"title": "new", "slug": "x"}, {"title": "new", "slug": "y"}], conflict=["slug"]
        ),
        [*OLD[:2], ("new", "x"), ("new", "y"), *OLD[3:]],
    ),
    "update": Call(
        lambda db: db.update("style_templates", {"sort_order": 1}, {"sort_order": 5}),
        [("a", 5), ("b", 5), *OLD[2:]],
    ),
    "execute": Call(count_up, [("a", 2), *OLD[1:]]),
    "delete with children": Call(lambda db: db.delete("albums", {"slug": "x"}), OLD[:2]),
    "run": Call(lambda db: db.run(unit), AFTER_UNIT),
    "transaction": Call(in_a_transaction, AFTER_UNIT, repeats=False),
}


@pytest.fixture
def there(database: Database) -> Iterator[DatabaseAdapter]:
    """An adapter that the proxy has no part in: what is really stored."""
    with create_database_adapter(database.url) as db:
        yield db


@pytest.fixture
def db(open_adapter: Open, proxy: Proxy) -> DatabaseAdapter:
    return open_adapter(host="127.0.0.1", port=proxy.port)


def outcomes(
    call: Call, where: Where, lasting: bool, db: Any, there: DatabaseAdapter, proxy: Proxy
) -> Iterator[DatabaseError | None]:
    """What becomes of a call that is cut at its first message, its second, and so on to its last."""
    for turn in itertools.count(1):
        assert turn < MOST_TURNS
        furnish(there)
        db.health()  # a sound connection in the pool
        proxy.trap = trap = AtTurn(turn, where, lasting=lasting)
        outcome = error_of(call, db)
        proxy.trap, proxy.refuse = None, False
        now = state(there)
        if not trap.sprung:
            assert (outcome, now) == (None, call.after)
            return
        if isinstance(outcome, CommitOutcomeUnknownError):
            assert now in (OLD, call.after)
        else:
            assert now == (OLD if outcome else call.after), f"cut {where} message {turn}: {outcome}"
        assert getattr(db.engine, "sync_engine", db.engine).pool.checkedout() == 0
        assert db.count("permissions"), "the pool recovers by itself"
        yield outcome


def error_of(call: Call, db: Any) -> DatabaseError | None:
    try:
        call.make(db)
    except DatabaseError as error:
        return error
    return None


@pytest.mark.parametrize("name", CALLS)
def test_a_cut_at_any_message_of_a_write(
    db: DatabaseAdapter, there: DatabaseAdapter, proxy: Proxy, name: str
) -> None:
    call = CALLS[name]
    expected = type(None) if call.repeats else ConnectionLostError
    for where in PLACES:
        *others, last = outcomes(call, where, False, db, there, proxy)
        assert isinstance(last, CommitOutcomeUnknownError), f"the message that commits, cut {where} it"
        assert {type(outcome) for outcome in others} <= {expected}, f"cut {where} a message"


@pytest.mark.parametrize("name", ["insert one", "upsert", "run", "transaction"])
def test_a_network_that_stays_down_from_any_message_on(
    db: DatabaseAdapter, there: DatabaseAdapter, proxy: Proxy, name: str
) -> None:
    call = CALLS[name]
    expected = DatabaseUnavailableError if call.repeats else ConnectionLostError
    for where in ("before", "after"):
        *others, last = outcomes(call, where, True, db, there, proxy)
        assert isinstance(last, CommitOutcomeUnknownError), f"the message that commits, cut {where} it"
        assert {type(outcome) for outcome in others} <= {expected}, f"cut {where} a message"


# -- answers of many rows ------------------------------------------------------------------------------

ROWS = 1_000


@pytest.fixture
def rows(there: DatabaseAdapter) -> list[dict[str, Any]]:
    """As many rows as make an answer of some hundred thousand bytes, in the order of their numbers."""
    there.insert(
        "style_templates",
        [{"name": f"{number} {'x' * 190}", "sort_order": number} for number in range(ROWS)],
        returning=False,
    )
    return there.find_many("style_templates", order_by=[("sort_order", "asc")])


def size_of_answer(proxy: Proxy, read: Callable[[], object]) -> int:
    """How many bytes the server sends for it."""
    proxy.trap = trap = AtByte("down", 1 << 30)
    read()
    proxy.trap = None
    return trap.passed["down"]


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_a_cut_in_the_middle_of_an_answer(
    db: DatabaseAdapter, proxy: Proxy, rows: list[dict[str, Any]], part: float
) -> None:
    def read() -> list[dict[str, Any]]:
        return db.find_many("style_templates", order_by=[("sort_order", "asc")])

    assert read() == rows
    place = round(size_of_answer(proxy, read) * part)
    proxy.trap = once = AtByte("down", place)
    assert read() == rows, "a read is repeated"
    assert once.sprung
    proxy.trap = AtByte("down", place, times=2)
    with pytest.raises(ConnectionLostError):
        read()
    proxy.trap = AtByte("down", place, times=2)
    assert db.run(lambda tx: tx.find_many("style_templates", order_by=[("sort_order", "asc")])) == rows
    proxy.trap = AtByte("down", place)
    with pytest.raises(ConnectionLostError), db.transaction() as tx:
        tx.insert("style_templates", {"name": "never"})
        tx.find_many("style_templates", order_by=[("sort_order", "asc")])
    proxy.trap = None
    assert read() == rows, "nothing was written, and the pool has recovered"


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("within", ["adapter", "transaction"])
def test_a_cut_in_the_middle_of_a_stream(
    db: DatabaseAdapter, proxy: Proxy, rows: list[dict[str, Any]], part: float, within: str
) -> None:
    """What was handed out until then is right, none is handed out twice, and the end is not taken for one."""
    found: list[dict[str, Any]] = []

    def read(source: Any) -> None:
        found.clear()
        for row in source.stream("style_templates", batch=100, order_by=[("sort_order", "asc")]):
            found.append(row)

    def stream() -> None:
        if within == "adapter":
            read(db)
        else:
            with db.transaction(read_only=True) as tx:
                read(tx)

    stream()
    assert found == rows
    proxy.trap = trap = AtByte("down", round(size_of_answer(proxy, stream) * part))
    with pytest.raises(ConnectionLostError):
        stream()
    assert trap.sprung
    assert found == rows[: len(found)]
    assert len(found) < ROWS
    proxy.trap = None
    stream()
    assert found == rows
    assert getattr(db.engine, "sync_engine", db.engine).pool.checkedout() == 0


# -- many at once --------------------------------------------------------------------------------------

WORKERS, EACH = 8, 10


class Tally:
    """What the workers were told, together."""

    def __init__(self) -> None:
        self.told: list[int] = []
        self.unknown: list[CommitOutcomeUnknownError] = []

    def check(self, there: DatabaseAdapter) -> None:
        """The row that all count up was counted up by what was done, and at most what nobody knows."""
        (row,) = there.find_many("style_templates")
        assert len(self.told) == WORKERS * EACH
        assert len(self.told) <= row["sort_order"] <= len(self.told) + len(self.unknown)


def test_threads_whose_connections_break_now_and_then(
    database: Database, there: DatabaseAdapter, proxy: Proxy
) -> None:
    there.insert("style_templates", {"name": "a", "sort_order": 0})
    tally = Tally()

    def work(db: DatabaseAdapter) -> None:
        done = 0
        while done < EACH:
            try:
                db.run(count_up)
                tally.told.append(done)
                done += 1
            except CommitOutcomeUnknownError as error:
                tally.unknown.append(error)
            except (ConnectionLostError, DatabaseUnavailableError):
                continue

    config = configured(database, host="127.0.0.1", port=proxy.port)
    with create_database_adapter(config) as db:
        proxy.trap = NowAndThen(17)
        with ThreadPoolExecutor(WORKERS) as pool:
            for outcome in [pool.submit(work, db) for _ in range(WORKERS)]:
                outcome.result()
        assert proxy.trap.sprung
        proxy.trap = None
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert db.count("style_templates") == 1
    tally.check(there)


async def test_tasks_whose_connections_break_now_and_then(
    database: Database, there: DatabaseAdapter, proxy: Proxy
) -> None:
    there.insert("style_templates", {"name": "a", "sort_order": 0})
    tally = Tally()

    async def unit(tx: aio.Transaction) -> None:
        await tx.execute(UP)

    async def work(db: aio.DatabaseAdapter) -> None:
        done = 0
        while done < EACH:
            try:
                await db.run(unit)
                tally.told.append(done)
                done += 1
            except CommitOutcomeUnknownError as error:
                tally.unknown.append(error)
            except (ConnectionLostError, DatabaseUnavailableError):
                continue

    config = configured(database, host="127.0.0.1", port=proxy.port)
    async with aio.create_database_adapter(config) as db:
        proxy.trap = NowAndThen(17)
        await asyncio.gather(*(work(db) for _ in range(WORKERS)))
        assert proxy.trap.sprung
        proxy.trap = None
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        assert await db.count("style_templates") == 1
    tally.check(there)
