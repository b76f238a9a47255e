"""The same answer everywhere, proved side by side: bounded here, deep by ``make differential``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from pis_data.queries import albums, collaborators, rows
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.conftest import MakerOf
from tests.databases import SERVERS, Database, missing

from .machine import Differential

#: how many random programs; the deep profile draws others every time and shrinks what it finds
PROGRAMS = int(os.environ.get("PIS_DIFFERENTIAL") or 0)
DEEP = PROGRAMS > 0


@pytest.fixture
def databases(maker_of: MakerOf) -> Iterator[dict[str, DatabaseAdapter]]:
    """A migrated database on each server, the newer ones too."""
    made: list[tuple[str, Database]] = []
    adapters: dict[str, DatabaseAdapter] = {}
    for kind in SERVERS:
        if kind == "pgvector":  # another form of one column, on a server that is here already
            continue
        if not missing(kind):
            database = maker_of(kind).fresh()
            made.append((kind, database))
            adapters[kind] = create_database_adapter(database.url)
    yield adapters
    for adapter in adapters.values():
        adapter.close()
    for kind, database in made:
        maker_of(kind).drop(database)


@pytest.mark.timeout(0 if DEEP else 300)
def test_random_programs_give_the_same_answers_on_every_database(
    databases: dict[str, DatabaseAdapter], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(databases) >= 3
    monkeypatch.setattr(rows, "uuid7", Differential.made.id)
    monkeypatch.setattr(albums, "secrets", Differential.made)
    monkeypatch.setattr(collaborators, "secrets", Differential.made)
    Differential.databases = databases
    Differential.programs = Differential.steps = 0
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Differential,
        settings=settings(
            max_examples=PROGRAMS or 40,
            stateful_step_count=40 if DEEP else 25,
            deadline=None,
            derandomize=not DEEP,
            database=None,
            verbosity=Verbosity.normal,
            phases=[Phase.generate, Phase.shrink] if DEEP else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Differential.steps > 100
    print(f"{Differential.programs} programs, {Differential.steps} calls compared on {', '.join(databases)}")
