"""The timeline of an order, which is also its state history: every move is an event with from and to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.db import Document

from .actors import Actor
from .models import Order, OrderEvent, OrderLifecycle, SubOrder, SubOrderLifecycle
from .states import move


class EventKind(StrEnum):
    """What can stand on a timeline; pages have a sentence for each."""

    CREATED = "created"
    PLACED = "placed"
    NEW = "new"
    PAID = "paid"
    DEPOSIT_PAID = "deposit_paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    PRODUCTION_STARTED = "production_started"
    READY = "ready"
    HANDED_OVER = "handed_over"
    TRACKING_CORRECTED = "tracking_corrected"
    DELIVERED = "delivered"
    RETURNED = "returned"
    REFUNDED = "refunded"
    CASE_OPENED = "case_opened"
    CASE_RESOLVED = "case_resolved"
    CLOSED = "closed"


EVERYONE = ("buyer", "seller", "staff")


def record_event(
    session: Session, *, order: Order, kind: EventKind, actor: Actor, now: datetime, sub_order: SubOrder | None = None,
    data: Document | None = None, visible_to: tuple[str, ...] = EVERYONE,
) -> None:  # fmt: skip
    """Add one line to the timeline of an order or of one seller's part of it."""
    session.add(
        OrderEvent(
            order_id=order.id,
            sub_order_id=sub_order.id if sub_order is not None else None,
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.person_id,
            kind=kind,
            data=dict(data or {}),
            visible_to=list(visible_to),
        )
    )


def move_order(
    session: Session, *, order: Order, wanted: OrderLifecycle, kind: EventKind, actor: Actor, now: datetime,
    data: Document | None = None,
) -> None:  # fmt: skip
    """Move an order and write the move down. Raises: MoveRefused."""
    was = order.lifecycle
    order.lifecycle = move(was, wanted)
    record_event(
        session, order=order, kind=kind, actor=actor, now=now, data={**(data or {}), "from": was.value, "to": wanted.value},
        visible_to=("buyer", "staff"),
    )  # fmt: skip


def move_sub_order(
    session: Session, *, order: Order, sub_order: SubOrder, wanted: SubOrderLifecycle, kind: EventKind, actor: Actor,
    now: datetime, data: Document | None = None,
) -> None:  # fmt: skip
    """Move one seller's part and write the move down. Raises: MoveRefused."""
    was = sub_order.lifecycle
    sub_order.lifecycle = move(was, wanted)
    record_event(
        session, order=order, sub_order=sub_order, kind=kind, actor=actor, now=now,
        data={**(data or {}), "from": was.value, "to": wanted.value},
    )  # fmt: skip
