"""The office's word on listings and edits. It counts only for what the officer saw, and only while it still waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.files.shelves import Shelves, publish_image
from marketplace.kernel.ids import PersonId, ProductId, RevisionId
from marketplace.outbox.emitting import emit
from marketplace.sellers.deciding import ChangedMeanwhile, DecidedMeanwhile, Decision, digest_of

from .desk_pages import revision_values
from .errors import ProductNotFound
from .models import Product, ProductRevision, ProductState, RevisionPhoto, RevisionState
from .reasons import ListingReason
from .services import move_product, publish_product
from .states import ProductMoveRefused, move, move_revision

REVISION_DECIDED = "revision.decided"


def revision_digest(session: Session, revision: ProductRevision) -> str:
    """Return the digest of what is judged of a revision."""
    values = revision_values(session, revision.id)
    return digest_of(
        revision.id, revision.submitted_at, values.category, {code: dict(words) for code, words in values.words.items()},
        values.photos, dict(values.facts), values.permits,
    )  # fmt: skip


def seen_digest(session: Session, revision_id: RevisionId) -> str:
    """Return the digest of a revision for the page that shows it."""
    return revision_digest(session, session.get_one(ProductRevision, revision_id))


def approve_revision(
    session: Session, *, revision_id: RevisionId, seen: str, shelves: Shelves, actor_id: PersonId, now: datetime
) -> None:
    """Let the public see a revision. Raises: ProductNotFound, DecidedMeanwhile, ChangedMeanwhile, NothingToSell."""
    product, revision = _waiting(session, revision_id, seen)
    pictures = select(RevisionPhoto.image_hash).where(RevisionPhoto.revision_id == revision.id).order_by(RevisionPhoto.position)
    for image_hash in session.scalars(pictures).all():
        publish_image(session, image_hash, shelves=shelves)
    publish_product(session, product_id=product.id, actor_id=actor_id, now=now)
    _tell(session, product, revision_id, Decision.APPROVED, (), "", now)


def refuse_revision(
    session: Session, *, revision_id: RevisionId, seen: str, reasons: Sequence[ListingReason], words: str, actor_id: PersonId,
    now: datetime,
) -> None:  # fmt: skip
    """Send a revision back; what the public sees stays. Raises: ProductNotFound, DecidedMeanwhile, ChangedMeanwhile."""
    product, revision = _waiting(session, revision_id, seen)
    revision.state = move_revision(revision.state, RevisionState.RETURNED)
    revision.return_reasons, revision.return_words = [str(reason) for reason in reasons], words
    revision.decided_at, revision.decided_by = now, actor_id
    if product.state is ProductState.IN_REVIEW:
        product.state = move(product.state, ProductState.DRAFT)
    audit.record(
        session, action="product.return", object_kind="product", object_id=product.id, actor_id=actor_id, now=now,
        data={"revision": revision_id, "reasons": [str(reason) for reason in reasons]},
    )  # fmt: skip
    _tell(session, product, revision_id, Decision.RETURNED, reasons, words, now)


def suspend_listing(session: Session, *, product_id: ProductId, words: str, actor_id: PersonId, now: datetime) -> None:
    """Hide a product and tell its shop why. Raises: ProductNotFound, ProductMoveRefused."""
    move_product(session, product_id=product_id, wanted=ProductState.SUSPENDED, reason=words, actor_id=actor_id, now=now)
    _tell(session, session.get_one(Product, product_id), None, Decision.SUSPENDED, (), words, now)


def reinstate_listing(session: Session, *, product_id: ProductId, actor_id: PersonId, now: datetime) -> None:
    """Bring a suspended product back and tell its shop. Raises: ProductNotFound, ProductMoveRefused."""
    product = session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise ProductNotFound(product=product_id)
    if product.state is not ProductState.SUSPENDED:
        raise ProductMoveRefused(now=product.state, wanted=ProductState.PUBLISHED)
    move_product(session, product_id=product_id, wanted=ProductState.PUBLISHED, reason="", actor_id=actor_id, now=now)
    _tell(session, product, None, Decision.REINSTATED, (), "", now)


def _waiting(session: Session, revision_id: RevisionId, seen: str) -> tuple[Product, ProductRevision]:
    product = session.scalar(
        select(Product)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .where(ProductRevision.id == revision_id)
        .with_for_update(of=Product)
        .execution_options(populate_existing=True)
    )
    if product is None:
        raise ProductNotFound(product=revision_id)
    revision = session.get_one(ProductRevision, revision_id, with_for_update=True, populate_existing=True)
    if revision.state is not RevisionState.IN_REVIEW or product.state is ProductState.ARCHIVED:
        raise DecidedMeanwhile(what="product", id=product.id)
    latest = session.scalar(select(func.max(ProductRevision.number)).where(ProductRevision.product_id == product.id))
    if latest != revision.number or revision_digest(session, revision) != seen:
        raise ChangedMeanwhile(what="product", id=product.id)
    return product, revision


def _tell(
    session: Session, product: Product, revision_id: RevisionId | None, decision: Decision, reasons: Sequence[ListingReason],
    words: str, now: datetime,
) -> None:  # fmt: skip
    emit(
        session, REVISION_DECIDED,
        {
            "shop_id": product.shop_id, "product_id": product.id, "revision_id": revision_id, "decision": str(decision),
            "reasons": [str(reason) for reason in reasons], "words": words, "at": now.isoformat(),
        },
        now=now,
    )  # fmt: skip
