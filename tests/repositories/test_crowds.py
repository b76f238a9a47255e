"""Many at once: no photo is claimed twice or lost, no deadlock reaches a caller, and counters stay exact."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from uuid import UUID

import pytest

from pis_data.schema import PhotoStatus

#: claims, one by one, on the face named first of the database named second, and prints what it got
CLAIM_IN_A_PROCESS = textwrap.dedent(
    """
    import asyncio, sys

    def synchronous(url):
        from pis_data.sync import create_database_adapter
        from pis_data.repositories import Repositories
        with create_database_adapter(url) as db:
            photos = Repositories(db).photos
            db.health(), print("ready", flush=True), sys.stdin.readline()
            for _ in range(200):
                for photo in photos.claim_pending():
                    print(photo.id)

    async def asynchronous(url):
        from pis_data.aio import create_database_adapter
        from pis_data.aio.repositories import Repositories
        async with create_database_adapter(url) as db:
            photos = Repositories(db).photos
            await db.health(), print("ready", flush=True), sys.stdin.readline()
            for _ in range(200):
                for photo in await photos.claim_pending():
                    print(photo.id)

    face, url = sys.argv[1:]
    synchronous(url) if face == "sync" else asyncio.run(asynchronous(url))
    """
)


@pytest.mark.parametrize("face_name", ["sync"], indirect=True)  # for making and looking; both faces claim
def test_eight_processes_claim_four_hundred_photos_once_each(photos, album, add, database_url):
    waiting = add(album, 400, status="pending")
    faces = ["sync", "async"] * 4
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", CLAIM_IN_A_PROCESS, face, database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for face in faces
    ]
    try:
        assert {worker.stdout.readline() for worker in workers} == {"ready\n"}
        for worker in workers:
            worker.stdin.write("go\n")
            worker.stdin.flush()
        ended = [worker.communicate(timeout=240) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert [worker.returncode for worker in workers] == [0] * 8, [errors for _, errors in ended]
    claimed = [UUID(line) for out, _ in ended for line in out.split()]
    assert len(claimed) == 400
    assert set(claimed) == set(waiting)
    assert photos.count_by_status(album.id) == {PhotoStatus.PROCESSING: 400}


def test_eight_threads_fill_one_album(albums, album, together):
    def fill(db):
        for number in range(100):
            row = {"album_id": album.id, "filename": f"{number}.jpg", "original_key": f"raw/{number}"}
            db.insert("photos", {**row, "status": "completed", "is_selected": number % 4 == 0})

    assert together(*[fill] * 8, seconds=240) == [None] * 8
    found = albums.get(album.id)
    assert (found.photo_count, found.selected_count) == (800, 200)


def test_the_whole_way_of_many_photos(photos, albums, album, together, open_repositories):
    def work(db):
        r = open_repositories(db)
        for number in range(20):
            made = r.photos.create_pending(album.id, filename=f"{number}.jpg", original_key=f"raw/{number}")
            claim = r.photos.claim_for_processing(made.id)
            assert r.photos.complete(claim, width=1) is not None
            if number % 2:
                r.photos.set_selected(made.id, True)
            if number % 5 == 0:
                assert r.photos.soft_delete(made.id) == [made.id]

    assert together(*[work] * 4, seconds=240) == [None] * 4
    found = albums.get(album.id)
    assert (found.photo_count, found.selected_count) == (64, 32)
    assert albums.recount_all() == 0


def test_reordering_and_finishing_at_the_same_time(photos, albums, album, add, together, open_repositories):
    ids = add(album, 30, status="pending")
    others = add(album, 10)

    def reorder(db):
        r = open_repositories(db)
        for turn in range(10):
            r.photos.reorder(album.id, ids[turn:] + ids[:turn])

    def finish(db):
        r = open_repositories(db)
        while r.photos.claim_pending(3):
            pass

    def delete(db):
        r = open_repositories(db)
        for key in others:
            r.photos.soft_delete(key)
            r.photos.restore(key)

    assert together(reorder, finish, delete, seconds=120) == [None] * 3
    assert albums.recount_all() == 0
