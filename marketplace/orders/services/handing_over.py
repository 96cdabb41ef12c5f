"""What fulfilment reports: goods that left, arrived and came back, by quantity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import OrderLineId, SubOrderId
from marketplace.orders.actors import Actor
from marketplace.orders.errors import NotReadyToHandOver
from marketplace.orders.events import EventKind, move_sub_order, record_event
from marketplace.orders.locking import LockedPart, lock_part
from marketplace.orders.models import FulfilmentFact, SubOrder, SubOrderLifecycle
from marketplace.orders.recount import as_data, check_quantities, refresh_facts
from marketplace.orders.states import MAY_HAND_OVER
from marketplace.outbox.emitting import emit


def record_handed_over(
    session: Session, *, sub_order_id: SubOrderId, quantities: Mapping[OrderLineId, int], actor: Actor, now: datetime,
    data: Document | None = None,
) -> SubOrder:  # fmt: skip
    """Count steps of lines as handed over; `data` (a tracking number) goes on the timeline. Emits `sub_order.handed_over`.

    Raises: SubOrderNotFound, NotReadyToHandOver, QuantityRefused.
    """
    part = lock_part(session, sub_order_id)
    sub_order = part.sub_order
    if sub_order.lifecycle not in MAY_HAND_OVER:
        raise NotReadyToHandOver(sub_order.lifecycle)
    left = {line.id: line.quantity - line.cancelled - line.handed_over for line in part.lines}
    check_quantities(part.lines, quantities, left)
    if sub_order.lifecycle is SubOrderLifecycle.IN_PRODUCTION:  # what leaves is ready, whether or not somebody said so
        move_sub_order(
            session, order=part.order, sub_order=sub_order, wanted=SubOrderLifecycle.READY, kind=EventKind.READY,
            actor=actor, now=now,
        )  # fmt: skip
    for line in part.lines:
        line.handed_over += quantities.get(line.id, 0)
    sub_order.handed_over_at = now
    _note(session, part, EventKind.HANDED_OVER, quantities, actor, now, data)
    emit(session, "sub_order.handed_over", {"sub_order_id": sub_order.id}, now=now)
    return sub_order


def record_delivered(
    session: Session, *, sub_order_id: SubOrderId, actor: Actor, now: datetime,
    quantities: Mapping[OrderLineId, int] | None = None, data: Document | None = None,
) -> SubOrder:  # fmt: skip
    """Count steps as arrived (by default all that is on its way). Emits `sub_order.delivered` once all has arrived.

    Returns unchanged when nothing is on its way. Raises: SubOrderNotFound, QuantityRefused.
    """
    part = lock_part(session, sub_order_id)
    sub_order = part.sub_order
    travelling = {line.id: line.handed_over - line.delivered for line in part.lines}
    wanted = {line_id: steps for line_id, steps in travelling.items() if steps} if quantities is None else quantities
    if not wanted:
        return sub_order
    check_quantities(part.lines, wanted, travelling)
    for line in part.lines:
        line.delivered += wanted.get(line.id, 0)
    _note(session, part, EventKind.DELIVERED, wanted, actor, now, data)
    if sub_order.fulfilment is FulfilmentFact.DELIVERED:
        sub_order.delivered_at = now
        emit(session, "sub_order.delivered", {"sub_order_id": sub_order.id}, now=now)
    return sub_order


def record_returned(
    session: Session, *, sub_order_id: SubOrderId, quantities: Mapping[OrderLineId, int], actor: Actor, now: datetime
) -> SubOrder:
    """Count steps that came back. Raises: SubOrderNotFound, QuantityRefused."""
    part = lock_part(session, sub_order_id)
    check_quantities(part.lines, quantities, {line.id: line.handed_over - line.returned for line in part.lines})
    for line in part.lines:
        line.returned += quantities.get(line.id, 0)
    _note(session, part, EventKind.RETURNED, quantities, actor, now, None)
    return part.sub_order


def _note(
    session: Session, part: LockedPart, kind: EventKind, quantities: Mapping[OrderLineId, int], actor: Actor, now: datetime,
    data: Document | None,
) -> None:  # fmt: skip
    refresh_facts(part.sub_order, part.lines)
    record_event(
        session, order=part.order, sub_order=part.sub_order, kind=kind, actor=actor, now=now,
        data={**(data or {}), "quantities": as_data(quantities)},
    )  # fmt: skip
