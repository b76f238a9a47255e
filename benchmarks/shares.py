"""Where the time of a call goes: how much of it is the driver's and its server's, SQLAlchemy's, and ours.

    make servers && python -m benchmarks.shares [sqlite postgresql mariadb mysql] [--rows 3000]

py-spy looks a thousand times a second which line is at work, from outside: no call gets dearer by that, as
under a tracing profiler. What the standard library does is its caller's.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.database import KINDS, database
from benchmarks.peers import CALLS, Bench, ours, without_spans

SECONDS, RATE = 4.0, 1_000
#: "values" checks values and brings them into the driver's form and back; "pis_data" is all else of ours
LAYERS = ("driver", "SQLAlchemy", "values", "pis_data", "benchmark")
#: whose work it is, by a part of the file's path; the first that fits
PATHS = (
    ("psycopg", "driver"),
    ("pymysql/", "driver"),
    ("sqlalchemy/", "SQLAlchemy"),
    ("pis_data/schema/", "values"),
    ("pis_data/", "pis_data"),
    ("benchmarks/", "benchmark"),
)
#: the functions in which SQLAlchemy calls sqlite3, which is written in C and has no lines
CALLING = {"do_execute", "do_executemany", "fetchall", "_raw_all_rows", "_soft_close"}


def repeat(kind: str, rows: int, operation: str) -> None:
    """Do one operation for some seconds, and say how long one took: what py-spy looks at."""
    without_spans()
    with database(kind) as config:
        bench = Bench(config, rows)
        call = ours(bench)[operation]
        calls, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            call()
            calls += 1
        print("µs:", (time.perf_counter() - started) / calls * 1e6)
        bench.close()


def shares(kind: str, rows: int, operation: str) -> tuple[Counter[str], float]:
    """How often each layer was seen at work, and the microseconds of one call."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "stacks"
        spy = ["py-spy", "record", "--idle", "--rate", f"{RATE}", "--format", "raw", "--output", f"{found}"]
        program = [sys.executable, "-m", "benchmarks.shares", kind, f"--rows={rows}", f"--repeat={operation}"]
        done = subprocess.run([*spy, "--", *program], capture_output=True, text=True, check=True)
        seen: Counter[str] = Counter()
        for line in found.read_text().splitlines():
            stack, _, count = line.rpartition(" ")
            _, called, inner = stack.partition("repeat (benchmarks/shares.py:")
            if called and "Bench" not in inner and "<lambda>" in inner:
                seen[layer(inner.split(";")[1:], embedded=kind == "sqlite")] += int(count)
    [once] = (line for line in done.stdout.splitlines() if line.startswith("µs:"))
    return seen, float(once.split()[1])


def layer(frames: list[str], *, embedded: bool) -> str:
    """Whose work it is: that of the innermost frame of a known package."""
    for frame in reversed(frames):
        for path, name in PATHS:
            if path in frame:
                calls = embedded and name == "SQLAlchemy" and function_of(frame) in CALLING
                return "driver" if calls else name
    return "benchmark"


def function_of(frame: str) -> str:
    """The bare name in py-spy's ``Class.function (path:line)``."""
    return frame.partition(" ")[0].rpartition(".")[2]


def main() -> None:
    """Print the shares for the databases named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--rows", type=int, default=3_000, help="photos in the album")
    parser.add_argument("--repeat", choices=CALLS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.repeat:
        repeat(*asked.kinds, asked.rows, asked.repeat)
        return
    for kind in asked.kinds:
        print(f"\n{kind}, album of {asked.rows:,} photos: per cent of a call's time, and its µs")
        print(f"{'':20}" + "".join(f"{name:>12}" for name in (*LAYERS, "µs")))
        for operation in CALLS:
            seen, once = shares(kind, asked.rows, operation)
            cells = "".join(f"{100 * seen[each] / seen.total():>12.0f}" for each in LAYERS)
            print(f"{operation:20}{cells}{once:>12,.0f}", flush=True)


if __name__ == "__main__":
    main()
