"""Let the office send shops, papers and listings back with reasons, and give the roles their new rights.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
WORDS = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
# Where a thing is sent back, with the time that is new there.
RETURNED = (("shop", ("submitted_at", "returned_at")), ("permit", ("returned_at",)), ("product_revision", ("submitted_at",)))
SELLER = ("seller:shop:edit", "seller:permit:edit", "seller:product:edit", "seller:stock:edit")
OWNER = ("seller:balance:view", "seller:bank:edit")
VERIFIER = (
    "staff:shop:verify", "staff:shop:suspend", "staff:permit:verify", "staff:listing:verify", "staff:review:moderate",
)  # fmt: skip
ADMIN = (
    *VERIFIER, "staff:curation:edit", "staff:audit:view", "staff:role:edit", "staff:setting:view", "staff:setting:edit",
    "staff:bank:edit",
)  # fmt: skip
RIGHTS = {
    "owner": SELLER + OWNER,
    "shop_staff": SELLER,
    "verifier": VERIFIER,
    "curator": ("staff:curation:edit", "staff:review:moderate"),
    "finance": ("staff:setting:view", "staff:bank:edit"),
    "admin": ADMIN,
}


def upgrade() -> None:
    for table, instants in RETURNED:
        for name in instants:
            op.add_column(table, sa.Column(name, INSTANT, nullable=True))
        op.add_column(table, sa.Column("return_reasons", WORDS, nullable=False, server_default=sa.text("'[]'")))
        op.add_column(table, sa.Column("return_words", sa.String(500), nullable=False, server_default=""))
    rights = sa.table("role_permission", sa.column("role", sa.String), sa.column("permission", sa.String))
    for role, permissions in RIGHTS.items():
        # A market not set up yet gets its first rights all at once, from the code.
        is_set_up = sa.exists().where(rights.c.role == role)
        for permission in permissions:
            op.execute(
                rights.insert().from_select(["role", "permission"], sa.select(sa.literal(role), sa.literal(permission)).where(is_set_up))
            )


def downgrade() -> None:
    given = sorted({permission for permissions in RIGHTS.values() for permission in permissions})
    rights = sa.table("role_permission", sa.column("permission", sa.String))
    op.execute(rights.delete().where(rights.c.permission.in_(given)))
    for table, instants in reversed(RETURNED):
        for name in ("return_words", "return_reasons", *reversed(instants)):
            op.drop_column(table, name)
