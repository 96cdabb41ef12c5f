"""Totals and facet counts over a matching set of bounded size, in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from marketplace.catalog.search.answering import FacetGroup, FacetValue
from marketplace.catalog.search.asking import SearchQuery
from marketplace.catalog.search.definitions import BUILT_IN, Definitions
from marketplace.catalog.search.matching import Matching
from marketplace.catalog.search.models import SearchFacet, SearchRow
from marketplace.places.models import District
from marketplace.sellers.models import Shop

MOST_MATCHES = 5_000
MOST_VALUES_SHOWN = 40
_TOTAL = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many goods match, and how many of them carry each (facet, value)."""

    total: int
    by_facet: Mapping[str, Mapping[str, int]]

    @property
    def is_floor(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.total > MOST_MATCHES


def count(session: Session, found: Matching) -> Counts:
    """Count the matching goods, and per facet what choosing a value would show; a group's own choice does not narrow it."""
    hits = found.hits_once()
    every = found.base((SearchRow.product_id,), hits).limit(MOST_MATCHES + 1).cte("every").prefix_with("MATERIALIZED")
    total: Any = select(literal(_TOTAL), literal(_TOTAL), func.count()).select_from(every)
    parts = [total, _grouped(every, SearchFacet.facet.not_in(list(found.chosen)))]
    for number, group in enumerate(found.chosen):
        others = found.base((SearchRow.product_id,), hits, without=group).limit(MOST_MATCHES + 1).cte(f"without_{number}")
        parts.append(_grouped(others, SearchFacet.facet == group))
    return _read(session.execute(union_all(*parts)))


def _grouped(those: CTE, which: ColumnElement[bool]) -> Select[Any]:
    # An outer join, so that SQLite goes from the goods to their facets: it would rather read all facets in order.
    theirs = (SearchFacet.product_id == those.c.product_id) & which
    grouped: Any = select(SearchFacet.facet, SearchFacet.value, func.count()).select_from(those).outerjoin(SearchFacet, theirs)
    counted: Select[Any] = grouped.group_by(SearchFacet.facet, SearchFacet.value)
    return counted


def _read(rows: Iterable[Any]) -> Counts:
    total, by_facet = 0, defaultdict[str, dict[str, int]](dict)
    for facet, value, times in rows:
        if facet == _TOTAL:
            total = times
        elif facet is not None:
            by_facet[facet][value] = times
    return Counts(total, dict(by_facet))


def named_groups(session: Session, counts: Counts, query: SearchQuery, known: Definitions) -> tuple[FacetGroup, ...]:
    """Return the counted groups with the names of their values, in the order pages show them."""
    shown = {group: _shown(counts.by_facet.get(group, {}), query.facets.get(group, ())) for group in known.groups}
    names = _names(session, shown.get("kecamatan", {}), shown.get("seller", {}))
    groups = []
    for group, values in shown.items():
        if values:
            chosen = query.facets.get(group, ())
            named = tuple(
                FacetValue(value, _name(group, value, known, names), times, value in chosen) for value, times in values.items()
            )
            groups.append(FacetGroup(group, known.attribute_names.get(group, ""), named))
    return tuple(groups)


def _shown(values: Mapping[str, int], chosen: tuple[str, ...]) -> dict[str, int]:
    """Return the most frequent values, and those chosen even where nothing is left of them."""
    ranked = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES_SHOWN]
    return {**dict(ranked), **{value: values[value] for value in chosen if value in values}}


def _names(session: Session, districts: Mapping[str, int], shops: Mapping[str, int]) -> dict[tuple[str, str], str]:
    if not districts and not shops:
        return {}
    rows = session.execute(
        union_all(
            select(literal("kecamatan"), District.code, District.name).where(District.code.in_(list(districts))),
            select(literal("seller"), Shop.slug, Shop.name).where(Shop.slug.in_(list(shops))),
        )
    )
    return {(group, value): name for group, value, name in rows}


def _name(group: str, value: str, known: Definitions, names: Mapping[tuple[str, str], str]) -> str:
    if group == "category":
        return known.category_names.get(value, value)
    if group in BUILT_IN:
        return names.get((group, value), "")
    return known.choice_names.get((group, value), value)
