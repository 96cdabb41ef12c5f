"""Tables of stock. `available = on_hand - held - allocated`, guarded together; the CHECKs are the last word."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalog.models import Variant
from marketplace.db import Model, value_enum
from marketplace.kernel.ids import OrderId, OrderLineId, PaymentId, PersonId, ShopId, StockItemId, VariantId
from marketplace.sellers.models import Shop


class HoldState(StrEnum):
    """`held → claimed | released | expired`, each terminal."""

    HELD = "held"
    CLAIMED = "claimed"
    RELEASED = "released"
    EXPIRED = "expired"


class MovementKind(StrEnum):
    """Why a stock item changed."""

    RECEIVED = "received"  # on_hand +
    ADJUSTED = "adjusted"  # on_hand ±, with a reason
    HELD = "held"  # held +
    RELEASED = "released"  # held -
    EXPIRED = "expired"  # held -
    CLAIMED = "claimed"  # held -, allocated +
    ALLOCATED = "allocated"  # allocated +, at once: cash and tempo
    UNALLOCATED = "unallocated"  # allocated -: cancelled or rejected before hand-over
    SHIPPED = "shipped"  # on_hand -, allocated -
    RESTOCKED = "restocked"  # on_hand +: came back


class StockItem(Model):
    """Things counted in base units (pieces, grams, millimetres). Untracked ones are made to order and never run short."""

    __tablename__ = "stock_item"
    __table_args__ = (
        CheckConstraint("on_hand >= 0 AND held >= 0 AND allocated >= 0", name="not_negative"),
        CheckConstraint("NOT is_tracked OR on_hand - held - allocated >= 0", name="not_oversold"),
    )

    id: Mapped[StockItemId] = mapped_column(primary_key=True)
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id), index=True)
    label: Mapped[str] = mapped_column(String(80))
    is_tracked: Mapped[bool] = mapped_column(default=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    low_at: Mapped[int | None]  # free units at which the shop wants to be told; none: the rule of `lowness`, 0: never
    low_told_at: Mapped[datetime | None]  # when it was told, until the item is filled up again


class VariantStock(Model):
    """What one step of a variant takes from stock; a hamper has several rows."""

    __tablename__ = "variant_stock"
    __table_args__ = (CheckConstraint("units_per_step > 0", name="units_positive"),)

    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id), primary_key=True)
    stock_item_id: Mapped[StockItemId] = mapped_column(ForeignKey(StockItem.id), primary_key=True, index=True)
    units_per_step: Mapped[int]


class Hold(Model):
    """Units kept for an unpaid order line until paid, released or past `expires_at`. Order, line, payment: later floors' ids."""

    __tablename__ = "hold"
    __table_args__ = (
        UniqueConstraint("line_id", "stock_item_id", "round"),
        CheckConstraint("units > 0", name="units_positive"),
        Index(
            "ix_hold_open",
            "expires_at",
            sqlite_where=text("state = 'held'"),
            postgresql_where=text("state = 'held'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stock_item_id: Mapped[StockItemId] = mapped_column(ForeignKey(StockItem.id), index=True)
    order_id: Mapped[OrderId] = mapped_column(index=True)
    line_id: Mapped[OrderLineId]
    payment_id: Mapped[PaymentId] = mapped_column(index=True)
    round: Mapped[int] = mapped_column(default=1)  # 2 and more: held again for money that came late
    units: Mapped[int]
    state: Mapped[HoldState] = mapped_column(value_enum(HoldState), default=HoldState.HELD)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    waits_for_provider: Mapped[bool] = mapped_column(default=False)  # kept past expiry while the provider can still be paid
    ended_at: Mapped[datetime | None]


class Movement(Model):
    """One change of a stock item, with why and by whom. Append-only; the item's columns are the sums of its movements."""

    __tablename__ = "movement"
    __table_args__ = (Index("ix_movement_item", "stock_item_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stock_item_id: Mapped[StockItemId] = mapped_column(ForeignKey(StockItem.id))
    at: Mapped[datetime]
    kind: Mapped[MovementKind] = mapped_column(value_enum(MovementKind))
    on_hand_change: Mapped[int] = mapped_column(default=0)
    held_change: Mapped[int] = mapped_column(default=0)
    allocated_change: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(200), default="")
    actor_id: Mapped[PersonId | None]
    line_id: Mapped[OrderLineId | None] = mapped_column(index=True)
    hold_id: Mapped[int | None]
