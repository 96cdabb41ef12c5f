"""The ways staff finish what stands on the list of money that does not fit by itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId
from marketplace.payments import accounts
from marketplace.payments.errors import AttentionNotFound, AttentionResolved
from marketplace.payments.events import write_event
from marketplace.payments.ledger import Entry, post
from marketplace.payments.locking import lock_payment
from marketplace.payments.models import AttentionKind, Payment, PaymentAttention, RefundSource
from marketplace.payments.suspense import in_suspense

from .refunding import request_refund


class Resolution(StrEnum):
    """How a person finishes it."""

    REFUND = "refund"  # ask back what lies in suspense
    KEPT = "kept"  # the buyer agreed to leave a small excess


def resolve_attention(
    session: Session, *, attention_id: int, resolution: Resolution, actor_id: PersonId, now: datetime
) -> PaymentAttention:
    """Finish one entry as a person decided. Raises: AttentionNotFound, AttentionResolved."""
    payment_id = session.scalar(select(PaymentAttention.payment_id).where(PaymentAttention.id == attention_id))
    if payment_id is None:
        raise AttentionNotFound(attention_id=attention_id)
    payment = lock_payment(session, payment_id)
    attention = session.get_one(PaymentAttention, attention_id, populate_existing=True)
    if attention.resolved_at is not None:
        raise AttentionResolved(attention_id=attention_id)
    amount = min(attention.amount_minor, in_suspense(session, payment))
    if resolution is Resolution.KEPT:
        _keep(session, payment, attention, amount, actor_id=actor_id, now=now)
    elif amount:
        request_refund(
            session,
            payment_id=payment_id,
            sub_order_id=None,
            amount_minor=amount,
            reason=attention.kind.value,
            actor_id=actor_id,
            now=now,
            source=RefundSource.SUSPENSE,
        )
    attention.resolved_at = now
    attention.resolved_by = actor_id
    attention.resolution = resolution.value
    session.flush()
    return attention


def _keep(
    session: Session, payment: Payment, attention: PaymentAttention, amount: int, *, actor_id: PersonId, now: datetime
) -> None:
    """Move an excess out of suspense for good; only money beyond a paid price can be left by its buyer."""
    if attention.kind not in (AttentionKind.OVER, AttentionKind.DOUBLE) or not payment.counted_minor or not amount:
        raise AttentionResolved(attention_id=attention.id)
    payment.counted_minor += amount
    key = f"attention:{attention.id}:kept"
    post(
        session,
        key=key,
        kind="kept",
        entries=(Entry(accounts.SUSPENSE, amount, payment.currency), Entry(accounts.KEPT, -amount, payment.currency)),
        now=now,
        order_id=payment.order_id,
        payment_id=payment.id,
    )
    write_event(
        session,
        payment_id=payment.id,
        kind="kept",
        states=(payment.state, payment.state),
        now=now,
        source_id=key,
        amount_minor=amount,
        actor_id=actor_id,
    )
