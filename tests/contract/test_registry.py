"""Adapters of third parties: by registration and by entry point, on both faces."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

from pis_data import aio, sync
from pis_data.config import DatabaseConfig
from pis_data.errors import ConfigurationError
from pis_data.testing.faces import FACES, open_face


class Own:
    """An adapter of somebody else's."""

    def __init__(self, config: DatabaseConfig) -> None:
        self.config = config

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture(params=FACES)
def face(request: pytest.FixtureRequest) -> Iterator[Any]:
    with open_face(request.param) as face:
        yield face


def test_a_registered_kind_is_made_by_its_factory(face: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[DatabaseConfig] = []

    def factory(config: DatabaseConfig) -> str:
        seen.append(config)
        return "an adapter"

    face.register_database_adapter("owndb", factory)
    assert face.create_database_adapter("owndb://user:secret@host/name") == "an adapter"
    assert (seen[0].kind, seen[0].host, seen[0].name) == ("owndb", "host", "name")
    monkeypatch.setenv("DATABASE_TYPE", "owndb")
    assert face.create_database_adapter("env:") == "an adapter"


def test_an_entry_point_is_found(face: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EntryPoint, "load", lambda _: Own)
    for registry, group in ((aio.registry, "pis_data.database.aio"), (sync.registry, "pis_data.database")):
        entry = EntryPoint("pointed", f"{Own.__module__}:Own", group)
        monkeypatch.setattr(registry, "entry_points", EntryPoints([entry]).select)
        monkeypatch.setattr(registry, "_factories", {})
    found = face.create_database_adapter(DatabaseConfig(kind="pointed", host="h"))
    assert found.config.host == "h"


def test_an_unknown_kind_is_refused(face: Any) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        face.create_database_adapter("nowhere://host/name")
    with pytest.raises(ConfigurationError, match="nowhere"):
        face.create_database_adapter(DatabaseConfig(kind="nowhere", host="h"))
