"""Tables of delivery."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model
from marketplace.kernel.ids import PersonId, ShopId
from marketplace.sellers.models import Shop


class DeliveryKind(StrEnum):
    """How goods reach the buyer."""

    COURIER = "courier"
    OWN = "own"  # the seller brings them
    PICKUP = "pickup"


class CourierService(Model):
    """One service of a courier and the rules by which it bills and refuses."""

    __tablename__ = "courier_service"
    __table_args__ = (
        UniqueConstraint("courier_code", "code"),
        CheckConstraint("divisor_cm3_per_kg > 0 AND step_grams > 0 AND min_grams > 0", name="rule_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    courier_code: Mapped[str] = mapped_column(String(20))
    courier_name: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    divisor_cm3_per_kg: Mapped[int]
    step_grams: Mapped[int]
    round_up_over_grams: Mapped[int]  # a remainder up to this many grams goes down
    min_grams: Mapped[int]
    max_grams: Mapped[int | None]
    max_length_mm: Mapped[int | None]
    refuses: Mapped[list[str]]  # ship flags
    allows_cod: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class Zone(Model):
    """A ring around the seller; the first zone in order of `position` whose rule matches is the one."""

    __tablename__ = "zone"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    position: Mapped[int]
    same_level: Mapped[str | None] = mapped_column(String(10))  # district, regency or province shared with the origin
    place_prefixes: Mapped[list[str]]  # else: codes the destination begins with; an empty list matches all


class ZoneRate(Model):
    """A price from a date on; older rows stay as history. Staff edit by adding rows."""

    __tablename__ = "zone_rate"
    __table_args__ = (
        CheckConstraint("first_minor >= 0 AND next_minor >= 0", name="not_negative"),
        Index("ix_zone_rate_lookup", "service_id", "zone_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey(CourierService.id))
    zone_id: Mapped[int] = mapped_column(ForeignKey(Zone.id))
    first_minor: Mapped[int]  # for the service's minimum weight
    next_minor: Mapped[int]  # for every further step
    days_min: Mapped[int]
    days_max: Mapped[int]
    is_example: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[datetime]
    entered_by: Mapped[PersonId | None]


class OwnDelivery(Model):
    """A zone to which a shop brings its goods itself, and for how much."""

    __tablename__ = "own_delivery"
    __table_args__ = (CheckConstraint("fee_minor >= 0", name="not_negative"),)

    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey(Zone.id), primary_key=True)
    fee_minor: Mapped[int]
    free_from_minor: Mapped[int | None]
    days_min: Mapped[int] = mapped_column(default=0)
    days_max: Mapped[int] = mapped_column(default=2)
