"""The adapter and the repositories against SQLAlchemy Core and the raw driver, on each database.

    make servers && python -m benchmarks.database [sqlite postgresql mariadb mysql] [--rows 100000]

Core and the driver work on a connection that they hold, in autocommit, with the session set up as ours
is; the adapter takes one from its pool each time, as a service would.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from benchmarks.harness import Measured, measure, print_table
from pis_data.config import DatabaseConfig
from pis_data.repositories import Repositories
from pis_data.schema import albums, photos, uuid7
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.databases import MAKERS

KINDS = ("sqlite", "postgresql", "mariadb", "mysql")
COLUMNS = tuple(photos.columns.keys())
_serial = itertools.count()


class Driver:
    """The raw driver, as somebody in a hurry would write it: values in its own types, rows as dicts."""

    def __init__(self, config: DatabaseConfig) -> None:
        self.kind = str(config.kind)
        if self.kind == "sqlite":
            assert config.path is not None
            self.connection: Any = sqlite3.connect(config.path, isolation_level=None)
            self.connection.execute("PRAGMA foreign_keys=ON")
            self.connection.execute("PRAGMA synchronous=NORMAL")
        elif self.kind == "postgresql":
            import psycopg

            self.connection = psycopg.connect(config.url(masked=False), autocommit=True)
        else:
            import pymysql

            assert config.password is not None
            self.connection = pymysql.connect(
                host=config.host,
                port=config.port or 3306,
                user=config.user,
                password=config.password.get_secret_value(),
                database=config.name,
                autocommit=True,
                ssl_disabled=True,
            )

    def sql(self, text: str) -> str:
        """The same SQL with this driver's placeholders."""
        return text.replace("%s", "?") if self.kind == "sqlite" else text

    def id(self, value: UUID) -> Any:
        """An id as the driver takes it."""
        return value if self.kind == "postgresql" else value.bytes

    def rows(self, text: str, *values: Any) -> list[dict[str, Any]]:
        """All rows of a query."""
        cursor = self.connection.cursor()
        cursor.execute(self.sql(text), values)
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.close()
        return found

    def run(self, text: str, *values: Any) -> None:
        """One statement."""
        cursor = self.connection.cursor()
        cursor.execute(self.sql(text), values)
        cursor.close()

    def many(self, text: str, values: list[tuple[Any, ...]]) -> None:
        """One statement for many rows, in a transaction."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN")
        cursor.executemany(self.sql(text), values)
        cursor.execute("COMMIT")
        cursor.close()


def new_photo(album: UUID) -> dict[str, Any]:
    """A photo as an upload makes it."""
    number = next(_serial)
    return {
        "id": uuid7(),
        "album_id": album,
        "filename": f"IMG_{number:06}.jpg",
        "original_key": f"raw/{album}/{number}.jpg",
        "file_size": 4_000_000 + number,
        "mime_type": "image/jpeg",
        "exif": {"camera": "X100", "iso": 200},
    }


@contextmanager
def database(kind: str) -> Iterator[DatabaseConfig]:
    """A migrated database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        maker = MAKERS[kind](kind, Path(folder))
        made = maker.fresh()
        try:
            yield DatabaseConfig.from_url(made.url)
        finally:
            maker.drop(made)


def compare(config: DatabaseConfig, size: int) -> list[Measured]:
    """Every operation, on one database."""
    db = create_database_adapter(config)
    driver = Driver(config)
    held = db.engine.connect()
    album = db.insert("albums", {"title": "Benchmark", "slug": "benchmark"})[0]["id"]
    scratch = db.insert("albums", {"title": "Scratch", "slug": "scratch"})[0]["id"]
    for start in range(0, size, 10_000):
        count = min(10_000, size - start)
        batch = [{**new_photo(album), "status": "completed"} for _ in range(count)]
        db.insert("photos", batch, returning=False)
    some = db.find_many("photos", {"album_id": album}, select=["id"], limit=500)
    ids = itertools.cycle(row["id"] for row in some)
    bench = Bench(db, driver, held, Repositories(db), ids)
    try:
        return [*_reading(bench, album), *_writing(bench, scratch), _streaming(bench, album)]
    finally:
        held.close()
        driver.connection.close()
        db.close()


@dataclass(frozen=True)
class Bench:
    """One database with everything that is compared on it."""

    db: DatabaseAdapter
    driver: Driver
    held: sa.Connection
    r: Repositories
    #: ids of photos that are there, without end
    ids: Iterator[UUID]


def _reading(bench: Bench, album: UUID) -> list[Measured]:
    db, driver, held, r, ids = bench.db, bench.driver, bench.held, bench.r, bench.ids
    names = ", ".join(COLUMNS)
    find = f"SELECT {names} FROM photos WHERE id = %s"
    page = (
        f"SELECT {names} FROM photos WHERE album_id = %s AND status = 'completed' AND deleted_at IS NULL "
        "ORDER BY created_at DESC, id DESC LIMIT 50"
    )
    live = {"album_id": album, "status": "completed", "deleted_at": None}
    order = [("created_at", "desc")]

    def core_page() -> list[Any]:
        statement = (
            sa.select(photos)
            .where(photos.c.album_id == album, photos.c.status == "completed", photos.c.deleted_at.is_(None))
            .order_by(photos.c.created_at.desc(), photos.c.id.desc())
            .limit(50)
        )
        return list(held.execute(statement).mappings().all())

    return [
        measure(
            "find by key",
            {
                "core": lambda: (
                    held.execute(sa.select(photos).where(photos.c.id == next(ids))).mappings().first()
                ),
                "adapter": lambda: db.find_one("photos", {"id": next(ids)}),
                "repository": lambda: r.photos.get(next(ids)),
                "driver": lambda: driver.rows(find, driver.id(next(ids))),
            },
            calls=100,
        ),
        measure(
            "page of 50",
            {
                "core": core_page,
                "adapter": lambda: db.find_many("photos", live, order_by=order, limit=50),
                "repository": lambda: r.photos.page(album, sort="upload_desc", status="completed", limit=50),
                "driver": lambda: driver.rows(page, driver.id(album)),
            },
            calls=20,
        ),
    ]


def _writing(bench: Bench, album: UUID) -> list[Measured]:
    db, driver, held, r, ids = bench.db, bench.driver, bench.held, bench.r, bench.ids
    given = tuple(new_photo(album))
    places = ", ".join(["%s"] * len(given))
    insert = f"INSERT INTO photos ({', '.join(given)}) VALUES ({places})"
    update = "UPDATE photos SET rotation = %s WHERE id = %s"
    turns = itertools.cycle((0, 90, 180, 270))

    def raw(row: dict[str, Any]) -> tuple[Any, ...]:
        ready = {**row, "id": driver.id(row["id"]), "album_id": driver.id(album)}
        ready["exif"] = json.dumps(row["exif"])
        return tuple(ready[name] for name in given)

    def batch() -> list[dict[str, Any]]:
        return [new_photo(album) for _ in range(10_000)]

    def core_many() -> None:
        held.exec_driver_sql("BEGIN")
        held.execute(sa.insert(photos), batch())
        held.exec_driver_sql("COMMIT")

    def core_many_returning() -> list[Any]:
        rows = batch()
        held.exec_driver_sql("BEGIN")
        if db.dialect.caps.insert_returning:
            found = held.execute(sa.insert(photos).returning(photos), rows).mappings().all()
        else:
            held.execute(sa.insert(photos), rows)
            keys = [row["id"] for row in rows]
            found = [
                row
                for start in range(0, len(keys), 1000)
                for row in held.execute(
                    sa.select(photos).where(photos.c.id.in_(keys[start : start + 1000]))
                ).mappings()
            ]
        held.exec_driver_sql("COMMIT")
        return list(found)

    return [
        measure(
            "insert 1",
            {
                "core": lambda: held.execute(sa.insert(photos), new_photo(album)),
                "adapter": lambda: db.insert("photos", new_photo(album), returning=False),
                "adapter rows": lambda: db.insert("photos", new_photo(album)),
                "driver": lambda: driver.run(insert, *raw(new_photo(album))),
            },
            calls=50,
        ),
        measure(
            "insert 10,000",
            {
                "core": core_many,
                "adapter": lambda: db.insert("photos", batch(), returning=False),
                "driver": lambda: driver.many(insert, [raw(row) for row in batch()]),
            },
            rounds=7,
        ),
        measure(
            "insert 10,000 returning",
            {"core": core_many_returning, "adapter": lambda: db.insert("photos", batch())},
            rounds=5,
        ),
        measure(
            "update by key",
            {
                "core": lambda: held.execute(
                    sa.update(photos).where(photos.c.id == next(ids)).values(rotation=next(turns))
                ),
                "adapter": lambda: db.update(
                    "photos", {"id": next(ids)}, {"rotation": next(turns)}, returning=False
                ),
                "adapter rows": lambda: db.update("photos", {"id": next(ids)}, {"rotation": next(turns)}),
                "repository": lambda: r.photos.set_rotation(next(ids), next(turns)),
                "driver": lambda: driver.run(update, next(turns), driver.id(next(ids))),
            },
            calls=50,
        ),
    ]


def _streaming(bench: Bench, album: UUID) -> Measured:
    db, driver, held = bench.db, bench.driver, bench.held

    def core() -> int:
        held.exec_driver_sql("BEGIN")
        statement = sa.select(photos).where(photos.c.album_id == album).order_by(photos.c.id)
        options = {"stream_results": True, "yield_per": 1000}
        count = sum(1 for _ in held.execute(statement, execution_options=options).mappings())
        held.exec_driver_sql("COMMIT")
        return count

    def raw() -> int:
        names = ", ".join(COLUMNS)
        text = f"SELECT {names} FROM photos WHERE album_id = %s ORDER BY id"
        if driver.kind == "postgresql":
            with driver.connection.transaction(), driver.connection.cursor("streamed") as cursor:
                cursor.itersize = 1000
                cursor.execute(text, (album,))
                return sum(1 for row in cursor if dict(zip(COLUMNS, row, strict=True)))
        if driver.kind == "sqlite":
            cursor = driver.connection.execute(driver.sql(text), (album.bytes,))
        else:
            from pymysql.cursors import SSCursor

            cursor = driver.connection.cursor(SSCursor)
            cursor.execute(text, (album.bytes,))
        count = sum(1 for row in cursor if dict(zip(COLUMNS, row, strict=True)))
        cursor.close()
        return count

    def adapter() -> int:
        return sum(1 for _ in db.stream("photos", {"album_id": album}))

    return measure("stream all rows", {"core": core, "adapter": adapter, "driver": raw}, rounds=3)


def main() -> None:
    """Measure the databases named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--rows", type=int, default=100_000, help="photos in the album")
    asked = parser.parse_args()
    for kind in asked.kinds:
        with database(kind) as config:
            title = f"{kind}, {albums.name} of {asked.rows:,} photos"
            print_table(title, compare(config, asked.rows), base="core")


if __name__ == "__main__":
    main()
