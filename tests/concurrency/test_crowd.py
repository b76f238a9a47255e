"""Four processes of sixteen threads at once, while others cause deadlocks and hold locks for too long: the
database ends up where what they were told took effect leads to, no more and no less.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pis_data.config import DatabaseConfig
from pis_data.errors import PisDataError
from pis_data.repositories import Repositories
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.databases import Database

from .worker import THREADS

PROCESSES, ALBUMS, CODES, ADMINS = 4, 8, 12, 5
CROSSINGS = 5
#: seconds after which a lock is not waited for any more, and for how long the injector holds one
PATIENCE, HELD = 2, 2.5


@pytest.fixture
def quick_to_see_deadlocks(database: Database) -> Iterator[None]:
    """PostgreSQL looks for deadlocks after a second of waiting, in which all the others wait too."""
    if database.kind != "postgresql":
        yield
        return
    name = database.url.rpartition("/")[2]
    with database.connect(admin=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '50ms'")
        yield
        connection.execute(f"ALTER DATABASE {name} RESET deadlock_timeout")


@contextmanager
def harm(database: Database, albums: list[UUID]) -> Iterator[None]:
    """Meanwhile, lock albums in every order, and one of them for longer than anybody waits."""
    stop = threading.Event()

    def cross(order: list[UUID]) -> None:
        with create_database_adapter(database.url) as db:
            for _ in range(CROSSINGS):
                stop.wait(0.2)
                try:
                    with db.transaction() as tx:
                        for album in order:
                            tx.update("albums", {"id": album}, {"location": str(album)}, returning=False)
                            stop.wait(0.02)
                except PisDataError:  # a victim itself, this time
                    pass

    def hold() -> None:
        with create_database_adapter(database.url) as db, db.transaction() as tx:
            tx.update("albums", {"id": albums[0]}, {"location": "held"}, returning=False)
            stop.wait(HELD)

    works: list[Callable[[], None]] = [
        hold,
        lambda: cross(albums),
        lambda: cross(albums[::-1]),
    ]
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def crowd(plans: list[dict[str, Any]]) -> tuple[list[tuple[str, Any]], Counter[str]]:
    """What all processes say took effect, and the errors that they met."""
    command = [sys.executable, "-m", "tests.concurrency.worker"]
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in plans
    ]
    try:
        for process, plan in zip(processes, plans, strict=True):
            assert process.stdin
            print(json.dumps(plan), file=process.stdin, flush=True)
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            print("go", file=process.stdin, flush=True)
        answers = [process.communicate(timeout=120)[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * len(plans)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    found = [json.loads(answer) for answer in answers]
    seen = sum((Counter(each["seen"]) for each in found), Counter[str]())
    return [(what, value) for each in found for what, value in each["done"]], seen


def furnished(db: DatabaseAdapter) -> dict[str, Any]:
    """What the crowd meets."""
    r = Repositories(db)
    albums = [r.albums.create(title=str(number)).id for number in range(ALBUMS)]
    for number in range(ADMINS):
        r.users.create(f"admin-{number}@pis.cn", None, "admin")
    accounts = db.insert("users", [{"email": f"{n}@pis.cn"} for n in range(PROCESSES * THREADS)])
    shared = r.albums.create(title="shared").id
    codes = [r.invites.create_link(shared, accounts[0]["id"]).invite_code for _ in range(CODES)]
    admins = db.find_many("users", {"role": "admin", "is_active": True}, select=["id"])
    return {
        "albums": [str(album) for album in albums],
        "accounts": [str(account["id"]) for account in accounts],
        "codes": codes,
        "shared": str(shared),
        "admins": [str(admin["id"]) for admin in admins],
    }


@pytest.mark.usefixtures("quick_to_see_deadlocks")
@pytest.mark.timeout(240)
def test_a_crowd_leaves_what_it_was_told(database: Database) -> None:
    with create_database_adapter(database.url) as db:
        given = furnished(db)
        patience = {} if database.kind == "sqlite" else {"statement_timeout": PATIENCE, "pool_size": THREADS}
        config = DatabaseConfig.from_url(database.url)
        plans = [
            {
                **given,
                "accounts": given["accounts"][process * THREADS :][:THREADS],
                "process": process,
                "url": config.url(masked=False),
                "settings": patience,
            }
            for process in range(PROCESSES)
        ]
        with harm(database, [UUID(album) for album in given["albums"]]):
            done, seen = crowd(plans)
        print(database.kind, dict(seen), Counter(what for what, _ in done))
        check_counters(db, given, done)
        check_winners(db, given, done)


def of(done: list[tuple[str, Any]], what: str) -> list[Any]:
    return [value for name, value in done if name == what]


def check_counters(db: DatabaseAdapter, given: dict[str, Any], done: list[tuple[str, Any]]) -> None:
    """Views, photos and claims, recomputed."""
    views = Counter(of(done, "view"))
    for album in db.find_many("albums", {"id": [UUID(each) for each in given["albums"]]}):
        assert album["view_count"] == views[str(album["id"])]
        completed = db.count("photos", {"album_id": album["id"], "status": "completed", "deleted_at": None})
        assert album["photo_count"] == completed
    made, claimed, completed = (of(done, what) for what in ("made", "claimed", "completed"))
    assert sorted(str(photo["id"]) for photo in db.find_many("photos")) == sorted(made)
    assert len(set(claimed)) == len(claimed), "a photo was claimed twice"
    assert db.count("photos", {"status": "completed"}) == len(completed)
    assert db.count("photos", {"status": ["processing", "pending"]}) == len(made) - len(completed)


def check_winners(db: DatabaseAdapter, given: dict[str, Any], done: list[tuple[str, Any]]) -> None:
    """Where one can win, one has: names of groups, invitations, the last administrator."""
    names = sorted([str(group["album_id"]), group["name"]] for group in db.find_many("photo_groups"))
    assert names == sorted(of(done, "group"))
    assert len({tuple(name) for name in names}) == len(names)

    redeemed = of(done, "redeemed")
    assert redeemed
    used = db.find_many("collaboration_invites", {"status": "accepted"})
    assert sorted([each["invite_code"], str(each["used_by"])] for each in used) == sorted(redeemed)
    members = db.find_many("album_collaborators", {"album_id": UUID(given["shared"]), "status": "accepted"})
    assert sorted(str(each["user_id"]) for each in members) == sorted(user for _, user in redeemed)

    remaining = {str(user["id"]) for user in db.find_many("users", {"role": "admin", "is_active": True})}
    assert remaining, "nobody is administrator any more"
    assert remaining == set(given["admins"]) - set(of(done, "demoted"))
