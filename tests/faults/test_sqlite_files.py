"""SQLite's own troubles: full, broken, locked and read-only files; several processes."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import DatabaseError, DatabaseUnavailableError
from pis_data.sync import DatabaseAdapter, create_database_adapter
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import Open

pytestmark = pytest.mark.kinds("sqlite")


def file_of(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


def test_a_full_disk(database: Database, open_adapter: Open) -> None:
    db = open_adapter()
    kept = samples.style(db, name="kept")
    (row,) = db.execute(sa.text("PRAGMA page_count"))  # type: ignore[misc]
    limit = row["page_count"] + 5
    engine = getattr(db.engine, "sync_engine", db.engine)

    @sa.event.listens_for(engine, "checkout")
    def full(connection: Any, *_: Any) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={limit}")

    text = "x" * 200_000
    calls: list[Callable[[], object]] = [
        lambda: samples.style(db, description=text),
        lambda: db.insert("style_templates", [{"name": "a", "description": text}] * 3, returning=False),
        lambda: db.update("style_templates", {"id": kept["id"]}, {"description": text}),
        lambda: db.run(lambda tx: samples.style(tx, description=text)),
    ]
    for call in calls:
        with pytest.raises(DatabaseError, match="no space left"):
            call()
        assert db.find_many("style_templates") == [kept], "nothing was written"
    limit = 1_000_000
    assert samples.style(db, description=text)


def test_a_file_that_is_no_database(database: Database, open_adapter: Open) -> None:
    file_of(database).write_bytes(b"not a database at all, but long enough to be taken for one" * 100)
    db = open_adapter()
    for call in (db.health, lambda: db.count("albums"), lambda: samples.style(db)):
        with pytest.raises(DatabaseUnavailableError, match="not a database"):
            call()


def test_a_file_with_a_broken_page(database: Database, open_adapter: Open) -> None:
    with create_database_adapter(database.url) as first:
        samples.album(first)
        for _ in range(300):
            samples.style(first, description="x" * 2_000)
        first.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        (row,) = first.execute(sa.text("PRAGMA page_size"))  # type: ignore[misc]
    data = bytearray(file_of(database).read_bytes())
    for start in range(0, len(data), row["page_size"]):
        if data[start : start + row["page_size"]].count(b"x") > 1_500:
            data[start : start + 64] = b"\xff" * 64
    file_of(database).write_bytes(data)
    db = open_adapter()
    with pytest.raises(DatabaseUnavailableError, match="malformed"):
        db.find_many("style_templates")
    assert db.count("albums") == 1, "what is whole can still be read"


def test_a_database_that_refuses_writes(database: Database, open_adapter: Open) -> None:
    db = open_adapter()
    kept = samples.style(db)
    db.execute(sa.text("PRAGMA query_only=ON"))
    for call in (lambda: samples.style(db), lambda: db.delete("style_templates", None, all_rows=True)):
        with pytest.raises(DatabaseUnavailableError, match="readonly"):
            call()
    assert db.find_many("style_templates") == [kept]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anything")
def test_a_file_without_the_right_to_write(database: Database, open_adapter: Open) -> None:
    file_of(database).chmod(0o444)
    db = open_adapter()
    with pytest.raises(DatabaseUnavailableError, match="readonly"):
        samples.style(db)


@pytest.mark.parametrize("path", ["/dev/null/x.db", "/proc/nothing/x.db"])
def test_a_folder_that_cant_be_made(path: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match="folder"):
        create_database_adapter(f"sqlite:///{path}").health()


def test_a_folder_in_the_files_place(tmp_path: Path) -> None:
    with create_database_adapter(f"sqlite:///{tmp_path}") as db, pytest.raises(DatabaseUnavailableError):
        db.health()


def test_a_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "照片 %41" / "x" / "pis.db"
    with create_database_adapter(f"sqlite:///{str(path).replace('%', '%25')}") as db:
        assert db.health()["revision"] is None
    assert path.exists()


def _write(url: str, name: str) -> None:
    with create_database_adapter(url) as db:
        for number in range(100):
            if number % 2:
                samples.style(db, name=name)
            else:
                db.run(lambda tx: (tx.count("style_templates"), samples.style(tx, name=name)))


def test_processes_that_write_at_the_same_time(database: Database) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(database.url, f"writer {n}")) for n in range(3)]
    for writer in writers:
        writer.start()
    with create_database_adapter(database.url) as db:
        while any(writer.is_alive() for writer in writers):
            assert db.count("style_templates") <= 300
            for writer in writers:
                writer.join(0.02)
        assert [writer.exitcode for writer in writers] == [0, 0, 0]
        assert [db.count("style_templates", {"name": f"writer {n}"}) for n in range(3)] == [100] * 3


def test_a_reader_is_not_kept_waiting_by_a_writer(database: Database, open_adapter: Open) -> None:
    db, other = open_adapter(statement_timeout=2), open_adapter(statement_timeout=2)
    with db.transaction() as tx:
        samples.style(tx)
        assert other.count("style_templates") == 0
        with other.transaction(read_only=True) as reading:
            assert reading.count("style_templates") == 0
    assert other.count("style_templates") == 1


def test_closing_leaves_one_file(database: Database) -> None:
    def write() -> DatabaseAdapter:
        db = create_database_adapter(database.url)
        samples.style(db)
        return db

    write().close()
    assert [path.name for path in file_of(database).parent.glob(file_of(database).name + "*")] == [
        file_of(database).name
    ]
