"""Giving money back: a record that reserves its amount when asked for, and moves money only on success."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId, PersonId, SubOrderId
from marketplace.outbox.emitting import emit
from marketplace.payments.errors import PaymentNotOpen, RefundEnded, RefundNotFound, RefundTooMuch, WrongAmount
from marketplace.payments.locking import lock_payment, shares_of
from marketplace.payments.models import Payment, PaymentShare, Refund, RefundSource, RefundState
from marketplace.payments.refund_postings import post_requested, write_refund_event
from marketplace.payments.states import REFUNDABLE
from marketplace.payments.suspense import in_suspense, reserved


def request_refund(
    session: Session,
    *,
    payment_id: PaymentId,
    sub_order_id: SubOrderId | None,
    amount_minor: int,
    reason: str,
    actor_id: PersonId | None,
    now: datetime,
    source: RefundSource | None = None,
) -> Refund:
    """Reserve `amount_minor` (of the payment's currency) to be given back, and say so to whoever listens. Flushes.

    With a sub-order the money is its seller's share; without, it is money in suspense unless `source` says the code.
    Raises: RefundTooMuch, WrongAmount, PaymentNotOpen when the payment holds nothing that may be given back.
    """
    payment = lock_payment(session, payment_id)
    source = RefundSource.SHARE if sub_order_id is not None else source or RefundSource.SUSPENSE
    if amount_minor <= 0:
        raise WrongAmount(amount_minor=amount_minor)
    if source is not RefundSource.SUSPENSE and payment.state not in REFUNDABLE:
        raise PaymentNotOpen(payment_id=payment_id, state=payment.state)
    _reserve(session, payment, source, sub_order_id, amount_minor)
    refund = Refund(
        payment_id=payment_id,
        sub_order_id=sub_order_id,
        source=source,
        state=RefundState.REQUESTED,
        amount_minor=amount_minor,
        currency=payment.currency,
        reason=reason,
        requested_at=now,
        requested_by=actor_id,
    )
    session.add(refund)
    session.flush()
    post_requested(session, payment, refund, now=now)
    write_refund_event(session, payment, refund, actor_id=actor_id, now=now)
    emit(session, "refund.requested", {"refund_id": refund.id}, now=now)
    return refund


def _reserve(
    session: Session, payment: Payment, source: RefundSource, sub_order_id: SubOrderId | None, amount_minor: int
) -> None:
    """Check and reserve: what the source still has under the payment's lock, then the payment's sum in one statement."""
    if source is RefundSource.SHARE:
        _reserve_share(session, payment, sub_order_id, amount_minor)
    else:
        whole = payment.unique_code_minor if payment.counted_minor else 0
        left = in_suspense(session, payment) if source is RefundSource.SUSPENSE else whole - reserved(session, payment.id, source)
        if amount_minor > left:
            raise RefundTooMuch(payment_id=payment.id, sub_order_id=None, wanted_minor=amount_minor, left_minor=left)
    reserve_on_payment(session, payment, amount_minor)


def reserve_on_payment(session: Session, payment: Payment, amount_minor: int) -> None:
    """Reserve on the payment, checked and changed in one statement. Raises: RefundTooMuch."""
    done = session.scalar(
        update(Payment)
        .where(Payment.id == payment.id, Payment.refund_reserved_minor + amount_minor <= Payment.received_minor)
        .values(refund_reserved_minor=Payment.refund_reserved_minor + amount_minor)
        .returning(Payment.id)
        .execution_options(synchronize_session=False)
    )
    if done is None:
        left = payment.received_minor - payment.refund_reserved_minor
        raise RefundTooMuch(payment_id=payment.id, sub_order_id=None, wanted_minor=amount_minor, left_minor=left)
    session.refresh(payment)


def _reserve_share(session: Session, payment: Payment, sub_order_id: SubOrderId | None, amount_minor: int) -> None:
    """Reserve within one seller's share. Raises: RefundTooMuch."""
    share = next((share for share in shares_of(session, payment.id) if share.sub_order_id == sub_order_id), None)
    left = share.amount_minor - share.refund_reserved_minor if share is not None and payment.counted_minor else 0
    done = left and session.scalar(
        update(PaymentShare)
        .where(
            PaymentShare.payment_id == payment.id,
            PaymentShare.sub_order_id == sub_order_id,
            PaymentShare.refund_reserved_minor + amount_minor <= PaymentShare.amount_minor,
        )
        .values(refund_reserved_minor=PaymentShare.refund_reserved_minor + amount_minor)
        .returning(PaymentShare.sub_order_id)
        .execution_options(synchronize_session=False)
    )
    if not done:
        raise RefundTooMuch(payment_id=payment.id, sub_order_id=sub_order_id, wanted_minor=amount_minor, left_minor=left)


def retry_refund(session: Session, *, refund_id: int, actor_id: PersonId, now: datetime) -> Refund:
    """Ask again for what a failed refund could not give back. Raises: RefundNotFound, RefundEnded, RefundTooMuch."""
    failed = session.get(Refund, refund_id)
    if failed is None:
        raise RefundNotFound(refund_id=refund_id)
    if failed.state is not RefundState.FAILED:
        raise RefundEnded(refund_id=refund_id, state=failed.state)
    return request_refund(
        session,
        payment_id=failed.payment_id,
        sub_order_id=failed.sub_order_id,
        amount_minor=failed.amount_minor,
        reason=failed.reason,
        actor_id=actor_id,
        now=now,
        source=failed.source,
    )
