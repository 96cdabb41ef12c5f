"""The words in use and their pieces, kept as documents come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import SearchPiece, SearchWord
from marketplace.catalog.search.typos import pieces
from marketplace.db import dialect_name

CHUNK = 500
Vocabulary = Counter[tuple[str, str]]  # (language, word) → documents it stands in

T = TypeVar("T")


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield the items in runs of at most `size`: databases bound how much one statement may name."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def counted(language: str, plain_words: str) -> Iterable[tuple[str, str]]:
    """Return the words of one document that a typo may have meant."""
    return ((language, word) for word in plain_words.split() if len(word) > 1 and not word[0].isdigit())


def change_counts(session: Session, change: Mapping[tuple[str, str], int]) -> None:
    """Add to or take from the counts of words, always in the same order, and give new words their pieces."""
    moved = sorted((key, by) for key, by in change.items() if by)
    for run in chunks(moved):
        known = _ids(session, [key for key, _ in run])
        _enter(session, [key for key, _ in run if key not in known])
        # In the order of their ids: two units that change the same words wait for each other, and never in a circle.
        known = _ids(session, [key for key, _ in run])
        for number, by in sorted((known[key], by) for key, by in run):
            session.execute(update(SearchWord).where(SearchWord.id == number).values(products=SearchWord.products + by))


def replace_vocabulary(session: Session, vocabulary: Vocabulary) -> None:
    """Put these words and counts in the place of all others."""
    session.execute(delete(SearchPiece))
    session.execute(delete(SearchWord))
    words = sorted(vocabulary.items())
    for run in chunks(words, 5_000):
        rows = [{"language": language, "word": word, "products": times} for (language, word), times in run]
        session.execute(insert(SearchWord), rows)
    made = session.execute(select(SearchWord.id, SearchWord.word)).all()
    for pairs in chunks(made, 5_000):
        session.execute(insert(SearchPiece), _pieces((number, word) for number, word in pairs))


def _ids(session: Session, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    wanted = set(keys)
    rows = session.execute(
        select(SearchWord.language, SearchWord.word, SearchWord.id).where(SearchWord.word.in_({word for _, word in keys}))
    )
    return {(language, word): number for language, word, number in rows if (language, word) in wanted}


def _enter(session: Session, keys: Sequence[tuple[str, str]]) -> None:
    """Make rows for words met for the first time; another unit may be making the same ones."""
    if not keys:
        return
    upsert: Any = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    rows = [{"language": language, "word": word, "products": 0} for language, word in keys]
    made = session.execute(
        upsert(SearchWord).values(rows).on_conflict_do_nothing().returning(SearchWord.id, SearchWord.word)
    ).all()
    if made:
        session.execute(insert(SearchPiece), _pieces((number, word) for number, word in made))


def _pieces(words: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    return [{"piece": piece, "word_id": number} for number, word in words for piece in sorted(pieces(word))]
