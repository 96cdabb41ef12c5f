"""Units sold: allocated at once, given up again, handed over, come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.db import lock_rows
from marketplace.inventory.changes import change_item
from marketplace.inventory.demands import Demand, merged, summed
from marketplace.inventory.errors import RestockBeyondShipped
from marketplace.inventory.models import Movement, MovementKind, StockItem
from marketplace.inventory.movements import move_all, note, per_unit
from marketplace.kernel.ids import PersonId

MADE_TO_ORDER = "made_to_order"


def allocate(session: Session, *, demands: Sequence[Demand], now: datetime, actor_id: PersonId | None = None) -> None:
    """Sell at once, for cash and tempo, by the guard of holds. Raises: StockShort."""
    move_all(session, kind=MovementKind.ALLOCATED, demands=demands, now=now, actor_id=actor_id)


def unallocate(session: Session, *, demands: Sequence[Demand], now: datetime, actor_id: PersonId | None, reason: str) -> None:
    """Give up sold units that were not handed over: cancelled or rejected."""
    move_all(session, kind=MovementKind.UNALLOCATED, demands=demands, now=now, actor_id=actor_id, reason=reason)


def ship(session: Session, *, demands: Sequence[Demand], now: datetime, actor_id: PersonId | None) -> None:
    """Hand sold units over. What is made to order was never counted in, so it is received and leaves in one act."""
    wanted = merged(demands)
    items = lock_rows(session, StockItem, {demand.stock_item_id for demand in wanted})
    untracked = {item.id for item in items if not item.is_tracked}
    made = [demand for demand in wanted if demand.stock_item_id in untracked]
    for item, units in summed(made):
        change_item(session, item_id=item, change=per_unit(MovementKind.RECEIVED, units))
    for demand in made:
        note(session, kind=MovementKind.RECEIVED, demand=demand, now=now, actor_id=actor_id, reason=MADE_TO_ORDER)
    move_all(session, kind=MovementKind.SHIPPED, demands=wanted, now=now, actor_id=actor_id)


def restock(session: Session, *, demands: Sequence[Demand], now: datetime, actor_id: PersonId | None, reason: str) -> None:
    """Take back units that had left stock for these lines, never more than left. Raises: RestockBeyondShipped."""
    wanted = merged(demands)
    lock_rows(session, StockItem, {demand.stock_item_id for demand in wanted})
    for demand in wanted:
        still_out = _still_out(session, demand)
        if demand.units > still_out:
            raise RestockBeyondShipped(demand.line_id, demand.stock_item_id, demand.units, still_out)
    move_all(session, kind=MovementKind.RESTOCKED, demands=wanted, now=now, actor_id=actor_id, reason=reason)


def _still_out(session: Session, demand: Demand) -> int:
    """Return how many units left stock for this line and did not come back."""
    change = session.scalar(
        select(func.coalesce(func.sum(Movement.on_hand_change), 0)).where(
            Movement.line_id == demand.line_id,
            Movement.stock_item_id == demand.stock_item_id,
            Movement.kind.in_([MovementKind.SHIPPED, MovementKind.RESTOCKED]),
        )
    )
    return -int(change or 0)
