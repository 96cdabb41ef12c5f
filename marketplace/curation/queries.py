"""Reads of what curators placed: the home page and collections, at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import Session, aliased

from marketplace.catalog.cards import Card, card_of, card_select
from marketplace.catalog.search.models import SearchRow
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import ShopId
from marketplace.language.languages import DEFAULT, Language
from marketplace.places.models import District
from marketplace.sellers.models import Shop
from marketplace.sellers.queries import is_public, read_widths

from .models import Collection, CollectionItem, CollectionText, FeaturedShop, FeaturedShopText, Pick, PickText
from .planning import HOME
from .windows import in_window


@dataclass(frozen=True, slots=True)
class PickView:
    """A product put forward, and why, in the reader's language or in Indonesian."""

    card: Card
    reason: str


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection with the goods of it that the public may see."""

    slug: str
    name: str
    description: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A maker whose story the home page tells."""

    shop_id: ShopId
    shop_slug: str
    shop_name: str
    district_name: str
    title: str
    teaser: str
    colour_a: str
    colour_b: str
    picture_hash: str | None
    picture_widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page shows now; it changes by itself at `next_change_at`, when a cached copy must end."""

    picks: tuple[PickView, ...]
    collections: tuple[CollectionView, ...]
    stories: tuple[Story, ...]
    next_change_at: datetime | None


def home(session: Session, language: Language, now: datetime) -> Home:
    """Return what is in force on the home page at `now`. Four statements."""
    return Home(
        picks=picks_in(session, HOME, language, now),
        collections=collections_in_force(session, language, now),
        stories=_stories(session, language, now),
        next_change_at=next_change_at(session, now),
    )


def picks_in(session: Session, slot: str, language: Language, now: datetime) -> tuple[PickView, ...]:
    """Return the picks in force in a slot (`home`, `category:batik`), in their order. One statement."""
    wanted, plain = aliased(PickText), aliased(PickText)
    rows = session.execute(
        card_select(language)
        .join(Pick, Pick.product_id == SearchRow.product_id)
        .outerjoin(wanted, and_(wanted.pick_id == Pick.id, wanted.language == language))
        .outerjoin(plain, and_(plain.pick_id == Pick.id, plain.language == DEFAULT))
        .where(Pick.slot == slot, Pick.withdrawn_at.is_(None), in_window(Pick, now))
        .order_by(Pick.position, Pick.id)
        .add_columns(func.coalesce(wanted.reason, plain.reason, "").label("reason"))
    )
    return tuple(PickView(card=card_of(row), reason=row.reason) for row in rows)


def collections_in_force(session: Session, language: Language, now: datetime) -> tuple[CollectionView, ...]:
    """Return the collections shown now that have goods to show, with their cards. One statement."""
    found: dict[str, CollectionView] = {}
    for row in session.execute(_collection_cards(language).where(in_window(Collection, now))):
        known = found.get(row.collection_slug)
        cards = (*known.cards, card_of(row)) if known else (card_of(row),)
        found[row.collection_slug] = CollectionView(row.collection_slug, row.collection_name, row.collection_words, cards)
    return tuple(found.values())


def collection_page(session: Session, slug: str, language: Language, now: datetime) -> CollectionView | None:
    """Return a collection shown now, with its cards (perhaps none), or None. At most two statements."""
    rows = session.execute(_collection_cards(language).where(Collection.slug == slug, in_window(Collection, now))).all()
    if rows:
        cards = tuple(map(card_of, rows))
        return CollectionView(slug, rows[0].collection_name, rows[0].collection_words, cards)
    wanted, plain = aliased(CollectionText), aliased(CollectionText)
    bare = session.execute(
        select(*_collection_words(wanted, plain))
        .select_from(Collection)
        .outerjoin(wanted, _words_of(wanted, language))
        .join(plain, _words_of(plain, DEFAULT))
        .where(Collection.slug == slug, in_window(Collection, now))
    ).first()
    return CollectionView(slug, bare.collection_name, bare.collection_words, ()) if bare is not None else None


def next_change_at(session: Session, now: datetime) -> datetime | None:
    """Return the next instant at which something placed begins or ends by itself. One statement."""
    instants = union_all(
        select(Pick.starts_at.label("at")).where(Pick.withdrawn_at.is_(None), Pick.starts_at > now),
        select(Pick.ends_at).where(Pick.withdrawn_at.is_(None), Pick.ends_at > now),
        select(Collection.starts_at).where(Collection.starts_at > now),
        select(Collection.ends_at).where(Collection.ends_at > now),
        select(FeaturedShop.starts_at).where(FeaturedShop.starts_at > now),
        select(FeaturedShop.ends_at).where(FeaturedShop.ends_at > now),
    ).subquery()
    found: datetime | None = session.scalar(select(func.min(instants.c.at, type_=Pick.starts_at.type)))
    return found


def _collection_cards(language: Language) -> Any:
    wanted, plain = aliased(CollectionText), aliased(CollectionText)
    return (
        card_select(language)
        .join(CollectionItem, CollectionItem.product_id == SearchRow.product_id)
        .join(Collection, Collection.id == CollectionItem.collection_id)
        .outerjoin(wanted, _words_of(wanted, language))
        .join(plain, _words_of(plain, DEFAULT))
        .order_by(Collection.position, Collection.id, CollectionItem.position, SearchRow.product_id)
        .add_columns(Collection.slug.label("collection_slug"), *_collection_words(wanted, plain))
    )


def _words_of(text: Any, language: Language) -> Any:
    return and_(text.collection_id == Collection.id, text.language == language)


def _collection_words(wanted: Any, plain: Any) -> tuple[Any, Any]:
    return (
        func.coalesce(wanted.name, plain.name).label("collection_name"),
        func.coalesce(wanted.description, plain.description).label("collection_words"),
    )


def _stories(session: Session, language: Language, now: datetime) -> tuple[Story, ...]:
    wanted, plain = aliased(FeaturedShopText), aliased(FeaturedShopText)
    rows = session.execute(
        select(
            Shop.id, Shop.slug, Shop.name, District.name.label("district_name"),
            func.coalesce(wanted.title, plain.title, Shop.name).label("title"),
            func.coalesce(wanted.teaser, plain.teaser, "").label("teaser"),
            Shop.colour_a, Shop.colour_b, Shop.picture_hash, StoredImage.widths,
        )
        .join(FeaturedShop, FeaturedShop.shop_id == Shop.id)
        .join(District, District.code == Shop.district_code)
        .outerjoin(wanted, and_(wanted.featured_id == FeaturedShop.id, wanted.language == language))
        .outerjoin(plain, and_(plain.featured_id == FeaturedShop.id, plain.language == DEFAULT))
        .outerjoin(StoredImage, StoredImage.hash == Shop.picture_hash)
        .where(is_public(), in_window(FeaturedShop, now))
        .order_by(FeaturedShop.position, FeaturedShop.id)
    )  # fmt: skip
    return tuple(
        Story(
            shop_id=row.id, shop_slug=row.slug, shop_name=row.name, district_name=row.district_name, title=row.title,
            teaser=row.teaser, colour_a=row.colour_a, colour_b=row.colour_b, picture_hash=row.picture_hash,
            picture_widths=read_widths(row.widths),
        )
        for row in rows
    )  # fmt: skip
