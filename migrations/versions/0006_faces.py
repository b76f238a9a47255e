"""Faces found on photos.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pis_data.schema.base import new_id, now
from pis_data.schema.columns import TABLE_OPTIONS
from pis_data.schema.triggers import default_for_null
from pis_data.schema.types import Embedding, Id, Instant, Json, keeps_vectors

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if keeps_vectors(op.get_context().dialect):  # PIS_VECTOR=pgvector
        op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    op.create_table(
        "face_embeddings",
        sa.Column("id", Id(), server_default=new_id(), nullable=False),
        sa.Column("photo_id", Id(), nullable=False),
        sa.Column("album_id", Id(), nullable=False),
        sa.Column("embedding", Embedding()),
        sa.Column("face_location", Json()),
        sa.Column("created_at", Instant(), server_default=now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("face_embeddings_pkey")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photos.id"], name=op.f("face_embeddings_photo_id_fkey"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("face_embeddings_album_id_fkey"), ondelete="CASCADE"
        ),
        **TABLE_OPTIONS,
    )
    op.create_index("idx_face_embeddings_album_id", "face_embeddings", ["album_id"])
    op.create_index("idx_face_embeddings_photo_id", "face_embeddings", ["photo_id"])
    op.create_rule(default_for_null("face_embeddings", ["id", "created_at"]))


def downgrade() -> None:
    op.drop_table("face_embeddings")
