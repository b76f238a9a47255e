"""A transaction that reads one moment: more than the contract asks of an adapter, so not in its suite."""

from __future__ import annotations

import pytest

from pis_data.errors import TransactionError
from pis_data.testing.database import samples
from pis_data.testing.database.fixtures import *  # noqa: F403


def test_what_is_committed_meanwhile_is_not_seen(db, together):
    samples.album(db)
    with db.transaction(snapshot=True) as tx:
        assert tx.count("albums") == 1
        assert together(lambda other: samples.album(other)["title"])[0].startswith("album")
        assert tx.count("albums") == 1
        assert tx.find_many("photos") == []
    assert db.count("albums") == 2


def test_other_transactions_see_what_is_committed_before_each_statement(db, together, database_kind):
    with db.transaction(read_only=True) as tx:
        assert tx.count("albums") == 0
        together(samples.album)
        if database_kind != "sqlite":  # a reader of a WAL sees one moment anyway
            assert tx.count("albums") == 1


def test_it_writes_nothing(db):
    with db.transaction(snapshot=True) as tx, pytest.raises(TransactionError, match="read-only"):
        tx.insert("albums", {"title": "a", "slug": "a"})
    with db.transaction() as tx:  # and the next one on the same connection does
        tx.insert("albums", {"title": "a", "slug": "a"})
    assert db.count("albums") == 1
