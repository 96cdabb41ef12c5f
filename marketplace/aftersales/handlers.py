"""Reminding a seller, once, that a new part still waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import SubOrderId
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import Handler

REMIND_BEFORE = timedelta(hours=12)  # before the seller's time to answer is over


def remind_later(session: Session, payload: Document, now: datetime) -> None:
    """For each new part of an order, look again twelve hours before its clock runs out."""
    parts = session.execute(
        select(SubOrder.id, SubOrder.accept_by).where(
            SubOrder.order_id == payload["order_id"],
            SubOrder.lifecycle == SubOrderLifecycle.NEW,
            SubOrder.accept_by.is_not(None),
        )
    )
    for sub_order_id, accept_by in _with_clock(parts):
        key = f"accept_due:{sub_order_id}"
        emit(session, "sub_order.accept_due", {"sub_order_id": sub_order_id}, now=now, due_at=accept_by - REMIND_BEFORE, key=key)


def _with_clock(parts: Iterable[tuple[SubOrderId, datetime | None]]) -> list[tuple[SubOrderId, datetime]]:
    return [(sub_order_id, accept_by) for sub_order_id, accept_by in parts if accept_by is not None]


def remind_now(session: Session, payload: Document, now: datetime) -> None:
    """Say `sub_order.accept_reminder` if the seller has not answered by now."""
    waits = select(SubOrder.id).where(SubOrder.id == payload["sub_order_id"], SubOrder.lifecycle == SubOrderLifecycle.NEW)
    if session.scalar(waits) is not None:
        emit(session, "sub_order.accept_reminder", {"sub_order_id": payload["sub_order_id"]}, now=now)


HANDLERS = (
    Handler("payment.settled", "aftersales.remind_later_paid", in_unit=remind_later),
    Handler("order.placed", "aftersales.remind_later_placed", in_unit=remind_later),
    Handler("sub_order.accept_due", "aftersales.remind_now", in_unit=remind_now),
)
