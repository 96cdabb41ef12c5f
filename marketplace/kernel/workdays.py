"""Working days of an office: Monday to Friday, without the days it is closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SATURDAY = 5


def working_days_after(day: date, days: int, *, closed: Collection[date] = ()) -> date:
    """Return the day on which the `days`-th working day after `day` falls; `day` itself never counts.

    Raises: ValueError if `days` is negative.
    """
    if days < 0:
        raise ValueError("working days are counted forward")
    found = day
    while days:
        found += timedelta(days=1)
        if found.weekday() < SATURDAY and found not in closed:
            days -= 1
    return found
