"""Writing down, in the unit that makes a fact, what is to be done about it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from marketplace.db import Document, dialect_name
from marketplace.outbox.handlers import HANDLERS
from marketplace.outbox.models import OutboxRow, OutboxState


def emit(
    session: Session, kind: str, payload: Document, *, now: datetime, due_at: datetime | None = None, key: str | None = None
) -> None:
    """Write one row for every registered handler of `kind`, due at once or at `due_at`.

    Rows of the same `key` that wait for the same handler are one: the first stays, later ones add nothing to it but hold
    it until this unit ends, so that no worker performs it before it can see what this unit did.
    """
    for handler in HANDLERS.for_kind(kind):
        values: dict[str, Any] = {
            "kind": kind,
            "handler": handler.name,
            "payload": payload,
            "coalesce_key": key,
            "state": OutboxState.PENDING,
            "created_at": now,
            "due_at": due_at or now,
            "attempts": 0,
        }
        insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
        session.execute(
            insert(OutboxRow)
            .values(**values)
            .on_conflict_do_update(
                index_elements=[OutboxRow.handler, OutboxRow.coalesce_key],
                index_where=text("state = 'pending' AND coalesce_key IS NOT NULL"),
                set_={"kind": kind},
            )
        )
