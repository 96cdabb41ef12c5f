"""Tables of parcels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model
from marketplace.kernel.ids import OrderLineId, PersonId, SubOrderId
from marketplace.orders.models import OrderLine, SubOrder


class Parcel(Model):
    """One tracked box (or a hand-over in person, with no number)."""

    __tablename__ = "parcel"

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_order_id: Mapped[SubOrderId] = mapped_column(ForeignKey(SubOrder.id), index=True)
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    handed_over_at: Mapped[datetime]
    handed_over_by: Mapped[PersonId | None]
    delivered_at: Mapped[datetime | None]
    delivered_how: Mapped[str] = mapped_column(String(20), default="")  # buyer, tracking, time


class ParcelLine(Model):
    """How many steps of a line are in a parcel."""

    __tablename__ = "parcel_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="positive"),)

    parcel_id: Mapped[int] = mapped_column(ForeignKey(Parcel.id), primary_key=True)
    line_id: Mapped[OrderLineId] = mapped_column(ForeignKey(OrderLine.id), primary_key=True, index=True)
    quantity: Mapped[int]
