"""Rows that may exist once: the database's unique constraint decides, in a savepoint, so that the unit lives on."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.db import Model

_UNIQUE_VIOLATION = "23505"  # PostgreSQL, appendix A of its manual


def add_once(session: Session, row: Model) -> bool:
    """Insert `row` and return True, or leave nothing behind and return False when one like it exists."""
    session.flush()  # what waits to be written must not fail inside our savepoint
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) == _UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig):
            return False
        raise
    return True
