"""The audit log: who did what to what. Ids and field names only; no personal values."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.accounts.models import AuditEntry
from marketplace.db import Document
from marketplace.kernel.ids import PersonId


def record(
    session: Session, *, action: str, object_kind: str, object_id: object, now: datetime, actor_id: PersonId | None = None,
    actor_kind: str = "person", data: Document | None = None, request_id: str = "",
) -> None:  # fmt: skip
    """Add one entry to the audit log, in the unit of the act itself."""
    session.add(
        AuditEntry(
            at=now, actor_id=actor_id, actor_kind=actor_kind, action=action, object_kind=object_kind,
            object_id=str(object_id), data=data or {}, request_id=request_id,
        )
    )  # fmt: skip
