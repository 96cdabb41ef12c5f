"""Tables of curation."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalog.models import Product
from marketplace.db import Document, Model
from marketplace.kernel.ids import PersonId, ProductId, ShopId
from marketplace.sellers.models import Shop


class Pick(Model):
    """A product put forward in a slot (`home`, `category:batik` …) for a time. `ends_at` is exclusive."""

    __tablename__ = "pick"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="window"),
        Index("ix_pick_slot", "slot", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(String(80))
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), index=True)
    position: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    author_id: Mapped[PersonId | None]
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")  # what a curator saw; every act raises it


class PickText(Model):
    """Why it was picked, in one language."""

    __tablename__ = "pick_text"

    pick_id: Mapped[int] = mapped_column(ForeignKey(Pick.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))


class Collection(Model):
    """A named set of products by hand, shown for a time."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    position: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    author_id: Mapped[PersonId | None]
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class CollectionText(Model):
    """A collection's words in one language."""

    __tablename__ = "collection_text"

    collection_id: Mapped[int] = mapped_column(ForeignKey(Collection.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(String(400), default="")


class CollectionItem(Model):
    """A product in a collection."""

    __tablename__ = "collection_item"

    collection_id: Mapped[int] = mapped_column(ForeignKey(Collection.id), primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), primary_key=True, index=True)
    position: Mapped[int]


class FeaturedShop(Model):
    """A maker whose story the home page tells for a time."""

    __tablename__ = "featured_shop"

    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    position: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class FeaturedShopText(Model):
    """The line that leads to the maker's story, in one language."""

    __tablename__ = "featured_shop_text"

    featured_id: Mapped[int] = mapped_column(ForeignKey(FeaturedShop.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    teaser: Mapped[str] = mapped_column(String(400), default="")


class CurationAct(Model):
    """One act on picks, with what they were before and their versions after it: what taking it back needs."""

    __tablename__ = "curation_act"
    __table_args__ = (Index("ix_curation_act_actor", "actor_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[PersonId]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[Document]
    undone_at: Mapped[datetime | None]


class Exposure(Model):
    """How often a product's card was seen on one kind of page on one day (WIB). Nothing says by whom."""

    __tablename__ = "exposure"
    __table_args__ = (CheckConstraint("impressions > 0", name="counted"), Index("ix_exposure_day", "day", "product_id"))

    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    surface: Mapped[str] = mapped_column(String(20), primary_key=True)
    impressions: Mapped[int]
