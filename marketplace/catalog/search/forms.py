"""What an address may ask of search: shapes and limits only; what does not fit is left out, never an error page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from marketplace.catalog.search.asking import MOST_PRICE_MINOR, SearchQuery, Sort
from marketplace.catalog.search.words import MOST_QUERY_CHARACTERS
from marketplace.kernel.paging import LAST_NUMBERED_PAGE

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VALUE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_DIGITS = re.compile(r"[0-9]{1,12}")

# What is not a facet in an address.
RESERVED = frozenset({"q", "sort", "page", "price_min", "price_max"})


def _words(given: object) -> str:
    return "".join(c for c in str(given or "")[: MOST_QUERY_CHARACTERS * 4] if c.isprintable())[:MOST_QUERY_CHARACTERS].strip()


def _price(given: object) -> int | None:
    typed = str(given or "").replace(".", "").replace(" ", "")
    return min(int(typed), MOST_PRICE_MINOR) if _DIGITS.fullmatch(typed) else None


def _page(given: object) -> int:
    typed = str(given or "")
    return max(1, min(int(typed), LAST_NUMBERED_PAGE)) if _DIGITS.fullmatch(typed) else 1


def _sort(given: object) -> Sort:
    return Sort(str(given)) if str(given) in set(Sort) else Sort.RELEVANCE


class SearchForm(BaseModel):
    """The part of an address that search reads, each value within its limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Annotated[str, BeforeValidator(_words)] = ""
    facets: dict[str, tuple[str, ...]] = {}
    price_min: Annotated[int | None, BeforeValidator(_price)] = None
    price_max: Annotated[int | None, BeforeValidator(_price)] = None
    sort: Annotated[Sort, BeforeValidator(_sort)] = Sort.RELEVANCE
    page: Annotated[int, BeforeValidator(_page)] = 1

    def query(
        self, language: str, *, category: str | None = None, shop: str | None = None, district: str | None = None
    ) -> SearchQuery:
        """Return the query this form asks on a page that stands in a category, a shop or a district."""
        return SearchQuery(
            language=language,
            words=self.words,
            category=category,
            facets=self.facets,
            price_min=self.price_min,
            price_max=self.price_max,
            sort=self.sort,
            page=self.page,
            shop=shop,
            district=district,
        )


def parse_search(arguments: Mapping[str, Sequence[str]]) -> SearchForm:
    """Return the form of an address's arguments (name → its values); names that are no facet are ignored later by search."""
    first = {name: values[0] for name, values in arguments.items() if values}
    chosen = {
        name: tuple(value for value in values if _VALUE.fullmatch(value))
        for name, values in arguments.items()
        if name not in RESERVED and _CODE.fullmatch(name)
    }
    return SearchForm(
        words=first.get("q", ""),
        facets={name: values for name, values in chosen.items() if values},
        price_min=first.get("price_min"),  # type: ignore[arg-type]  # text here; the validator makes it a number
        price_max=first.get("price_max"),  # type: ignore[arg-type]  # as above
        sort=first.get("sort", ""),  # type: ignore[arg-type]  # as above
        page=first.get("page", ""),  # type: ignore[arg-type]  # as above
    )
