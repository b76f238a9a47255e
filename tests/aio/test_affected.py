"""How many rows a statement wrote, also where the driver forgets it with the cursor."""

from __future__ import annotations

import sqlalchemy as sa

from pis_data.schema import permissions, role_permissions
from pis_data.sync import create_database_adapter
from tests.databases import Database


def test_an_insert_from_a_select_tells_how_many_rows_it_wrote(database: Database) -> None:
    with create_database_adapter(database.url) as db:
        chosen = sa.select(sa.literal("guest"), permissions.c.id).where(permissions.c.category == "album")
        into = sa.insert(role_permissions)
        copied = into.from_select(["role", "permission_id"], chosen, include_defaults=False)
        assert db.execute(copied) == 6 == db.count("role_permissions", {"role": "guest"})
