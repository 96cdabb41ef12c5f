"""Reads of the outbox: what waits, what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.outbox.models import OutboxRow, OutboxState


def oldest_waiting(session: Session, *, now: datetime) -> datetime | None:
    """Return since when the oldest due row waits for its first try, none when nothing is due."""
    return session.scalar(
        select(func.min(OutboxRow.due_at)).where(
            OutboxRow.state == OutboxState.PENDING, OutboxRow.due_at <= now, OutboxRow.attempts == 0
        )
    )


@dataclass(frozen=True, slots=True)
class DeadRow:
    """A row that was given up, for staff to see."""

    id: int
    kind: str
    handler: str
    attempts: int
    last_error: str
    created_at: datetime


def dead_rows(session: Session, limit: int = 100) -> list[DeadRow]:
    """Return the newest rows that were given up."""
    columns = (OutboxRow.id, OutboxRow.kind, OutboxRow.handler, OutboxRow.attempts, OutboxRow.last_error, OutboxRow.created_at)
    query = select(*columns).where(OutboxRow.state == OutboxState.DEAD).order_by(OutboxRow.id.desc()).limit(limit)
    return [DeadRow(id_, kind, who, tries, error or "", at) for id_, kind, who, tries, error, at in session.execute(query)]
