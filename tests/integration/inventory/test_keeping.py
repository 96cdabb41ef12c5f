"""A shop's own counting: never below what buyers have, once, and a warning when little is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.db import Document
from marketplace.inventory.errors import StockItemNotFound, StockMoved
from marketplace.inventory.models import StockItem, VariantStock
from marketplace.inventory.services import adjust, count_again, receive, set_low_at, take_in
from marketplace.kernel.ids import PersonId
from marketplace.outbox.handlers import HANDLERS, Handler
from marketplace.outbox.models import OutboxRow
from tests.factories.goods import make_variant
from tests.factories.shops import make_shop
from tests.factories.stock import columns

SOMEBODY = PersonId(1)


def ignore(session: Session, payload: Document, now: datetime) -> None:
    """Do nothing: these tests look at the row."""


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who wants to know what runs low."""
    monkeypatch.setitem(HANDLERS._by_kind, "stock.low", [Handler("stock.low", "test.low", in_unit=ignore)])


def item_of(session: Session, variant: Variant) -> StockItem:
    """Return what a variant takes from."""
    return session.scalars(
        select(StockItem).join(VariantStock, VariantStock.stock_item_id == StockItem.id)
        .where(VariantStock.variant_id == variant.id)
    ).one()  # fmt: skip


def told(session: Session) -> int:
    """Return how often somebody was told."""
    session.flush()
    return len(session.scalars(select(OutboxRow).where(OutboxRow.kind == "stock.low")).all())


@pytest.mark.row("C9")
def test_low_stock_is_told_once_until_it_is_filled_up(session: Session, now: datetime, listener: None) -> None:
    item = item_of(session, make_variant(session, stock=3_000, step_units=250))
    adjust(session, item_id=item.id, units=-2_000, reason="", actor_id=None, now=now)
    assert told(session) == 0, "four steps are left, the rule is three"
    adjust(session, item_id=item.id, units=-250, reason="", actor_id=None, now=now)
    assert told(session) == 1
    adjust(session, item_id=item.id, units=-250, reason="", actor_id=None, now=now)
    receive(session, item_id=item.id, units=250, reason="", actor_id=None, now=now)
    assert told(session) == 1, "still low: nothing new to say"
    receive(session, item_id=item.id, units=2_000, reason="", actor_id=None, now=now)
    adjust(session, item_id=item.id, units=-2_100, reason="", actor_id=None, now=now)
    assert told(session) == 2, "it was filled up in between"


@pytest.mark.row("C9")
def test_the_shops_own_threshold_decides(session: Session, now: datetime, listener: None) -> None:
    item = item_of(session, make_variant(session, stock=20))
    set_low_at(session, shop_id=item.shop_id, item_id=item.id, low_at=0)
    adjust(session, item_id=item.id, units=-20, reason="", actor_id=None, now=now)
    assert told(session) == 0, "nobody wants to be told"
    receive(session, item_id=item.id, units=20, reason="", actor_id=None, now=now)
    set_low_at(session, shop_id=item.shop_id, item_id=item.id, low_at=12)
    adjust(session, item_id=item.id, units=-8, reason="", actor_id=None, now=now)
    assert told(session) == 1


@pytest.mark.row("C9")
def test_a_count_is_of_ones_own_stock_as_it_was_seen(session: Session, now: datetime) -> None:
    item = item_of(session, make_variant(session, stock=10))
    given: dict[str, Any] = {
        "shop_id": item.shop_id,
        "item_id": item.id,
        "seen": 10,
        "reason": "",
        "actor_id": SOMEBODY,
        "now": now,
    }
    with pytest.raises(StockItemNotFound):
        count_again(session, counted=5, **(given | {"shop_id": make_shop(session).id}))
    with pytest.raises(StockMoved):
        take_in(session, units=5, **(given | {"seen": 9}))
    count_again(session, counted=4, **given)
    assert columns(session, item) == (4, 0, 0)
