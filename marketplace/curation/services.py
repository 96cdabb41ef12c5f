"""Commands of curators: place and withdraw picks, make collections, put a maker's story forward. All are audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.catalog.errors import ProductNotFound
from marketplace.catalog.models import Product
from marketplace.db import move_public_version
from marketplace.kernel.ids import PersonId, ProductId, ShopId
from marketplace.language.languages import DEFAULT, Language
from marketplace.sellers.errors import ShopNotFound
from marketplace.sellers.models import Shop

from .errors import CollectionSlugTaken, PickNotFound, ReasonMissing, WindowWrong
from .models import Collection, CollectionItem, CollectionText, FeaturedShop, FeaturedShopText, Pick, PickText


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and a few words, in one language."""

    title: str
    words: str = ""


def place_pick(
    session: Session, *, slot: str, product_id: ProductId, reasons: Mapping[Language, str], starts_at: datetime,
    ends_at: datetime | None, author_id: PersonId | None, now: datetime, position: int | None = None,
) -> Pick:  # fmt: skip
    """Put a product forward in a slot, by default behind those that are there; it ends just before `ends_at`. Flushes.

    A product that is not public now may be picked: its card shows when it is. Raises: ProductNotFound, ReasonMissing,
    WindowWrong.
    """
    said = {language: reason.strip() for language, reason in reasons.items() if reason.strip()}
    if DEFAULT not in said:
        raise ReasonMissing
    _check_window(starts_at, ends_at)
    _require_products(session, [product_id])
    if position is None:
        last = session.scalar(select(func.max(Pick.position)).where(Pick.slot == slot, Pick.withdrawn_at.is_(None)))
        position = (last or 0) + 1
    pick = Pick(
        slot=slot, product_id=product_id, position=position, starts_at=starts_at, ends_at=ends_at, author_id=author_id,
        created_at=now,
    )  # fmt: skip
    session.add(pick)
    session.flush()
    session.add_all(PickText(pick_id=pick.id, language=language, reason=reason) for language, reason in said.items())
    _note(session, "pick.place", "pick", pick.id, author_id, now)
    return pick


def withdraw_pick(session: Session, *, pick_id: int, actor_id: PersonId, now: datetime) -> None:
    """Take a pick back at once; its row stays. Raises: PickNotFound."""
    taken = session.scalar(
        update(Pick).where(Pick.id == pick_id, Pick.withdrawn_at.is_(None)).values(withdrawn_at=now).returning(Pick.id)
    )
    if taken is None:
        raise PickNotFound(pick_id=pick_id)
    _note(session, "pick.withdraw", "pick", pick_id, actor_id, now)


def make_collection(
    session: Session, *, slug: str, words: Mapping[Language, Titled], product_ids: Sequence[ProductId], position: int,
    starts_at: datetime, ends_at: datetime | None, author_id: PersonId | None, now: datetime,
) -> Collection:  # fmt: skip
    """Make a collection of products in this order. Flushes. Raises: CollectionSlugTaken, WindowWrong, ProductNotFound."""
    _check_window(starts_at, ends_at)
    if session.scalar(select(Collection.id).where(Collection.slug == slug)) is not None:
        raise CollectionSlugTaken(slug=slug)
    _require_products(session, product_ids)
    collection = Collection(slug=slug, position=position, starts_at=starts_at, ends_at=ends_at, author_id=author_id)
    session.add(collection)
    session.flush()
    session.add_all(
        CollectionText(collection_id=collection.id, language=language, name=said.title, description=said.words)
        for language, said in words.items()
    )
    session.add_all(
        CollectionItem(collection_id=collection.id, product_id=product_id, position=place)
        for place, product_id in enumerate(product_ids, start=1)
    )
    _note(session, "collection.make", "collection", collection.id, author_id, now)
    return collection


def feature_shop(
    session: Session, *, shop_id: ShopId, words: Mapping[Language, Titled], position: int, starts_at: datetime,
    ends_at: datetime | None, author_id: PersonId | None, now: datetime,
) -> FeaturedShop:  # fmt: skip
    """Tell a maker's story on the home page for a time. Flushes. Raises: ShopNotFound, WindowWrong."""
    _check_window(starts_at, ends_at)
    if session.scalar(select(Shop.id).where(Shop.id == shop_id)) is None:
        raise ShopNotFound(shop=shop_id)
    featured = FeaturedShop(shop_id=shop_id, position=position, starts_at=starts_at, ends_at=ends_at)
    session.add(featured)
    session.flush()
    session.add_all(
        FeaturedShopText(featured_id=featured.id, language=language, title=said.title, teaser=said.words)
        for language, said in words.items()
    )
    _note(session, "story.feature", "shop", shop_id, author_id, now)
    return featured


def _check_window(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise WindowWrong


def _require_products(session: Session, product_ids: Sequence[ProductId]) -> None:
    known = set(session.scalars(select(Product.id).where(Product.id.in_(product_ids))))
    for product_id in product_ids:
        if product_id not in known:
            raise ProductNotFound(product=product_id)


def _note(session: Session, action: str, kind: str, id_: int, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(
        session, action=action, object_kind=kind, object_id=id_, actor_id=actor_id,
        actor_kind="person" if actor_id is not None else "system", now=now,
    )  # fmt: skip
    # Also for what starts later: a cached page knows only the next change it was made with.
    move_public_version(session)
