"""Writing a new order: every name, price, tax and weight is copied here and never looked up again."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import order_number, sub_order_number
from marketplace.orders.actors import Actor
from marketplace.orders.drafts import NewLine, NewOrder, NewPart
from marketplace.orders.events import EventKind, record_event
from marketplace.orders.models import (
    LineStock,
    Order,
    OrderLifecycle,
    OrderLine,
    PaymentMethod,
    SubOrder,
    SubOrderLifecycle,
)
from marketplace.orders.totals import LinePrice, OrderTotals, PartTotals, order_totals, part_totals

from .accepting import ACCEPT_WITHIN

# These are owed to the seller or the office, not paid beforehand: the seller may start at once.
PAID_LATER = frozenset({PaymentMethod.COD, PaymentMethod.TEMPO})


def new_number(session: Session, *, prefix: str) -> str:
    """Return an order number nobody has; `prefix` comes from the region pack."""
    while True:
        number = order_number(prefix)
        if session.scalar(select(Order.id).where(Order.number == number)) is None:
            return number


def totals_of(draft: NewOrder) -> tuple[list[PartTotals], OrderTotals]:
    """Return what each part and the whole of a draft cost."""
    parts = [
        part_totals(
            [LinePrice(line.quantity, line.unit_price_minor) for line in part.lines],
            shipping_minor=part.delivery.fee_minor,
            is_pkp=part.is_pkp,
        )
        for part in draft.parts
    ]
    return parts, order_totals(parts, unique_code_minor=draft.unique_code_minor)


def create_order(session: Session, *, draft: NewOrder, now: datetime) -> Order:
    """Write an order with its parts, lines, what they take from stock, and its first events. Flushes for the ids.

    Raises: ValueError for a draft without parts or lines.
    """
    if not draft.parts:
        raise ValueError("an order has at least one part")
    parts, totals = totals_of(draft)
    order = _order(draft, totals, now)
    session.add(order)
    session.flush()
    actor = Actor("buyer", draft.buyer.person_id)
    started = {"from": None, "to": order.lifecycle.value}
    record_event(session, order=order, kind=EventKind.CREATED, actor=actor, now=now, data=started, visible_to=("buyer", "staff"))
    sub_orders = [
        _sub_order(order, part, part_total, position, now)
        for position, (part, part_total) in enumerate(zip(draft.parts, parts, strict=True), start=1)
    ]
    session.add_all(sub_orders)
    session.flush()
    for sub_order, part, part_total in zip(sub_orders, draft.parts, parts, strict=True):
        _write_lines(session, sub_order, part, part_total)
        started = {"from": None, "to": sub_order.lifecycle.value}
        record_event(session, order=order, sub_order=sub_order, kind=EventKind.CREATED, actor=actor, now=now, data=started)
    session.flush()
    return order


def _order(draft: NewOrder, totals: OrderTotals, now: datetime) -> Order:
    placed = draft.method in PAID_LATER
    return Order(
        number=draft.number,
        kind=draft.kind,
        lifecycle=OrderLifecycle.PLACED if placed else OrderLifecycle.AWAITING_PAYMENT,
        method=draft.method,
        person_id=draft.buyer.person_id,
        link_secret=secrets.token_urlsafe(32),
        language=draft.language,
        buyer_name=draft.buyer.name,
        buyer_phone=draft.buyer.phone,
        buyer_email=draft.buyer.email,
        district_code=draft.ship_to.district_code,
        place_name=draft.ship_to.place_name,
        street=draft.ship_to.street,
        postal_code=draft.ship_to.postal_code,
        landmark=draft.ship_to.landmark,
        is_adult_confirmed=draft.is_adult_confirmed,
        source=draft.source,
        currency=draft.currency,
        goods_minor=totals.goods_minor,
        shipping_minor=totals.shipping_minor,
        discount_minor=totals.discount_minor,
        unique_code_minor=totals.unique_code_minor,
        total_minor=totals.total_minor,
        created_at=now,
        placed_at=now if placed else None,
    )


def _sub_order(order: Order, part: NewPart, totals: PartTotals, position: int, now: datetime) -> SubOrder:
    starts_new = order.lifecycle is OrderLifecycle.PLACED
    return SubOrder(
        order_id=order.id,
        shop_id=part.shop_id,
        position=position,
        number=sub_order_number(order.number, position),
        shop_name=part.shop_name,
        lifecycle=SubOrderLifecycle.NEW if starts_new else SubOrderLifecycle.AWAITING_PAYMENT,
        goods_minor=totals.goods_minor,
        shipping_minor=totals.shipping_minor,
        discount_minor=totals.discount_minor,
        tax_minor=totals.tax_minor,
        total_minor=totals.total_minor,
        commission_basis_points=part.commission_basis_points,
        delivery_kind=part.delivery.kind,
        courier_service_id=part.delivery.courier_service_id,
        delivery_name=part.delivery.name,
        chargeable_grams=part.delivery.chargeable_grams,
        eta_days_min=part.delivery.days_min,
        eta_days_max=part.delivery.days_max,
        lead_days=part.lead_days,
        accept_by=now + ACCEPT_WITHIN if starts_new else None,
        created_at=now,
    )


def _write_lines(session: Session, sub_order: SubOrder, part: NewPart, totals: PartTotals) -> None:
    rows = [
        _line(sub_order, line, tax_minor, position)
        for position, (line, tax_minor) in enumerate(zip(part.lines, totals.taxes_minor, strict=True), start=1)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        LineStock(line_id=row.id, stock_item_id=take.stock_item_id, units_per_step=take.units_per_step)
        for row, line in zip(rows, part.lines, strict=True)
        for take in line.takes
    )


def _line(sub_order: SubOrder, line: NewLine, tax_minor: int, position: int) -> OrderLine:
    return OrderLine(
        sub_order_id=sub_order.id,
        position=position,
        variant_id=line.variant_id,
        product_id=line.product_id,
        sku=line.sku,
        name=line.name,
        variant_label=line.variant_label,
        name_id=line.name_id,
        variant_label_id=line.variant_label_id,
        image_hash=line.image_hash,
        unit=line.unit,
        step_units=line.step_units,
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        line_total_minor=line.quantity * line.unit_price_minor,
        tax_minor=tax_minor,
        ship_weight_grams=line.ship_weight_grams,
        is_made_to_order=line.is_made_to_order,
    )
