"""Goods to choose from, with what decides about their turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Category, Product, ProductState
from marketplace.catalog.search.models import SearchRow
from marketplace.curation.exposure import MOST_GOODS
from marketplace.curation.models import Exposure, Pick
from marketplace.curation.planning import Standing
from marketplace.curation.rotation import COUNTED_OVER, Candidate, least_shown_first
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ProductId
from marketplace.language.languages import DEFAULT
from marketplace.places.models import District
from marketplace.sellers.holidays import is_on_holiday
from marketplace.sellers.models import Shop, ShopState

# How long goods have been listed: (from, before) in days.
AGES = {"new": (0, 30), "months": (30, 180), "old": (180, 100_000)}


@dataclass(frozen=True, slots=True)
class Good:
    """A product as a curator chooses it."""

    id: ProductId
    name: str
    slug: str
    shop_name: str
    district_name: str
    image_hash: str | None
    candidate: Candidate

    @property
    def standing(self) -> Standing:
        """Return what may keep it from being shown or bought."""
        found = self.candidate
        return Standing(found.is_published, found.shop_is_open, found.shop_on_holiday, found.is_available)


@dataclass(frozen=True, slots=True)
class GoodFilter:
    """What a curator narrows goods by; empty means all."""

    words: str = ""
    category: str = ""
    district: str = ""
    age: str = ""


def good_select(now: datetime) -> Select[*tuple[Any, ...]]:
    """Return the select of products with their shop, their Indonesian card and how often they were seen lately."""
    counted_from = local_day(now - COUNTED_OVER)
    seen = (
        select(Exposure.product_id, func.sum(Exposure.impressions).label("seen"))
        .where(Exposure.day >= counted_from)
        .group_by(Exposure.product_id)
        .subquery()
    )
    return (
        select(
            Product.id.label("product_id"), Product.slug, Product.state, SearchRow.name, SearchRow.image_hash,
            SearchRow.is_available, Shop.name.label("shop_name"), Shop.state.label("shop_state"), Shop.verified_at,
            Shop.holiday_from, Shop.holiday_until, District.name.label("district_name"),
            func.coalesce(seen.c.seen, 0).label("seen"),
        )
        .select_from(Product)
        .join(Shop, Shop.id == Product.shop_id)
        .join(District, District.code == Product.district_code)
        .outerjoin(SearchRow, and_(SearchRow.product_id == Product.id, SearchRow.language == DEFAULT))
        .outerjoin(seen, seen.c.product_id == Product.id)
    )  # fmt: skip


def good_of(row: Any, now: datetime) -> Good:
    """Return the good of one row of `good_select`, whatever else was added to it."""
    candidate = Candidate(
        product_id=row.product_id,
        is_published=row.state is ProductState.PUBLISHED,
        is_available=bool(row.is_available),
        shop_is_open=row.shop_state is ShopState.ACTIVE and row.verified_at is not None,
        shop_on_holiday=is_on_holiday(starts=row.holiday_from, ends=row.holiday_until, day=local_day(now)),
        has_photo=row.image_hash is not None,
        has_words=bool(row.name),
        impressions=int(row.seen),
    )
    return Good(
        id=row.product_id, name=row.name or row.slug, slug=row.slug, shop_name=row.shop_name, district_name=row.district_name,
        image_hash=row.image_hash, candidate=candidate,
    )  # fmt: skip


def good(session: Session, product_id: int, now: datetime) -> Good | None:
    """Return one product, whatever its state, or None. One statement."""
    row = session.execute(good_select(now).where(Product.id == product_id)).first()
    return good_of(row, now) if row is not None else None


def goods_to_choose(session: Session, slot: str, asked: GoodFilter, now: datetime, *, limit: int = MOST_GOODS) -> list[Good]:
    """Return eligible goods that do not stand in the slot now or later, least seen first. One statement."""
    placed = select(Pick.product_id).where(
        Pick.slot == slot, Pick.withdrawn_at.is_(None), (Pick.ends_at.is_(None)) | (Pick.ends_at > now)
    )
    query = good_select(now).where(Product.state == ProductState.PUBLISHED, Product.id.not_in(placed))
    if asked.category:
        query = query.join(Category, Category.id == SearchRow.category_id).where(Category.slug == asked.category)
    if asked.district:
        query = query.where(Product.district_code == asked.district)
    if asked.age in AGES:
        youngest, oldest = (now - timedelta(days=days) for days in AGES[asked.age])
        query = query.where(Product.published_at <= youngest, Product.published_at > oldest)
    for word in asked.words.lower().split()[:5]:
        query = query.where(func.lower(SearchRow.name).contains(word, autoescape=True))
    found = {row.product_id: good_of(row, now) for row in session.execute(query)}
    return [found[candidate.product_id] for candidate in least_shown_first(one.candidate for one in found.values())][:limit]


def districts_with_goods(session: Session) -> list[tuple[str, str]]:
    """Return (code, name) of every kecamatan where published goods are made, by name. One statement."""
    made = select(Product.district_code).where(Product.state == ProductState.PUBLISHED)
    rows = session.execute(select(District.code, District.name).where(District.code.in_(made)).order_by(District.name))
    return [(row.code, row.name) for row in rows]


def product_ids_of(session: Session, slugs: Sequence[str]) -> dict[str, ProductId]:
    """Return which products have these slugs now. One statement."""
    rows = session.execute(select(Product.slug, Product.id).where(Product.slug.in_(slugs)))
    return {row.slug: row.id for row in rows}
