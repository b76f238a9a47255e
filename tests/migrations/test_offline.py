"""`upgrade head --sql`: what it prints, loaded with the server's own client, gives the same database."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import create_engine

from pis_data.services.migrate import check, current, downgrade, head, upgrade


def scheme(database):
    return f"{database.kind}:///x.db" if database.kind == "sqlite" else f"{database.kind}://nobody@nowhere/x"


def test_the_printed_script_makes_the_same_database(empty_database):
    empty_database.load(upgrade(scheme(empty_database), sql=True))
    assert current(empty_database.url) == head()
    assert check(empty_database.url) == []
    with empty_database.connect() as connection:
        cursor = connection.cursor()
        key = "`key`" if empty_database.kind in ("mysql", "mariadb") else '"key"'
        cursor.execute(f"SELECT value FROM system_settings WHERE {key} = 'brand_tagline'")
        value = cursor.fetchone()[0]
    tagline = value if empty_database.kind == "postgresql" else json.loads(value)
    assert tagline == "让每个瞬间都值得珍藏"

    empty_database.load(downgrade(scheme(empty_database), "head:base", sql=True))
    assert current(empty_database.url) is None
    empty_database.load(upgrade(scheme(empty_database), sql=True))
    assert check(empty_database.url) == []


def test_a_range_goes_on_from_a_revision(empty_database):
    upgrade(empty_database.url, "0004")
    empty_database.load(upgrade(scheme(empty_database), "0004:head", sql=True))
    assert check(empty_database.url) == []


@pytest.mark.parametrize("kind", ["mysql", "mariadb"])
def test_triggers_are_wrapped_for_the_client(kind):
    script = upgrade(f"{kind}://nobody@nowhere/x", sql=True)
    assert script.startswith("SET NAMES utf8mb4;")
    assert script.count("DELIMITER //") == script.count("CREATE TRIGGER") == script.count("END //")


def test_an_engine_s_own_dialect_decides():
    engine = create_engine("postgresql+psycopg://nobody@nowhere/x")
    assert "gen_random_uuid()" in upgrade(engine, sql=True)


def test_the_scheme_decides_between_kindred_servers():
    assert "utf8mb4_0900_bin" in upgrade("mysql://nobody@nowhere/x", sql=True)
    assert "utf8mb4_nopad_bin" in upgrade("mariadb://nobody@nowhere/x", sql=True)
