"""Ending parts that will not be fulfilled: rejected, cancelled, unanswered, unpaid. Each with its refund in the same unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.models import Hold, HoldState
from marketplace.inventory.services import end_holds, unallocate
from marketplace.kernel.ids import OrderId, OrderLineId, PaymentId, PersonId, ShopId, SubOrderId
from marketplace.orders.actors import SYSTEM, Actor
from marketplace.orders.demands import demands_of
from marketplace.orders.locking import LockedPart, lock_order, lock_part, lock_shop_part, lock_sub_orders
from marketplace.orders.models import Order, OrderLifecycle, SubOrder, SubOrderLifecycle
from marketplace.orders.services import record_cancelled
from marketplace.orders.services.cancelling import CancelKind
from marketplace.payments.locking import lock_payment, shares_of
from marketplace.payments.models import Payment
from marketplace.payments.services import expire_payment
from marketplace.payments.states import OPEN

from .errors import TooLateToCancel
from .reasons import EndReason, RejectReason
from .refunds import refund_part, worth_of


def reject_sub_order(
    session: Session, *, shop_id: ShopId, number: str, reason: RejectReason, actor_id: PersonId, now: datetime
) -> SubOrder:
    """Let a seller say no to a new part; its buyer gets the money of this part back.

    Raises: SubOrderNotFound, MoveRefused.
    """
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    return _end_part(session, part, kind="rejected", actor=Actor("seller", actor_id), reason=reason, now=now)


def cancel_by_seller(
    session: Session, *, shop_id: ShopId, number: str, reason: RejectReason, actor_id: PersonId, now: datetime,
    quantities: Mapping[OrderLineId, int] | None = None,
) -> SubOrder:  # fmt: skip
    """Let a seller give up what they accepted and has not left: all of it, or these steps of its lines.

    Raises: SubOrderNotFound, MoveRefused, QuantityRefused.
    """
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    actor = Actor("seller", actor_id)
    return _end_part(session, part, kind="cancelled", actor=actor, reason=reason, now=now, quantities=quantities)


def cancel_order_by_buyer(
    session: Session, *, order_id: OrderId, now: datetime, actor_id: PersonId | None = None
) -> tuple[SubOrder, ...]:
    """Cancel what no seller has accepted yet: the whole unpaid order, or the new parts of a placed one. Returns them.

    Raises: OrderNotFound, TooLateToCancel when nothing is left that the buyer may cancel alone.
    """
    order = lock_order(session, order_id)
    actor = Actor("buyer", actor_id)
    parts = lock_sub_orders(session, order_id)
    if order.lifecycle is OrderLifecycle.AWAITING_PAYMENT:
        return _cancel_unpaid(session, order, parts=[part.id for part in parts], actor=actor, now=now)
    fresh = [part.id for part in parts if part.lifecycle is SubOrderLifecycle.NEW]
    if not fresh:
        raise TooLateToCancel(number=order.number)
    reason = EndReason.BUYER_CANCELLED
    return tuple(
        _end_part(session, lock_part(session, part_id), kind="cancelled", actor=actor, reason=reason, now=now)
        for part_id in fresh
    )


def cancel_unanswered(session: Session, *, sub_order_id: SubOrderId, now: datetime) -> bool:
    """Cancel a new part whose seller kept silent until its clock ran out; False when it was answered meanwhile."""
    part = lock_part(session, sub_order_id)
    sub_order = part.sub_order
    if sub_order.lifecycle is not SubOrderLifecycle.NEW or sub_order.accept_by is None or sub_order.accept_by > now:
        return False
    _end_part(session, part, kind="cancelled", actor=SYSTEM, reason=EndReason.NO_ANSWER, now=now)
    return True


def expire_unpaid(session: Session, *, payment_id: PaymentId, now: datetime) -> bool:
    """Expire one open payment past its deadline, with its holds and the parts that waited for it.

    False when it was paid, closed or is not due; a hold that waits for its provider keeps everything open.
    Raises: PaymentNotFound.
    """
    payment = lock_payment(session, payment_id)
    if payment.state not in OPEN or payment.expires_at is None or payment.expires_at > now:
        return False
    waits = select(Hold.id).where(Hold.payment_id == payment_id, Hold.state == HoldState.HELD, Hold.waits_for_provider)
    if session.scalars(waits.limit(1)).first() is not None:
        return False
    covered = [share.sub_order_id for share in shares_of(session, payment_id)]
    waiting = session.scalars(
        select(SubOrder.id)
        .where(SubOrder.id.in_(covered), SubOrder.lifecycle == SubOrderLifecycle.AWAITING_PAYMENT)
        .order_by(SubOrder.id)
    ).all()
    for sub_order_id in waiting:
        record_cancelled(session, sub_order_id=sub_order_id, kind="expired", actor=SYSTEM, reason=EndReason.UNPAID, now=now)
    session.flush()
    expire_payment(session, payment_id=payment_id, now=now)
    end_holds(session, payment_id=payment_id, state=HoldState.EXPIRED, now=now)
    return True


def _end_part(
    session: Session, part: LockedPart, *, kind: CancelKind, actor: Actor, reason: RejectReason | EndReason, now: datetime,
    quantities: Mapping[OrderLineId, int] | None = None,
) -> SubOrder:  # fmt: skip
    """End a part or some of it, ask its money back, and free its stock: one unit, in the lock order."""
    left = {line.id: line.quantity - line.cancelled - line.handed_over for line in part.lines}
    wanted = {line: steps for line, steps in (left if quantities is None else quantities).items() if steps}
    is_whole = all(line.cancelled + wanted.get(line.id, 0) == line.quantity for line in part.lines)
    most = None if is_whole else _worth(part, wanted)
    sub_order = record_cancelled(
        session, sub_order_id=part.sub_order.id, kind=kind, actor=actor, reason=reason, now=now, quantities=quantities
    )
    session.flush()
    refund_part(session, sub_order=sub_order, reason=reason.value, actor_id=actor.person_id, now=now, most_minor=most)
    unallocate(session, demands=demands_of(session, wanted), now=now, actor_id=actor.person_id, reason=reason.value)
    return sub_order


def _worth(part: LockedPart, wanted: Mapping[OrderLineId, int]) -> int:
    """Return what these steps are worth; impossible quantities are refused by orders right after."""
    fitting = {line.id: min(wanted.get(line.id, 0), line.quantity - line.cancelled) for line in part.lines}
    return worth_of(part.sub_order, part.lines, fitting)


def _cancel_unpaid(
    session: Session, order: Order, *, parts: list[SubOrderId], actor: Actor, now: datetime
) -> tuple[SubOrder, ...]:
    """Cancel an order nobody has paid: its parts, its payments (with what came short) and its holds."""
    ended = tuple(
        record_cancelled(session, sub_order_id=part_id, kind="cancelled", actor=actor, reason=EndReason.BUYER_CANCELLED, now=now)
        for part_id in parts
    )
    session.flush()
    payments = session.scalars(
        select(Payment.id).where(Payment.order_id == order.id, Payment.state.in_(OPEN)).order_by(Payment.id)
    ).all()
    for payment_id in payments:
        expire_payment(session, payment_id=payment_id, now=now, reason=EndReason.BUYER_CANCELLED)
    for payment_id in payments:
        end_holds(session, payment_id=payment_id, state=HoldState.RELEASED, now=now)
    return ended
