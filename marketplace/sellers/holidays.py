"""When a shop is on holiday: its goods stay visible, but nothing is sold."""

from __future__ import annotations

from datetime import date


def is_on_holiday(*, starts: date | None, ends: date | None, day: date) -> bool:
    """Tell whether `day` lies in the holiday, both ends meant; without an end it lasts until the shop ends it."""
    return starts is not None and starts <= day and (ends is None or day <= ends)
