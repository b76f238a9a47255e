"""Deadlines for statements, where the server itself does not end those that run too long."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

_log = logging.getLogger(__name__)

#: how often the watch looks for statements that are past their time, in seconds
_LOOK_EVERY: Final = 0.1


class Deadline(ABC):
    """The limit on one connection's statements: started before each, lifted after it."""

    @abstractmethod
    def start(self) -> None:
        """A statement begins."""

    @abstractmethod
    def lift(self) -> None:
        """The statement is over, or may take its time."""

    def told(self, error: BaseException) -> BaseException:
        """What ended a statement, where the driver's error does not say so."""
        return error


class PolledDeadline(Deadline):
    """A deadline that the database asks for, as SQLite does every few thousand steps."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = float("inf") if seconds is None else seconds
        self._until = float("inf")
        self._passed = False
        self._raised: BaseException | None = None

    def start(self) -> None:
        self._passed, self._raised = False, None
        self._until = time.monotonic() + self._seconds

    def lift(self) -> None:
        self._until = float("inf")

    def expire(self) -> None:
        """The statement is to end now."""
        self._until = float("-inf")

    def looks(self) -> Iterator[bool]:
        """Whether to interrupt the statement, as often as one asks.

        A signal's handler that is due runs when Python code is entered. This is a generator for that to be
        inside of ``try``: what a handler raises is kept, which sqlite3 would forget.
        """
        ends = False
        while True:
            try:
                yield ends
                ends = self._passed = time.monotonic() > self._until
            except GeneratorExit:
                return
            except BaseException as error:
                ends, self._raised = True, error

    def told(self, error: BaseException) -> BaseException:
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        if code != sqlite3.SQLITE_INTERRUPT or self._passed:
            return error
        return self._raised or KeyboardInterrupt()  # a handler may have run just outside of `looks`


class KillingDeadline(Deadline):
    """A deadline at which ``kill()`` is called, from another thread."""

    def __init__(self, seconds: float, kill: Callable[[], None]) -> None:
        self._seconds = seconds
        self._kill = kill
        self._until = float("inf")
        self._ending = threading.Lock()

    def start(self) -> None:
        self._until = time.monotonic() + self._seconds
        _watch.add(self)

    def lift(self) -> None:
        with self._ending:  # while it kills, wait: the kill must not meet the next statement
            self._until = float("inf")
        _watch.remove(self)

    def is_over(self) -> bool:
        """Whether the statement's time is over."""
        return time.monotonic() > self._until

    def enforce(self) -> None:
        """Kill the statement, unless it has ended meanwhile."""
        with self._ending:
            if not self.is_over():
                return
            self._until = float("inf")
            try:
                self._kill()
            except Exception as error:  # the statement goes on; its caller waits on, and the log says why
                _log.warning(
                    "a statement is past its time, but could not be killed: %s", type(error).__name__
                )


class _Watch:
    """One thread for all deadlines of the process; it sleeps while there is nothing to watch.

    What it finds to do is done aside: a server that does not answer must not keep it from the others.
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Start anew, as a forked child must: it has no such thread, and perhaps a lock that stays taken."""
        self.lock = threading.Lock()
        self.running: set[KillingDeadline] = set()
        self.chores: deque[Callable[[], None]] = deque()
        self._needed = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, deadline: KillingDeadline) -> None:
        """Watch a deadline until it is lifted."""
        with self.lock:
            self.running.add(deadline)
            self._wake()

    def remove(self, deadline: KillingDeadline) -> None:
        """Watch a deadline no more."""
        with self.lock:
            self.running.discard(deadline)

    def do(self, chore: Callable[[], None]) -> None:
        """Do something when there is time for it."""
        with self.lock:
            self.chores.append(chore)
            self._wake()

    def _wake(self) -> None:
        self._needed.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, name="pis_data-deadlines", daemon=True)
            self._thread.start()

    def _look(self) -> None:
        while self._needed.wait():
            if not self.chores:
                time.sleep(_LOOK_EVERY)
            with self.lock:
                over = [deadline for deadline in self.running if deadline.is_over()]
                self.running.difference_update(over)
                chores = list(self.chores)
                self.chores.clear()
                if not self.running:
                    self._needed.clear()
            for deadline in over:
                _aside(deadline.enforce)
            for chore in chores:
                _aside(partial(_attempt, chore))


def _aside(work: Callable[[], None]) -> None:
    try:
        threading.Thread(target=work, name="pis_data-kill", daemon=True).start()
    except RuntimeError:  # there are as many threads as there can be
        work()


def _attempt(chore: Callable[[], None]) -> None:
    try:
        chore()
    except Exception as error:  # it has ended by itself, most likely
        _log.debug("what a connection was running could not be ended: %s", type(error).__name__)


_watch = _Watch()


def soon(chore: Callable[[], None]) -> None:
    """Have something done in the background, once; what goes wrong there is nobody's concern."""
    _watch.do(chore)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_watch.reset)
