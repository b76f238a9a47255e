"""Who did what, and upgrades of the application.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import empty_object, new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null
from pis_data.schema.types import Boolean, Id, Instant, Json, LongText, Text

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_logs",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("user_id", Id()),
        sa.Column("user_email", Text(255)),
        sa.Column("user_role", Text(50)),
        sa.Column("action", Text(100), nullable=False),
        sa.Column("resource_type", Text(100), nullable=False),
        sa.Column("resource_id", Text(255)),
        sa.Column("resource_name", Text(500)),
        sa.Column("description", LongText()),
        sa.Column("changes", Json(), server_default=empty_object(), nullable=False),
        sa.Column("metadata", Json(), server_default=empty_object(), nullable=False),
        sa.Column("ip_address", Text(45)),
        sa.Column("user_agent", LongText()),
        sa.Column("request_method", Text(10)),
        sa.Column("request_path", LongText()),
        sa.Column("status", Text(20), server_default="success", nullable=False),
        sa.Column("error_message", LongText()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_logs_pkey")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("audit_logs_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "status IN ('success', 'failed', 'pending')",
            name=op.f("audit_logs_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_audit_logs_action_created", "audit_logs", ["action", "created_at", "id"])
    op.create_index("idx_audit_logs_created", "audit_logs", ["created_at", "id"])
    op.create_index(
        "idx_audit_logs_resource_created", "audit_logs", ["resource_type", "resource_id", "created_at", "id"]
    )
    op.create_index("idx_audit_logs_user_created", "audit_logs", ["user_id", "created_at", "id"])
    op.create_rule(default_for_null("audit_logs", ["id", "changes", "metadata", "status", "created_at"]))

    op.create_table(
        "upgrade_history",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("from_version", Text(50), nullable=False),
        sa.Column("to_version", Text(50), nullable=False),
        sa.Column("status", Text(20), server_default="pending", nullable=False),
        sa.Column("started_at", Instant(), server_default=now(), nullable=False),
        sa.Column("completed_at", Instant()),
        sa.Column("executed_by", Id()),
        sa.Column("notes", LongText()),
        sa.Column("error_message", LongText()),
        sa.Column("rebuild_performed", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("rollback_available", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("upgrade_history_pkey")),
        sa.ForeignKeyConstraint(["executed_by"], ["users.id"], name=op.f("upgrade_history_executed_by_fkey")),
        sa.CheckConstraint(
            "status IN ('pending', 'running', 'success', 'failed', 'rolled_back')",
            name=op.f("upgrade_history_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_upgrade_history_executed_by", "upgrade_history", ["executed_by"])
    op.create_index("idx_upgrade_history_started", "upgrade_history", ["started_at", "id"])
    op.create_rule(
        default_for_null(
            "upgrade_history",
            ["id", "status", "started_at", "rebuild_performed", "rollback_available", "created_at"],
        )
    )


def downgrade() -> None:
    op.drop_table("upgrade_history")
    op.drop_table("audit_logs")
