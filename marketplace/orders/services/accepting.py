"""What a seller says about a new part: accepted with a promised day, being made, ready."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.orders.actors import Actor
from marketplace.orders.errors import PromisedInPast
from marketplace.orders.events import EventKind, move_sub_order
from marketplace.orders.locking import lock_shop_part
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.outbox.emitting import emit

# Two days to answer: a maker may be at a market for one, and a card authorisation must not outlive it (architecture §3).
ACCEPT_WITHIN = timedelta(hours=48)


def accept_sub_order(
    session: Session, *, shop_id: ShopId, number: str, promised_on: date, actor_id: PersonId, now: datetime
) -> SubOrder:
    """Accept a new part and promise the day it leaves. Raises: SubOrderNotFound, MoveRefused, PromisedInPast."""
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    if promised_on < local_day(now):
        raise PromisedInPast(promised_on)
    sub_order = part.sub_order
    move_sub_order(
        session, order=part.order, sub_order=sub_order, wanted=SubOrderLifecycle.ACCEPTED, kind=EventKind.ACCEPTED,
        actor=Actor("seller", actor_id), now=now, data={"promised_on": promised_on.isoformat()},
    )  # fmt: skip
    sub_order.accepted_at, sub_order.promised_on = now, promised_on
    emit(session, "sub_order.accepted", {"sub_order_id": sub_order.id}, now=now)
    return sub_order


def start_production(session: Session, *, shop_id: ShopId, number: str, actor_id: PersonId, now: datetime) -> SubOrder:
    """Say that an accepted part is being made. Raises: SubOrderNotFound, MoveRefused."""
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    move_sub_order(
        session, order=part.order, sub_order=part.sub_order, wanted=SubOrderLifecycle.IN_PRODUCTION,
        kind=EventKind.PRODUCTION_STARTED, actor=Actor("seller", actor_id), now=now,
    )  # fmt: skip
    return part.sub_order


def mark_ready(session: Session, *, shop_id: ShopId, number: str, actor_id: PersonId, now: datetime) -> SubOrder:
    """Say that what was being made is ready to leave. Raises: SubOrderNotFound, MoveRefused."""
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    move_sub_order(
        session, order=part.order, sub_order=part.sub_order, wanted=SubOrderLifecycle.READY, kind=EventKind.READY,
        actor=Actor("seller", actor_id), now=now,
    )  # fmt: skip
    return part.sub_order
