"""Ending a payment nobody paid in full."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId
from marketplace.payments.attention import end_attention
from marketplace.payments.events import write_event
from marketplace.payments.locking import lock_payment
from marketplace.payments.models import AttentionKind, PaymentState, RefundSource
from marketplace.payments.states import OPEN, move_payment
from marketplace.payments.suspense import in_suspense

from .refunding import request_refund


def expire_payment(session: Session, *, payment_id: PaymentId, now: datetime, reason: str = "expired") -> bool:
    """Close an open payment and ask back what came short; False when it is not open any more. Raises: PaymentNotFound.

    The caller ends its holds and its sub-orders in the same unit.
    """
    payment = lock_payment(session, payment_id)
    before = payment.state
    if before not in OPEN:
        return False
    payment.state = move_payment(before, PaymentState.EXPIRED)
    payment.closed_at = now
    write_event(
        session,
        payment_id=payment_id,
        kind="expired",
        states=(before, PaymentState.EXPIRED),
        now=now,
        source_id=f"payment:{payment_id}:expired",
        data={"reason": reason},
    )
    left = in_suspense(session, payment)
    if left:
        request_refund(
            session,
            payment_id=payment_id,
            sub_order_id=None,
            amount_minor=left,
            reason="short_expired",
            actor_id=None,
            now=now,
            source=RefundSource.SUSPENSE,
        )
        end_attention(session, payment_id=payment_id, kinds=(AttentionKind.SHORT,), resolution="refunded", actor_id=None, now=now)
    return True
