"""What a page asks of search, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from marketplace.kernel.paging import LAST_NUMBERED_PAGE

PAGE_SIZE = 24
MOST_GROUPS = 8
MOST_VALUES = 20
MOST_PRICE_MINOR = 10**9
NO_FACETS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

FacetKey = tuple[object, ...]


class Sort(StrEnum):
    """The orders a list comes in; ties are broken by product id, so pages never overlap."""

    RELEVANCE = "relevance"  # without words: newest
    NEWEST = "newest"
    BEST_SELLING = "best_selling"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"
    RATING = "rating"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One listing or search: where the page stands (`category`, `shop`: slugs; `district`: code) and what was chosen there.

    Prices are rupiah, inclusive. Facets: several values of one group widen, several groups narrow.
    """

    language: str
    words: str = ""
    category: str | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_FACETS)
    price_min: int | None = None
    price_max: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    shop: str | None = None
    district: str | None = None

    def bounded(self, known_facets: frozenset[str]) -> SearchQuery:
        """Return the query without unknown groups, and with everything within its limits."""
        chosen = {
            group: tuple(dict.fromkeys(value for value in values if value.isprintable()))[:MOST_VALUES]
            for group, values in sorted(self.facets.items())
            if group in known_facets and values
        }
        return replace(
            self,
            facets=MappingProxyType(dict(list(chosen.items())[:MOST_GROUPS])),
            price_min=_bounded_price(self.price_min),
            price_max=_bounded_price(self.price_max),
            # What no name of ours contains finds nothing, and no driver is asked to send a NUL.
            shop=_printable(self.shop),
            district=_printable(self.district),
            page=max(1, min(self.page, LAST_NUMBERED_PAGE)),
        )

    def set_key(self) -> FacetKey:
        """Return what decides the set of goods, apart from its order and page."""
        chosen = tuple((group, tuple(sorted(values))) for group, values in sorted(self.facets.items()))
        return (self.language, self.words, self.category, chosen, self.price_min, self.price_max, self.shop, self.district)


def _printable(code: str | None) -> str | None:
    return None if code is None else "".join(c for c in code[:80] if c.isprintable())


def _bounded_price(price: int | None) -> int | None:
    return None if price is None else max(0, min(price, MOST_PRICE_MINOR))
