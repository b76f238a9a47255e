"""The rows that a new database starts with.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.seeds import PERMISSIONS, ROLE_PERMISSIONS, SETTINGS
from pis_data.schema.types import Boolean, Id, Json, LongText, Text

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

system_settings = sa.table(
    "system_settings",
    sa.column("id", Id()),
    sa.column("key", Text(100)),
    sa.column("value", Json()),
    sa.column("category", Text(50)),
    sa.column("description", LongText()),
    sa.column("is_public", Boolean()),
)
permissions = sa.table(
    "permissions",
    sa.column("id", Id()),
    sa.column("code", Text(100)),
    sa.column("name", Text(200)),
    sa.column("description", LongText()),
    sa.column("category", Text(50)),
    sa.column("is_system", Boolean()),
)
role_permissions = sa.table(
    "role_permissions", sa.column("id", Id()), sa.column("role", Text(50)), sa.column("permission_id", Id())
)


def upgrade() -> None:
    op.insert_missing(system_settings, SETTINGS)
    op.insert_missing(permissions, PERMISSIONS)
    op.insert_missing(role_permissions, ROLE_PERMISSIONS)


def downgrade() -> None:
    """Keep the rows: they may have been edited since, and go with their tables."""
