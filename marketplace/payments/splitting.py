"""Exact parts of a seller's money: repeated partial refunds add up to the whole, to the minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line's price for all its steps (minor units), its steps, and how many are given back: before, and now."""

    total_minor: int
    quantity: int
    before: int
    more: int

    def value_of(self, steps: int) -> int:
        """Return the price of the first `steps` of this line, in minor units, rounded down."""
        return self.total_minor * steps // self.quantity


def refund_due(lines: Sequence[LinePart], *, discount_minor: int, shipping_minor: int) -> int:
    """Return what giving these quantities back is worth, in the sub-order's minor units.

    Computed as the worth of everything given back so far less the worth before, so that any sequence of partial
    refunds of all quantities sums to exactly goods - discount + shipping. Shipping goes back with the last piece.
    """
    goods = sum(line.total_minor for line in lines)

    def worth(given_back: Sequence[int]) -> int:
        value = sum(line.value_of(steps) for line, steps in zip(lines, given_back, strict=True))
        less = discount_minor * value // goods if goods else 0
        is_all = all(steps == line.quantity for line, steps in zip(lines, given_back, strict=True))
        if is_all:
            return goods - discount_minor + shipping_minor
        return value - less

    before = [line.before for line in lines]
    after = [line.before + line.more for line in lines]
    if any(steps > line.quantity for line, steps in zip(lines, after, strict=True)):
        raise ValueError("more is given back than was sold")
    return worth(after) - worth(before)


def commission_of(amount_minor: int, basis_points: int) -> int:
    """Return the market's commission on `amount_minor`, rounded half up, in the same minor units."""
    if amount_minor < 0 or not 0 <= basis_points <= 10_000:
        raise ValueError("commission is a part of a positive amount")
    return (amount_minor * basis_points + 5_000) // 10_000
