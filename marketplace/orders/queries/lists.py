"""Orders in lists: a seller's parts by what is to be done, staff's and buyers' orders."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from marketplace.kernel.ids import PersonId, ShopId, read_number
from marketplace.kernel.paging import LAST_NUMBERED_PAGE, MOST_PER_PAGE, Page
from marketplace.kernel.phone import BadPhone, normalise_phone
from marketplace.orders.models import FulfilmentFact, Order, OrderLifecycle, OrderLine, SubOrder, SubOrderLifecycle
from marketplace.orders.views import OrderRow, SellerOrderRow

_S = SubOrderLifecycle
_OUT = (FulfilmentFact.SHIPPED, FulfilmentFact.DELIVERED, FulfilmentFact.RETURNED)


class SellerTab(StrEnum):
    """What a seller has to do with a part. What awaits payment is not the seller's concern yet."""

    NEW = "new"
    TO_SEND = "to_send"
    SENT = "sent"
    DONE = "done"


# What is to be done is sorted by when it is due; the rest newest first.
_DUE = {SellerTab.NEW: SubOrder.accept_by, SellerTab.TO_SEND: SubOrder.promised_on}

_WORKING = SubOrder.lifecycle.in_([_S.ACCEPTED, _S.IN_PRODUCTION, _S.READY])

_TABS: Mapping[SellerTab, ColumnElement[bool]] = {
    SellerTab.NEW: SubOrder.lifecycle == _S.NEW,
    SellerTab.TO_SEND: and_(_WORKING, SubOrder.fulfilment.not_in(_OUT)),
    SellerTab.SENT: and_(_WORKING, SubOrder.fulfilment.in_(_OUT)),
    SellerTab.DONE: or_(
        SubOrder.lifecycle.in_([_S.CLOSED, _S.REJECTED]),
        # One that was cancelled before it was paid never reached the seller.
        and_(SubOrder.lifecycle == _S.CANCELLED, SubOrder.accept_by.is_not(None)),
    ),
}


def seller_counts(session: Session, shop_id: ShopId) -> dict[SellerTab, int]:
    """Return how many parts stand under each tab, in one statement."""
    row = session.execute(
        select(*(func.count().filter(condition) for condition in _TABS.values())).where(SubOrder.shop_id == shop_id)
    ).one()
    return dict(zip(_TABS, row, strict=True))


def seller_orders(session: Session, shop_id: ShopId, *, tab: SellerTab, number: int = 1, size: int = 25) -> Page[SellerOrderRow]:
    """Return one page of a shop's parts: what is due first comes first, what has left or is over newest first."""
    line_count = select(func.count()).where(OrderLine.sub_order_id == SubOrder.id).correlate(SubOrder).scalar_subquery()
    first_line = aliased(OrderLine)
    order_by = (_DUE[tab], SubOrder.created_at) if tab in _DUE else (SubOrder.created_at.desc(),)
    query: Select[*tuple[Any, ...]] = (
        select(
            SubOrder.number, SubOrder.lifecycle, SubOrder.payment, SubOrder.fulfilment, SubOrder.case, Order.method,
            Order.buyer_name, Order.place_name, SubOrder.delivery_kind, SubOrder.delivery_name, SubOrder.total_minor,
            Order.currency, first_line.name_id, first_line.image_hash, line_count, SubOrder.accept_by,
            SubOrder.promised_on, SubOrder.created_at,
        )
        .join(Order, Order.id == SubOrder.order_id)
        .join(first_line, and_(first_line.sub_order_id == SubOrder.id, first_line.position == 1))
        .where(SubOrder.shop_id == shop_id, _TABS[tab])
        .order_by(*order_by, SubOrder.id)
    )  # fmt: skip
    total = session.scalar(select(func.count()).select_from(SubOrder).where(SubOrder.shop_id == shop_id, _TABS[tab]))
    number, size = _bounded(number, size)
    rows = session.execute(query.offset((number - 1) * size).limit(size))
    return Page([SellerOrderRow(*row) for row in rows], number, size, total or 0)


def staff_orders(
    session: Session, *, lifecycle: OrderLifecycle | None = None, search: str = "", number: int = 1, size: int = 50
) -> Page[OrderRow]:
    """Return one page of all orders, newest first; `search` is an order's number or a buyer's phone."""
    condition: list[ColumnElement[bool]] = []
    if lifecycle is not None:
        condition.append(Order.lifecycle == lifecycle)
    if search.strip():
        condition.append(_searched(search))
    return _page(session, condition, number, size)


def orders_of_person(session: Session, person_id: PersonId, *, number: int = 1, size: int = 25) -> Page[OrderRow]:
    """Return one page of the orders somebody placed while signed in, newest first."""
    return _page(session, [Order.person_id == person_id], number, size)


def _searched(search: str) -> ColumnElement[bool]:
    typed = read_number(search[:40])
    by_number = Order.number == typed
    try:
        return or_(by_number, Order.buyer_phone == normalise_phone(search))
    except BadPhone:
        return by_number


def _page(session: Session, condition: list[ColumnElement[bool]], number: int, size: int) -> Page[OrderRow]:
    parts = select(func.count()).where(SubOrder.order_id == Order.id).correlate(Order).scalar_subquery()
    query: Select[*tuple[Any, ...]] = (
        select(
            Order.number, Order.lifecycle, Order.method, Order.buyer_name, Order.buyer_phone, Order.place_name,
            Order.total_minor, Order.currency, parts, Order.created_at,
        )
        .where(*condition)
        .order_by(Order.created_at.desc(), Order.id.desc())
    )  # fmt: skip
    total = session.scalar(select(func.count()).select_from(Order).where(*condition))
    number, size = _bounded(number, size)
    rows = session.execute(query.offset((number - 1) * size).limit(size))
    return Page([OrderRow(*row) for row in rows], number, size, total or 0)


def _bounded(number: int, size: int) -> tuple[int, int]:
    return min(max(1, number), LAST_NUMBERED_PAGE), min(max(1, size), MOST_PER_PAGE)
