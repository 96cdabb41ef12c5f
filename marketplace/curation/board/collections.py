"""Collections and makers' stories as curators work on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from marketplace.catalog.models import Product
from marketplace.curation.models import Collection, CollectionItem, CollectionText, FeaturedShop, FeaturedShopText
from marketplace.language.languages import DEFAULT
from marketplace.sellers.models import Shop

from .goods import Good, good_of, good_select


@dataclass(frozen=True, slots=True)
class CollectionEdit:
    """A collection with its words by language and its goods in their order."""

    id: int
    slug: str
    version: int
    starts_at: datetime
    ends_at: datetime | None
    names: dict[str, str]
    descriptions: dict[str, str]
    goods: tuple[Good, ...]


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A collection in the list."""

    id: int
    slug: str
    name: str
    goods: int
    languages: int
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A maker whose story is told, or will be."""

    id: int
    shop_name: str
    title: str
    starts_at: datetime
    ends_at: datetime | None


def collection_rows(session: Session) -> list[CollectionRow]:
    """Return all collections in their order. One statement."""
    goods = select(func.count()).where(CollectionItem.collection_id == Collection.id).scalar_subquery()
    every = aliased(CollectionText)
    languages = select(func.count()).where(every.collection_id == Collection.id).scalar_subquery()
    rows = session.execute(
        select(
            Collection.id, Collection.slug, func.coalesce(CollectionText.name, Collection.slug), goods, languages,
            Collection.starts_at, Collection.ends_at,
        )
        .outerjoin(CollectionText, and_(CollectionText.collection_id == Collection.id, CollectionText.language == DEFAULT))
        .order_by(Collection.position, Collection.id)
    )  # fmt: skip
    return [CollectionRow(*row) for row in rows]


def collection_edit(session: Session, collection_id: int, now: datetime) -> CollectionEdit | None:
    """Return one collection, or None. Three statements."""
    head = session.execute(
        select(Collection.slug, Collection.version, Collection.starts_at, Collection.ends_at).where(
            Collection.id == collection_id
        )
    ).first()
    if head is None:
        return None
    words = session.execute(
        select(CollectionText.language, CollectionText.name, CollectionText.description).where(
            CollectionText.collection_id == collection_id
        )
    ).all()
    goods = session.execute(
        good_select(now)
        .join(CollectionItem, CollectionItem.product_id == Product.id)
        .where(CollectionItem.collection_id == collection_id)
        .order_by(CollectionItem.position, Product.id)
    )
    return CollectionEdit(
        id=collection_id, slug=head.slug, version=head.version, starts_at=head.starts_at, ends_at=head.ends_at,
        names={row.language: row.name for row in words}, descriptions={row.language: row.description for row in words},
        goods=tuple(good_of(row, now) for row in goods),
    )  # fmt: skip


def story_rows(session: Session, now: datetime) -> list[StoryRow]:
    """Return the stories that are told now or will be. One statement."""
    rows = session.execute(
        select(
            FeaturedShop.id, Shop.name, func.coalesce(FeaturedShopText.title, Shop.name), FeaturedShop.starts_at,
            FeaturedShop.ends_at,
        )
        .join(Shop, Shop.id == FeaturedShop.shop_id)
        .outerjoin(FeaturedShopText, and_(FeaturedShopText.featured_id == FeaturedShop.id, FeaturedShopText.language == DEFAULT))
        .where(or_(FeaturedShop.ends_at.is_(None), FeaturedShop.ends_at > now))
        .order_by(FeaturedShop.position, FeaturedShop.id)
    )  # fmt: skip
    return [StoryRow(*row) for row in rows]
