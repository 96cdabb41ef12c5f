"""The one search behind listings, categories and the search page: at most six statements, all of them bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.catalog.search.answering import Card, FacetGroup, SearchResult
from marketplace.catalog.search.asking import PAGE_SIZE, SearchQuery
from marketplace.catalog.search.cards import read_cards
from marketplace.catalog.search.correcting import correct
from marketplace.catalog.search.counting import MOST_MATCHES, count, named_groups
from marketplace.catalog.search.definitions import Definitions, definitions
from marketplace.catalog.search.facet_cache import CachePerDatabase
from marketplace.catalog.search.matching import matching
from marketplace.catalog.search.synonyms import NO_SYNONYMS, Synonyms, read_synonyms
from marketplace.catalog.search.words import query_words
from marketplace.db import public_version
from marketplace.kernel.paging import Page
from marketplace.language.languages import Language

_MANY = 500


@dataclass(frozen=True, slots=True)
class _Counted:
    """What does not change from page to page of one set of goods: kept for a minute."""

    words: tuple[str, ...]
    is_corrected: bool
    total: int
    groups: tuple[FacetGroup, ...]


_counted: CachePerDatabase[_Counted] = CachePerDatabase(most=500)
_synonyms: CachePerDatabase[Synonyms] = CachePerDatabase(most=12)


def search(session: Session, query: SearchQuery, *, now: datetime) -> SearchResult:
    """Return one page of the goods that `query` means, with facets, and with a typo corrected where a word finds nothing.

    Raises: ValueError for a language we do not speak. Anything else that was typed finds goods or finds none.
    """
    del now  # shop state is read live and prices in force are kept by the index; the clock is part of the contract
    language = Language(query.language).value
    version = public_version(session)
    known = definitions(session, language, version)
    asked = query.bounded(frozenset(known.groups))
    words = query_words(asked.words)
    if asked.words.strip() and not words:
        return _nothing(asked)
    synonyms = _synonyms.get(session, (language, version), lambda: read_synonyms(session, language)) if words else NO_SYNONYMS
    key = (replace(asked, words=" ".join(words)).set_key(), version)
    counted = _counted.get(session, key, lambda: _count(session, asked, words, synonyms, known))
    is_many = counted.total >= _MANY
    found = matching(session, asked, counted.words, synonyms=synonyms, known=known, is_many=is_many)
    cards = read_cards(session, found, sort=asked.sort, page=asked.page) if counted.total else ()
    return _result(asked, counted, cards)


def _count(session: Session, query: SearchQuery, words: tuple[str, ...], synonyms: Synonyms, known: Definitions) -> _Counted:
    counts, is_corrected = count(session, matching(session, query, words, synonyms=synonyms, known=known)), False
    if words and not counts.total:
        better = correct(session, words, query.language, synonyms)
        if better != words:
            found = count(session, matching(session, query, better, synonyms=synonyms, known=known))
            if found.total:
                words, counts, is_corrected = better, found, True
    groups = named_groups(session, counts, query, known)
    return _Counted(words, is_corrected, counts.total, groups)


def _result(query: SearchQuery, counted: _Counted, cards: Sequence[Card]) -> SearchResult:
    is_floor = counted.total > MOST_MATCHES
    total = min(counted.total, MOST_MATCHES)
    return SearchResult(
        cards=Page(cards, query.page, PAGE_SIZE, total, is_floor),
        facets=counted.groups,
        corrected=" ".join(counted.words) if counted.is_corrected else None,
        total=total,
        total_is_floor=is_floor,
    )


def _nothing(query: SearchQuery) -> SearchResult:
    return SearchResult(Page((), query.page, PAGE_SIZE, 0), (), None, 0, False)
