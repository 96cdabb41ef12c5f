"""One order for its buyer, its seller or staff, in five statements at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any, Literal

from sqlalchemy import Row, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from marketplace.kernel.ids import OrderId, ShopId, SubOrderId, read_number
from marketplace.kernel.phone import BadPhone, normalise_phone
from marketplace.orders.models import Order, OrderEvent, OrderLine, SubOrder
from marketplace.orders.views import LineRow, OrderHead, OrderLink, OrderView, PartRow, SellerOrderView, TimelineRow

Audience = Literal["buyer", "seller", "staff"]

_MOST_EVENTS = 200  # of one timeline; an order with more has a story that staff read elsewhere


def _columns(model: type[Order | SubOrder], row: type, *, leave: Collection[str] = ()) -> list[InstrumentedAttribute[Any]]:
    """Return the columns that fill a row type, in the order of its fields."""
    return [getattr(model, field.name) for field in fields(row) if field.name not in leave]


_HEAD = _columns(Order, OrderHead)
_PART = _columns(SubOrder, PartRow, leave={"lines"})


def order_page(session: Session, number: str, *, audience: Audience = "buyer") -> OrderView | None:
    """Return a whole order with its parts, lines and the timeline this reader may see."""
    row = session.execute(select(*_HEAD).where(Order.number == number)).one_or_none()
    if row is None:
        return None
    head = OrderHead(*row)
    parts = session.execute(select(*_PART).where(SubOrder.order_id == head.id).order_by(SubOrder.position)).all()
    lines = _lines(session, [part.id for part in parts], in_indonesian=False)
    numbers = {part.id: part.number for part in parts}
    return OrderView(
        head=head,
        parts=tuple(_part(part, lines) for part in parts),
        timeline=_timeline(session, head.id, numbers, audience),
    )


def seller_order(session: Session, shop_id: ShopId, number: str) -> SellerOrderView | None:
    """Return a shop's own part of an order; another shop's is not found."""
    part = session.execute(select(*_PART).where(SubOrder.number == number, SubOrder.shop_id == shop_id)).one_or_none()
    if part is None:
        return None
    order_id = session.scalars(select(SubOrder.order_id).where(SubOrder.id == part.id)).one()
    head = OrderHead(*session.execute(select(*_HEAD).where(Order.id == order_id)).one())
    lines = _lines(session, [part.id], in_indonesian=True)
    return SellerOrderView(
        head=head,
        part=_part(part, lines),
        timeline=_timeline(session, order_id, {part.id: part.number}, "seller"),
    )


def order_by_phone(session: Session, number: str, phone: str) -> OrderLink | None:
    """Return what opens an order, for who knows its number and the phone it was placed with, however they are typed."""
    try:
        e164 = normalise_phone(phone)
    except BadPhone:
        return None
    return link_of(session, read_number(number[:40]), phone=e164)


def link_of(session: Session, number: str, *, phone: str | None = None) -> OrderLink | None:
    """Return what signs the links of an order (only of one placed with this phone, when one is given)."""
    query = select(Order.number, Order.link_secret).where(Order.number == number)
    if phone is not None:
        query = query.where(Order.buyer_phone == phone)
    row = session.execute(query).one_or_none()
    return OrderLink(*row) if row is not None else None


def _part(row: Row[*tuple[Any, ...]], lines: Mapping[SubOrderId, tuple[LineRow, ...]]) -> PartRow:
    return PartRow(**row._mapping, lines=lines[row.id])


def _lines(
    session: Session, sub_order_ids: Sequence[SubOrderId], *, in_indonesian: bool
) -> dict[SubOrderId, tuple[LineRow, ...]]:
    words = (OrderLine.name_id, OrderLine.variant_label_id) if in_indonesian else (OrderLine.name, OrderLine.variant_label)
    found: defaultdict[SubOrderId, list[LineRow]] = defaultdict(list)
    rows = session.execute(
        select(
            OrderLine.sub_order_id, OrderLine.id, *words, OrderLine.sku, OrderLine.image_hash, OrderLine.unit,
            OrderLine.step_units, OrderLine.quantity, OrderLine.unit_price_minor, OrderLine.line_total_minor,
            OrderLine.is_made_to_order, OrderLine.cancelled, OrderLine.handed_over, OrderLine.delivered, OrderLine.returned,
        )
        .where(OrderLine.sub_order_id.in_(sub_order_ids))
        .order_by(OrderLine.sub_order_id, OrderLine.position)
    )  # fmt: skip
    for sub_order_id, *values in rows:
        found[sub_order_id].append(LineRow(*values))
    return {sub_order_id: tuple(found[sub_order_id]) for sub_order_id in sub_order_ids}


def _timeline(session: Session, order_id: OrderId, numbers: dict[SubOrderId, str], audience: Audience) -> tuple[TimelineRow, ...]:
    """Return the events of the order and of these parts that this reader may see, oldest first."""
    rows = session.execute(
        select(
            OrderEvent.at, OrderEvent.kind, OrderEvent.actor_kind, OrderEvent.sub_order_id, OrderEvent.data,
            OrderEvent.visible_to,
        )
        .where(OrderEvent.order_id == order_id)
        .order_by(OrderEvent.id)
        .limit(_MOST_EVENTS)
    )  # fmt: skip
    return tuple(
        TimelineRow(at, kind, actor_kind, numbers[sub_order_id] if sub_order_id is not None else None, data)
        for at, kind, actor_kind, sub_order_id, data, visible_to in rows
        if audience in visible_to and (sub_order_id is None or sub_order_id in numbers)
    )
