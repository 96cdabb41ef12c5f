"""What an address may ask: shapes and limits; the cache that keeps answers."""

from __future__ import annotations

from functools import partial

import pytest

from marketplace.catalog.search.asking import SearchQuery, Sort
from marketplace.catalog.search.facet_cache import FacetCache
from marketplace.catalog.search.forms import SearchForm, parse_search


def test_a_whole_address() -> None:
    """Every part is read into the query."""
    form = parse_search(
        {
            "q": [" gula  semut "], "motif": ["sawarna", "leuit"], "price_min": ["10.000"], "price_max": ["50000"],
            "sort": ["price_up"], "page": ["3"],
        }
    )  # fmt: skip
    assert form.query("ko", category="gula") == SearchQuery(
        "ko", "gula  semut", "gula", {"motif": ("sawarna", "leuit")}, 10_000, 50_000, Sort.PRICE_UP, 3
    )


@pytest.mark.promise("V2")
@pytest.mark.parametrize(
    "arguments",
    [
        {"page": ["-1"], "price_min": ["x"], "sort": ["up"], "q": [""]},
        {"page": ["١"], "price_max": ["1e9"], "sort": ["RELEVANCE"]},
        {"Motif": ["x"], "a b": ["y"], "motif": ["<b>", "a\x00", "", "x" * 81]},
        {"q": []},
    ],
)
def test_what_does_not_fit_is_left_out(arguments: dict[str, list[str]]) -> None:
    """Never an error: an address that says nothing sensible asks for everything."""
    assert parse_search(arguments) == SearchForm()


@pytest.mark.promise("V2")
def test_limits() -> None:
    """Numbers and words are cut to their bounds, and what cannot be printed is dropped."""
    form = parse_search({"q": ["a\x00\ud800b" + "c" * 1_000], "page": ["999"], "price_max": ["999999999999"]})
    assert (len(form.words), form.words[:3], form.page, form.price_max) == (80, "abc", 50, 10**9)
    many = {f"f{n}": tuple(str(v) for v in range(99)) for n in range(20)}
    bounded = SearchQuery("id", facets=many, page=0, price_min=-1).bounded(frozenset(many))
    assert (len(bounded.facets), {len(values) for values in bounded.facets.values()}) == (8, {20})
    assert (bounded.page, bounded.price_min) == (1, 0)


def test_one_set_of_goods_has_one_key() -> None:
    """Order and page do not matter, nor the order in which values were chosen."""
    one = SearchQuery("id", "gula", facets={"a": ("x", "y"), "b": ("z",)}, sort=Sort.RATING, page=4)
    other = SearchQuery("id", "gula", facets={"b": ("z",), "a": ("y", "x")})
    assert one.set_key() == other.set_key()
    assert one.set_key() != SearchQuery("en", "gula", facets={"a": ("x", "y"), "b": ("z",)}).set_key()


def test_the_cache_forgets_by_age_and_by_number() -> None:
    """Sixty seconds at most, and the least lately asked for leaves first."""
    at, made = [0.0], list[str]()

    def make(name: str) -> str:
        made.append(name)
        return name

    cache: FacetCache[str] = FacetCache(most=2, clock=lambda: at[0])
    for name in ("a", "b", "a", "c", "a", "b"):
        assert cache.get(name, partial(make, name)) == name
    assert made == ["a", "b", "c", "b"]
    assert len(cache) == 2
    at[0] = 59.9
    cache.get("b", lambda: make("b"))
    at[0] = 60.0
    cache.get("b", lambda: make("b"))
    assert made == ["a", "b", "c", "b", "b"]
