"""What the address of a list asks: read once into one spelling, for the page, its links and the cache's key alike."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.catalog.pages import CategoryCard
from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.definitions import definitions
from marketplace.catalog.search.forms import parse_search
from marketplace.db import public_version, reading
from marketplace.language.languages import DEFAULT, Language
from marketplace.web import current
from marketplace.web.cache import remember
from marketplace.web.guards import Given, Pairs
from marketplace.web.navigation import shelves

# Of the filters' own page: which list they belong to.
WHERE = "in"
LONGEST_WHERE = 80


def _known_facets() -> frozenset[str]:
    """Return the codes of every facet there is, read again only when what the public sees has changed."""

    def read() -> frozenset[str]:
        with reading(stale_ok=True) as session:
            return frozenset(definitions(session, DEFAULT.value, public_version(session)).groups)

    return remember("facets", read)


def _query(given: Given, language: Language) -> SearchQuery:
    return parse_search(given).query(language).bounded(_known_facets())


def list_arguments(given: Given) -> Pairs:
    """Return what a list reads of its address: words, known facets, prices, order and page, each within its limits."""
    query = _query(given, current.language())
    return tuple(query_pairs(query, page=query.page))


def filter_arguments(given: Given) -> Pairs:
    """Return the same for the filters' own page, and which list they belong to."""
    where = tuple((WHERE, values[0][:LONGEST_WHERE]) for values in [given.get(WHERE)] if values)
    return (*where, *list_arguments(given))


def asked_query(language: Language, *, category: str | None = None) -> SearchQuery:
    """Return the query this request asks on a page that stands in a category, or anywhere."""
    given: dict[str, list[str]] = {}
    for name, value in current.asked():
        given.setdefault(name, []).append(value)
    return parse_search(given).query(language, category=category)


def find_shelf(language: Language, slug: str) -> CategoryCard | None:
    """Return the category of this slug, if there is one."""
    return next((shelf for shelf in shelves(language) if shelf.slug == slug), None)


def is_plain(query: SearchQuery) -> bool:
    """Tell whether a list is as its address says without any choice."""
    chosen = (query.words, query.facets, query.price_min, query.price_max)
    return not any(chosen) and order_of(query) is usual_order(query)


def usual_order(query: SearchQuery) -> Sort:
    """Return the order a list has when nobody chooses one: by fit where there are words to fit, else the newest first."""
    return Sort.RELEVANCE if query.words else Sort.NEWEST


def order_of(query: SearchQuery) -> Sort:
    """Return the order a list comes in, as a reader would name it."""
    return usual_order(query) if query.sort is Sort.RELEVANCE else query.sort


def query_pairs(query: SearchQuery, *, page: int | None = None) -> list[tuple[str, str]]:
    """Return the address parts that mean this query, in one order, leaving out what is so anyway."""
    pairs = [("q", query.words)] if query.words else []
    pairs += [(name, value) for name, values in sorted(query.facets.items()) for value in _once(values)]
    pairs += [("price_min", str(query.price_min))] if query.price_min is not None else []
    pairs += [("price_max", str(query.price_max))] if query.price_max is not None else []
    pairs += [("sort", str(order_of(query)))] if order_of(query) is not usual_order(query) else []
    pairs += [("page", str(page))] if page is not None and page > 1 else []
    return pairs


def _once(values: Sequence[str]) -> list[str]:
    return sorted(set(values))
