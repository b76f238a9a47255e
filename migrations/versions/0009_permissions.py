"""Permissions of roles and users.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import Boolean, Id, Instant, LongText, Text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permissions",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("code", Text(100), nullable=False),
        sa.Column("name", Text(200), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("category", Text(50), nullable=False),
        sa.Column("is_system", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("permissions_pkey")),
        sa.UniqueConstraint("code", name=op.f("permissions_code_key")),
        **TABLE_OPTIONS,
    )
    op.create_rule(default_for_null("permissions", ["id", "is_system", "created_at"]))

    op.create_table(
        "role_permissions",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("role", Text(50), nullable=False),
        sa.Column("permission_id", Id(), nullable=False),
        sa.Column("granted_by", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("role_permissions_pkey")),
        sa.UniqueConstraint("role", "permission_id", name=op.f("role_permissions_role_permission_id_key")),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["permissions.id"],
            name=op.f("role_permissions_permission_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["granted_by"], ["users.id"], name=op.f("role_permissions_granted_by_fkey")),
        sa.CheckConstraint(
            "role IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer')",
            name=op.f("role_permissions_role_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_role_permissions_granted_by", "role_permissions", ["granted_by"])
    op.create_index("idx_role_permissions_permission", "role_permissions", ["permission_id"])
    op.create_rule(default_for_null("role_permissions", ["id", "created_at"]))

    op.create_table(
        "user_permissions",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("permission_id", Id(), nullable=False),
        sa.Column("granted", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("granted_by", Id()),
        sa.Column("expires_at", Instant()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("user_permissions_pkey")),
        sa.UniqueConstraint(
            "user_id", "permission_id", name=op.f("user_permissions_user_id_permission_id_key")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("user_permissions_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["permission_id"],
            ["permissions.id"],
            name=op.f("user_permissions_permission_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["granted_by"], ["users.id"], name=op.f("user_permissions_granted_by_fkey")),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_user_permissions_granted_by", "user_permissions", ["granted_by"])
    op.create_index("idx_user_permissions_permission", "user_permissions", ["permission_id"])
    op.create_rule(updated_at("user_permissions"))
    op.create_rule(default_for_null("user_permissions", ["id", "granted", "created_at", "updated_at"]))


def downgrade() -> None:
    op.drop_table("user_permissions")
    op.drop_table("role_permissions")
    op.drop_table("permissions")
