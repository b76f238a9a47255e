"""PIS_VECTOR=pgvector: an option of a database when it is made, which the column's own type records."""

from __future__ import annotations

import pytest

from pis_data.config import DatabaseConfig
from pis_data.errors import DatabaseError
from pis_data.services.doctor import examine_database
from pis_data.services.migrate import check, current, downgrade, upgrade
from pis_data.sync import create_database_adapter

COLUMN = (
    "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
    " WHERE attrelid = 'face_embeddings'::regclass AND attname = 'embedding'"
)

SERVER = "pgvector"


VECTORS = {"vector": "pgvector"}


def wanting(url):
    return DatabaseConfig.from_url(url).model_copy(update=VECTORS)


@pytest.fixture
def make(maker_of):
    """A new database of a PostgreSQL that has pgvector; with the extension, if asked for."""
    made = []

    def make(*, extension):
        maker = maker_of(SERVER if extension else "postgresql18")
        made.append((maker, maker.empty()))
        return made[-1][1]

    yield make
    for maker, database in made:
        maker.drop(database)


def column_of(database):
    with database.connect() as connection:
        return connection.execute(COLUMN).fetchone()[0]


def test_the_option_makes_a_column_of_vectors_and_nothing_differs(make):
    database = make(extension=True)
    upgrade(wanting(database.url))
    assert column_of(database) == "vector(512)"
    assert check(wanting(database.url)) == check(database.url) == []
    with create_database_adapter(database.url) as db:
        assert db.health()["server"] == "postgresql"
        assert db.find_many("face_embeddings") == []
        assert db.dialect.caps.vectors, "the database has said so, whatever the variable says"
    assert downgrade(database.url, "base") is None


def test_a_database_keeps_the_form_that_it_was_made_with(make):
    database = make(extension=True)
    upgrade(database.url)
    assert column_of(database) == "bytea"
    upgrade(wanting(database.url))
    assert column_of(database) == "bytea"
    assert check(wanting(database.url)) == []
    with create_database_adapter(wanting(database.url)) as db:
        assert db.find_many("face_embeddings") == []
        assert not db.dialect.caps.vectors


def test_the_doctor_says_whether_the_option_holds(make):
    def diagnosed(config):
        return next(check for check in examine_database(config) if check.name.endswith("vectors"))

    database = make(extension=True)
    assert diagnosed(wanting(database.url)).ok, "it is there to be used"
    upgrade(database.url)
    check = diagnosed(wanting(database.url))
    assert (check.ok, "made with bytes" in check.detail) == (False, True)
    assert "PIS_VECTOR=portable" in check.fix


def test_without_the_right_to_create_the_extension_nothing_is_changed(make):
    database = make(extension=False)
    with pytest.raises(DatabaseError, match="administrator who runs CREATE EXTENSION vector") as caught:
        upgrade(wanting(database.url))
    assert "Nothing was changed" in str(caught.value)
    assert current(database.url) is None


def test_the_option_holds_for_printed_sql_too():
    url = "postgresql://pis@localhost/pis"
    vectors, portable = upgrade(wanting(url), sql=True), upgrade(url, sql=True)
    assert "CREATE EXTENSION IF NOT EXISTS vector" in vectors
    assert "embedding VECTOR(512)" in vectors
    assert "embedding BYTEA" in portable
    assert "vector" not in portable.lower()
    assert upgrade("sqlite:///x.db", sql=True) == upgrade(
        DatabaseConfig.from_url("sqlite:///x.db").model_copy(update=VECTORS), sql=True
    )
