"""Products with one published revision, their variants and stock."""

from __future__ import annotations

from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    Category,
    CategoryText,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionState,
    Variant,
)
from marketplace.inventory.models import Movement, MovementKind, StockItem, VariantStock
from marketplace.sellers.models import Shop
from tests.conftest import NOW
from tests.factories.shops import make_shop

_numbers = count(1)


def make_category(session: Session, slug: str = "gula") -> Category:
    """Return the category of this slug, made once per test."""
    found = session.scalar(select(Category).where(Category.slug == slug))
    if found is not None:
        return found
    category = Category(slug=slug, position=1)
    session.add(category)
    session.flush()
    session.add_all(
        CategoryText(category_id=category.id, language=language, name=slug.title()) for language in ("id", "en", "ko")
    )
    session.flush()
    return category


def make_product(session: Session, *, shop: Shop | None = None, category: str = "gula", name: str = "Gula Semut Aren",
                 state: ProductState = ProductState.PUBLISHED, **given: Any) -> Product:  # fmt: skip
    """Return a product whose first revision is approved and published. It has no variant yet."""
    shop = shop or make_shop(session)
    values: dict[str, Any] = {"ship_flags": [], "created_at": NOW, "published_at": NOW, "district_code": shop.district_code}
    product = Product(shop_id=shop.id, slug=f"barang-{next(_numbers)}", state=state, **(values | given))
    session.add(product)
    session.flush()
    revision = ProductRevision(product_id=product.id, number=1, state=RevisionState.APPROVED, created_at=NOW,
                               category_id=make_category(session, category).id)  # fmt: skip
    session.add(revision)
    session.flush()
    session.add_all(ProductText(revision_id=revision.id, language=language, name=name, summary="", description="")
                    for language in ("id", "en", "ko"))  # fmt: skip
    product.published_revision_id = revision.id
    session.flush()
    return product


def make_variant(session: Session, *, product: Product | None = None, price_minor: int = 25_000, stock: int = 10,
                 is_tracked: bool = True, **given: Any) -> Variant:  # fmt: skip
    """Return a variant with `stock` base units on hand (its receipt is in the movements)."""
    product = product or make_product(session)
    n = next(_numbers)
    values: dict[str, Any] = {"sku": f"SKU-{n}", "ship_weight_grams": 545, "net_weight_grams": 500,
                              "length_mm": 160, "width_mm": 60, "height_mm": 240}  # fmt: skip
    variant = Variant(product_id=product.id, shop_id=product.shop_id, price_minor=price_minor, **(values | given))
    session.add(variant)
    session.flush()
    item = StockItem(shop_id=product.shop_id, label=variant.sku, is_tracked=is_tracked, on_hand=stock)
    session.add(item)
    session.flush()
    session.add(VariantStock(variant_id=variant.id, stock_item_id=item.id, units_per_step=variant.step_units))
    if stock:
        session.add(Movement(stock_item_id=item.id, at=NOW, kind=MovementKind.RECEIVED, on_hand_change=stock))
    session.flush()
    return variant
