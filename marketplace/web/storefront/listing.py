"""Lists of goods: everything, a category, a search; with filters beside them or, on phones, on a page of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.catalog.search.answering import SearchResult, SuggestionKind
from marketplace.catalog.search.asking import PAGE_SIZE, SearchQuery, Sort
from marketplace.catalog.search.querying import search
from marketplace.catalog.search.suggesting import suggest as find_suggestions
from marketplace.curation.planning import SHELF_PREFIX
from marketplace.curation.queries import next_change_at, picks_in
from marketplace.db import reading
from marketplace.language.languages import Language
from marketplace.web import current
from marketplace.web.cache import changes_at
from marketplace.web.context import keep_canonical
from marketplace.web.errors import error_page
from marketplace.web.fragments import render_page
from marketplace.web.guards import public
from marketplace.web.navigation import shelves
from marketplace.web.speech import Speech
from marketplace.web.storefront.asking import (
    WHERE,
    asked_query,
    filter_arguments,
    find_shelf,
    is_plain,
    list_arguments,
    order_of,
    query_pairs,
)
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cards import EAGER, CardView, card_views, noted_views
from marketplace.web.storefront.facets import Chip, Group, address, chips, groups

SORT_WORDS = {
    Sort.RELEVANCE: "common.sort_relevance",
    Sort.NEWEST: "common.sort_newest",
    Sort.BEST_SELLING: "common.sort_best_selling",
    Sort.PRICE_UP: "common.sort_price_up",
    Sort.PRICE_DOWN: "common.sort_price_down",
    Sort.RATING: "common.sort_rating",
}


@dataclass(frozen=True, slots=True)
class ListingView:
    """A list with its filters, in words."""

    path: str
    filter_url: str
    query: SearchQuery
    kept: list[tuple[str, str]]  # hidden fields of the filter form: what it does not ask itself
    sort_kept: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    sort: str
    groups: list[Group]
    chips: list[Chip]
    cards: list[CardView]
    total: str
    count_words: str
    show_words: str
    corrected: str
    back_url: str  # the list as it is asked now, from its first page
    clear_url: str
    first_url: str  # of a page behind the last one: where the goods begin
    next_url: str
    previous_url: str
    status: str


def _total(result: SearchResult, speech: Speech) -> str:
    return speech.number(result.total) + ("+" if result.total_is_floor else "")


def build_listing(result: SearchResult, query: SearchQuery, path: str, *, hidden: frozenset[str]) -> ListingView:
    """Return the list in words; `hidden` names the filter groups that make no sense where the page stands."""
    speech = current.speech()
    shown = groups(result.facets, speech, hidden=hidden)
    total, rows = _total(result, speech), result.cards
    filter_url = url_for("storefront.filters", language=current.language())
    pairs = query_pairs(query)
    words = [pair for pair in pairs if pair[0] == "q"]
    last = rows.first_position + len(rows.rows) - 1
    status = speech.t("common.shown_of", first=speech.number(rows.first_position), last=speech.number(last), total=total)
    return ListingView(
        path=path,
        filter_url=address(filter_url, [(WHERE, path.removeprefix(f"/{current.language()}")), *pairs]),
        query=query,
        kept=[pair for pair in pairs if pair[0] in ("q", "sort")],
        sort_kept=[pair for pair in pairs if pair[0] != "sort"],
        sorts=[(str(sort), speech.t(key)) for sort, key in SORT_WORDS.items() if query.words or sort is not Sort.RELEVANCE],
        sort=str(order_of(query)),
        groups=shown,
        chips=chips(query, shown, speech, path),
        cards=card_views(rows.rows, eager=EAGER),
        total=total,
        count_words=speech.t("common.count_products", count=total if result.total_is_floor else result.total),
        show_words=speech.t("nav.show_results", count=total),
        corrected=result.corrected or "",
        back_url=address(path, pairs),
        clear_url=address(path, words),
        first_url=address(path, pairs) if query.page > 1 and result.total else "",
        next_url=address(path, query_pairs(query, page=query.page + 1)) if rows.has_next else "",
        previous_url=address(path, query_pairs(query, page=query.page - 1)) if query.page > 1 else "",
        status=status if rows.rows else "",
    )


def _show(template: str, query: SearchQuery, path: str, *, hidden: frozenset[str], **values: object) -> ResponseReturnValue:
    with reading(stale_ok=True) as session:
        result = search(session, query, now=current.now())
    keep_canonical({"page": str(query.page)} if query.page > 1 else {})
    # A filtered or sorted list says nothing new to a search engine, and neither does an empty one: only plain lists are indexed.
    g.is_unindexed = not (is_plain(query) and result.cards.rows)
    listing = build_listing(result, query, path, hidden=hidden)
    return render_page(template, "listing", listing=listing, page_size=PAGE_SIZE, **values)


@bp.get("/products")
@public(cached=True, reads=list_arguments)
def products(language: Language) -> ResponseReturnValue:
    """List everything."""
    return _show("pages/storefront/products.html", asked_query(language), request.path, hidden=frozenset())


@bp.get("/c/<slug>")
@public(cached=True, reads=list_arguments)
def category(language: Language, slug: str) -> ResponseReturnValue:
    """List a category, with its own filters."""
    shelf = find_shelf(language, slug)
    if shelf is None:
        return error_page(404)
    query = asked_query(language, category=shelf.slug)
    picks = [] if current.wants_fragment() or query.page > 1 or not is_plain(query) else shelf_picks(language, slug)
    return _show("pages/storefront/category.html", query, request.path, hidden=frozenset({"category"}), shelf=shelf, picks=picks)


def shelf_picks(language: Language, slug: str) -> list[CardView]:
    """Return what curators put forward on a category's page now, and let the kept page end when that changes."""
    with reading(stale_ok=True) as session:
        picks = picks_in(session, SHELF_PREFIX + slug, language, current.now())
        changes_at(next_change_at(session, current.now()))
    return noted_views((pick.card, pick.reason) for pick in picks)


@bp.get("/search", endpoint="search")
@public(cached=True, reads=list_arguments)
def search_page(language: Language) -> ResponseReturnValue:
    """List what words find; nothing found leads on."""
    query = asked_query(language)
    return _show(
        "pages/storefront/search.html", query, request.path, hidden=frozenset(), words=query.words, shelves=shelves(language)
    )


@bp.get("/filter")
@public(cached=True, reads=filter_arguments)
def filters(language: Language) -> ResponseReturnValue:
    """Show the filters of a list on a page of their own, for phones; the form leads back to the list."""
    kind, _, slug = dict(current.asked()).get(WHERE, "/products").strip("/").partition("/")
    query = replace(asked_query(language), page=1)
    endpoints = {"products": "storefront.products", "search": "storefront.search"}
    back = current.speech().t("browse.search_title", query=query.words) if query.words else current.speech().t("browse.all_title")
    if kind == "c" and (shelf := find_shelf(language, slug)) is not None:
        query, back = replace(query, category=shelf.slug), shelf.name
        path, hidden = url_for("storefront.category", language=language, slug=shelf.slug), frozenset({"category"})
    elif kind in endpoints and not slug:
        path, hidden = url_for(endpoints[kind], language=language), frozenset()
    else:
        return error_page(404)
    with reading(stale_ok=True) as session:
        result = search(session, query, now=current.now())
    g.is_unindexed = True
    listing = build_listing(result, query, path, hidden=hidden)
    return render_template("pages/storefront/filters.html", listing=listing, back=back)


@bp.get("/suggest")
@public(cached=True, reads=("q",))
def suggest(language: Language) -> Response:
    """Return what the typed letters may become: at most eight, each with its page."""
    typed = dict(current.asked()).get("q", "")[:80]
    with reading(stale_ok=True) as session:
        found = find_suggestions(session, language, typed)
    endpoints = {
        SuggestionKind.PRODUCT: "storefront.product",
        SuggestionKind.CATEGORY: "storefront.category",
        SuggestionKind.SHOP: "storefront.shop",
    }
    speech = current.speech()
    return jsonify(
        [
            {
                "value": row.name,
                "label": row.name,
                "note": speech.t(f"browse.suggest_{row.kind}"),
                "url": url_for(endpoints[row.kind], language=language, slug=row.slug),
            }
            for row in found
        ]
    )
