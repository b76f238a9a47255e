"""How far long work is: a bar on a terminal, a line now and then elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .common import say

SECONDS_BETWEEN_LINES = 5.0

Advance = Callable[[int, int, str], None]
"""Called with how many are done, of how many, and what the last one was."""


@contextmanager
def progress(what: str) -> Iterator[Advance]:
    """Show progress while the block runs; ``what`` is what is counted, in the plural."""
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        started = time.monotonic()
        task = bar.add_task(what, total=None, rate="")

        def advance(done: int, total: int, _: str) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            bar.update(task, completed=done, total=total, rate=f"{rate:.1f}/s")

        yield advance


@dataclass(slots=True)
class _Lines:
    """Plain lines: one every few seconds, and nothing for what is over before the first."""

    what: str
    started: float = field(default_factory=time.monotonic)
    last: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int, last: str) -> None:
        now = time.monotonic()
        if now - self.last < SECONDS_BETWEEN_LINES:
            return
        self.last = now
        rate = done / (now - self.started)
        say(f"{self.what}: {done} of {total}, {rate:.1f}/s, {_duration((total - done) / rate)} left")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
