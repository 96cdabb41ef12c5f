"""The synthetic catalogue is whole, and its queries find as many goods as they say."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Product, Variant
from marketplace.catalog.search.asking import SearchQuery
from marketplace.catalog.search.querying import search
from marketplace.demo.synthetic import MOST_PRODUCTS, generate
from marketplace.demo.synthetic_words import coined
from marketplace.inventory.models import Movement, StockItem
from tests.conftest import NOW


@pytest.mark.row("D1")
def test_every_query_finds_as_many_as_it_says(session: Session) -> None:
    """Six hundred goods; seventy narrow queries, twenty-five wider, five common."""
    queries = generate(session, products=600, now=NOW)
    assert [query.most for query in queries] == [50] * 70 + [500] * 25 + [0] * 5
    assert {query.language for query in queries} == {"id", "en", "ko"}
    for query in queries:
        result = search(session, SearchQuery(query.language, query.words), now=NOW)
        assert result.corrected is None, query
        assert 0 < result.total <= (query.most or 600), query
    assert session.scalar(select(func.count()).select_from(Product)) == 600
    on_hand, moved = select(func.sum(StockItem.on_hand)), select(func.sum(Movement.on_hand_change))
    assert session.scalar(on_hand) == session.scalar(moved) == 40 * (session.scalar(select(func.count(Variant.id))) or 0)


def test_two_seeds_live_together(session: Session) -> None:
    """A second catalogue adds to the first."""
    generate(session, products=30, seed=1, now=NOW)
    generate(session, products=30, seed=2, now=NOW)
    assert search(session, SearchQuery("ko"), now=NOW).total == 60


@pytest.mark.parametrize("products", [0, MOST_PRODUCTS + 1])
def test_only_sizes_that_make_sense(session: Session, products: int) -> None:
    """The bound is told, not met halfway."""
    with pytest.raises(ValueError, match="products"):
        generate(session, products=products, now=NOW)


def test_coined_words_differ() -> None:
    """No two numbers share a word, so every word's matches are known."""
    for language in ("id", "ko"):
        assert len({coined(number, language) for number in range(50_000)}) == 50_000
