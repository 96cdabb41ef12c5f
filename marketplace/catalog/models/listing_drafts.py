"""What a seller is writing about goods, before the office is asked to judge it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Document, Model
from marketplace.kernel.ids import PersonId, ProductId, ShopId
from marketplace.sellers.models import Shop

from .products import Product


class ListingDraft(Model):
    """Words and photos as they were typed and sent, right or wrong; gone once the office has them. One per product."""

    __tablename__ = "listing_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(24), unique=True)  # its name in addresses
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    product_id: Mapped[ProductId | None] = mapped_column(ForeignKey(Product.id), unique=True)
    given: Mapped[Document]
    photos: Mapped[list[str]]  # hashes of stored images, the main one first
    created_by: Mapped[PersonId | None]
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]
