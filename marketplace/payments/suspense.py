"""Money of a payment that has no place yet: what arrived, less what is counted, less what is being given back from it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId

from .models import Payment, Refund, RefundSource, RefundState


def reserved(session: Session, payment_id: PaymentId, source: RefundSource) -> int:
    """Return what refunds from this source hold or gave back, in minor units; failed ones hold nothing."""
    query = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.payment_id == payment_id, Refund.source == source, Refund.state != RefundState.FAILED
    )
    return int(session.scalars(query).one())


def in_suspense(session: Session, payment: Payment) -> int:
    """Return what lies in suspense for this payment, in minor units. Exact only while the payment is locked."""
    return payment.received_minor - payment.counted_minor - reserved(session, payment.id, RefundSource.SUSPENSE)
