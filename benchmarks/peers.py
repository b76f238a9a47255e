"""Ours beside advanced-alchemy, SQLModel, Django's ORM and SQLAlchemy Core: same work, same server, one run.

    make servers
    python -m benchmarks.peers [sqlite postgresql mariadb mysql postgresql18 mariadb11] [--rows 20000]

Each is used as its documentation shows: a session or a connection of a pool for every call, as a service
takes one for every request; Django keeps its connection. The raw driver, on a connection that it holds, is
the floor. Each database has a process of its own, because Django is configured once in a process.
"""

import argparse
import datetime as dt
import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session

from benchmarks.database import COLUMNS, KINDS, Driver, database, new_photo
from benchmarks.harness import Measured, measure, print_table
from pis_data.config import DatabaseConfig
from pis_data.dialects import tracing
from pis_data.repositories import Repositories
from pis_data.schema import metadata, photos
from pis_data.sync import DatabaseAdapter, create_database_adapter

Ways = dict[str, Callable[[], object]]
MANY = 10_000


class Alchemy(DeclarativeBase):
    """The base of the model that advanced-alchemy's repository is for."""

    metadata = metadata


class AlchemyPhoto(Alchemy):
    """A photo, mapped on the table as it is."""

    __table__ = photos


def without_spans() -> None:
    """As where opentelemetry-api is not installed: none of the others makes spans."""
    tracing.find_spec = lambda _: None  # type: ignore[attr-defined,assignment]


def plain_engine(db: DatabaseAdapter) -> sa.Engine:
    """An engine as anybody would make it, with the driver and the durability that ours has."""
    options: dict[str, Any] = {}
    if db.dialect.name in ("mysql", "mariadb"):
        options = {"connect_args": {"ssl_disabled": True, "init_command": "SET time_zone = '+00:00'"}}
    engine = sa.create_engine(db.engine.url, **options)
    if db.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=NORMAL")

    return engine


class Bench:
    """One database and the rows that the operations are about."""

    def __init__(self, config: DatabaseConfig, size: int) -> None:
        self.config = config
        self.db = create_database_adapter(config)
        self.r = Repositories(self.db)
        self.album, self.scratch = (
            self.db.insert("albums", {"title": name, "slug": name})[0]["id"]
            for name in ("benchmark", "scratch")
        )
        begun = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        for start in range(0, size, MANY):
            rows = [
                {
                    **new_photo(self.album),
                    "status": "completed",
                    "created_at": begun + dt.timedelta(seconds=n),
                }
                for n in range(start, min(start + MANY, size))
            ]
            self.db.insert("photos", rows, returning=False)
        self.middle = begun + dt.timedelta(seconds=size // 2)
        some = self.db.find_many("photos", {"album_id": self.album}, select=["id"], limit=500)
        self.ids: Iterator[UUID] = itertools.cycle(row["id"] for row in some)
        self.turns = itertools.cycle((0, 90, 180, 270))
        self.engine = plain_engine(self.db)
        self.driver = Driver(config)

    def rows(self, count: int) -> list[dict[str, Any]]:
        """New photos, as an upload makes them."""
        return [new_photo(self.scratch) for _ in range(count)]

    def close(self) -> None:
        self.driver.connection.close()
        self.engine.dispose()
        self.db.close()


def ours(b: Bench) -> Ways:
    live = {"album_id": b.album, "status": "completed", "deleted_at": None}
    cursor = None
    while True:  # the cursor of the middle, as a visitor comes by it
        page = b.r.photos.page(b.album, sort="upload_desc", status="completed", limit=1000, after=cursor)
        cursor = page.next
        if page.items[-1].created_at <= b.middle:
            break
    return {
        "find by key": lambda: b.r.photos.get(next(b.ids)),
        "page of 50": lambda: b.db.find_many("photos", live, order_by=[("created_at", "desc")], limit=50),
        "keyset page": lambda: b.r.photos.page(
            b.album, sort="upload_desc", status="completed", limit=50, after=cursor
        ),
        "insert 1": lambda: b.db.insert("photos", b.rows(1), returning=False),
        "insert 10,000": lambda: b.db.insert("photos", b.rows(MANY), returning=False),
        "update": lambda: b.db.update(
            "photos", {"id": next(b.ids)}, {"rotation": next(b.turns)}, returning=False
        ),
    }


def _page(table: Any) -> sa.Select[Any]:
    of = table.c if isinstance(table, sa.Table) else table
    return sa.select(table).order_by(of.created_at.desc(), of.id.desc()).limit(50)


def _live(of: Any, album: UUID) -> list[sa.ColumnElement[bool]]:
    return [of.album_id == album, of.status == "completed", of.deleted_at.is_(None)]


def core(b: Bench) -> Ways:
    c = photos.c
    nobody = UUID(int=(1 << 128) - 1)

    def fetch(statement: sa.Select[Any]) -> list[Any]:
        with b.engine.connect() as connection:
            return list(connection.execute(statement).mappings().all())

    def run(statement: Any, rows: list[dict[str, Any]] | None = None) -> None:
        with b.engine.begin() as connection:
            connection.execute(statement, rows)

    def behind() -> list[Any]:
        return fetch(
            _page(photos).where(
                *_live(c, b.album),
                c.created_at <= b.middle,
                sa.or_(c.created_at < b.middle, c.id < nobody),
            )
        )

    return {
        "find by key": lambda: fetch(sa.select(photos).where(c.id == next(b.ids))),
        "page of 50": lambda: fetch(_page(photos).where(*_live(c, b.album))),
        "keyset page": behind,
        "insert 1": lambda: run(sa.insert(photos), b.rows(1)),
        "insert 10,000": lambda: run(sa.insert(photos), b.rows(MANY)),
        "update": lambda: run(sa.update(photos).where(c.id == next(b.ids)).values(rotation=next(b.turns))),
    }


def advanced_alchemy(b: Bench) -> Ways:
    from advanced_alchemy.filters import LimitOffset, OrderBy
    from advanced_alchemy.repository import SQLAlchemySyncRepository

    class Photos(SQLAlchemySyncRepository[Any]):
        model_type = AlchemyPhoto

    def use(call: Callable[[Any], object]) -> object:
        with Session(b.engine, expire_on_commit=False) as session:
            return call(Photos(session=session))

    own: Any = AlchemyPhoto
    newest = (OrderBy("created_at", "desc"), OrderBy("id", "desc"), LimitOffset(50, 0))
    return {
        "find by key": lambda: use(lambda repository: repository.get(next(b.ids))),
        "page of 50": lambda: use(lambda repository: repository.get_many(*newest, *_live(own, b.album))),
        "keyset page": lambda: use(
            lambda repository: repository.get_many(*newest, *_live(own, b.album), own.created_at <= b.middle)
        ),
        "insert 1": lambda: use(
            lambda repository: repository.add(
                AlchemyPhoto(**b.rows(1)[0]), auto_commit=True, auto_refresh=False
            )
        ),
        "insert 10,000": lambda: use(
            lambda repository: repository.add_many(
                [AlchemyPhoto(**row) for row in b.rows(MANY)], auto_commit=True
            )
        ),
        "update": lambda: use(
            lambda repository: repository.update(
                AlchemyPhoto(id=next(b.ids), rotation=next(b.turns)),
                attribute_names=["rotation"],
                auto_commit=True,
                auto_refresh=False,
            )
        ),
    }


def sqlmodel(b: Bench) -> Ways:
    import sqlmodel as sm

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def field(name: str, **default: Any) -> Any:
        column = sa.Column(name, photos.c[name].type, primary_key=name == "id")
        return sm.Field(**default or {"default": None}, sa_column=column)

    class Photo(sm.SQLModel, table=True):
        __tablename__ = "photos"
        id: UUID = field("id")
        album_id: UUID = field("album_id")
        filename: str = field("filename")
        original_key: str = field("original_key")
        thumb_key: str | None = field("thumb_key")
        preview_key: str | None = field("preview_key")
        width: int | None = field("width")
        height: int | None = field("height")
        file_size: int | None = field("file_size")
        mime_type: str | None = field("mime_type")
        blur_data: str | None = field("blur_data")
        hash: str | None = field("hash")
        exif: Any = field("exif")
        rotation: int | None = field("rotation")
        sort_order: int = field("sort_order", default=0)
        status: str = field("status", default="pending")
        retoucher_id: UUID | None = field("retoucher_id")
        is_selected: bool = field("is_selected", default=False)
        captured_at: dt.datetime | None = field("captured_at")
        created_at: dt.datetime = field("created_at", default_factory=now)
        updated_at: dt.datetime = field("updated_at", default_factory=now)
        deleted_at: dt.datetime | None = field("deleted_at")

    own: Any = Photo

    def fetch(statement: Any) -> list[Any]:
        with sm.Session(b.engine) as session:
            return list(session.exec(statement).all())

    def add(count: int) -> None:
        with sm.Session(b.engine) as session:
            session.add_all([Photo(**row) for row in b.rows(count)])
            session.commit()

    def get() -> object:
        with sm.Session(b.engine) as session:
            return session.get(Photo, next(b.ids))

    def update() -> None:
        with sm.Session(b.engine) as session:
            photo = session.get_one(Photo, next(b.ids))
            photo.rotation = next(b.turns)
            session.add(photo)
            session.commit()

    return {
        "find by key": get,
        "page of 50": lambda: fetch(_page(own).where(*_live(own, b.album))),
        "keyset page": lambda: fetch(_page(own).where(*_live(own, b.album), own.created_at <= b.middle)),
        "insert 1": lambda: add(1),
        "insert 10,000": lambda: add(MANY),
        "update": update,
    }


def django(b: Bench) -> Ways:
    from benchmarks.peers_django import model

    Photo = model(b.config)
    live = Photo.objects.filter(album_id=b.album, status="completed", deleted_at=None)
    newest = live.order_by("-created_at", "-id")
    return {
        "find by key": lambda: Photo.objects.get(id=next(b.ids)),
        "page of 50": lambda: list(newest.all()[:50]),
        "keyset page": lambda: list(newest.filter(created_at__lte=b.middle)[:50]),
        "insert 1": lambda: Photo.objects.bulk_create([Photo(**b.rows(1)[0])]),
        "insert 10,000": lambda: Photo.objects.bulk_create([Photo(**row) for row in b.rows(MANY)]),
        "update": lambda: Photo.objects.filter(id=next(b.ids)).update(rotation=next(b.turns)),
    }


def driver(b: Bench) -> Ways:
    d, names = b.driver, ", ".join(COLUMNS)
    where = "album_id = %s AND status = 'completed' AND deleted_at IS NULL"
    newest = "ORDER BY created_at DESC, id DESC LIMIT 50"
    given = tuple(new_photo(b.scratch))
    insert = f"INSERT INTO photos ({', '.join(given)}) VALUES ({', '.join(['%s'] * len(given))})"
    moment: Any = b.middle
    if d.kind == "sqlite":
        moment = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    elif d.kind != "postgresql":
        moment = moment.replace(tzinfo=None)

    def raw(row: dict[str, Any]) -> tuple[Any, ...]:
        ready = {**row, "id": d.id(row["id"]), "album_id": d.id(row["album_id"])}
        ready["exif"] = json.dumps(row["exif"])
        return tuple(ready[name] for name in given)

    return {
        "find by key": lambda: d.rows(f"SELECT {names} FROM photos WHERE id = %s", d.id(next(b.ids))),
        "page of 50": lambda: d.rows(f"SELECT {names} FROM photos WHERE {where} {newest}", d.id(b.album)),
        "keyset page": lambda: d.rows(
            f"SELECT {names} FROM photos WHERE {where} AND created_at <= %s {newest}", d.id(b.album), moment
        ),
        "insert 1": lambda: d.run(insert, *raw(b.rows(1)[0])),
        "insert 10,000": lambda: d.many(insert, [raw(row) for row in b.rows(MANY)]),
        "update": lambda: d.run(
            "UPDATE photos SET rotation = %s WHERE id = %s", next(b.turns), d.id(next(b.ids))
        ),
    }


WHO = ("pis_data", "adv-alchemy", "SQLModel", "Django", "Core", "driver")
CALLS = {
    "find by key": 30,
    "page of 50": 8,
    "keyset page": 8,
    "insert 1": 10,
    "insert 10,000": 1,
    "update": 15,
}


def compare(config: DatabaseConfig, size: int) -> Iterator[Measured]:
    """Every operation, done by everybody, on one database."""
    b = Bench(config, size)
    everybody = {
        who: make(b)
        for who, make in zip(WHO, (ours, advanced_alchemy, sqlmodel, django, core, driver), strict=True)
    }
    for who, ways in everybody.items():
        for name in ("page of 50", "keyset page"):
            found: Any = ways[name]()
            assert len(found) == 50, f"{who} does not do the same work: {name} gives {len(found)} rows"
    try:
        for name, calls in CALLS.items():
            many = name == "insert 10,000"
            yield measure(
                name,
                {who: ways[name] for who, ways in everybody.items()},
                calls=calls,
                rounds=5 if many else 11,
                warm=1 if many else 2,
            )
    finally:
        b.close()


def main() -> None:
    """Measure the databases named, or all, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--rows", type=int, default=20_000, help="photos in the album")
    asked = parser.parse_args()
    if len(asked.kinds) > 1:
        for kind in asked.kinds:
            command = [sys.executable, "-m", "benchmarks.peers", kind, "--rows", str(asked.rows)]
            subprocess.run(command, check=True)
        return
    [kind] = asked.kinds
    without_spans()
    with database(kind) as config:
        title = f"{kind}, album of {asked.rows:,} photos"
        print_table(title, compare(config, asked.rows), base="pis_data", ways=WHO)


if __name__ == "__main__":
    main()
