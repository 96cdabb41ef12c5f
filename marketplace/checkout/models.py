"""Tables of carts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.models import Person
from marketplace.catalog.models import Variant
from marketplace.db import Document, Model
from marketplace.kernel.ids import CartId, PersonId, VariantId


class Cart(Model):
    """What somebody means to buy, across sellers. The cookie holds a secret, the row its digest."""

    __tablename__ = "cart"

    id: Mapped[CartId] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey(Person.id), index=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    draft: Mapped[Document]  # what was typed and picked at checkout so far, so that nothing is lost


class CartLine(Model):
    """A variant in a cart. `seen_price_minor` is the price the buyer last saw, so that a change can be announced."""

    __tablename__ = "cart_line"
    __table_args__ = (UniqueConstraint("cart_id", "variant_id"), CheckConstraint("quantity > 0", name="positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[CartId] = mapped_column(ForeignKey(Cart.id, ondelete="CASCADE"))
    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id))
    quantity: Mapped[int]
    seen_price_minor: Mapped[int]
    added_at: Mapped[datetime]
