"""``python -m benchmarks.convert``: how long a conversion takes, and how that grows with the input.

The full schema must convert in under 2 seconds; ten times as many statements may cost at most twelve times
the time. Exits with 1 if either is missed.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path

from pis_data.convert import convert

SOURCE = Path(__file__).parents[1] / "database" / "full_schema.sql"
SECONDS, TIMES, RATIO = 2.0, 10, 12.0


def larger(source: str, times: int) -> str:
    """The script again and again, each time with names of its own."""
    names = sorted(set(re.findall(r"^CREATE (?:TABLE|FUNCTION|TRIGGER|INDEX) (\w+)", source, re.MULTILINE)))
    pattern = re.compile(rf"\b({'|'.join(names)})\b")
    return "\n".join(pattern.sub(rf"\1_{number}", source) for number in range(times))


def seconds(source: str, target: str, rounds: int) -> float:
    """The median of a few conversions."""
    found = []
    for _ in range(rounds):
        started = time.perf_counter()
        convert(source, target)
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def main() -> int:
    """Measure and print; 1 if a limit is missed."""
    source = SOURCE.read_text()
    # under other names, so that no trigger of either is known as PIS's own
    single, ten = larger(source, 1), larger(source, TIMES)
    convert(source, "mysql")  # what is loaded and compiled once
    missed = False
    for target in ("mysql", "mariadb"):
        whole, one, many = seconds(source, target, 5), seconds(single, target, 5), seconds(ten, target, 5)
        missed |= whole > SECONDS or many / one > RATIO
        print(
            f"{target:8} {whole:6.2f} s for {len(source):,} characters; {TIMES} times as much: "
            f"{many / one:5.1f} times"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
