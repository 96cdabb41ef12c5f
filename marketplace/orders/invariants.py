"""What must always hold of orders: sums, facts, histories, and the ids that earlier floors keep of them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import SpentToken
from marketplace.inventory.models import Hold, Movement, StockItem
from marketplace.kernel.broken import Broken

from .facts import derive
from .models import LineStock, Order, OrderEvent, OrderLifecycle, OrderLine, SubOrder, SubOrderLifecycle
from .recount import count_of
from .states import ORDER_MOVES, ORDER_STARTS, SUB_ORDER_MOVES, SUB_ORDER_STARTS

S = TypeVar("S", OrderLifecycle, SubOrderLifecycle)

BATCH = 500
PLACE_ORDER = "place_order"  # the purpose of checkout's one-time tokens
_OWED = (SubOrderLifecycle.NEW, SubOrderLifecycle.ACCEPTED, SubOrderLifecycle.IN_PRODUCTION, SubOrderLifecycle.READY)


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield every offence of orders against I1, I3, I4, I6 and I9, and every id that leads nowhere."""
    del now
    yield from _sums(session)
    yield from _facts(session)
    yield from _allocated(session)
    yield from _histories(session)
    yield from _attempts(session)
    yield from _lost_ids(session)


def _attempts(session: Session) -> Iterator[Broken]:
    """A checkout form that succeeded names the one order that came of it."""
    mine = SpentToken.purpose == PLACE_ORDER
    lost = select(SpentToken.outcome).outerjoin(Order, Order.number == SpentToken.outcome).where(mine, Order.id.is_(None))
    for number in session.scalars(lost.order_by(SpentToken.outcome)):
        yield Broken("I6", "order", (number,), "a checkout form was answered with this order, which does not exist")


def _sums(session: Session) -> Iterator[Broken]:
    """An order is the sum of its parts, a part the sum of its lines, to the minor unit."""
    parts = (
        select(
            SubOrder.order_id,
            func.sum(SubOrder.total_minor).label("total"),
            func.sum(SubOrder.goods_minor).label("goods"),
        )
        .group_by(SubOrder.order_id)
        .subquery()
    )
    query = (
        select(Order.id)
        .outerjoin(parts, parts.c.order_id == Order.id)
        .where(
            or_(
                Order.total_minor - Order.unique_code_minor != func.coalesce(parts.c.total, 0),
                Order.goods_minor != func.coalesce(parts.c.goods, 0),
            )
        )
    )
    for found in session.scalars(query.order_by(Order.id)):
        yield Broken("I4", "order", (found,), "its total is not the sum of its parts and the unique code")
    lines = (
        select(OrderLine.sub_order_id, func.sum(OrderLine.line_total_minor).label("goods"))
        .group_by(OrderLine.sub_order_id)
        .subquery()
    )
    parts_off = (
        select(SubOrder.id)
        .outerjoin(lines, lines.c.sub_order_id == SubOrder.id)
        .where(SubOrder.goods_minor != func.coalesce(lines.c.goods, 0))
    )
    for sub_order_id in session.scalars(parts_off.order_by(SubOrder.id)):
        yield Broken("I4", "sub_order", (sub_order_id,), "its goods are not the sum of its lines")


def _facts(session: Session) -> Iterator[Broken]:
    """Payment and fulfilment as stored are what quantities and amounts say, in bounded batches."""
    last = 0
    while True:
        query = select(SubOrder).where(SubOrder.id > last).order_by(SubOrder.id).limit(BATCH)
        parts = session.scalars(query, execution_options={"populate_existing": True}).all()
        if not parts:
            return
        last = parts[-1].id
        lines: dict[int, list[OrderLine]] = defaultdict(list)
        for line in session.scalars(select(OrderLine).where(OrderLine.sub_order_id.in_([part.id for part in parts]))):
            lines[line.sub_order_id].append(line)
        for part in parts:
            facts = derive(
                [count_of(line) for line in lines[part.id]],
                paid_minor=part.paid_minor,
                refunded_minor=part.refunded_minor,
                total_minor=part.total_minor,
            )
            if (facts.payment, facts.fulfilment) != (part.payment, part.fulfilment):
                yield Broken("I3", "sub_order", (part.id,), f"says {part.payment}, {part.fulfilment}; its rows say {facts}")


def _allocated(session: Session) -> Iterator[Broken]:
    """What stock calls sold and not handed over is what open parts still wait for."""
    owed = (
        select(
            LineStock.stock_item_id.label("item_id"),
            func.sum((OrderLine.quantity - OrderLine.cancelled - OrderLine.handed_over) * LineStock.units_per_step).label(
                "units"
            ),
        )
        .join(OrderLine, OrderLine.id == LineStock.line_id)
        .join(SubOrder, SubOrder.id == OrderLine.sub_order_id)
        .where(SubOrder.lifecycle.in_(_OWED))
        .group_by(LineStock.stock_item_id)
        .subquery()
    )
    query = (
        select(StockItem.id)
        .outerjoin(owed, owed.c.item_id == StockItem.id)
        .where(StockItem.allocated != func.coalesce(owed.c.units, 0))
    )
    for found in session.scalars(query.order_by(StockItem.id)):
        yield Broken("I1", "stock_item", (found,), "allocated is not what open parts still wait for")


def _histories(session: Session) -> Iterator[Broken]:
    """Each lifecycle is where its history leads, by allowed moves only."""
    orders = dict(session.execute(select(Order.id, Order.lifecycle)).all())
    parts = dict(session.execute(select(SubOrder.id, SubOrder.lifecycle)).all())
    order_paths: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    part_paths: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    events = select(OrderEvent.order_id, OrderEvent.sub_order_id, OrderEvent.data).order_by(OrderEvent.id)
    for order_id, sub_order_id, data in session.execute(events.execution_options(yield_per=BATCH)):
        if "to" in data:
            path = order_paths[order_id] if sub_order_id is None else part_paths[sub_order_id]
            path.append((data["from"], data["to"]))
    for order_id, state in orders.items():
        if not _is_path(order_paths[order_id], state, ORDER_STARTS, ORDER_MOVES, OrderLifecycle):
            yield Broken("I9", "order", (order_id,), f"its history does not lead to {state}")
    for sub_order_id, part_state in parts.items():
        if not _is_path(part_paths[sub_order_id], part_state, SUB_ORDER_STARTS, SUB_ORDER_MOVES, SubOrderLifecycle):
            yield Broken("I9", "sub_order", (sub_order_id,), f"its history does not lead to {part_state}")


def _is_path(
    path: list[tuple[str | None, str]], end: S, starts: frozenset[S], moves: Mapping[S, frozenset[S]], kind: type[S]
) -> bool:
    if not path or path[0][0] is not None or kind(path[0][1]) not in starts:
        return False
    for (_, was), (before, after) in itertools.pairwise(path):
        if was != before or kind(after) not in moves[kind(before)]:
            return False
    return kind(path[-1][1]) is end


def _lost_ids(session: Session) -> Iterator[Broken]:
    """Stock keeps ids of orders and lines without foreign keys, for it is an earlier floor."""
    holds = (
        select(Hold.id)
        .outerjoin(OrderLine, OrderLine.id == Hold.line_id)
        .outerjoin(SubOrder, SubOrder.id == OrderLine.sub_order_id)
        .where(or_(OrderLine.id.is_(None), SubOrder.order_id != Hold.order_id))
    )
    for hold_id in session.scalars(holds.order_by(Hold.id)):
        yield Broken("ids", "hold", (hold_id,), "names a line or order that does not exist or does not belong together")
    movements = (
        select(Movement.id)
        .outerjoin(OrderLine, OrderLine.id == Movement.line_id)
        .outerjoin(Hold, Hold.id == Movement.hold_id)
        .where(
            or_(
                Movement.line_id.is_not(None) & OrderLine.id.is_(None),
                Movement.hold_id.is_not(None) & Hold.id.is_(None),
            )
        )
    )
    for movement_id in session.scalars(movements.order_by(Movement.id)):
        yield Broken("ids", "movement", (movement_id,), "names a line or hold that does not exist")
