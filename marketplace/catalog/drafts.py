"""What a seller (or a loader) hands in: goods as values, before any row exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from marketplace.language.languages import Language

from .errors import TiersWrong
from .models import ExportFit, Fulfilment
from .typing_rules import Given

NO_GIVEN: Mapping[str, Given] = MappingProxyType({})
NO_CHOICES: Mapping[str, str] = MappingProxyType({})
NO_LABELS: Mapping[Language, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ProductWords:
    """Words in one language."""

    name: str
    summary: str = ""
    description: str = ""
    care: str = ""
    human_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class PhotoDraft:
    """A stored image and what it shows, per language."""

    image_hash: str
    alts: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class RevisionDraft:
    """The reviewed fields. The first photo is the main one; `attributes` are by code; permits are the shop's own."""

    category: str
    words: Mapping[Language, ProductWords]
    photos: tuple[PhotoDraft, ...] = ()
    attributes: Mapping[str, Given] = field(default_factory=lambda: NO_GIVEN)
    permit_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CartonDraft:
    """An export carton: steps inside, outer millimetres, gross grams."""

    units: int
    length_mm: int
    width_mm: int
    height_mm: int
    gross_grams: int


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """What has a price; weights and box are of one step, packed. Minor units of IDR, grams, millimetres."""

    sku: str
    price_minor: int
    ship_weight_grams: int
    box_mm: tuple[int, int, int]
    net_weight_grams: int = 0
    was_price_minor: int | None = None
    unit: str = "piece"
    step_units: int = 1
    min_steps: int = 1
    labels: Mapping[Language, str] = field(default_factory=lambda: NO_LABELS)
    choices: Mapping[str, str] = field(default_factory=lambda: NO_CHOICES)  # attribute code → choice code
    tiers: tuple[tuple[int, int], ...] = ()  # (from this many steps, price of one step)
    image_hash: str | None = None
    moq_steps: int | None = None
    carton: CartonDraft | None = None

    def check_tiers(self) -> None:
        """Refuse tiers out of order. Raises: TiersWrong."""
        steps, price = max(self.min_steps, 1), self.price_minor
        for from_steps, tier_price in self.tiers:
            if from_steps <= steps or not 0 < tier_price < price:
                raise TiersWrong(sku=self.sku)
            steps, price = from_steps, tier_price


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product with its first revision and its variants. `district_code` is where it is made."""

    slug: str
    district_code: str
    revision: RevisionDraft
    variants: tuple[VariantDraft, ...]
    fulfilment: Fulfilment = Fulfilment.READY
    lead_days: int = 0
    ship_flags: tuple[str, ...] = ()
    shelf_life_days: int | None = None
    hs_code: str | None = None
    tariff_line: str | None = None
    origin: str = "ID"
    customs_description: str = ""
    export_fit: ExportFit = ExportFit.NO
    export_lead_days: int | None = None
