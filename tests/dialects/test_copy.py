"""COPY on PostgreSQL: where it serves, and where the server would refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from pis_data.dialects import dialect_for
from pis_data.errors import DatabaseError
from pis_data.queries.bulk import JOINED
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.databases import Database

pytestmark = [pytest.mark.kinds("postgresql"), pytest.mark.newer]

ROWS = [{"name": str(number), "sort_order": number} for number in range(dialect_for("postgresql").bulk_from)]


@pytest.fixture
def db(database: Database) -> Iterator[DatabaseAdapter]:
    with create_database_adapter(database.url) as db:
        yield db


@pytest.fixture
def queries(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level("INFO", logger="sqlalchemy.engine"):
        yield caplog


def test_many_rows_go_by_copy(db: DatabaseAdapter, queries: pytest.LogCaptureFixture) -> None:
    assert db.insert("style_templates", ROWS, returning=False) == len(ROWS)
    assert "COPY style_templates (name, sort_order, id) FROM STDIN" in queries.text
    assert "INSERT" not in queries.text


@pytest.fixture
def policy(database: Database) -> Iterator[None]:
    """A policy that holds for everybody; gone afterwards, since others get the same database."""
    with database.connect(admin=True) as admin:
        admin.execute("ALTER TABLE style_templates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        admin.execute("CREATE POLICY low ON style_templates USING (true) WITH CHECK (sort_order < 1000)")
        yield
        admin.execute("DROP POLICY low ON style_templates")
        admin.execute("ALTER TABLE style_templates DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY")


@pytest.mark.usefixtures("policy")
def test_row_level_policies_are_kept_to(db: DatabaseAdapter, queries: pytest.LogCaptureFixture) -> None:
    """PostgreSQL refuses to COPY into a table whose policies hold for the user."""
    assert db.insert("style_templates", ROWS, returning=False) == len(ROWS)
    assert "COPY" not in queries.text
    with pytest.raises(DatabaseError, match="row-level security"):
        db.insert("style_templates", [*ROWS, {"name": "high", "sort_order": 1000}], returning=False)
    assert db.count("style_templates") == len(ROWS)


@pytest.mark.usefixtures("policy")
def test_rows_in_place_of_copy_go_in_no_pipeline(db: DatabaseAdapter) -> None:
    """psycopg's would hold a task that is cancelled for as long as the network is silent."""
    db.health()
    sent: list[tuple[int, bool]] = []
    engine: Any = db.engine

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_: Any, __: Any, sql: str, ___: Any, ____: Any, executemany: bool) -> None:
        if sql.startswith("INSERT"):
            sent.append((sql.count("(%s"), executemany))

    rows = [{"name": str(number), "sort_order": number} for number in range(2 * JOINED + 1)]
    assert db.insert("style_templates", rows, returning=False) == len(rows)
    assert sent == [(JOINED, False), (JOINED, False), (1, False)]
    stored = db.find_many("style_templates", select=["name", "sort_order"], order_by=["sort_order"])
    assert stored == rows
