"""Batch migrations on SQLite: a table is copied, dropped and renamed; nothing that hangs on it is lost."""

from __future__ import annotations

import os

import pytest
from alembic import command
from alembic.config import Config

from pis_data.config import DatabaseConfig
from pis_data.errors import ForeignKeyViolationError
from pis_data.services.migrate import check, current, head, script_location

pytestmark = pytest.mark.kinds("sqlite")

REVISION = """
import sqlalchemy as sa
from alembic import op
from pis_data.schema.types import Text

revision = "next"
down_revision = "{head}"

def upgrade():
    {body}

def downgrade():
    pass
"""

REBUILD = """for table in ("albums", "photos", "users"):
        with op.batch_alter_table(table, recreate="always") as batch:
            batch.add_column(sa.Column("nickname", Text(10)))"""


def upgrade_with(database, folder, body):
    (folder / "next.py").write_text(REVISION.format(head=head(), body=body))
    config = Config()
    config.set_main_option("script_location", str(script_location()))
    config.set_main_option("path_separator", "os")
    config.set_main_option("version_locations", f"{script_location() / 'versions'}{os.pathsep}{folder}")
    config.attributes["database"] = DatabaseConfig.from_url(database.url)
    command.upgrade(config, "next")


def fill(database):
    with database.connect() as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in (
            "INSERT INTO users (id, email) VALUES (x'01', 'a@b.c')",
            "INSERT INTO albums (id, title, slug, owner_id) VALUES (x'02', 't', 's', x'01')",
            "INSERT INTO photos (id, album_id, filename, original_key, status) "
            "VALUES (x'03', x'02', 'f', 'k', 'completed')",
            "INSERT INTO photo_groups (id, album_id, name) VALUES (x'04', x'02', 'g')",
            "INSERT INTO photo_group_assignments (photo_id, group_id) VALUES (x'03', x'04')",
            "UPDATE albums SET cover_photo_id = x'03'",
        ):
            connection.execute(statement)


def test_a_table_is_rebuilt_with_all_that_hangs_on_it(new_database, tmp_path):
    database = new_database(migrated=True)
    fill(database)
    upgrade_with(database, tmp_path, REBUILD)

    columns = {f"remove column: {table}.nickname" for table in ("albums", "photos", "users")}
    assert set(check(database.url)) == columns | {"revision: the database has next, newest is " + head()}
    with database.connect() as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        counted = "SELECT photo_count, cover_photo_id IS NOT NULL FROM albums"
        assert connection.execute(counted).fetchall() == [(1, 1)]
        assert connection.execute("SELECT count(*) FROM photo_group_assignments").fetchone() == (1,)
        connection.execute("UPDATE photos SET status = 'failed'")
        assert connection.execute(counted).fetchall() == [(0, 1)]
        connection.execute("DELETE FROM albums")
        assert connection.execute("SELECT count(*) FROM photo_group_assignments").fetchone() == (0,)


def test_a_revision_that_leaves_orphans_changes_nothing(new_database, tmp_path):
    database = new_database(migrated=True)
    fill(database)
    with pytest.raises(ForeignKeyViolationError, match="rows refer to others that do not exist"):
        upgrade_with(database, tmp_path, "op.execute('DELETE FROM albums')")
    assert current(database.url) == head()
    with database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM albums").fetchone() == (1,)
