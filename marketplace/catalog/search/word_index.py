"""What an engine's word index must do; the two that do it are `sqlite` and `postgres`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from marketplace.catalog.search.expressions import Expression
from marketplace.catalog.search.postgres import PostgresIndex
from marketplace.catalog.search.sqlite import SqliteIndex
from marketplace.db import dialect_name


class WordIndex(Protocol):
    """Finds rows by words, and is told before and after their documents change."""

    def hits(self, language: str, wanted: Expression, *, in_title: bool = False) -> Select[Any]:
        """Return a select of `row_id`: documents of the language that meet the expression (in the title alone)."""
        ...

    def ranked_hits(self, language: str, loose: Expression, typed: Expression) -> Select[Any]:
        """Return a select of `row_id, tier` of the documents that meet `loose`.

        Tier 0: the title meets `typed`; 1: the title meets `loose`; 2: title and body together do.
        """
        ...

    def rows_within(self, language: str) -> tuple[ColumnElement[bool], ...]:
        """Return what else is true of rows that hits are joined to, where saying so helps the engine's planner."""
        ...

    def forget(self, session: Session, row_ids: Sequence[int]) -> None:
        """Take rows out of the index; called while their documents still hold the words they were entered with."""
        ...

    def enter(self, session: Session, row_ids: Sequence[int]) -> None:
        """Enter rows whose documents were just written."""
        ...

    def rebuild(self, session: Session) -> None:
        """Make the index anew from all documents."""
        ...


_INDEXES: dict[str, WordIndex] = {"sqlite": SqliteIndex(), "postgresql": PostgresIndex()}


def word_index(session: Session) -> WordIndex:
    """Return the word index of the session's engine."""
    return _INDEXES[dialect_name(session)]
