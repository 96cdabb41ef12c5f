"""The one way to lock rows, always in the order of their ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.db.engine import dialect_name
from marketplace.db.model import Model

M = TypeVar("M", bound=Model)


def lock_rows(session: Session, model: type[M], ids: Iterable[int]) -> Sequence[M]:
    """Lock the rows of `model` with these ids, ascending, and return them freshly read.

    SQLite needs no row locks: a unit there holds the whole database from `BEGIN IMMEDIATE` on.
    Across tables the order is: cart | inquiry, offer, coupon, order, sub-order, line, payment, refund, stock, counter.
    """
    key: Any = model.__mapper__.primary_key[0]
    query = select(model).where(key.in_(sorted(set(ids)))).order_by(key).with_for_update()
    return session.scalars(query, execution_options={"populate_existing": True}).all()


def lock_name(session: Session, name: str) -> None:
    """Lock a name for the rest of this unit, where what must not happen twice has no row of its own yet.

    SQLite needs no such lock either. Take it before any row lock.
    """
    if dialect_name(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
