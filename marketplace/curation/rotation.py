"""Fair rotation: of all goods that may be put forward, those come first that were seen least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from marketplace.kernel.ids import ProductId

# Over how long a product's turns are compared.
COUNTED_OVER = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What decides about a product's turn."""

    product_id: ProductId
    is_published: bool
    is_available: bool  # in stock, or made to order
    shop_is_open: bool  # active and verified
    shop_on_holiday: bool
    has_photo: bool  # at least one, in its approved revision
    has_words: bool  # in Indonesian
    impressions: int


def is_eligible(candidate: Candidate) -> bool:
    """Tell whether a product may be suggested: everybody who meets this has a turn, nobody else."""
    return (
        candidate.is_published
        and candidate.is_available
        and candidate.shop_is_open
        and not candidate.shop_on_holiday
        and candidate.has_photo
        and candidate.has_words
    )


def least_shown_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the eligible ones, least seen first; among equals the smaller id, so the order is always the same."""
    eligible = filter(is_eligible, candidates)
    return sorted(eligible, key=lambda candidate: (candidate.impressions, candidate.product_id))
