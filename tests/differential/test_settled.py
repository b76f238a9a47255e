"""What the programs leave out, since databases differ by nature: each as docs/portability.md tells it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from pis_data.errors import CheckViolationError
from pis_data.repositories import Repositories
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.databases import Database

from .machine import prepare
from .scene import ONE, SCENE

CHECKS_WHAT_IS_NOT_STORED = ("sqlite", "postgresql")


@pytest.fixture
def db(database: Database) -> Iterator[DatabaseAdapter]:
    with create_database_adapter(database.url) as adapter:
        prepare(adapter, SCENE)
        yield adapter


def test_an_upsert_that_leaves_an_unknown_word_out(db: DatabaseAdapter, database_kind: str) -> None:
    row = {"id": ONE, "name": "new", "layout": "spiral"}

    def upsert() -> list[dict[str, object]]:
        return db.upsert("album_templates", row, conflict=["id"], update=["name"])

    if database_kind in CHECKS_WHAT_IS_NOT_STORED:
        with pytest.raises(CheckViolationError):
            upsert()
    else:
        assert upsert()[0]["name"] == "new"
    assert db.find_one("album_templates", {"id": ONE})["layout"] == "masonry"


def test_an_upsert_that_stores_an_unknown_word(db: DatabaseAdapter) -> None:
    with pytest.raises(CheckViolationError):
        db.upsert("album_templates", {"id": ONE, "name": "new", "layout": "spiral"}, conflict=["id"])


def test_a_claim_is_told_from_one_of_a_later_millisecond(db: DatabaseAdapter) -> None:
    photos = Repositories(db).photos
    [claim] = photos.claim_pending()
    time.sleep(0.002)  # SQLite's clock counts milliseconds
    renewed = photos.renew_lease(claim)
    assert photos.complete(claim) is None
    assert photos.complete(renewed) is not None
