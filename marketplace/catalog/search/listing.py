"""Which public pages the catalogue has, for the sitemap."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Category
from marketplace.catalog.search.models import SearchRow
from marketplace.language.languages import DEFAULT
from marketplace.sellers.models import Shop
from marketplace.sellers.queries import is_public


def listed_pages(session: Session, *, limit: int) -> list[tuple[str, str]]:
    """Return (kind, slug) of categories, public shops and listed products, newest goods first. Three statements."""
    shelves = session.scalars(select(Category.slug).order_by(Category.position))
    shops = session.scalars(select(Shop.slug).where(is_public()).order_by(Shop.id).limit(limit))
    goods = session.scalars(
        select(SearchRow.slug)
        .join(Shop, Shop.id == SearchRow.shop_id)
        .where(SearchRow.language == DEFAULT, SearchRow.listed, is_public())
        .order_by(SearchRow.rank_new.desc(), SearchRow.product_id)
        .limit(limit)
    )
    found = [("category", slug) for slug in shelves]
    return found + [("shop", slug) for slug in shops] + [("product", slug) for slug in goods]
