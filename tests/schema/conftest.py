"""Another program that writes to the database: a plain driver, and SQL as its author types it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.databases import Database

#: how each server speaks of true, and of the moment five minutes ago
WORDS = {
    "sqlite": {"true": "1", "false": "0"},
    "postgresql": {"true": "true", "false": "false"},
    "mariadb": {"true": "true", "false": "false"},
    "mysql": {"true": "true", "false": "false"},
}


class Program:
    """One connection. ``run("… ?", value)`` takes UUIDs; ``{true}``, ``{false}`` are the server's words."""

    def __init__(self, database: Database) -> None:
        self.kind = database.kind
        self.connection = database.connect()
        for statement in {
            "sqlite": ("PRAGMA foreign_keys = ON", "PRAGMA busy_timeout = 30000"),
            "postgresql": (),
        }.get(self.kind, ("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",)):
            self.run(statement)

    def run(self, sql: str, *values: Any) -> list[Any]:
        """Run a statement; give its rows, if it has any."""
        sql = sql.format(**WORDS[self.kind])
        if self.kind != "sqlite":
            sql = sql.replace("?", "%s")
        if self.kind != "postgresql":
            values = tuple(value.bytes if isinstance(value, UUID) else value for value in values)
        cursor = self.connection.cursor()
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []

    def one(self, sql: str, *values: Any) -> Any:
        """The one row of a query; its one value if it has no more."""
        (row,) = self.run(sql, *values)
        return row[0] if len(row) == 1 else tuple(row)

    def album(self, **columns: Any) -> UUID:
        """Make an album."""
        album = uuid4()
        self._insert("albums", {"id": album, "title": "t", "slug": album.hex} | columns)
        return album

    def photo(self, album: UUID, status: str = "completed", **columns: Any) -> UUID:
        """Make a photo."""
        photo = uuid4()
        row = {"id": photo, "album_id": album, "filename": "f", "original_key": "k", "status": status}
        self._insert("photos", row | columns)
        return photo

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        self.run(f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())

    def counts(self, album: UUID) -> tuple[int, int]:
        """What the album says: how many photos are completed and live, how many selected and live."""
        found: tuple[int, int] = self.one(
            "SELECT photo_count, selected_count FROM albums WHERE id = ?", album
        )
        return found

    def recount(self, album: UUID) -> tuple[int, int]:
        """What is true."""
        found: tuple[int, int] = self.one(
            "SELECT count(CASE WHEN status = 'completed' THEN 1 END), count(CASE WHEN is_selected THEN 1 END)"
            " FROM photos WHERE album_id = ? AND deleted_at IS NULL",
            album,
        )
        return found

    def close(self) -> None:
        self.connection.close()


@pytest.fixture
def program(database: Database) -> Iterator[Program]:
    program = Program(database)
    yield program
    program.close()


@pytest.fixture
def in_threads(database: Database) -> Callable[..., None]:
    """Run ``work(program, *arguments)`` for each of the arguments at once, each with its own connection."""

    def in_threads(work: Callable[..., None], arguments: list[tuple[Any, ...]]) -> None:
        def run(given: tuple[Any, ...]) -> None:
            program = Program(database)
            try:
                work(program, *given)
            finally:
                program.close()

        with ThreadPoolExecutor(len(arguments)) as pool:
            list(pool.map(run, arguments))

    return in_threads
