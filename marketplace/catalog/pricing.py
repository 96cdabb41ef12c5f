"""The price in force for a quantity: pure rules in minor units of the variant's currency, tax included."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tier:
    """The price of one step when at least `min_steps` are bought, in minor units of the variant's currency."""

    min_steps: int
    price_minor: int


def price_in_force(price_minor: int, tiers: Collection[Tier], *, steps: int) -> int:
    """Return the price of one step when `steps` are bought: the base price, or the highest tier that is reached.

    Raises: ValueError for less than one step.
    """
    if steps < 1:
        raise ValueError("a price is for at least one step")
    reached = [tier for tier in tiers if tier.min_steps <= steps]
    return max(reached, key=lambda tier: tier.min_steps).price_minor if reached else price_minor


def next_tier(tiers: Collection[Tier], *, steps: int) -> Tier | None:
    """Return the tier that a few more steps would reach, if there is one."""
    ahead = [tier for tier in tiers if tier.min_steps > steps]
    return min(ahead, key=lambda tier: tier.min_steps) if ahead else None
