"""Random programs on every database at once: each answer, order and error is compared.

A rule draws one call of the adapter or of a repository, every database makes it, and the outcomes must be
equal: the value, or the type of the error; at the end all rows of all tables must be. New ids and secrets are
the same everywhere (`Made`); times that a server makes differ by nature and are compared only in kind.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pis_data.errors import PisDataError
from pis_data.sync import DatabaseAdapter

from . import calls, large
from .calls import Call, Notes, Target
from .compare import comparable, first_difference, name_of
from .programs import Block, blocks
from .rows import TABLES
from .scene import SCENE


class Made:
    """Makes the new ids and secrets of a step, the same ones on every database, in rising order."""

    def __init__(self) -> None:
        self.begin(0)

    def begin(self, step: int) -> None:
        """Start over, for the same step on another database or for the next one."""
        self._step, self._count = step, 0
        self._chance = random.Random(step)

    def id(self) -> UUID:
        """What `uuid7` would make."""
        self._count += 1
        return UUID(int=0x70 << 120 | self._step << 32 | self._count)

    def choice(self, letters: str) -> str:
        """What `secrets.choice` would choose."""
        return self._chance.choice(letters)

    def token_hex(self, size: int) -> str:
        """What `secrets.token_hex` would give."""
        return self._chance.randbytes(size).hex()


class Differential(RuleBasedStateMachine):
    """The machine; `databases` is set by the test."""

    databases: ClassVar[dict[str, DatabaseAdapter]] = {}
    made: ClassVar[Made] = Made()
    #: what the first database was asked, and what of it it answered
    notes: ClassVar[Notes] = Notes()
    #: whether there is time for lists of thousands within programs
    deep: ClassVar[bool] = False
    programs: ClassVar[int] = 0
    steps: ClassVar[int] = 0
    patient = False

    def __init__(self) -> None:
        super().__init__()
        self.program: list[str] = []
        self.parted = False

    @initialize(planted=st.sampled_from([True, True, False]), patient=st.integers(0, 9).map(lambda n: n == 9))
    def begin(self, planted: bool, patient: bool) -> None:
        type(self).programs += 1
        self.patient = self.deep and patient
        self.program.append("begin with the scene" if planted else "begin with nothing")
        for db in self.databases.values():
            prepare(db, SCENE if planted else {})

    # -- one call each: a rule for each part of the house, so that programs dwell on some of them ------------

    @rule(call=calls.of("db"))
    def on_rows(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=st.one_of([calls.OF["db"][name] for name in ("insert", "upsert", "update", "delete")]))
    def on_rows_that_change(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("albums", "photos", "groups"))
    def on_albums_and_photos(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("photos"))
    def on_photos(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("users", "permissions", "collaborators", "invites"))
    def on_people(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("customers", "notifications", "email", "packages"))
    def on_customers(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("analytics", "audit", "faces"))
    def on_visits(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.of("settings", "templates", "styles", "translations", "upgrades"))
    def on_the_site(self, call: Call) -> None:
        self.all_agree(call)

    @rule(call=calls.wrong)
    def with_a_wrong_argument(self, call: Call) -> None:
        self.all_agree(call)

    # -- several calls as one ------------------------------------------------------------------

    @rule(block=blocks)
    def transaction(self, block: Block) -> None:
        self.all_agree(block)
        self.all_agree(albums_and_photos)

    @rule(call=st.one_of(list(calls.OUTSIDE.values())))
    def run_again(self, call: Call) -> None:
        self.all_agree(call)

    @precondition(lambda self: self.patient)
    @rule(call=large.calls)
    def on_thousands(self, call: Call) -> None:
        self.all_agree(call)

    # -- what must be true whatever was called -------------------------------------------------

    @rule()
    def counters_are_true(self) -> None:
        for kind, db in self.databases.items():
            for album in db.find_many("albums"):
                live = {"album_id": album["id"], "deleted_at": None}
                completed = db.count("photos", {**live, "status": "completed"})
                selected = db.count("photos", {**live, "is_selected": True})
                assert (album["photo_count"], album["selected_count"]) == (completed, selected), kind

    def teardown(self) -> None:
        if not self.parted:  # else that is told
            self.all_agree(everything)

    # -- comparing -----------------------------------------------------------------------------

    def all_agree(self, call: Callable[[Target], Any]) -> None:
        """Make the call on every database and compare."""
        type(self).steps += 1
        self.program.append(getattr(call, "__name__", None) or repr(call))
        outcomes = {}
        for kind, db in self.databases.items():
            self.made.begin(self.steps)
            outcomes[kind] = outcome(call, Target(db, Notes() if outcomes else self.notes))
        (first, expected), *others = outcomes.items()
        apart = [kind for kind, found in others if found != expected]
        if apart:
            self.parted = True
            pytest.fail(difference(self.program, first, apart, outcomes), pytrace=False)


def prepare(db: DatabaseAdapter, scene: dict[str, list[dict[str, Any]]]) -> None:
    """Empty the tables, and fill them anew."""
    with db.transaction() as tx:
        for table in TABLES:
            tx.delete(table, {}, all_rows=True)
        for table, rows in scene.items():
            tx.insert(table, rows, returning=False)


def everything(to: Target) -> dict[str, Any]:
    """All rows of all tables."""
    return {table: to.raw.find_many(table) for table in TABLES}


def albums_and_photos(to: Target) -> list[Any]:
    """The rows that most programs are about."""
    return [to.raw.find_many(table) for table in ("albums", "photos", "photo_groups")]


def outcome(call: Callable[[Target], Any], to: Target) -> Any:
    """What a call gives, or the name of its error."""
    try:
        return ("answer", comparable(call(to)))
    except PisDataError as error:
        return ("error", name_of(error))


def difference(program: list[str], first: str, apart: list[str], outcomes: dict[str, Any]) -> str:
    """What to read when databases part: the call, where answers begin to differ, what stands there."""
    where, one, other = first_difference(outcomes[first], outcomes[apart[0]])
    agreed = [kind for kind in outcomes if kind not in apart]
    others = {kind: first_difference(outcomes[first], outcomes[kind]) for kind in apart[1:]}
    return "\n".join(
        [
            f"the databases part at: {program[-1]}",
            f"  the first difference is at {where or 'the top'}",
            f"  {', '.join(agreed)}: {one!r}",
            f"  {apart[0]}: {other!r}",
            *(f"  {kind}, at {place or 'the top'}: {found!r}" for kind, (place, _, found) in others.items()),
            "the program:",
            *(f"  {shortened(step)}" for step in program),
        ]
    )


def shortened(text: str) -> str:
    """A call as a line to be read."""
    return text if len(text) <= 1000 else f"{text[:1000]}… ({len(text):,} characters)"
