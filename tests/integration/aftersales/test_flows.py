"""The clock's work, as the worker runs it: units of their own, twice without harm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.aftersales.flows import cancel_silent, expire_due
from marketplace.db import in_unit, reading
from marketplace.fulfilment.flows import close_delivered
from marketplace.fulfilment.services import hand_over
from marketplace.kernel.ids import PersonId
from marketplace.kernel.money import Currency
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.orders.services import accept_sub_order
from marketplace.payments.flows import free_old_codes
from marketplace.payments.services import settle
from tests.conftest import FreshDatabases, app_on
from tests.factories.payments import make_order
from tests.racing import broken_now, together


@pytest.fixture
def whole() -> None:
    """These tests look at a database of their own."""


@pytest.fixture
def market(databases: FreshDatabases, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with app_on(databases.make(f"flows_{request.node.originalname}"), databases.folder) as app:
        yield app


def three_orders(session: Session, now: datetime) -> None:
    """One unpaid, one paid and unanswered, one paid and handed over."""
    make_order(session)
    for turn in range(2):
        placed = make_order(session)
        settle(session, payment_id=placed.payment.id, received_minor=placed.payment.amount_minor, currency=Currency.IDR,
               source="staff", source_id=str(turn), actor_id=None, now=now)  # fmt: skip
        if turn:
            part, seller = placed.part, PersonId(1)
            accept_sub_order(session, shop_id=part.shop_id, number=part.number, promised_on=now.date(), actor_id=seller, now=now)
            hand_over(session, shop_id=part.shop_id, number=part.number, tracking_number="", actor_id=seller, now=now)


def lifecycles(app: Flask) -> list[SubOrderLifecycle]:
    """Return where each part stands, by id."""
    with app.app_context(), reading() as session:
        return list(session.scalars(select(SubOrder.lifecycle).order_by(SubOrder.id)))


@pytest.mark.row("K3", "O4", "P7")
def test_eleven_days_of_clockwork(market: Flask, now: datetime) -> None:
    """Expired after a day, cancelled after two, arrived after seven, closed after ten, code freed; nothing happens twice."""
    state = SubOrderLifecycle
    with market.app_context():
        in_unit(lambda session: three_orders(session, now))
        assert (expire_due(now), cancel_silent(now), close_delivered(now), free_old_codes(now)) == (0, 0, (0, 0), 0)
        assert [expire_due(now + timedelta(days=1)) for _ in range(2)] == [1, 0]
        assert [cancel_silent(now + timedelta(days=2)) for _ in range(2)] == [1, 0]
        assert [close_delivered(now + timedelta(days=7)) for _ in range(2)] == [(1, 0), (0, 0)]
        assert [close_delivered(now + timedelta(days=10)) for _ in range(2)] == [(0, 1), (0, 0)]
        assert [free_old_codes(now + timedelta(days=11)) for _ in range(2)] == [3, 0]
    assert lifecycles(market) == [state.EXPIRED, state.CANCELLED, state.CLOSED]
    assert not broken_now(market, now)


@pytest.mark.promise("W1")
def test_two_workers_at_once_do_it_once(market: Flask, now: datetime) -> None:
    """Expiry, silence and closing from several workers at the same instant: one refund, one posting of earnings."""
    with market.app_context():
        in_unit(lambda session: three_orders(session, now))
    late = now + timedelta(days=7)
    assert sum(together(market, [lambda: expire_due(late)] * 4)) == 1
    assert sum(together(market, [lambda: cancel_silent(late)] * 4)) == 1
    together(market, [lambda: close_delivered(late)] * 4)
    closed = together(market, [lambda: close_delivered(late + timedelta(days=3))] * 4)
    assert sum(count for _, count in closed) == 1
    assert not broken_now(market, late)
