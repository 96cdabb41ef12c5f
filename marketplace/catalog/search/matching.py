"""Which rows a query means: by words, by where the page stands, and by what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, false, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.definitions import Definitions
from marketplace.catalog.search.expressions import strict, wide
from marketplace.catalog.search.models import SearchFacet, SearchRow
from marketplace.catalog.search.synonyms import Synonyms
from marketplace.catalog.search.word_index import word_index
from marketplace.sellers.models import Shop, ShopState

Condition = ColumnElement[bool]
Columns = Sequence[Any]  # columns and expressions of a select
_NOT_SHOWN = (ShopState.APPLIED, ShopState.SUSPENDED, ShopState.CLOSED)


@dataclass(frozen=True, slots=True)
class Matching:
    """A query ready to be read: its word hits, if it has words, and its conditions by facet group."""

    language: str
    hits: Select[Any] | None
    ranked_hits: Select[Any] | None
    fixed: tuple[Condition, ...]
    chosen: dict[str, Condition]
    rows_within: tuple[Condition, ...] = ()

    def base(self, columns: Columns, hits: CTE | None, *, without: str | None = None) -> Select[Any]:
        """Return a select of these columns over the matching rows, leaving out what was chosen in the group `without`."""
        query = select(*columns).select_from(SearchRow)
        if hits is not None:
            # Documents exist for listed rows only, and hits are of one language: nothing more to ask, and no index of
            # rows tempts the planner away from the hits.
            query = select(*columns).select_from(hits).join(SearchRow, and_(SearchRow.id == hits.c.row_id, *self.rows_within))
        else:
            query = query.where(SearchRow.language == self.language, SearchRow.listed.is_(True))
        kept = (condition for group, condition in self.chosen.items() if group != without)
        return query.where(*self.fixed, *kept)

    def hits_once(self, *, is_ranked: bool = False) -> CTE | None:
        """Return the word hits as one common table, found once however often it is read; with their `tier` when ranked."""
        hits = self.ranked_hits if is_ranked else self.hits
        return None if hits is None else hits.cte("hits").prefix_with("MATERIALIZED")

    def order(self, sort: Sort) -> Columns:
        """Return what rows of one tier are ordered by; every order ends with the product id."""
        if sort is Sort.RELEVANCE and self.hits is not None:
            return _POPULAR
        return _ORDERS.get(sort, _ORDERS[Sort.NEWEST])


_POPULAR = (SearchRow.is_available.desc(), SearchRow.sold.desc(), SearchRow.rank_new.desc(), SearchRow.product_id.desc())
_ORDERS: dict[Sort, Columns] = {
    Sort.NEWEST: (SearchRow.rank_new.desc(), SearchRow.product_id.desc()),
    Sort.BEST_SELLING: (SearchRow.sold.desc(), SearchRow.product_id.desc()),
    Sort.PRICE_UP: (SearchRow.price_minor.asc(), SearchRow.product_id.asc()),
    Sort.PRICE_DOWN: (SearchRow.price_minor.desc(), SearchRow.product_id.desc()),
    Sort.RATING: (SearchRow.rating_hundredths.desc(), SearchRow.rating_count.desc(), SearchRow.product_id.desc()),
}


def matching(
    session: Session, query: SearchQuery, words: Sequence[str], *, synonyms: Synonyms, known: Definitions, is_many: bool = False
) -> Matching:
    """Return what `query` means with these words in place of those it carries.

    `is_many`: the set is known to be large, so a page of it is soon found by trying rows in their order.
    """
    fixed, chosen = _standing(query, known), _chosen(query, known, tried=is_many or bool(words))
    if not words:
        return Matching(query.language, None, None, fixed, chosen)
    index, loose = word_index(session), wide(words, query.language, synonyms)
    return Matching(
        query.language,
        index.hits(query.language, loose),
        index.ranked_hits(query.language, loose, strict(words, query.language)),
        fixed,
        chosen,
        index.rows_within(query.language),
    )


def _standing(query: SearchQuery, known: Definitions) -> tuple[Condition, ...]:
    # Read live, so that a shop is gone from every list the moment it is suspended.
    met: list[Condition] = [SearchRow.shop_id.not_in(select(Shop.id).where(Shop.state.in_(_NOT_SHOWN)))]
    if query.category is not None:
        met.append(_in_categories((query.category,), known))
    if query.shop is not None:
        met.append(SearchRow.shop_id == select(Shop.id).where(Shop.slug == query.shop).scalar_subquery())
    if query.district is not None:
        met.append(SearchRow.district_code == query.district)
    if query.price_min is not None:
        met.append(SearchRow.price_minor >= query.price_min)
    if query.price_max is not None:
        met.append(SearchRow.price_minor <= query.price_max)
    return tuple(met)


def _chosen(query: SearchQuery, known: Definitions, *, tried: bool) -> dict[str, Condition]:
    return {group: _group_condition(group, values, known, tried=tried) for group, values in query.facets.items()}


def _group_condition(group: str, values: tuple[str, ...], known: Definitions, *, tried: bool) -> Condition:
    match group:
        case "category":
            return _in_categories(values, known)
        case "kecamatan":
            return SearchRow.district_code.in_(values)
        case "seller":
            return SearchRow.shop_id.in_(select(Shop.id).where(Shop.slug.in_(values)))
        case "ready":
            return SearchRow.is_ready.in_([value == "yes" for value in values if value in ("yes", "no")])
        case "export":
            return SearchRow.is_export_ready.in_([value == "yes" for value in values if value in ("yes", "no")])
        case _:
            carries = (SearchFacet.facet == group, SearchFacet.value.in_(values))
            if tried:
                return exists().where(SearchFacet.product_id == SearchRow.product_id, *carries)
            return SearchRow.product_id.in_(select(SearchFacet.product_id).where(*carries))


def _in_categories(slugs: Sequence[str], known: Definitions) -> Condition:
    wanted = sorted({number for slug in slugs for number in known.category_ids.get(slug, ())})
    if not wanted:
        return false()
    # One category is compared, not listed: only so can an index also give the order.
    return SearchRow.category_id == wanted[0] if len(wanted) == 1 else SearchRow.category_id.in_(wanted)
