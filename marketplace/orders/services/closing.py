"""Complaints, and the end of a part that arrived."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import SubOrderId
from marketplace.orders.actors import SYSTEM, Actor
from marketplace.orders.errors import NotClosable
from marketplace.orders.events import EventKind, move_sub_order, record_event
from marketplace.orders.facts import case_fact
from marketplace.orders.locking import lock_part
from marketplace.orders.models import CaseFact, FulfilmentFact, OrderEvent, SubOrder, SubOrderLifecycle
from marketplace.outbox.emitting import emit

_ARRIVED = frozenset({FulfilmentFact.DELIVERED, FulfilmentFact.RETURNED})


def record_case(
    session: Session, *, sub_order_id: SubOrderId, what: Literal["opened", "resolved"], actor: Actor, now: datetime,
    data: Document | None = None,
) -> SubOrder:  # fmt: skip
    """Count a case as opened or resolved. Raises: SubOrderNotFound."""
    part = lock_part(session, sub_order_id)
    kind = EventKind.CASE_OPENED if what == "opened" else EventKind.CASE_RESOLVED
    record_event(session, order=part.order, sub_order=part.sub_order, kind=kind, actor=actor, now=now, data=data)
    session.flush()
    counts = session.execute(
        select(OrderEvent.kind, func.count()).where(OrderEvent.sub_order_id == sub_order_id).group_by(OrderEvent.kind)
    )
    counted = {row[0]: row[1] for row in counts}
    part.sub_order.case = case_fact(
        opened=counted.get(EventKind.CASE_OPENED, 0), resolved=counted.get(EventKind.CASE_RESOLVED, 0)
    )
    return part.sub_order


def close_sub_order(session: Session, *, sub_order_id: SubOrderId, now: datetime) -> SubOrder:
    """Close a part that arrived and about which nobody complains. Emits `sub_order.closed`.

    Raises: SubOrderNotFound, NotClosable, MoveRefused.
    """
    part = lock_part(session, sub_order_id)
    sub_order = part.sub_order
    if sub_order.fulfilment not in _ARRIVED or sub_order.case is CaseFact.OPEN:
        raise NotClosable(sub_order.number)
    move_sub_order(
        session, order=part.order, sub_order=sub_order, wanted=SubOrderLifecycle.CLOSED, kind=EventKind.CLOSED,
        actor=SYSTEM, now=now,
    )  # fmt: skip
    sub_order.closed_at = now
    emit(session, "sub_order.closed", {"sub_order_id": sub_order.id}, now=now)
    return sub_order
