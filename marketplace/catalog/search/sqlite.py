"""The word index on SQLite: one FTS5 table per language over the documents, kept up by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, column, select, table, text
from sqlalchemy.orm import Session

from marketplace.catalog.search.expressions import AllOf, Expression, Term
from marketplace.language.languages import Language


class SqliteIndex:
    """FTS5. Every word is quoted, so nothing typed is ever read as an operator."""

    def hits(self, language: str, wanted: Expression, *, in_title: bool = False) -> Select[Any]:
        """Return a select of `row_id` of the documents that meet the expression."""
        name = _table(language)
        asked = f"title_words : ({_written(wanted)})" if in_title else _written(wanted)
        matches = text(f"{name} MATCH :asked").bindparams(bindparam("asked", asked, unique=True))
        return select(column("rowid").label("row_id")).select_from(table(name)).where(matches)

    def ranked_hits(self, language: str, loose: Expression, typed: Expression) -> Select[Any]:
        """Return a select of `row_id, tier` of the documents that meet `loose`."""
        exact, titled = (self.hits(language, wanted, in_title=True) for wanted in (typed, loose))
        number: ColumnElement[int] = column("rowid")
        return self.hits(language, loose).add_columns(
            case((number.in_(exact), 0), (number.in_(titled), 1), else_=2).label("tier")
        )

    def rows_within(self, language: str) -> tuple[ColumnElement[bool], ...]:
        """Return nothing: a range of keys would tempt SQLite to walk the rows and look for each among the hits."""
        del language
        return ()

    def forget(self, session: Session, row_ids: Sequence[int]) -> None:
        """Take rows out; FTS5 over foreign content must be told the words it was given."""
        self._command(session, "'delete'", row_ids)

    def enter(self, session: Session, row_ids: Sequence[int]) -> None:
        """Enter rows whose documents were just written."""
        self._command(session, None, row_ids)

    def rebuild(self, session: Session) -> None:
        """Make the tables anew from all documents."""
        for language in Language:
            name = _table(language)
            session.execute(text(f"INSERT INTO {name}({name}) VALUES ('rebuild')"))  # noqa: S608 - names of ours only

    def _command(self, session: Session, command: str | None, row_ids: Sequence[int]) -> None:
        for language in Language:
            name = _table(language)
            into, what = (f"{name}, ", f"{command}, ") if command else ("", "")
            session.execute(
                text(
                    f"INSERT INTO {name}({into}rowid, title_words, body_words)"  # noqa: S608 - names of ours only
                    f" SELECT {what}row_id, title_words, body_words FROM search_document"
                    " WHERE language = :language AND row_id IN :rows"
                ).bindparams(bindparam("rows", expanding=True)),
                {"language": language.value, "rows": list(row_ids)},
            )


def _table(language: str) -> str:
    return f"search_index_{Language(language).value}"


def _written(wanted: Expression) -> str:
    if isinstance(wanted, Term):
        return f'"{wanted.word}"' + ("*" if wanted.is_prefix else "")
    glue = " AND " if isinstance(wanted, AllOf) else " OR "
    return "(" + glue.join(_written(part) for part in wanted.parts) + ")"
