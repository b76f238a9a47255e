"""Presets of album settings, and visual styles.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import empty_object, new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import Boolean, Id, Instant, Integer, Json, LongText, Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album_templates",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("name", Text(255), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("is_public", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("layout", Text(50), server_default="masonry", nullable=False),
        sa.Column("sort_rule", Text(50), server_default="capture_desc", nullable=False),
        sa.Column("allow_download", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("allow_batch_download", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("show_exif", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("password", Text(255)),
        sa.Column("expires_at", Instant()),
        sa.Column("watermark_enabled", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("watermark_type", Text(50)),
        sa.Column("watermark_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("album_templates_pkey")),
        sa.CheckConstraint(
            "layout IN ('masonry', 'grid', 'carousel')",
            name=op.f("album_templates_layout_check"),
        ),
        sa.CheckConstraint(
            "sort_rule IN ('capture_desc', 'capture_asc', 'manual')",
            name=op.f("album_templates_sort_rule_check"),
        ),
        sa.CheckConstraint(
            "watermark_type IN ('text', 'logo')",
            name=op.f("album_templates_watermark_type_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_rule(updated_at("album_templates"))
    op.create_rule(
        default_for_null(
            "album_templates",
            [
                "id",
                "is_public",
                "layout",
                "sort_rule",
                "allow_download",
                "allow_batch_download",
                "show_exif",
                "watermark_enabled",
                "watermark_config",
                "created_at",
                "updated_at",
            ],
        )
    )

    op.create_table(
        "style_templates",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("name", Text(200), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("category", Text(50), server_default="general", nullable=False),
        sa.Column("theme_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("typography_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("layout_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("hero_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("hover_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("animation_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("thumbnail_url", LongText()),
        sa.Column("is_builtin", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_public", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("sort_order", Integer(), server_default="0", nullable=False),
        sa.Column("created_by", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("style_templates_pkey")),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("style_templates_created_by_fkey")),
        **TABLE_OPTIONS,
    )
    op.create_index(
        "idx_style_templates_category_order",
        "style_templates",
        ["category", "sort_order", "created_at", "id"],
    )
    op.create_index("idx_style_templates_created_by", "style_templates", ["created_by"])
    op.create_rule(updated_at("style_templates"))
    op.create_rule(
        default_for_null(
            "style_templates",
            [
                "id",
                "category",
                "theme_config",
                "typography_config",
                "layout_config",
                "hero_config",
                "hover_config",
                "animation_config",
                "is_builtin",
                "is_public",
                "sort_order",
                "created_at",
                "updated_at",
            ],
        )
    )


def downgrade() -> None:
    op.drop_table("style_templates")
    op.drop_table("album_templates")
