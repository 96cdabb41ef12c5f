"""The moves a review may make: `waiting → shown | refused`; staff may hide a shown one and show it again."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError

from .models import ReviewState

REVIEW_MOVES: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.WAITING: frozenset({ReviewState.SHOWN, ReviewState.REFUSED}),
    ReviewState.SHOWN: frozenset({ReviewState.REFUSED}),
    ReviewState.REFUSED: frozenset({ReviewState.SHOWN}),
}


@dataclass(eq=False)
class ReviewMoveRefused(DomainError):
    """A review cannot go from where it stands to where somebody wants it."""

    now: ReviewState
    wanted: ReviewState


def move(now: ReviewState, wanted: ReviewState) -> ReviewState:
    """Return `wanted` if a review may go there. Raises: ReviewMoveRefused."""
    if wanted not in REVIEW_MOVES[now]:
        raise ReviewMoveRefused(now=now, wanted=wanted)
    return wanted
