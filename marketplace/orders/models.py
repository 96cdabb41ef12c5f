"""Tables of orders. Names, prices, tax and weight are copied at sale and never looked up again."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.models import Person
from marketplace.catalog.models import Product, Variant
from marketplace.db import Document, Model, value_enum
from marketplace.inventory.models import StockItem
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, ProductId, ShopId, StockItemId, SubOrderId, VariantId
from marketplace.kernel.money import Currency
from marketplace.sellers.models import Shop
from marketplace.shipping.models import CourierService, DeliveryKind


class OrderKind(StrEnum):
    """Where an order comes from."""

    RETAIL = "retail"
    EXPORT = "export"


class OrderLifecycle(StrEnum):
    """`awaiting_payment → placed | expired | cancelled`; `expired → placed` only by a settlement that re-holds every line."""

    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class SubOrderLifecycle(StrEnum):
    """`awaiting_payment → new → accepted → (in_production → ready) → closed`, sides `expired | rejected | cancelled`."""

    AWAITING_PAYMENT = "awaiting_payment"
    NEW = "new"
    ACCEPTED = "accepted"
    IN_PRODUCTION = "in_production"
    READY = "ready"
    CLOSED = "closed"
    EXPIRED = "expired"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class PaymentFact(StrEnum):
    """How much of a sub-order is paid, derived from amounts."""

    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PAID = "paid"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class FulfilmentFact(StrEnum):
    """How much of a sub-order was handed over and arrived, derived from quantities."""

    UNFULFILLED = "unfulfilled"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED = "returned"


class CaseFact(StrEnum):
    """Whether somebody complains."""

    NONE = "none"
    OPEN = "open"
    RESOLVED = "resolved"


class PaymentMethod(StrEnum):
    """How an order is paid. One method per order."""

    TRANSFER = "transfer"
    COD = "cod"
    QRIS = "qris"
    CARD = "card"
    TEMPO = "tempo"


class Order(Model):
    """What the buyer placed. All amounts are minor units of `currency`; the total is what the buyer owes."""

    __tablename__ = "order"
    __table_args__ = (
        CheckConstraint("total_minor = goods_minor + shipping_minor + unique_code_minor - discount_minor", name="adds_up"),
        CheckConstraint(
            "goods_minor >= 0 AND shipping_minor >= 0 AND discount_minor >= 0 AND unique_code_minor >= 0", name="signs"
        ),
        Index("ix_order_phone", "buyer_phone"),
        Index("ix_order_placed", "lifecycle", "created_at"),
    )

    id: Mapped[OrderId] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[OrderKind] = mapped_column(value_enum(OrderKind), default=OrderKind.RETAIL)
    lifecycle: Mapped[OrderLifecycle] = mapped_column(value_enum(OrderLifecycle))
    method: Mapped[PaymentMethod] = mapped_column(value_enum(PaymentMethod))
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey(Person.id), index=True)
    link_secret: Mapped[str] = mapped_column(String(43))  # signs this order's links; renewing it ends them all
    language: Mapped[str] = mapped_column(String(2))
    buyer_name: Mapped[str] = mapped_column(String(80))
    buyer_phone: Mapped[str] = mapped_column(String(20))  # E.164
    buyer_email: Mapped[str | None] = mapped_column(String(254))
    district_code: Mapped[str] = mapped_column(String(8))
    place_name: Mapped[str] = mapped_column(String(200))  # kecamatan, kabupaten, province as they were called
    street: Mapped[str] = mapped_column(String(300))
    postal_code: Mapped[str] = mapped_column(String(5), default="")
    landmark: Mapped[str] = mapped_column(String(200), default="")
    is_adult_confirmed: Mapped[bool] = mapped_column(default=False)  # blades
    source: Mapped[str] = mapped_column(String(60), default="")
    currency: Mapped[Currency] = mapped_column(value_enum(Currency))
    goods_minor: Mapped[int]
    shipping_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(default=0)
    unique_code_minor: Mapped[int] = mapped_column(default=0)
    total_minor: Mapped[int]
    created_at: Mapped[datetime]
    placed_at: Mapped[datetime | None]


class SubOrder(Model):
    """The part of an order that one seller fulfils."""

    __tablename__ = "sub_order"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("total_minor = goods_minor + shipping_minor - discount_minor", name="adds_up"),
        CheckConstraint("refunded_minor >= 0 AND paid_minor >= 0 AND refunded_minor <= paid_minor", name="refund_within_paid"),
        Index("ix_sub_order_shop", "shop_id", "lifecycle", "created_at"),
        Index("ix_sub_order_close", "lifecycle", "delivered_at"),
    )

    id: Mapped[SubOrderId] = mapped_column(primary_key=True)
    order_id: Mapped[OrderId] = mapped_column(ForeignKey(Order.id))
    shop_id: Mapped[ShopId] = mapped_column(ForeignKey(Shop.id))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(24), unique=True)
    shop_name: Mapped[str] = mapped_column(String(80))
    lifecycle: Mapped[SubOrderLifecycle] = mapped_column(value_enum(SubOrderLifecycle))
    payment: Mapped[PaymentFact] = mapped_column(value_enum(PaymentFact), default=PaymentFact.UNPAID)
    fulfilment: Mapped[FulfilmentFact] = mapped_column(value_enum(FulfilmentFact), default=FulfilmentFact.UNFULFILLED)
    case: Mapped[CaseFact] = mapped_column(value_enum(CaseFact), default=CaseFact.NONE)
    goods_minor: Mapped[int]
    shipping_minor: Mapped[int]
    discount_minor: Mapped[int] = mapped_column(default=0)
    tax_minor: Mapped[int] = mapped_column(default=0)  # contained in the prices
    total_minor: Mapped[int]
    commission_basis_points: Mapped[int] = mapped_column(default=0)  # frozen at sale
    paid_minor: Mapped[int] = mapped_column(default=0)
    refunded_minor: Mapped[int] = mapped_column(default=0)
    delivery_kind: Mapped[DeliveryKind] = mapped_column(value_enum(DeliveryKind))
    courier_service_id: Mapped[int | None] = mapped_column(ForeignKey(CourierService.id))
    delivery_name: Mapped[str] = mapped_column(String(120))  # "JNE REG", or empty for own delivery and pick-up
    chargeable_grams: Mapped[int] = mapped_column(default=0)
    eta_days_min: Mapped[int] = mapped_column(default=0)
    eta_days_max: Mapped[int] = mapped_column(default=0)
    lead_days: Mapped[int] = mapped_column(default=0)
    accept_by: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    handed_over_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class OrderLine(Model):
    """A variant as sold. Quantities count the variant's steps; weight is for one step."""

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND unit_price_minor >= 0", name="positive"),
        CheckConstraint(
            "cancelled >= 0 AND handed_over >= 0 AND delivered >= 0 AND returned >= 0 AND cancelled + handed_over <= quantity"
            " AND delivered <= handed_over AND returned <= handed_over",
            name="quantities",
        ),
    )

    id: Mapped[OrderLineId] = mapped_column(primary_key=True)
    sub_order_id: Mapped[SubOrderId] = mapped_column(ForeignKey(SubOrder.id), index=True)
    position: Mapped[int]
    variant_id: Mapped[VariantId] = mapped_column(ForeignKey(Variant.id))
    product_id: Mapped[ProductId] = mapped_column(ForeignKey(Product.id), index=True)
    sku: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))  # in the buyer's language
    variant_label: Mapped[str] = mapped_column(String(80), default="")
    name_id: Mapped[str] = mapped_column(String(120))  # in Indonesian, for the seller
    variant_label_id: Mapped[str] = mapped_column(String(80), default="")
    image_hash: Mapped[str | None] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(12))
    step_units: Mapped[int]
    quantity: Mapped[int]
    unit_price_minor: Mapped[int]
    line_total_minor: Mapped[int]
    tax_minor: Mapped[int] = mapped_column(default=0)
    ship_weight_grams: Mapped[int]
    is_made_to_order: Mapped[bool] = mapped_column(default=False)
    cancelled: Mapped[int] = mapped_column(default=0)
    handed_over: Mapped[int] = mapped_column(default=0)
    delivered: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)


class LineStock(Model):
    """What a line takes from stock, copied at sale: base units of one item for one step."""

    __tablename__ = "line_stock"

    line_id: Mapped[OrderLineId] = mapped_column(ForeignKey(OrderLine.id), primary_key=True)
    stock_item_id: Mapped[StockItemId] = mapped_column(ForeignKey(StockItem.id), primary_key=True)
    units_per_step: Mapped[int]


class OrderEvent(Model):
    """One line of the timeline and of the state history. Append-only."""

    __tablename__ = "order_event"
    __table_args__ = (Index("ix_order_event_order", "order_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[OrderId] = mapped_column(ForeignKey(Order.id))
    sub_order_id: Mapped[SubOrderId | None] = mapped_column(ForeignKey(SubOrder.id), index=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(20))  # buyer, seller, staff, system
    actor_id: Mapped[PersonId | None]
    kind: Mapped[str] = mapped_column(String(60))
    data: Mapped[Document]
    visible_to: Mapped[list[str]]  # of buyer, seller, staff
