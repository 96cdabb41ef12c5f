"""Refunds: reserved when asked for, moved on success, freed on failure, never above what came."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.cli.invariants import find_broken
from marketplace.kernel.errors import DomainError
from marketplace.kernel.money import Currency
from marketplace.orders.models import PaymentFact
from marketplace.payments import accounts
from marketplace.payments.errors import PaymentNotOpen, RefundEnded, RefundNotFound, RefundTooMuch, WrongAmount
from marketplace.payments.ledger import balance_of
from marketplace.payments.models import Payment, PaymentState, Refund, RefundSource, RefundState
from marketplace.payments.queries import refund_queue
from marketplace.payments.services import finish_refund, request_refund, retry_refund, send_refund, settle
from tests.factories.goods import make_variant
from tests.factories.payments import Placed, make_order
from tests.factories.people import make_person


def paid(session: Session, now: datetime, *, prices: tuple[int, ...] = (100_000,)) -> Placed:
    """Return a paid order, one part for each price."""
    placed = make_order(session, parts=[[(make_variant(session, price_minor=price), 1)] for price in prices])
    settle(session, payment_id=placed.payment.id, received_minor=placed.payment.amount_minor, currency=Currency.IDR,
           source="statement", source_id=f"line-{placed.payment.id}", actor_id=None, now=now)  # fmt: skip
    return placed


def ask(session: Session, placed: Placed, amount: int, now: datetime, *, part: int | None = 0) -> Refund:
    """Ask money back for one part, or (None) the code."""
    return request_refund(
        session, payment_id=placed.payment.id, sub_order_id=None if part is None else placed.parts[part].id, amount_minor=amount,
        reason="test", actor_id=None, now=now, source=RefundSource.CODE if part is None else None,
    )  # fmt: skip


@pytest.mark.row("O8")
@pytest.mark.promise("R7")
def test_money_moves_only_on_success(session: Session, now: datetime) -> None:
    """Requested reserves, sent changes nothing, success moves the books, the part and the payment."""
    placed = paid(session, now)
    payment, part = placed.payment, placed.part
    bank = accounts.bank(payment.bank_account_id or 0)
    refund = ask(session, placed, 40_000, now)
    assert (payment.refund_reserved_minor, payment.refunded_minor, part.refunded_minor) == (40_000, 0, 0)
    assert balance_of(session, accounts.REFUNDS_DUE) == -40_000
    send_refund(session, refund_id=refund.id, actor_id=None, now=now)
    assert (refund.state, balance_of(session, bank)) == (RefundState.SENT, payment.amount_minor)
    finish_refund(session, refund_id=refund.id, is_success=True, reference="BI-77", actor_id=None, now=now)
    assert (refund.state, refund.reference) == (RefundState.SUCCEEDED, "BI-77")
    assert (payment.state, payment.refunded_minor) == (PaymentState.PARTLY_REFUNDED, 40_000)
    assert (part.refunded_minor, part.payment) == (40_000, PaymentFact.PART_REFUNDED)
    assert balance_of(session, bank) == payment.amount_minor - 40_000
    assert balance_of(session, accounts.REFUNDS_DUE) == 0
    assert balance_of(session, accounts.pending(part.shop_id)) == 40_000 - part.total_minor


@pytest.mark.row("O8")
@pytest.mark.promise("R7")
def test_failed_refund_may_be_asked_for_again(session: Session, now: datetime) -> None:
    """What could not be sent is the seller's again, and refundable again."""
    placed = paid(session, now)
    clerk = make_person(session)
    refund = ask(session, placed, placed.part.total_minor, now)
    with pytest.raises(RefundTooMuch):
        ask(session, placed, 1, now)
    finish_refund(session, refund_id=refund.id, is_success=False, reference="rekening tutup", actor_id=clerk.id, now=now)
    assert placed.payment.refund_reserved_minor == 0
    assert balance_of(session, accounts.pending(placed.part.shop_id)) == -placed.part.total_minor
    assert [row.id for row in refund_queue(session)] == [refund.id]
    again = retry_refund(session, refund_id=refund.id, actor_id=clerk.id, now=now)
    assert [row.id for row in refund_queue(session)] == [again.id]
    finish_refund(session, refund_id=again.id, is_success=True, reference="BI-78", actor_id=clerk.id, now=now)
    code = ask(session, placed, placed.payment.unique_code_minor, now, part=None)
    finish_refund(session, refund_id=code.id, is_success=True, reference="BI-79", actor_id=clerk.id, now=now)
    assert placed.payment.state is PaymentState.REFUNDED
    assert refund_queue(session) == ()


@pytest.mark.promise("R7")
def test_each_source_gives_only_what_it_has(session: Session, now: datetime) -> None:
    """One seller's share does not pay for the other's, nor the code for either, though the payment has enough."""
    placed = paid(session, now, prices=(10_000, 90_000))
    for part, amount in ((0, 19_001), (1, 99_001), (None, placed.payment.unique_code_minor + 1)):
        with pytest.raises(RefundTooMuch):
            ask(session, placed, amount, now, part=part)
    with pytest.raises(RefundTooMuch):
        request_refund(
            session, payment_id=placed.payment.id, sub_order_id=None, amount_minor=1, reason="x", actor_id=None, now=now
        )
    for amount in (0, -1):
        with pytest.raises(WrongAmount):
            ask(session, placed, amount, now)
    assert placed.payment.refund_reserved_minor == 0


def test_unpaid_and_ended_are_refused(session: Session, now: datetime) -> None:
    """Nothing is given back of money that never came; an ended refund does not end twice."""
    unpaid = make_order(session)
    with pytest.raises(PaymentNotOpen):
        ask(session, unpaid, 1, now)
    placed = paid(session, now)
    refund = ask(session, placed, 5, now)
    finish_refund(session, refund_id=refund.id, is_success=True, reference="", actor_id=None, now=now)
    for is_success in (True, False):
        with pytest.raises(RefundEnded):
            finish_refund(session, refund_id=refund.id, is_success=is_success, reference="", actor_id=None, now=now)
    with pytest.raises(RefundNotFound):
        send_refund(session, refund_id=999_999, actor_id=None, now=now)


@pytest.mark.promise("I4", "M1", "R7")
@pytest.mark.row("P7")
@pytest.mark.parametrize("seed", range(6))
def test_random_walks_keep_every_invariant(session: Session, now: datetime, seed: int) -> None:
    """Pay short, over, twice, late; ask back, send, fail: whatever happens, the books hold after each step."""
    dice = random.Random(seed)
    placed = [
        make_order(session, parts=[[(make_variant(session, price_minor=dice.randint(1, 99_999), stock=2), 1)]
                                   for _ in range(dice.randint(1, 3))])
        for _ in range(2)
    ]  # fmt: skip
    for step in range(25):
        _one_step(session, dice, dice.choice(placed), now + timedelta(hours=step), step)
        session.flush()
        assert not list(find_broken(session, now)), f"seed {seed}, step {step}"


def _one_step(session: Session, dice: random.Random, placed: Placed, at: datetime, step: int) -> None:
    payment = session.get_one(Payment, placed.payment.id)
    open_refunds = session.scalars(
        select(Refund).where(Refund.payment_id == payment.id, Refund.state.in_([RefundState.REQUESTED, RefundState.SENT]))
    ).all()
    act = dice.choice(["pay", "pay", "ask", "ask", "finish", "send"])
    try:
        if act == "pay":
            amount = dice.choice([payment.amount_minor, payment.amount_minor // 2 or 1, payment.amount_minor + 5])
            settle(session, payment_id=payment.id, received_minor=amount, currency=Currency.IDR, source="statement",
                   source_id=f"{payment.id}-{step}", actor_id=None, now=at)  # fmt: skip
        elif act == "ask":
            part = dice.choice([None, *range(len(placed.parts))])
            ask(session, placed, dice.randint(1, payment.amount_minor), at, part=part)
        elif open_refunds and act == "finish":
            refund = dice.choice(open_refunds)
            finish_refund(session, refund_id=refund.id, is_success=dice.random() < 0.6, reference="r", actor_id=None, now=at)
        elif open_refunds:
            send_refund(session, refund_id=dice.choice(open_refunds).id, actor_id=None, now=at)
    except DomainError:
        pass  # a refusal changes nothing, which the check after this step proves
