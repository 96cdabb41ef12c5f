"""Reads of reviews: those of a product with their figures, and how a shop is rated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.files.models import StoredImage
from marketplace.kernel.ids import OrderLineId, ProductId, ShopId
from marketplace.kernel.paging import Page
from marketplace.language.languages import Language
from marketplace.orders.models import OrderLine

from .models import Review, ReviewPhoto, ReviewState

REVIEWS_PER_PAGE = 10
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class ReviewPicture:
    """A buyer's photo; `widths` are its renditions, ascending."""

    hash: str
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One shown review, in the language it was written in."""

    id: int
    author_name: str
    stars: int
    language: Language
    words: str
    variant_label: str  # of what was bought, in the buyer's language
    created_at: datetime
    reply: str
    replied_at: datetime | None
    photos: tuple[ReviewPicture, ...]


@dataclass(frozen=True, slots=True)
class StarCount:
    """How many shown reviews gave this many stars, and their share in whole per cent."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Rating:
    """An average in hundredths of a star (480 is 4.8), 0 with no reviews, and of how many."""

    average_hundredths: int
    count: int


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """A product's reviews: the figures of all, and one page of those with the chosen stars."""

    rating: Rating
    breakdown: tuple[StarCount, ...]
    page: Page[ReviewRow]


def rating_of(counts: dict[int, int]) -> Rating:
    """Return the average of reviews counted by stars, rounded half up."""
    count = sum(counts.values())
    total = 100 * sum(stars * times for stars, times in counts.items())
    return Rating(average_hundredths=(2 * total + count) // (2 * count) if count else 0, count=count)


def product_rating(session: Session, product_id: ProductId) -> Rating:
    """Return how a product is rated by its shown reviews. One statement."""
    return rating_of(_counts(session, product_id=product_id))


def shop_rating(session: Session, shop_id: ShopId) -> Rating:
    """Return how a shop's goods are rated together. One statement."""
    return rating_of(_counts(session, shop_id=shop_id))


def product_reviews(session: Session, product_id: ProductId, *, page: int = 1, stars: int | None = None) -> ReviewsView:
    """Return a product's shown reviews, newest first, all or those with `stars`. Two statements at most."""
    counts = _counts(session, product_id=product_id)
    total = counts.get(stars, 0) if stars is not None else sum(counts.values())
    rows = _rows(session, product_id, page=page, stars=stars) if total else ()
    return ReviewsView(
        rating=rating_of(counts),
        breakdown=tuple(_share(each, counts) for each in STARS),
        page=Page(rows=rows, number=page, size=REVIEWS_PER_PAGE, total=total),
    )


def reviewed_lines(session: Session, line_ids: Iterable[OrderLineId]) -> frozenset[OrderLineId]:
    """Return which of these bought lines have their review, shown or not."""
    return frozenset(session.scalars(select(Review.line_id).where(Review.line_id.in_(list(line_ids)))))


def _counts(session: Session, *, product_id: ProductId | None = None, shop_id: ShopId | None = None) -> dict[int, int]:
    whose = Review.product_id == product_id if product_id is not None else Review.shop_id == shop_id
    counted = select(Review.stars, func.count()).where(whose, Review.state == ReviewState.SHOWN).group_by(Review.stars)
    return dict(session.execute(counted).all())


def _share(stars: int, counts: dict[int, int]) -> StarCount:
    count, total = counts.get(stars, 0), sum(counts.values())
    return StarCount(stars=stars, count=count, percent=(200 * count + total) // (2 * total) if total else 0)


def _rows(session: Session, product_id: ProductId, *, page: int, stars: int | None) -> tuple[ReviewRow, ...]:
    """Return one page of reviews with their photos. One statement: a row per photo, so that they come together."""
    shown = select(Review.id).where(Review.product_id == product_id, Review.state == ReviewState.SHOWN)
    chosen = (
        (shown if stars is None else shown.where(Review.stars == stars))
        .order_by(Review.created_at.desc(), Review.id.desc())
        .limit(REVIEWS_PER_PAGE)
        .offset((page - 1) * REVIEWS_PER_PAGE)
        .subquery()
    )
    rows = session.execute(
        select(
            Review.id, Review.author_name, Review.stars, Review.language, Review.words, OrderLine.variant_label,
            Review.created_at, Review.reply, Review.replied_at, StoredImage.hash, StoredImage.widths,
        )
        .join(chosen, chosen.c.id == Review.id)
        .join(OrderLine, OrderLine.id == Review.line_id)
        .outerjoin(ReviewPhoto, ReviewPhoto.review_id == Review.id)
        .outerjoin(StoredImage, StoredImage.hash == ReviewPhoto.image_hash)
        .order_by(Review.created_at.desc(), Review.id.desc(), ReviewPhoto.position)
    )  # fmt: skip
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.id].append(row)
    return tuple(_review(own) for own in grouped.values())


def _review(rows: list[Any]) -> ReviewRow:
    row = rows[0]
    return ReviewRow(
        id=row.id, author_name=row.author_name, stars=row.stars, language=Language(row.language), words=row.words,
        variant_label=row.variant_label, created_at=row.created_at, reply=row.reply, replied_at=row.replied_at,
        photos=tuple(ReviewPicture(each.hash, tuple(map(int, each.widths.split()))) for each in rows if each.hash is not None),
    )  # fmt: skip
