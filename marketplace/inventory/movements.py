"""Writing down, for each demand, what it did to stock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId

from .changes import Change, announce, change_item
from .demands import Demand, merged, summed
from .models import Hold, Movement, MovementKind


def per_unit(kind: MovementKind, units: int) -> Change:
    """Return what `units` of this kind of movement do to an item (units may be negative only when adjusting)."""
    return {
        MovementKind.RECEIVED: Change(on_hand=units),
        MovementKind.ADJUSTED: Change(on_hand=units),
        MovementKind.HELD: Change(held=units),
        MovementKind.RELEASED: Change(held=-units),
        MovementKind.EXPIRED: Change(held=-units),
        MovementKind.CLAIMED: Change(held=-units, allocated=units),
        MovementKind.ALLOCATED: Change(allocated=units),
        MovementKind.UNALLOCATED: Change(allocated=-units),
        MovementKind.SHIPPED: Change(on_hand=-units, allocated=-units),
        MovementKind.RESTOCKED: Change(on_hand=units),
    }[kind]


def move_all(
    session: Session, *, kind: MovementKind, demands: Iterable[Demand], now: datetime, actor_id: PersonId | None = None,
    reason: str = "",
) -> tuple[Demand, ...]:  # fmt: skip
    """Change every item once by the sum over its lines, items ascending, and write a movement per line.

    Returns the demands merged per (item, line). Raises: StockShort.
    """
    wanted = merged(demands)
    changes = [change_item(session, item_id=item, change=per_unit(kind, units)) for item, units in summed(wanted)]
    for demand in wanted:
        note(session, kind=kind, demand=demand, now=now, actor_id=actor_id, reason=reason)
    announce(session, changes, now=now)
    return wanted


def note(
    session: Session, *, kind: MovementKind, demand: Demand, now: datetime, actor_id: PersonId | None = None, reason: str = "",
    hold: Hold | None = None,
) -> None:  # fmt: skip
    """Write the movement of one demand."""
    change = per_unit(kind, demand.units)
    session.add(
        Movement(
            stock_item_id=demand.stock_item_id,
            at=now,
            kind=kind,
            on_hand_change=change.on_hand,
            held_change=change.held,
            allocated_change=change.allocated,
            reason=reason,
            actor_id=actor_id,
            line_id=demand.line_id,
            hold_id=hold.id if hold is not None else None,
        )
    )
