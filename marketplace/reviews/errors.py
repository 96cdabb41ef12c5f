"""Refusals about reviews."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import OrderLineId

from .models import ReviewState


@dataclass(eq=False)
class LineNotFound(NotFound):
    """This order has no such line."""

    line_id: OrderLineId


@dataclass(eq=False)
class ReviewNotFound(NotFound):
    """There is no such review, or it is of another shop's goods."""

    review_id: int


@dataclass(eq=False)
class NotDeliveredYet(DomainError):
    """Only what arrived can be reviewed."""

    line_id: OrderLineId


@dataclass(eq=False)
class AlreadyReviewed(DomainError):
    """This line has its review."""

    line_id: OrderLineId


@dataclass(eq=False)
class AlreadyReplied(DomainError):
    """A review has at most one reply."""

    review_id: int


@dataclass(eq=False)
class AlreadyDecided(DomainError):
    """Somebody decided on this review while it was being read; `state` is what they made of it."""

    review_id: int
    state: ReviewState


@dataclass(eq=False)
class ReasonMissing(DomainError):
    """A review is only refused for a reason from the list."""

    review_id: int


@dataclass(eq=False)
class ReviewUnfit(DomainError):
    """Stars run from 1 to 5, photos are at most four; `field` says which."""

    field: str
