"""What is due when in a seller's list: pure rules over its rows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from marketplace.kernel.clock import end_of_day, local_day

from .models import FulfilmentFact, SubOrderLifecycle
from .views import SellerOrderRow

_WORKING = (SubOrderLifecycle.ACCEPTED, SubOrderLifecycle.IN_PRODUCTION, SubOrderLifecycle.READY)
_NOT_GONE = (FulfilmentFact.UNFULFILLED, FulfilmentFact.PART_SHIPPED)


class Due(StrEnum):
    """How pressing something is."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"


def due_at(row: SellerOrderRow) -> datetime | None:
    """Return until when a seller has to act on a part: to answer it, or to send it; none when nothing is to be done."""
    if row.lifecycle is SubOrderLifecycle.NEW:
        return row.accept_by
    if row.lifecycle in _WORKING and row.promised_on is not None and row.fulfilment in _NOT_GONE:
        return end_of_day(row.promised_on)
    return None


def due_group(at: datetime, now: datetime) -> Due:
    """Return whether something is past, falls on today (WIB), or has time."""
    if at <= now:
        return Due.LATE
    return Due.TODAY if at <= end_of_day(local_day(now)) else Due.LATER
