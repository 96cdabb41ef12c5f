"""Telling the lists how much of a product is left, after the unit that moved its stock."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.catalog.search.signals import set_signals
from marketplace.db import Document
from marketplace.kernel.ids import ProductId
from marketplace.outbox.handlers import Handler

from .queries import available_steps

FEW_STEPS = 5


def stock_signals(session: Session, product_id: ProductId) -> tuple[int | None, bool]:
    """Return (steps left when few, whether anything can be bought) over the product's active variants."""
    variants = session.execute(
        select(Variant.id, Variant.min_steps).where(Variant.product_id == product_id, Variant.is_active)
    ).all()
    left = available_steps(session, [row.id for row in variants])
    enough = [left[row.id] for row in variants if left[row.id] is None or (left[row.id] or 0) >= row.min_steps]
    if any(steps is None for steps in enough):
        return None, True
    total = sum(steps for steps in enough if steps is not None)
    return (total if 0 < total <= FEW_STEPS else None), bool(enough)


def _on_stock(session: Session, payload: Document, now: datetime) -> None:
    product_id = ProductId(payload["product_id"])
    few, is_available = stock_signals(session, product_id)
    set_signals(session, product_id, stock_left=few, is_available=is_available, now=now)


HANDLERS: tuple[Handler, ...] = (Handler("stock.changed", "inventory.signals", in_unit=_on_stock),)
