"""What payments report: money that came for parts of an order, money that went back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderId, SubOrderId
from marketplace.orders.actors import SYSTEM, Actor
from marketplace.orders.errors import MoveRefused, SubOrderNotFound
from marketplace.orders.events import EventKind, move_order, move_sub_order, record_event
from marketplace.orders.locking import lock_lines, lock_order, lock_part, lock_sub_orders
from marketplace.orders.models import Order, OrderLifecycle, SubOrder, SubOrderLifecycle
from marketplace.orders.recount import refresh_facts

from .accepting import ACCEPT_WITHIN

_WAITING = frozenset({SubOrderLifecycle.AWAITING_PAYMENT, SubOrderLifecycle.EXPIRED})
_OVER = frozenset({SubOrderLifecycle.CANCELLED, SubOrderLifecycle.REJECTED})


def record_paid(
    session: Session, *, order_id: OrderId, shares: Mapping[SubOrderId, int], is_deposit: bool, now: datetime,
    actor: Actor = SYSTEM,
) -> Order:  # fmt: skip
    """Count money for these parts; what awaited it (or expired, and was held again by the caller) becomes new.

    Raises: OrderNotFound, SubOrderNotFound; MoveRefused for a cancelled or rejected part, whose money is to be refunded.
    """
    order = lock_order(session, order_id)
    sub_orders = lock_sub_orders(session, order_id, shares)
    if len(sub_orders) != len(shares):
        raise SubOrderNotFound(order.number)
    lines = lock_lines(session, shares)
    kind = EventKind.DEPOSIT_PAID if is_deposit else EventKind.PAID
    for sub_order in sub_orders:
        if sub_order.lifecycle in _OVER:
            raise MoveRefused(now=sub_order.lifecycle, wanted=SubOrderLifecycle.NEW)
        amount = shares[sub_order.id]
        sub_order.paid_minor += amount
        record_event(session, order=order, sub_order=sub_order, kind=kind, actor=actor, now=now, data={"amount_minor": amount})
        if sub_order.lifecycle in _WAITING:
            _start(session, order, sub_order, now)
        refresh_facts(sub_order, [line for line in lines if line.sub_order_id == sub_order.id])
    if order.lifecycle is not OrderLifecycle.PLACED:
        move_order(session, order=order, wanted=OrderLifecycle.PLACED, kind=EventKind.PLACED, actor=actor, now=now)
        order.placed_at = now
    return order


def _start(session: Session, order: Order, sub_order: SubOrder, now: datetime) -> None:
    move_sub_order(
        session, order=order, sub_order=sub_order, wanted=SubOrderLifecycle.NEW, kind=EventKind.NEW, actor=SYSTEM, now=now
    )
    sub_order.accept_by = now + ACCEPT_WITHIN


def record_refunded(
    session: Session, *, sub_order_id: SubOrderId, amount_minor: int, now: datetime, actor: Actor = SYSTEM
) -> SubOrder:
    """Count money that went back for a part. Raises: SubOrderNotFound; ValueError beyond what was paid."""
    part = lock_part(session, sub_order_id)
    sub_order = part.sub_order
    if not 0 < amount_minor <= sub_order.paid_minor - sub_order.refunded_minor:
        raise ValueError(f"{amount_minor} cannot be refunded of {sub_order.paid_minor} less {sub_order.refunded_minor}")
    sub_order.refunded_minor += amount_minor
    refresh_facts(sub_order, part.lines)
    record_event(
        session, order=part.order, sub_order=sub_order, kind=EventKind.REFUNDED, actor=actor, now=now,
        data={"amount_minor": amount_minor},
    )  # fmt: skip
    return sub_order
