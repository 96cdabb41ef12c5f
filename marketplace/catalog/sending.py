"""A seller's draft goes to the office: a first listing, or a new version of goods that stay public meanwhile."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.kernel.ids import PersonId, ProductId, ShopId, VariantId
from marketplace.language.languages import DEFAULT, Language
from marketplace.sellers.models import Shop

from . import states
from .drafting import lock_draft
from .drafts import PhotoDraft, ProductDraft, ProductWords, RevisionDraft, VariantDraft
from .errors import AlreadyWaiting, NothingToSell, ProductNotFound
from .models import (
    ListingDraft,
    Product,
    ProductRevision,
    ProductState,
    RevisionPermit,
    RevisionState,
    Variant,
)
from .revisions import rules_of, write_revision
from .services import make_product, move_product, send_to_review
from .slugs import free_slug
from .texts import kept_attributes, kept_words

# Small enough that the carrier bills the weight; a seller may measure the parcel later.
FIRST_BOX_MM = (150, 150, 100)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a seller says about goods: minor units of IDR, pieces, grams."""

    name: str
    kind: str
    price_minor: int
    stock: int
    weight_grams: int
    summary: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went to the office. `variant_id` only where goods were made just now and need a stock of their own."""

    product_id: ProductId
    slug: str
    variant_id: VariantId | None


def send_draft(session: Session, *, shop_id: ShopId, token: str, contents: Contents, actor_id: PersonId, now: datetime) -> Sent:
    """Ask the office to judge a draft, which is used up by it (flushes).

    Raises: DraftNotFound, NothingToSell (no photo), AlreadyWaiting, CategoryNotFound, ProductMoveRefused.
    """
    draft = lock_draft(session, shop_id, token)
    if not draft.photos:
        raise NothingToSell(product=draft.product_id)
    if draft.product_id is None:
        sent = _send_first(session, draft, contents, actor_id, now)
    else:
        sent = _send_again(session, draft, draft.product_id, contents, actor_id, now)
    session.delete(draft)
    return sent


def withdraw(session: Session, *, shop_id: ShopId, slug: str, actor_id: PersonId, now: datetime) -> None:
    """Take back what waits for the office; what the public sees stays. Raises: ProductNotFound, RevisionMoveRefused."""
    product = session.scalar(select(Product).where(Product.shop_id == shop_id, Product.slug == slug).with_for_update())
    if product is None:
        raise ProductNotFound(product=slug)
    revision = _latest(session, product.id)
    if revision.state is not RevisionState.IN_REVIEW:
        raise states.RevisionMoveRefused(now=revision.state, wanted=RevisionState.DRAFT)
    revision.state = states.move_revision(revision.state, RevisionState.DRAFT)
    if product.state is ProductState.IN_REVIEW:
        product.state = states.move(product.state, ProductState.DRAFT)
    audit.record(
        session, action="product.withdraw", object_kind="product", object_id=product.id, actor_id=actor_id, now=now,
        data={"revision": revision.id},
    )  # fmt: skip


def _send_first(session: Session, draft: ListingDraft, contents: Contents, actor_id: PersonId, now: datetime) -> Sent:
    shop = session.get_one(Shop, draft.shop_id)
    made = make_product(
        session, shop_id=shop.id, actor_id=actor_id, now=now,
        draft=ProductDraft(
            slug=free_slug(session, contents.name), district_code=shop.district_code,
            revision=_revision(draft, contents),
            variants=(
                VariantDraft(
                    sku=f"B-{secrets.token_hex(4).upper()}", price_minor=contents.price_minor,
                    ship_weight_grams=contents.weight_grams, box_mm=FIRST_BOX_MM,
                ),
            ),
        ),
    )  # fmt: skip
    send_to_review(session, shop_id=shop.id, product_id=made.id, actor_id=actor_id, now=now)
    variant_id = session.scalars(select(Variant.id).where(Variant.product_id == made.id)).one()
    return Sent(made.id, made.slug, variant_id)


def _send_again(
    session: Session, draft: ListingDraft, product_id: ProductId, contents: Contents, actor_id: PersonId, now: datetime
) -> Sent:
    product = session.get_one(Product, product_id, with_for_update=True)
    latest = _latest(session, product_id)
    if latest.state is RevisionState.IN_REVIEW:
        raise AlreadyWaiting(product=product_id)
    if product.state is ProductState.ARCHIVED:
        raise states.ProductMoveRefused(now=product.state, wanted=ProductState.IN_REVIEW)
    permits = session.scalars(select(RevisionPermit.permit_id).where(RevisionPermit.revision_id == latest.id)).all()
    # What this form does not ask (other languages, properties, papers) comes along from the version before.
    kept = _revision(
        draft, contents, words=kept_words(session, latest.id), permit_ids=tuple(permits),
        attributes=kept_attributes(session, latest.id, contents.kind),
    )  # fmt: skip
    revision = write_revision(
        session, product_id=product_id, shop_id=draft.shop_id, draft=kept, rules=rules_of(session, contents.kind),
        actor_id=actor_id, now=now,
    )  # fmt: skip
    session.flush()
    if product.state is ProductState.DRAFT:
        send_to_review(session, shop_id=draft.shop_id, product_id=product_id, actor_id=actor_id, now=now)
    else:
        revision.state, revision.submitted_at = states.move_revision(revision.state, RevisionState.IN_REVIEW), now
        audit.record(
            session, action="product.send-to-review", object_kind="product", object_id=product_id, actor_id=actor_id, now=now
        )
    return Sent(product_id, product.slug, None)


def _revision(
    draft: ListingDraft, contents: Contents, *, words: dict[Language, ProductWords] | None = None, **kept: object
) -> RevisionDraft:
    others = words or {}
    before = others.get(DEFAULT)
    own = ProductWords(
        name=contents.name, summary=contents.summary, description=contents.description, care=before.care if before else ""
    )
    photos = tuple(PhotoDraft(image_hash=each, alts={DEFAULT: contents.name}) for each in draft.photos)
    return RevisionDraft(category=contents.kind, words={**others, DEFAULT: own}, photos=photos, **kept)  # type: ignore[arg-type]


def _latest(session: Session, product_id: ProductId) -> ProductRevision:
    return session.scalars(
        select(ProductRevision).where(ProductRevision.product_id == product_id)
        .order_by(ProductRevision.number.desc()).limit(1).with_for_update()
    ).one()  # fmt: skip


def move_own(session: Session, *, shop_id: ShopId, slug: str, wanted: ProductState, actor_id: PersonId, now: datetime) -> None:
    """Pause, bring back or put away a shop's own product; what the office suspended only the office brings back.

    Raises: ProductNotFound, ProductMoveRefused.
    """
    product = session.scalar(select(Product).where(Product.shop_id == shop_id, Product.slug == slug).with_for_update())
    if product is None:
        raise ProductNotFound(product=slug)
    if product.state is ProductState.SUSPENDED or (wanted is ProductState.PUBLISHED and product.state is not ProductState.PAUSED):
        raise states.ProductMoveRefused(now=product.state, wanted=wanted)
    move_product(session, product_id=product.id, wanted=wanted, reason="", actor_id=actor_id, now=now)
