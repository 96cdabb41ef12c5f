"""Reads of stock for pages and for the cart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import StockItemId, VariantId

from .changes import free_units
from .models import StockItem, VariantStock


@dataclass(frozen=True, slots=True)
class Take:
    """What one step of a variant takes of one item, and how much of that is free (None: untracked, never short)."""

    variant_id: VariantId
    stock_item_id: StockItemId
    units_per_step: int
    available: int | None


def takes_of(session: Session, variant_ids: Collection[VariantId]) -> dict[VariantId, tuple[Take, ...]]:
    """Return what each variant takes from stock, items ascending; a variant without stock is missing. One statement."""
    found: defaultdict[VariantId, list[Take]] = defaultdict(list)
    rows = session.execute(
        select(VariantStock.variant_id, VariantStock.stock_item_id, VariantStock.units_per_step, StockItem.is_tracked, free_units)
        .join(StockItem, StockItem.id == VariantStock.stock_item_id)
        .where(VariantStock.variant_id.in_(variant_ids))
        .order_by(VariantStock.variant_id, VariantStock.stock_item_id)
    )
    for variant_id, item_id, per_step, is_tracked, available in rows:
        found[variant_id].append(Take(variant_id, item_id, per_step, max(0, available) if is_tracked else None))
    return {variant_id: tuple(takes) for variant_id, takes in found.items()}


def steps_left(takes: Collection[Take]) -> int | None:
    """Return how many steps can be sold: the scarcest item decides, None when none is tracked, 0 when nothing is known."""
    if not takes:
        return 0
    limits = [take.available // take.units_per_step for take in takes if take.available is not None]
    return min(limits) if limits else None


def available_steps(session: Session, variant_ids: Collection[VariantId]) -> dict[VariantId, int | None]:
    """Return how many steps of each variant can be sold now; None for what never runs short. One statement."""
    takes = takes_of(session, variant_ids)
    return {variant_id: steps_left(takes.get(variant_id, ())) for variant_id in variant_ids}
