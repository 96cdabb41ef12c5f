"""A new order as values: everything that is copied at sale and never looked up again."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.ids import PersonId, ProductId, ShopId, StockItemId, VariantId
from marketplace.kernel.money import Currency
from marketplace.shipping.models import DeliveryKind

from .models import OrderKind, PaymentMethod


@dataclass(frozen=True, slots=True)
class NewTake:
    """Base units of one stock item for one step of a line."""

    stock_item_id: StockItemId
    units_per_step: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """One variant as sold; `name_id` and `variant_label_id` are the Indonesian words for the seller."""

    variant_id: VariantId
    product_id: ProductId
    sku: str
    name: str
    name_id: str
    unit: str
    step_units: int
    quantity: int
    unit_price_minor: int
    ship_weight_grams: int
    takes: tuple[NewTake, ...]
    variant_label: str = ""
    variant_label_id: str = ""
    image_hash: str | None = None
    is_made_to_order: bool = False


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """How one seller's part travels, as it was chosen and priced."""

    kind: DeliveryKind
    name: str
    fee_minor: int
    courier_service_id: int | None = None
    chargeable_grams: int = 0
    days_min: int = 0
    days_max: int = 0


@dataclass(frozen=True, slots=True)
class NewPart:
    """What one seller will fulfil."""

    shop_id: ShopId
    shop_name: str
    lines: tuple[NewLine, ...]
    delivery: NewDelivery
    is_pkp: bool = False
    commission_basis_points: int = 0
    lead_days: int = 0


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys. `phone` is E.164; a guest has no person."""

    name: str
    phone: str
    email: str | None = None
    person_id: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ShipTo:
    """Where it goes. `place_name` is kecamatan, kabupaten and province as they are called now."""

    district_code: str
    place_name: str
    street: str
    postal_code: str = ""
    landmark: str = ""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order about to be placed. `number` is made beforehand, so that a one-time token can name what it was spent on."""

    number: str
    method: PaymentMethod
    language: str
    buyer: Buyer
    ship_to: ShipTo
    parts: tuple[NewPart, ...]
    kind: OrderKind = OrderKind.RETAIL
    currency: Currency = Currency.IDR
    unique_code_minor: int = 0
    is_adult_confirmed: bool = False
    source: str = ""
