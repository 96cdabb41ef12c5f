"""The history of payments: rows that are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import PaymentId, PersonId

from .models import PaymentEvent, PaymentState
from .once import add_once

SYSTEM = "system"


def write_event(
    session: Session,
    *,
    payment_id: PaymentId,
    kind: str,
    states: tuple[PaymentState | None, PaymentState],
    now: datetime,
    source_id: str,
    source: str = SYSTEM,
    amount_minor: int | None = None,
    actor_id: PersonId | None = None,
    data: Document | None = None,
) -> bool:
    """Add one event (from, to); return False when this source's event was recorded before. Flushes."""
    before, after = states
    event = PaymentEvent(
        payment_id=payment_id,
        at=now,
        kind=kind,
        from_state=before.value if before else None,
        to_state=after.value,
        amount_minor=amount_minor,
        source=source,
        source_id=source_id,
        actor_id=actor_id,
        data=data or {},
    )
    return add_once(session, event)


def find_event(session: Session, *, source: str, source_id: str) -> PaymentEvent | None:
    """Return the event this source reported under this id, if it was recorded."""
    return session.scalar(select(PaymentEvent).where(PaymentEvent.source == source, PaymentEvent.source_id == source_id))
