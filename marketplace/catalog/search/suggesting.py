"""Suggestions while someone types: a few goods, categories and shops whose names begin so."""

from __future__ import annotations

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.answering import Suggestion, SuggestionKind
from marketplace.catalog.search.definitions import Definitions, definitions
from marketplace.catalog.search.expressions import begun
from marketplace.catalog.search.models import SearchRow
from marketplace.catalog.search.word_index import word_index
from marketplace.catalog.search.words import is_hangul, query_words, words_of
from marketplace.db import public_version
from marketplace.language.languages import Language
from marketplace.sellers.models import Shop, ShopState

MOST_SUGGESTIONS = 8
_MOST_CATEGORIES = 2
_MOST_SHOPS = 2
_LEAST_LETTERS = 2


def suggest(session: Session, language: str, prefix: str) -> tuple[Suggestion, ...]:
    """Return at most eight suggestions for what was typed so far: categories, then goods, then shops."""
    words = query_words(prefix)
    if not words or (len(words[-1]) < _LEAST_LETTERS and not is_hangul(words[-1])):
        return ()
    spoken = Language(language).value
    categories = _categories(words, definitions(session, spoken, public_version(session)))
    shops = _shops(session, prefix)
    room = MOST_SUGGESTIONS - len(categories) - len(shops)
    return (*categories, *_products(session, words, spoken, room), *shops)


def _categories(words: tuple[str, ...], known: Definitions) -> tuple[Suggestion, ...]:
    named = (
        Suggestion(SuggestionKind.CATEGORY, slug, name)
        for slug, name in known.category_names.items()
        if all(any(own.startswith(word) for own in words_of(name)) for word in words)
    )
    return tuple(named)[:_MOST_CATEGORIES]


def _products(session: Session, words: tuple[str, ...], language: str, room: int) -> tuple[Suggestion, ...]:
    index = word_index(session)
    hits = index.hits(language, begun(words, language), in_title=True).cte("hits")
    rows = session.execute(
        select(SearchRow.slug, SearchRow.name)
        .select_from(hits)
        .join(SearchRow, and_(SearchRow.id == hits.c.row_id, *index.rows_within(language)))
        .join(Shop, Shop.id == SearchRow.shop_id)
        .where(Shop.state == ShopState.ACTIVE)
        .order_by(SearchRow.is_available.desc(), SearchRow.sold.desc(), SearchRow.product_id.desc())
        .limit(room)
    )
    return tuple(Suggestion(SuggestionKind.PRODUCT, slug, name) for slug, name in rows)


def _shops(session: Session, prefix: str) -> tuple[Suggestion, ...]:
    typed = " ".join("".join(c for c in prefix[:80].lower() if c.isprintable() or c.isspace()).split())[:40]
    rows = session.execute(
        select(Shop.slug, Shop.name)
        .where(
            Shop.state == ShopState.ACTIVE,
            Shop.verified_at.is_not(None),
            func.lower(Shop.name).contains(typed, autoescape=True),
        )
        .order_by(Shop.name, Shop.id)
        .limit(_MOST_SHOPS)
    )
    return tuple(Suggestion(SuggestionKind.SHOP, slug, name) for slug, name in rows)
