"""One process of a crowd: ``python -m tests.concurrency.worker``, a plan as JSON on stdin.

Sixteen threads share one adapter; each makes its turns, all of them at once with those of the other
processes. What took effect, and only that, is told as JSON on stdout, for the test to compute the end from;
and so are the errors: those that visitors saw, and all that the server answered with, which `run` may hide.
"""

from __future__ import annotations

import json
import random
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from pis_data.config import DatabaseConfig
from pis_data.errors import (
    ForeignKeyViolationError,
    NotFoundError,
    PermissionDeniedError,
    RetryableError,
    StatementTimeoutError,
    UniqueViolationError,
)
from pis_data.repositories import Repositories
from pis_data.sync import DatabaseAdapter, create_database_adapter

THREADS = 16
#: how long the two that cross wait for each other, in seconds
MEETING = 60


class Visitor:
    """One thread: its chance, its account, and what it has achieved."""

    def __init__(
        self, db: DatabaseAdapter, plan: dict[str, Any], number: int, meeting: threading.Barrier
    ) -> None:
        self.db, self.r, self.plan, self.number = db, Repositories(db), plan, number
        self.meeting = meeting
        self.chance = random.Random(f"{plan['process']}/{number}")
        self.account = UUID(plan["accounts"][number])
        self.own: list[UUID] = []  # its photos
        self.done: list[tuple[str, Any]] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        """Every kind of turn, in an order of one's own."""
        turns: list[Callable[[], None]] = [
            self.visit, self.visit_two, self.upload, self.upload, self.work, self.work, self.work, self.move,
            self.pick, self.pick, self.trash, self.restore, self.purge, self.pack,
            self.upload_to_the_doomed, self.doom, self.name_a_group, self.drop_a_group,
            self.redeem, self.cancel, self.answer, self.remove, self.demote,
        ]  # fmt: skip
        self.chance.shuffle(turns)
        if self.number < self.meeting.parties and self.db.dialect.caps.row_locks:
            turns.insert(0, self.cross)
        for turn in turns:
            for _ in range(20):  # what could not be done is tried again, as an application would
                try:
                    turn()
                    break
                except (RetryableError, StatementTimeoutError) as error:  # many short waits are a long one
                    self.seen[type(error).__name__] += 1
                except (
                    UniqueViolationError,
                    ForeignKeyViolationError,
                    PermissionDeniedError,
                    NotFoundError,
                ) as error:
                    self.seen[type(error).__name__] += 1
                    break

    def any_of(self, what: str) -> str:
        """One of those that the plan names, by chance."""
        found: str = self.chance.choice(self.plan[what])
        return found

    def did(self, what: str, values: list[Any]) -> None:
        self.done += [(what, str(value)) for value in values]

    # -- albums ------------------------------------------------------------------------------------

    def visit(self) -> None:
        album = self.any_of("albums")
        self.r.albums.increment_views(album)
        self.did("view", [album])

    def visit_two(self) -> None:
        """Two albums in one transaction, in any order: deadlocks, which `run` has to undo and repeat."""
        pair = self.chance.sample(self.plan["albums"], 2)
        self.r.run(lambda r: [r.albums.increment_views(album) for album in pair], retries=8)
        self.did("view", pair)

    def cross(self) -> None:
        """Two albums that the neighbour takes in the other order, each with one in hand: a sure deadlock."""
        first, second = self.plan["crossing"][:: 1 if self.number else -1]
        met = False

        def unit(r: Repositories) -> None:
            nonlocal met
            r.albums.increment_views(first)
            if not met:
                self.meeting.wait(MEETING)
                met = True
            r.albums.increment_views(second)

        self.r.run(unit, retries=8)
        self.did("view", [first, second])

    def upload_to_the_doomed(self) -> None:
        """Photos for an album that somebody is about to delete."""
        album = self.any_of("doomed")
        made = self.r.photos.create_many_pending(
            album, [{"filename": "x", "original_key": "raw/x"} for _ in range(2)]
        )
        self.did("put into the doomed", [album for _ in made])

    def doom(self) -> None:
        """Delete an album for good, photos included."""
        album = self.any_of("doomed")
        self.did("deleted", [album] * self.db.delete("albums", {"id": album}))

    # -- photos ------------------------------------------------------------------------------------

    def upload(self) -> None:
        names = [f"{self.account}-{number}" for number in range(3)]
        made = self.r.photos.create_many_pending(
            self.any_of("albums"), [{"filename": name, "original_key": f"raw/{name}"} for name in names]
        )
        self.own += [photo.id for photo in made]
        self.did("made", [photo.id for photo in made])

    def work(self) -> None:
        for claim in self.r.photos.claim_pending(2, album_id=self.any_of("albums")):
            self.did("claimed", [claim.id])
            if self.r.photos.complete(claim, width=1):
                self.did("completed", [claim.id])

    def move(self) -> None:
        """Photos of one album into another, which moves both counters."""
        source, target = self.chance.sample(self.plan["albums"], 2)
        some = self.db.find_many("photos", {"album_id": source, "status": "completed"}, limit=2)
        self.db.update("photos", {"id": [photo["id"] for photo in some]}, {"album_id": target})

    def pick(self) -> None:
        """One's own photos, so that the last word on each is known."""
        for photo in self.own:
            picked = self.chance.random() < 0.7
            try:
                self.r.photos.set_selected(photo, picked)
            except NotFoundError:  # not completed yet, or in the trash
                continue
            self.done.append(("picked", [str(photo), picked]))

    def trash(self) -> None:
        some = self.db.find_many(
            "photos", {"album_id": self.any_of("albums")}, limit=2, order_by=[("id", "desc")]
        )
        self.did("trashed", self.r.photos.soft_delete([photo["id"] for photo in some]))

    def restore(self) -> None:
        some = self.r.photos.list_trash(self.any_of("albums"), limit=3).items
        self.did("restored", self.r.photos.restore([photo.id for photo in some]))

    def purge(self) -> None:
        some = self.r.photos.list_trash(self.any_of("albums"), limit=1).items
        self.did(
            "purged", [photo.id for photo in self.r.photos.permanent_delete([photo.id for photo in some])]
        )

    def pack(self) -> None:
        claim = self.r.packages.claim(self.any_of("packages"))
        if claim:
            self.did("package claimed", [claim.id])
            if self.r.packages.complete(claim, file_size=1):
                self.did("packed", [claim.id])

    # -- where only one can win --------------------------------------------------------------------

    def name_a_group(self) -> None:
        album, name = self.any_of("albums"), self.chance.choice("ab")
        self.r.groups.create(album, name)
        self.done.append(("group", [album, name]))

    def drop_a_group(self) -> None:
        album = self.any_of("albums")
        for group in self.db.find_many("photo_groups", {"album_id": album}, limit=1):
            if self.r.groups.delete(group["id"]):
                self.done.append(("group dropped", [album, group["name"]]))

    def redeem(self) -> None:
        code = self.any_of("codes")
        self.r.invites.redeem(code, self.account)
        self.done.append(("redeemed", [code, str(self.account)]))

    def cancel(self) -> None:
        """Take an invitation back that others may be redeeming; few do, so that some are left."""
        if self.number == 0:
            invite = self.r.invites.cancel(self.any_of("invites"))
            self.did("cancelled", [invite.invite_code])

    def answer(self) -> None:
        """Accept or reject what a colleague was invited to."""
        colleague, accepts = self.any_of("colleagues"), self.chance.random() < 0.5
        work = self.r.collaborators
        (work.accept if accepts else work.reject)(self.plan["shared"], colleague)
        self.done.append(("answered", [colleague, "accepted" if accepts else "rejected"]))

    def remove(self) -> None:
        if self.chance.random() < 0.3:
            colleague = self.any_of("colleagues")
            self.r.collaborators.remove(self.plan["shared"], colleague)
            self.did("removed", [colleague])

    def demote(self) -> None:
        admin = self.any_of("admins")
        self.r.users.demote_or_disable_guarded(admin, role="guest")
        self.did("demoted", [admin])


def count_errors(db: DatabaseAdapter, signs: Path) -> list[str]:
    """The names of all errors that the server answers with; each leaves a sign in a folder."""
    met: list[str] = []

    @sa.event.listens_for(db.engine, "handle_error")
    def note(context: sa.ExceptionContext) -> None:
        error = db.dialect.translate(context.sqlalchemy_exception or context.original_exception)
        met.append(type(error).__name__)
        (signs / met[-1]).touch()

    return met


def main() -> None:
    """Run the plan on stdin; the second line of it is the sign to begin."""
    plan = json.loads(sys.stdin.readline())
    config = DatabaseConfig.from_url(plan["url"]).model_copy(update=plan["settings"])
    with create_database_adapter(config) as db:
        db.health()
        met, meeting = count_errors(db, Path(plan["signs"])), threading.Barrier(2)
        visitors = [Visitor(db, plan, number, meeting) for number in range(THREADS)]
        print("ready", flush=True)
        sys.stdin.readline()
        with ThreadPoolExecutor(THREADS) as pool:
            for outcome in [pool.submit(visitor.run) for visitor in visitors]:
                outcome.result()
    done = [each for visitor in visitors for each in visitor.done]
    seen = sum((visitor.seen for visitor in visitors), Counter[str]())
    print(json.dumps({"done": done, "seen": seen, "met": Counter(met)}))


if __name__ == "__main__":
    main()
