"""What visitors did.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null, updated_at
from pis_data.schema.types import BigInteger, Day, Id, Instant, Integer, LongText, Text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "album_views",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("viewer_ip", Text(45)),
        sa.Column("viewer_ua", LongText()),
        sa.Column("viewer_referer", LongText()),
        sa.Column("viewer_country", Text(100)),
        sa.Column("viewer_city", Text(100)),
        sa.Column("device_type", Text(20)),
        sa.Column("browser", Text(50)),
        sa.Column("os", Text(50)),
        sa.Column("session_id", Text(100)),
        sa.Column("viewed_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("album_views_pkey")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("album_views_album_id_fkey"), ondelete="CASCADE"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_album_views_album_viewed", "album_views", ["album_id", "viewed_at", "id"])
    op.create_index("idx_album_views_session_viewed", "album_views", ["album_id", "session_id", "viewed_at"])
    op.create_index("idx_album_views_viewed_at", "album_views", ["viewed_at"])
    op.create_rule(default_for_null("album_views", ["id", "viewed_at"]))

    op.create_table(
        "photo_views",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("photo_id", Id(), nullable=False),
        sa.Column("album_id", Id()),
        sa.Column("viewer_ip", Text(45)),
        sa.Column("session_id", Text(100)),
        sa.Column("viewed_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("photo_views_pkey")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("photo_views_photo_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("photo_views_album_id_fkey"), ondelete="SET NULL"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_photo_views_album_viewed", "photo_views", ["album_id", "viewed_at"])
    op.create_index("idx_photo_views_photo_viewed", "photo_views", ["photo_id", "viewed_at"])
    op.create_index("idx_photo_views_viewed_at", "photo_views", ["viewed_at"])
    op.create_rule(default_for_null("photo_views", ["id", "viewed_at"]))

    op.create_table(
        "download_logs",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("photo_id", Id()),
        sa.Column("album_id", Id()),
        sa.Column("download_type", Text(20), nullable=False),
        sa.Column("file_count", Integer(), server_default="1", nullable=False),
        sa.Column("total_size", BigInteger()),
        sa.Column("downloader_ip", Text(45)),
        sa.Column("session_id", Text(100)),
        sa.Column("downloaded_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("download_logs_pkey")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("download_logs_photo_id_fkey"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("download_logs_album_id_fkey"), ondelete="SET NULL"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_download_logs_album_downloaded", "download_logs", ["album_id", "downloaded_at"])
    op.create_index("idx_download_logs_downloaded_at", "download_logs", ["downloaded_at"])
    op.create_index("idx_download_logs_photo_id", "download_logs", ["photo_id"])
    op.create_rule(default_for_null("download_logs", ["id", "file_count", "downloaded_at"]))

    op.create_table(
        "daily_stats",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("stat_date", Day(), nullable=False),
        sa.Column("album_id", Id()),
        sa.Column("view_count", Integer(), server_default="0", nullable=False),
        sa.Column("unique_visitors", Integer(), server_default="0", nullable=False),
        sa.Column("photo_view_count", Integer(), server_default="0", nullable=False),
        sa.Column("download_count", Integer(), server_default="0", nullable=False),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.Column("updated_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("daily_stats_pkey")),
        sa.UniqueConstraint("stat_date", "album_id", name=op.f("daily_stats_stat_date_album_id_key")),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("daily_stats_album_id_fkey"), ondelete="CASCADE"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_daily_stats_album_date", "daily_stats", ["album_id", "stat_date"])
    op.create_rule(updated_at("daily_stats"))
    op.create_rule(
        default_for_null(
            "daily_stats",
            [
                "id",
                "view_count",
                "unique_visitors",
                "photo_view_count",
                "download_count",
                "created_at",
                "updated_at",
            ],
        )
    )


def downgrade() -> None:
    op.drop_table("daily_stats")
    op.drop_table("download_logs")
    op.drop_table("photo_views")
    op.drop_table("album_views")
