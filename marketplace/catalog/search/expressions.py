"""What a query asks of a text, apart from any engine's way of writing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.catalog.search.synonyms import Synonyms
from marketplace.catalog.search.words import is_hangul, stem, syllable_pairs

_LEAST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or every word that begins so. Words are folded: digits, a to z and Hangul only."""

    word: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be met."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part suffices."""

    parts: tuple[Expression, ...]


Expression = Term | AllOf | AnyOf


def strict(words: Sequence[str], language: str) -> Expression:
    """Return an expression for every word as typed, or its stem."""
    return _all(tuple(_as_typed(word, language) for word in words))


def wide(words: Sequence[str], language: str, synonyms: Synonyms) -> Expression:
    """Return an expression for every word: as typed, by stem, by its beginning, or by what else we call it."""
    parts: list[Expression] = []
    at = 0
    while at < len(words):
        length, others = synonyms.longest_at(words, at)
        own = _all(tuple(_loosely(word, language) for word in words[at : at + length]))
        parts.append(_any((own, *(_all(tuple(_as_typed(word, language) for word in other)) for other in others))))
        at += length
    every = _all(tuple(parts))
    solid = "".join(words) if len(words) > 1 and all(map(is_hangul, words)) else ""
    # Koreans write compounds apart or solid: what the shop wrote as one word is found by its parts.
    return _any((every, _loosely(solid, language))) if solid else every


def begun(words: Sequence[str], language: str) -> Expression:
    """Return an expression for words of which the last is still being typed."""
    return _all((*(_loosely(word, language) for word in words[:-1]), Term(words[-1], is_prefix=True)))


def _as_typed(word: str, language: str) -> Expression:
    if is_hangul(word):
        return Term(word, is_prefix=len(word) > 1)
    stemmed = stem(word, language)
    return Term(word) if stemmed == word else AnyOf((Term(word), Term(stemmed)))


def _loosely(word: str, language: str) -> Expression:
    if is_hangul(word):
        whole = Term(word, is_prefix=len(word) > 1)
        pairs = syllable_pairs(word)
        return AnyOf((whole, AllOf(tuple(Term(pair) for pair in pairs)))) if pairs else whole
    stemmed = stem(word, language)
    begins = Term(word, is_prefix=len(word) >= _LEAST_PREFIX and not word.isdigit())
    return begins if stemmed == word else AnyOf((begins, Term(stemmed)))


def _all(parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _any(parts: tuple[Expression, ...]) -> Expression:
    return parts[0] if len(parts) == 1 else AnyOf(parts)
