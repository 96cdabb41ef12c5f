"""Commands on the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.outbox.models import OutboxRow, OutboxState


def retry_dead(session: Session, *, row_ids: Iterable[int], now: datetime) -> int:
    """Let rows that were given up wait again, from their first try on; return how many of these were dead.

    They leave their key behind: another row of that key may wait already, and handlers may run twice.
    """
    revived = session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id.in_(sorted(set(row_ids))), OutboxRow.state == OutboxState.DEAD)
        .values(state=OutboxState.PENDING, coalesce_key=None, attempts=0, due_at=now, locked_by=None, locked_until=None)
        .returning(OutboxRow.id)
    )
    return len(revived.all())
