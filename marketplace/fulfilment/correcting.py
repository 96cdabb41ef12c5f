"""Correcting a mistyped tracking number while the parcel is young."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ShopId
from marketplace.orders.actors import Actor
from marketplace.orders.events import EventKind, record_event
from marketplace.orders.locking import lock_shop_part

from .errors import ParcelNotFound, TooLateToCorrect
from .models import Parcel
from .services import clean_tracking_number

CORRECTABLE_FOR = timedelta(days=1)


def may_be_corrected(*, handed_over_at: datetime, delivered_at: datetime | None, now: datetime) -> bool:
    """Tell whether a parcel's number may still be corrected: within a day, and before it arrived."""
    return delivered_at is None and now < handed_over_at + CORRECTABLE_FOR


def correct_tracking(
    session: Session, *, shop_id: ShopId, number: str, parcel_id: int, tracking_number: str, actor_id: PersonId, now: datetime
) -> bool:
    """Give a parcel the number on its receipt; the timeline keeps both. False when it already has it.

    Raises: SubOrderNotFound, ParcelNotFound, TooLateToCorrect, TrackingNumberUnfit.
    """
    wanted = clean_tracking_number(tracking_number)
    part = lock_shop_part(session, shop_id=shop_id, number=number)
    parcel = session.scalars(
        select(Parcel).where(Parcel.id == parcel_id, Parcel.sub_order_id == part.sub_order.id, Parcel.tracking_number != "")
    ).one_or_none()
    if parcel is None:
        raise ParcelNotFound(number=number)
    if not may_be_corrected(handed_over_at=parcel.handed_over_at, delivered_at=parcel.delivered_at, now=now):
        raise TooLateToCorrect(number=number)
    was = parcel.tracking_number
    if wanted == was:
        return False
    parcel.tracking_number = wanted
    record_event(
        session, order=part.order, sub_order=part.sub_order, kind=EventKind.TRACKING_CORRECTED, now=now,
        actor=Actor("seller", actor_id), data={"tracking_number": wanted, "was": was, "parcel_id": parcel.id},
    )  # fmt: skip
    return True
