"""Days and hours of the demo: everything counts back from the day of loading, in the region's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from babel.dates import get_day_names

from marketplace.kernel.clock import WIB, local_day
from marketplace.language.languages import Language


@dataclass(frozen=True, slots=True)
class DemoDay:
    """The day a demo is loaded on. Nothing it dates lies after `now`."""

    now: datetime

    @property
    def today(self) -> date:
        """Return the day of loading, in WIB."""
        return local_day(self.now)

    def day(self, days_ago: int) -> date:
        """Return a day before (negative: after) the day of loading."""
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return an instant of a day before the day of loading, in UTC; of that day itself at most `now`."""
        found = datetime.combine(self.day(days_ago), time(hour, minute), WIB).astimezone(UTC)
        return min(found, self.now) if days_ago >= 0 else found


def weekdays(days: tuple[int, ...], language: Language) -> str:
    """Return ISO weekdays (Monday 1) as a reader writes them: "Sen–Sab", "Mon, Wed, Fri", "월~토"."""
    names = get_day_names("abbreviated", locale=language.value)
    first, last = days[0], days[-1]
    if len(days) > 2 and days == tuple(range(first, last + 1)):
        between = "~" if language is Language.KO else "–"
        return f"{names[first - 1]}{between}{names[last - 1]}"
    return ", ".join(names[day - 1] for day in days)
