"""Putting money that does not fit on the visible list, and taking it off when what it waited for has happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId, PersonId
from marketplace.outbox.emitting import emit

from .models import AttentionKind, PaymentAttention


def raise_attention(session: Session, *, payment_id: PaymentId, kind: AttentionKind, amount_minor: int, now: datetime) -> int:
    """Put a payment on the list and return the entry's id. Flushes."""
    attention = PaymentAttention(payment_id=payment_id, kind=kind, amount_minor=amount_minor, raised_at=now)
    session.add(attention)
    session.flush()
    emit(session, "payment.attention", {"attention_id": attention.id}, now=now)
    return attention.id


def end_attention(
    session: Session,
    *,
    payment_id: PaymentId,
    kinds: Sequence[AttentionKind],
    resolution: str,
    actor_id: PersonId | None,
    now: datetime,
) -> None:
    """Take this payment's open entries of these kinds off the list: what they waited for has happened."""
    session.execute(
        update(PaymentAttention)
        .where(
            PaymentAttention.payment_id == payment_id,
            PaymentAttention.kind.in_(kinds),
            PaymentAttention.resolved_at.is_(None),
        )
        .values(resolved_at=now, resolved_by=actor_id, resolution=resolution)
    )
