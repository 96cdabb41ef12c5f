"""Facet counts against counting by hand over a small random catalogue, on both databases."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.catalog.models import ExportFit, Fulfilment
from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.handlers import refresh_expired_permits
from marketplace.catalog.search.indexing import reindex_all, reindex_products
from marketplace.catalog.search.querying import search
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ProductId
from marketplace.sellers.models import PermitKind, Shop
from tests.conftest import NOW
from tests.factories.found import give_choice, give_permit, make_found
from tests.factories.shops import make_shop

DISTRICTS = ("36.02.22", "36.02.14", "36.02.06")
CATEGORIES = ("pangan", "busana", "dapur")  # none is a word of the texts
MOTIFS = ("sawarna", "leuit", "kahuripan")
WORDS = ("kain", "tas", "gula", "lampu")


@dataclass
class Made:
    """A product as the test made it, for counting by hand."""

    id: ProductId
    words: tuple[str, ...]
    price_minor: int
    facets: dict[str, set[str]] = field(default_factory=dict)


def make_random(session: Session, draw: random.Random, shops: list[Shop], number: int) -> Made:
    """Return one random product and its facets."""
    shop, category, words = draw.choice(shops), draw.choice(CATEGORIES), tuple(draw.sample(WORDS, 2))
    ready, export = draw.choice((True, False)), draw.choice(list(ExportFit))
    price = draw.randrange(1, 20) * 5_000
    product = make_found(
        session, shop=shop, category=category, price_minor=price, texts={"id": f"{' '.join(words)} {number}"},
        fulfilment=Fulfilment.READY if ready else Fulfilment.MADE_TO_ORDER, export_fit=export,
    )  # fmt: skip
    facets = {
        "category": {category}, "kecamatan": {shop.district_code}, "seller": {shop.slug},
        "ready": {"yes" if ready else "no"}, "export": {"yes" if export is ExportFit.YES else "no"},
    }  # fmt: skip
    if draw.random() < 0.6:
        motif = draw.choice(MOTIFS)
        give_choice(session, product, "motif", motif)
        facets["motif"] = {motif}
    if draw.random() < 0.4:
        give_permit(session, product, PermitKind.HALAL)
        facets["permit"] = {"halal"}
    return Made(product.id, words, price, facets)


def counted_by_hand(goods: list[Made], query: SearchQuery) -> tuple[int, dict[str, Counter[str]]]:
    """Return the total and the facet counts as the promise says: OR inside a group, AND across, own group left out."""

    def fits(made: Made, without: str | None = None) -> bool:
        return (
            all(word in made.words for word in query.words.split())
            and (query.category is None or query.category in made.facets["category"])
            and (query.price_min or 0) <= made.price_minor <= (query.price_max or 10**9)
            and all(made.facets.get(group, set()) & set(values) for group, values in query.facets.items() if group != without)
        )

    counts: dict[str, Counter[str]] = {}
    for group in ("category", "kecamatan", "seller", "ready", "export", "motif", "permit"):
        counts[group] = Counter(value for made in goods if fits(made, group) for value in made.facets.get(group, ()))
    return sum(fits(made) for made in goods), {group: count for group, count in counts.items() if count}


def random_query(draw: random.Random, shops: list[Shop]) -> SearchQuery:
    """Return a random query over the random goods."""
    values = {
        "category": CATEGORIES, "kecamatan": DISTRICTS, "seller": [shop.slug for shop in shops], "ready": ("yes", "no"),
        "export": ("yes", "no"), "motif": MOTIFS, "permit": ("halal", "pirt"),
    }  # fmt: skip
    groups = draw.sample(list(values), draw.randrange(4))
    return SearchQuery(
        "id",
        words=draw.choice(("", "", *WORDS, "kain tas")),
        category=draw.choice((None, None, *CATEGORIES)),
        facets={group: tuple(draw.sample(list(values[group]), draw.choice((1, 1, 2)))) for group in groups},
        price_min=draw.choice((None, 20_000)),
        price_max=draw.choice((None, 70_000)),
        sort=draw.choice(list(Sort)),
    )


@pytest.mark.row("D1")
@pytest.mark.parametrize("seed", range(4))
def test_counts_equal_counting_by_hand(session: Session, seed: int) -> None:
    """Forty random goods, thirty random queries: totals, cards and every facet count are exact."""
    draw = random.Random(seed)
    shops = [make_shop(session, district_code=code) for code in (*DISTRICTS, DISTRICTS[0])]
    goods = [make_random(session, draw, shops, number) for number in range(40)]
    reindex_products(session, [made.id for made in goods], now=NOW)
    for _ in range(30):
        query = random_query(draw, shops)
        total, expected = counted_by_hand(goods, query)
        result = search(session, query, now=NOW)
        assert result.total == total, query
        assert len(result.cards.rows) == min(total, 24)
        shown = {group.code: {value.value: value.count for value in group.values} for group in result.facets}
        assert shown == expected, query


@pytest.mark.row("D1")
def test_all_at_once_equals_one_by_one(session: Session) -> None:
    """The fast path writes the same index as the careful one."""
    draw = random.Random(9)
    shops = [make_shop(session, district_code=code) for code in DISTRICTS]
    goods = [make_random(session, draw, shops, number) for number in range(30)]
    for made in goods:
        reindex_products(session, [made.id], now=NOW)
    queries = [random_query(draw, shops) for _ in range(20)] + [SearchQuery("id", "kian"), SearchQuery("en", "lampu")]
    before = [search(session, query, now=NOW) for query in queries]
    assert reindex_all(session, now=NOW) == len(goods)
    assert [search(session, query, now=NOW) for query in queries] == before


@pytest.mark.row("D1")
def test_values_are_named_and_chosen_ones_marked(session: Session) -> None:
    """Names come from categories, choices, districts and shops; the page names what is built in."""
    product = make_found(session, texts={"id": "Kain"}, category="batik", shop=make_shop(session, name="Batik Sari"))
    give_choice(session, product, "motif", "sawarna")
    reindex_products(session, [product.id], now=NOW)
    result = search(session, SearchQuery("id", facets={"motif": ("sawarna",)}), now=NOW)
    named = {(group.code, group.name): [(v.value, v.name, v.is_chosen) for v in group.values] for group in result.facets}
    assert named["motif", "Motif"] == [("sawarna", "Sawarna", True)]
    assert named["category", ""] == [("batik", "Batik", False)]
    assert named["kecamatan", ""] == [("36.02.22", "Sobang", False)]
    assert [name for _, name, _ in named["seller", ""]] == ["Batik Sari"]
    assert named["ready", ""] == [("yes", "", False)]


@pytest.mark.row("D1")
def test_a_permit_leaves_the_filter_when_it_runs_out(session: Session) -> None:
    """On its last day it still holds; the day after, the periodic pass takes it out, and a second pass changes nothing."""
    product = make_found(session, texts={"id": "Keripik"})
    give_permit(session, product, PermitKind.PIRT, expires_on=local_day(NOW))
    give_permit(session, product, PermitKind.HALAL, verified_at=None)
    reindex_products(session, [product.id], now=NOW)
    query = SearchQuery("id", facets={"permit": ("pirt", "halal")})
    assert search(session, query, now=NOW).total == 1
    assert refresh_expired_permits(session, now=NOW) is False
    assert refresh_expired_permits(session, now=NOW + timedelta(days=1)) is True
    assert search(session, query, now=NOW).total == 0
    assert refresh_expired_permits(session, now=NOW + timedelta(days=1)) is False


@pytest.mark.promise("V2")
def test_a_listing_takes_at_most_six_statements(session: Session) -> None:
    """With words, facets of two groups and nothing kept from before, on both databases."""
    draw = random.Random(1)
    shops = [make_shop(session)]
    goods = [make_random(session, draw, shops, number) for number in range(10)]
    reindex_products(session, [made.id for made in goods], now=NOW)
    seen: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    search(session, SearchQuery("id", facets={"ready": ("yes", "no"), "category": CATEGORIES}), now=NOW)
    listing = len(seen)
    search(session, SearchQuery("id", goods[0].words[0]), now=NOW)
    assert (listing, len(seen) - listing) == (5, 6)
