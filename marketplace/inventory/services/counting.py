"""What comes in, and what a count finds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.inventory.changes import Change, announce, change_item
from marketplace.inventory.models import Movement, MovementKind
from marketplace.kernel.ids import PersonId, StockItemId


def receive(session: Session, *, item_id: StockItemId, units: int, reason: str, actor_id: PersonId | None, now: datetime) -> None:
    """Add units that came in. Raises: StockItemNotFound, and ValueError for no units."""
    if units <= 0:
        raise ValueError("at least one unit comes in")
    _count(session, item_id=item_id, units=units, kind=MovementKind.RECEIVED, reason=reason, actor_id=actor_id, now=now)


def adjust(session: Session, *, item_id: StockItemId, units: int, reason: str, actor_id: PersonId | None, now: datetime) -> None:
    """Correct the count by `units`, up or down, never below what is held or sold. Raises: StockShort, StockItemNotFound."""
    if units == 0:
        return
    _count(session, item_id=item_id, units=units, kind=MovementKind.ADJUSTED, reason=reason, actor_id=actor_id, now=now)


def _count(
    session: Session, *, item_id: StockItemId, units: int, kind: MovementKind, reason: str, actor_id: PersonId | None,
    now: datetime,
) -> None:  # fmt: skip
    changed = change_item(session, item_id=item_id, change=Change(on_hand=units))
    session.add(Movement(stock_item_id=item_id, at=now, kind=kind, on_hand_change=units, reason=reason, actor_id=actor_id))
    announce(session, [changed], now=now)
