"""A database whose schema is not the one that is expected."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.errors import DatabaseError, SchemaMismatchError
from pis_data.schema import metadata
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from tests.databases import Database
from tests.faults.conftest import configured


def test_a_database_without_tables_says_how_to_get_them(empty_database: Database, face: Any) -> None:
    db: DatabaseAdapter = face.create_database_adapter(configured(empty_database))
    try:
        for call in (
            lambda: db.find_many("albums"),
            lambda: db.count("albums"),
            lambda: samples.album(db),
            lambda: list(db.stream("albums")),
            lambda: db.run(lambda tx: tx.count("albums")),
        ):
            with pytest.raises(SchemaMismatchError, match=r"albums.*pis-data db upgrade"):
                call()
        assert db.health()["revision"] is None
    finally:
        db.close()


def test_a_column_that_is_not_there(database: Database, face: Any) -> None:
    db: DatabaseAdapter = face.create_database_adapter(configured(database))
    try:
        with pytest.raises(SchemaMismatchError, match="nonsense"):
            db.execute(sa.select(sa.column("nonsense")).select_from(metadata.tables["albums"]))
        with pytest.raises(DatabaseError, match="SELEKT"):
            db.execute(sa.text("SELEKT 1"))
        assert db.count("albums") == 0
    finally:
        db.close()
