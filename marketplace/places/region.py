"""What a region pack's `region.toml` may say, and nothing else."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from .words import Words

Code = Annotated[str, Field(pattern=r"^\d{2}(\.\d{2}){0,2}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class PostalRule(_Part):
    """How a postal code of the region looks; a hint for a form, never a reason to refuse an address elsewhere."""

    pattern: str
    first: str
    last: str

    def fits(self, typed: str) -> bool:
        """Tell whether `typed` can be a postal code of the region."""
        return re.fullmatch(self.pattern, typed) is not None and self.first <= typed <= self.last


class Office(_Part):
    """How to reach the office that runs the market. `is_example` is true until a real office writes its own."""

    is_example: bool
    name: Words
    address: str
    phone: str
    whatsapp: str
    email: str
    hours: Words


class TileMap(_Part):
    """Size of the region's tile map, in tiles."""

    columns: int = Field(gt=0)
    rows: int = Field(gt=0)


class Bounds(_Part):
    """The region's bounding box in degrees."""

    west: float
    south: float
    east: float
    north: float


class RegionPack(_Part):
    """A region's settings: names, number prefix, codes, postal rule, time zone, office, map."""

    slug: str = Field(pattern=r"^[a-z][a-z-]*$")
    names: Words
    short_names: Words
    number_prefix: str = Field(pattern=r"^[A-Z]{3}$")
    province_code: Code
    regency_code: Code
    seat_code: Code
    district_prefix: str
    time_zone: str
    postal: PostalRule
    office: Office
    tile_map: TileMap
    bounds: Bounds

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value
