"""Customers, their albums, and the messages to them.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import empty_object, new_id, now
from pis_data.schema.columns import TABLE_OPTIONS, only_where
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import Id, Instant, Json, LongText, Text, TextList

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("name", Text(100), nullable=False),
        sa.Column("phone", Text(20)),
        sa.Column("email", Text(255)),
        sa.Column("wechat", Text(100)),
        sa.Column("company", Text(200)),
        sa.Column("address", LongText()),
        sa.Column("notes", LongText()),
        sa.Column("tags", TextList()),
        sa.Column("source", Text(50)),
        sa.Column("status", Text(20), server_default="active", nullable=False),
        sa.Column("created_by", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.Column("deleted_at", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("customers_pkey")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("customers_created_by_fkey")),
        sa.CheckConstraint(
            "status IN ('active', 'inactive', 'archived')",
            name=op.f("customers_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_customers_created_by", "customers", ["created_by"])
    op.create_index("idx_customers_email", "customers", ["email"])
    op.create_index(
        "idx_customers_live_created", "customers", ["created_at", "id"], **only_where("deleted_at IS NULL")
    )
    op.create_index(
        "idx_customers_live_name", "customers", ["name", "id"], **only_where("deleted_at IS NULL")
    )
    op.create_index("idx_customers_phone", "customers", ["phone"])
    op.create_gin_index("idx_customers_tags", "customers", "tags")
    op.create_rule(updated_at("customers"))
    op.create_rule(default_for_null("customers", ["id", "status", "created_at", "updated_at"]))

    op.create_table(
        "customer_albums",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("customer_id", Id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("role", Text(50), server_default="client", nullable=False),
        sa.Column("notes", LongText()),
        sa.Column("notified_at", Instant()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("customer_albums_pkey")),
        sa.UniqueConstraint("customer_id", "album_id", name=op.f("customer_albums_customer_id_album_id_key")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("customer_albums_customer_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("customer_albums_album_id_fkey"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "role IN ('client', 'guest', 'photographer')",
            name=op.f("customer_albums_role_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_customer_albums_album", "customer_albums", ["album_id"])
    op.create_rule(default_for_null("customer_albums", ["id", "role", "created_at"]))

    op.create_table(
        "notifications",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("customer_id", Id()),
        sa.Column("album_id", Id()),
        sa.Column("type", Text(50), nullable=False),
        sa.Column("channel", Text(20), nullable=False),
        sa.Column("recipient", Text(255), nullable=False),
        sa.Column("subject", Text(500)),
        sa.Column("content", LongText()),
        sa.Column("status", Text(20), server_default="pending", nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("error_message", LongText()),
        sa.Column("metadata", Json(), server_default=empty_object(), nullable=False),
        sa.Column("created_by", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("notifications_pkey")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name=op.f("notifications_customer_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("notifications_album_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("notifications_created_by_fkey")),
        sa.CheckConstraint(
            "type IN ('album_ready', 'reminder', 'custom')",
            name=op.f("notifications_type_check"),
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'sms')",
            name=op.f("notifications_channel_check"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'sent', 'failed')",
            name=op.f("notifications_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_notifications_album_created", "notifications", ["album_id", "created_at", "id"])
    op.create_index("idx_notifications_created", "notifications", ["created_at", "id"])
    op.create_index("idx_notifications_created_by", "notifications", ["created_by"])
    op.create_index(
        "idx_notifications_customer_created", "notifications", ["customer_id", "created_at", "id"]
    )
    op.create_index("idx_notifications_status_created", "notifications", ["status", "created_at", "id"])
    op.create_rule(default_for_null("notifications", ["id", "status", "metadata", "created_at"]))


def downgrade() -> None:
    op.drop_table("notifications")
    op.drop_table("customer_albums")
    op.drop_table("customers")
