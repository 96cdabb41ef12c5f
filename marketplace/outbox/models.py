"""Tables of the outbox."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Document, Model, value_enum


class OutboxState(StrEnum):
    """Where one effect stands: `pending → running → done | pending (again) | dead`."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class OutboxRow(Model):
    """One effect for one handler, with its own lease, retries and dead letter."""

    __tablename__ = "outbox_row"
    __table_args__ = (
        Index("ix_outbox_row_due", "state", "due_at"),
        # Events of the same key that wait for the same handler are one piece of work.
        Index(
            "uq_outbox_row_waiting",
            "handler",
            "coalesce_key",
            unique=True,
            sqlite_where=text("state = 'pending' AND coalesce_key IS NOT NULL"),
            postgresql_where=text("state = 'pending' AND coalesce_key IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    handler: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Document]
    coalesce_key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[OutboxState] = mapped_column(value_enum(OutboxState), default=OutboxState.PENDING)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    locked_by: Mapped[str | None] = mapped_column(String(80))
    done_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(2000))


class PeriodicRun(Model):
    """When each periodic piece of work ran last."""

    __tablename__ = "periodic_run"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    last_run_at: Mapped[datetime]
