"""The fixtures that services use in their own tests."""

from __future__ import annotations

from pis_data.repositories import Repositories
from pis_data.storage import StorageAdapter
from pis_data.sync import DatabaseAdapter


def test_a_service_gets_a_migrated_database_with_the_seeds_and_nothing_else(
    pis_database: DatabaseAdapter,
) -> None:
    assert pis_database.health()["revision"]
    assert pis_database.count("permissions") == 25
    assert pis_database.count("albums") == 0
    album = Repositories(pis_database).albums.create({"title": "mine"})
    assert pis_database.count("albums", {"id": album.id}) == 1


def test_each_test_gets_a_database_of_its_own(pis_database: DatabaseAdapter) -> None:
    assert pis_database.count("albums") == 0


def test_a_service_gets_an_empty_store(pis_storage: StorageAdapter) -> None:
    assert list(pis_storage.list("")) == []
    pis_storage.upload("a.txt", b"text")
    assert pis_storage.download("a.txt") == b"text"
