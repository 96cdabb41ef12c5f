"""The moves a product and its revisions may make (architecture §3, promises §6)."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError

from .models import ProductState as P
from .models import RevisionState as R

PRODUCT_MOVES: dict[P, frozenset[P]] = {
    P.DRAFT: frozenset({P.IN_REVIEW, P.ARCHIVED}),
    P.IN_REVIEW: frozenset({P.PUBLISHED, P.DRAFT, P.ARCHIVED}),
    P.PUBLISHED: frozenset({P.PAUSED, P.SUSPENDED, P.ARCHIVED}),
    P.PAUSED: frozenset({P.PUBLISHED, P.SUSPENDED, P.ARCHIVED}),
    P.SUSPENDED: frozenset({P.PUBLISHED, P.ARCHIVED}),
    P.ARCHIVED: frozenset(),
}
REVISION_MOVES: dict[R, frozenset[R]] = {
    R.DRAFT: frozenset({R.IN_REVIEW}),
    R.IN_REVIEW: frozenset({R.APPROVED, R.RETURNED, R.DRAFT}),  # a seller may take it back
    R.APPROVED: frozenset({R.SUPERSEDED}),
    R.RETURNED: frozenset({R.IN_REVIEW}),
    R.SUPERSEDED: frozenset(),
}


@dataclass(eq=False)
class ProductMoveRefused(DomainError):
    """A product cannot go from where it stands to where somebody wants it."""

    now: P
    wanted: P


@dataclass(eq=False)
class RevisionMoveRefused(DomainError):
    """A revision cannot go from where it stands to where somebody wants it."""

    now: R
    wanted: R


def move(now: P, wanted: P) -> P:
    """Return `wanted` if a product may go there. Raises: ProductMoveRefused."""
    if wanted not in PRODUCT_MOVES[now]:
        raise ProductMoveRefused(now=now, wanted=wanted)
    return wanted


def move_revision(now: R, wanted: R) -> R:
    """Return `wanted` if a revision may go there. Raises: RevisionMoveRefused."""
    if wanted not in REVISION_MOVES[now]:
        raise RevisionMoveRefused(now=now, wanted=wanted)
    return wanted
