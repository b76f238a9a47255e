"""`python3 -m tests.servers start|stop|status|remove`: see `--help`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from . import home, processes
from .ceph import Ceph
from .home import InstallError, ServerError
from .mysqls import MariaDB, MariaDB11, MySQL
from .postgresql import PostgreSQL, PostgreSQL18
from .server import Server

ALL: tuple[type[Server], ...] = (PostgreSQL, MariaDB, MySQL, PostgreSQL18, MariaDB11, Ceph)
KINDS = {server.kind: server for server in ALL}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python3 -m tests.servers", description="Throwaway servers for the tests."
    )
    parser.add_argument("action", choices=("start", "stop", "status", "remove"))
    parser.add_argument(
        "--only", choices=KINDS, action="append", help="this server (may be repeated); all by default"
    )
    parser.add_argument(
        "--downloads", action="store_true", help="remove: the unpacked programs of all checkouts too"
    )
    arguments = parser.parse_args()
    try:
        instance = home.instance()
        servers = [KINDS[kind](instance) for kind in arguments.only or KINDS]
        with home.locked(instance / "lock"):
            if arguments.action == "start":
                return start(servers)
            if arguments.action == "status":
                return status(servers)
            stop(servers)
            if arguments.action == "remove":
                for server in servers:
                    home.remove(server.folder)
        if arguments.downloads:
            home.remove(home.downloads())
    except ServerError as error:
        say(str(error))
        return 1
    return 0


def start(servers: list[Server]) -> int:
    """Start the servers side by side and tell the tests about them; return the exit code."""
    sweep()
    with ThreadPoolExecutor() as pool:
        outcomes = list(pool.map(start_one, servers))
    publish({server.kind: outcome or {} for server, outcome in zip(servers, outcomes, strict=True)})
    return 1 if None in outcomes else 0


def start_one(server: Server) -> dict[str, str] | None:
    """Start one server; return its variables, or None if it should run and does not."""
    given = f"PIS_TEST_{server.kind.upper()}_URL"
    if os.environ.get(given):
        say(f"{server.kind}: not started, {given} is set")
        return {}
    begin = time.monotonic()
    try:
        started = server.start()
    except InstallError as error:
        if server.kind == MySQL.kind:
            say(f"!!! MySQL COULD NOT BE INSTALLED, ITS TESTS ARE LEFT OUT: {error}")
            return {"PIS_TEST_MYSQL_MISSING": " ".join(str(error).split())}
        say(f"{server.kind} could not be installed: {error}")
        return None
    except (ServerError, OSError) as error:
        say(str(error))
        return None
    word = f"started in {time.monotonic() - begin:.1f} s" if started else "already running"
    say(f"{server.kind}: {word}, 127.0.0.1:{server.current_port}, process {processes.ours(server.pidfile)}")
    return server.variables()


def stop(servers: list[Server]) -> None:
    publish({server.kind: {} for server in servers})
    with ThreadPoolExecutor() as pool:
        for server, stopped in zip(servers, pool.map(Server.stop, servers), strict=True):
            say(f"{server.kind}: {'stopped' if stopped else 'was not running'}")


def publish(outcomes: dict[str, dict[str, str]]) -> None:
    """Put each server's variables in the place of what the file said of it."""
    variables = home.read_env()
    for kind, news in outcomes.items():
        prefix = f"PIS_TEST_{kind.upper()}_"
        variables = {key: value for key, value in variables.items() if not key.startswith(prefix)} | news
    home.write_env(variables, title="written by `make servers`; read by tests/databases.py")


def status(servers: list[Server]) -> int:
    """Print which servers run; return 1 if one does not."""
    running = [processes.ours(server.pidfile) for server in servers]
    for server, pid in zip(servers, running, strict=True):
        say(f"{server.kind}: {f'127.0.0.1:{server.current_port}, process {pid}' if pid else 'not running'}")
    return 0 if all(running) else 1


def sweep() -> None:
    """Remove the data of checkouts that are gone, unless a server still runs on it."""
    for folder in home.abandoned():
        if not any(processes.ours(server(folder).pidfile) for server in KINDS.values()):
            home.remove(folder)


def say(line: str) -> None:
    print(f"servers: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
