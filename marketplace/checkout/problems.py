"""Why a line of a cart cannot be bought as it stands: a pure rule. The line stays visible and says so."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from marketplace.catalog.models import ProductState
from marketplace.sellers.models import ShopState


class Problem(StrEnum):
    """What is wrong with a line; pages have a sentence for each (`cart.problem.…`)."""

    SHOP_CLOSED = "shop_closed"  # suspended, closed or not yet open
    SHOP_HOLIDAY = "shop_holiday"
    UNAVAILABLE = "unavailable"  # product paused, suspended or archived, or the variant is no longer offered
    BELOW_MINIMUM = "below_minimum"
    SOLD_OUT = "sold_out"
    TOO_FEW = "too_few"  # some are left, but fewer than wanted


def is_on_holiday(today: date, *, starts: date | None, ends: date | None) -> bool:
    """Tell whether a shop rests today; without an end it rests until it says otherwise. Both ends count."""
    return starts is not None and starts <= today and (ends is None or today <= ends)


def find_problem(
    *, shop_state: ShopState, on_holiday: bool, product_state: ProductState, is_active: bool, is_published: bool,
    quantity: int, min_steps: int, available_steps: int | None, is_short_together: bool,
) -> Problem | None:  # fmt: skip
    """Return the first thing that keeps a line from being bought, None when nothing does.

    `available_steps` is None for what never runs short; `is_short_together` when lines that share stock want too much.
    """
    if shop_state is not ShopState.ACTIVE:
        return Problem.SHOP_CLOSED
    if product_state is not ProductState.PUBLISHED or not is_active or not is_published:
        return Problem.UNAVAILABLE
    if on_holiday:
        return Problem.SHOP_HOLIDAY
    if quantity < min_steps:
        return Problem.BELOW_MINIMUM
    if available_steps is not None and available_steps < min_steps:
        return Problem.SOLD_OUT
    if is_short_together or (available_steps is not None and quantity > available_steps):
        return Problem.TOO_FEW
    return None
