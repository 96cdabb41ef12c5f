"""Commands on goods: make, send to review, publish, pause, suspend, rename."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.db import Document, move_public_version
from marketplace.kernel.ids import PersonId, ProductId, ShopId
from marketplace.outbox.emitting import emit

from . import states
from .drafts import ProductDraft
from .errors import NothingToSell, ProductNotFound, ProductSlugTaken, SeveralVariants, TiersWrong
from .models import PriceTier, Product, ProductRevision, ProductSlug, ProductState, RevisionPhoto, RevisionState, Variant
from .revisions import rules_of, write_revision, write_variant


def make_product(session: Session, *, shop_id: ShopId, draft: ProductDraft, actor_id: PersonId | None, now: datetime) -> Product:
    """Make a product in draft with its first revision and its variants (flushes for the ids).

    Raises: ProductSlugTaken, CategoryNotFound, AttributeNotHere, AttributeValueWrong, WordsMissing, PermitNotFound, TiersWrong.
    """
    _require_free_slug(session, draft.slug)
    rules = rules_of(session, draft.revision.category)
    product = Product(
        shop_id=shop_id, slug=draft.slug, district_code=draft.district_code, fulfilment=draft.fulfilment,
        lead_days=draft.lead_days, ship_flags=list(draft.ship_flags), shelf_life_days=draft.shelf_life_days,
        hs_code=draft.hs_code, tariff_line=draft.tariff_line, origin=draft.origin,
        customs_description=draft.customs_description, export_fit=draft.export_fit, export_lead_days=draft.export_lead_days,
        created_at=now,
    )  # fmt: skip
    session.add(product)
    session.flush()
    write_revision(session, product_id=product.id, shop_id=shop_id, draft=draft.revision, rules=rules, actor_id=actor_id, now=now)
    for position, variant in enumerate(draft.variants, start=1):
        write_variant(
            session, product_id=product.id, shop_id=shop_id, position=position, draft=variant, rules=rules,
            category=draft.revision.category,
        )  # fmt: skip
    return product


def send_to_review(session: Session, *, shop_id: ShopId, product_id: ProductId, actor_id: PersonId | None, now: datetime) -> None:
    """Ask the office to look at a product in draft. Raises: ProductNotFound, ProductMoveRefused, NothingToSell."""
    product = session.scalar(select(Product).where(Product.id == product_id, Product.shop_id == shop_id).with_for_update())
    if product is None:
        raise ProductNotFound(product=product_id)
    revision = _latest_revision(session, product_id)
    _require_whole(session, product_id, revision)
    product.state = states.move(product.state, ProductState.IN_REVIEW)
    revision.state, revision.submitted_at = states.move_revision(revision.state, RevisionState.IN_REVIEW), now
    _note(session, "product.send-to-review", product_id, actor_id, now)


def publish_product(session: Session, *, product_id: ProductId, actor_id: PersonId, now: datetime) -> None:
    """Approve the revision in review; the public sees it from now on, and the former one is superseded.

    Raises: ProductNotFound, ProductMoveRefused, RevisionMoveRefused, NothingToSell.
    """
    product = _locked(session, product_id)
    revision = _latest_revision(session, product_id)
    _require_whole(session, product_id, revision)
    revision.state = states.move_revision(revision.state, RevisionState.APPROVED)
    revision.decided_at, revision.decided_by = now, actor_id
    former = session.get(ProductRevision, product.published_revision_id) if product.published_revision_id else None
    if former is not None:
        former.state = states.move_revision(former.state, RevisionState.SUPERSEDED)
    if product.state is ProductState.IN_REVIEW:
        product.state = states.move(product.state, ProductState.PUBLISHED)
    product.published_revision_id = revision.id
    product.published_at = product.published_at or now
    _note(session, "product.publish", product_id, actor_id, now)
    _changed(session, product_id, now)


def move_product(
    session: Session, *, product_id: ProductId, wanted: ProductState, reason: str, actor_id: PersonId, now: datetime
) -> None:
    """Pause, suspend, bring back or archive a product. Raises: ProductNotFound, ProductMoveRefused."""
    product = _locked(session, product_id)
    if wanted is ProductState.PUBLISHED and product.published_revision_id is None:
        raise states.ProductMoveRefused(now=product.state, wanted=wanted)
    product.state, product.state_reason = states.move(product.state, wanted), reason
    _note(session, f"product.{wanted}", product_id, actor_id, now)
    _changed(session, product_id, now)


def rename_product_slug(session: Session, *, product_id: ProductId, slug: str, actor_id: PersonId, now: datetime) -> None:
    """Give a product another address; the old one keeps leading there. Raises: ProductNotFound, ProductSlugTaken."""
    product = _locked(session, product_id)
    if product.slug == slug:
        return
    # A product may take back an address that was its own.
    _require_free_slug(session, slug, own=product_id)
    if session.get(ProductSlug, product.slug) is None:
        session.add(ProductSlug(slug=product.slug, product_id=product_id))
    product.slug = slug
    _note(session, "product.rename", product_id, actor_id, now)
    _changed(session, product_id, now)


def _require_free_slug(session: Session, slug: str, own: ProductId | None = None) -> None:
    holder = session.scalar(select(Product.id).where(Product.slug == slug))
    former = session.scalar(select(ProductSlug.product_id).where(ProductSlug.slug == slug))
    if holder is not None or former not in (None, own):
        raise ProductSlugTaken(slug=slug)


def _require_whole(session: Session, product_id: ProductId, revision: ProductRevision) -> None:
    sold = exists().where(Variant.product_id == product_id, Variant.is_active)
    shown = exists().where(RevisionPhoto.revision_id == revision.id)
    if not session.scalar(select(sold & shown)):
        raise NothingToSell(product=product_id)


def _locked(session: Session, product_id: ProductId) -> Product:
    product = session.get(Product, product_id, with_for_update=True)
    if product is None:
        raise ProductNotFound(product=product_id)
    return product


def _latest_revision(session: Session, product_id: ProductId) -> ProductRevision:
    return session.scalars(
        select(ProductRevision)
        .where(ProductRevision.product_id == product_id)
        .order_by(ProductRevision.number.desc())
        .limit(1)
        .with_for_update()
    ).one()


def _note(session: Session, action: str, product_id: ProductId, actor_id: PersonId | None, now: datetime) -> None:
    audit.record(
        session, action=action, object_kind="product", object_id=product_id, actor_id=actor_id,
        actor_kind="person" if actor_id is not None else "system", now=now,
    )  # fmt: skip


def _changed(session: Session, product_id: ProductId, now: datetime) -> None:
    emit(session, "product.changed", {"product_id": product_id}, now=now, key=f"product:{product_id}")
    move_public_version(session)


def change_price(
    session: Session,
    *,
    shop_id: ShopId,
    product_id: ProductId,
    price_minor: int,
    weight_grams: int,
    actor_id: PersonId,
    now: datetime,
) -> None:
    """Change what the only variant of a product costs and weighs, at once: the office judges neither (minor units, grams).

    Raises: ProductNotFound, SeveralVariants, TiersWrong (a tier would cost as much as one step).
    """
    product = session.scalar(select(Product).where(Product.id == product_id, Product.shop_id == shop_id).with_for_update())
    if product is None:
        raise ProductNotFound(product=product_id)
    variants = session.scalars(select(Variant).where(Variant.product_id == product_id, Variant.is_active).with_for_update()).all()
    if len(variants) != 1:
        raise SeveralVariants(product=product_id)
    variant = variants[0]
    dearest = session.scalar(select(func.max(PriceTier.price_minor)).where(PriceTier.variant_id == variant.id))
    if dearest is not None and dearest >= price_minor:
        raise TiersWrong(sku=variant.sku)
    if variant.price_minor == price_minor and variant.ship_weight_grams == weight_grams:
        return
    if variant.was_price_minor is not None and variant.was_price_minor <= price_minor:
        variant.was_price_minor = None
    data: Document = {"variant": variant.id, "old": variant.price_minor, "new": price_minor}
    variant.price_minor, variant.ship_weight_grams = price_minor, weight_grams
    audit.record(
        session, action="product.price", object_kind="product", object_id=product_id, actor_id=actor_id, now=now, data=data
    )
    _changed(session, product_id, now)
