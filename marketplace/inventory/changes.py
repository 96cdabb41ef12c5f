"""The one guarded statement that changes a stock item, and the word to whoever shows what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import not_, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from marketplace.catalog.models import Variant
from marketplace.kernel.ids import StockItemId
from marketplace.outbox.emitting import emit

from .errors import StockItemNotFound, StockLedgerBroken, StockShort
from .lowness import low_limit, runs_low
from .models import StockItem, VariantStock

FEW_STEPS = 5  # up to so many steps a page says how many are left; beyond it a change is not seen

free_units = StockItem.on_hand - StockItem.held - StockItem.allocated


@dataclass(frozen=True, slots=True)
class Change:
    """What a movement does to the three columns of an item."""

    on_hand: int = 0
    held: int = 0
    allocated: int = 0

    @property
    def available(self) -> int:
        """Return by how much the free units change."""
        return self.on_hand - self.held - self.allocated


@dataclass(frozen=True, slots=True)
class Changed:
    """A tracked item's free units before and after; an untracked one is always plenty."""

    item_id: StockItemId
    is_tracked: bool
    before: int
    after: int
    came_in: bool = False  # more is on hand than before: that is not a hold that ended


def change_item(session: Session, *, item_id: StockItemId, change: Change) -> Changed:
    """Change an item in one statement that checks as it changes; untracked items count but are never short.

    Raises: StockShort, StockItemNotFound; StockLedgerBroken when held, allocated or on hand would fall below nothing.
    """
    statement = update(StockItem).where(
        StockItem.id == item_id,
        StockItem.on_hand >= -change.on_hand,
        StockItem.held >= -change.held,
        StockItem.allocated >= -change.allocated,
    )
    if change.available < 0:
        statement = statement.where(or_(not_(StockItem.is_tracked), free_units >= -change.available))
    row = session.execute(
        statement.values(
            on_hand=StockItem.on_hand + change.on_hand,
            held=StockItem.held + change.held,
            allocated=StockItem.allocated + change.allocated,
        ).returning(StockItem.is_tracked, free_units),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if row is None:
        raise _refusal(session, item_id, change)
    _forget(session, item_id)
    is_tracked, after = row
    return Changed(item_id, is_tracked, after - change.available, after, came_in=change.on_hand > 0)


def _refusal(session: Session, item_id: StockItemId, change: Change) -> Exception:
    row = session.execute(select(StockItem.is_tracked, free_units).where(StockItem.id == item_id)).one_or_none()
    if row is None:
        return StockItemNotFound(item_id)
    is_tracked, available = row
    if is_tracked and change.available < 0 and available < -change.available:
        return StockShort(item_id=item_id, wanted=-change.available, available=max(0, available))
    return StockLedgerBroken(f"stock item {item_id} cannot take {change}")


def _forget(session: Session, item_id: StockItemId) -> None:
    """Expire the mapped row, whose numbers the statement has just made old."""
    loaded = session.identity_map.get(identity_key(StockItem, item_id))
    if loaded is not None:
        session.expire(loaded)


def announce(session: Session, changes: Sequence[Changed], *, now: datetime) -> None:
    """Emit `stock.changed` for each product of which a page may now show another number left."""
    tracked = {change.item_id: change for change in changes if change.is_tracked and change.before != change.after}
    if not tracked:
        return
    rows = session.execute(
        select(
            VariantStock.stock_item_id, VariantStock.units_per_step, Variant.min_steps, Variant.product_id, StockItem.low_at,
            StockItem.low_told_at,
        )
        .join(Variant, Variant.id == VariantStock.variant_id)
        .join(StockItem, StockItem.id == VariantStock.stock_item_id)
        .where(VariantStock.stock_item_id.in_(tracked))
        .order_by(VariantStock.stock_item_id, Variant.position.desc())
    ).all()  # fmt: skip
    seen = {
        product_id
        for item_id, per_step, min_steps, product_id, _, _ in rows
        if shown(tracked[item_id].before // per_step, min_steps) != shown(tracked[item_id].after // per_step, min_steps)
    }
    for product_id in sorted(seen):
        emit(session, "stock.changed", {"product_id": product_id}, now=now, key=f"stock.changed:{product_id}")
    # The last row of an item is its first variant's, in whose steps its people count.
    for item_id, (per_step, low_at, told_at) in {row[0]: (row[1], row[4], row[5]) for row in rows}.items():
        _watch(session, tracked[item_id], limit=low_limit(low_at, per_step), told_at=told_at, now=now)


def _watch(session: Session, change: Changed, *, limit: int, told_at: datetime | None, now: datetime) -> None:
    """Emit `stock.low` when an item falls to its threshold: once, until it is filled up again."""
    is_low = runs_low(change.after, limit)
    if is_low and told_at is None:
        _note_told(session, change.item_id, now)
        emit(session, "stock.low", {"stock_item_id": change.item_id, "at": now.isoformat()}, now=now)
    elif told_at is not None and change.came_in and not is_low:
        _note_told(session, change.item_id, None)


def _note_told(session: Session, item_id: StockItemId, at: datetime | None) -> None:
    session.execute(
        update(StockItem).where(StockItem.id == item_id).values(low_told_at=at), execution_options={"synchronize_session": False}
    )
    _forget(session, item_id)


def shown(steps: int, min_steps: int) -> tuple[int | None, bool]:
    """Return what a page says: the number left (none when there is plenty), and whether the least quantity can be bought."""
    return (steps if steps <= FEW_STEPS else None), steps >= min_steps
