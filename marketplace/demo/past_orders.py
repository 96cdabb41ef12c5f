"""Which orders a demo has behind it: one for each review, and baskets of which nobody said anything. Pure, from one seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .goods import Good, GoodVariant
from .people import ReviewEntry
from .worlds import World

SEED = "pasar-lebak"
# Days between the stages of an ordinary order.
TRAVEL_DAYS = 3
CLOSING_DAYS = 3
CASH_SHARE = 0.3
# What needs its own way (a slot, an adult, one buyer only) or a lorry is left to its reviewers.
RARE_FLAGS = frozenset({"blade", "unique", "heavy", "local", "preorder", "oversize", "valuable"})

_FIRST = (
    "Dewi", "Ratna", "Hendra", "Yusuf", "Maya", "Bagas", "Tini", "Rudi", "Lilis", "Fajar", "Nurul", "Agus", "Rina", "Wahyu",
    "Sri", "Dadan", "Intan", "Galih", "Euis", "Teguh",
)  # fmt: skip
_LAST = ("Pratiwi", "Saputra", "Lestari", "Hidayat", "Wulandari", "Setiawan", "Maulana", "Anggraini", "Firmansyah", "Utami")
# Where buyers live: mostly near, some across Java and beyond. Kecamatan by code.
PLACES = (
    "36.02.14", "36.02.18", "36.02.08", "36.04.05", "36.71.01", "36.74.02", "31.71.01", "31.74.04", "32.71.01", "32.73.04",
    "33.74.04", "34.71.03", "35.78.01", "12.71.01", "51.71.01", "73.71.03",
)  # fmt: skip
STREETS = ("Jl. Melati No. {n}", "Jl. Kenanga {n}", "Kp. Pasir RT 02 RW 0{d}", "Perum Griya Asri Blok C{n}", "Jl. Veteran {n}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Steps of one variant of a good, by its place in the entry."""

    good: Good
    variant: GoodVariant
    place: int
    steps: int


@dataclass(frozen=True, slots=True)
class Buyer:
    """An invented buyer with a number that reaches nobody."""

    name: str
    phone: str
    district: str
    street: str


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order of the past: when it was placed, by whom, what, and the review it led to. `lead_days` is till it was ready."""

    number: int
    days_ago: int
    hour: int
    buyer: Buyer
    language: str
    wanted: tuple[Wanted, ...]
    lead_days: int
    review: ReviewEntry | None = None
    wants_cash: bool = False  # where the chosen delivery allows it


def plan_past(world: World) -> tuple[PastOrder, ...]:
    """Return the orders a world has behind it, oldest first; the same for the same world, whatever the day."""
    dice = random.Random(SEED)
    planned = [*_reviewed(world, dice), *_baskets(world, dice)]
    return tuple(sorted(planned, key=lambda order: (-order.days_ago, order.number)))


def sold_steps(orders: tuple[PastOrder, ...]) -> Counter[str]:
    """Return how many steps of each SKU these orders take."""
    sold: Counter[str] = Counter()
    for order in orders:
        for wanted in order.wanted:
            sold[wanted.variant.sku] += wanted.steps
    return sold


def make_buyer(dice: random.Random, number: int, *, place: str | None = None, name: str | None = None) -> Buyer:
    """Return an invented buyer; `number` gives the phone, 0812-0000-1000 and up."""
    street = dice.choice(STREETS).format(n=dice.randint(1, 120), d=dice.randint(1, 9))
    full = name or f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
    return Buyer(full, f"0812-0000-{1000 + number % 1000:04d}", place or dice.choice(PLACES), street)


def _reviewed(world: World, dice: random.Random) -> Iterator[PastOrder]:
    goods = {good.item_id: good for good in world.goods}
    for number, review in enumerate(world.reviews):
        good = goods[review.item]
        lead = max(good.lead_time_days or 1, 1)
        place = PLACES[0] if _stays_near(good) else None
        yield PastOrder(
            number=number, days_ago=review.days_ago + lead + TRAVEL_DAYS + 1, hour=dice.randint(8, 20),
            buyer=make_buyer(dice, number, place=place, name=review.author), language=review.language,
            wanted=(_want(good, dice),), lead_days=lead, review=review,
            wants_cash=dice.random() < CASH_SHARE,
        )  # fmt: skip


def _baskets(world: World, dice: random.Random) -> Iterator[PastOrder]:
    """Yield orders of one to three goods, often of several sellers; food is bought more often and in larger numbers."""
    common = [good for good in world.goods if not RARE_FLAGS & {flag.value for flag in good.ship_flags}]
    common = [good for good in common if (good.lead_time_days or 0) <= 3]
    weights = [3 if good.shelf_life_days else 1 for good in common]
    shops = world.shop_of_item
    for number in range(world.baskets):
        picked = {good.item_id: good for good in dice.choices(common, weights, k=dice.choice((1, 1, 2, 2, 3)))}
        youngest = min(shops[item].joined_days_ago - 1 - 8 * shops[item].items.index(item) for item in picked)
        lead = max([1, *(good.lead_time_days or 1 for good in picked.values())])
        earliest, latest = lead + TRAVEL_DAYS + CLOSING_DAYS + 1, min(118, youngest - 1)
        if latest < earliest:
            continue
        yield PastOrder(
            number=500 + number, days_ago=dice.randint(earliest, latest), hour=dice.randint(7, 21),
            buyer=make_buyer(dice, 500 + number, place=PLACES[0] if any(map(_stays_near, picked.values())) else None),
            language=dice.choice(("id", "id", "id", "id", "en", "ko")),
            wanted=tuple(_want(good, dice) for good in picked.values()), lead_days=lead,
            wants_cash=dice.random() < CASH_SHARE,
        )  # fmt: skip


def _stays_near(good: Good) -> bool:
    """Tell whether a good is fetched or brought by its maker only, so that its buyer lives in the regency's seat."""
    return bool({"local", "pickup", "blade", "oversize", "perishable"} & {flag.value for flag in good.ship_flags})


def _want(good: Good, dice: random.Random) -> Wanted:
    place = dice.randrange(len(good.variants))
    variant = good.variants[place]
    extra = dice.choice((0, 0, 0, 1, 1, 2, 4)) if good.shelf_life_days else dice.choice((0, 0, 0, 0, 1))
    is_single = "unique" in {flag.value for flag in good.ship_flags} or variant.price > 500_000
    return Wanted(good, variant, place, variant.min_steps + (0 if is_single else extra))
