"""Selling at once, giving up, handing over, coming back, counting."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from marketplace.inventory.demands import Demand
from marketplace.inventory.errors import RestockBeyondShipped, StockItemNotFound, StockLedgerBroken, StockShort
from marketplace.inventory.models import StockItem
from marketplace.inventory.services import adjust, allocate, receive, restock, ship, unallocate
from marketplace.kernel.ids import OrderLineId, StockItemId
from tests.factories.stock import columns, make_item


def demand(item: StockItem, units: int, line: int = 1) -> Demand:
    return Demand(stock_item_id=item.id, line_id=OrderLineId(line), units=units)


@pytest.mark.promise("R1")
def test_cash_sells_at_once_by_the_same_guard(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    allocate(session, demands=[demand(item, 2)], now=now)
    with pytest.raises(StockShort) as refusal:
        allocate(session, demands=[demand(item, 2, line=2)], now=now)
    assert (refusal.value.wanted, refusal.value.available) == (2, 1)
    assert columns(session, item) == (3, 0, 2)


def test_what_is_given_up_is_free_again(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    allocate(session, demands=[demand(item, 2)], now=now)
    unallocate(session, demands=[demand(item, 2)], now=now, actor_id=None, reason="rejected")
    assert columns(session, item) == (3, 0, 0)


def test_giving_up_more_than_was_sold_is_a_bug(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    with pytest.raises(StockLedgerBroken):
        unallocate(session, demands=[demand(item, 1)], now=now, actor_id=None, reason="twice")


def test_hand_over_lowers_what_is_on_hand(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    allocate(session, demands=[demand(item, 2)], now=now)
    ship(session, demands=[demand(item, 2)], now=now, actor_id=None)
    assert columns(session, item) == (1, 0, 0)


def test_what_is_made_to_order_comes_in_as_it_leaves(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=0, is_tracked=False)
    allocate(session, demands=[demand(item, 7)], now=now)
    ship(session, demands=[demand(item, 7)], now=now, actor_id=None)
    assert columns(session, item) == (0, 0, 0)


def test_no_more_comes_back_than_left(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    allocate(session, demands=[demand(item, 2)], now=now)
    ship(session, demands=[demand(item, 2)], now=now, actor_id=None)
    restock(session, demands=[demand(item, 1)], now=now, actor_id=None, reason="return")
    with pytest.raises(RestockBeyondShipped) as refusal:
        restock(session, demands=[demand(item, 2)], now=now, actor_id=None, reason="return")
    assert refusal.value.still_out == 1
    assert columns(session, item) == (2, 0, 0)


def test_a_count_never_goes_below_what_is_sold(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=3)
    allocate(session, demands=[demand(item, 2)], now=now)
    adjust(session, item_id=item.id, units=-1, reason="broken", actor_id=None, now=now)
    with pytest.raises(StockShort):
        adjust(session, item_id=item.id, units=-1, reason="broken", actor_id=None, now=now)
    receive(session, item_id=item.id, units=4, reason="new batch", actor_id=None, now=now)
    assert columns(session, item) == (6, 0, 2)


def test_an_unknown_item_is_not_found(session: Session, now: datetime) -> None:
    with pytest.raises(StockItemNotFound):
        receive(session, item_id=StockItemId(999_999), units=1, reason="", actor_id=None, now=now)
