"""What aftersales reports: parts rejected, cancelled or expired, whole or by quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderLineId, SubOrderId
from marketplace.orders.actors import Actor
from marketplace.orders.errors import MoveRefused
from marketplace.orders.events import EventKind, move_order, move_sub_order, record_event
from marketplace.orders.locking import LockedPart, lock_part, lock_sub_orders
from marketplace.orders.models import Order, OrderLifecycle, OrderLine, SubOrder, SubOrderLifecycle
from marketplace.orders.recount import as_data, check_quantities, refresh_facts
from marketplace.orders.states import move
from marketplace.outbox.emitting import emit

CancelKind = Literal["rejected", "cancelled", "expired"]

_ENDS = {
    "rejected": SubOrderLifecycle.REJECTED,
    "cancelled": SubOrderLifecycle.CANCELLED,
    "expired": SubOrderLifecycle.EXPIRED,
}


def record_cancelled(
    session: Session, *, sub_order_id: SubOrderId, kind: CancelKind, actor: Actor, reason: str, now: datetime,
    quantities: Mapping[OrderLineId, int] | None = None,
) -> SubOrder:  # fmt: skip
    """Cancel steps of lines (by default all that has not left); a part with nothing left moves to the end of its kind.

    Expiry counts nothing as cancelled, for late money may bring the same lines back. The order follows when no part of it
    is left unpaid. Emits `sub_order.rejected|cancelled`, and `order.expired` when the order expires.
    Raises: SubOrderNotFound, MoveRefused, QuantityRefused.
    """
    part = lock_part(session, sub_order_id)
    if kind == "expired":
        _end(session, part, kind, actor, reason, now, {})
    else:
        _cancel(session, part, kind, actor, reason, now, quantities)
    _follow(session, part.order, actor, reason, now)
    return part.sub_order


def _cancel(
    session: Session, part: LockedPart, kind: CancelKind, actor: Actor, reason: str, now: datetime,
    quantities: Mapping[OrderLineId, int] | None,
) -> None:  # fmt: skip
    left = _left(part.lines)
    wanted = {line_id: steps for line_id, steps in left.items() if steps} if quantities is None else dict(quantities)
    move(part.sub_order.lifecycle, _ENDS[kind])  # refused as a whole, whichever part of it is meant
    if not wanted:  # all of it has left already
        raise MoveRefused(now=part.sub_order.lifecycle, wanted=_ENDS[kind])
    check_quantities(part.lines, wanted, left)
    for line in part.lines:
        line.cancelled += wanted.get(line.id, 0)
    refresh_facts(part.sub_order, part.lines)
    if any(line.quantity > line.cancelled for line in part.lines):
        record_event(
            session, order=part.order, sub_order=part.sub_order, kind=EventKind(kind), actor=actor, now=now,
            data={"reason": reason, "quantities": as_data(wanted)},
        )  # fmt: skip
    else:
        _end(session, part, kind, actor, reason, now, wanted)
    emit(session, f"sub_order.{kind}", {"sub_order_id": part.sub_order.id}, now=now)


def _left(lines: Sequence[OrderLine]) -> dict[OrderLineId, int]:
    return {line.id: line.quantity - line.cancelled - line.handed_over for line in lines}


def _end(
    session: Session, part: LockedPart, kind: CancelKind, actor: Actor, reason: str, now: datetime,
    quantities: Mapping[OrderLineId, int],
) -> None:  # fmt: skip
    move_sub_order(
        session, order=part.order, sub_order=part.sub_order, wanted=_ENDS[kind], kind=EventKind(kind), actor=actor, now=now,
        data={"reason": reason, "quantities": as_data(quantities)},
    )  # fmt: skip


def _follow(session: Session, order: Order, actor: Actor, reason: str, now: datetime) -> None:
    """End an unpaid order once none of its parts awaits payment."""
    if order.lifecycle is not OrderLifecycle.AWAITING_PAYMENT:
        return
    lifecycles = {sub_order.lifecycle for sub_order in lock_sub_orders(session, order.id)}
    if not lifecycles <= {SubOrderLifecycle.EXPIRED, SubOrderLifecycle.CANCELLED}:
        return
    expired = SubOrderLifecycle.EXPIRED in lifecycles
    move_order(
        session, order=order, wanted=OrderLifecycle.EXPIRED if expired else OrderLifecycle.CANCELLED,
        kind=EventKind.EXPIRED if expired else EventKind.CANCELLED, actor=actor, now=now, data={"reason": reason},
    )  # fmt: skip
    if expired:
        emit(session, "order.expired", {"order_id": order.id}, now=now)
