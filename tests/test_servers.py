"""What must not go wrong in starting and ending test servers: strangers' processes, ports and files."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .servers import __main__ as command
from .servers import debian, home, processes
from .servers.mysqls import MySQL
from .servers.postgresql import PostgreSQL
from .servers.server import Server


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    pidfile = tmp_path / "pid"
    process = processes.spawn(["/bin/sleep", "60"], log=tmp_path / "log", pidfile=pidfile)
    yield process, pidfile
    process.kill()
    process.wait()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MySQL:
    monkeypatch.setattr(home, "ENV_FILE", tmp_path / "env")
    monkeypatch.delenv("PIS_TEST_MYSQL_URL", raising=False)
    return MySQL(tmp_path)


def test_a_server_is_known_again_and_ended(sleeper: tuple[subprocess.Popen[bytes], Path]) -> None:
    process, pidfile = sleeper
    assert processes.ours(pidfile) == process.pid
    assert processes.end(pidfile, signal.SIGTERM)
    assert process.wait() == -signal.SIGTERM
    assert not processes.end(pidfile, signal.SIGTERM)


def test_a_process_that_only_has_the_number_is_left_alone(
    sleeper: tuple[subprocess.Popen[bytes], Path],
) -> None:
    process, pidfile = sleeper
    pidfile.write_text(f"{process.pid} 12345\n")
    assert processes.ours(pidfile) is None
    assert not processes.end(pidfile, signal.SIGTERM)
    assert process.poll() is None


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        assert not processes.is_free(port)
    assert processes.is_free(port)


def test_a_given_server_is_not_started(server: MySQL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIS_TEST_MYSQL_URL", "mysql://elsewhere/")
    monkeypatch.setattr(MySQL, "start", lambda self: pytest.fail("was started"))
    assert command.start([server]) == 0
    assert home.read_env() == {}


def test_mysql_that_cannot_be_installed_is_left_out_loudly(
    server: MySQL, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: str) -> debian.Tree:
        raise home.InstallError("unmet\ndependencies")

    monkeypatch.setattr(debian, "unpack", broken)
    assert command.start([server]) == 0
    assert home.read_env() == {"PIS_TEST_MYSQL_MISSING": "unmet dependencies"}
    assert "MySQL COULD NOT BE INSTALLED" in capfd.readouterr().err


@pytest.mark.parametrize("kind", [MySQL, PostgreSQL])
def test_a_server_that_is_installed_but_does_not_start_is_a_failure(
    server: MySQL, kind: type[Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(self: Server) -> bool:
        raise home.ServerError("no")

    monkeypatch.delenv("PIS_TEST_POSTGRESQL_URL", raising=False)
    monkeypatch.setattr(kind, "start", broken)
    assert command.start([kind(tmp_path)]) == 1
    assert home.read_env() == {}


def test_what_is_published_of_one_server_leaves_the_others_alone(server: MySQL) -> None:
    command.publish({"mysql": {"PIS_TEST_MYSQL_URL": "a"}, "mariadb": {"PIS_TEST_MARIADB_URL": "b"}})
    command.publish({"mysql": {"PIS_TEST_MYSQL_MISSING": "why = this"}})
    assert home.read_env() == {"PIS_TEST_MYSQL_MISSING": "why = this", "PIS_TEST_MARIADB_URL": "b"}
    assert home.ENV_FILE.stat().st_mode & 0o077 == 0
