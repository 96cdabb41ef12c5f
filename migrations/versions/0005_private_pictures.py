"""Keep pictures that nobody approved yet apart from the public ones.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Every picture kept so far is public.
    op.add_column("stored_image", sa.Column("is_public", sa.Boolean, nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("stored_image", "is_public")
