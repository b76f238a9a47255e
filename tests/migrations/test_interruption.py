"""MySQL and MariaDB commit each DDL statement by itself: an upgrade cut off anywhere goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from pis_data.errors import DatabaseError, SchemaMismatchError
from pis_data.services.migrate import check, current, downgrade, head, upgrade
from pis_data.services.migrate.journal import JOURNAL_TABLE

pytestmark = pytest.mark.kinds("mysql", "mariadb")

#: what changes nothing, and so is no place to be cut off
HARMLESS = ("SELECT", "SHOW", "DESCRIBE", "SET", "DO")


@contextmanager
def cut_off_before(count: int) -> Iterator[list[str]]:
    """Break the connection before the ``count``-th statement that changes something; give those sent."""
    sent: list[str] = []

    def hook(connection, cursor, statement, *_):
        if statement.lstrip().startswith(HARMLESS):
            return
        if len(sent) == count - 1:
            cursor.connection._force_close()  # from here on the server has lost us
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", hook)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", hook)


def execute(database, statement):
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


# A run that goes on sends again what was under way, notes the next statement, sends that one, notes the one
# after. Cut before the third of these, the next statement is noted and not sent; before the fourth, it is
# sent, and the one after not noted. Either way each run comes one statement further and is cut off there.
# Where statements stand together in a transaction, they are cut off before each of them in turn.
@pytest.mark.parametrize("statements", [3, 4], ids=["noted, not sent", "sent, not noted"])
def test_cut_off_at_every_statement(empty_database, statements):
    url = empty_database.url
    assert cut_off_everywhere(empty_database, lambda: upgrade(url), statements) > 150
    assert check(url) == []
    assert execute(empty_database, "SELECT count(*) FROM role_permissions") == ((48,),)

    assert cut_off_everywhere(empty_database, lambda: downgrade(url, "base"), statements) > 20
    assert execute(empty_database, "SHOW TABLES") == ()


def cut_off_everywhere(database, run, statements):
    """Run until nothing is left to cut off; return how often that was."""
    seen, at = None, statements
    for runs in range(1000):
        with cut_off_before(at) as sent:
            try:
                run()
                return runs
            except DatabaseError as error:
                told = str(error)
        assert len(sent) == at, told
        assert "the connection to the database was lost" in told
        came_to = place(database)
        at = at + 1 if came_to == seen else statements
        seen = came_to
    raise AssertionError("it comes no further")


def place(database):
    """Where an upgrade was cut off."""
    tables = {name for (name,) in execute(database, "SHOW TABLES")}
    known = [
        execute(database, f"SELECT * FROM {name}")
        for name in sorted(tables & {JOURNAL_TABLE, "alembic_version"})
    ]
    return known, len(tables)


def test_what_is_said_when_it_is_cut_off(empty_database):
    with cut_off_before(20), pytest.raises(DatabaseError) as caught:
        upgrade(empty_database.url)
    said = str(caught.value)
    assert said.startswith(
        "revision 0001 (The core: accounts, albums, photos and their groups) failed at its"
    )
    assert "run the same command again, and it goes on from there" in said
    assert current(empty_database.url) is None


def test_a_cut_off_upgrade_is_finished_before_anything_else(empty_database):
    upgrade(empty_database.url, "0004")
    with cut_off_before(6), pytest.raises(DatabaseError):
        upgrade(empty_database.url)
    with pytest.raises(
        SchemaMismatchError, match=r"an upgrade to revision 0005 was cut off.*db upgrade 0005"
    ):
        downgrade(empty_database.url, "base")
    assert upgrade(empty_database.url, "0005") == "0005"
    assert downgrade(empty_database.url, "0003") == "0003"


def test_a_cut_off_downgrade_is_finished_before_anything_else(new_database):
    database = new_database(migrated=True)
    with cut_off_before(12), pytest.raises(DatabaseError):
        downgrade(database.url, "0010")
    assert current(database.url) == "0011"
    with pytest.raises(SchemaMismatchError, match="undoing revision 0011 was cut off"):
        upgrade(database.url)
    assert downgrade(database.url, "0010") == "0010"
    assert upgrade(database.url) == head()
    assert check(database.url) == []


def test_a_revision_that_was_changed_meanwhile_is_not_gone_on_with(empty_database):
    with cut_off_before(30), pytest.raises(DatabaseError):
        upgrade(empty_database.url)
    execute(empty_database, f"UPDATE {JOURNAL_TABLE} SET digest = repeat('0', 64)")
    with pytest.raises(SchemaMismatchError, match="says something else now"):
        upgrade(empty_database.url)


def test_what_the_server_refuses_is_not_taken_for_done(empty_database):
    """A stranger's table in the way is an error as often as it is met, and no "it exists already"."""
    upgrade(empty_database.url, "0003")
    execute(empty_database, "CREATE TABLE style_templates_of_mine (id INT PRIMARY KEY)")
    execute(empty_database, "RENAME TABLE style_templates_of_mine TO style_templates")
    for _ in range(2):
        with pytest.raises(DatabaseError, match=r"revision 0004 .* \(CREATE TABLE style_templates"):
            upgrade(empty_database.url)
    execute(empty_database, "DROP TABLE style_templates")
    assert upgrade(empty_database.url) == head()
    assert check(empty_database.url) == []
