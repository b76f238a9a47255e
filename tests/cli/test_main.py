"""The command line as a whole: what it loads, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from pis_data import __version__
from pis_data.cli import app, common
from pis_data.config.environment import known_names
from pis_data.errors import (
    ConfigurationError,
    DatabaseUnavailableError,
    InvalidValueError,
    MissingDependencyError,
    PisDataError,
)

SECRET = "hunter2"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """This process's environment without any variable of ours."""
    return {name: value for name, value in os.environ.items() if name not in known_names()}


@pytest.fixture
def run(tmp_path: Path, environ: dict[str, str]) -> Run:
    """Run ``pis-data`` in an empty folder."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pis_data", *arguments],
            cwd=tmp_path,
            env=environ | variables,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


# -- what it loads -----------------------------------------------------------------------------------------


def test_help_loads_no_database_no_driver_and_no_sdk(environ: dict[str, str]) -> None:
    code = (
        "import sys; sys.argv = ['pis-data', '--help']\n"
        "from pis_data.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'alembic', 'psycopg', 'pymysql', 'asyncmy', 'aiosqlite', 'fsspec', 's3fs',"
        " 'botocore', 'PIL', 'numpy', 'uvicorn', 'starlette', 'pydantic', 'asyncio'}\n"
        "print('LOADED', *sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, timeout=60, check=True
    )
    assert "Usage" in done.stdout
    assert done.stdout.splitlines()[-1].strip() == "LOADED"


@pytest.mark.parametrize(
    "command", [[], ["db"], ["storage"], ["import"], ["doctor"], ["demo"], ["db", "upgrade"]]
)
def test_every_command_has_help_with_an_example(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: pis-data" in done.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"pis-data {__version__}\n"


# -- how it ends ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["import"],
        ["import", "."],
        ["import", ".", "--album", "x", "--workers", "0"],
        ["import", ".", "--album", "x", "--nonsense"],
        ["import", ".", "--album", "NOT A SLUG"],
        ["import", "no/such/folder", "--album", "x"],
        ["db", "downgrade"],
        ["demo", "--keep"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_so_on_stderr(run: Run, arguments: list[str]) -> None:
    done = run(*arguments, DATABASE_TYPE="sqlite", STORAGE_TYPE="local")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_configuration_exits_with_2_and_shows_no_secret(run: Run) -> None:
    done = run("db", "current", DATABASE_URL=f"postgresql://u:{SECRET}@db:x/pis")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("pis-data: DATABASE_URL (postgresql://…) has a port that is no number")
    assert SECRET not in done.stderr


def test_a_database_in_memory_is_not_upgraded(run: Run) -> None:
    done = run("db", "upgrade", DATABASE_URL="sqlite://")
    assert done.returncode == 2
    assert "gone when this command ends" in done.stderr


@pytest.mark.parametrize(
    "url", ["postgresql://pis:hunter2@127.0.0.1:1/pis", "mysql://pis:hunter2@127.0.0.1:1/pis"]
)
def test_a_dead_server_exits_with_1_in_one_line(run: Run, tmp_path: Path, url: str) -> None:
    (tmp_path / "photos").mkdir()
    done = run("import", "photos", "--album", "x", DATABASE_URL=url, STORAGE_TYPE="local")
    assert (done.returncode, done.stdout) == (1, "")
    assert "127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr


def raising(error: BaseException) -> typer.Typer:
    """A program of the same kind whose only command fails."""
    program = typer.Typer(cls=common.Commands, pretty_exceptions_enable=False)

    @program.callback()
    def options() -> None:
        pass

    @program.command()
    def fail() -> None:
        raise error

    return program


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ConfigurationError("X is wrong"), 2, "pis-data: X is wrong"),
        (MissingDependencyError("install y"), 2, "pis-data: install y"),
        (InvalidValueError("too long"), 2, "pis-data: too long"),
        (DatabaseUnavailableError("down"), 1, "pis-data: down"),
        (PisDataError("something"), 1, "pis-data: something"),
        (PermissionError(13, "Permission denied", "/x"), 1, "pis-data: /x: Permission denied"),
        (KeyError("bug"), 1, "pis-data: internal error, KeyError: 'bug' (--debug shows where)"),
        (KeyboardInterrupt(), 130, "pis-data: interrupted; the same command goes on from here"),
    ],
)
def test_every_error_is_one_line_and_an_exit_code(error: BaseException, code: int, words: str) -> None:
    result = CliRunner().invoke(raising(error), ["fail"])
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", words + "\n")


def test_debug_shows_where(run: Run, tmp_path: Path) -> None:
    done = run("--debug", "db", "current", DATABASE_TYPE="nonsense")
    assert "Traceback" in done.stderr
    assert run("db", "current", DATABASE_TYPE="nonsense", PIS_DEBUG="1").stderr.count("Traceback") == 1


def test_ctrl_c_ends_an_import_with_one_line(tmp_path: Path, environ: dict[str, str]) -> None:
    os.mkfifo(tmp_path / "never")  # opening it for reading waits for a writer
    code = (
        "import pis_data.services.importer as importer, time\n"
        "importer.import_folder = lambda *a, **k: (print('started', flush=True), time.sleep(60))\n"
        "from pis_data.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "import", ".", "--album", "x"],
        cwd=tmp_path,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "pis-data: interrupted; the same command goes on from here"
    assert "Traceback" not in errors


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path, environ: dict[str, str]) -> None:
    code = (
        "import pis_data.services.doctor as doctor\n"
        "doctor.run = lambda: [doctor.Check('x' * 1000, True, 'y')] * 1000\n"
        "from pis_data.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "doctor"],
        cwd=tmp_path,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(20) in (1, 141)


def test_output_that_a_full_disk_cuts_off_is_an_error(tmp_path: Path, environ: dict[str, str]) -> None:
    """With PYTHONUNBUFFERED, Python itself does not notice."""
    code = (
        "import pis_data.services.doctor as doctor\n"
        "doctor.run = lambda: [doctor.Check('x' * 10_000, True, 'y')]\n"
        "from pis_data.cli import main; main()"
    )
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 1; exec "$0" -c "$1" doctor > cut', sys.executable, code],
        cwd=tmp_path,
        env=environ | {"PYTHONUNBUFFERED": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, "pis-data: File too large\n")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_an_option_that_only_prints_ends_in_words_too(environ: dict[str, str], option: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pis_data", option],
            env=environ,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (1, "pis-data: No space left on device\n")


def test_any_text_can_be_printed_on_any_terminal(tmp_path: Path, environ: dict[str, str]) -> None:
    name = os.fsdecode("相\udcff\n".encode("utf-8", "surrogateescape"))
    code = (
        "from pis_data.cli import common\n"
        "common._prepare_output()\n"
        f"common.print_json({{'name': {name!r}}}); common.say({name!r})"
    )
    for encoding in ("ascii", "utf-8", "latin-1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            capture_output=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout.decode(encoding)) == {"name": name}


# -- import ------------------------------------------------------------------------------------------------


class Report:
    """What `import_folder` would give."""

    def __init__(self, unreadable: int = 0) -> None:
        from pis_data.services.importer import Skipped

        self.imported, self.duplicates, self.found, self.bytes, self.seconds = 3, 1, 5, 2_500_000, 1.5
        self.skipped = (Skipped("notes.txt", "it is not a photo"),)
        self.unreadable = unreadable

    def as_json(self) -> dict[str, Any]:
        return {"imported": self.imported}


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """Run the command with an import that takes note of its arguments."""
    from pis_data.services import importer

    monkeypatch.chdir(tmp_path)
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    seen: dict[str, Any] = {}

    def run(*arguments: str, unreadable: int = 0) -> Any:
        def import_folder(_db: object, _storage: object, path: Path, **options: Any) -> Report:
            seen.update(options, path=path)
            return Report(unreadable)

        monkeypatch.setattr(importer, "import_folder", import_folder)
        result = CliRunner().invoke(app, ["import", *arguments])
        return result, seen

    return run


def test_import_hands_its_options_on_and_reports(imported: Callable[..., Any]) -> None:
    result, seen = imported("photos", "--album", "a", "--title", "T", "--workers", "3", "--pending")
    assert result.exit_code == 0
    assert {name: seen[name] for name in ("path", "album", "title", "workers", "pending")} == {
        "path": Path("photos"),
        "album": "a",
        "title": "T",
        "workers": 3,
        "pending": True,
    }
    assert result.stdout == (
        "3 imported into a (2.5 MB, 2.0 photos/s), 1 already there, 1 skipped, of 5 found\n"
    )
    assert "skipped notes.txt: it is not a photo" in result.stderr
    assert "using the embedded one, ./pis-data/pis.db" in result.stderr
    assert "using the folder ./pis-data/storage" in result.stderr


def test_import_as_json_is_one_document(imported: Callable[..., Any]) -> None:
    result, _ = imported("photos", "--album", "a", "--json")
    assert json.loads(result.stdout) == {"imported": 3}


def test_import_that_could_not_read_a_file_exits_with_1(imported: Callable[..., Any]) -> None:
    assert imported("photos", "--album", "a", unreadable=1)[0].exit_code == 1


# -- progress ----------------------------------------------------------------------------------------------

_WORK = (
    "import time; from pis_data.cli import progress\n"
    "progress.SECONDS_BETWEEN_LINES = 0.05\n"
    "with progress.progress('photos') as advance:\n"
    "    for done in range(1, 11): time.sleep(0.02); advance(done, 10, 'x')\n"
)


def test_progress_is_lines_where_there_is_no_terminal(environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WORK], env=environ, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert 2 <= len(lines) <= 5
    assert all("of 10" in line and "/s" in line and line.endswith("0:00:00 left") for line in lines)


def test_progress_is_a_bar_on_a_terminal(environ: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _WORK], env=environ | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        shown += chunk
    os.close(ours)
    assert process.stdout is not None
    assert process.stdout.read() == b""
    process.stdout.close()
    assert process.wait(20) == 0
    assert b"10/10" in shown
    assert "━".encode() in shown


# -- doctor, demo ------------------------------------------------------------------------------------------


def test_doctor_exits_with_1_if_something_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from pis_data.services import doctor as service

    checks = [service.Check("a", True, "fine"), service.Check("b", False, "broken", "mend it")]
    monkeypatch.setattr(service, "run", lambda: checks)
    result = CliRunner().invoke(app, ["doctor", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "ok": False,
        "checks": [
            {"name": "a", "ok": True, "detail": "fine", "fix": None},
            {"name": "b", "ok": False, "detail": "broken", "fix": "mend it"},
        ],
    }
    assert CliRunner().invoke(app, ["doctor"]).stdout == "ok   a: fine\nFAIL b: broken\n     fix: mend it\n"
    monkeypatch.setattr(service, "run", lambda: checks[:1])
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0
