"""Which payments and parts the clock has something to say about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId, SubOrderId
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.payments.models import Payment
from marketplace.payments.states import OPEN


def due_payments(session: Session, *, now: datetime) -> list[PaymentId]:
    """Return open payments past their deadline, oldest deadline first."""
    query = select(Payment.id).where(Payment.state.in_(OPEN), Payment.expires_at <= now)
    return list(session.scalars(query.order_by(Payment.expires_at, Payment.id)))


def unanswered(session: Session, *, now: datetime) -> list[SubOrderId]:
    """Return new parts whose seller's time to answer is over."""
    query = select(SubOrder.id).where(SubOrder.lifecycle == SubOrderLifecycle.NEW, SubOrder.accept_by <= now)
    return list(session.scalars(query.order_by(SubOrder.accept_by, SubOrder.id)))
