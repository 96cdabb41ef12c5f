"""Served markets on the small world, one per kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import read_settings
from marketplace import create_app
from marketplace.catalog.models import Product, Variant
from marketplace.db import db, in_unit, reading
from marketplace.inventory.models import StockItem, VariantStock
from marketplace.inventory.services import receive
from marketplace.kernel.ids import PersonId
from tests.conftest import NOW, FreshDatabases
from tools.market import Market, market_on


@pytest.fixture
def quiet_market(databases: FreshDatabases, tmp_path: Path, request: pytest.FixtureRequest) -> Market:
    """A market with the small world, not yet serving; buyers may come from addresses of their own."""
    market = market_on(databases.make(f"prove_{abs(hash(request.node.name)) % 10**6}"), tmp_path / "market", TRUSTED_PROXIES="1")
    market.command("demo")
    return market


T = TypeVar("T")


@contextmanager
def units_of(market: Market) -> Iterator[None]:
    """Let `reading` and `in_unit` speak with this market's database, and leave no connection behind."""
    with create_app(read_settings(market.environ)).app_context():
        try:
            yield
        finally:
            for engine in db.engines.values():
                engine.dispose()


def reading_of(market: Market, read: Callable[[Session], T]) -> T:
    """Return what `read` finds in this market's database."""
    with units_of(market), reading() as session:
        return read(session)


def put_on_shelf(market: Market, units: int) -> int:
    """Give a ready good with a single variant exactly `units` more than what is sold or held, and return that variant."""
    available = StockItem.on_hand - StockItem.held - StockItem.allocated
    with units_of(market):
        with reading() as session:
            variant_id, item_id, now_there = session.execute(
                select(Variant.id, StockItem.id, available)
                .join(Product, Variant.product_id == Product.id)
                .join(VariantStock, VariantStock.variant_id == Variant.id)
                .join(StockItem, StockItem.id == VariantStock.stock_item_id)
                .where(Product.lead_days == 0, StockItem.is_tracked, Variant.min_steps == 1, Variant.step_units == 1)
                .order_by(available, Product.id)
                .limit(1)
            ).one()
        assert now_there <= units, "the scarcest good has more than the race wants"
        if now_there < units:
            in_unit(
                lambda session: receive(
                    session, item_id=item_id, units=units - now_there, reason="prove", actor_id=PersonId(1), now=NOW
                )
            )
    return int(variant_id)
