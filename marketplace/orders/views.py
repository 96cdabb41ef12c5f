"""Orders as pages read them: frozen rows. All amounts are minor units of the order's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.db import Document
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, ShopId, SubOrderId
from marketplace.kernel.money import Currency
from marketplace.shipping.models import DeliveryKind

from .models import CaseFact, FulfilmentFact, OrderLifecycle, PaymentFact, PaymentMethod, SubOrderLifecycle


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as sold. `name` and `label` are in the reader's language: the buyer's, or Indonesian for the seller."""

    id: OrderLineId
    name: str
    label: str
    sku: str
    image_hash: str | None
    unit: str
    step_units: int
    quantity: int
    unit_price_minor: int
    line_total_minor: int
    is_made_to_order: bool
    cancelled: int
    handed_over: int
    delivered: int
    returned: int

    @property
    def left_to_hand_over(self) -> int:
        """Return how many steps have yet to leave."""
        return self.quantity - self.cancelled - self.handed_over


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened; `sub_order_number` says to which seller's part, none to the whole order."""

    at: datetime
    kind: str
    actor_kind: str
    sub_order_number: str | None
    data: Document


@dataclass(frozen=True, slots=True)
class PartRow:
    """One seller's part of an order."""

    id: SubOrderId
    number: str
    position: int
    shop_id: ShopId
    shop_name: str
    lifecycle: SubOrderLifecycle
    payment: PaymentFact
    fulfilment: FulfilmentFact
    case: CaseFact
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    tax_minor: int
    total_minor: int
    paid_minor: int
    refunded_minor: int
    delivery_kind: DeliveryKind
    delivery_name: str
    chargeable_grams: int
    eta_days_min: int
    eta_days_max: int
    lead_days: int
    accept_by: datetime | None
    accepted_at: datetime | None
    promised_on: date | None
    handed_over_at: datetime | None
    delivered_at: datetime | None
    closed_at: datetime | None
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class OrderHead:
    """What is said about an order as a whole: who bought, where it goes, what it costs."""

    id: OrderId
    number: str
    lifecycle: OrderLifecycle
    method: PaymentMethod
    person_id: PersonId | None
    language: str
    buyer_name: str
    buyer_phone: str
    buyer_email: str | None
    district_code: str
    place_name: str
    street: str
    postal_code: str
    landmark: str
    is_adult_confirmed: bool
    source: str
    currency: Currency
    goods_minor: int
    shipping_minor: int
    discount_minor: int
    unique_code_minor: int
    total_minor: int
    created_at: datetime
    placed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """A whole order for its buyer or for staff, with the timeline that they may see."""

    head: OrderHead
    parts: tuple[PartRow, ...]
    timeline: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class SellerOrderView:
    """One part for its seller; nothing of other sellers' parts is in it."""

    head: OrderHead
    part: PartRow
    timeline: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class SellerOrderRow:
    """One part in the seller's list."""

    number: str
    lifecycle: SubOrderLifecycle
    payment: PaymentFact
    fulfilment: FulfilmentFact
    case: CaseFact
    method: PaymentMethod
    buyer_name: str
    place_name: str
    delivery_kind: DeliveryKind
    delivery_name: str
    total_minor: int
    currency: Currency
    first_line: str
    first_image_hash: str | None
    line_count: int
    accept_by: datetime | None
    promised_on: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One order in a list of staff's or of a buyer's own."""

    number: str
    lifecycle: OrderLifecycle
    method: PaymentMethod
    buyer_name: str
    buyer_phone: str
    place_name: str
    total_minor: int
    currency: Currency
    part_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrderLink:
    """What opens an order: its number and the secret that signs its links."""

    number: str
    link_secret: str
