"""Served markets on the small world, one per kind of database."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import select

from config import read_settings
from marketplace import create_app
from marketplace.catalog.models import Product, Variant
from marketplace.db import db, in_unit, reading
from marketplace.inventory.models import StockItem, VariantStock
from marketplace.inventory.services import receive
from marketplace.kernel.ids import PersonId
from marketplace.orders.models import Order
from tests.conftest import NOW, FreshDatabases
from tools.market import Market, market_on


@pytest.fixture
def quiet_market(databases: FreshDatabases, tmp_path: Path, request: pytest.FixtureRequest) -> Market:
    """A market with the small world, not yet serving; buyers may come from addresses of their own."""
    market = market_on(databases.make(f"prove_{abs(hash(request.node.name)) % 10**6}"), tmp_path / "market", TRUSTED_PROXIES="1")
    market.command("demo")
    return market


def put_on_shelf(market: Market, units: int) -> str:
    """Give a ready good with a single variant exactly `units` more than what is sold or held, and return its slug."""
    app = create_app(read_settings(market.environ))
    with app.app_context():
        with reading() as session:
            slug, item_id, short = session.execute(
                select(Product.slug, StockItem.id, StockItem.on_hand - StockItem.held - StockItem.allocated)
                .join(Variant, Variant.product_id == Product.id)
                .join(VariantStock, VariantStock.variant_id == Variant.id)
                .join(StockItem, StockItem.id == VariantStock.stock_item_id)
                .where(Product.lead_days == 0, StockItem.is_tracked, Variant.min_steps == 1, Variant.step_units == 1)
                .order_by(StockItem.on_hand - StockItem.held - StockItem.allocated, Product.id)
                .limit(1)
            ).one()
        missing = units - short
        if missing > 0:
            in_unit(
                lambda session: receive(session, item_id=item_id, units=missing, reason="prove", actor_id=PersonId(1), now=NOW)
            )
        for engine in db.engines.values():
            engine.dispose()
    assert short <= units, "the scarcest good has more than the race wants"
    return slug


def standing(market: Market, numbers: Collection[str]) -> set[str]:
    """Return which of these orders the database knows."""
    app = create_app(read_settings(market.environ))
    with app.app_context():
        with reading() as session:
            found = set(session.scalars(select(Order.number).where(Order.number.in_(numbers))))
        for engine in db.engines.values():
            engine.dispose()
    return found
