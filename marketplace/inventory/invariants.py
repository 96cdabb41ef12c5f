"""What must always hold of stock: the columns are the sums of the movements, and holds end in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from marketplace.kernel.broken import Broken

from .models import Hold, HoldState, Movement, MovementKind, StockItem

GRACE = timedelta(minutes=1)


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield every offence of stock against I1 and I8."""
    yield from _columns(session)
    yield from _restocked(session)
    yield from _held(session)
    yield from _overdue(session, now)


def _columns(session: Session) -> Iterator[Broken]:
    sums = (
        select(
            Movement.stock_item_id.label("item_id"),
            func.sum(Movement.on_hand_change).label("on_hand"),
            func.sum(Movement.held_change).label("held"),
            func.sum(Movement.allocated_change).label("allocated"),
        )
        .group_by(Movement.stock_item_id)
        .subquery()
    )
    differs = or_(
        StockItem.on_hand != func.coalesce(sums.c.on_hand, 0),
        StockItem.held != func.coalesce(sums.c.held, 0),
        StockItem.allocated != func.coalesce(sums.c.allocated, 0),
    )
    below = or_(StockItem.on_hand < 0, StockItem.held < 0, StockItem.allocated < 0)
    over = and_(StockItem.is_tracked, StockItem.on_hand - StockItem.held - StockItem.allocated < 0)
    query = select(StockItem.id).outerjoin(sums, sums.c.item_id == StockItem.id).where(or_(differs, below, over))
    for found in session.scalars(query.order_by(StockItem.id)):
        yield Broken("I1", "stock_item", (found,), "on hand, held or allocated is not the sum of its movements, or below nothing")


def _restocked(session: Session) -> Iterator[Broken]:
    """More came back for a line than left stock for it."""
    left = func.sum(case((Movement.kind == MovementKind.SHIPPED, -Movement.on_hand_change), else_=0))
    back = func.sum(case((Movement.kind == MovementKind.RESTOCKED, Movement.on_hand_change), else_=0))
    query = (
        select(Movement.line_id, Movement.stock_item_id)
        .where(Movement.line_id.is_not(None), Movement.kind.in_([MovementKind.SHIPPED, MovementKind.RESTOCKED]))
        .group_by(Movement.line_id, Movement.stock_item_id)
        .having(back > left)
    )
    for line_id, item_id in session.execute(query):
        yield Broken("I1", "order_line", (line_id or 0, item_id), "more units came back for this line than left stock for it")


def _held(session: Session) -> Iterator[Broken]:
    """What an item holds is what its open holds hold."""
    sums = (
        select(Hold.stock_item_id.label("item_id"), func.sum(Hold.units).label("units"))
        .where(Hold.state == HoldState.HELD)
        .group_by(Hold.stock_item_id)
        .subquery()
    )
    query = (
        select(StockItem.id)
        .outerjoin(sums, sums.c.item_id == StockItem.id)
        .where(StockItem.held != func.coalesce(sums.c.units, 0))
    )
    for found in session.scalars(query.order_by(StockItem.id)):
        yield Broken("I1", "stock_item", (found,), "holds other than the sum of its open holds")


def _overdue(session: Session, now: datetime) -> Iterator[Broken]:
    late = select(Hold.id).where(Hold.state == HoldState.HELD, Hold.expires_at < now - GRACE, Hold.waits_for_provider.is_(False))
    for found in session.scalars(late.order_by(Hold.id)):
        yield Broken("I8", "hold", (found,), "is alive more than a minute past its end and waits for no provider")
    endless = select(Hold.id).where(or_(
        and_(Hold.state == HoldState.HELD, Hold.ended_at.is_not(None)),
        and_(Hold.state != HoldState.HELD, Hold.ended_at.is_(None)),
    ))  # fmt: skip
    for found in session.scalars(endless.order_by(Hold.id)):
        yield Broken("I9", "hold", (found,), "ended without an instant, or has one while alive")
