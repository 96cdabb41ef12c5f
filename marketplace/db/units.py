"""The unit of work: everything a request, command or event changes is committed together or not at all."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import ORMExecuteState, Session

from marketplace.db.engine import WRITES, db, refusing_writes
from marketplace.db.faults import fault_point
from marketplace.db.public_version import bump_if_moved

T = TypeVar("T")

ATTEMPTS = 5
_RETRIED_SQLSTATES = {"40001", "40P01"}
_inside: ContextVar[bool] = ContextVar("inside_unit", default=False)


class NestedUnit(RuntimeError):
    """A unit of work was opened inside another one: a bug of ours."""


class ReadOnlySession(Session):
    """A session that refuses to write; GET pages get only this."""


@event.listens_for(ReadOnlySession, "do_orm_execute")
def _refuse_writes(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("a reading session does not write")


@event.listens_for(ReadOnlySession, "before_flush")
def _refuse_flush(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading session does not write")


def _bind(*, writes: bool, stale_ok: bool = False) -> Engine | Connection:
    """Return the engine for this kind of work; tests put one open connection in its place."""
    engines: dict[str | None, Engine | Connection] = dict(db.engines)
    bound = engines["replica" if stale_ok and "replica" in engines else None]
    if isinstance(bound, Connection):
        return bound
    options: dict[str, Any] = {WRITES: writes}
    if bound.dialect.name == "postgresql" and not writes:
        options["postgresql_readonly"] = True
    return bound.execution_options(**options)


def _may_retry(error: DBAPIError) -> bool:
    """Tell whether the database asked for the whole unit again: serialisation, deadlock, or a lock that waited too long."""
    if getattr(error.orig, "sqlstate", None) in _RETRIED_SQLSTATES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def in_unit(work: Callable[[Session], T]) -> T:
    """Call `work(session)` in one transaction and commit; roll back on any exception.

    The whole of `work` runs again, up to five times, when the database reports a serialisation failure or a deadlock,
    so `work` touches nothing outside its session. Raises: NestedUnit, and whatever `work` raises.
    """
    if _inside.get():
        raise NestedUnit
    token = _inside.set(True)
    try:
        for attempt in range(ATTEMPTS):
            with Session(_bind(writes=True), join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
                try:
                    result = work(session)
                    session.flush()
                    bump_if_moved(session)
                    fault_point("before_commit")
                    session.commit()
                except DBAPIError as error:
                    session.rollback()
                    if attempt + 1 == ATTEMPTS or not _may_retry(error):
                        raise
                else:
                    fault_point("after_commit")
                    return result
            time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable: the last attempt returns or raises")
    finally:
        _inside.reset(token)


@contextmanager
def reading(*, stale_ok: bool = False) -> Iterator[Session]:
    """Open a read-only session on the primary, or on a replica when `stale_ok` (anonymous pages and insight only).

    The database itself refuses whatever writes: a read-only transaction on PostgreSQL, `query_only` on SQLite.
    """
    bind = _bind(writes=False, stale_ok=stale_ok)
    with ReadOnlySession(bind, join_transaction_mode="create_savepoint", autoflush=False) as session:
        if isinstance(bind, Engine):
            yield session
            return
        with refusing_writes(session.connection()):
            yield session
