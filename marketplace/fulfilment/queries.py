"""Reads about parcels, and which parts the clock has something to say about."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderId, OrderLineId, SubOrderId
from marketplace.orders.models import CaseFact, FulfilmentFact, OrderLine, PaymentFact, SubOrder
from marketplace.orders.states import MAY_HAND_OVER

from .models import Parcel, ParcelLine

PRESUMED_AFTER = timedelta(days=7)  # after the last hand-over
CASE_WINDOW = timedelta(days=3)  # after arrival

_SETTLED = (PaymentFact.PAID, PaymentFact.PART_REFUNDED, PaymentFact.REFUNDED)


@dataclass(frozen=True, slots=True)
class ParcelLineView:
    """Steps of one line in a box."""

    line_id: OrderLineId
    name: str
    name_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ParcelView:
    """One box (with no tracking number: handed over in person)."""

    id: int
    sub_order_id: SubOrderId
    tracking_number: str
    handed_over_at: datetime
    delivered_at: datetime | None
    delivered_how: str
    lines: tuple[ParcelLineView, ...]


def parcels_of_order(session: Session, order_id: OrderId) -> tuple[ParcelView, ...]:
    """Return all boxes of an order, oldest first, with what is in them: two statements."""
    of_order = select(SubOrder.id).where(SubOrder.order_id == order_id)
    return _parcels(session, session.scalars(of_order).all())


def parcels_of_part(session: Session, sub_order_id: SubOrderId) -> tuple[ParcelView, ...]:
    """Return the boxes of one seller's part, oldest first."""
    return _parcels(session, [sub_order_id])


def _parcels(session: Session, sub_order_ids: Collection[SubOrderId]) -> tuple[ParcelView, ...]:
    parcels = session.execute(
        select(
            Parcel.id, Parcel.sub_order_id, Parcel.tracking_number, Parcel.handed_over_at, Parcel.delivered_at,
            Parcel.delivered_how,
        )
        .where(Parcel.sub_order_id.in_(sub_order_ids))
        .order_by(Parcel.id)
    ).all()  # fmt: skip
    lines: dict[int, list[ParcelLineView]] = {}
    rows = session.execute(
        select(ParcelLine.parcel_id, ParcelLine.line_id, OrderLine.name, OrderLine.name_id, ParcelLine.quantity)
        .join(OrderLine, OrderLine.id == ParcelLine.line_id)
        .where(ParcelLine.parcel_id.in_([row.id for row in parcels]))
        .order_by(OrderLine.position)
    )
    for parcel_id, line_id, name, name_id, quantity in rows:
        lines.setdefault(parcel_id, []).append(ParcelLineView(line_id, name, name_id, quantity))
    return tuple(ParcelView(*row, lines=tuple(lines.get(row.id, ()))) for row in parcels)


def presumable(session: Session, *, now: datetime) -> list[SubOrderId]:
    """Return parts that were handed over whole seven days ago or more and of which nobody said they arrived."""
    query = select(SubOrder.id).where(
        SubOrder.lifecycle.in_(MAY_HAND_OVER),
        SubOrder.fulfilment == FulfilmentFact.SHIPPED,
        SubOrder.case != CaseFact.OPEN,
        SubOrder.handed_over_at <= now - PRESUMED_AFTER,
    )
    return list(session.scalars(query.order_by(SubOrder.id)))


def closable(session: Session, *, now: datetime) -> list[SubOrderId]:
    """Return parts that arrived three days ago or more, are paid, and about which nobody complains.

    Cash that the seller has not recorded keeps a part open: its earnings are not known yet.
    """
    query = select(SubOrder.id).where(
        SubOrder.lifecycle.in_(MAY_HAND_OVER),
        or_(SubOrder.fulfilment == FulfilmentFact.DELIVERED, SubOrder.fulfilment == FulfilmentFact.RETURNED),
        SubOrder.case != CaseFact.OPEN,
        SubOrder.payment.in_(_SETTLED),
        SubOrder.delivered_at <= now - CASE_WINDOW,
    )
    return list(session.scalars(query.order_by(SubOrder.id)))
