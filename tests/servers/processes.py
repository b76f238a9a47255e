"""Starting a server that outlives us, knowing it again, and ending it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .home import ServerError

NOBODY = 65534
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run(command: Sequence[str | Path], *, log: Path, text: str = "", user: int | None = None) -> None:
    """Run a program to its end, its output to the end of `log`; raise ServerError if it fails."""
    with log.open("a") as output:
        done = subprocess.run(
            [str(part) for part in command],
            cwd="/",
            env=ENVIRONMENT,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            input=text.encode(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise ServerError(f"{Path(command[0]).name} failed with code {done.returncode}:\n{tail(log)}")


def spawn(
    command: Sequence[str | Path], *, log: Path, pidfile: Path, user: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own and write down which process it is.

    It holds none of our pipes: a CI job waits for every process that does.
    """
    with log.open("a") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd="/",
            env=ENVIRONMENT,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    pidfile.write_text(f"{process.pid} {_started_at(process.pid)}\n")
    return process


def ours(pidfile: Path) -> int | None:
    """Return the process of `pidfile` if it still runs, and is the same one: numbers are used again."""
    if not pidfile.exists():
        return None
    pid, started_at = (int(word) for word in pidfile.read_text().split())
    return pid if started_at and _started_at(pid) == started_at else None


def runs(pid: int) -> bool:
    """Tell whether there is such a process, and not only its remains."""
    return bool(_started_at(pid))


def end(pidfile: Path, sign: signal.Signals, *, seconds: float = 20) -> bool:
    """End the process of `pidfile`, if it runs and is ours, and wait for it; return whether there was one."""
    pid = ours(pidfile)
    if pid is None:
        return False
    os.kill(pid, sign)
    if not wait_until(lambda: ours(pidfile) is None, seconds):
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: ours(pidfile) is None, seconds)
    pidfile.unlink()
    return True


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask `condition()` until it holds; return whether it did in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_free(port: int) -> bool:
    """Tell whether nobody listens on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def greets(port: int) -> bool:
    """Tell whether a server on this port speaks first, as MySQL's and MariaDB's do once they are ready."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


def tail(log: Path, lines: int = 20) -> str:
    """Return the end of a log, indented, under its name."""
    text = log.read_text(errors="replace").splitlines()[-lines:] if log.exists() else []
    return "\n".join([f"  {log}:", *(f"  | {line}" for line in text)])


def _started_at(pid: int) -> int:
    """Return when a process started, in clock ticks since boot; 0 if there is none, or only its remains."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state in "ZX" else int(fields[18])
