"""The one clock: every instant in the product comes from here, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")  # UTC+7, no daylight saving
KST = ZoneInfo("Asia/Seoul")  # UTC+9, no daylight saving


class Clock(Protocol):
    """Whoever can say what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, moved by `offset` (test profile only)."""

    offset: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC) + self.offset


def local_day(at: datetime, zone: ZoneInfo = WIB) -> date:
    """Return the calendar day that `at` falls on in `zone`."""
    return at.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo = WIB) -> datetime:
    """Return the first instant after `day` in `zone`, in UTC: what ends "on 31 May" ends here."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), zone).astimezone(UTC)
