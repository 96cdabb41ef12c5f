"""The same money, refund, amount and deadline from several sides at once. Each guard has a twin without it that must fail."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from marketplace.aftersales.services import expire_unpaid
from marketplace.catalog.models import Variant
from marketplace.db import in_unit, reading
from marketplace.inventory.models import StockItem
from marketplace.kernel.ids import PaymentId
from marketplace.kernel.money import Currency
from marketplace.orders.models import Order, OrderLifecycle, SubOrder
from marketplace.payments import codes
from marketplace.payments.errors import RefundTooMuch
from marketplace.payments.models import Payment, PaymentState, Refund, RefundSource, RefundState, TransferCode
from marketplace.payments.outcomes import Outcome
from marketplace.payments.services import request_refund, settle
from tests.conftest import FreshDatabases, app_on
from tests.factories.goods import make_variant
from tests.factories.payments import make_order
from tests.racing import broken_now, together

MANY = 8
_names = itertools.count(1)


@pytest.fixture
def whole() -> None:
    """These tests look at a database of their own."""


@pytest.fixture
def market(databases: FreshDatabases) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    with app_on(databases.make(f"money_race_{next(_names)}"), databases.folder) as app:
        yield app


def order_of(app: Flask, *, price_minor: int = 91_000) -> tuple[PaymentId, int]:
    """Commit one unpaid order; return its payment and the amount due."""

    def work(session: Session) -> tuple[PaymentId, int]:
        placed = make_order(session, parts=[[(make_variant(session, price_minor=price_minor), 1)]])
        return placed.payment.id, placed.payment.amount_minor

    with app.app_context():
        return in_unit(work)


def pay(payment_id: PaymentId, amount: int, source_id: str, now: datetime) -> Outcome:
    """Settle in a unit of its own."""
    settled = in_unit(
        lambda session: settle(session, payment_id=payment_id, received_minor=amount, currency=Currency.IDR,
                               source="statement", source_id=source_id, actor_id=None, now=now)
    )  # fmt: skip
    return settled.outcome


def counted(app: Flask, payment_id: PaymentId) -> tuple[int, int]:
    """Return what the payment received and what its part counts as paid."""
    with app.app_context(), reading() as session:
        payment = session.get_one(Payment, payment_id)
        paid = session.scalars(select(SubOrder.paid_minor).where(SubOrder.order_id == payment.order_id)).one()
        return payment.received_minor, paid


@pytest.mark.promise("R5")
def test_one_bank_line_seen_by_many_settles_once(market: Flask, now: datetime) -> None:
    """Webhook, statement, reconciler and button at once, about the same money."""
    payment_id, amount = order_of(market)
    outcomes = together(market, [lambda: pay(payment_id, amount, "line", now)] * MANY)
    assert outcomes == [Outcome.FULL] * MANY
    assert counted(market, payment_id) == (amount, 100_000)
    assert not broken_now(market, now)


@pytest.mark.promise("R5")
@pytest.mark.row("P5")
def test_many_transfers_at_once_count_once(market: Flask, now: datetime) -> None:
    """Different bank lines for one payment: one pays, the others wait on the list."""
    payment_id, amount = order_of(market)
    acts = [lambda line=line: pay(payment_id, amount, f"line-{line}", now) for line in range(MANY)]
    assert Counter(together(market, acts)) == {Outcome.FULL: 1, Outcome.DOUBLE: MANY - 1}
    assert counted(market, payment_id) == (MANY * amount, 100_000)
    assert not broken_now(market, now)


@pytest.mark.promise("R5")
def test_twin_without_lock_and_compare_counts_twice(market: Flask, now: datetime) -> None:
    """Look first, write later: everybody saw an open payment, so everybody counts it. The invariants see it."""
    payment_id, amount = order_of(market)
    seen = threading.Barrier(MANY)

    def careless() -> None:
        with reading() as session:
            payment = session.get_one(Payment, payment_id)
            is_open = payment.state is PaymentState.CREATED
        seen.wait(timeout=30)

        def write(session: Session) -> None:
            session.execute(
                update(Payment)
                .where(Payment.id == payment_id)
                .values(state=PaymentState.CAPTURED, received_minor=Payment.received_minor + amount)
            )
            session.execute(update(SubOrder).values(paid_minor=SubOrder.paid_minor + SubOrder.total_minor))

        if is_open:
            in_unit(write)

    together(market, [careless] * MANY)
    assert counted(market, payment_id) == (MANY * amount, MANY * 100_000)
    assert {offence.code for offence in broken_now(market, now)} >= {"I2", "I9"}


def paid_order(app: Flask, now: datetime) -> PaymentId:
    """Commit one paid order whose seller's share is 100.000."""
    payment_id, amount = order_of(app)
    with app.app_context():
        pay(payment_id, amount, "paid", now)
    return payment_id


@pytest.mark.promise("R7")
@pytest.mark.row("O8")
def test_ten_refunds_racing_never_exceed_what_came(market: Flask, now: datetime) -> None:
    """Ten times 60.000 of 100.000: one is asked for, nine are refused."""
    payment_id = paid_order(market, now)

    def ask() -> bool:
        def work(session: Session) -> None:
            part = session.scalars(select(SubOrder.id)).one()
            request_refund(session, payment_id=payment_id, sub_order_id=part, amount_minor=60_000, reason="race", actor_id=None,
                           now=now)  # fmt: skip

        try:
            in_unit(work)
        except RefundTooMuch:
            return False
        return True

    assert Counter(together(market, [ask] * 10)) == {True: 1, False: 9}
    assert refund_sum(market) == 60_000
    assert not broken_now(market, now)


def refund_sum(app: Flask) -> int:
    """Return what all refunds together promise."""
    with app.app_context(), reading() as session:
        return session.scalars(select(func.coalesce(func.sum(Refund.amount_minor), 0))).one()


@pytest.mark.promise("R7")
def test_twin_that_reads_then_writes_promises_six_times_too_much(market: Flask, now: datetime) -> None:
    """The column says 60.000 while 600.000 are promised; the invariants see it."""
    payment_id = paid_order(market, now)
    seen = threading.Barrier(10)

    def careless() -> None:
        with reading() as session:
            payment = session.get_one(Payment, payment_id)
            reserved = payment.refund_reserved_minor
            fits = reserved + 60_000 <= payment.received_minor
        seen.wait(timeout=30)

        def write(session: Session) -> None:
            session.execute(update(Payment).values(refund_reserved_minor=reserved + 60_000))
            part = session.scalars(select(SubOrder.id)).one()
            session.add(Refund(payment_id=payment_id, sub_order_id=part, source=RefundSource.SHARE, state=RefundState.REQUESTED,
                               amount_minor=60_000, currency=Currency.IDR, reason="race", requested_at=now))  # fmt: skip

        if fits:
            in_unit(write)

    together(market, [careless] * 10)
    assert refund_sum(market) == 600_000
    assert "I3" in {offence.code for offence in broken_now(market, now)}


@pytest.fixture
def same_pick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chance pick the lowest free code every time, so that everybody wants the same one."""
    monkeypatch.setattr(secrets, "choice", min)


@pytest.mark.row("P2")
@pytest.mark.usefixtures("same_pick")
def test_racing_buyers_get_different_amounts(market: Flask, now: datetime) -> None:
    """All want code 1 of the same total: the constraint gives it to one, the others try on."""
    order_of(market)  # the bank account and places are there
    prepared = [order_lines(market) for _ in range(MANY)]
    amounts = together(market, [partial(place, variant) for variant in prepared])
    assert sorted(amounts) == [100_000 + code for code in range(2, MANY + 2)]
    with market.app_context(), reading() as session:
        assert session.scalars(select(func.count()).select_from(TransferCode)).one() == MANY + 1
    assert not broken_now(market, now)


def order_lines(app: Flask) -> int:
    """Commit a variant of the same price; return its id."""
    with app.app_context():
        return in_unit(lambda session: make_variant(session, price_minor=91_000).id)


def place(variant_id: int) -> int:
    """Order one of it in a unit of its own; return the amount to transfer."""

    def work(session: Session) -> int:
        variant = session.get_one(Variant, variant_id)
        return make_order(session, parts=[[(variant, 1)]]).payment.amount_minor

    return in_unit(work)


@pytest.mark.row("P2")
def test_twin_without_the_constraint_gives_all_the_same_amount(market: Flask) -> None:
    """Look which codes are taken, then use a free one: everybody saw the same free one."""
    payment_id, _ = order_of(market)
    seen = threading.Barrier(MANY)

    def careless() -> int:
        with reading() as session:
            payment = session.get_one(Payment, payment_id)
            taken = {amount - 100_000 for amount in session.scalars(select(Payment.amount_minor))}
            code = min(code for code in codes.CODES if code not in taken)
        seen.wait(timeout=30)

        def write(session: Session) -> None:
            session.add(Payment(order_id=payment.order_id, method=payment.method, amount_minor=100_000 + code,
                                unique_code_minor=code, currency=Currency.IDR, created_at=payment.created_at))  # fmt: skip

        in_unit(write)
        return code

    assert len(set(together(market, [careless] * MANY))) == 1


@pytest.mark.promise("R5", "R12")
@pytest.mark.row("K3", "P5")
def test_money_and_deadline_at_the_same_instant(market: Flask, now: datetime) -> None:
    """Whoever is first, the buyer who paid has the goods: in time, or held again."""
    deadline = now + timedelta(hours=24)
    for turn in range(6):
        payment_id, amount = order_of(market)

        def settles(payment_id: PaymentId = payment_id, amount: int = amount, turn: int = turn) -> str:
            return pay(payment_id, amount, f"line-{turn}", deadline).value

        def expires(payment_id: PaymentId = payment_id) -> str:
            return str(in_unit(lambda session: expire_unpaid(session, payment_id=payment_id, now=deadline)))

        first, second = (settles, expires) if turn % 2 else (expires, settles)
        outcomes = set(together(market, [first, second]))
        assert outcomes in ({"full", "False"}, {"late", "True"})
        with market.app_context(), reading() as session:
            payment = session.get_one(Payment, payment_id)
            assert payment.state is PaymentState.CAPTURED
            assert session.get_one(Order, payment.order_id).lifecycle is OrderLifecycle.PLACED
            item = session.scalars(select(StockItem).order_by(StockItem.id.desc()).limit(1)).one()
            assert (item.held, item.allocated) == (0, 1)
        assert not broken_now(market, now)


@pytest.mark.promise("R5")
def test_twin_that_expires_what_it_saw_earlier_loses_the_payment(market: Flask, now: datetime) -> None:
    """Forced: look, somebody pays, write. The careless one calls a paid order's payment expired; ours looks again."""
    deadline = now + timedelta(hours=24)
    payment_id, amount = order_of(market)
    with market.app_context():
        with reading() as session:
            was_open = session.get_one(Payment, payment_id).state is PaymentState.CREATED
        pay(payment_id, amount, "line", deadline)
        assert was_open
        assert not in_unit(lambda session: expire_unpaid(session, payment_id=payment_id, now=deadline))
        assert not broken_now(market, now)
        in_unit(lambda session: session.execute(update(Payment).values(state=PaymentState.EXPIRED)))
    assert {offence.code for offence in broken_now(market, now)} >= {"I2", "I9"}
