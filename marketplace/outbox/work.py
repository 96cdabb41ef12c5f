"""Claiming waiting rows under a lease and performing them, on both databases; a dead worker's rows come round again."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.db import Document, dialect_name, without_values
from marketplace.db.faults import fault_point
from marketplace.kernel.clock import Clock
from marketplace.outbox.handlers import Handler, Handlers, Mode
from marketplace.outbox.models import OutboxRow, OutboxState, PeriodicRun

LEASE = timedelta(minutes=2)
BATCH = 20
# Waiting before each further try; after the last the row is dead and staff see it. About a day in all.
RETRY_AFTER = tuple(timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800))
MOST_TRIES = len(RETRY_AFTER) + 1
# Done rows are kept so long for whoever asks what became of an event.
KEPT_DONE = timedelta(days=30)

T = TypeVar("T")
InUnit = Callable[[Callable[[Session], T]], T]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row this worker may perform until its lease ends. `attempts` counts this try."""

    id: int
    handler: str
    payload: Document
    attempts: int


def worker_name() -> str:
    """Return who claims: host, process, and a part of chance, for containers all are process 1 of `localhost`."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(3)}"


def claim(session: Session, *, worker: str, now: datetime, limit: int = BATCH) -> list[Claimed]:
    """Claim up to `limit` due rows, oldest first, and rows whose lease ran out.

    A clock set back stops nothing: what was due when it was made is due, and a lease that ends too far ahead is over.
    """
    due = or_(OutboxRow.due_at <= now, and_(OutboxRow.attempts == 0, OutboxRow.due_at == OutboxRow.created_at))
    ready = and_(OutboxRow.state == OutboxState.PENDING, due)
    ended = or_(OutboxRow.locked_until < now, OutboxRow.locked_until > now + 2 * LEASE)
    abandoned = and_(OutboxRow.state == OutboxState.RUNNING, ended)
    chosen = (
        select(OutboxRow.id)
        .where(or_(ready, abandoned))
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = session.scalars(chosen).all()
    if not ids:
        return []
    taken = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_(ids))
        .values(state=OutboxState.RUNNING, locked_until=now + LEASE, locked_by=worker, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow.id, OutboxRow.handler, OutboxRow.payload, OutboxRow.attempts)
    ).all()
    return sorted((Claimed(*row) for row in taken), key=lambda row: row.id)


def _held(row: Claimed, worker: str) -> ColumnElement[bool]:
    """Tell rows that this worker still holds by this very claim."""
    return and_(
        OutboxRow.id == row.id,
        OutboxRow.locked_by == worker,
        OutboxRow.state == OutboxState.RUNNING,
        OutboxRow.attempts == row.attempts,
    )


def renew(session: Session, row: Claimed, *, worker: str, now: datetime) -> bool:
    """Begin the lease anew if this worker still holds the row; tell whether it does."""
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
        update(OutboxRow).where(_held(row, worker)).values(locked_until=now + LEASE)
    )
    return result.rowcount == 1


def finish(session: Session, row: Claimed, *, worker: str, now: datetime) -> bool:
    """Mark a row done if this worker still holds it; tell whether it did."""
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
        update(OutboxRow)
        .where(_held(row, worker))
        .values(state=OutboxState.DONE, done_at=now, locked_until=None, last_error=None)
    )
    return result.rowcount == 1


def give_back(session: Session, rows: Sequence[Claimed], *, worker: str, now: datetime) -> None:
    """End the lease of rows this worker claimed and will not perform; the try does not count."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id.in_([row.id for row in rows]), OutboxRow.locked_by == worker, OutboxRow.state == OutboxState.RUNNING)
        .values(locked_until=now - timedelta(seconds=1), attempts=OutboxRow.attempts - 1)
    )


def fail(session: Session, row: Claimed, *, worker: str, error: str, now: datetime) -> None:
    """Put a row back to wait for its next try, or give it up where people see it."""
    held = update(OutboxRow).where(_held(row, worker))
    if row.attempts >= MOST_TRIES:
        session.execute(held.values(state=OutboxState.DEAD, locked_until=None, last_error=error[:2000]))
        return
    again = held.values(
        state=OutboxState.PENDING, due_at=now + RETRY_AFTER[row.attempts - 1], locked_until=None, last_error=error[:2000]
    )
    try:
        with session.begin_nested():
            session.execute(again)
    except IntegrityError:
        # Another row of the same key already waits for this handler and will do this one's work too.
        session.execute(held.values(state=OutboxState.DONE, done_at=now, locked_until=None, last_error="merged into a later one"))


def sweep_done(session: Session, *, now: datetime) -> int:
    """Delete rows that were done long ago; return how many."""
    old = delete(OutboxRow).where(OutboxRow.state == OutboxState.DONE, OutboxRow.due_at < now - KEPT_DONE)
    result: CursorResult[Any] = session.execute(old)  # type: ignore[assignment]  # a DELETE gives a cursor result
    return result.rowcount


@dataclass(frozen=True, slots=True)
class Worker:
    """Performs the outbox and the periodic table of one market; told to stop, it finishes the row at hand."""

    handlers: Handlers
    in_unit: InUnit[Any]
    clock: Clock
    report: Callable[[str, dict[str, Any]], None]
    name: str
    is_stopping: Callable[[], bool] = lambda: False

    def perform_waiting(self) -> int:
        """Claim one batch and perform it; return how many rows were performed."""
        now = self.clock.now()
        rows: list[Claimed] = self.in_unit(lambda session: claim(session, worker=self.name, now=now))
        for done, row in enumerate(rows):
            if self.is_stopping():
                left = partial(give_back, rows=rows[done:], worker=self.name, now=self.clock.now())
                self.in_unit(left)
                return done
            self._perform(row)
        return len(rows)

    def _perform(self, row: Claimed) -> None:
        handler = self.handlers.named(row.handler)
        try:
            if handler is None:
                raise LookupError(f"no handler is called {row.handler}")
            if row.attempts > MOST_TRIES:
                raise RuntimeError("every worker that performed this row died")
            self._run(handler, row)
        except Exception as error:  # whatever a handler raises is kept beside its row and tried again
            words = without_values(f"{type(error).__name__}: {error}")
            self.report("outbox.failed", {"row": row.id, "handler": row.handler, "attempt": row.attempts, "error": words})
            self.in_unit(lambda session: fail(session, row, worker=self.name, error=words, now=self.clock.now()))
        else:
            self.report("outbox.done", {"row": row.id, "handler": row.handler})

    def _run(self, handler: Handler, row: Claimed) -> None:
        if handler.mode is Mode.EFFECT and handler.effect is not None:
            # The rows before it may have taken long: what another worker took over meanwhile is not performed here too.
            if not self.in_unit(lambda session: renew(session, row, worker=self.name, now=self.clock.now())):
                return
            handler.effect(row.payload)
            fault_point("before_ack")
            self.in_unit(lambda session: finish(session, row, worker=self.name, now=self.clock.now()))
            return

        def work(session: Session) -> None:
            now = self.clock.now()
            # Marked first: a row whose lease another worker took over is not performed a second time.
            if finish(session, row, worker=self.name, now=now) and handler.in_unit is not None:
                handler.in_unit(session, row.payload, now)

        self.in_unit(work)

    def perform_periodic(self) -> int:
        """Run what is due by the clock; return how many pieces of work ran."""
        ran = 0
        for piece in self.handlers.periodic:
            now = self.clock.now()
            try:
                if self.in_unit(partial(_take_turn, name=piece.name, every=piece.every, now=now)):
                    piece.run(now)
                    ran += 1
            except Exception as error:  # one failing piece must not stop the others; it comes round again with its next turn
                self.report("periodic.failed", {"name": piece.name, "error": without_values(f"{type(error).__name__}: {error}")})
        return ran


def _take_turn(session: Session, *, name: str, every: timedelta, now: datetime) -> bool:
    """Take this piece of work's turn if it is due and nobody else took it."""
    insert = sqlite.insert if dialect_name(session) == "sqlite" else postgresql.insert
    first = insert(PeriodicRun).values(name=name, last_run_at=now).on_conflict_do_nothing(index_elements=[PeriodicRun.name])
    if session.scalar(first.returning(PeriodicRun.name)) is not None:
        return True
    row = session.get_one(PeriodicRun, name, with_for_update=True)
    # A clock set back must not stop the work for as long as it was ahead; one a little behind must not run it again.
    if abs(now - row.last_run_at) < every:
        return False
    row.last_run_at = now
    return True
