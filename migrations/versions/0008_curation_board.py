"""Let curators work side by side and take acts back, and count what is seen.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    for table in ("pick", "collection"):
        op.add_column(table, sa.Column("version", WHOLE, nullable=False, server_default="1"))
    op.create_table(
        "curation_act",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("data", DOCUMENT, nullable=False),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_curation_act")),
    )
    op.create_index("ix_curation_act_actor", "curation_act", ["actor_id", "id"])
    op.create_table(
        "exposure",
        sa.Column("product_id", WHOLE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("surface", sa.String(20), nullable=False),
        sa.Column("impressions", WHOLE, nullable=False),
        sa.CheckConstraint("impressions > 0", name=op.f("ck_exposure_counted")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_exposure_product_id")),
        sa.PrimaryKeyConstraint("product_id", "day", "surface", name=op.f("pk_exposure")),
    )
    op.create_index("ix_exposure_day", "exposure", ["day", "product_id"])


def downgrade() -> None:
    op.drop_table("exposure")
    op.drop_table("curation_act")
    for table in ("collection", "pick"):
        op.drop_column(table, "version")
