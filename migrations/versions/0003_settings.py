"""Settings, the mail account, and texts of the user interface.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import empty_object, new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import Boolean, Id, Instant, Integer, Json, LongText, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "system_settings",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("key", Text(100), nullable=False),
        sa.Column("value", Json(), server_default=empty_object(), nullable=False),
        sa.Column("category", Text(50), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("is_public", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("system_settings_pkey")),
        sa.UniqueConstraint("key", name=op.f("system_settings_key_key")),
        **TABLE_OPTIONS,
    )
    op.create_rule(updated_at("system_settings"))
    op.create_rule(
        default_for_null("system_settings", ["id", "value", "is_public", "created_at", "updated_at"])
    )

    op.create_table(
        "email_config",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("smtp_host", Text(255), nullable=False),
        sa.Column("smtp_port", Integer(), server_default="587", nullable=False),
        sa.Column("smtp_secure", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("smtp_user", Text(255)),
        sa.Column("smtp_pass", Text(255)),
        sa.Column("from_email", Text(255), nullable=False),
        sa.Column("from_name", Text(255)),
        sa.Column("is_active", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("email_config_pkey")),
        **TABLE_OPTIONS,
    )
    op.create_rule(updated_at("email_config"))
    op.create_rule(
        default_for_null(
            "email_config", ["id", "smtp_port", "smtp_secure", "is_active", "created_at", "updated_at"]
        )
    )

    op.create_table(
        "custom_translations",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("locale", Text(10), nullable=False),
        sa.Column("namespace", Text(100), nullable=False),
        sa.Column("key", Text(255), nullable=False),
        sa.Column("value", LongText(), nullable=False),
        sa.Column("is_active", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("custom_translations_pkey")),
        sa.UniqueConstraint(
            "locale", "namespace", "key", name=op.f("custom_translations_locale_namespace_key_key")
        ),
        **TABLE_OPTIONS,
    )
    op.create_rule(updated_at("custom_translations"))
    op.create_rule(default_for_null("custom_translations", ["id", "is_active", "created_at", "updated_at"]))


def downgrade() -> None:
    op.drop_table("custom_translations")
    op.drop_table("email_config")
    op.drop_table("system_settings")
