"""Synonyms in memory: what else a run of words is called, in both directions through its canonical name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import SearchSynonym
from marketplace.catalog.search.words import solid, words_of

_MOST_WORDS = 4
_MOST_ROWS = 5_000
MOST_OTHERS = 16

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Other names by the solid form of a name."""

    others: Mapping[str, tuple[Words, ...]]

    def longest_at(self, words: Sequence[str], at: int) -> tuple[int, tuple[Words, ...]]:
        """Return how many words from `at` on form a known name, the longest first, and its other names (1 and none: unknown)."""
        for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            found = self.others.get(solid(words[at : at + length]))
            if found:
                return length, found
        return 1, ()


NO_SYNONYMS = Synonyms({})


def read_synonyms(session: Session, language: str) -> Synonyms:
    """Read a language's synonyms, as staff last left them."""
    rows = session.execute(
        select(SearchSynonym.word, SearchSynonym.canonical).where(SearchSynonym.language == language).limit(_MOST_ROWS)
    )
    return build_synonyms((word, canonical) for word, canonical in rows)


def build_synonyms(pairs: Iterable[tuple[str, str]]) -> Synonyms:
    """Return synonyms from (word, canonical) pairs."""
    found: dict[str, set[Words]] = defaultdict(set)
    own: dict[str, Words] = {}
    for word, canonical in pairs:
        one, other = words_of(word), words_of(canonical)
        if not one or not other or solid(one) == solid(other):
            continue
        own[solid(one)], own[solid(other)] = one, other
        found[solid(one)].add(other)
        found[solid(other)].add(one)
    return Synonyms({key: _telling(own[key], others) for key, others in found.items()})


def _telling(own: Words, others: Iterable[Words]) -> tuple[Words, ...]:
    """Drop names that a shorter one already covers, and keep the first few, shortest first."""
    kept: list[set[str]] = [set(own)]
    told: list[Words] = []
    for other in sorted(others, key=lambda words: (len(words), words)):
        if not any(shorter <= set(other) for shorter in kept):
            kept.append(set(other))
            told.append(other)
    return tuple(told[:MOST_OTHERS])
