"""What must always hold of the outbox: every row is done, waiting its turn, at work under a lease, or visibly dead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken

from .models import OutboxRow, OutboxState
from .work import LEASE, RETRY_AFTER

# A dead worker's row comes round when its lease ends; allow the worker that takes it the time of a restart.
ABANDONED_AFTER = LEASE + timedelta(minutes=5)


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield rows that nobody will ever perform, or that forgot what became of them (I7, I8)."""
    stuck = and_(
        OutboxRow.state == OutboxState.RUNNING,
        or_(OutboxRow.locked_until.is_(None), OutboxRow.locked_until < now - ABANDONED_AFTER),
    )
    for found in session.scalars(select(OutboxRow.id).where(stuck).order_by(OutboxRow.id)):
        yield Broken("I8", "outbox_row", (found,), "has been running past its lease and nobody took it over")
    undone = and_(OutboxRow.state == OutboxState.DONE, OutboxRow.done_at.is_(None))
    silent = and_(OutboxRow.state == OutboxState.DEAD, OutboxRow.last_error.is_(None))
    for found in session.scalars(select(OutboxRow.id).where(or_(undone, silent)).order_by(OutboxRow.id)):
        yield Broken("I7", "outbox_row", (found,), "ended without saying when or why")
    beyond = and_(OutboxRow.state == OutboxState.PENDING, OutboxRow.attempts > len(RETRY_AFTER))
    for found in session.scalars(select(OutboxRow.id).where(beyond).order_by(OutboxRow.id)):
        yield Broken("I7", "outbox_row", (found,), "waits for a try beyond its last")
