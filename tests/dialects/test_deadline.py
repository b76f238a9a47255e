"""Deadlines: kept to, lifted in time, and never outliving their statement."""

from __future__ import annotations

import threading
import time

from pis_data.dialects.deadline import KillingDeadline, PolledDeadline, soon


def wait_for(event: threading.Event) -> bool:
    return event.wait(5)


def test_a_polled_deadline_passes_only_while_a_statement_runs() -> None:
    deadline = PolledDeadline(0.0)
    looks = deadline.looks()
    assert not next(looks)
    deadline.start()
    time.sleep(0.001)
    assert next(looks)
    deadline.lift()
    assert not next(looks)


def test_a_killing_deadline_kills_once_when_its_time_is_over() -> None:
    killed = threading.Event()
    kills: list[int] = []

    def kill() -> None:
        kills.append(1)
        killed.set()

    deadline = KillingDeadline(0.05, kill)
    deadline.start()
    assert wait_for(killed)
    deadline.lift()
    assert kills == [1]


def test_a_deadline_that_was_lifted_kills_nothing() -> None:
    killed, other = threading.Event(), threading.Event()
    lifted, kept = KillingDeadline(0.05, killed.set), KillingDeadline(0.3, other.set)
    lifted.start()
    lifted.lift()
    kept.start()  # by the time this one is enforced, the other's time is long over
    assert wait_for(other)
    assert not killed.is_set()


def test_a_kill_that_fails_leaves_the_watch_working() -> None:
    after = threading.Event()

    def refuse() -> None:
        raise OSError("no way to the server")

    KillingDeadline(0.0, refuse).start()
    KillingDeadline(0.1, after.set).start()
    assert wait_for(after)


def test_a_kill_that_takes_long_keeps_only_its_own_statement_waiting() -> None:
    begun, release, other, chore, lifted = (threading.Event() for _ in range(5))
    ended: list[bool] = []

    def kill() -> None:
        begun.set()
        ended.append(wait_for(release))

    slow, quick = KillingDeadline(0.0, kill), KillingDeadline(0.05, other.set)
    slow.start()
    assert wait_for(begun)
    lifting = threading.Thread(target=lambda: (slow.lift(), lifted.set()))
    lifting.start()
    quick.start()
    assert wait_for(other)
    quick.lift()
    soon(chore.set)
    assert wait_for(chore)
    assert not lifted.is_set()
    assert ended == [], "the others were not kept waiting by it"
    release.set()
    assert wait_for(lifted)
    lifting.join()
    assert ended == [True]
