"""Holds: counted once, summed per item, ended exactly once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.inventory.demands import Demand
from marketplace.inventory.errors import StockShort
from marketplace.inventory.models import Hold, HoldState, Movement, MovementKind, StockItem
from marketplace.inventory.services import claim_holds, end_holds, hold, hold_again
from marketplace.kernel.ids import OrderId, OrderLineId, PaymentId, StockItemId
from tests.factories.stock import columns, make_item

ORDER, PAYMENT = OrderId(1), PaymentId(1)


def demand(item: StockItem, units: int, line: int = 1) -> Demand:
    return Demand(stock_item_id=item.id, line_id=OrderLineId(line), units=units)


def keep(session: Session, *demands: Demand, now: datetime, payment: PaymentId = PAYMENT) -> None:
    hold(session, demands=demands, order_id=ORDER, payment_id=payment, expires_at=now + timedelta(hours=24), now=now)


@pytest.mark.row("K3")
def test_a_hold_takes_from_what_is_free(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=5)
    keep(session, demand(item, 3), now=now)
    assert columns(session, item) == (5, 3, 0)
    row = session.scalars(select(Hold)).one()
    assert (row.state, row.units, row.round, row.line_id) == (HoldState.HELD, 3, 1, 1)
    movement = session.scalars(select(Movement).where(Movement.kind == MovementKind.HELD)).one()
    assert (movement.held_change, movement.hold_id, movement.line_id) == (3, row.id, 1)


@pytest.mark.row("K3")
def test_lines_of_one_item_are_summed_before_checking(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=5)
    with pytest.raises(StockShort) as refusal, session.begin_nested():
        keep(session, demand(item, 3, line=1), demand(item, 3, line=2), now=now)
    assert (refusal.value.wanted, refusal.value.available) == (6, 5)
    assert columns(session, item) == (5, 0, 0)
    assert session.scalar(select(func.count()).select_from(Hold)) == 0


@pytest.mark.promise("R1")
def test_a_refusal_leaves_the_items_before_it_untouched(session: Session, now: datetime) -> None:
    plenty, scarce = make_item(session, on_hand=50), make_item(session, on_hand=1)
    with pytest.raises(StockShort) as refusal, session.begin_nested():
        keep(session, demand(scarce, 2), demand(plenty, 2), now=now)
    assert refusal.value.item_id == scarce.id
    assert columns(session, plenty) == (50, 0, 0)


def test_what_is_made_to_order_is_never_short_but_counted(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=0, is_tracked=False)
    keep(session, demand(item, 40), now=now)
    assert columns(session, item) == (0, 40, 0)


def test_a_claim_sells_what_was_held_once(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=5)
    keep(session, demand(item, 2, line=1), demand(item, 1, line=2), now=now)
    claimed = claim_holds(session, payment_id=PAYMENT, now=now)
    assert [(d.line_id, d.units) for d in claimed] == [(1, 2), (2, 1)]
    assert claim_holds(session, payment_id=PAYMENT, now=now) == ()
    assert columns(session, item) == (5, 0, 3)
    assert set(session.scalars(select(Hold.state))) == {HoldState.CLAIMED}


@pytest.mark.parametrize("state", [HoldState.RELEASED, HoldState.EXPIRED])
def test_an_ended_hold_gives_back_once_and_cannot_be_claimed(session: Session, now: datetime, state: HoldState) -> None:
    item = make_item(session, on_hand=5)
    keep(session, demand(item, 2), now=now)
    assert end_holds(session, payment_id=PAYMENT, state=state, now=now) == (demand(item, 2),)
    assert end_holds(session, payment_id=PAYMENT, state=state, now=now) == ()
    assert claim_holds(session, payment_id=PAYMENT, now=now) == ()
    assert columns(session, item) == (5, 0, 0)
    row = session.scalars(select(Hold)).one()
    assert (row.state, row.ended_at) == (state, now)


def test_holds_end_as_released_or_expired_only(session: Session, now: datetime) -> None:
    with pytest.raises(ValueError, match="claiming"):
        end_holds(session, payment_id=PAYMENT, state=HoldState.CLAIMED, now=now)


def test_ending_one_payment_leaves_anothers_holds(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=5)
    keep(session, demand(item, 2, line=1), now=now)
    keep(session, demand(item, 1, line=2), now=now, payment=PaymentId(2))
    end_holds(session, payment_id=PAYMENT, state=HoldState.EXPIRED, now=now)
    assert columns(session, item) == (5, 1, 0)


def test_late_money_sells_again_with_a_hold_of_the_next_round(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=5)
    keep(session, demand(item, 2), now=now)
    end_holds(session, payment_id=PAYMENT, state=HoldState.EXPIRED, now=now)
    hold_again(session, payment_id=PAYMENT, demands=[demand(item, 2)], order_id=ORDER, now=now)
    assert columns(session, item) == (5, 0, 2)
    rounds = session.execute(select(Hold.round, Hold.state).order_by(Hold.round)).all()
    assert rounds == [(1, HoldState.EXPIRED), (2, HoldState.CLAIMED)]


def test_late_money_finds_the_shelf_empty(session: Session, now: datetime) -> None:
    item = make_item(session, on_hand=2)
    keep(session, demand(item, 2), now=now)
    end_holds(session, payment_id=PAYMENT, state=HoldState.EXPIRED, now=now)
    keep(session, demand(item, 1, line=2), now=now, payment=PaymentId(2))
    with pytest.raises(StockShort):
        hold_again(session, payment_id=PAYMENT, demands=[demand(item, 2)], order_id=ORDER, now=now)
    assert columns(session, item) == (2, 1, 0)


def test_a_demand_of_nothing_is_a_bug(session: Session, now: datetime) -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        keep(session, Demand(stock_item_id=StockItemId(1), line_id=OrderLineId(1), units=0), now=now)
