"""Counting searches that found nothing, per day, for the office to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.catalog.search.models import EmptySearch
from marketplace.catalog.search.words import query_words
from marketplace.db import dialect_name
from marketplace.kernel.clock import local_day
from marketplace.language.languages import Language


def record_empty(session: Session, language: str, typed: str, *, now: datetime) -> None:
    """Count one search that found nothing, in its folded words; what holds no word is not counted.

    Runs of digits as long as a telephone number are left out: people paste such things, and nobody needs to read them.
    """
    words = " ".join(word for word in query_words(typed) if not _is_personal(word))[:80].strip()
    if not words:
        return
    insert: Any = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    row = {"language": Language(language).value, "query": words, "day": local_day(now).isoformat(), "times": 1}
    session.execute(
        insert(EmptySearch)
        .values(**row)
        .on_conflict_do_update(
            index_elements=[EmptySearch.language, EmptySearch.query, EmptySearch.day],
            set_={"times": EmptySearch.times + 1},
        )
    )


def _is_personal(word: str) -> bool:
    return sum(c.isdigit() for c in word) >= 8
