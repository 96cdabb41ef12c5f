"""Sending money back and recording what came of it: the books move only on success."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.db import lock_rows
from marketplace.kernel.ids import PaymentId, PersonId
from marketplace.orders.services import record_refunded
from marketplace.outbox.emitting import emit
from marketplace.payments.attention import end_attention
from marketplace.payments.errors import RefundEnded, RefundNotFound
from marketplace.payments.locking import lock_payment, shares_of
from marketplace.payments.models import AttentionKind, Payment, PaymentShare, Refund, RefundSource, RefundState
from marketplace.payments.refund_postings import post_failed, post_succeeded, write_refund_event
from marketplace.payments.states import after_refund, move_refund


def send_refund(session: Session, *, refund_id: int, actor_id: PersonId | None, now: datetime) -> Refund:
    """Note that the money is on its way back. Raises: RefundNotFound, RefundEnded."""
    payment, refund = _lock(session, refund_id)
    if refund.state is not RefundState.REQUESTED:
        return refund
    refund.state = move_refund(refund.state, RefundState.SENT)
    write_refund_event(session, payment, refund, actor_id=actor_id, now=now)
    return refund


def finish_refund(
    session: Session, *, refund_id: int, is_success: bool, reference: str, actor_id: PersonId | None, now: datetime
) -> Refund:
    """Record that the money went back (then it moves in the books), or could not (then it may be refunded again).

    `reference` is what the bank calls the transfer, or why it failed. Raises: RefundNotFound, RefundEnded.
    """
    payment, refund = _lock(session, refund_id)
    if is_success and refund.state is RefundState.REQUESTED:
        refund.state = move_refund(refund.state, RefundState.SENT)
        write_refund_event(session, payment, refund, actor_id=actor_id, now=now)
    refund.state = move_refund(refund.state, RefundState.SUCCEEDED if is_success else RefundState.FAILED)
    refund.ended_at, refund.ended_by, refund.reference = now, actor_id, reference
    (_succeed if is_success else _fail)(session, payment, refund, now)
    emit(session, f"refund.{refund.state.value}", {"refund_id": refund.id}, now=now)
    return refund


def _lock(session: Session, refund_id: int) -> tuple[Payment, Refund]:
    """Lock in the house's order. Raises: RefundNotFound, RefundEnded."""
    payment_id = session.scalar(select(Refund.payment_id).where(Refund.id == refund_id))
    if payment_id is None:
        raise RefundNotFound(refund_id=refund_id)
    payment = lock_payment(session, payment_id)
    refund = lock_rows(session, Refund, [refund_id])[0]
    if refund.state in (RefundState.SUCCEEDED, RefundState.FAILED):
        raise RefundEnded(refund_id=refund_id, state=refund.state)
    return payment, refund


def _succeed(session: Session, payment: Payment, refund: Refund, now: datetime) -> None:
    before = payment.state
    payment.refunded_minor += refund.amount_minor
    if refund.sub_order_id is not None:
        _share(session, refund).refunded_minor += refund.amount_minor
    session.flush()
    counts = payment.counted_minor > 0
    payment.state = after_refund(
        before,
        whole_minor=payment.amount_minor if counts else payment.received_minor,
        refunded_minor=_refunded_of_price(session, payment.id) if counts else payment.refunded_minor,
    )
    write_refund_event(session, payment, refund, actor_id=refund.ended_by, now=now, before=before)
    if not counts and payment.refunded_minor == payment.received_minor:
        end_attention(
            session, payment_id=payment.id, kinds=(AttentionKind.LATE,), resolution="refunded", actor_id=refund.ended_by, now=now
        )
    if refund.sub_order_id is not None:
        record_refunded(session, sub_order_id=refund.sub_order_id, amount_minor=refund.amount_minor, now=now)
    post_succeeded(session, payment, refund, now=now)


def _fail(session: Session, payment: Payment, refund: Refund, now: datetime) -> None:
    payment.refund_reserved_minor -= refund.amount_minor
    if refund.sub_order_id is not None:
        _share(session, refund).refund_reserved_minor -= refund.amount_minor
    write_refund_event(session, payment, refund, actor_id=refund.ended_by, now=now)
    post_failed(session, payment, refund, now=now)


def _share(session: Session, refund: Refund) -> PaymentShare:
    return next(share for share in shares_of(session, refund.payment_id) if share.sub_order_id == refund.sub_order_id)


def _refunded_of_price(session: Session, payment_id: PaymentId) -> int:
    """Return how much of the price itself (shares and code, not money in suspense) has gone back, in minor units."""
    query = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.payment_id == payment_id, Refund.source != RefundSource.SUSPENSE, Refund.state == RefundState.SUCCEEDED
    )
    return int(session.scalars(query).one())
