"""Pages hear of stock only when what they show may change, and once per product."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.db import Document
from marketplace.inventory.models import VariantStock
from marketplace.inventory.queries import available_steps
from marketplace.inventory.services import adjust
from marketplace.outbox.handlers import HANDLERS, Handler
from marketplace.outbox.models import OutboxRow
from tests.factories.goods import make_product, make_variant


def ignore(session: Session, payload: Document, now: datetime) -> None:
    """Do nothing: these tests look at the row, not at what becomes of it."""


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who wants to know of stock."""
    monkeypatch.setitem(HANDLERS._by_kind, "stock.changed", [Handler("stock.changed", "test.stock", in_unit=ignore)])


def change(session: Session, variant: Variant, units: int, now: datetime) -> list[int]:
    item_id = session.scalars(select(VariantStock.stock_item_id).where(VariantStock.variant_id == variant.id)).one()
    adjust(session, item_id=item_id, units=units, reason="count", actor_id=None, now=now)
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "stock.changed"))
    return [row.payload["product_id"] for row in rows]


def test_plenty_stays_plenty(session: Session, now: datetime, listener: None) -> None:
    assert change(session, make_variant(session, stock=20), -5, now) == []


def test_few_is_said_and_coalesced(session: Session, now: datetime, listener: None) -> None:
    variant = make_variant(session, stock=7)
    assert change(session, variant, -2, now) == [variant.product_id]
    assert change(session, variant, -5, now) == [variant.product_id]


def test_steps_count_not_units(session: Session, now: datetime, listener: None) -> None:
    variant = make_variant(session, stock=3_000, step_units=250)
    assert change(session, variant, -1_000, now) == []  # 12 → 8 steps
    assert change(session, variant, -600, now) == [variant.product_id]  # 8 → 5 steps


def test_falling_below_the_least_quantity_is_said(session: Session, now: datetime, listener: None) -> None:
    variant = make_variant(session, stock=30, min_steps=20)
    assert change(session, variant, -5, now) == []
    assert change(session, variant, -6, now) == [variant.product_id]


def test_the_scarcest_item_decides_how_many_steps_are_left(session: Session, now: datetime) -> None:
    product = make_product(session)
    jar, box = make_variant(session, product=product, stock=9), make_variant(session, product=product, stock=2)
    hamper = make_variant(session, product=product, stock=100)
    made = make_variant(session, product=product, stock=0, is_tracked=False)
    items = {v: session.scalars(select(VariantStock.stock_item_id).where(VariantStock.variant_id == v.id)).one()
             for v in (jar, box)}  # fmt: skip
    session.add_all([VariantStock(variant_id=hamper.id, stock_item_id=items[jar], units_per_step=4),
                     VariantStock(variant_id=hamper.id, stock_item_id=items[box], units_per_step=1)])  # fmt: skip
    session.flush()
    assert available_steps(session, [jar.id, box.id, hamper.id, made.id]) == {jar.id: 9, box.id: 2, hamper.id: 2, made.id: None}
