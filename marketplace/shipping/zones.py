"""Which zone a destination falls in, seen from an origin: the first rule that fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, model_validator

from marketplace.kernel.errors import DomainError
from marketplace.places.words import Words

SEGMENTS = {"province": 1, "regency": 2, "district": 3}


class ZoneEntry(BaseModel):
    """A zone: its names, and either how much of the code it shares with the origin or where codes in it start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[a-z_]+$")
    names: Words
    same: str | None = Field(default=None, pattern=r"^(district|regency|province)$")
    starts_with: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_rule(self) -> ZoneEntry:
        if (self.same is None) == (not self.starts_with):
            raise ValueError(f"zone {self.code} wants exactly one of `same` and `starts_with`")
        return self

    def holds(self, origin: str, destination: str) -> bool:
        """Tell whether `destination` lies in this zone as seen from `origin`; both are kecamatan codes such as 36.02.22."""
        if self.same is not None:
            count = SEGMENTS[self.same]
            return origin.split(".")[:count] == destination.split(".")[:count]
        return destination.startswith(self.starts_with)


@dataclass(eq=False)
class NoZone(DomainError):
    """No rule covers this destination, a kecamatan code."""

    destination: str


def zone_for(zones: Sequence[ZoneEntry], *, origin: str, destination: str) -> ZoneEntry:
    """Return the first of `zones` that holds `destination` as seen from `origin`. Raises: NoZone."""
    for zone in zones:
        if zone.holds(origin, destination):
            return zone
    raise NoZone(destination=destination)
