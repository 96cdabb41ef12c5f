"""The price in force for a quantity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.pricing import Tier, next_tier, price_in_force

TIERS = [Tier(50, 8_000), Tier(10, 9_000)]


@pytest.mark.row("C3")
@pytest.mark.parametrize(("steps", "price"), [(1, 10_000), (9, 10_000), (10, 9_000), (49, 9_000), (50, 8_000), (9_999, 8_000)])
def test_the_highest_tier_that_is_reached(steps: int, price: int) -> None:
    assert price_in_force(10_000, TIERS, steps=steps) == price


def test_what_a_few_more_would_bring() -> None:
    assert next_tier(TIERS, steps=9) == Tier(10, 9_000)
    assert next_tier(TIERS, steps=10) == Tier(50, 8_000)
    assert next_tier(TIERS, steps=50) is None


@pytest.mark.parametrize("steps", [0, -1])
def test_there_is_no_price_for_nothing(steps: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        price_in_force(10_000, TIERS, steps=steps)


@given(st.lists(st.builds(Tier, st.integers(2, 100), st.integers(1, 10**6)), unique_by=lambda tier: tier.min_steps),
       st.integers(1, 200))  # fmt: skip
def test_the_order_of_tiers_does_not_matter(tiers: list[Tier], steps: int) -> None:
    price = price_in_force(10**6, tiers, steps=steps)
    assert price == price_in_force(10**6, tiers[::-1], steps=steps)
    assert price in {10**6, *(tier.price_minor for tier in tiers if tier.min_steps <= steps)}
