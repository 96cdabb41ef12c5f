"""One typo forgiven: a word nobody uses is read as the most used word one slip away, or as two words written solid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import SearchPiece, SearchWord
from marketplace.catalog.search.synonyms import Synonyms
from marketplace.catalog.search.typos import is_one_slip, pieces, spelled
from marketplace.catalog.search.words import is_hangul, solid

_LEAST_LETTERS = 4
_LEAST_SYLLABLES = 2
_MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class _Candidate:
    word: str
    products: int


def correct(session: Session, words: tuple[str, ...], language: str, synonyms: Synonyms) -> tuple[str, ...]:
    """Return the words with each that matches nothing replaced by what it may have meant; unchanged where nothing is near."""
    near = _near(session, words, language)
    better: list[str] = []
    for word in words:
        known = {candidate.word for candidate in near[word]}
        if word in known or solid((word,)) in synonyms.others:
            better.append(word)
            continue
        better.extend(_split(word, known, near) or _closest(word, near[word]))
    return tuple(better)


def _closest(word: str, candidates: Iterable[_Candidate]) -> tuple[str, ...]:
    if len(word) < (_LEAST_SYLLABLES if is_hangul(word) else _LEAST_LETTERS):
        return (word,)
    slips = [found for found in candidates if found.word != word and is_one_slip(word, found.word)]
    slips.sort(key=lambda found: (-found.products, found.word))
    return (slips[0].word,) if slips else (word,)


def _split(word: str, known: set[str], near: dict[str, list[_Candidate]]) -> tuple[str, ...]:
    """Return the two known words a solid Korean word is made of, the evenest split first; none for other words."""
    del known
    for first, second in _halves(word):
        if _is_word(first, near) and _is_word(second, near):
            return first, second
    return ()


def _is_word(word: str, near: dict[str, list[_Candidate]]) -> bool:
    return any(found.word == word for found in near[word])


def _halves(word: str) -> Sequence[tuple[str, str]]:
    if not is_hangul(word) or len(word) < 4:
        return ()
    cuts = sorted(range(2, len(word) - 1), key=lambda at: (abs(2 * at - len(word)), at))
    return tuple((word[:at], word[at:]) for at in cuts)


def _near(session: Session, words: Sequence[str], language: str) -> dict[str, list[_Candidate]]:
    """Return, for every word and every half of one, the words in use that share a piece with it."""
    asked: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for piece in pieces(word):
            asked[piece].add(word)
        for half in {half for pair in _halves(word) for half in pair}:
            asked[spelled(half)].add(half)
    rows = session.execute(
        select(SearchPiece.piece, SearchWord.word, SearchWord.products)
        .join(SearchWord, SearchWord.id == SearchPiece.word_id)
        .where(SearchPiece.piece.in_(sorted(asked)), SearchWord.language == language, SearchWord.products > 0)
        .limit(_MOST_CANDIDATES)
    )
    near: dict[str, list[_Candidate]] = defaultdict(list)
    for piece, word, products in rows:
        for typed in asked[piece]:
            near[typed].append(_Candidate(word, products))
    return near
