"""A large catalogue for the bench: shops, goods, variants, stock and texts in three languages, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from marketplace.catalog.models import (
    ExportFit,
    Fulfilment,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionAttribute,
    RevisionPermit,
    RevisionPhoto,
    RevisionState,
    Variant,
    VariantAttribute,
    VariantText,
)
from marketplace.catalog.search.entries import LANGUAGES, row_id
from marketplace.catalog.search.indexing import reindex_all
from marketplace.catalog.search.models import SearchRow
from marketplace.demo.synthetic_facts import Fact, fact, rare_words
from marketplace.demo.synthetic_frame import Frame, lay_frame
from marketplace.demo.synthetic_queries import SyntheticQuery, queries
from marketplace.demo.synthetic_words import SIZES
from marketplace.inventory.models import Movement, MovementKind, StockItem, VariantStock
from marketplace.kernel.ids import ProductId

MOST_PRODUCTS = 500_000
_CHUNK = 1_000
_STOCK = 40


def generate(session: Session, *, products: int, seed: int = 1, now: datetime) -> tuple[SyntheticQuery, ...]:
    """Add `products` goods and index everything; return the hundred queries that measure them.

    For an empty or demo database: slugs carry the seed, so a second run needs another. Raises: ValueError above 500,000.
    """
    if not 0 < products <= MOST_PRODUCTS:
        raise ValueError(f"between 1 and {MOST_PRODUCTS} products")
    frame = lay_frame(session, products=products, seed=seed, now=now)
    ids: list[ProductId] = []
    for start in range(0, products, _CHUNK):
        facts = [fact(number, products, seed) for number in range(start, min(start + _CHUNK, products))]
        ids.extend(_add(session, facts, frame, products=products, seed=seed, now=now))
    reindex_all(session, now=now)
    for start in range(0, products, _CHUNK):
        _report(session, ids[start : start + _CHUNK], start, products, seed)
    return queries(products, seed)


def _add(
    session: Session, facts: Sequence[Fact], frame: Frame, *, products: int, seed: int, now: datetime
) -> Sequence[ProductId]:
    made = _ids(session, Product, [_product(one, frame, seed=seed, now=now) for one in facts])
    revisions = _ids(
        session, ProductRevision, [_revision(one, product, frame, now) for one, product in zip(facts, made, strict=True)]
    )
    linked = [{"id": product, "published_revision_id": revision} for product, revision in zip(made, revisions, strict=True)]
    session.execute(update(Product), linked)
    _describe(session, facts, revisions, frame, products)
    _sell(session, facts, made, frame, seed=seed, now=now)
    return made


def _product(one: Fact, frame: Frame, *, seed: int, now: datetime) -> dict[str, Any]:
    shop = frame.shop(one.number)
    published = now - timedelta(days=one.days_old, seconds=one.number % 86_400)
    return {
        "shop_id": shop.id,
        "slug": f"s{seed}-{one.kind.category}-{one.number}",
        "state": ProductState.PUBLISHED,
        "district_code": shop.district_code,
        "fulfilment": Fulfilment.READY if one.is_ready else Fulfilment.MADE_TO_ORDER,
        "lead_days": 0 if one.is_ready else 3 + one.number % 20,
        "ship_flags": [],
        "export_fit": ExportFit.YES if one.is_export_ready else ExportFit.NO,
        "created_at": published,
        "published_at": published,
    }


def _revision(one: Fact, product: int, frame: Frame, now: datetime) -> dict[str, Any]:
    return {
        "product_id": product,
        "number": 1,
        "state": RevisionState.APPROVED,
        "category_id": frame.categories[one.kind.category],
        "created_at": now,
        "decided_at": now,
    }


def _describe(session: Session, facts: Sequence[Fact], revisions: Sequence[int], frame: Frame, products: int) -> None:
    """Give every revision its words, colour, permit and photo."""
    pairs, rare = list(zip(facts, revisions, strict=True)), rare_words(products)
    texts = [
        {
            "revision_id": revision,
            "language": language,
            "name": one.name(language),
            "description": one.description(language, rare),
        }
        for one, revision in pairs
        for language in LANGUAGES
    ]
    session.execute(insert(ProductText), texts)
    colours = [
        {"revision_id": revision, "attribute_id": frame.colour_id, "choice_id": frame.colours[one.colour]}
        for one, revision in pairs
    ]
    session.execute(insert(RevisionAttribute), colours)
    permits = [
        {"revision_id": revision, "permit_id": frame.shop(one.number).permit_id} for one, revision in pairs if one.is_halal
    ]
    if permits:
        session.execute(insert(RevisionPermit), permits)
    if frame.images:
        photos = [
            {"revision_id": revision, "position": 1, "image_hash": frame.images[one.number % len(frame.images)]}
            for one, revision in pairs
        ]
        session.execute(insert(RevisionPhoto), photos)


def _sell(session: Session, facts: Sequence[Fact], made: Sequence[ProductId], frame: Frame, *, seed: int, now: datetime) -> None:
    """Give every product its variants, each with stock of its own that was received once."""
    wanted = [(one, product, size) for one, product in zip(facts, made, strict=True) for size in (one.sizes or ("",))]
    rows = [_variant(one, product, size, frame, seed) for one, product, size in wanted]
    variants = _ids(session, Variant, rows)
    items = _ids(
        session,
        StockItem,
        [{"shop_id": row["shop_id"], "label": row["sku"], "is_tracked": True, "on_hand": _STOCK} for row in rows],
    )
    pairs = list(zip(variants, items, strict=True))
    session.execute(
        insert(VariantStock), [{"variant_id": variant, "stock_item_id": item, "units_per_step": 1} for variant, item in pairs]
    )
    received = {"at": now, "kind": MovementKind.RECEIVED, "on_hand_change": _STOCK}
    session.execute(insert(Movement), [{"stock_item_id": item, **received} for item in items])
    sized = [(variant, size) for variant, (_, _, size) in zip(variants, wanted, strict=True) if size]
    if sized:
        session.execute(
            insert(VariantAttribute), [{"variant_id": variant, "choice_id": frame.sizes[size]} for variant, size in sized]
        )
        labels = [
            {"variant_id": variant, "language": language, "label": SIZES[size][at]}
            for variant, size in sized
            for at, language in enumerate(LANGUAGES)
        ]
        session.execute(insert(VariantText), labels)


def _variant(one: Fact, product: int, size: str, frame: Frame, seed: int) -> dict[str, Any]:
    position = 1 + (one.sizes.index(size) if size else 0)
    price = one.price_minor * (10 + 3 * (position - 1)) // 10
    return {
        "product_id": product,
        "shop_id": frame.shop(one.number).id,
        "sku": f"S{seed}-{one.number}-{position}",
        "position": position,
        "price_minor": price,
        "was_price_minor": price * 5 // 4 if one.number % 10 == 0 else None,
        "net_weight_grams": 250 * position,
        "ship_weight_grams": 300 * position,
        "length_mm": 160,
        "width_mm": 120,
        "height_mm": 80,
    }


def _report(session: Session, ids: Sequence[ProductId], start: int, products: int, seed: int) -> None:
    """Write what later floors would have reported about these goods."""
    rows: list[dict[str, Any]] = []
    for offset, product in enumerate(ids):
        one = fact(start + offset, products, seed)
        said = {"sold": one.sold, "rating_hundredths": one.rating_hundredths, "rating_count": one.rating_count}
        rows.extend({"id": row_id(product, language), **said} for language in LANGUAGES)
    session.execute(update(SearchRow), rows)


def _ids(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> Sequence[Any]:
    """Insert rows and return their ids in the same order."""
    return session.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows).all()
