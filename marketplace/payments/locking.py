"""Locking a payment together with what stands before it in the lock order: order, sub-orders, lines, payment."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import lock_rows
from marketplace.kernel.ids import PaymentId
from marketplace.orders.locking import lock_lines, lock_order, lock_sub_orders

from .errors import PaymentNotFound
from .models import Payment, PaymentShare


def lock_payment(session: Session, payment_id: PaymentId) -> Payment:
    """Lock order, sub-orders, lines and the payment, and return it freshly read. Raises: PaymentNotFound."""
    order_id = session.scalar(select(Payment.order_id).where(Payment.id == payment_id))
    if order_id is None:
        raise PaymentNotFound(payment_id=payment_id)
    lock_order(session, order_id)
    # All parts, not only those this payment covers: what becomes of the order depends on every one of them.
    parts = lock_sub_orders(session, order_id)
    lock_lines(session, [part.id for part in parts])
    return lock_rows(session, Payment, [payment_id])[0]


def shares_of(session: Session, payment_id: PaymentId) -> list[PaymentShare]:
    """Return a payment's shares, freshly read, in the order of their sub-orders."""
    query = select(PaymentShare).where(PaymentShare.payment_id == payment_id).order_by(PaymentShare.sub_order_id)
    return list(session.scalars(query, execution_options={"populate_existing": True}))
