"""The frozen rows that product and category pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.kernel.ids import CategoryId, ProductId, RevisionId, ShopId, VariantId
from marketplace.kernel.money import Currency
from marketplace.language.languages import Language
from marketplace.sellers.queries import PermitBadge

from .models import AttributeKind, ExportFit, Fulfilment
from .pricing import Tier


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with its words; `widths` are the renditions at `/media/{hash}-{width}.webp`, ascending, in pixels."""

    hash: str
    alt: str
    width: int
    height: int
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VariantView:
    """A variant as its page sells it; all of one step. Grams, millimetres, minor units of `currency` (ISO 4217)."""

    id: VariantId
    sku: str
    label: str  # empty where a product has one variant
    price_minor: int
    was_price_minor: int | None
    currency: Currency
    unit: str
    step_units: int
    min_steps: int
    net_weight_grams: int
    ship_weight_grams: int
    box_mm: tuple[int, int, int]
    per_100g_minor: int | None  # the price of 100 g, for food
    image_hash: str | None
    tiers: tuple[Tier, ...]
    moq_steps: int | None
    carton_units: int | None
    carton_mm: tuple[int, int, int] | None
    carton_gross_grams: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the goods: exactly one of `words` (of a choice or a text) and `number_milli` (thousandths of `unit`)."""

    code: str
    name: str
    kind: AttributeKind
    words: str
    number_milli: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class ProductShop:
    """The maker beside the goods."""

    id: ShopId
    slug: str
    name: str
    tagline: str
    district_name: str
    phone: str
    joined_at: datetime
    is_example: bool
    is_pkp: bool
    colour_a: str
    colour_b: str
    picture_hash: str | None
    picture_widths: tuple[int, ...]
    is_on_holiday: bool
    holiday_until: date | None
    accepts_cod: bool
    has_pickup: bool


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What a buyer abroad is told; codes are indicative."""

    fit: ExportFit
    hs_code: str | None
    tariff_line: str | None
    origin: str
    customs_description: str
    lead_days: int | None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """Everything a product's page shows of the catalogue; stock and reviews are asked of their own rooms."""

    id: ProductId
    revision_id: RevisionId
    slug: str
    name: str
    summary: str
    description: str
    care: str
    text_language: Language  # the language the words are really in
    is_fallback: bool  # true when it is not the reader's
    category_id: CategoryId
    category_slug: str
    category_name: str
    district_code: str
    district_name: str
    regency_name: str
    province_name: str
    fulfilment: Fulfilment
    lead_days: int
    ship_flags: tuple[str, ...]
    shelf_life_days: int | None
    is_food: bool
    published_at: datetime | None
    rating_hundredths: int
    rating_count: int
    sold: int
    shop: ProductShop
    photos: tuple[Photo, ...]
    variants: tuple[VariantView, ...]
    facts: tuple[Fact, ...]
    permits: tuple[PermitBadge, ...]
    export: ExportFacts

    @property
    def is_sold_now(self) -> bool:
        """Tell whether the shop sells at all today; stock is another question."""
        return not self.shop.is_on_holiday


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A shelf as tiles and menus show it."""

    id: CategoryId
    slug: str
    name: str
    description: str
    picture_hash: str | None
    picture_widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FilterName:
    """An attribute by which a category's goods are filtered, and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """A category's page without its goods, which search lists."""

    card: CategoryCard
    filters: tuple[FilterName, ...]
