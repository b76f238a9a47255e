"""Up, down and up again on every database, and what is said of a database in between."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from pis_data.config import DatabaseConfig
from pis_data.dialects import dialect_for
from pis_data.errors import ConfigurationError, DatabaseUnavailableError, SchemaMismatchError
from pis_data.schema import TABLES
from pis_data.services.migrate import check, current, downgrade, head, upgrade

TABLE_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master",
    "postgresql": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace UNION ALL"
    " SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}


def fetch(database, query):
    with database.connect() as connection:
        cursor = connection.cursor()
        cursor.execute(query)
        return cursor.fetchall()


def names(database):
    """Everything that a database holds, as far as it may outlive its tables."""
    query = "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
    return {name for (name, *_) in fetch(database, TABLE_NAMES.get(database.kind, query))}


@pytest.mark.newer
def test_up_down_up(empty_database):
    url = empty_database.url
    assert upgrade(url) == head() == current(url)
    assert names(empty_database) >= {*TABLES, "alembic_version", "pis_meta"}
    assert check(url) == []
    assert downgrade(url, "base") is None
    assert names(empty_database) == set()
    assert current(url) is None
    assert upgrade(url) == head()
    assert check(url) == []


def test_one_revision_at_a_time(empty_database):
    url = empty_database.url
    while (current(url) or "") < head():
        before = current(url)
        assert upgrade(url, "+1") > (before or "")
        assert downgrade(url, "-1") == before
        upgrade(url, "+1")
    assert check(url) == []
    assert downgrade(url, "0003") == "0003"
    assert "album_templates" not in names(empty_database)


def test_looking_at_a_file_that_does_not_exist_does_not_make_it(tmp_path):
    url = f"sqlite:///{tmp_path}/pis.db"
    assert current(url) is None
    assert check(url)[0] == f"revision: the database has none, newest is {head()}"
    assert not any("index" in line for line in check(url)), "a missing table says enough"
    assert list(tmp_path.iterdir()) == []


def test_upgrading_again_changes_nothing(database):
    before = fetch(database, "SELECT count(*), max(created_at) FROM system_settings")
    assert upgrade(database.url) == head()
    assert fetch(database, "SELECT count(*), max(created_at) FROM system_settings") == before


def test_the_seed_rows_are_there_and_edited_ones_stay(new_database):
    database = new_database()
    upgrade(database.url)
    assert fetch(database, "SELECT count(*) FROM system_settings")[0][0] == 26
    assert fetch(database, "SELECT count(*) FROM permissions")[0][0] == 25
    roles = fetch(database, "SELECT role, count(*) FROM role_permissions GROUP BY role ORDER BY role")
    assert [tuple(row) for row in roles] == [
        ("admin", 25),
        ("photographer", 15),
        ("retoucher", 5),
        ("viewer", 3),
    ]
    assert fetch(database, "SELECT count(*) FROM users")[0][0] == 0
    fetch_key = {"mysql": "`key`", "mariadb": "`key`"}.get(database.kind, '"key"')
    with database.connect() as connection:
        connection.cursor().execute(
            f"UPDATE system_settings SET description = 'mine' WHERE {fetch_key} = 'brand_name'"
        )
    downgrade(database.url, "0011")
    upgrade(database.url)
    assert fetch(database, "SELECT count(*) FROM system_settings WHERE description = 'mine'")[0][0] == 1
    assert fetch(database, "SELECT count(*) FROM role_permissions")[0][0] == 48


def test_an_engine_that_exists_already(empty_database):
    config = DatabaseConfig.from_url(empty_database.url)
    dialect = dialect_for(config.kind)
    engine = create_engine(dialect.url(config, "sync"), connect_args=dialect.connect_args(config, "sync"))
    try:
        assert upgrade(engine) == head()
        assert check(engine) == []
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO users (email) VALUES ('a@b.c')")
    finally:
        engine.dispose()


def test_an_engine_that_lives_in_memory():
    engine = create_engine("sqlite://", poolclass=StaticPool)
    assert upgrade(engine) == head()
    assert check(engine) == []
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM permissions").scalar() == 25
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.kinds("mariadb")
def test_the_server_s_own_version_decides(empty_database):
    """MariaDB answers to mysql:// as well."""
    url = empty_database.url.replace("mariadb://", "mysql://")
    assert upgrade(url) == head()
    assert check(url) == check(empty_database.url) == []
    engine = create_engine(url.replace("mysql://", "mysql+pymysql://"))
    with pytest.raises(
        ConfigurationError, match=r"made for mysql, but this server is mariadb.*mariadb\+pymysql"
    ):
        upgrade(engine)
    engine.dispose()


def test_asking_leaves_an_empty_database_empty(empty_database):
    assert current(empty_database.url) is None
    assert check(empty_database.url)[0] == f"revision: the database has none, newest is {head()}"
    assert names(empty_database) == set()


def test_differences_are_told(new_database):
    database = new_database(migrated=True)
    drop_trigger = "DROP TRIGGER photos_counters_insert"
    changes = [
        "CREATE TABLE stray (id INT PRIMARY KEY)",
        "ALTER TABLE users ADD COLUMN nickname VARCHAR(10)",
        f"{drop_trigger} ON photos" if database.kind == "postgresql" else drop_trigger,
        "DROP INDEX idx_photos_work" + (" ON photos" if database.kind in ("mysql", "mariadb") else ""),
    ]
    if database.kind != "sqlite":
        alter = "ALTER TABLE albums ALTER COLUMN layout SET DEFAULT 'grid'"
        drop = "ALTER TABLE photos DROP CONSTRAINT photos_status_check"
        changes += [alter, drop, "ALTER TABLE photos DROP CONSTRAINT photos_retoucher_id_fkey"]
    with database.connect() as connection:
        for change in changes:
            connection.cursor().execute(change)
    found = "\n".join(check(database.url))
    for said in ("stray", "users.nickname", "photo_counters()", "idx_photos_work"):
        assert said in found
    if database.kind != "sqlite":
        for said in ("albums.layout is ", "photos_status_check", "photos_retoucher_id_fkey"):
            assert said in found


def test_a_trigger_that_is_not_ours_is_told(new_database):
    database = new_database(migrated=True)
    body = {
        "sqlite": "CREATE TRIGGER stranger AFTER INSERT ON photos BEGIN SELECT 1; END",
        "postgresql": "CREATE TRIGGER stranger BEFORE UPDATE ON photos EXECUTE FUNCTION pis_touch()",
    }.get(database.kind, "CREATE TRIGGER stranger AFTER INSERT ON photos FOR EACH ROW SET @x = 1")
    with database.connect() as connection:
        connection.cursor().execute(body)
    assert check(database.url) == ["remove trigger: stranger"]


@pytest.mark.kinds("sqlite", "postgresql")
def test_nothing_is_changed_when_a_revision_fails(empty_database):
    upgrade(empty_database.url, "0003")
    with empty_database.connect() as connection:
        connection.cursor().execute("CREATE TABLE face_embeddings_stray (id INT PRIMARY KEY)")
        connection.cursor().execute("CREATE INDEX idx_face_embeddings_album_id ON face_embeddings_stray (id)")
    with pytest.raises(Exception, match=r"revision 0006 \(Faces .*Nothing was changed"):
        upgrade(empty_database.url)
    assert current(empty_database.url) == "0003"
    assert "album_templates" not in names(empty_database)


def test_a_revision_that_nobody_knows(new_database):
    database = new_database(migrated=True)
    with pytest.raises(SchemaMismatchError, match="mistyped"):
        upgrade(database.url, "7777")
    with database.connect() as connection:
        connection.cursor().execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaMismatchError, match="newer version of pis_data"):
        upgrade(database.url)


def test_a_server_that_is_not_there():
    with pytest.raises(DatabaseUnavailableError) as caught:
        upgrade("postgresql://someone:sesame@127.0.0.1:1/pis")
    assert "sesame" not in str(caught.value)
