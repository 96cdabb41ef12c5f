"""Read couriers, zones and example rates from their files into frozen, checked entries."""

from __future__ import annotations

import csv
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from marketplace.kernel.weight import Box, Grams
from marketplace.places.words import Words

from .weights import RoundingRule
from .zoning import ZoneRule

DATA = Path(__file__).resolve().parent / "data"


class ShipFlag(StrEnum):
    """What about a good matters to whoever carries it (domain.md §6)."""

    BLADE = "blade"
    LIQUID = "liquid"
    GLASS = "glass"
    FRAGILE = "fragile"
    BULKY = "bulky"
    OVERSIZE = "oversize"
    HEAVY = "heavy"
    PERISHABLE = "perishable"
    VALUABLE = "valuable"
    UNIQUE = "unique"
    ELECTRIC = "electric"
    BATTERY = "battery"
    LIVE = "live"
    HANDMADE = "handmade"
    PREORDER = "preorder"
    LOCAL = "local"  # does not leave the regency
    PICKUP = "pickup"  # pick-up is offered first; refuses nothing by itself


class ServiceKind(StrEnum):
    """Who carries: a courier, a courier's freight arm, the neighbourhood's own rider, or the buyer."""

    COURIER = "courier"
    CARGO = "cargo"
    LOCAL = "local"
    PICKUP = "pickup"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ZoneEntry(_Entry):
    """A zone: its names, and either how much of the code it shares with the origin or where codes in it start."""

    code: str = Field(pattern=r"^[a-z_]+$")
    names: Words
    same: Literal["district", "regency", "province"] | None = None
    starts_with: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_rule(self) -> ZoneEntry:
        if (self.same is None) == (not self.starts_with):
            raise ValueError(f"zone {self.code} wants exactly one of `same` and `starts_with`")
        return self

    def rule(self, position: int) -> ZoneRule:
        """Return the zone as the rule it becomes once stored at this position."""
        return ZoneRule(position, self.code, position, self.same, self.starts_with)


class EtaDays(_Entry):
    """How long the carrying takes, in days, both ends meant."""

    least: int = Field(ge=0)
    most: int = Field(ge=0, le=60)

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: object) -> object:
        if isinstance(value, list) and len(value) == 2:
            return {"least": value[0], "most": value[1]}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> EtaDays:
        if self.least > self.most:
            raise ValueError("the shortest time is longer than the longest")
        return self


class ServiceEntry(_Entry):
    """One service of a courier. `eta` names every zone it serves; `code` is unique among all services."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    courier_code: str  # as the courier itself writes it: REG, OKE
    name: str
    kind: ServiceKind
    divisor_cm3_per_kg: int | None = Field(default=None, gt=0)
    step_g: int = Field(gt=0)
    round_up_over_g: int = Field(ge=0)
    min_g: int = Field(ge=0)
    max_g: int = Field(gt=0)
    max_length_mm: int = Field(gt=0)
    refuses: frozenset[ShipFlag]
    allows_cod: bool
    active: bool
    confidence: Literal["verified", "partly", "assumed", "own"]
    eta: dict[str, EtaDays]

    @property
    def rounding(self) -> RoundingRule:
        """Return the service's rounding as the rule `chargeable_grams` wants."""
        return RoundingRule(self.divisor_cm3_per_kg, self.step_g, self.round_up_over_g, self.min_g)

    def may_carry(self, *, flags: frozenset[ShipFlag], box: Box, actual: Grams) -> bool:
        """Tell whether this service takes a parcel with these flags, measures and scale weight."""
        longest = max(box.length_mm, box.width_mm, box.height_mm)
        return not (flags & self.refuses) and longest <= self.max_length_mm and actual <= self.max_g


class CourierEntry(_Entry):
    """A courier and its services."""

    code: str = Field(pattern=r"^[a-z]+$")
    name: str
    services: tuple[ServiceEntry, ...] = Field(min_length=1)


class RateEntry(_Entry):
    """What a service asks to a zone: first kilogram and each further one, minor units of IDR, ISO 4217 (exponent 0 with us)."""

    service: str
    zone: str
    first_kg_minor: int = Field(ge=0)
    next_kg_minor: int = Field(ge=0)
    is_example: bool

    def price_minor(self, chargeable: Grams) -> int:
        """Return the price of `chargeable` grams in minor units of IDR; a part of a rupiah is rounded up."""
        beyond = max(0, chargeable - 1000)
        return self.first_kg_minor - (-beyond * self.next_kg_minor // 1000)


def read_couriers() -> tuple[CourierEntry, ...]:
    """Return the couriers of `couriers.toml`, in its order."""
    return TypeAdapter(tuple[CourierEntry, ...]).validate_python(_toml("couriers.toml")["couriers"])


def read_zones() -> tuple[ZoneEntry, ...]:
    """Return the zones of `zones.toml`; the first that fits counts."""
    return TypeAdapter(tuple[ZoneEntry, ...]).validate_python(_toml("zones.toml")["zones"])


def read_rates() -> tuple[RateEntry, ...]:
    """Return the example rates of `rates.csv`."""
    with (DATA / "rates.csv").open(encoding="utf-8", newline="") as file:
        return TypeAdapter(tuple[RateEntry, ...]).validate_python(list(csv.DictReader(file)))


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
