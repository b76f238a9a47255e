"""Albums' counters, kept by triggers on photos.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

from pis_data.schema.triggers import counters_read_only, photo_counters

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_rule(photo_counters())
    op.create_rule(counters_read_only())


def downgrade() -> None:
    op.drop_rule(counters_read_only())
    op.drop_rule(photo_counters())
