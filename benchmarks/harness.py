"""Side-by-side timing: every way of doing one thing, in turn, many times, in one process.

What is printed are ratios of medians over interleaved rounds, so that whatever else the machine does
strikes all ways alike. No absolute time is promised, and no test reads these figures.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Way = Callable[[], object]


@dataclass(frozen=True)
class Measured:
    """The median seconds of one call, for each way."""

    name: str
    seconds: Mapping[str, float]

    def ratio(self, way: str, base: str) -> float:
        """How many times as long ``way`` takes as ``base``."""
        return self.seconds[way] / self.seconds[base]


def measure(
    name: str, ways: Mapping[str, Way], *, calls: int = 1, rounds: int = 15, warm: int = 2
) -> Measured:
    """Time each way ``calls`` times a round, the ways in turn, their order reversed every other round."""
    found: dict[str, list[float]] = {way: [] for way in ways}
    for call in ways.values():  # what is built once is built before
        for _ in range(warm):
            call()
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            order = list(ways.items())
            for way, call in order if turn % 2 else reversed(order):
                started = time.perf_counter()
                for _ in range(calls):
                    call()
                found[way].append((time.perf_counter() - started) / calls)
    finally:
        gc.enable()
    return Measured(name, {way: statistics.median(times) for way, times in found.items()})


def print_table(
    title: str, rows: Iterable[Measured], *, base: str, ways: Iterable[str] | None = None
) -> None:
    """One line per operation: every way as a multiple of ``base``, and the base's own microseconds.

    With ``ways`` each line is printed as soon as it is measured.
    """
    if ways is None:
        rows = list(rows)
        ways = dict.fromkeys(way for row in rows for way in row.seconds)
    ways = list(ways)
    print(f"\n{title}: multiples of {base} (below 1 is faster), and its own time in µs", flush=True)
    print(f"{'':34}" + "".join(f"{way:>14}" for way in ways) + f"{base + ' µs':>14}")
    for row in rows:
        cells = [f"{row.ratio(way, base):>14.2f}" if way in row.seconds else f"{'':>14}" for way in ways]
        print(f"{row.name:34}" + "".join(cells) + f"{row.seconds[base] * 1e6:>14,.0f}", flush=True)
