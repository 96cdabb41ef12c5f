"""Orders written straight through `create_order`, without cart or payment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.inventory.models import VariantStock
from marketplace.kernel.ids import OrderLineId, order_number
from marketplace.orders.drafts import Buyer, NewDelivery, NewLine, NewOrder, NewPart, NewTake, ShipTo
from marketplace.orders.models import Order, OrderLine, PaymentMethod, SubOrder
from marketplace.orders.services import create_order
from marketplace.sellers.models import Shop
from marketplace.shipping.models import DeliveryKind
from tests.conftest import NOW
from tests.factories.goods import make_product, make_variant
from tests.factories.shops import make_shop


def make_order(session: Session, *, shops: Mapping[Shop, Mapping[Variant, int]] | None = None, fee_minor: int = 10_000,
               method: PaymentMethod = PaymentMethod.TRANSFER, **given: Any) -> Order:  # fmt: skip
    """Return an order with one part per shop; by default one shop and two steps of one variant."""
    if shops is None:
        shop = make_shop(session)
        shops = {shop: {make_variant(session, product=make_product(session, shop=shop)): 2}}
    values: dict[str, Any] = {
        "number": order_number("LBK"), "method": method, "language": "en",
        "buyer": Buyer(name="Ibu Ratna", phone="+6281298765432"),
        "ship_to": ShipTo("36.02.14", "Rangkasbitung, Kabupaten Lebak, Banten", "Jl. Multatuli 5"),
        "parts": tuple(_part(session, shop, lines, fee_minor) for shop, lines in shops.items()),
    }  # fmt: skip
    return create_order(session, draft=NewOrder(**(values | given)), now=NOW)


def _part(session: Session, shop: Shop, wanted: Mapping[Variant, int], fee_minor: int) -> NewPart:
    lines = tuple(_line(session, variant, quantity) for variant, quantity in wanted.items())
    delivery = NewDelivery(DeliveryKind.COURIER, "JNE REG", fee_minor)
    return NewPart(shop_id=shop.id, shop_name=shop.name, is_pkp=shop.is_pkp, lines=lines, delivery=delivery)


def _line(session: Session, variant: Variant, quantity: int) -> NewLine:
    takes = session.scalars(select(VariantStock).where(VariantStock.variant_id == variant.id))
    return NewLine(
        variant_id=variant.id, product_id=variant.product_id, sku=variant.sku, name="Palm sugar", name_id="Gula semut",
        unit=variant.unit, step_units=variant.step_units, quantity=quantity, unit_price_minor=variant.price_minor,
        ship_weight_grams=variant.ship_weight_grams, takes=tuple(NewTake(t.stock_item_id, t.units_per_step) for t in takes),
    )  # fmt: skip


def parts_of(session: Session, order: Order) -> list[SubOrder]:
    """Return an order's parts by position."""
    return list(session.scalars(select(SubOrder).where(SubOrder.order_id == order.id).order_by(SubOrder.position)))


def lines_of(session: Session, sub_order: SubOrder) -> list[OrderLine]:
    """Return a part's lines by position."""
    query = select(OrderLine).where(OrderLine.sub_order_id == sub_order.id).order_by(OrderLine.position)
    return list(session.scalars(query))


def all_of(session: Session, sub_order: SubOrder) -> dict[OrderLineId, int]:
    """Return every line of a part with its whole quantity."""
    return {line.id: line.quantity for line in lines_of(session, sub_order)}
