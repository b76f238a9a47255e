"""No connection can be made: which error, and that it keeps the password to itself."""

from __future__ import annotations

import time
from typing import Any

import pytest
from pydantic import SecretStr

from pis_data.errors import DatabaseUnavailableError
from tests.databases import Database
from tests.faults.conftest import SERVERS, Open, configured, everything_said
from tests.faults.proxy import Proxy

pytestmark = SERVERS
PASSWORD = "n0t-to-be-sh0wn!"


def calls(db: Any) -> list[Any]:
    return [
        db.health,
        lambda: db.find_one("albums"),
        lambda: db.insert("albums", {"title": "a", "slug": "a"}),
        lambda: list(db.stream("albums")),
        lambda: db.transaction().__enter__(),
        lambda: db.run(lambda tx: None),
    ]


@pytest.mark.parametrize("user", ["pis", "nobody_of_this_name"])
def test_a_wrong_password(database: Database, open_adapter: Open, user: str) -> None:
    db = open_adapter(user=user, password=SecretStr(PASSWORD))
    for call in calls(db):
        with pytest.raises(DatabaseUnavailableError) as caught:
            call()
        assert user in str(caught.value)
        assert PASSWORD not in everything_said(caught.value)
    assert PASSWORD not in repr(db)


def test_a_database_that_is_not_there(database: Database, open_adapter: Open) -> None:
    db = open_adapter(name="pis_not_there")
    for call in calls(db):
        with pytest.raises(DatabaseUnavailableError, match="pis_not_there"):
            call()


def test_nothing_listens(database: Database, open_adapter: Open) -> None:
    db = open_adapter(port=1, password=SecretStr(PASSWORD))
    for call in calls(db):
        with pytest.raises(DatabaseUnavailableError) as caught:
            call()
        assert PASSWORD not in everything_said(caught.value)


def test_a_host_that_is_not_there(database: Database, open_adapter: Open) -> None:
    db = open_adapter(host="no-such-host.invalid")
    with pytest.raises(DatabaseUnavailableError, match=r"no-such-host\.invalid|not known|resolve|resolution"):
        db.health()


def test_a_server_that_resets_every_connection(database: Database, open_adapter: Open, proxy: Proxy) -> None:
    proxy.refuse = True
    db = open_adapter(host="127.0.0.1", port=proxy.port, password=SecretStr(PASSWORD))
    for call in calls(db):
        with pytest.raises(DatabaseUnavailableError) as caught:
            call()
        assert PASSWORD not in everything_said(caught.value)


def test_a_server_that_never_answers(database: Database, open_adapter: Open, proxy: Proxy) -> None:
    proxy.silent = True
    options = {**configured(database).options, "connect_timeout": "2"}
    db = open_adapter(host="127.0.0.1", port=proxy.port, options=options)
    started = time.monotonic()
    with pytest.raises(DatabaseUnavailableError):
        db.find_one("albums")
    assert time.monotonic() - started < 6


def test_a_server_that_comes_back(database: Database, open_adapter: Open, proxy: Proxy) -> None:
    db = open_adapter(host="127.0.0.1", port=proxy.port)
    proxy.refuse = True
    with pytest.raises(DatabaseUnavailableError):
        db.count("albums")
    proxy.refuse = False
    assert db.count("albums") == 0
    proxy.refuse = True
    proxy.reset_all()
    with pytest.raises(DatabaseUnavailableError):
        db.count("albums")
    proxy.refuse = False
    assert db.insert("albums", {"title": "a", "slug": "a"}, returning=False) == 1
    assert db.count("albums") == 1
