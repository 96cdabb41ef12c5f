"""What order lines take from stock: pure values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kernel.ids import OrderLineId, StockItemId


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Base units of one stock item for one order line."""

    stock_item_id: StockItemId
    line_id: OrderLineId
    units: int


def merged(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """Return one demand per (item, line), items ascending: the order in which rows are locked.

    Raises: ValueError for a demand of no units.
    """
    units: Counter[tuple[StockItemId, OrderLineId]] = Counter()
    for demand in demands:
        if demand.units <= 0:
            raise ValueError("a demand takes at least one unit")
        units[demand.stock_item_id, demand.line_id] += demand.units
    return tuple(sorted(Demand(stock_item_id=item, line_id=line, units=count) for (item, line), count in units.items()))


def summed(demands: Iterable[Demand]) -> list[tuple[StockItemId, int]]:
    """Return the units wanted of each item over all lines, items ascending."""
    units: Counter[StockItemId] = Counter()
    for demand in demands:
        units[demand.stock_item_id] += demand.units
    return sorted(units.items())
