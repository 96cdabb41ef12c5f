"""Keep the merchant codes that buyers scan, and which one a payment was opened on.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "qris_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("payload", sa.String(512), nullable=False),
        sa.Column("merchant_name", sa.String(25), nullable=False),
        sa.Column("merchant_city", sa.String(15), nullable=False),
        sa.Column("nmid", sa.String(15), nullable=False),
        sa.Column("bank_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("registered_at", INSTANT, nullable=False),
        sa.Column("registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("activated_at", INSTANT, nullable=True),
        sa.Column("activated_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.Column("retired_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "is_active = (activated_at IS NOT NULL AND retired_at IS NULL)", name=op.f("ck_qris_code_active_between")
        ),
        sa.ForeignKeyConstraint(["bank_account_id"], ["bank_account.id"], name=op.f("fk_qris_code_bank_account_id_bank_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qris_code")),
    )
    op.create_index(
        "uq_qris_code_active", "qris_code", ["is_active"], unique=True,
        sqlite_where=sa.text("is_active"), postgresql_where=sa.text("is_active"),
    )  # fmt: skip
    # In one statement, as SQLite adds no constraint to a table that stands.
    kind = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE payment ADD COLUMN qris_code_id {kind} "
        "CONSTRAINT fk_payment_qris_code_id_qris_code REFERENCES qris_code (id)"
    )


def downgrade() -> None:
    op.drop_column("payment", "qris_code_id")
    op.drop_index("uq_qris_code_active", table_name="qris_code")
    op.drop_table("qris_code")
