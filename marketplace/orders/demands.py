"""What order lines take from stock, from the copies made at sale."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.demands import Demand
from marketplace.kernel.ids import OrderLineId, SubOrderId

from .models import LineStock, OrderLine


def demands_of(session: Session, quantities: Mapping[OrderLineId, int] | Collection[OrderLineId]) -> tuple[Demand, ...]:
    """Return the demands of these lines: for the given steps each, or (lines only) for all that is not cancelled."""
    rows = session.execute(
        select(LineStock.line_id, LineStock.stock_item_id, LineStock.units_per_step, OrderLine.quantity - OrderLine.cancelled)
        .join(OrderLine, OrderLine.id == LineStock.line_id)
        .where(LineStock.line_id.in_(list(quantities)))
        .order_by(LineStock.stock_item_id, LineStock.line_id)
    )
    demands = []
    for line_id, item_id, per_step, live in rows:
        steps = quantities[line_id] if isinstance(quantities, Mapping) else live
        if steps > 0:
            demands.append(Demand(line_id=line_id, stock_item_id=item_id, units=steps * per_step))
    return tuple(demands)


def demands_of_sub_orders(session: Session, sub_order_ids: Collection[SubOrderId]) -> tuple[Demand, ...]:
    """Return the demands of all that is not cancelled in these sub-orders."""
    lines = session.scalars(select(OrderLine.id).where(OrderLine.sub_order_id.in_(sub_order_ids))).all()
    return demands_of(session, lines)
