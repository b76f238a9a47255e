"""health, closing, sharing: an adapter as a service holds it."""

from __future__ import annotations

import logging
import threading
from typing import Any

import pytest

from pis_data.errors import ConfigurationError, DatabaseUnavailableError, UniqueViolationError
from pis_data.schema import TABLES
from pis_data.sync import DatabaseAdapter
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import NewAdapter, Together


class TestLifecycle:
    def test_health_says_what_answers(self, db: DatabaseAdapter) -> None:
        health = db.health()
        assert list(health) == ["server", "version", "revision", "latency_ms"]
        assert health["server"] == db.dialect.name
        assert any(character.isdigit() for character in health["version"])
        assert health["revision"]
        assert 0 < health["latency_ms"] < 60_000

    def test_every_table_can_be_read(self, db: DatabaseAdapter) -> None:
        for table in TABLES:
            for row in db.find_many(table, limit=1):
                assert list(row) == TABLES[table].columns.keys()

    def test_a_closed_adapter_connects_anew(self, db: DatabaseAdapter, new_adapter: NewAdapter) -> None:
        with new_adapter() as other:
            assert other.count("albums") == 0
            other.close()
            other.close()
            assert other.count("albums") == 0

    def test_an_adapter_closes_at_the_end_of_a_block(
        self, face: Any, database_url: str, db: DatabaseAdapter
    ) -> None:
        with face.create_database_adapter(database_url) as other:
            assert other.count("albums") == 0
        engine = getattr(other.engine, "sync_engine", other.engine)
        assert engine.pool.checkedout() == 0

    def test_no_secret_is_shown(self, db: DatabaseAdapter) -> None:
        config = db.config
        password = config.password.get_secret_value() if config and config.password else None
        if password:
            assert password not in repr(db) + str(db) + repr(config) + str(config)

    def test_no_value_is_logged_or_told(
        self, db: DatabaseAdapter, new_adapter: NewAdapter, caplog: pytest.LogCaptureFixture
    ) -> None:
        secret = "pass-phrase-of-an-album"
        with caplog.at_level(logging.INFO, "sqlalchemy.engine"), new_adapter() as own:
            caplog.set_level(logging.DEBUG)
            samples.album(own, password=secret, slug=f"{secret}-slug")
            assert own.count("albums", {"password": secret}) == 1
            with pytest.raises(UniqueViolationError) as caught:
                samples.album(own, password=secret, slug=f"{secret}-slug")
            assert secret not in str(caught.value)
        assert "INSERT INTO albums" in caplog.text
        assert secret not in caplog.text

    def test_nothing_is_connected_to_before_the_first_call(self, face: Any) -> None:
        db = face.create_database_adapter("postgresql://u:not-shown@127.0.0.1:1/x")
        assert "not-shown" not in repr(db)
        with pytest.raises(DatabaseUnavailableError) as caught:
            db.health()
        assert "not-shown" not in str(caught.value)
        db.close()

    def test_an_adapter_is_of_something(self, face: Any) -> None:
        for wrong in (
            {},
            {"config": "oracle://x"},
            {"config": "not a url"},
            {"config": 5},
            {"config": b"sqlite://"},
        ):
            with pytest.raises(ConfigurationError):
                face.create_database_adapter(**wrong)

    def test_no_connection_is_left_taken(self, db: DatabaseAdapter) -> None:
        engine: Any = getattr(db.engine, "sync_engine", db.engine)
        samples.style(db)
        with pytest.raises(ZeroDivisionError), db.transaction() as tx:
            tx.count("albums")
            1 / 0  # noqa: B018
        for _ in db.stream("style_templates"):
            break
        with db.transaction(read_only=True) as tx:
            tx.count("albums")
        assert engine.pool.checkedout() == 0

    def test_a_pool_that_is_exhausted_says_so(self, db: DatabaseAdapter, new_adapter: NewAdapter) -> None:
        with new_adapter(pool_size=1, max_overflow=0, pool_timeout=0.2) as own:
            stream = iter(own.stream("permissions", batch=1))
            assert next(stream)
            with pytest.raises(DatabaseUnavailableError, match="DATABASE_POOL_SIZE"):
                own.count("albums")
            assert len(list(stream)) > 5
            assert own.count("albums") == 0

    def test_adapters_in_several_threads(self, db: DatabaseAdapter, together: Together) -> None:
        album = samples.album(db)["id"]

        def work(own: DatabaseAdapter) -> int:
            for _ in range(10):
                samples.photo(own, album, status="completed")
                assert own.count("photos", {"album_id": album}) > 0
            return threading.get_ident()

        idents = together(*[work] * 4)
        assert len(set(idents)) == 4
        assert all(isinstance(ident, int) for ident in idents)
        found = db.find_one("albums", {"id": album})
        assert found is not None
        assert found["photo_count"] == db.count("photos") == 40
