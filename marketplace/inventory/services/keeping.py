"""What a shop's own people do to their stock: take in, count again, say when they want to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.db import lock_rows
from marketplace.inventory.errors import StockItemNotFound, StockMoved
from marketplace.inventory.models import StockItem
from marketplace.kernel.ids import PersonId, ShopId, StockItemId

from .counting import adjust, receive


def take_in(
    session: Session, *, shop_id: ShopId, item_id: StockItemId, seen: int, units: int, reason: str, actor_id: PersonId,
    now: datetime,
) -> None:  # fmt: skip
    """Add units to what the shop saw on hand; sent twice, it counts once. Raises: StockItemNotFound, StockMoved."""
    _own(session, shop_id, item_id, seen)
    receive(session, item_id=item_id, units=units, reason=reason, actor_id=actor_id, now=now)


def count_again(
    session: Session, *, shop_id: ShopId, item_id: StockItemId, seen: int, counted: int, reason: str, actor_id: PersonId,
    now: datetime,
) -> None:  # fmt: skip
    """Set what is on hand to what was counted, never below what is kept for buyers.

    Raises: StockItemNotFound, StockMoved, StockShort.
    """
    item = _own(session, shop_id, item_id, seen)
    adjust(session, item_id=item_id, units=counted - item.on_hand, reason=reason, actor_id=actor_id, now=now)


def set_low_at(session: Session, *, shop_id: ShopId, item_id: StockItemId, low_at: int | None) -> None:
    """Set at how many free units the shop wants to be told; none: by the house's rule. Raises: StockItemNotFound."""
    item = _own(session, shop_id, item_id, None)
    item.low_at, item.low_told_at = low_at, None


def _own(session: Session, shop_id: ShopId, item_id: StockItemId, seen: int | None) -> StockItem:
    found = lock_rows(session, StockItem, [item_id])
    if not found or found[0].shop_id != shop_id:
        raise StockItemNotFound(item_id)
    if seen is not None and found[0].on_hand != seen:
        raise StockMoved(item_id=item_id, seen=seen, on_hand=found[0].on_hand)
    return found[0]
