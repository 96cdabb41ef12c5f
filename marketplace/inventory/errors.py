"""What stock refuses."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.errors import DomainError, NotFound
from marketplace.kernel.ids import OrderLineId, StockItemId


@dataclass(eq=False)
class StockShort(DomainError):
    """Fewer base units are free than were asked for."""

    item_id: StockItemId
    wanted: int
    available: int


@dataclass(eq=False)
class StockItemNotFound(NotFound):
    """There is no such stock item."""

    item_id: StockItemId


@dataclass(eq=False)
class StockMoved(DomainError):
    """What is on hand is not what the person saw when they wrote: it moved meanwhile, or the form was sent twice."""

    item_id: StockItemId
    seen: int
    on_hand: int


@dataclass(eq=False)
class RestockBeyondShipped(DomainError):
    """More would come back for a line than ever left stock for it."""

    line_id: OrderLineId
    item_id: StockItemId
    wanted: int
    still_out: int


class StockLedgerBroken(RuntimeError):
    """Units would be taken back that were never held or allocated: a bug of ours, never a user's mistake."""
