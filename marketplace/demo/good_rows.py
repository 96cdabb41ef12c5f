"""The shape of a demo good: frozen rows that refuse what does not fit together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, Field, Strict, StringConstraints, model_validator

from marketplace.catalog.definitions import (
    AttributeCode,
    AttributeValue,
    Line,
    Row,
    Slug,
    Words,
)
from marketplace.kernel.weight import Box

from .good_kinds import Confidence, ExportFit, Fulfilment, Permit, PriceBasis, ShipFlag, Unit

Count = Annotated[int, Strict(), Field(gt=0)]
Hs6 = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]


class Export(Row):
    """Export readiness and the days an export lot takes to prepare."""

    fit: ExportFit
    lead_days: Count


class Carton(Row):
    """An export carton: steps of the variant inside, outer measures, gross weight."""

    units: Count
    length_mm: Count
    width_mm: Count
    height_mm: Count
    gross_g: Count


class GoodText(Row):
    """The words of a good in one language; `alt` describes the picture of its front view."""

    name: Line
    summary: Annotated[Line, StringConstraints(max_length=110)]
    description: Line
    care: Line
    alt: Line


class GoodTexts(Row):
    """The words of a good in the three languages."""

    id: GoodText
    en: GoodText
    ko: GoodText


# Read-only, because a frozen row with a plain dict inside could still be changed by whoever holds it.
Attributes = Annotated[Mapping[AttributeCode, AttributeValue], AfterValidator(lambda values: MappingProxyType(dict(values)))]


class GoodVariant(Row):
    """One thing that can be put into a cart.

    Units: price, weights and box are those of one step (rupiah, grams, millimetres); stock is in base units.
    `hs6` here replaces the good's own code, whose tariff line then does not apply; `moq_steps` is the smallest
    export lot when only this variant is ordered; a tier is (from so many steps, price of one step).
    """

    sku: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    label: Words | None = None
    price: Count
    was_price: Count | None = None
    price_basis: PriceBasis
    hs6: Hs6 | None = None
    unit: Unit
    step: Count
    min_steps: Count
    net_weight_g: Count
    ship_weight_g: Count
    box_mm: tuple[Count, Count, Count]
    tracked: bool
    stock: Annotated[int, Strict(), Field(ge=0)]
    tiers: tuple[tuple[Count, Count], ...] = ()
    moq_steps: Count | None = None
    carton: Carton | None = None
    attributes: Attributes = Field(default_factory=lambda: MappingProxyType({}))

    @property
    def box(self) -> Box:
        """Return the outer measures of one packed step."""
        return Box(*self.box_mm)

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if self.was_price is not None and self.was_price <= self.price:
            raise ValueError(f"{self.sku}: the former price must be the higher one")
        if self.ship_weight_g < self.net_weight_g:
            raise ValueError(f"{self.sku}: packed, it cannot weigh less")
        if not self.tracked and self.stock:
            raise ValueError(f"{self.sku}: stock that is not tracked is not counted")
        steps, prices = [self.min_steps], [self.price]
        for from_steps, price in self.tiers:
            if from_steps <= steps[-1] or price >= prices[-1]:
                raise ValueError(f"{self.sku}: each tier starts higher and costs less")
            steps.append(from_steps)
            prices.append(price)
        return self


class Good(Row):
    """One demo product, complete but for its seller, its pictures and its permit numbers."""

    item_id: Slug
    slug: Slug
    category: Slug
    kecamatan_code: Annotated[str, StringConstraints(pattern=r"^36\.02\.[0-2][0-9]$")]
    hs6: Hs6
    hs6_confidence: Confidence
    tariff_line: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}\.[0-9]{2}\.[0-9]{2}$")] | None = None
    tariff_confidence: Confidence | None = None
    origin: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    customs_description: Line
    ship_flags: tuple[ShipFlag, ...]
    permits: tuple[Permit, ...]
    shelf_life_days: Count | None = None
    fulfilment: Fulfilment
    lead_time_days: Count | None = None
    export: Export
    attributes: Attributes
    text: GoodTexts
    variants: Annotated[tuple[GoodVariant, ...], Field(min_length=1, alias="variant")]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        made = self.fulfilment is Fulfilment.MADE_TO_ORDER
        if made != (self.lead_time_days is not None):
            raise ValueError(f"{self.item_id}: what is made to order, and nothing else, has a lead time")
        if any(variant.tracked == made for variant in self.variants):
            raise ValueError(f"{self.item_id}: ready goods are counted, goods made to order are not")
        if (self.tariff_line is None) != (self.tariff_confidence is None):
            raise ValueError(f"{self.item_id}: a tariff line comes with its confidence")
        if len(self.variants) > 1 and any(variant.label is None for variant in self.variants):
            raise ValueError(f"{self.item_id}: several variants need a label each")
        return self
