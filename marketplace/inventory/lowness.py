"""When an item runs low: the one place that knows the default."""

from __future__ import annotations

LOW_STEPS = 3  # a maker who has set nothing is told when so many steps are left: enough for the next sale, time to make more


def low_limit(low_at: int | None, units_per_step: int) -> int:
    """Return the free units at or below which an item runs low: its own threshold (0: never), else the default."""
    return low_at if low_at is not None else LOW_STEPS * units_per_step


def runs_low(available: int, limit: int) -> bool:
    """Tell whether so many free units are few; a threshold of nothing means that nobody wants to be told."""
    return limit > 0 and available <= limit
