"""What an upgrade or a downgrade does not do, and what it says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pis_data.errors import LockTimeoutError, SchemaMismatchError
from pis_data.services.migrate import current, downgrade, head, upgrade


def execute(database, *statements):
    with database.connect() as connection:
        for statement in statements:
            connection.cursor().execute(statement)


def test_pis_s_own_database_is_not_upgraded(empty_database):
    execute(empty_database, "CREATE TABLE photos (id INT PRIMARY KEY)")
    with pytest.raises(SchemaMismatchError, match=r"1 of PIS's tables \(photos .*Upgrade an empty database"):
        upgrade(empty_database.url)
    assert current(empty_database.url) is None


def test_another_application_s_tables_are_no_hindrance(empty_database):
    execute(empty_database, "CREATE TABLE orders (id INT PRIMARY KEY)")
    assert upgrade(empty_database.url) == head()


def test_an_adopted_database_is_not_downgraded_below_its_baseline(new_database):
    database = new_database(migrated=True)
    key = "`key`" if database.kind in ("mysql", "mariadb") else '"key"'
    execute(database, f"INSERT INTO pis_meta ({key}, value) VALUES ('baseline', '0010')")
    for target in ("base", "0009"):
        with pytest.raises(SchemaMismatchError, match="adopted at revision 0010"):
            downgrade(database.url, target)
        assert current(database.url) == head()
    assert downgrade(database.url, "0010") == "0010"


HOLD = """
import sys, time
from pis_data.config import DatabaseConfig
from pis_data.services.migrate.sessions import connected, exclusive
with connected(DatabaseConfig.from_url(sys.argv[1])) as (connection, dialect):
    with exclusive(connection, dialect):
        print("held", flush=True)
        sys.stdin.read()
"""


def test_another_upgrade_is_waited_for_only_so_long(empty_database):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, empty_database.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(
            LockTimeoutError, match="another upgrade of this database was still running after 1 s"
        ):
            upgrade(empty_database.url, lock_timeout=1)
    finally:
        holder.communicate("")
    assert upgrade(empty_database.url, lock_timeout=10) == head()


def test_upgraders_at_once_make_one_database(empty_database):
    program = "import sys; from pis_data.services.migrate import upgrade; print(upgrade(sys.argv[1]))"
    upgraders = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_database.url],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for upgrader in upgraders:
        out, err = upgrader.communicate(timeout=120)
        assert (out, upgrader.returncode) == (f"{head()}\n", 0), err
