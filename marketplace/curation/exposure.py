"""Counting what is seen: cards that stood on a screen, added up per product, day and kind of page. No visitor is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import case, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product, ProductState
from marketplace.db import dialect_name
from marketplace.kernel.clock import local_day
from marketplace.places.models import District
from marketplace.sellers.models import Shop

from .models import Exposure

MOST_GOODS = 50


class Surface(StrEnum):
    """A kind of public page."""

    HOME = "home"
    CATEGORY = "category"
    LISTING = "listing"
    SEARCH = "search"
    COLLECTION = "collection"
    PRODUCT = "product"
    SHOP = "shop"


_PAGE = re.compile(r"/(?:id|en|ko)/(?:(products|search|c|collections|p|shops)(?:/[a-z0-9-]{1,90})?(?:/reviews)?)?")
_BY_PART = {
    None: Surface.HOME, "products": Surface.LISTING, "search": Surface.SEARCH, "c": Surface.CATEGORY,
    "collections": Surface.COLLECTION, "p": Surface.PRODUCT, "shops": Surface.SHOP,
}  # fmt: skip


def surface_of(path: str) -> Surface | None:
    """Return what kind of public page a path is, or None for anything else (the office's preview is no page of ours)."""
    found = _PAGE.fullmatch(path)
    return _BY_PART[found[1]] if found is not None else None


def record_impressions(session: Session, *, slugs: Iterable[str], surface: Surface, now: datetime) -> int:
    """Add one to today's counters of these published products and return how many there were; unknown slugs are ignored."""
    wanted = sorted(set(slugs))[:MOST_GOODS]
    published = select(Product.id).where(Product.slug.in_(wanted), Product.state == ProductState.PUBLISHED)
    # Ascending, so that two batches never wait for each other.
    known = session.scalars(published.order_by(Product.id)).all()
    if known:
        insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
        day = local_day(now)
        rows = [{"product_id": product_id, "day": day, "surface": str(surface), "impressions": 1} for product_id in known]
        added = insert(Exposure).values(rows)
        key = [Exposure.product_id, Exposure.day, Exposure.surface]
        counted = Exposure.impressions + added.excluded.impressions
        session.execute(added.on_conflict_do_update(index_elements=key, set_={"impressions": counted}))
    return len(known)


@dataclass(frozen=True, slots=True)
class Share:
    """How often the goods of one seller were seen, and on how many cards' worth of goods that falls."""

    shop_name: str
    district_name: str
    goods: int
    home: int
    impressions: int


def exposure_by_seller(session: Session, *, first: date, last: date) -> tuple[Share, ...]:
    """Return every seller with published goods, least seen per product first. One statement."""
    in_time = (Exposure.product_id == Product.id) & Exposure.day.between(first, last)
    seen = func.coalesce(func.sum(Exposure.impressions), 0)
    on_home = func.coalesce(func.sum(case((Exposure.surface == Surface.HOME, Exposure.impressions), else_=0)), 0)
    goods = func.count(Product.id.distinct())
    rows = session.execute(
        select(Shop.name, District.name, goods, on_home, seen)
        .join(Product, Product.shop_id == Shop.id)
        .join(District, District.code == Shop.district_code)
        .outerjoin(Exposure, in_time)
        .where(Product.state == ProductState.PUBLISHED)
        .group_by(Shop.id, Shop.name, District.name)
        .order_by(seen, Shop.id)
    )
    return tuple(Share(name, district, int(count), int(home), int(total)) for name, district, count, home, total in rows)


def by_district(shares: Iterable[Share]) -> list[tuple[str, int, int]]:
    """Return (kecamatan, goods, impressions), most seen first, then by name."""
    found: dict[str, tuple[int, int]] = {}
    for share in shares:
        goods, seen = found.get(share.district_name, (0, 0))
        found[share.district_name] = (goods + share.goods, seen + share.impressions)
    return sorted(((name, goods, seen) for name, (goods, seen) in found.items()), key=lambda row: (-row[2], row[0]))
