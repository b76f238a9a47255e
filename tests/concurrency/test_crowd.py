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
from pis_data.testing.database import samples
from tests.databases import Database

from .worker import THREADS

PROCESSES, ALBUMS, DOOMED, CODES, COLLEAGUES, PACKAGES, ADMINS = 4, 8, 3, 12, 12, 12, 5
CROSSINGS = 5
#: seconds after which a statement is not waited for any more; half of it for a lock
PATIENCE = 2

Done = list[tuple[str, Any]]


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
def harm(database: Database, albums: list[UUID], signs: Path) -> Iterator[None]:
    """Meanwhile, lock albums in every order; and hold one until somebody was told that it takes too long."""
    stop, held = threading.Event(), threading.Event()

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
            held.set()
            while not (signs / "LockTimeoutError").exists() and not stop.wait(0.05):
                pass

    works: list[Callable[[], None]] = [hold, lambda: cross(albums), lambda: cross(albums[::-1])]
    threads = [threading.Thread(target=work) for work in works]
    threads[0].start()
    assert held.wait(30)
    for thread in threads[1:]:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def crowd(plans: list[dict[str, Any]]) -> tuple[Done, Counter[str], Counter[str]]:
    """What all processes say took effect, the errors that they saw, and those that the server made."""
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
    seen, met = (sum((Counter(each[what]) for each in found), Counter[str]()) for what in ("seen", "met"))
    return [(what, value) for each in found for what, value in each["done"]], seen, met


def furnished(db: DatabaseAdapter) -> dict[str, Any]:
    """What the crowd meets."""
    r = Repositories(db)
    albums, doomed, crossing = (
        [str(r.albums.create(title=f"{what} {number}", is_public=True).id) for number in range(how_many)]
        for what, how_many in (("album", ALBUMS), ("doomed", DOOMED), ("crossing", 2 * PROCESSES))
    )
    for number in range(ADMINS):
        r.users.create(f"admin-{number}@pis.cn", None, "admin")
    emails = [f"{number}@pis.cn" for number in range(PROCESSES * THREADS + COLLEAGUES)]
    accounts = [str(user["id"]) for user in db.insert("users", [{"email": email} for email in emails])]
    colleagues = accounts[PROCESSES * THREADS :]
    shared = r.albums.create(title="shared").id
    for colleague in colleagues:
        r.collaborators.invite_user(shared, colleague)
    invites = [r.invites.create_link(shared, accounts[0]) for _ in range(CODES)]
    samples.photo(db, shared, status="completed")
    admins = db.find_many("users", {"role": "admin", "is_active": True}, select=["id"])
    return {
        "albums": albums,
        "doomed": doomed,
        "crossing": crossing,
        "accounts": accounts,
        "colleagues": colleagues,
        "shared": str(shared),
        "codes": [invite.invite_code for invite in invites],
        "invites": [str(invite.id) for invite in invites],
        "packages": [str(r.packages.create(shared).id) for _ in range(PACKAGES)],
        "admins": [str(admin["id"]) for admin in admins],
    }


@pytest.mark.newer
@pytest.mark.usefixtures("quick_to_see_deadlocks")
@pytest.mark.timeout(240)
def test_a_crowd_leaves_what_it_was_told(database: Database, tmp_path: Path) -> None:
    with create_database_adapter(database.url) as db:
        given = furnished(db)
        config = DatabaseConfig.from_url(database.url)
        plans = [
            {
                **given,
                "accounts": given["accounts"][process * THREADS :][:THREADS],
                "crossing": given["crossing"][process * 2 :][:2],
                "process": process,
                "url": config.url(masked=False),
                "settings": {"statement_timeout": PATIENCE, "pool_size": THREADS},
                "signs": str(tmp_path),
            }
            for process in range(PROCESSES)
        ]
        with harm(database, [UUID(album) for album in given["albums"]], tmp_path):
            done, seen, met = crowd(plans)
        print(
            database.server or database.kind, dict(seen), dict(met), dict(Counter(what for what, _ in done))
        )
        assert met["LockTimeoutError"], "nobody waited in vain for the lock that was held"
        if (
            db.dialect.caps.row_locks
        ):  # else a writer has the database for itself, and there is nothing to cross
            assert met["DeadlockError"] >= PROCESSES, "those who crossed were not in each other's way"
        check_counters(db, given, done)
        check_photos(db, given, done)
        check_claims(db, done)
        check_the_doomed(db, given, done)
        check_winners(db, given, done)
        check_collaborators(db, given, done)


def of(done: Done, what: str) -> list[Any]:
    return [value for name, value in done if name == what]


def check_counters(db: DatabaseAdapter, given: dict[str, Any], done: Done) -> None:
    """Views, photos and picked photos of every album, recomputed."""
    views = Counter(of(done, "view"))
    for album in db.find_many("albums", {"id": given["albums"] + given["crossing"]}):
        live = {"album_id": album["id"], "deleted_at": None}
        assert album["view_count"] == views[str(album["id"])]
        assert album["photo_count"] == db.count("photos", {**live, "status": "completed"})
        assert album["selected_count"] == db.count("photos", {**live, "is_selected": True})


def check_photos(db: DatabaseAdapter, given: dict[str, Any], done: Done) -> None:
    """Which photos there are, which of them are in the trash, done, and picked."""
    photos = {str(each["id"]): each for each in db.find_many("photos", {"album_id": given["albums"]})}
    purged, completed = of(done, "purged"), set(of(done, "completed"))
    assert len(set(purged)) == len(purged), "a photo was removed twice"
    assert set(photos) == set(of(done, "made")) - set(purged)

    in_trash = Counter(of(done, "trashed"))
    in_trash.subtract(of(done, "restored"))
    in_trash.subtract(purged)
    assert {photo: number for photo, number in in_trash.items() if number} == {
        photo: 1 for photo, row in photos.items() if row["deleted_at"]
    }
    for photo, row in photos.items():
        assert (row["status"] == "completed") == (photo in completed)
    picked = dict(of(done, "picked"))  # the last word of its owner
    assert {photo for photo, row in photos.items() if row["is_selected"]} == {
        photo for photo, flag in picked.items() if flag and photo in photos
    }


def check_claims(db: DatabaseAdapter, done: Done) -> None:
    """Nobody got what another had."""
    for claimed, completed in (("claimed", "completed"), ("package claimed", "packed")):
        claims = of(done, claimed)
        assert claims
        assert len(set(claims)) == len(claims), "one thing was claimed twice"
        assert set(of(done, completed)) <= set(claims)
    packed = db.find_many("package_downloads", {"status": "completed"})
    assert sorted(str(package["id"]) for package in packed) == sorted(of(done, "packed"))
    waiting = db.count("package_downloads", {"status": "pending"})
    assert waiting == PACKAGES - len(of(done, "package claimed"))


def check_the_doomed(db: DatabaseAdapter, given: dict[str, Any], done: Done) -> None:
    """An album is deleted once, with all that was in it; what is left has all that was put there."""
    deleted, put = Counter(of(done, "deleted")), Counter(of(done, "put into the doomed"))
    for album in given["doomed"]:
        assert deleted[album] == (not db.exists("albums", {"id": album}))
        assert db.count("photos", {"album_id": album}) == (0 if deleted[album] else put[album])


def check_winners(db: DatabaseAdapter, given: dict[str, Any], done: Done) -> None:
    """Where one can win, one has: names of groups, invitations, the last administrator."""
    names = Counter((str(group["album_id"]), group["name"]) for group in db.find_many("photo_groups"))
    told = Counter(map(tuple, of(done, "group")))
    told.subtract(map(tuple, of(done, "group dropped")))
    assert names == +told
    assert set(names.values()) <= {1}

    redeemed, cancelled = of(done, "redeemed"), of(done, "cancelled")
    assert redeemed
    used = db.find_many("collaboration_invites", {"status": "accepted"})
    assert sorted([each["invite_code"], str(each["used_by"])] for each in used) == sorted(redeemed)
    taken_back = db.find_many("collaboration_invites", {"status": "cancelled"})
    assert sorted(each["invite_code"] for each in taken_back) == sorted(cancelled)

    remaining = {str(user["id"]) for user in db.find_many("users", {"role": "admin", "is_active": True})}
    assert remaining, "nobody is administrator any more"
    assert remaining == set(given["admins"]) - set(of(done, "demoted"))


def check_collaborators(db: DatabaseAdapter, given: dict[str, Any], done: Done) -> None:
    """Who redeemed an invitation takes part; and each colleague has answered once, and left once, at most."""
    answers, removed = of(done, "answered"), of(done, "removed")
    assert len(dict(answers)) == len(answers)
    assert len(set(removed)) == len(removed)
    expected = dict.fromkeys(given["colleagues"], "pending")
    expected |= {user: "accepted" for _, user in of(done, "redeemed")}
    expected |= dict(answers)
    expected |= dict.fromkeys(removed, "removed")
    found = db.find_many("album_collaborators", {"album_id": given["shared"]})
    assert {str(each["user_id"]): each["status"] for each in found} == expected
