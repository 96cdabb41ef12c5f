"""What a delivery costs and who may carry it: pure rules in grams, millimetres and minor units of IDR (exponent 0)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .models import DeliveryKind
from .parcels import Parcel
from .weights import RoundingRule, chargeable_grams


@dataclass(frozen=True, slots=True)
class Rate:
    """A price in force: the service's minimum weight, each further step, and the days it takes."""

    first_minor: int
    next_minor: int
    days_min: int
    days_max: int
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """One courier service and what it refuses."""

    id: int
    name: str
    rule: RoundingRule
    max_grams: int | None
    max_length_mm: int | None
    refuses: frozenset[str]
    allows_cod: bool


class WhyNot(StrEnum):
    """Why a service is not a choice for a parcel; pages have a sentence for each."""

    REFUSES_GOODS = "refuses_goods"
    TOO_HEAVY = "too_heavy"
    TOO_LONG = "too_long"
    NOT_SERVED = "not_served"


@dataclass(frozen=True, slots=True)
class Quote:
    """One way to get a parcel to its buyer. `code` names the choice in a form; `name` is empty but for couriers."""

    code: str
    kind: DeliveryKind
    name: str
    fee_minor: int
    days_min: int
    days_max: int
    allows_cod: bool
    service_id: int | None = None
    chargeable_grams: int = 0
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Withheld:
    """A courier service that is no choice for this parcel, and why."""

    name: str
    why: WhyNot


@dataclass(frozen=True, slots=True)
class ShopQuotes:
    """The choices for one shop's parcel (pick-up, own delivery, couriers by price) and what is not one."""

    choices: tuple[Quote, ...]
    withheld: tuple[Withheld, ...]


def fee_minor(rate: Rate, rule: RoundingRule, *, grams: int) -> int:
    """Return what a courier asks for `grams` chargeable grams: the first price up to the minimum, then each step begun."""
    steps = -(-max(0, grams - rule.min_g) // rule.step_g)
    return rate.first_minor + steps * rate.next_minor


def why_not(service: Service, parcel: Parcel, *, billed: int) -> WhyNot | None:
    """Return why a service does not take a parcel, None when it does. A refused flag is never a choice (H4)."""
    if parcel.flags & service.refuses:
        return WhyNot.REFUSES_GOODS
    if service.max_length_mm is not None and parcel.longest_mm > service.max_length_mm:
        return WhyNot.TOO_LONG
    if service.max_grams is not None and billed > service.max_grams:
        return WhyNot.TOO_HEAVY
    return None


def courier_quote(service: Service, rate: Rate | None, parcel: Parcel, *, shop_takes_cod: bool) -> Quote | Withheld:
    """Return the choice a service offers for a parcel to a zone, or why it offers none (no rate: not served)."""
    if rate is None:
        return Withheld(service.name, WhyNot.NOT_SERVED)
    billed = chargeable_grams(parcel.grams, parcel.box, service.rule)
    refused = why_not(service, parcel, billed=billed)
    if refused is not None:
        return Withheld(service.name, refused)
    return Quote(
        code=f"courier-{service.id}",
        kind=DeliveryKind.COURIER,
        name=service.name,
        fee_minor=fee_minor(rate, service.rule, grams=billed),
        days_min=rate.days_min,
        days_max=rate.days_max,
        allows_cod=shop_takes_cod and service.allows_cod,
        service_id=service.id,
        chargeable_grams=billed,
        is_example=rate.is_example,
    )
