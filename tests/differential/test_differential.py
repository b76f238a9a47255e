"""The same answer everywhere, proved side by side: bounded here, deep by ``make differential``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from pis_data.queries import albums, collaborators, rows, visits
from pis_data.sync import DatabaseAdapter, create_database_adapter
from tests.conftest import MakerOf
from tests.databases import SERVERS, Database, missing

from . import large
from .calls import OF, Call
from .machine import Differential, everything, prepare
from .programs import Block
from .scene import SCENE

#: how many random programs; the deep profile draws others every time and shrinks what it finds
PROGRAMS = int(os.environ.get("PIS_DIFFERENTIAL") or 0)
DEEP = PROGRAMS > 0

pytestmark = pytest.mark.timeout(0 if DEEP else 300)

_PROFILE = settings(
    deadline=None,
    database=None,
    verbosity=Verbosity.normal,
    phases=[Phase.generate, Phase.shrink] if DEEP else [Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=not DEEP,
)


@pytest.fixture(scope="module")
def machine(maker_of: MakerOf) -> Iterator[type[Differential]]:
    """The machine over a migrated database on each server, the newer ones too."""
    made: list[tuple[str, Database]] = []
    adapters: dict[str, DatabaseAdapter] = {}
    for kind in SERVERS:
        if not missing(kind):
            database = maker_of(kind).fresh()
            made.append((kind, database))
            adapters[kind] = create_database_adapter(database.url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "uuid7", Differential.made.id)
        patch.setattr(visits, "uuid7", Differential.made.id)
        patch.setattr(albums, "secrets", Differential.made)
        patch.setattr(collaborators, "secrets", Differential.made)
        patch.setattr(Differential, "databases", adapters)
        patch.setattr(Differential, "deep", DEEP)
        yield Differential
    for adapter in adapters.values():
        adapter.close()
    for kind, database in made:
        maker_of(kind).drop(database)


def test_random_programs_give_the_same_answers_on_every_database(machine: type[Differential]) -> None:
    assert len(machine.databases) >= 3
    machine.programs = machine.steps = 0
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(_PROFILE, max_examples=PROGRAMS or 30, stateful_step_count=40 if DEEP else 25),
    )
    assert machine.steps > 100
    print(f"{machine.programs} programs, {machine.steps} calls compared on {', '.join(machine.databases)}")


@pytest.mark.parametrize("repository", list(OF))
def test_every_method_gives_the_same_answers_on_every_database(
    machine: type[Differential], repository: str
) -> None:
    prepare_all(machine)
    for method, recipe in OF[repository].items():
        path = f"{repository}.{method}"
        answers_alike(machine, recipe, PROGRAMS // 10 or 4)
        if not machine.notes.answered[path]:
            answers_alike(machine, recipe, 100)
        assert machine.notes.called[path], f"{path} was never called"
        assert machine.notes.answered[path], f"{path} never answered, but by an error"
    machine().all_agree(everything)


def answers_alike(machine: type[Differential], recipe: st.SearchStrategy[Call], examples: int) -> None:
    """Make calls of a method, each in a savepoint that is undone: so all of them find the scene."""

    @settings(_PROFILE, max_examples=examples)
    @given(call=recipe)
    def alike(call: Call) -> None:
        undone = Block((call,), kept=False, careful=False)
        machine().all_agree(Block((undone,), kept=True, careful=False))

    alike()


def test_lists_of_thousands_give_the_same_answers_on_every_database(machine: type[Differential]) -> None:
    prepare_all(machine)
    for call in large.of_each(9 if DEEP else 1):
        machine().all_agree(call)


def prepare_all(machine: type[Differential]) -> None:
    for db in machine.databases.values():
        prepare(db, SCENE)
