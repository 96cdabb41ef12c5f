"""What food costs by weight, so that packs of different sizes compare."""

from __future__ import annotations


def per_100g_minor(*, price_minor: int, net_weight_grams: int) -> int | None:
    """Return the price of 100 g in the same minor units, rounded half up; None where no net weight is known."""
    if net_weight_grams <= 0:
        return None
    return (2 * price_minor * 100 + net_weight_grams) // (2 * net_weight_grams)
