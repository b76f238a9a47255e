"""Repositories on both faces and on every database; the fixtures are the contract suite's."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import pis_data.aio.repositories
import pis_data.sync.repositories  # noqa: F401 (the faces hand it on)
from pis_data.schema.seeds import SETTINGS
from pis_data.testing.database.fixtures import *  # noqa: F403
from pis_data.testing.faces import face_of
from tests.databases import Maker
from tests.repositories.pins import CONTROL


@pytest.fixture(scope="session")
def database_url(database_server: str, maker_of: Callable[[str], Maker]) -> Iterator[str]:
    """A migrated database of this kind for the whole session; cleaned between tests."""
    maker = maker_of(database_server)
    database = maker.fresh()
    yield database.url
    maker.drop(database)


@pytest.fixture(scope="session")
def open_repositories() -> Callable[[Any], Any]:
    """Repositories over an adapter or transaction, of its face."""
    return lambda db: face_of(db).repositories.Repositories(db)


@pytest.fixture
def repositories(open_repositories: Callable[[Any], Any], db: Any) -> Any:
    return open_repositories(db)


@pytest.fixture
def photos(repositories: Any) -> Any:
    return repositories.photos


@pytest.fixture
def albums(repositories: Any) -> Any:
    return repositories.albums


@pytest.fixture
def groups(repositories: Any) -> Any:
    return repositories.groups


@pytest.fixture
def users(repositories: Any) -> Any:
    return repositories.users


@pytest.fixture
def settings(repositories: Any, db: Any) -> Iterator[Any]:
    yield repositories.settings
    db.upsert("system_settings", list(SETTINGS), conflict=["key"])


@pytest.fixture
def album(albums: Any) -> Any:
    """A public album without photos."""
    return albums.create(title="A day by the sea", is_public=True)


@pytest.fixture
def add(db: Any) -> Callable[..., list[Any]]:
    """Add photos to an album, completed unless told otherwise; their ids."""
    numbers = itertools.count()

    def add(album: Any, many: int = 1, **columns: Any) -> list[Any]:
        rows = []
        for _ in range(many):
            name = f"{next(numbers):05}.jpg"
            row = {"album_id": album.id, "filename": name, "original_key": f"raw/{album.id}/{name}"}
            rows.append({**row, "status": "completed", **columns})
        return [row["id"] for row in db.insert("photos", rows)]

    return add


@pytest.fixture
def count_statements(sent: list[str]) -> Callable[..., int]:
    """How many statements a call sends, beside those that begin and end a transaction."""

    def count_statements(call: Callable[..., Any], *args: Any, **how: Any) -> int:
        before = len(sent)
        call(*args, **how)
        return sum(not statement.startswith(CONTROL) for statement in sent[before:])

    return count_statements
