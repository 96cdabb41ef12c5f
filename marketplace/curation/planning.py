"""What does not fit in a slot's coming weeks: gaps, too many at once, the same product twice, goods that do not show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations

from marketplace.kernel.clock import WIB, local_day
from marketplace.kernel.ids import ProductId

HOME = "home"
SHELF_PREFIX = "category:"
HOME_PLACES = 8
SHELF_PLACES = 4
WEEKS_AHEAD = 4


class Trouble(StrEnum):
    """Why a pick needs a look."""

    TWICE = "twice"  # the same product in the same slot at the same time
    NOT_PUBLISHED = "not_published"
    SHOP_CLOSED = "shop_closed"
    ON_HOLIDAY = "on_holiday"
    SOLD_OUT = "sold_out"


@dataclass(frozen=True, slots=True)
class Planned:
    """A pick as the plan sees it. `shows` tells whether its card shows at all while the window is open."""

    id: int
    product_id: ProductId
    starts_at: datetime
    ends_at: datetime | None
    shows: bool

    def is_open_at(self, at: datetime) -> bool:
        """Tell whether the window is open."""
        return self.starts_at <= at and (self.ends_at is None or self.ends_at > at)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day of a slot: how many picks show, and how many places stay empty or are too few."""

    day: date
    shown: int
    missing: int
    over: int


def places_in(slot: str) -> int:
    """Return how many picks a slot is made for."""
    return HOME_PLACES if slot == HOME else SHELF_PLACES


def plan_days(picks: Sequence[Planned], *, places: int, now: datetime, days: int = 7 * WEEKS_AHEAD) -> tuple[DayPlan, ...]:
    """Return the coming days, today first, each judged at noon in WIB; today not before `now`."""
    return tuple(_plan_day(picks, day, places, now) for day in _days(local_day(now), days))


def _days(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range(count))


def _plan_day(picks: Sequence[Planned], day: date, places: int, now: datetime) -> DayPlan:
    noon = max(now, datetime.combine(day, time(12), WIB).astimezone(UTC)) if day == local_day(now) else _noon(day)
    shown = sum(pick.shows and pick.is_open_at(noon) for pick in picks)
    return DayPlan(day=day, shown=shown, missing=max(0, places - shown), over=max(0, shown - places))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), WIB).astimezone(UTC)


def placed_twice(picks: Sequence[Planned]) -> frozenset[int]:
    """Return the picks whose product stands in the same slot in a window that overlaps theirs."""
    return frozenset(
        number
        for one, other in combinations(picks, 2)
        if one.product_id == other.product_id and _overlap(one, other)
        for number in (one.id, other.id)
    )


def _overlap(one: Planned, other: Planned) -> bool:
    one_first = other.ends_at is None or one.starts_at < other.ends_at
    other_first = one.ends_at is None or other.starts_at < one.ends_at
    return one_first and other_first


@dataclass(frozen=True, slots=True)
class Standing:
    """What may keep a pick's product from being shown or bought."""

    is_published: bool
    shop_is_open: bool
    shop_on_holiday: bool
    is_available: bool


def troubles_of(standing: Standing, *, twice: bool) -> tuple[Trouble, ...]:
    """Return everything that is wrong with a pick, the gravest first."""
    found = (
        (Trouble.NOT_PUBLISHED, not standing.is_published),
        (Trouble.SHOP_CLOSED, not standing.shop_is_open),
        (Trouble.TWICE, twice),
        (Trouble.SOLD_OUT, not standing.is_available),
        (Trouble.ON_HOLIDAY, standing.shop_on_holiday),
    )
    return tuple(trouble for trouble, is_so in found if is_so)
