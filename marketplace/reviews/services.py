"""Commands on reviews: write one of what was bought and arrived, decide on it, answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts import audit
from marketplace.db import move_public_version
from marketplace.files.shelves import Shelves, publish_image
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, ProductId, ShopId
from marketplace.language.languages import Language
from marketplace.orders.models import OrderLine, SubOrder
from marketplace.outbox.emitting import emit

from . import states
from .errors import (
    AlreadyDecided,
    AlreadyReplied,
    AlreadyReviewed,
    LineNotFound,
    NotDeliveredYet,
    ReasonMissing,
    ReviewNotFound,
    ReviewUnfit,
)
from .models import RefusalReason, Review, ReviewPhoto, ReviewState

MOST_PHOTOS = 4


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What a buyer says. `author_name` is how they want to be called in public."""

    author_name: str
    stars: int
    language: Language
    words: str = ""
    photo_hashes: Sequence[str] = ()


def write_review(session: Session, *, order_id: OrderId, line_id: OrderLineId, draft: ReviewDraft, now: datetime) -> Review:
    """Keep a review of one line of an order, once, to be looked at before it shows. Flushes.

    Raises: ReviewUnfit, LineNotFound, NotDeliveredYet, AlreadyReviewed.
    """
    if not 1 <= draft.stars <= 5:
        raise ReviewUnfit(field="stars")
    if len(draft.photo_hashes) > MOST_PHOTOS:
        raise ReviewUnfit(field="photos")
    line = session.execute(
        select(OrderLine.product_id, SubOrder.shop_id, OrderLine.delivered)
        .join(SubOrder, SubOrder.id == OrderLine.sub_order_id)
        .where(OrderLine.id == line_id, SubOrder.order_id == order_id)
    ).first()
    if line is None:
        raise LineNotFound(line_id=line_id)
    if not line.delivered:
        raise NotDeliveredYet(line_id=line_id)
    review = Review(
        product_id=line.product_id, shop_id=line.shop_id, line_id=line_id, author_name=draft.author_name, stars=draft.stars,
        language=draft.language, words=draft.words.strip(), created_at=now,
    )  # fmt: skip
    try:
        with session.begin_nested():  # the unique line is the last word when the form is sent twice at once
            session.add(review)
    except IntegrityError:
        raise AlreadyReviewed(line_id=line_id) from None
    session.add_all(
        ReviewPhoto(review_id=review.id, position=position, image_hash=image)
        for position, image in enumerate(draft.photo_hashes, start=1)
    )
    return review


def moderate(
    session: Session, *, review_id: int, wanted: ReviewState, actor_id: PersonId, now: datetime, shelves: Shelves,
    reason: RefusalReason | None = None, seen: ReviewState | None = None,
) -> None:  # fmt: skip
    """Show a review with its photos, refuse it for a reason, or hide a shown one.

    `seen` is what the officer had before them: of two who decide at once, the second is told.
    Raises: ReviewNotFound, AlreadyDecided, ReasonMissing, ReviewMoveRefused.
    """
    review = session.get(Review, review_id, with_for_update=True, populate_existing=True)
    if review is None:
        raise ReviewNotFound(review_id=review_id)
    if seen is not None and review.state is not seen:
        raise AlreadyDecided(review_id=review_id, state=review.state)
    if (wanted is ReviewState.REFUSED) != (reason is not None):
        raise ReasonMissing(review_id=review_id)
    was_shown = review.state is ReviewState.SHOWN
    review.state = states.move(review.state, wanted)
    review.decided_by, review.decided_at, review.reason = actor_id, now, reason
    if wanted is ReviewState.SHOWN:
        for image_hash in session.scalars(select(ReviewPhoto.image_hash).where(ReviewPhoto.review_id == review_id)):
            publish_image(session, image_hash, shelves=shelves)
    audit.record(
        session, action=f"review.{wanted}", object_kind="review", object_id=review_id, actor_id=actor_id, now=now,
        data={"reason": reason} if reason is not None else None,
    )  # fmt: skip
    emit(session, "review.decided", {"review_id": review_id}, now=now)
    if was_shown or wanted is ReviewState.SHOWN:
        announce(session, review.product_id, now=now)


def reply(session: Session, *, shop_id: ShopId, review_id: int, words: str, actor_id: PersonId, now: datetime) -> None:
    """Let a shop answer a review of its goods, once. Raises: ReviewNotFound, AlreadyReplied, ReviewUnfit."""
    said = words.strip()
    if not said:
        raise ReviewUnfit(field="words")
    found = session.scalar(select(Review.id).where(Review.id == review_id, Review.shop_id == shop_id))
    if found is None:
        raise ReviewNotFound(review_id=review_id)
    state = session.scalar(
        update(Review)
        .where(Review.id == review_id, Review.reply == "")
        .values(reply=said, replied_at=now)
        .returning(Review.state)
    )
    if state is None:
        raise AlreadyReplied(review_id=review_id)
    audit.record(session, action="review.reply", object_kind="review", object_id=review_id, actor_id=actor_id, now=now)
    if state is ReviewState.SHOWN:
        move_public_version(session)


def announce(session: Session, product_id: ProductId, *, now: datetime) -> None:
    """Say that what is shown of a product's reviews changed: cards learn its rating."""
    emit(session, "review.shown", {"product_id": product_id}, now=now, key=f"reviews:{product_id}")
    move_public_version(session)
