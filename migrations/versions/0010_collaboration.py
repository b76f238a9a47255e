"""Who works on an album together.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import Boolean, Id, Instant, Text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album_collaborators",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("user_id", Id(), nullable=False),
        sa.Column("role", Text(50), server_default="editor", nullable=False),
        sa.Column("can_upload", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("can_edit", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("can_delete", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("can_manage", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("can_invite", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("invited_by", Id()),
        sa.Column("invited_at", Instant(), server_default=now(), nullable=False),
        sa.Column("accepted_at", Instant()),
        sa.Column("status", Text(20), server_default="pending", nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("album_collaborators_pkey")),
        sa.UniqueConstraint("album_id", "user_id", name=op.f("album_collaborators_album_id_user_id_key")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("album_collaborators_album_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("album_collaborators_user_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name=op.f("album_collaborators_invited_by_fkey")
        ),
        sa.CheckConstraint(
            "role IN ('owner', 'editor', 'viewer')",
            name=op.f("album_collaborators_role_check"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'accepted', 'rejected', 'removed')",
            name=op.f("album_collaborators_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_album_collaborators_invited_by", "album_collaborators", ["invited_by"])
    op.create_index("idx_album_collaborators_user", "album_collaborators", ["user_id"])
    op.create_rule(updated_at("album_collaborators"))
    op.create_rule(
        default_for_null(
            "album_collaborators",
            [
                "id",
                "role",
                "can_upload",
                "can_edit",
                "can_delete",
                "can_manage",
                "can_invite",
                "invited_at",
                "status",
                "created_at",
                "updated_at",
            ],
        )
    )

    op.create_table(
        "collaboration_invites",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("invite_type", Text(20), server_default="email", nullable=False),
        sa.Column("email", Text(255)),
        sa.Column("invite_code", Text(32)),
        sa.Column("role", Text(50), server_default="editor", nullable=False),
        sa.Column("can_upload", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("can_edit", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("can_delete", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("can_manage", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("can_invite", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("invited_by", Id(), nullable=False),
        sa.Column("status", Text(20), server_default="pending", nullable=False),
        sa.Column("expires_at", Instant()),
        sa.Column("used_at", Instant()),
        sa.Column("used_by", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("collaboration_invites_pkey")),
        sa.UniqueConstraint("invite_code", name=op.f("collaboration_invites_invite_code_key")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("collaboration_invites_album_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name=op.f("collaboration_invites_invited_by_fkey")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["users.id"], name=op.f("collaboration_invites_used_by_fkey")),
        sa.CheckConstraint(
            "invite_type IN ('email', 'link')",
            name=op.f("collaboration_invites_invite_type_check"),
        ),
        sa.CheckConstraint(
            "role IN ('owner', 'editor', 'viewer')",
            name=op.f("collaboration_invites_role_check"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'accepted', 'expired', 'cancelled')",
            name=op.f("collaboration_invites_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_collaboration_invites_album", "collaboration_invites", ["album_id"])
    op.create_index("idx_collaboration_invites_email", "collaboration_invites", ["email"])
    op.create_index("idx_collaboration_invites_invited_by", "collaboration_invites", ["invited_by"])
    op.create_index("idx_collaboration_invites_used_by", "collaboration_invites", ["used_by"])
    op.create_rule(
        default_for_null(
            "collaboration_invites",
            [
                "id",
                "invite_type",
                "role",
                "can_upload",
                "can_edit",
                "can_delete",
                "can_manage",
                "can_invite",
                "status",
                "created_at",
            ],
        )
    )


def downgrade() -> None:
    op.drop_table("collaboration_invites")
    op.drop_table("album_collaborators")
