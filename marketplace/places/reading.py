"""Read the committed place tables and region packs into frozen rows."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from marketplace.kernel.errors import NotFound

from .region import RegionPack
from .words import Words

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
REGIONS = HERE / "regions"


class VillageKind(StrEnum):
    """What a village is by law."""

    DESA = "desa"
    KELURAHAN = "kelurahan"


@dataclass(frozen=True, slots=True)
class Province:
    """A province: code `36`."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Regency:
    """A kabupaten or kota: code `36.02`, name with its kind in front."""

    code: str
    name: str

    @property
    def province_code(self) -> str:
        """Return the code of the province it lies in."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan anywhere in Indonesia: code `36.02.22`. `postal` is None where its villages have several codes."""

    code: str
    name: str
    postal: str | None

    @property
    def regency_code(self) -> str:
        """Return the code of the kabupaten or kota it lies in."""
        return self.code[:5]


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan of the region: code `36.02.22.2006`."""

    code: str
    name: str
    district_code: str
    kind: VillageKind
    postal: str | None


@dataclass(frozen=True, slots=True)
class RegionDistrict:
    """A kecamatan of the region as its pages show it. `column` and `row` count from 1 at the top left of the tile map."""

    code: str
    name: str
    name_ko: str
    latitude: float
    longitude: float
    column: int
    row: int
    postal: str
    postal_others: tuple[str, ...]
    neighbour_codes: tuple[str, ...]
    known_for: Words | None
    desa_count: int
    kelurahan_count: int


@dataclass(frozen=True, slots=True)
class Region:
    """A region pack, whole: its settings, its kecamatan and its villages."""

    pack: RegionPack
    districts: tuple[RegionDistrict, ...]
    villages: tuple[Village, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone the region lives in."""
        return ZoneInfo(self.pack.time_zone)


@dataclass(eq=False)
class RegionNotFound(NotFound):
    """No region pack has this name."""

    name: str


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def read_provinces() -> tuple[Province, ...]:
    """Return all provinces of Indonesia, by code."""
    return tuple(Province(row["code"], row["name"]) for row in _rows(DATA / "provinces.csv"))


def read_regencies() -> tuple[Regency, ...]:
    """Return all kabupaten and kota of Indonesia, by code."""
    return tuple(Regency(row["code"], row["name"]) for row in _rows(DATA / "regencies.csv"))


def read_districts() -> tuple[District, ...]:
    """Return all kecamatan of Indonesia, by code."""
    return tuple(District(row["code"], row["name"], row["postal"] or None) for row in _rows(DATA / "districts.csv"))


def read_villages(region: str) -> tuple[Village, ...]:
    """Return the villages of a region, by code. Raises: RegionNotFound."""
    return tuple(
        Village(row["code"], row["name"], row["district"], VillageKind(row["kind"]), row["postal"] or None)
        for row in _rows(_folder(region) / "villages.csv")
    )


def read_region(name: str) -> Region:
    """Return the region pack called `name`. Raises: RegionNotFound."""
    folder = _folder(name)
    pack = RegionPack.model_validate(tomllib.loads((folder / "region.toml").read_text(encoding="utf-8")))
    districts = tuple(_region_district(row) for row in _rows(folder / "districts.csv"))
    return Region(pack=pack, districts=districts, villages=read_villages(name))


def _folder(region: str) -> Path:
    # Compared with the list of folders, so that a name from a setting can never walk out of `regions/`.
    known = {folder.name: folder for folder in REGIONS.iterdir() if folder.is_dir()}
    if region not in known:
        raise RegionNotFound(name=region)
    return known[region]


def _region_district(row: dict[str, str]) -> RegionDistrict:
    known_for = {language: row[f"known_for_{language}"] for language in ("id", "en", "ko")}
    return RegionDistrict(
        code=row["code"],
        name=row["name"],
        name_ko=row["name_ko"],
        latitude=float(row["lat"]),
        longitude=float(row["lng"]),
        column=int(row["tile_col"]),
        row=int(row["tile_row"]),
        postal=row["postal"],
        postal_others=tuple(row["postal_others"].split()),
        neighbour_codes=tuple(row["neighbours"].split()),
        known_for=Words(**known_for) if any(known_for.values()) else None,
        desa_count=int(row["desa_count"]),
        kelurahan_count=int(row["kelurahan_count"]),
    )
