"""Checking that every state history is a path (invariant I9), for `check-invariants`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import Order, OrderEvent, OrderLifecycle, SubOrder, SubOrderLifecycle
from .states import ORDER_STARTS, SUB_ORDER_STARTS, may_move

Step = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class BrokenPath:
    """An order or sub-order whose events do not lead, move by allowed move, from a start to where it stands."""

    number: str
    steps: tuple[Step, ...]
    stands: str


def broken_paths(session: Session) -> list[BrokenPath]:
    """Return every order and sub-order whose history is not a path in its state machine."""
    moves: dict[tuple[int, int | None], list[Step]] = {}
    events = session.execute(select(OrderEvent.order_id, OrderEvent.sub_order_id, OrderEvent.data).order_by(OrderEvent.id))
    for order_id, sub_order_id, data in events:
        if "to" in data:
            moves.setdefault((order_id, sub_order_id), []).append((data["from"], data["to"]))
    broken = []
    for order_id, number, order_stands in session.execute(select(Order.id, Order.number, Order.lifecycle)):
        steps = moves.get((order_id, None), [])
        if not is_order_path(steps, stands=order_stands):
            broken.append(BrokenPath(number, tuple(steps), order_stands.value))
    parts = session.execute(select(SubOrder.order_id, SubOrder.id, SubOrder.number, SubOrder.lifecycle))
    for order_id, sub_order_id, number, part_stands in parts:
        steps = moves.get((order_id, sub_order_id), [])
        if not is_sub_order_path(steps, stands=part_stands):
            broken.append(BrokenPath(number, tuple(steps), part_stands.value))
    return broken


def is_order_path(steps: Iterable[Step], *, stands: OrderLifecycle) -> bool:
    """Tell whether these moves lead an order from a start to where it stands."""
    at: OrderLifecycle | None = None
    for was, to in steps:
        wanted = OrderLifecycle(to)
        if was != at or not (wanted in ORDER_STARTS if at is None else may_move(at, wanted)):
            return False
        at = wanted
    return at is stands


def is_sub_order_path(steps: Iterable[Step], *, stands: SubOrderLifecycle) -> bool:
    """Tell whether these moves lead a sub-order from a start to where it stands."""
    at: SubOrderLifecycle | None = None
    for was, to in steps:
        wanted = SubOrderLifecycle(to)
        if was != at or not (wanted in SUB_ORDER_STARTS if at is None else may_move(at, wanted)):
            return False
        at = wanted
    return at is stands
