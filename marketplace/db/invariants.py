"""What must always hold of the schema: rows that are only ever added are guarded by the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from marketplace.db.engine import dialect_name
from marketplace.kernel.broken import Broken

APPEND_ONLY = (
    "audit_entry",
    "exchange_rate",
    "ledger_entry",
    "ledger_transaction",
    "movement",
    "order_event",
    "payment_event",
)


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield every append-only table whose guard is missing (I10)."""
    del now
    if dialect_name(session) == "sqlite":
        found = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
        needed = {table: {f"{table}_no_update", f"{table}_no_delete"} for table in APPEND_ONLY}
    else:
        enabled = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        found = set(session.scalars(text(enabled)))
        needed = {table: {f"{table}_append_only"} for table in APPEND_ONLY}
    for table, guards in needed.items():
        if not guards <= found:
            yield Broken("I10", "table", (table,), "rows of this table could be changed or deleted: its guard is missing")
