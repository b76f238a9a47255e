"""ZIP packages.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import new_id, now
from pis_data.schema.columns import TABLE_OPTIONS, nulls_first
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import BigInteger, Boolean, Id, IdList, Instant, LongText, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "package_downloads",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("photo_ids", IdList(), nullable=False),
        sa.Column("include_watermarked", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("include_original", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status", Text(50), server_default="pending", nullable=False),
        sa.Column("zip_key", Text(500)),
        sa.Column("file_size", BigInteger()),
        sa.Column("download_url", LongText()),
        sa.Column("expires_at", Instant()),
        sa.Column("completed_at", Instant()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("package_downloads_pkey")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("package_downloads_album_id_fkey"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'processing', 'completed', 'failed')",
            name=op.f("package_downloads_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index(
        "idx_package_downloads_album_created", "package_downloads", ["album_id", "created_at", "id"]
    )
    op.create_index("idx_package_downloads_expires", "package_downloads", [nulls_first("expires_at"), "id"])
    op.create_index(
        "idx_package_downloads_status_created", "package_downloads", ["status", "created_at", "id"]
    )
    op.create_rule(updated_at("package_downloads"))
    op.create_rule(
        default_for_null(
            "package_downloads",
            ["id", "include_watermarked", "include_original", "status", "created_at", "updated_at"],
        )
    )


def downgrade() -> None:
    op.drop_table("package_downloads")
