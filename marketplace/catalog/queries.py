"""Reads for product and category pages: frozen rows from explicit columns, at most five statements a product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from marketplace.files.models import StoredImage
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ProductId
from marketplace.language.languages import DEFAULT, Language
from marketplace.sellers.queries import Moved, PermitBadge, read_widths

from .cards import Card, card_of, card_select
from .models import (
    Attribute,
    AttributeText,
    Category,
    CategoryAttribute,
    CategoryText,
    Product,
    ProductSlug,
    ProductState,
)
from .pages import CategoryCard, CategoryPage, Fact, FilterName, Photo, ProductPage
from .parts import read_facts, read_permits, read_photos, read_variants
from .product_heads import page_of, read_head
from .search.facet_cache import CachePerDatabase
from .search.models import SearchRow

__all__ = ["Moved", "Related", "categories", "category_page", "product_page", "related"]

RELATED_CARDS = 8


@dataclass(frozen=True, slots=True)
class Settled:
    """What belongs to a revision and changes with nothing but the public version and the day: no price, no stock."""

    photos: tuple[Photo, ...]
    facts: tuple[Fact, ...]
    permits: tuple[PermitBadge, ...]


_settled: CachePerDatabase[Settled] = CachePerDatabase(most=1_000)


@dataclass(frozen=True, slots=True)
class Related:
    """What else to look at: more from the same maker, and more of the same shelf by others."""

    from_shop: tuple[Card, ...]
    from_category: tuple[Card, ...]


def product_page(
    session: Session, slug: str, language: Language, now: datetime, *, version: int | None = None
) -> ProductPage | Moved | None:
    """Return the page of a published product of an active, verified shop, where an old slug leads, or None.

    Words come in the reader's language where they exist, else in Indonesian, and the page says so. Five statements; two where
    `version`, the public version the page is made for, lets this process keep what belongs to the revision.
    """
    head = read_head(session, slug, language)
    if head is None:
        return _moved(session, slug)

    def make() -> Settled:
        return Settled(
            photos=read_photos(session, head.revision_id, language),
            facts=read_facts(session, head.revision_id, head.category_id, language),
            permits=read_permits(session, head.revision_id, head.shop_id, now),
        )

    key = (head.revision_id, head.category_id, language, local_day(now), version)
    settled = make() if version is None else _settled.get(session, key, make)
    variants = read_variants(session, head.id, language, is_food=head.shelf_life_days is not None)
    return page_of(head, language, now, photos=settled.photos, variants=variants, facts=settled.facts, permits=settled.permits)


def related(session: Session, product: ProductPage, language: Language) -> Related:
    """Return cards of the same shop and of the same category by other shops, best-selling first. Two statements."""
    given = {"product": product.id, "shop": product.shop.id, "category": product.category_id}
    same_shop, same_shelf = _related_of(language)
    return Related(
        from_shop=tuple(map(card_of, session.execute(same_shop, given))),
        from_category=tuple(map(card_of, session.execute(same_shelf, given))),
    )


@cache
def _related_of(language: Language) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Return the statements for the same shop and for the same shelf elsewhere, built once a language."""
    others = card_select(language).where(SearchRow.product_id != bindparam("product"))
    by_sales = (SearchRow.is_available.desc(), SearchRow.sold.desc(), SearchRow.rank_new.desc(), SearchRow.product_id)
    same_shop = others.where(SearchRow.shop_id == bindparam("shop")).order_by(*by_sales).limit(RELATED_CARDS)
    same_shelf = others.where(SearchRow.category_id == bindparam("category"), SearchRow.shop_id != bindparam("shop"))
    return same_shop, same_shelf.order_by(*by_sales).limit(RELATED_CARDS)


def categories(session: Session, language: Language) -> tuple[CategoryCard, ...]:
    """Return every category in its order. One statement; counts are search's to say."""
    return tuple(_read_categories(session, language))


def category_page(session: Session, slug: str, language: Language) -> CategoryPage | None:
    """Return a category and the names of its filters, in their order, or None. Two statements."""
    found = _read_categories(session, language, slug)
    if not found:
        return None
    wanted, plain = aliased(AttributeText), aliased(AttributeText)
    names = session.execute(
        select(Attribute.code, func.coalesce(wanted.name, plain.name))
        .join(CategoryAttribute, CategoryAttribute.attribute_id == Attribute.id)
        .outerjoin(wanted, and_(wanted.attribute_id == Attribute.id, wanted.language == language))
        .join(plain, and_(plain.attribute_id == Attribute.id, plain.language == DEFAULT))
        .where(CategoryAttribute.category_id == found[0].id, Attribute.is_filterable)
        .order_by(CategoryAttribute.position, Attribute.id)
    )
    return CategoryPage(card=found[0], filters=tuple(FilterName(code=code, name=name) for code, name in names))


def _read_categories(session: Session, language: Language, slug: str | None = None) -> list[CategoryCard]:
    wanted, plain = aliased(CategoryText), aliased(CategoryText)
    query = (
        select(
            Category.id, Category.slug, func.coalesce(wanted.name, plain.name),
            func.coalesce(func.nullif(wanted.description, ""), plain.description), Category.picture_hash, StoredImage.widths,
        )
        .outerjoin(wanted, and_(wanted.category_id == Category.id, wanted.language == language))
        .join(plain, and_(plain.category_id == Category.id, plain.language == DEFAULT))
        .outerjoin(StoredImage, StoredImage.hash == Category.picture_hash)
        .order_by(Category.position, Category.id)
    )  # fmt: skip
    rows = session.execute(query if slug is None else query.where(Category.slug == slug))
    return [
        CategoryCard(id=id_, slug=slug, name=name, description=words, picture_hash=picture, picture_widths=read_widths(widths))
        for id_, slug, name, words, picture, widths in rows
    ]


def _moved(session: Session, slug: str) -> Moved | None:
    found = session.scalar(
        select(Product.slug)
        .join(ProductSlug, ProductSlug.product_id == Product.id)
        .where(ProductSlug.slug == slug, Product.slug != slug, Product.state == ProductState.PUBLISHED)
    )
    return Moved(found) if found is not None else None


def product_id_of(session: Session, slug: str) -> ProductId | None:
    """Return which product has this slug now, whatever its state."""
    return session.scalar(select(Product.id).where(Product.slug == slug))
