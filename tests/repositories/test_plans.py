"""Every list is read in the order of its index, at any depth, on every server: 20,000 photos and EXPLAIN."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from pis_data.repositories import Repositories
from pis_data.schema import uuid7
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.databases import Maker

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
BIG, SMALL, SMALL_ONES = 12_000, 500, 16

pytestmark = pytest.mark.newer

EXPLAIN = {
    "sqlite": "EXPLAIN QUERY PLAN ",
    "postgresql": "EXPLAIN ",
    "mysql": "EXPLAIN FORMAT=TREE ",
    "mariadb": "EXPLAIN FORMAT=JSON ",
}
ANALYZE = {"sqlite": "ANALYZE", "postgresql": "ANALYZE", "mysql": "ANALYZE TABLE", "mariadb": "ANALYZE TABLE"}
#: how a plan says that rows are sorted, and not read in order
SORTS = {"sqlite": "TEMP B-TREE", "postgresql": "Sort", "mysql": "Sort", "mariadb": "filesort"}


class Crowded:
    """A database with 20,000 photos, 12,000 of them in one album, and what it plans to do."""

    def __init__(self, db: DatabaseAdapter, kind: str) -> None:
        self.db = db
        self.kind = kind
        self.repositories = Repositories(db)
        self.album = self._fill("big", BIG)
        for number in range(SMALL_ONES):
            self._fill(f"small {number}", SMALL)
        with db.engine.connect() as connection:
            for table in ("photos", "albums"):
                connection.exec_driver_sql(f"{ANALYZE[kind]} {table}")

    def _fill(self, title: str, many: int) -> Any:
        album = self.repositories.albums.create(title=title, is_public=True)
        rng = random.Random(many)
        rows = [
            {
                "id": uuid7(),
                "album_id": album.id,
                "filename": f"{number}.jpg",
                "original_key": f"raw/{album.id}/{number}.jpg",
                "file_size": rng.randrange(10**7),
                "hash": f"{number:064}" if number % 2 else None,
                "sort_order": rng.randrange(many),
                "status": "completed" if rng.random() < 0.96 else rng.choice(["pending", "failed"]),
                "is_selected": rng.random() < 0.02,
                "captured_at": None
                if rng.random() < 0.05
                else NOON + dt.timedelta(seconds=rng.randrange(many)),
                "created_at": NOON + dt.timedelta(seconds=rng.randrange(many)),
                "deleted_at": NOON + dt.timedelta(seconds=number) if rng.random() < 0.03 else None,
            }
            for number in range(many)
        ]
        with self.db.transaction() as tx:
            tx.execute(sa.text(self.db.dialect.quiet.on))
            for start in range(0, many, 3000):
                tx.insert("photos", rows[start : start + 3000], returning=False)
            tx.execute(sa.text(self.db.dialect.quiet.off))
        return album

    def plans(self, call: Callable[..., Any], *args: Any, of: str = "FROM photos", **how: Any) -> list[str]:
        """What the server would do for each SELECT on photos, or ``of`` something else, that a call sends."""
        engine: Any = self.db.engine
        sent: list[tuple[str, Any]] = []

        def listener(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
            sent.append((statement, parameters))

        event.listen(engine, "before_cursor_execute", listener)
        call(*args, **how)
        event.remove(engine, "before_cursor_execute", listener)
        plans = []
        with engine.connect() as connection:
            cursor = connection.connection.dbapi_connection.cursor()
            for statement, parameters in sent:
                if statement.startswith("SELECT") and of in statement:
                    cursor.execute(EXPLAIN[self.kind] + statement, parameters)
                    plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
            cursor.close()
        assert plans
        return plans

    def reads_in_order(self, index: str, call: Callable[..., Any], *args: Any, **how: Any) -> None:
        """Assert that each SELECT of a call reads photos by this index and sorts nothing."""
        for plan in self.plans(call, *args, **how):
            assert index in plan, plan
            assert SORTS[self.kind] not in plan, plan

    def reads_few(self, index: str, call: Callable[..., Any], *args: Any, **how: Any) -> None:
        """Assert the same of a call's first SELECT, but where PostgreSQL prefers to sort a few hundred rows
        that any index gives: it locks only those that it hands out.
        """
        plan = self.plans(call, *args, **how)[0]
        if self.kind == "postgresql":
            assert "Seq Scan" not in plan, plan
        else:
            assert index in plan, plan
            assert SORTS[self.kind] not in plan, plan


@pytest.fixture(scope="module")
def crowded(database_server: str, database_kind: str, maker_of: Callable[[str], Maker]) -> Iterator[Crowded]:
    maker = maker_of(database_server)
    database = maker.fresh()
    with create_database_adapter(database.url) as db:
        yield Crowded(db, database_kind)
    maker.drop(database)


@pytest.mark.parametrize("status", [None, "completed"])
@pytest.mark.parametrize(
    ("sort", "index"),
    [
        ("capture_desc", "idx_photos_album_captured"),
        ("capture_asc", "idx_photos_album_captured"),
        ("manual", "idx_photos_album_manual"),
        ("upload_desc", "idx_photos_album_created"),
    ],
)
def test_pages_are_read_in_order_at_any_depth(crowded, sort, index, status):
    photos, album = crowded.repositories.photos, crowded.album.id
    how = {"sort": sort, "status": status}
    crowded.reads_in_order(index, photos.page, album, **how)
    page, depth = photos.page(album, limit=1000, **how), 0
    while page.next:
        if depth % 5 == 0 or depth > 8:
            crowded.reads_in_order(index, photos.page, album, after=page.next, **how)
        page, depth = photos.page(album, limit=1000, after=page.next, **how), depth + 1
    assert depth > 8


def test_the_albums_own_order(crowded):
    photos, album = crowded.repositories.photos, crowded.album.id
    crowded.reads_in_order("idx_photos_album_captured", photos.page, album)
    crowded.reads_in_order("idx_photos_album_captured", photos.list_public, album)
    crowded.reads_in_order("idx_photos_album_manual", photos.list_admin, album)


def test_an_albums_newest_photo_is_its_cover_without_sorting(crowded):
    for plan in crowded.plans(crowded.repositories.albums.list_public, of="AS cover"):
        assert "idx_photos_album_captured" in plan, plan
        assert SORTS[crowded.kind] not in plan, plan


def test_the_trash(crowded):
    photos, album = crowded.repositories.photos, crowded.album.id
    for index, arguments in (("idx_photos_album_trash", [album]), ("idx_photos_trash", [])):
        crowded.reads_few(index, photos.list_trash, *arguments)
        after = photos.list_trash(*arguments).next
        crowded.reads_few(index, photos.list_trash, *arguments, after=after)
    crowded.reads_few("idx_photos_trash", photos.purge_trash, NOON + dt.timedelta(days=9))


def test_changes(crowded):
    photos, album = crowded.repositories.photos, crowded.album.id
    settled = {"settle": dt.timedelta(0)}
    crowded.reads_in_order("idx_photos_album_updated", photos.changes_since, album, **settled)
    cursor = photos.changes_since(album, **settled).cursor
    crowded.reads_in_order("idx_photos_album_updated", photos.changes_since, album, cursor, **settled)


def test_the_queue(crowded):
    photos, album = crowded.repositories.photos, crowded.album.id
    crowded.reads_few("idx_photos_work", photos.list_pending)
    crowded.reads_few("idx_photos_work", photos.list_pending, album)
    crowded.reads_few("idx_photos_work", photos.list_stuck, older_than=dt.timedelta(0))


def test_a_claim_locks_no_more_than_it_takes(crowded):
    """What InnoDB reads in order to sort it, it would lock as well."""
    claim = crowded.repositories.photos.claim_pending
    crowded.reads_few("idx_photos_work", claim, 2)
    crowded.reads_few("idx_photos_work", claim, 2, album_id=crowded.album.id)


def test_picks_and_duplicates(crowded):
    photos, album = crowded.repositories.photos, crowded.album.id
    crowded.reads_in_order("idx_photos_album_selected", photos.list_selected, album)
    [plan] = crowded.plans(photos.find_duplicate, album, content_hash="0" * 64)
    assert "idx_photos_album_hash" in plan
    [plan] = crowded.plans(photos.find_duplicate, album, filename="7.jpg", file_size=7)
    assert "idx_photos_album_filename" in plan


@pytest.mark.kinds("mysql")
def test_thousands_of_ids_are_looked_up_one_by_one(crowded):
    """Reading the whole table, a write would wait for each row there that another transaction holds."""
    ids = [uuid7() for _ in range(5_000)]
    [plan] = crowded.plans(crowded.db.update, "photos", {"id": ids}, {"rotation": 90})
    assert "range scan" in plan, plan[-300:]
