"""Tables of what is sold: variants with price, weight and box, their labels and price tiers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ProductId, ShopId, VariantId
from marketplace.kernel.money import Currency
from marketplace.sellers.models import Shop

from .definitions import AttributeChoice
from .products import Product


class Variant(Model):
    """What has a price, a weight and stock. The buyer's quantity counts steps of `step_units` base units."""

    __tablename__ = "variant"
    __table_args__ = (
        UniqueConstraint("shop_id", "sku"),
        CheckConstraint("price_minor > 0", name="price_positive"),
        CheckConstraint("was_price_minor IS NULL OR was_price_minor > price_minor", name="was_price_higher"),
        CheckConstraint("step_units > 0 AND min_steps > 0", name="step_positive"),
        CheckConstraint("ship_weight_grams > 0 AND net_weight_grams >= 0", name="weight_positive"),
        CheckConstraint("length_mm > 0 AND width_mm > 0 AND height_mm > 0", name="box_positive"),
    )

    id: Mapped[VariantId] = mapped_column(primary_key=True)
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), index=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id))
    sku: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)
    price_minor: Mapped[int]  # tax included, for one step
    was_price_minor: Mapped[int | None]
    currency: Mapped[Currency] = mapped_column(value_enum(Currency), default=Currency.IDR)
    unit: Mapped[str] = mapped_column(String(12), default="piece")  # piece, pack, kg, metre, box, kodi
    step_units: Mapped[int] = mapped_column(default=1)  # base units (pieces, grams, millimetres) in one step
    min_steps: Mapped[int] = mapped_column(default=1)
    net_weight_grams: Mapped[int] = mapped_column(default=0)  # of one step, for the unit price of food
    ship_weight_grams: Mapped[int]  # of one step, packed
    length_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    image_hash: Mapped[str | None] = mapped_column(ForeignKey(StoredImage.hash))
    moq_steps: Mapped[int | None]  # least quantity for export
    carton_units: Mapped[int | None]  # steps in one export carton
    carton_length_mm: Mapped[int | None]
    carton_width_mm: Mapped[int | None]
    carton_height_mm: Mapped[int | None]
    carton_gross_grams: Mapped[int | None]


class VariantText(Model):
    """A variant's label in one language; none where a product has a single variant."""

    __tablename__ = "variant_text"

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))


class VariantAttribute(Model):
    """A choice that one variant stands for (size L, flavour sweet); filters find the product by it."""

    __tablename__ = "variant_attribute"

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey(AttributeChoice.id), primary_key=True)


class PriceTier(Model):
    """A lower price for one step when at least `min_steps` are bought."""

    __tablename__ = "price_tier"
    __table_args__ = (CheckConstraint("price_minor > 0 AND min_steps > 1", name="sensible"),)

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    min_steps: Mapped[int] = mapped_column(primary_key=True)
    price_minor: Mapped[int]
