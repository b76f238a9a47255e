"""One process of a crowd: ``python -m tests.concurrency.worker``, a plan as JSON on stdin.

Sixteen threads share one adapter; each makes its turns, all of them at once with those of the other
processes. What took effect, and only that, is told as JSON on stdout, for the test to compute the end from.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from pis_data.config import DatabaseConfig
from pis_data.errors import (
    NotFoundError,
    PermissionDeniedError,
    RetryableError,
    StatementTimeoutError,
    UniqueViolationError,
)
from pis_data.repositories import Repositories
from pis_data.sync import DatabaseAdapter, create_database_adapter

THREADS = 16


class Visitor:
    """One thread: its chance, its account, and what it has achieved."""

    def __init__(self, db: DatabaseAdapter, plan: dict[str, Any], number: int) -> None:
        self.db, self.r, self.plan = db, Repositories(db), plan
        self.chance = random.Random(f"{plan['process']}/{number}")
        self.account = UUID(plan["accounts"][number])
        self.done: list[tuple[str, Any]] = []
        self.seen: Counter[str] = Counter()

    def run(self) -> None:
        """Every kind of turn, in an order of one's own."""
        turns: list[Callable[[], None]] = [
            self.visit, self.visit_two, self.upload, self.work, self.work, self.move, self.name_a_group,
            self.redeem, self.demote,
        ]  # fmt: skip
        self.chance.shuffle(turns)
        for turn in turns:
            for _ in range(10):  # what could not be done is tried again, as an application would
                try:
                    turn()
                    break
                except (RetryableError, StatementTimeoutError) as error:  # many short waits are a long one
                    self.seen[type(error).__name__] += 1
                except (UniqueViolationError, PermissionDeniedError, NotFoundError) as error:
                    self.seen[type(error).__name__] += 1
                    break

    def album(self) -> str:
        album: str = self.chance.choice(self.plan["albums"])
        return album

    def visit(self) -> None:
        album = self.album()
        self.r.albums.increment_views(album)
        self.done.append(("view", album))

    def visit_two(self) -> None:
        """Two albums in one transaction, in any order: deadlocks, which `run` has to undo and repeat."""
        pair = self.chance.sample(self.plan["albums"], 2)
        self.r.run(lambda r: [r.albums.increment_views(album) for album in pair], retries=8)
        self.done += [("view", album) for album in pair]

    def upload(self) -> None:
        names = [f"{self.account}-{number}" for number in range(3)]
        made = self.r.photos.create_many_pending(
            self.album(), [{"filename": name, "original_key": f"raw/{name}"} for name in names]
        )
        self.done += [("made", str(photo.id)) for photo in made]

    def work(self) -> None:
        for claim in self.r.photos.claim_pending(2):
            self.done.append(("claimed", str(claim.id)))
            if self.r.photos.complete(claim, width=1):
                self.done.append(("completed", str(claim.id)))

    def move(self) -> None:
        """Photos of one album into another, which moves both counters."""
        source, target = self.chance.sample(self.plan["albums"], 2)
        some = self.db.find_many("photos", {"album_id": source, "status": "completed"}, limit=2)
        self.db.update("photos", {"id": [photo["id"] for photo in some]}, {"album_id": target})

    def name_a_group(self) -> None:
        album, name = self.album(), self.chance.choice("ab")
        self.r.groups.create(album, name)
        self.done.append(("group", [album, name]))

    def redeem(self) -> None:
        code = self.chance.choice(self.plan["codes"])
        self.r.invites.redeem(code, self.account)
        self.done.append(("redeemed", [code, str(self.account)]))

    def demote(self) -> None:
        admin = self.chance.choice(self.plan["admins"])
        self.r.users.demote_or_disable_guarded(admin, role="guest")
        self.done.append(("demoted", admin))


def main() -> None:
    """Run the plan on stdin; the second line of it is the sign to begin."""
    plan = json.loads(sys.stdin.readline())
    config = DatabaseConfig.from_url(plan["url"]).model_copy(update=plan["settings"])
    with create_database_adapter(config) as db:
        db.health()
        visitors = [Visitor(db, plan, number) for number in range(THREADS)]
        print("ready", flush=True)
        sys.stdin.readline()
        with ThreadPoolExecutor(THREADS) as pool:
            for outcome in [pool.submit(visitor.run) for visitor in visitors]:
                outcome.result()
    done = [each for visitor in visitors for each in visitor.done]
    print(json.dumps({"done": done, "seen": sum((visitor.seen for visitor in visitors), Counter())}))


if __name__ == "__main__":
    main()
