"""A seller's draft: begun, filled screen by screen, thrown away. Nothing here is public or judged."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ShopId
from marketplace.language.languages import DEFAULT

from .errors import AlreadyWaiting, DraftNotFound, ProductNotFound, TooManyPhotos
from .models import (
    Category,
    ListingDraft,
    Product,
    ProductRevision,
    ProductState,
    ProductText,
    RevisionPhoto,
    RevisionState,
    Variant,
)

MOST_PHOTOS = 8


def begin_draft(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> str:
    """Begin a listing and return the draft's token."""
    return _add(session, shop_id=shop_id, actor_id=actor_id, now=now).token


def edit_product(session: Session, *, shop_id: ShopId, slug: str, actor_id: PersonId, now: datetime) -> str:
    """Return the token of the open draft of a product, begun from what was sent last. Raises: ProductNotFound, AlreadyWaiting."""
    product = session.scalar(select(Product).where(Product.shop_id == shop_id, Product.slug == slug).with_for_update())
    if product is None or product.state is ProductState.ARCHIVED:
        raise ProductNotFound(product=slug)
    latest = session.scalars(
        select(ProductRevision).where(ProductRevision.product_id == product.id).order_by(ProductRevision.number.desc()).limit(1)
    ).one()
    if latest.state is RevisionState.IN_REVIEW:
        raise AlreadyWaiting(product=product.id)
    open_one = session.scalar(select(ListingDraft).where(ListingDraft.product_id == product.id))
    if open_one is not None:
        return open_one.token
    draft = _add(session, shop_id=shop_id, actor_id=actor_id, now=now)
    draft.product_id = product.id
    draft.given = _given_of(session, product, latest)
    photos = select(RevisionPhoto.image_hash).where(RevisionPhoto.revision_id == latest.id).order_by(RevisionPhoto.position)
    draft.photos = list(session.scalars(photos))
    return draft.token


def save_draft(session: Session, *, shop_id: ShopId, token: str, given: Mapping[str, str], now: datetime) -> None:
    """Keep what was typed, right or wrong. Raises: DraftNotFound."""
    draft = lock_draft(session, shop_id, token)
    draft.given, draft.saved_at = {**draft.given, **given}, now


def add_photos(session: Session, *, shop_id: ShopId, token: str, hashes: list[str], now: datetime) -> None:
    """Add photos behind those that are there; one that is there stays where it is. Raises: DraftNotFound, TooManyPhotos."""
    draft = lock_draft(session, shop_id, token)
    photos = list(dict.fromkeys([*draft.photos, *hashes]))
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    draft.photos, draft.saved_at = photos, now


def change_photo(
    session: Session, *, shop_id: ShopId, token: str, image_hash: str, act: Literal["left", "right", "remove"], now: datetime
) -> None:
    """Move a photo one place, or take it out; a photo that is not there changes nothing. Raises: DraftNotFound."""
    draft = lock_draft(session, shop_id, token)
    photos = list(draft.photos)
    if image_hash not in photos:
        return
    place = photos.index(image_hash)
    photos.remove(image_hash)
    if act != "remove":
        photos.insert(max(0, place + (-1 if act == "left" else 1)), image_hash)
    draft.photos, draft.saved_at = photos, now


def drop_draft(session: Session, *, shop_id: ShopId, token: str) -> None:
    """Throw a draft away; the goods it was about stay as they are. Raises: DraftNotFound."""
    session.delete(lock_draft(session, shop_id, token))


def lock_draft(session: Session, shop_id: ShopId, token: str) -> ListingDraft:
    """Return a draft of this shop, locked for this unit. Raises: DraftNotFound."""
    draft = session.scalar(
        select(ListingDraft).where(ListingDraft.shop_id == shop_id, ListingDraft.token == token).with_for_update()
    )
    if draft is None:
        raise DraftNotFound(token=token)
    return draft


def _add(session: Session, *, shop_id: ShopId, actor_id: PersonId, now: datetime) -> ListingDraft:
    draft = ListingDraft(
        token=secrets.token_hex(8), shop_id=shop_id, given={}, photos=[], created_by=actor_id, created_at=now, saved_at=now
    )
    session.add(draft)
    session.flush()
    return draft


def _given_of(session: Session, product: Product, revision: ProductRevision) -> dict[str, str]:
    words = session.get(ProductText, (revision.id, DEFAULT))
    category = session.scalar(select(Category.slug).where(Category.id == revision.category_id))
    variant = session.scalars(
        select(Variant).where(Variant.product_id == product.id, Variant.is_active).order_by(Variant.position, Variant.id).limit(1)
    ).one()
    return {
        "name": words.name if words else "", "summary": words.summary if words else "",
        "description": words.description if words else "", "kind": category or "",
        "price": str(variant.price_minor), "weight": str(variant.ship_weight_grams),
    }  # fmt: skip
