"""Reads of reviews for those who work with them: the office that decides, and the shop that answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.files.models import StoredImage
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import ShopId
from marketplace.kernel.paging import Page
from marketplace.language.languages import Language
from marketplace.orders.models import OrderLine
from marketplace.sellers.models import Shop

from .models import RefusalReason, Review, ReviewPhoto, ReviewState
from .queries import ReviewPicture

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class DeskReview:
    """One review with all that is needed to judge or answer it."""

    id: int
    state: ReviewState
    reason: RefusalReason | None
    author_name: str
    stars: int
    language: Language
    words: str
    product_name: str  # in Indonesian, as it was sold
    variant_label: str
    shop_id: ShopId
    shop_name: str
    shop_slug: str
    created_at: datetime
    decided_at: datetime | None
    decided_by: str
    reply: str
    replied_at: datetime | None
    photos: tuple[ReviewPicture, ...]


def reviews_by_state(session: Session, state: ReviewState, *, number: int = 1) -> Page[DeskReview]:
    """Return one page of the office's reviews: those that wait oldest first, decided ones newest first."""
    newest = (Review.decided_at.desc(), Review.id.desc())
    order = (Review.created_at, Review.id) if state is ReviewState.WAITING else newest
    return _page(session, Review.state == state, order, number=number)


def reviews_of_shop(session: Session, shop_id: ShopId, *, is_answered: bool, number: int = 1) -> Page[DeskReview]:
    """Return one page of a shop's shown reviews, newest first: with its answer, or still without."""
    answered = Review.reply != "" if is_answered else Review.reply == ""
    where = (Review.shop_id == shop_id) & (Review.state == ReviewState.SHOWN) & answered
    return _page(session, where, (Review.created_at.desc(), Review.id.desc()), number=number)


def count_waiting(session: Session) -> int:
    """Return how many reviews wait for the office."""
    return session.scalar(select(func.count()).select_from(Review).where(Review.state == ReviewState.WAITING)) or 0


def find_review(session: Session, review_id: int) -> DeskReview | None:
    """Return one review, if there is such a one."""
    rows = _page(session, Review.id == review_id, (Review.id,), number=1).rows
    return rows[0] if rows else None


def photo_of_review(session: Session, *, review_id: int, position: int) -> ReviewPicture:
    """Return a photo through the review it belongs to, public or not. Raises: NotFound."""
    row = session.execute(
        select(StoredImage.hash, StoredImage.widths)
        .join(ReviewPhoto, ReviewPhoto.image_hash == StoredImage.hash)
        .where(ReviewPhoto.review_id == review_id, ReviewPhoto.position == position)
    ).first()
    if row is None:
        raise NotFound
    return ReviewPicture(row.hash, tuple(map(int, row.widths.split())))


def _page(session: Session, where: ColumnElement[bool], order: tuple[object, ...], *, number: int) -> Page[DeskReview]:
    """Return a page in three statements: how many, the rows, their photos."""
    total = session.scalar(select(func.count()).select_from(Review).where(where)) or 0
    rows = session.execute(
        select(
            Review.id, Review.state, Review.reason, Review.author_name, Review.stars, Review.language, Review.words,
            OrderLine.name_id, OrderLine.variant_label_id, Review.shop_id, Shop.name.label("shop_name"),
            Shop.slug.label("shop_slug"), Review.created_at, Review.decided_at, Person.name.label("decided_by"), Review.reply,
            Review.replied_at,
        )
        .join(OrderLine, OrderLine.id == Review.line_id)
        .join(Shop, Shop.id == Review.shop_id)
        .outerjoin(Person, Person.id == Review.decided_by)
        .where(where)
        .order_by(*order)  # type: ignore[arg-type]  # columns of this table, named by our own callers
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()  # fmt: skip
    photos = _photos(session, [row.id for row in rows])
    return Page(
        rows=tuple(
            DeskReview(
                id=row.id, state=row.state, reason=row.reason, author_name=row.author_name, stars=row.stars,
                language=Language(row.language), words=row.words, product_name=row.name_id, variant_label=row.variant_label_id,
                shop_id=row.shop_id, shop_name=row.shop_name, shop_slug=row.shop_slug, created_at=row.created_at,
                decided_at=row.decided_at, decided_by=row.decided_by or "", reply=row.reply, replied_at=row.replied_at,
                photos=photos[row.id],
            )
            for row in rows
        ),
        number=number, size=PER_PAGE, total=total,
    )  # fmt: skip


def _photos(session: Session, review_ids: list[int]) -> dict[int, tuple[ReviewPicture, ...]]:
    found: dict[int, tuple[ReviewPicture, ...]] = defaultdict(tuple)
    rows = session.execute(
        select(ReviewPhoto.review_id, StoredImage.hash, StoredImage.widths)
        .join(StoredImage, StoredImage.hash == ReviewPhoto.image_hash)
        .where(ReviewPhoto.review_id.in_(review_ids))
        .order_by(ReviewPhoto.review_id, ReviewPhoto.position)
    )
    for row in rows:
        found[row.review_id] += (ReviewPicture(row.hash, tuple(map(int, row.widths.split()))),)
    return found
