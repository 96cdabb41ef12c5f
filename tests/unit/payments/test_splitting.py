"""Partial refunds and commissions, exact to the minor unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments.splitting import LinePart, commission_of, refund_due


@st.composite
def walks(draw: st.DrawFn) -> tuple[list[tuple[int, int]], int, int, list[list[int]]]:
    """Return lines (price of all steps, steps), discount, shipping, and steps given back at each turn until none is left."""
    lines = draw(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 12)), min_size=1, max_size=5))
    goods = sum(price for price, _ in lines)
    discount, shipping = draw(st.integers(0, goods)), draw(st.integers(0, 10**5))
    left = [steps for _, steps in lines]
    turns: list[list[int]] = []
    while any(left):
        turn = [draw(st.integers(0, steps)) for steps in left]
        if not any(turn):
            turn = list(left)
        turns.append(turn)
        left = [steps - taken for steps, taken in zip(left, turn, strict=True)]
    return lines, discount, shipping, turns


@pytest.mark.promise("M1")
@pytest.mark.row("O3")
@given(walks())
def test_any_sequence_of_partial_refunds_sums_to_the_whole(walk: tuple[list[tuple[int, int]], int, int, list[list[int]]]) -> None:
    """Goods less discount plus shipping, never more on the way, never below nothing at any turn."""
    lines, discount, shipping, turns = walk
    before = [0] * len(lines)
    total = 0
    for turn in turns:
        parts = [LinePart(price, steps, done, more) for (price, steps), done, more in zip(lines, before, turn, strict=True)]
        amount = refund_due(parts, discount_minor=discount, shipping_minor=shipping)
        assert amount >= 0
        total += amount
        before = [done + more for done, more in zip(before, turn, strict=True)]
    assert total == sum(price for price, _ in lines) - discount + shipping


def test_examples() -> None:
    """Two of three pieces at 10.000 with 3.000 off and 9.000 shipping: 18.000 now, 18.000 with the last."""
    assert refund_due([LinePart(30_000, 3, 0, 2)], discount_minor=3_000, shipping_minor=9_000) == 18_000
    assert refund_due([LinePart(30_000, 3, 2, 1)], discount_minor=3_000, shipping_minor=9_000) == 18_000
    with pytest.raises(ValueError):
        refund_due([LinePart(30_000, 3, 2, 2)], discount_minor=0, shipping_minor=0)


@pytest.mark.promise("M1")
@pytest.mark.parametrize(
    ("amount", "points", "expected"),
    [(0, 500, 0), (100, 50, 1), (99, 50, 0), (10_001, 250, 250), (10_020, 250, 251), (7, 0, 0), (7, 10_000, 7)],
)
def test_commission_rounds_half_up(amount: int, points: int, expected: int) -> None:
    """Five basis points of a rupiah go up."""
    assert commission_of(amount, points) == expected


@pytest.mark.parametrize(("amount", "points"), [(-1, 10), (1, -1), (1, 10_001)])
def test_commission_of_nonsense(amount: int, points: int) -> None:
    """Refused."""
    with pytest.raises(ValueError):
        commission_of(amount, points)
