"""Where the servers live: folders, the lock, and the file that tells the tests about them."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
ENV_FILE = REPOSITORY / ".servers" / "env"


class ServerError(Exception):
    """A server could not be installed, started or stopped; the message says why and what to look at."""


class InstallError(ServerError):
    """The programs of a server could not be obtained (as opposed to: they would not start)."""


def base() -> Path:
    """Return the folder of all checkouts of this user, made if it is missing.

    It is not inside the repository, because a checkout may lie under a folder that only its owner can enter,
    and PostgreSQL, which refuses to run as root, then runs as a user who is not the owner.
    """
    folder = Path(os.environ.get("PIS_SERVERS_HOME") or f"/var/tmp/pis-data-servers-{os.getuid()}")
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise ServerError(f"{folder} belongs to somebody else; set PIS_SERVERS_HOME to a folder of your own")
    return folder


def downloads() -> Path:
    """Return the folder of unpacked programs, shared by all checkouts."""
    folder = base() / "programs"
    folder.mkdir(exist_ok=True)
    return folder


def instance() -> Path:
    """Return the folder of this checkout's servers."""
    folder = base() / hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:12]
    folder.mkdir(exist_ok=True)
    (folder / "checkout").write_text(f"{REPOSITORY}\n")
    return folder


def abandoned() -> list[Path]:
    """Return the folders of checkouts that are no more."""
    checkouts = [path for path in base().iterdir() if (path / "checkout").is_file()]
    return [path for path in checkouts if not Path((path / "checkout").read_text().strip()).is_dir()]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock on `path` against other processes, so that two runs do not make the same thing at once."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def remove(folder: Path) -> None:
    """Remove a folder and all that is in it, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)


def write_env(variables: Mapping[str, str], *, title: str) -> None:
    """Write the variables as KEY=VALUE lines, all or nothing."""
    ENV_FILE.parent.mkdir(exist_ok=True)
    draft = ENV_FILE.with_suffix(".new")
    draft.write_text("".join([f"# {title}\n", *(f"{key}={value}\n" for key, value in variables.items())]))
    draft.chmod(0o600)
    draft.replace(ENV_FILE)


def read_env() -> dict[str, str]:
    """Return what `write_env` wrote; empty if there is no file."""
    if not ENV_FILE.exists():
        return {}
    lines = ENV_FILE.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
