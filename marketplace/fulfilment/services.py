"""Handing goods over, arrival, cash at the door, and the end of a part about which nobody complains."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from marketplace.inventory.services import ship
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, ShopId, SubOrderId
from marketplace.orders.actors import SYSTEM, Actor
from marketplace.orders.demands import demands_of
from marketplace.orders.errors import SubOrderNotFound
from marketplace.orders.locking import LockedPart, lock_part, lock_shop_part
from marketplace.orders.models import FulfilmentFact, PaymentMethod, SubOrder
from marketplace.orders.services import close_sub_order, record_delivered, record_handed_over
from marketplace.payments.models import Payment, PaymentShare
from marketplace.payments.services import Settlement, release_earnings, settle
from marketplace.payments.states import OPEN

from .errors import NotCash, NotHandedOverYet, NothingToHandOver, NotOnItsWay, TrackingNumberUnfit
from .models import Parcel, ParcelLine

_TRACKING = re.compile(r"[0-9A-Za-z][0-9A-Za-z /-]{0,39}")
_TRAVELS = frozenset({FulfilmentFact.PART_SHIPPED, FulfilmentFact.SHIPPED, FulfilmentFact.DELIVERED})


def clean_tracking_number(typed: str) -> str:
    """Return a courier's number as it is kept, from what was typed. Raises: TrackingNumberUnfit, also for none."""
    tracking = " ".join(typed.upper().split())
    if not _TRACKING.fullmatch(tracking):
        raise TrackingNumberUnfit(given=typed)
    return tracking


def hand_over(
    session: Session, *, shop_id: ShopId, number: str, tracking_number: str, actor_id: PersonId, now: datetime,
    quantities: Mapping[OrderLineId, int] | None = None,
) -> Parcel:  # fmt: skip
    """Hand one box over: all that is left of the part, or these steps of its lines. An empty number: given in person.

    Raises: SubOrderNotFound, NotReadyToHandOver, QuantityRefused, NothingToHandOver, TrackingNumberUnfit. Flushes.
    """
    tracking = clean_tracking_number(tracking_number) if tracking_number.strip() else ""
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    wanted = _left(part) if quantities is None else {line: steps for line, steps in quantities.items() if steps}
    if not wanted:
        raise NothingToHandOver(number=number)
    actor = Actor("seller", actor_id)
    data = {"tracking_number": tracking}
    record_handed_over(session, sub_order_id=part.sub_order.id, quantities=wanted, actor=actor, now=now, data=data)
    parcel = Parcel(sub_order_id=part.sub_order.id, tracking_number=tracking, handed_over_at=now, handed_over_by=actor_id)
    session.add(parcel)
    session.flush()
    session.add_all(ParcelLine(parcel_id=parcel.id, line_id=line, quantity=steps) for line, steps in sorted(wanted.items()))
    session.flush()
    ship(session, demands=demands_of(session, wanted), now=now, actor_id=actor_id)
    return parcel


def _left(part: LockedPart) -> dict[OrderLineId, int]:
    left = {line.id: line.quantity - line.cancelled - line.handed_over for line in part.lines}
    return {line_id: steps for line_id, steps in left.items() if steps}


def confirm_delivered(
    session: Session, *, order_id: OrderId, sub_order_number: str, now: datetime, actor: Actor | None = None
) -> SubOrder:
    """Let a buyer say that everything on its way has arrived; saying it twice changes nothing.

    Raises: SubOrderNotFound, NotOnItsWay.
    """
    found = session.scalar(select(SubOrder.id).where(SubOrder.order_id == order_id, SubOrder.number == sub_order_number))
    if found is None:
        raise SubOrderNotFound(sub_order_number)
    part = lock_part(session, found)
    if part.sub_order.fulfilment not in _TRAVELS:
        raise NotOnItsWay(number=sub_order_number, fulfilment=part.sub_order.fulfilment)
    return _arrived(session, found, how="buyer", actor=actor or Actor("buyer"), now=now)


def presume_delivered(session: Session, *, sub_order_id: SubOrderId, now: datetime) -> SubOrder:
    """Count a part as arrived because its time is up and nobody said otherwise. Raises: SubOrderNotFound."""
    return _arrived(session, sub_order_id, how="time", actor=SYSTEM, now=now)


def _arrived(session: Session, sub_order_id: SubOrderId, *, how: str, actor: Actor, now: datetime) -> SubOrder:
    sub_order = record_delivered(session, sub_order_id=sub_order_id, actor=actor, now=now, data={"how": how})
    session.execute(
        update(Parcel)
        .where(Parcel.sub_order_id == sub_order_id, Parcel.delivered_at.is_(None))
        .values(delivered_at=now, delivered_how=how)
    )
    return sub_order


def close_part(session: Session, *, sub_order_id: SubOrderId, now: datetime) -> SubOrder:
    """Close a part and make its seller's earnings payable, in one unit.

    Raises: SubOrderNotFound, NotClosable, MoveRefused.
    """
    sub_order = close_sub_order(session, sub_order_id=sub_order_id, now=now)
    session.flush()
    release_earnings(session, sub_order_id=sub_order_id, now=now)
    return sub_order


def record_cash(session: Session, *, shop_id: ShopId, number: str, actor_id: PersonId, now: datetime) -> Settlement:
    """Record that the seller collected the price of this part in cash; recording it twice counts once.

    Raises: SubOrderNotFound, NotCash, NotHandedOverYet.
    """
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    if part.order.method is not PaymentMethod.COD:
        raise NotCash(method=part.order.method)
    if part.sub_order.fulfilment is FulfilmentFact.UNFULFILLED:
        raise NotHandedOverYet(number=number)
    payment = session.scalars(
        select(Payment)
        .join(PaymentShare, PaymentShare.payment_id == Payment.id)
        .where(PaymentShare.sub_order_id == part.sub_order.id, Payment.method == PaymentMethod.COD)
        .order_by(Payment.state.in_(OPEN).desc(), Payment.id.desc())
        .limit(1)
    ).one_or_none()
    if payment is None:
        raise NotCash(method=part.order.method)
    return settle(
        session,
        payment_id=payment.id,
        received_minor=payment.amount_minor,
        currency=payment.currency,
        source="cash",
        source_id=f"payment:{payment.id}",
        actor_id=actor_id,
        now=now,
    )
