"""Customers, upgrades and packages are read in the order of their indexes: 3,000 of each, and EXPLAIN."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event

from pis_data.repositories import Repositories
from pis_data.schema import uuid7
from pis_data.sync import create_database_adapter

from .test_plans import ANALYZE, EXPLAIN, SORTS

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
MANY = 3_000


@pytest.fixture(scope="module")
def furnished(database_kind, maker_of):
    """An adapter on a database with many of each."""
    maker = maker_of(database_kind)
    database = maker.fresh()
    with create_database_adapter(database.url) as db:
        album = Repositories(db).albums.create(title="a").id
        moments = [NOON + dt.timedelta(seconds=number * 7919 % MANY) for number in range(MANY)]
        db.insert(
            "customers",
            [
                {
                    "name": f"{number * 7919 % MANY:05}",
                    "created_at": moment,
                    "status": "active" if number % 3 else "inactive",
                    "deleted_at": NOON if number % 9 == 0 else None,
                }
                for number, moment in enumerate(moments)
            ],
            returning=False,
        )
        upgrades = [{"from_version": "1", "to_version": "2", "started_at": moment} for moment in moments]
        db.insert("upgrade_history", upgrades, returning=False)
        db.insert(
            "package_downloads",
            [
                {
                    "album_id": album,
                    "photo_ids": [uuid7()],
                    "status": "completed" if number % 9 else "pending",
                    "expires_at": moment if number % 9 else None,
                }
                for number, moment in enumerate(moments)
            ],
            returning=False,
        )
        with db.engine.connect() as connection:
            for table in ("customers", "upgrade_history", "package_downloads"):
                connection.exec_driver_sql(f"{ANALYZE[database_kind]} {table}")
        yield db
    maker.drop(database)


@pytest.fixture
def reads_in_order(furnished, database_kind):
    """Asserts that each SELECT of a call reads its table by an index, and sorts nothing."""

    def reads_in_order(index, call, **how):
        sent = []

        def listener(_, __, statement, parameters, *___):
            sent.append((statement, parameters))

        event.listen(furnished.engine, "before_cursor_execute", listener)
        found = call(**how)
        event.remove(furnished.engine, "before_cursor_execute", listener)
        assert sent
        with furnished.engine.connect() as connection:
            cursor = connection.connection.dbapi_connection.cursor()
            for statement, parameters in sent:
                cursor.execute(EXPLAIN[database_kind] + statement, parameters)
                plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
                assert index in plan, plan
                assert SORTS[database_kind] not in plan, plan
            cursor.close()
        return found

    return reads_in_order


@pytest.mark.parametrize("status", [None, "active"])
@pytest.mark.parametrize(
    ("sort", "index"),
    [
        ("created_desc", "idx_customers_live_created"),
        ("created_asc", "idx_customers_live_created"),
        ("name_asc", "idx_customers_live_name"),
        ("name_desc", "idx_customers_live_name"),
    ],
)
def test_customers(furnished, reads_in_order, sort, index, status):
    listed = Repositories(furnished).customers.list
    page = reads_in_order(index, listed, sort=sort, status=status, limit=50)
    for _ in range(2):
        page = reads_in_order(index, listed, sort=sort, status=status, limit=50, after=page.next)


def test_upgrades(furnished, reads_in_order):
    listed = Repositories(furnished).upgrades.list
    page = reads_in_order("idx_upgrade_history_started", listed, limit=50)
    reads_in_order("idx_upgrade_history_started", listed, limit=50, after=page.next)


def test_packages_that_expired(furnished, reads_in_order):
    listed = Repositories(furnished).packages.list_expired
    assert (
        len(reads_in_order("idx_package_downloads_expires", listed, now=NOON + dt.timedelta(days=1))) == 100
    )
