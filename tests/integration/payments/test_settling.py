"""Money that arrives in time, late, short, over and twice: on both databases, with the books checked after each."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.aftersales.services import cancel_order_by_buyer, expire_unpaid
from marketplace.inventory.models import StockItem
from marketplace.inventory.services import adjust
from marketplace.kernel.money import Currency
from marketplace.orders.models import OrderLifecycle, PaymentFact, SubOrderLifecycle
from marketplace.payments import accounts
from marketplace.payments.errors import EventOfAnotherPayment, WrongAmount, WrongCurrency
from marketplace.payments.ledger import balance_of
from marketplace.payments.models import (
    AttentionKind,
    LedgerTransaction,
    Payment,
    PaymentAttention,
    PaymentEvent,
    PaymentState,
    Refund,
    RefundSource,
    RefundState,
)
from marketplace.payments.outcomes import Outcome
from marketplace.payments.services import Resolution, Settlement, finish_refund, resolve_attention, settle
from tests.factories.goods import make_product, make_variant
from tests.factories.payments import Placed, make_order
from tests.factories.people import make_person
from tests.factories.shops import make_shop

DAY = timedelta(days=1)


def pay(session: Session, payment: Payment, amount: int, *, source_id: str = "line-1", at: datetime) -> Settlement:
    """Settle by a bank line."""
    return settle(session, payment_id=payment.id, received_minor=amount, currency=Currency.IDR, source="statement",
                  source_id=source_id, actor_id=None, now=at)  # fmt: skip


def expire(session: Session, placed: Placed, at: datetime) -> None:
    """Let the deadline pass."""
    assert expire_unpaid(session, payment_id=placed.payment.id, now=at)
    assert placed.order.lifecycle is OrderLifecycle.EXPIRED


def attentions(session: Session, payment: Payment) -> list[tuple[AttentionKind, int, bool]]:
    """Return what stands or stood on the list: kind, amount, still open."""
    rows = session.scalars(
        select(PaymentAttention).where(PaymentAttention.payment_id == payment.id).order_by(PaymentAttention.id)
    )
    return [(row.kind, row.amount_minor, row.resolved_at is None) for row in rows]


def refunds(session: Session, payment: Payment) -> list[Refund]:
    """Return the payment's refunds, oldest first."""
    return list(session.scalars(select(Refund).where(Refund.payment_id == payment.id).order_by(Refund.id)))


@pytest.mark.row("P2", "P6", "P7")
def test_full_amount_pays_every_part(session: Session, now: datetime) -> None:
    """Two sellers' shares, the code on its own account, stock sold, every rupiah in its place."""
    first, second = make_variant(session, price_minor=30_000), make_variant(session, price_minor=45_001)
    placed = make_order(session, parts=[[(first, 2)], [(second, 1)]])
    settled = pay(session, placed.payment, placed.payment.amount_minor, at=now)
    assert (settled.outcome, settled.is_counted, settled.state) == (Outcome.FULL, True, PaymentState.CAPTURED)
    assert placed.order.lifecycle is OrderLifecycle.PLACED
    assert [(part.lifecycle, part.payment, part.paid_minor) for part in placed.parts] == [
        (SubOrderLifecycle.NEW, PaymentFact.PAID, 69_000),
        (SubOrderLifecycle.NEW, PaymentFact.PAID, 54_001),
    ]
    bank = accounts.bank(placed.payment.bank_account_id or 0)
    assert balance_of(session, bank) == placed.payment.amount_minor
    assert balance_of(session, accounts.pending(first.shop_id)) == -69_000
    assert balance_of(session, accounts.pending(second.shop_id)) == -54_001
    assert balance_of(session, accounts.UNIQUE_CODE) == -placed.payment.unique_code_minor
    items = session.scalars(select(StockItem).order_by(StockItem.id)).all()
    assert [(item.held, item.allocated) for item in items] == [(0, 2), (0, 1)]


@pytest.mark.promise("R5")
def test_same_event_again_returns_the_first_settlement(session: Session, now: datetime) -> None:
    """Ten times the same bank line is one payment."""
    placed = make_order(session)
    amount = placed.payment.amount_minor
    first = pay(session, placed.payment, amount, at=now)
    for _ in range(9):
        again = pay(session, placed.payment, amount, at=now + DAY)
        assert again.is_repeat
        assert (again.outcome, again.state, again.excess_minor) == (first.outcome, first.state, first.excess_minor)
    assert placed.payment.received_minor == amount
    assert placed.part.paid_minor == placed.part.total_minor
    assert session.scalar(select(func.count()).select_from(PaymentEvent)) == 2  # opened, settled
    assert session.scalar(select(func.count()).select_from(LedgerTransaction)) == 2  # received, counted


@pytest.mark.promise("R6")
def test_wrong_currency_amount_or_owner_changes_nothing(session: Session, now: datetime) -> None:
    """What does not match the frozen order is refused before anything is written."""
    one, other = make_order(session), make_order(session)
    with pytest.raises(WrongCurrency):
        settle(session, payment_id=one.payment.id, received_minor=one.payment.amount_minor, currency=Currency.KRW,
               source="statement", source_id="x", actor_id=None, now=now)  # fmt: skip
    for amount in (0, -5):
        with pytest.raises(WrongAmount):
            pay(session, one.payment, amount, at=now)
    pay(session, one.payment, one.payment.amount_minor, source_id="taken", at=now)
    with pytest.raises(EventOfAnotherPayment):
        pay(session, other.payment, other.payment.amount_minor, source_id="taken", at=now)
    with pytest.raises(EventOfAnotherPayment):
        pay(session, one.payment, 1, source_id="taken", at=now)
    assert (other.payment.state, other.payment.received_minor) == (PaymentState.CREATED, 0)
    assert other.order.lifecycle is OrderLifecycle.AWAITING_PAYMENT


@pytest.mark.row("P5")
def test_short_money_waits_and_the_rest_completes_it(session: Session, now: datetime) -> None:
    """Nothing is shared out until all of it is there; then the entry leaves the list by itself."""
    placed = make_order(session)
    due = placed.payment.amount_minor
    short = pay(session, placed.payment, due - 1_000, at=now)
    assert (short.outcome, short.is_counted, placed.payment.state) == (Outcome.SHORT, False, PaymentState.CREATED)
    assert balance_of(session, accounts.SUSPENSE) == 1_000 - due
    assert placed.part.paid_minor == 0
    assert attentions(session, placed.payment) == [(AttentionKind.SHORT, due - 1_000, True)]
    rest = pay(session, placed.payment, 1_000, source_id="line-2", at=now)
    assert (rest.outcome, rest.is_counted) == (Outcome.FULL, True)
    assert balance_of(session, accounts.SUSPENSE) == 0
    assert placed.part.payment is PaymentFact.PAID
    assert attentions(session, placed.payment) == [(AttentionKind.SHORT, due - 1_000, False)]


@pytest.mark.row("P5")
def test_short_money_goes_back_when_the_time_is_up(session: Session, now: datetime) -> None:
    """An expired payment keeps nothing."""
    placed = make_order(session)
    pay(session, placed.payment, 10_000, at=now)
    expire(session, placed, now + DAY)
    (refund,) = refunds(session, placed.payment)
    assert (refund.amount_minor, refund.source, refund.state) == (10_000, RefundSource.SUSPENSE, RefundState.REQUESTED)
    assert attentions(session, placed.payment) == [(AttentionKind.SHORT, 10_000, False)]
    assert (balance_of(session, accounts.SUSPENSE), balance_of(session, accounts.REFUNDS_DUE)) == (0, -10_000)


@pytest.mark.row("P5")
@pytest.mark.parametrize("resolution", list(Resolution))
def test_excess_is_put_on_the_list(session: Session, now: datetime, resolution: Resolution) -> None:
    """The order is paid; the excess waits until a person gives it back or the buyer leaves it."""
    placed = make_order(session)
    clerk = make_person(session, name="Dewi")
    settled = pay(session, placed.payment, placed.payment.amount_minor + 700, at=now)
    assert (settled.outcome, settled.excess_minor, settled.is_counted) == (Outcome.OVER, 700, True)
    assert attentions(session, placed.payment) == [(AttentionKind.OVER, 700, True)]
    assert balance_of(session, accounts.SUSPENSE) == -700
    entry = session.scalars(select(PaymentAttention.id)).one()
    resolve_attention(session, attention_id=entry, resolution=resolution, actor_id=clerk.id, now=now)
    assert balance_of(session, accounts.SUSPENSE) == 0
    if resolution is Resolution.KEPT:
        assert balance_of(session, accounts.KEPT) == -700
        return
    (refund,) = refunds(session, placed.payment)
    finish_refund(session, refund_id=refund.id, is_success=True, reference="BI-1", actor_id=clerk.id, now=now)
    assert placed.payment.state is PaymentState.CAPTURED  # the price itself was not given back
    assert balance_of(session, accounts.bank(placed.payment.bank_account_id or 0)) == placed.payment.amount_minor


@pytest.mark.row("P5")
def test_second_transfer_counts_nothing_twice(session: Session, now: datetime) -> None:
    """Another bank line for a paid order is money to give back."""
    placed = make_order(session)
    amount = placed.payment.amount_minor
    pay(session, placed.payment, amount, at=now)
    double = pay(session, placed.payment, amount, source_id="line-2", at=now)
    assert (double.outcome, double.is_counted, double.state) == (Outcome.DOUBLE, False, PaymentState.CAPTURED)
    assert placed.part.paid_minor == placed.part.total_minor
    assert attentions(session, placed.payment) == [(AttentionKind.DOUBLE, amount, True)]
    assert balance_of(session, accounts.SUSPENSE) == -amount


@pytest.mark.row("P5")
@pytest.mark.promise("R5")
def test_late_money_takes_the_goods_again(session: Session, now: datetime) -> None:
    """The goods are still there: the expired order is placed after all."""
    variant = make_variant(session, stock=1)
    placed = make_order(session, parts=[[(variant, 1)]])
    expire(session, placed, now + DAY)
    late = pay(session, placed.payment, placed.payment.amount_minor, at=now + DAY)
    assert (late.outcome, late.is_counted, late.state) == (Outcome.LATE, True, PaymentState.CAPTURED)
    assert placed.order.lifecycle is OrderLifecycle.PLACED
    assert placed.part.lifecycle is SubOrderLifecycle.NEW
    assert attentions(session, placed.payment) == []
    item = session.scalars(select(StockItem)).one()
    assert (item.on_hand, item.held, item.allocated) == (1, 0, 1)


@pytest.mark.row("P5", "O8")
@pytest.mark.promise("R5")
def test_late_money_for_sold_goods_goes_back_whole(session: Session, now: datetime) -> None:
    """One of two lines is gone: neither is taken, all money is asked back, and the list shows it until it is sent."""
    shop = make_shop(session)
    kept = make_variant(session, product=make_product(session, shop=shop), stock=1)
    gone = make_variant(session, product=make_product(session, shop=shop), stock=1)
    placed = make_order(session, parts=[[(kept, 1), (gone, 1)]])
    expire(session, placed, now + DAY)
    rival = make_order(session, parts=[[(gone, 1)]], now=now + DAY)
    late = pay(session, placed.payment, placed.payment.amount_minor, at=now + DAY)
    assert (late.outcome, late.is_counted, late.state) == (Outcome.LATE, False, PaymentState.CAPTURED)
    assert placed.order.lifecycle is OrderLifecycle.EXPIRED
    items = session.scalars(select(StockItem).order_by(StockItem.id)).all()
    assert [(item.held, item.allocated) for item in items] == [(0, 0), (1, 0)]
    (refund,) = refunds(session, placed.payment)
    assert refund.amount_minor == placed.payment.amount_minor
    assert attentions(session, placed.payment) == [(AttentionKind.LATE, placed.payment.amount_minor, True)]
    finish_refund(session, refund_id=refund.id, is_success=True, reference="BI-2", actor_id=None, now=now + DAY)
    assert placed.payment.state is PaymentState.REFUNDED
    assert attentions(session, placed.payment)[0][2] is False
    assert rival.payment.state is PaymentState.CREATED


@pytest.mark.row("P5")
def test_money_for_a_cancelled_order_goes_back(session: Session, now: datetime) -> None:
    """What its buyer cancelled is not revived."""
    placed = make_order(session)
    cancel_order_by_buyer(session, order_id=placed.order.id, now=now)
    late = pay(session, placed.payment, placed.payment.amount_minor, at=now)
    assert (late.outcome, late.is_counted) == (Outcome.LATE, False)
    assert placed.order.lifecycle is OrderLifecycle.CANCELLED
    assert [refund.amount_minor for refund in refunds(session, placed.payment)] == [placed.payment.amount_minor]


@pytest.mark.row("P5")
def test_broken_stock_stops_late_money_from_overselling(session: Session, now: datetime) -> None:
    """A count that found nothing left wins over late money."""
    variant = make_variant(session, stock=1)
    placed = make_order(session, parts=[[(variant, 1)]])
    expire(session, placed, now + DAY)
    item = session.scalars(select(StockItem)).one()
    adjust(session, item_id=item.id, units=-1, reason="broken", actor_id=None, now=now)
    assert not pay(session, placed.payment, placed.payment.amount_minor, at=now + DAY).is_counted
