"""Working days."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.kernel.workdays import working_days_after


@pytest.mark.row("F1")
@pytest.mark.parametrize(
    ("day", "days", "expected"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday to Wednesday
        (date(2026, 11, 26), 2, date(2026, 11, 30)),  # Thursday over the week-end
        (date(2026, 11, 27), 2, date(2026, 12, 1)),
        (date(2026, 11, 28), 2, date(2026, 12, 1)),  # what comes on Saturday or Sunday counts from Monday
        (date(2026, 11, 29), 2, date(2026, 12, 1)),
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 12, 30), 2, date(2027, 1, 1)),
    ],
)
def test_week_ends_do_not_count(day: date, days: int, expected: date) -> None:
    assert working_days_after(day, days) == expected


def test_days_on_which_the_office_is_closed_do_not_count() -> None:
    assert working_days_after(date(2026, 12, 30), 2, closed={date(2027, 1, 1)}) == date(2027, 1, 4)


def test_days_run_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        working_days_after(date(2026, 11, 23), -1)
