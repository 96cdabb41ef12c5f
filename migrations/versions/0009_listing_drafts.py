"""Keep what a seller is writing about goods apart from what the office judges.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
WORDS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "listing_draft",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("token", sa.String(24), nullable=False),
        sa.Column("shop_id", ROW_ID, nullable=False),
        sa.Column("product_id", ROW_ID, nullable=True),
        sa.Column("given", WORDS, nullable=False),
        sa.Column("photos", WORDS, nullable=False),
        sa.Column("created_by", ROW_ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_listing_draft_product_id_product")),
        sa.ForeignKeyConstraint(["shop_id"], ["shop.id"], name=op.f("fk_listing_draft_shop_id_shop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_draft")),
        sa.UniqueConstraint("product_id", name=op.f("uq_listing_draft_product_id")),
        sa.UniqueConstraint("token", name=op.f("uq_listing_draft_token")),
    )
    op.create_index(op.f("ix_listing_draft_shop_id"), "listing_draft", ["shop_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_listing_draft_shop_id"), table_name="listing_draft")
    op.drop_table("listing_draft")
