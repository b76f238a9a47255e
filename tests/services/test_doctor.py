"""The doctor: what it finds, what it says to do, and that it gives no secret away."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pis_data.config import DatabaseConfig, StorageConfig
from pis_data.config.environment import known_names
from pis_data.services import doctor, doctor_servers
from pis_data.services.doctor import Check
from tests.databases import Database

SECRET = "hunter2"


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def diagnosis(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Check]]:
    def diagnosis(**variables: str) -> dict[str, Check]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        checks = doctor.run()
        assert SECRET not in repr(checks)
        assert all(check.fix for check in checks if not check.ok)
        return {check.name: check for check in checks}

    return diagnosis


def test_all_is_well(database: Database, diagnosis: Callable[..., dict[str, Check]], tmp_path: Path) -> None:
    from pis_data import create_storage_adapter

    with create_storage_adapter(f"file://{tmp_path}/store") as storage:
        storage.ensure_bucket()
        checks = diagnosis(
            DATABASE_URL=database.url, STORAGE_TYPE="local", STORAGE_PATH=str(tmp_path / "store")
        )
        assert [check for check in checks.values() if not check.ok] == []
        assert list(storage.list("")) == [], "what the doctor stored is gone"
    assert {"versions", "extras", "database: schema", "storage: round trip", "storage: space"} <= set(checks)
    assert "answers in" in checks["database: connection"].detail
    expected = {
        "sqlite": {"journal", "foreign keys"},
        "postgresql": {"TLS", "encoding", "pool"},
        "mysql": {"TLS", "triggers", "strict mode", "character set", "time zone", "pool", "packet size"},
    }
    family = DatabaseConfig.from_url(database.url).family
    assert {f"database: {name}" for name in expected[family]} <= set(checks)


def test_a_database_without_tables_is_told_to_upgrade(
    empty_database: Database, diagnosis: Callable[..., dict[str, Check]]
) -> None:
    if path := DatabaseConfig.from_url(empty_database.url).path:
        path.touch()
    found = diagnosis(DATABASE_URL=empty_database.url)["database: schema"]
    assert (found.ok, found.fix) == (False, "pis-data db upgrade")
    assert "no tables of ours" in found.detail


@pytest.mark.parametrize(
    ("sql", "fix"),
    [
        ("CREATE TABLE photos (id INTEGER)", "use an empty database"),
        ("CREATE TABLE alembic_version AS SELECT '9999' AS version_num", "install the newer version"),
        ("CREATE TABLE alembic_version AS SELECT '0003' AS version_num", "pis-data db upgrade"),
    ],
)
def test_a_schema_that_is_not_ours_or_not_of_today(
    diagnosis: Callable[..., dict[str, Check]], tmp_path: Path, sql: str, fix: str
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "pis.db")) as connection:
        connection.execute(sql)
        connection.commit()
    check = diagnosis(DATABASE_URL=f"sqlite:///{tmp_path}/pis.db")["database: schema"]
    assert not check.ok
    assert str(check.fix).startswith(fix)


def test_nothing_configured_is_the_default_and_makes_nothing(
    diagnosis: Callable[..., dict[str, Check]], tmp_path: Path
) -> None:
    checks = diagnosis()
    assert "the command's default" in checks["database: configuration"].detail
    assert checks["database: file"].fix == "pis-data db upgrade"
    assert checks["storage: folder"].ok
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scheme", ["postgresql", "mysql", "mariadb"])
def test_a_dead_server(diagnosis: Callable[..., dict[str, Check]], scheme: str) -> None:
    checks = diagnosis(DATABASE_URL=f"{scheme}://pis:{SECRET}@127.0.0.1:1/pis")
    assert not checks["database: connection"].ok
    assert "127.0.0.1:1" in str(checks["database: connection"].fix)


@pytest.mark.kinds("postgresql", "mysql", "mariadb")
def test_a_wrong_password(database: Database, diagnosis: Callable[..., dict[str, Check]]) -> None:
    config = DatabaseConfig.from_url(database.url)
    password = config.password.get_secret_value() if config.password else ""
    wrong = database.url.replace(f":{password}@", f":{SECRET}@", 1)
    assert wrong != database.url
    found = diagnosis(DATABASE_URL=wrong)["database: connection"]
    assert not found.ok


def test_wrong_configuration_is_a_finding(diagnosis: Callable[..., dict[str, Check]]) -> None:
    checks = diagnosis(
        DATABASE_HOST="db",
        DATABASE_PORT="abc",
        DATABASE_PASSWORD=SECRET,
        STORAGE_TYPE="minio",
        STORAGE_SECRET_KEY=SECRET,
    )
    assert "DATABASE_PORT is 'abc'" in checks["database: configuration"].detail
    assert "STORAGE_ACCESS_KEY is not set" in checks["storage: configuration"].detail
    assert not any(check.ok for name, check in checks.items() if name.endswith("configuration"))


def test_misspelt_variables_are_pointed_out(diagnosis: Callable[..., dict[str, Check]]) -> None:
    found = diagnosis(DATABASE_TYPE="sqlite", DATABASE_PASWORD=SECRET)["variables"]
    assert (found.ok, found.fix) == (False, "rename it to DATABASE_PASSWORD")


def test_an_unreadable_env_file_is_a_finding(
    diagnosis: Callable[..., dict[str, Check]], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in diagnosis()["variables"].detail


def test_a_sqlite_path_that_is_a_folder(diagnosis: Callable[..., dict[str, Check]], tmp_path: Path) -> None:
    checks = diagnosis(DATABASE_URL=f"sqlite:///{tmp_path}")
    assert "is not a file" in checks["database: file"].detail
    assert "database: connection" not in checks


def test_a_file_that_is_no_sqlite_database(
    diagnosis: Callable[..., dict[str, Check]], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("not a database, however long one reads on")
    check = diagnosis(DATABASE_URL=f"sqlite:///{tmp_path}/notes.txt")["database: connection"]
    assert check.detail.endswith("file is not a database")
    assert check.fix is not None
    assert "server" not in check.fix


def test_a_folder_that_may_not_be_looked_into(
    diagnosis: Callable[..., dict[str, Check]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor, "_may_look_into", lambda folder: folder != tmp_path)
    checks = diagnosis(
        DATABASE_URL=f"sqlite:///{tmp_path}/pis.db", STORAGE_TYPE="local", STORAGE_PATH=f"{tmp_path}/store"
    )
    for name in ("database: file", "storage: folder"):
        assert (checks[name].ok, checks[name].detail) == (False, f"{tmp_path} can't be read")


def test_a_folder_that_can_not_be_made(
    diagnosis: Callable[..., dict[str, Check]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    check = diagnosis(STORAGE_TYPE="local", STORAGE_PATH="/no/such/folder")["storage: folder"]
    assert (check.ok, check.detail) == (False, "/no/such/folder is not there, and can't be made in /")


def test_a_store_in_place_of_a_folder(diagnosis: Callable[..., dict[str, Check]], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = diagnosis(STORAGE_TYPE="local", STORAGE_PATH=str(tmp_path / "file"))["storage: connection"]
    assert not found.ok
    assert "STORAGE_PATH" in str(found.fix)


def test_a_store_that_this_version_lacks(diagnosis: Callable[..., dict[str, Check]]) -> None:
    found = diagnosis(STORAGE_URL="", STORAGE_TYPE="cos", STORAGE_ACCESS_KEY="k", STORAGE_SECRET_KEY=SECRET)
    assert not found["storage: adapter"].ok


def test_little_space(
    diagnosis: Callable[..., dict[str, Check]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12, 10**6))
    found = doctor._space(tmp_path)
    assert (found.ok, found.detail) == (False, "0.0 GiB free")


def test_what_a_store_returns_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful:
        def upload(self, *_: Any, **__: Any) -> None: ...
        def delete(self, _: str) -> None: ...
        def download(self, _: str) -> bytes:
            return b"something else"

    assert not doctor._round_trip(Forgetful()).ok  # type: ignore[arg-type]


def test_a_secret_that_a_server_repeats_is_masked() -> None:
    config = StorageConfig(kind="s3", access_key="AKIA-public", secret_key=SECRET)
    check = doctor._without_secrets(Check("x", False, f"bad signature for {SECRET}"), config)
    assert check.detail == "bad signature for ***"


# -- servers -----------------------------------------------------------------------------------------------


class FakeDatabase:
    """Answers SHOW GRANTS."""

    def __init__(self, *grants: str) -> None:
        self.grants = grants

    def execute(self, _: Any) -> list[dict[str, str]]:
        return [{"Grants for pis@%": grant} for grant in self.grants]


@pytest.mark.parametrize(
    ("log_bin", "trusted", "grants", "ok"),
    [
        (False, False, [], True),
        (True, True, ["GRANT USAGE ON *.* TO `pis`@`%`"], True),
        (True, False, ["GRANT SUPER ON *.* TO `pis`@`%`"], True),
        (True, False, ["GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION"], True),
        (
            True,
            False,
            ["GRANT USAGE ON *.* TO `pis`@`%`", "GRANT ALL PRIVILEGES ON `pis`.* TO `pis`@`%`"],
            False,
        ),
    ],
)
def test_whether_an_account_may_create_triggers(
    log_bin: bool, trusted: bool, grants: list[str], ok: bool
) -> None:
    name, found, detail, fix = doctor_servers._triggers(FakeDatabase(*grants), log_bin, trusted)  # type: ignore[arg-type]
    assert (name, found) == ("triggers", ok)
    assert detail
    assert ok or "SET GLOBAL log_bin_trust_function_creators = 1" in str(fix)


def test_a_pool_that_the_server_can_not_serve() -> None:
    config = DatabaseConfig(kind="postgresql", pool_size=80, max_overflow=40)
    name, ok, detail, fix = doctor_servers._pool(config, 100)
    assert (name, ok) == ("pool", False)
    assert "120 connections" in detail
    assert "DATABASE_POOL_SIZE" in str(fix)


def test_tls_that_was_asked_for_and_is_not_there() -> None:
    config = DatabaseConfig.from_url("postgresql://db.example.org/pis")
    assert not doctor_servers._encryption(config, False)[1]
    assert doctor_servers._encryption(config, True)[1]
