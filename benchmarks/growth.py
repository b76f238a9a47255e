"""Does cost grow as it should? A page far down a list, a photo into a full album, albums full of photos.

    make servers && python -m benchmarks.growth [sqlite postgresql mariadb mysql] [--rows 200000]

Each figure is a ratio that should be near 1: what it costs with many photos, over what it costs with few.
"""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any
from uuid import UUID

from benchmarks.database import KINDS, database, new_photo
from benchmarks.harness import Measured, measure, print_table
from pis_data.config import DatabaseConfig
from pis_data.repositories import Repositories
from pis_data.sync import DatabaseAdapter, create_database_adapter

DEPTH, FEW, BATCH = 1_000, 1_000, 10_000
BEGUN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def fill(db: DatabaseAdapter, album: UUID, count: int) -> None:
    """So many completed photos, one a second."""
    for start in range(0, count, BATCH):
        rows = [
            {**new_photo(album), "status": "completed", "created_at": BEGUN + dt.timedelta(seconds=number)}
            for number in range(start, min(start + BATCH, count))
        ]
        db.insert("photos", rows, returning=False)


def cursor_behind(r: Repositories, album: UUID, rows: int, how: dict[str, Any]) -> str:
    """The cursor of a page that begins so many rows down, by way of large pages."""
    after = None
    for start in range(0, rows, 1000):
        after = r.photos.page(album, limit=min(1000, rows - start), after=after, **how).next
    assert after is not None
    return after


def compare(config: DatabaseConfig, small: DatabaseConfig, size: int) -> list[Measured]:
    """All of it, on one database; the two albums of `small` hold a thousand photos each."""
    with create_database_adapter(config) as db, create_database_adapter(small) as other:
        r, without = Repositories(db), Repositories(other)
        few, many = (r.albums.create(title=name, is_public=True).id for name in ("few", "many"))
        for name in ("few", "many"):
            fill(other, without.albums.create(title=name, is_public=True).id, FEW)
        fill(db, few, FEW)
        fill(db, many, size)
        how: dict[str, Any] = {"sort": "upload_desc", "status": "completed"}
        deep = cursor_behind(r, many, min(DEPTH * 50, size - 50), how)
        for page in (without.albums.list_public(), r.albums.list_public()):
            assert [album.cover is not None for album in page.items] == [True, True]
        return [
            measure(
                f"page {DEPTH:,} of {size:,} photos",
                {
                    "few": lambda: r.photos.page(many, limit=50, **how),
                    "many": lambda: r.photos.page(many, limit=50, after=deep, **how),
                },
                calls=10,
            ),
            measure(
                f"photo {size:,} after photo {FEW:,}",
                {"few": lambda: insert(db, few), "many": lambda: insert(db, many)},
                calls=20,
            ),
            measure(
                "list of albums",
                {"few": without.albums.list_admin, "many": r.albums.list_admin},
                calls=20,
            ),
            measure(
                "public list, with covers",
                {"few": without.albums.list_public, "many": r.albums.list_public},
                calls=20,
            ),
        ]


def insert(db: DatabaseAdapter, album: UUID) -> None:
    """One photo more."""
    db.insert("photos", {**new_photo(album), "status": "completed"}, returning=False)


def main() -> None:
    """Measure the databases named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--rows", type=int, default=200_000, help="photos in the large album")
    asked = parser.parse_args()
    for kind in asked.kinds:
        with database(kind) as config, database(kind) as small:
            print_table(kind, compare(config, small, asked.rows), base="few")


if __name__ == "__main__":
    main()
