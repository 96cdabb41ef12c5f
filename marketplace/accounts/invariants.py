"""What must always hold of the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken

from .models import AuditEntry


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield audit rows that do not say who did what to what (I10)."""
    del now
    nobody = and_(AuditEntry.actor_kind == "person", AuditEntry.actor_id.is_(None))
    silent = or_(AuditEntry.actor_kind == "", AuditEntry.action == "", AuditEntry.object_kind == "", AuditEntry.object_id == "")
    for found in session.scalars(select(AuditEntry.id).where(or_(nobody, silent)).order_by(AuditEntry.id)):
        yield Broken("I10", "audit_entry", (found,), "does not say who did what to what")
