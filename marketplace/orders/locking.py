"""Loading what a command changes, locked in the one order: order, sub-orders, lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.db import lock_rows
from marketplace.kernel.ids import OrderId, ShopId, SubOrderId

from .errors import OrderNotFound, SubOrderNotFound
from .models import Order, OrderLine, SubOrder


@dataclass(frozen=True, slots=True)
class LockedPart:
    """One seller's part with its order and lines, locked and freshly read."""

    order: Order
    sub_order: SubOrder
    lines: Sequence[OrderLine]


def lock_order(session: Session, order_id: OrderId) -> Order:
    """Lock an order. Raises: OrderNotFound."""
    found = lock_rows(session, Order, [order_id])
    if not found:
        raise OrderNotFound(str(order_id))
    return found[0]


def lock_sub_orders(session: Session, order_id: OrderId, only: Collection[SubOrderId] | None = None) -> Sequence[SubOrder]:
    """Lock the sub-orders of an order that is already locked, all of them or only some."""
    query = select(SubOrder.id).where(SubOrder.order_id == order_id)
    if only is not None:
        query = query.where(SubOrder.id.in_(only))
    return lock_rows(session, SubOrder, session.scalars(query).all())


def lock_lines(session: Session, sub_order_ids: Collection[SubOrderId]) -> Sequence[OrderLine]:
    """Lock the lines of sub-orders that are already locked."""
    query = select(OrderLine.id).where(OrderLine.sub_order_id.in_(sub_order_ids))
    return lock_rows(session, OrderLine, session.scalars(query).all())


def lock_part(session: Session, sub_order_id: SubOrderId) -> LockedPart:
    """Lock an order, this part of it and the part's lines. Raises: SubOrderNotFound."""
    order_id = session.scalar(select(SubOrder.order_id).where(SubOrder.id == sub_order_id))
    if order_id is None:
        raise SubOrderNotFound(str(sub_order_id))
    order = lock_order(session, order_id)
    (sub_order,) = lock_sub_orders(session, order_id, [sub_order_id])
    return LockedPart(order, sub_order, lock_lines(session, [sub_order_id]))


def lock_shop_part(session: Session, *, shop_id: ShopId, number: str) -> LockedPart:
    """Lock a shop's own part by its number; another shop's is not found. Raises: SubOrderNotFound."""
    found = session.scalar(select(SubOrder.id).where(SubOrder.number == number, SubOrder.shop_id == shop_id))
    if found is None:
        raise SubOrderNotFound(number)
    return lock_part(session, found)
