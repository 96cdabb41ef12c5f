"""The word index on PostgreSQL: generated tsvector columns of the documents, one GIN index per language."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, bindparam, select, text
from sqlalchemy.orm import Session

from marketplace.catalog.search.expressions import AllOf, Expression, Term
from marketplace.catalog.search.models import SearchDocument
from marketplace.language.languages import Language


class PostgresIndex:
    """tsvector. The server keeps columns and indexes up by itself."""

    def hits(self, language: str, wanted: Expression, *, in_title: bool = False) -> Select[int]:
        """Return a select of `row_id` of the documents that meet the expression."""
        column = "search_text_title" if in_title else "search_text_all"
        # The language is written out: a partial index is used only where the planner sees its condition.
        return select(SearchDocument.row_id.label("row_id")).where(
            text(f"search_document.language = '{Language(language).value}'"),
            text(f"search_document.{column} @@ CAST(:asked AS tsquery)").bindparams(
                bindparam("asked", _written(wanted), unique=True)
            ),
        )

    def forget(self, session: Session, row_ids: Sequence[int]) -> None:
        """Do nothing: the index follows the documents."""

    def enter(self, session: Session, row_ids: Sequence[int]) -> None:
        """Do nothing: the columns are generated."""

    def rebuild(self, session: Session) -> None:
        """Let the planner know how large the tables have become."""
        session.execute(text("ANALYZE search_row, search_facet, search_document"))


def _written(wanted: Expression) -> str:
    if isinstance(wanted, Term):
        return f"'{wanted.word}'" + (":*" if wanted.is_prefix else "")
    glue = " & " if isinstance(wanted, AllOf) else " | "
    return "(" + glue.join(_written(part) for part in wanted.parts) + ")"
