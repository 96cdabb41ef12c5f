"""Stock items by themselves, and the ledger's own check of them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.inventory.models import Movement, MovementKind, StockItem
from tests.conftest import NOW
from tests.factories.shops import make_shop


def make_item(session: Session, *, on_hand: int = 10, is_tracked: bool = True) -> StockItem:
    """Return an item with so many units, received."""
    item = StockItem(shop_id=make_shop(session).id, label="item", is_tracked=is_tracked, on_hand=on_hand)
    session.add(item)
    session.flush()
    if on_hand:
        session.add(Movement(stock_item_id=item.id, at=NOW, kind=MovementKind.RECEIVED, on_hand_change=on_hand))
        session.flush()
    return item


def columns(session: Session, item: StockItem) -> tuple[int, int, int]:
    """Return an item's (on_hand, held, allocated), having checked that its movements add up to them (I1)."""
    session.flush()
    sums = session.execute(
        select(
            func.coalesce(func.sum(Movement.on_hand_change), 0),
            func.coalesce(func.sum(Movement.held_change), 0),
            func.coalesce(func.sum(Movement.allocated_change), 0),
        ).where(Movement.stock_item_id == item.id)
    ).one()
    row = session.execute(select(StockItem.on_hand, StockItem.held, StockItem.allocated).where(StockItem.id == item.id)).one()
    assert tuple(row) == tuple(int(value) for value in sums)
    return int(row[0]), int(row[1]), int(row[2])
