"""Tables of reviews."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalog.models import Product
from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import OrderLineId, PersonId, ProductId, ShopId
from marketplace.orders.models import OrderLine
from marketplace.sellers.models import Shop


class ReviewState(StrEnum):
    """`waiting → shown | refused`; a shown one may be hidden again by staff."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


class RefusalReason(StrEnum):
    """Why the office does not show a review; disliking the goods is none."""

    RUDE = "rude"
    PERSONAL_DATA = "personal_data"
    NOT_ABOUT_GOODS = "not_about_goods"
    ADVERTISEMENT = "advertisement"
    PHOTO_UNFIT = "photo_unfit"


class Review(Model):
    """One review of one bought line: stars from 1 to 5, words, and at most one reply of the seller."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        Index("ix_review_product", "product_id", "state", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id))
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    line_id: Mapped[OrderLineId] = mapped_column(ForeignKey(OrderLine.id), unique=True)
    author_name: Mapped[str] = mapped_column(String(40))
    stars: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    words: Mapped[str] = mapped_column(String(2000), default="")
    state: Mapped[ReviewState] = mapped_column(value_enum(ReviewState), default=ReviewState.WAITING)
    created_at: Mapped[datetime]
    decided_by: Mapped[PersonId | None]
    decided_at: Mapped[datetime | None]
    reason: Mapped[RefusalReason | None] = mapped_column(value_enum(RefusalReason))
    reply: Mapped[str] = mapped_column(String(1000), default="")
    replied_at: Mapped[datetime | None]


class ReviewPhoto(Model):
    """A photo in a review."""

    __tablename__ = "review_photo"

    review_id: Mapped[int] = mapped_column(ForeignKey(Review.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    image_hash: Mapped[str] = mapped_column(ForeignKey(StoredImage.hash))
