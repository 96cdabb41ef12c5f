"""Say when and why a review was refused.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REASONS = ("rude", "personal_data", "not_about_goods", "advertisement", "photo_unfit")


def upgrade() -> None:
    op.add_column("review", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    # In one statement, as SQLite adds no constraint to a table that stands.
    allowed = ", ".join(f"'{reason}'" for reason in REASONS)
    op.execute(f"ALTER TABLE review ADD COLUMN reason VARCHAR(32) CONSTRAINT ck_review_refusalreason CHECK (reason IN ({allowed}))")


def downgrade() -> None:
    op.drop_column("review", "reason")
    op.drop_column("review", "decided_at")
