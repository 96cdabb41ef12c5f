"""Words as searches compare them: folded, spelled one way, and cut to stems or pieces. Pure, bounded, never raises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from snowballstemmer import stemmer

from marketplace.catalog.search.spellings import IGNORED, JOINED, PATTERNS, SPELLINGS

MOST_QUERY_CHARACTERS = 80
MOST_QUERY_WORDS = 8
MOST_WORD_CHARACTERS = 40
_MOST_TEXT_CHARACTERS = 8_000

_WORD = re.compile(r"[0-9a-z가-힣]+")
_HANGUL = re.compile(r"[가-힣]")
_HYPHENATED = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+")
_MARKED = re.compile(r"[^\x00-\x7f가-힣]+")
_APOSTROPHES = re.compile(r"(?<=[a-z])['’ʼ`](?=[a-z])")
_MEASURE = re.compile(r"(\d+)\s*(kilogram|kilo|kg|gram|gr|g|liter|litre|ml|l|cm|mm|m|킬로그램|그램|리터)(?![a-z가-힣])")
_UNITS = {
    "kilogram": "kg", "kilo": "kg", "gram": "g", "gr": "g", "liter": "l", "litre": "l",
    "킬로그램": "kg", "그램": "g", "리터": "l",
}  # fmt: skip
_STEMMERS = {"id": stemmer("indonesian"), "en": stemmer("english")}


def fold(text: str) -> str:
    """Return `text` in lower case without accents, Hangul composed, and measures written solid (`250 gram` is `250g`)."""
    composed = unicodedata.normalize("NFKC", text[:_MOST_TEXT_CHARACTERS]).casefold()
    bare = _APOSTROPHES.sub("", _MARKED.sub(_unmarked, composed))
    return _MEASURE.sub(lambda found: found[1] + _UNITS.get(found[2], found[2]) + " ", bare)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order, folded and spelled one way; hyphens part words, as spaces do."""
    return tuple(_joined([_spelled(word[:MOST_WORD_CHARACTERS]) for word in _WORD.findall(fold(text))]))


def query_words(typed: str) -> tuple[str, ...]:
    """Return the at most eight words that a query of at most 80 characters asks for; function words do not count."""
    words = list(dict.fromkeys(words_of(typed[:MOST_QUERY_CHARACTERS])))
    meant = [word for word in words if word not in IGNORED] or words
    return tuple(meant[:MOST_QUERY_WORDS])


def indexed_words(text: str, language: str) -> tuple[str, ...]:
    """Return what a text is found by: its words, their stems, and for Hangul also solid neighbours and two-syllable pieces."""
    words = words_of(text)
    found = dict.fromkeys(words)
    for word in words:
        found.update(dict.fromkeys(syllable_pairs(word) if is_hangul(word) else (stem(word, language),)))
    found.update(dict.fromkeys(_solid_neighbours(words)))
    found.update(dict.fromkeys(hyphenated.replace("-", "") for hyphenated in _HYPHENATED.findall(fold(text))))
    return tuple(found)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a Latin word in a language that has them, else the word itself."""
    found = _STEMMERS.get(language)
    if found is None or len(word) < 4 or not word.isalpha() or is_hangul(word):
        return word
    return str(found.stemWord(word))


@lru_cache(maxsize=20_000)
def is_hangul(word: str) -> bool:
    """Tell whether a word is written, at least in part, in Korean letters."""
    return _HANGUL.search(word) is not None


def syllable_pairs(word: str) -> tuple[str, ...]:
    """Return the neighbouring syllables of a Korean word of three or more: what compounds are found by."""
    return tuple(word[at : at + 2] for at in range(len(word) - 1)) if len(word) > 2 else ()


def solid(words: Iterable[str]) -> str:
    """Return words without the spaces between them, as synonyms are compared (`야자 설탕` is `야자설탕`)."""
    return "".join(words)


def _unmarked(found: re.Match[str]) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", found[0]) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def _spelled(word: str) -> str:
    for pattern, spelled in PATTERNS:
        word = pattern.sub(spelled, word)
    return SPELLINGS.get(word, word)


def _joined(words: list[str]) -> Iterable[str]:
    """Yield the words, with names that some write in two words as one."""
    at = 0
    while at < len(words):
        pair = "".join(words[at : at + 2])
        if at + 1 < len(words) and (words[at], words[at + 1]) in JOINED:
            yield pair
            at += 2
        else:
            yield words[at]
            at += 1


def _solid_neighbours(words: tuple[str, ...]) -> Iterable[str]:
    """Yield neighbouring Korean words as one, because Koreans type them either way."""
    for first, second in pairwise(words):
        if is_hangul(first) and is_hangul(second):
            yield (first + second)[:MOST_WORD_CHARACTERS]
