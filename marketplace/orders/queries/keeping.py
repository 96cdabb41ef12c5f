"""Which parts of a shop keep units of a stock item, and whose lines moved it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderLineId, ShopId, StockItemId
from marketplace.orders.models import LineStock, OrderLine, SubOrder, SubOrderLifecycle

_S = SubOrderLifecycle
_SOLD = (_S.NEW, _S.ACCEPTED, _S.IN_PRODUCTION, _S.READY)
_MOST = 20


def parts_keeping(session: Session, shop_id: ShopId, item_id: StockItemId) -> list[str]:
    """Return the numbers of a shop's sold parts that still wait for units of this item, oldest first."""
    left = OrderLine.quantity - OrderLine.cancelled - OrderLine.handed_over
    query = (
        select(SubOrder.number)
        .join(OrderLine, OrderLine.sub_order_id == SubOrder.id)
        .join(LineStock, LineStock.line_id == OrderLine.id)
        .where(SubOrder.shop_id == shop_id, LineStock.stock_item_id == item_id, SubOrder.lifecycle.in_(_SOLD), left > 0)
        .group_by(SubOrder.id, SubOrder.number)
        .order_by(SubOrder.id)
        .limit(_MOST)
    )
    return list(session.scalars(query))


def numbers_of_lines(session: Session, shop_id: ShopId, line_ids: Collection[OrderLineId]) -> dict[OrderLineId, str]:
    """Return the number of the part each of these lines belongs to; only of parts this shop knows of."""
    query = (
        select(OrderLine.id, SubOrder.number)
        .join(SubOrder, SubOrder.id == OrderLine.sub_order_id)
        .where(OrderLine.id.in_(line_ids), SubOrder.shop_id == shop_id, SubOrder.accept_by.is_not(None))
    )
    return {row.id: row.number for row in session.execute(query)}
