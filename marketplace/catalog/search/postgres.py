"""The word index on PostgreSQL: generated tsvector columns of the documents, one GIN index per language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, cast, literal_column, select, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from marketplace.catalog.search.entries import row_ids
from marketplace.catalog.search.expressions import AllOf, Expression, Term
from marketplace.catalog.search.models import SearchDocument, SearchRow
from marketplace.language.languages import Language

_TITLE: ColumnElement[str] = literal_column("search_document.search_text_title")
_ALL: ColumnElement[str] = literal_column("search_document.search_text_all")


class PostgresIndex:
    """tsvector. The server keeps columns and indexes up by itself."""

    def hits(self, language: str, wanted: Expression, *, in_title: bool = False) -> Select[Any]:
        """Return a select of `row_id` of the documents that meet the expression."""
        # The language is written out: a partial index is used only where the planner sees its condition.
        spoken = text(f"search_document.language = '{Language(language).value}'")
        found: Select[Any] = select(SearchDocument.row_id.label("row_id"))
        return found.where(spoken, _meets(_TITLE if in_title else _ALL, wanted))

    def ranked_hits(self, language: str, loose: Expression, typed: Expression) -> Select[Any]:
        """Return a select of `row_id, tier` of the documents that meet `loose`."""
        tier = case((_meets(_TITLE, typed), 0), (_meets(_TITLE, loose), 1), else_=2)
        return self.hits(language, loose).add_columns(tier.label("tier"))

    def rows_within(self, language: str) -> tuple[ColumnElement[bool], ...]:
        """Return the language's range of keys: joining many hits, PostgreSQL reads all rows it cannot rule out."""
        return (SearchRow.id.between(*row_ids(language)),)

    def forget(self, session: Session, row_ids: Sequence[int]) -> None:
        """Do nothing: the index follows the documents."""

    def enter(self, session: Session, row_ids: Sequence[int]) -> None:
        """Do nothing: the columns are generated."""

    def rebuild(self, session: Session) -> None:
        """Let the planner know how large the tables have become."""
        session.execute(text("ANALYZE search_row, search_facet, search_document"))


def _meets(words: ColumnElement[str], wanted: Expression) -> ColumnElement[bool]:
    return words.op("@@", is_comparison=True)(cast(_written(wanted), TSQUERY))


def _written(wanted: Expression) -> str:
    if isinstance(wanted, Term):
        return f"'{wanted.word}'" + (":*" if wanted.is_prefix else "")
    glue = " & " if isinstance(wanted, AllOf) else " | "
    return "(" + glue.join(_written(part) for part in wanted.parts) + ")"
