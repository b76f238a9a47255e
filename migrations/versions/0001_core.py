"""The core: accounts, albums, photos and their groups.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import empty_object, new_id, now
from pis_data.schema.columns import TABLE_OPTIONS, nulls_first, only_where
from pis_data.schema.triggers import default_for_null, functions, updated_at, updated_at_of_albums
from pis_data.schema.types import BigInteger, Boolean, Id, Instant, Integer, Json, LongText, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_rule(functions())
    op.create_table(
        "pis_meta",
        sa.Column("key", Text(100), nullable=False),
        sa.Column("value", Text(500), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pis_meta_pkey")),
        **TABLE_OPTIONS,
    )

    op.create_table(
        "users",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("email", Text(255), nullable=False),
        sa.Column("password_hash", Text(500)),
        sa.Column("role", Text(50), server_default="guest", nullable=False),
        sa.Column("is_active", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("last_login_at", Instant()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.Column("deleted_at", Instant()),
        sa.Column("full_name", LongText()),
        sa.Column("avatar_url", LongText()),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("email", name=op.f("users_email_key")),
        sa.CheckConstraint(
            "role IN ('admin', 'photographer', 'retoucher', 'guest', 'viewer')",
            name=op.f("users_role_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_rule(updated_at("users"))
    op.create_rule(default_for_null("users", ["id", "role", "is_active", "created_at", "updated_at"]))

    op.create_table(
        "albums",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("title", Text(255), nullable=False),
        sa.Column("slug", Text(255), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("cover_photo_id", Id()),
        sa.Column("photo_count", Integer(), server_default="0", nullable=False),
        sa.Column("password", Text(255)),
        sa.Column("upload_token", Text(255)),
        sa.Column("expires_at", Instant()),
        sa.Column("is_public", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("layout", Text(50), server_default="masonry", nullable=False),
        sa.Column("sort_rule", Text(50), server_default="capture_desc", nullable=False),
        sa.Column("allow_download", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("allow_batch_download", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("show_exif", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("allow_share", Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("watermark_enabled", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("watermark_type", Text(50), server_default="text"),
        sa.Column("watermark_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("color_grading", Json(), server_default=empty_object()),
        sa.Column("enable_human_retouch", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("enable_ai_retouch", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ai_retouch_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("share_title", Text(255)),
        sa.Column("share_description", LongText()),
        sa.Column("share_image_url", Text(500)),
        sa.Column("poster_image_url", Text(500)),
        sa.Column("event_date", Instant()),
        sa.Column("location", LongText()),
        sa.Column("is_live", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("template_id", Text(100)),
        sa.Column("template_config", Json(), server_default=empty_object(), nullable=False),
        sa.Column("title_translations", Json(), server_default=empty_object(), nullable=False),
        sa.Column("description_translations", Json(), server_default=empty_object(), nullable=False),
        sa.Column("share_title_translations", Json(), server_default=empty_object(), nullable=False),
        sa.Column("share_description_translations", Json(), server_default=empty_object(), nullable=False),
        sa.Column("selected_count", Integer(), server_default="0", nullable=False),
        sa.Column("view_count", Integer(), server_default="0", nullable=False),
        sa.Column("metadata", Json(), server_default=empty_object(), nullable=False),
        sa.Column("owner_id", Id()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.Column("deleted_at", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("albums_pkey")),
        sa.UniqueConstraint("slug", name=op.f("albums_slug_key")),
        sa.ForeignKeyConstraint(
            ["cover_photo_id"],
            ["photos.id"],
            name=op.f("albums_cover_photo_id_fkey"),
            ondelete="SET NULL",
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("albums_owner_id_fkey")),
        sa.CheckConstraint(
            "layout IN ('masonry', 'grid', 'carousel')",
            name=op.f("albums_layout_check"),
        ),
        sa.CheckConstraint(
            "sort_rule IN ('capture_desc', 'capture_asc', 'manual')",
            name=op.f("albums_sort_rule_check"),
        ),
        sa.CheckConstraint(
            "watermark_type IN ('text', 'logo')",
            name=op.f("albums_watermark_type_check"),
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_albums_cover_photo_id", "albums", ["cover_photo_id"])
    op.create_index(
        "idx_albums_live_created", "albums", ["created_at", "id"], **only_where("deleted_at IS NULL")
    )
    op.create_index("idx_albums_owner_id", "albums", ["owner_id"])
    op.create_index(
        "idx_albums_public_created",
        "albums",
        ["is_public", "created_at", "id"],
        **only_where("is_public AND deleted_at IS NULL", sqlite="deleted_at IS NULL"),
    )
    op.create_index(
        "idx_albums_trash",
        "albums",
        [nulls_first("deleted_at"), "id"],
        **only_where("deleted_at IS NOT NULL"),
    )
    op.create_rule(updated_at_of_albums())
    op.create_rule(
        default_for_null(
            "albums",
            [
                "id",
                "photo_count",
                "is_public",
                "layout",
                "sort_rule",
                "allow_download",
                "allow_batch_download",
                "show_exif",
                "allow_share",
                "watermark_enabled",
                "watermark_config",
                "enable_human_retouch",
                "enable_ai_retouch",
                "ai_retouch_config",
                "is_live",
                "template_config",
                "title_translations",
                "description_translations",
                "share_title_translations",
                "share_description_translations",
                "selected_count",
                "view_count",
                "metadata",
                "created_at",
                "updated_at",
            ],
        )
    )

    op.create_table(
        "photos",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("filename", Text(255), nullable=False),
        sa.Column("original_key", Text(500), nullable=False),
        sa.Column("thumb_key", Text(500)),
        sa.Column("preview_key", Text(500)),
        sa.Column("width", Integer()),
        sa.Column("height", Integer()),
        sa.Column("file_size", BigInteger()),
        sa.Column("mime_type", Text(100)),
        sa.Column("blur_data", LongText()),
        sa.Column("hash", Text(64)),
        sa.Column("exif", Json(), server_default=empty_object()),
        sa.Column("rotation", Integer(), server_default="0"),
        sa.Column("sort_order", Integer(), server_default="0", nullable=False),
        sa.Column("status", Text(50), server_default="pending", nullable=False),
        sa.Column("retoucher_id", Id()),
        sa.Column("is_selected", Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("captured_at", Instant()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.Column("deleted_at", Instant()),
        sa.PrimaryKeyConstraint("id", name=op.f("photos_pkey")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("photos_album_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["retoucher_id"], ["users.id"], name=op.f("photos_retoucher_id_fkey"), ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "rotation IN (0, 90, 180, 270)",
            name=op.f("photos_rotation_check"),
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'pending_retouch', 'retouching', 'processing', 'completed', 'failed')",
            name=op.f("photos_status_check"),
        ),
        **TABLE_OPTIONS,
    )
    # The first: MySQL 9.7 minds the foreign key by the first index that begins with its column, and passes
    # over rows that hold a NULL in the rest of that index.
    op.create_index(
        "idx_photos_album_status", "photos", ["album_id", "status"], **only_where("deleted_at IS NULL")
    )
    op.create_index(
        "idx_photos_album_captured",
        "photos",
        ["album_id", nulls_first("captured_at"), "id", "status"],
        **only_where("deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_created",
        "photos",
        ["album_id", "created_at", "id", "status"],
        **only_where("deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_filename",
        "photos",
        ["album_id", "filename", "file_size"],
        **only_where("deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_hash",
        "photos",
        ["album_id", "hash"],
        **only_where("hash IS NOT NULL AND deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_manual",
        "photos",
        ["album_id", "sort_order", "id", "status"],
        **only_where("deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_selected",
        "photos",
        ["album_id", "is_selected", "sort_order", "id"],
        **only_where("is_selected AND deleted_at IS NULL", sqlite="deleted_at IS NULL"),
    )
    op.create_index(
        "idx_photos_album_trash",
        "photos",
        ["album_id", nulls_first("deleted_at"), "id"],
        **only_where("deleted_at IS NOT NULL"),
    )
    op.create_index("idx_photos_album_updated", "photos", ["album_id", "updated_at", "id"])
    op.create_index("idx_photos_retoucher_id", "photos", ["retoucher_id"])
    op.create_index(
        "idx_photos_trash",
        "photos",
        [nulls_first("deleted_at"), "id"],
        **only_where("deleted_at IS NOT NULL"),
    )
    op.create_index(
        "idx_photos_work",
        "photos",
        ["status", "created_at", "id"],
        **only_where("status <> 'completed' AND deleted_at IS NULL"),
    )
    op.create_rule(updated_at("photos"))
    op.create_rule(
        default_for_null("photos", ["id", "sort_order", "status", "is_selected", "created_at", "updated_at"])
    )
    if op.get_context().dialect.supports_alter:  # SQLite can't: it has the key from the start
        op.create_foreign_key(
            op.f("albums_cover_photo_id_fkey"),
            "albums",
            "photos",
            ["cover_photo_id"],
            ["id"],
            ondelete="SET NULL",
        )

    op.create_table(
        "photo_groups",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("name", Text(255), nullable=False),
        sa.Column("description", LongText()),
        sa.Column("sort_order", Integer(), server_default="0", nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("photo_groups_pkey")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("photo_groups_album_id_fkey"), ondelete="CASCADE"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index(
        "idx_photo_groups_album_order", "photo_groups", ["album_id", "sort_order", "created_at", "id"]
    )
    op.create_rule(updated_at("photo_groups"))
    op.create_rule(default_for_null("photo_groups", ["id", "sort_order", "created_at", "updated_at"]))

    op.create_table(
        "photo_group_assignments",
        sa.Column("photo_id", Id(), nullable=False),
        sa.Column("group_id", Id(), nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("photo_id", "group_id", name=op.f("photo_group_assignments_pkey")),
        sa.UniqueConstraint(
            "group_id", "photo_id", name=op.f("photo_group_assignments_group_id_photo_id_key")
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photos.id"],
            name=op.f("photo_group_assignments_photo_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["photo_groups.id"],
            name=op.f("photo_group_assignments_group_id_fkey"),
            ondelete="CASCADE",
        ),
        **TABLE_OPTIONS,
    )
    op.create_rule(default_for_null("photo_group_assignments", ["created_at"]))


def downgrade() -> None:
    op.drop_table("photo_group_assignments")
    op.drop_table("photo_groups")
    if op.get_context().dialect.supports_alter:
        op.drop_constraint(op.f("albums_cover_photo_id_fkey"), "albums", type_="foreignkey")
    op.drop_table("photos")
    op.drop_table("albums")
    op.drop_table("users")
    op.drop_table("pis_meta")
    op.drop_rule(functions())
