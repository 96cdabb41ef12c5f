"""What search answers, as frozen rows for pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from marketplace.kernel.ids import ProductId, ShopId
from marketplace.kernel.paging import Page


@dataclass(frozen=True, slots=True)
class Card:
    """All that a product card shows. Prices are minor units of IDR; `price_high_minor` is higher where variants differ."""

    product_id: ProductId
    slug: str
    name: str
    image_hash: str | None
    image_widths: tuple[int, ...]
    alt: str
    shop_id: ShopId
    shop_name: str
    district_code: str
    district_name: str
    price_minor: int
    price_high_minor: int
    was_price_minor: int | None
    rating_hundredths: int
    rating_count: int
    sold: int
    stock_left: int | None
    is_available: bool
    is_ready: bool
    lead_days: int
    is_export_ready: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value one can choose. `name` is empty where the page has its own word for `value` (yes, no, a permit's kind)."""

    value: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """Values of one kind, most frequent first. `name` is empty for the built-in groups, which pages name themselves."""

    code: str
    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of goods with its facets. `corrected` holds the words searched for in place of a typo.

    Totals stop at 5,000: then `total_is_floor` is true and facet counts are floors too.
    """

    cards: Page[Card]
    facets: tuple[FacetGroup, ...]
    corrected: str | None
    total: int
    total_is_floor: bool


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    PRODUCT = "product"
    CATEGORY = "category"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line while typing: its words, and the slug of the page it leads to."""

    kind: SuggestionKind
    slug: str
    name: str
