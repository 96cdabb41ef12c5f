"""Which stored zone a destination falls in, seen from an origin: a pure rule over Ministry of Home Affairs codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# How many dotted parts of a kecamatan code (36.02.22) two places of one level share.
LEVELS = {"province": 1, "regency": 2, "district": 3}


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """A zone as the table keeps it: what it shares with the origin, else what its codes begin with (nothing: all)."""

    id: int
    code: str
    position: int
    same_level: str | None = None
    place_prefixes: tuple[str, ...] = ()

    def match(self, *, origin: str, destination: str) -> int | None:
        """Return how closely this zone fits, as matched characters of the destination's code; None where it does not."""
        if self.same_level is not None:
            shared = destination.split(".")[: LEVELS[self.same_level]]
            return len(".".join(shared)) if origin.split(".")[: LEVELS[self.same_level]] == shared else None
        if not self.place_prefixes:
            return 0
        return max((len(prefix) for prefix in self.place_prefixes if destination.startswith(prefix)), default=None)


def find_zone(zones: Iterable[ZoneRule], *, origin: str, destination: str) -> ZoneRule | None:
    """Return the first zone by position that holds the destination; of zones on one position the closest fit."""
    fits = [(zone, match) for zone in zones if (match := zone.match(origin=origin, destination=destination)) is not None]
    if not fits:
        return None
    return min(fits, key=lambda fit: (fit[0].position, -fit[1], fit[0].id))[0]


def is_same_regency(origin: str, destination: str) -> bool:
    """Tell whether goods that do not leave the regency may go there."""
    return origin.split(".")[: LEVELS["regency"]] == destination.split(".")[: LEVELS["regency"]]
