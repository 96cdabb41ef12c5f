"""Asking money back for parts that will not be fulfilled: whole parts, or steps of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderLineId, PaymentId, PersonId, SubOrderId
from marketplace.orders.models import OrderLine, PaymentMethod, SubOrder, SubOrderLifecycle
from marketplace.payments.locking import shares_of
from marketplace.payments.models import Payment, PaymentShare, RefundSource
from marketplace.payments.services import expire_payment, lower_due, request_refund
from marketplace.payments.splitting import LinePart, refund_due
from marketplace.payments.states import OPEN, REFUNDABLE
from marketplace.payments.suspense import reserved

_OVER = (SubOrderLifecycle.REJECTED, SubOrderLifecycle.CANCELLED)


def payments_of_part(session: Session, sub_order_id: SubOrderId) -> Sequence[Payment]:
    """Return the payments that cover this part, oldest first."""
    query = (
        select(Payment)
        .join(PaymentShare, PaymentShare.payment_id == Payment.id)
        .where(PaymentShare.sub_order_id == sub_order_id)
        .order_by(Payment.id)
    )
    return session.scalars(query).all()


def refund_part(
    session: Session, *, sub_order: SubOrder, reason: str, actor_id: PersonId | None, now: datetime, most_minor: int | None = None
) -> int:
    """Ask back what is left of this part's shares (at most `most_minor`), oldest payment first; return how much was asked.

    When every part of a payment is over, the unique code on top goes back too. Cash not collected yet is asked for no more.
    """
    asked = 0
    for payment in payments_of_part(session, sub_order.id):
        if payment.state in OPEN and payment.method is PaymentMethod.COD:
            _ask_less(session, payment, sub_order, reason=reason, now=now, by_minor=most_minor)
        if payment.state not in REFUNDABLE or not payment.counted_minor:
            continue
        share = next(share for share in shares_of(session, payment.id) if share.sub_order_id == sub_order.id)
        left = share.amount_minor - share.refund_reserved_minor
        amount = left if most_minor is None else min(left, most_minor - asked)
        if amount > 0:
            request_refund(
                session, payment_id=payment.id, sub_order_id=sub_order.id, amount_minor=amount, reason=reason,
                actor_id=actor_id, now=now,
            )  # fmt: skip
            asked += amount
        _refund_code(session, payment, reason=reason, actor_id=actor_id, now=now)
    return asked


def _ask_less(
    session: Session, payment: Payment, sub_order: SubOrder, *, reason: str, now: datetime, by_minor: int | None
) -> None:
    """Cash not collected yet: ask nothing for a part that is over, else less by what was cancelled."""
    if by_minor is None:
        expire_payment(session, payment_id=payment.id, now=now, reason=reason)
    elif by_minor:
        lower_due(session, payment_id=payment.id, sub_order_id=sub_order.id, by_minor=by_minor, reason=reason, now=now)


def _refund_code(session: Session, payment: Payment, *, reason: str, actor_id: PersonId | None, now: datetime) -> None:
    """Ask the unique code back once nothing the payment covers will be fulfilled."""
    left = payment.unique_code_minor - reserved(session, payment.id, RefundSource.CODE)
    if left <= 0 or not _all_over(session, payment.id):
        return
    request_refund(
        session, payment_id=payment.id, sub_order_id=None, amount_minor=left, reason=reason, actor_id=actor_id, now=now,
        source=RefundSource.CODE,
    )  # fmt: skip


def _all_over(session: Session, payment_id: PaymentId) -> bool:
    covered = select(PaymentShare.sub_order_id).where(PaymentShare.payment_id == payment_id)
    states = session.scalars(select(SubOrder.lifecycle).where(SubOrder.id.in_(covered))).all()
    return all(state in _OVER for state in states)


def worth_of(sub_order: SubOrder, lines: Sequence[OrderLine], quantities: Mapping[OrderLineId, int]) -> int:
    """Return what cancelling these steps is worth, before they are counted as cancelled (minor units)."""
    parts = [LinePart(line.line_total_minor, line.quantity, line.cancelled, quantities.get(line.id, 0)) for line in lines]
    return refund_due(parts, discount_minor=sub_order.discount_minor, shipping_minor=sub_order.shipping_minor)
