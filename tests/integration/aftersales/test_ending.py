"""Parts that will not be fulfilled: each end with its refund and its stock, in one unit."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.aftersales.errors import TooLateToCancel
from marketplace.aftersales.handlers import HANDLERS as OURS
from marketplace.aftersales.queries import due_payments, unanswered
from marketplace.aftersales.reasons import RejectReason
from marketplace.aftersales.services import (
    cancel_by_seller,
    cancel_order_by_buyer,
    cancel_unanswered,
    expire_unpaid,
    reject_sub_order,
)
from marketplace.fulfilment.services import hand_over, record_cash
from marketplace.inventory.models import Hold, HoldState, StockItem
from marketplace.kernel.money import Currency
from marketplace.orders.errors import MoveRefused, SubOrderNotFound
from marketplace.orders.models import FulfilmentFact, OrderLifecycle, OrderLine, PaymentMethod, SubOrder, SubOrderLifecycle
from marketplace.orders.services import accept_sub_order
from marketplace.outbox.handlers import HANDLERS, Handler
from marketplace.outbox.models import OutboxRow
from marketplace.payments.models import PaymentState, Refund, RefundSource
from marketplace.payments.services import settle
from tests.factories.goods import make_variant
from tests.factories.payments import Placed, make_order
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def pay(session: Session, placed: Placed, now: datetime, amount: int | None = None) -> None:
    """Settle the payment in full, or with this amount."""
    settle(session, payment_id=placed.payment.id, received_minor=amount or placed.payment.amount_minor, currency=Currency.IDR,
           source="staff", source_id=f"s{placed.payment.id}", actor_id=None, now=now)  # fmt: skip


def accept(session: Session, part: SubOrder, now: datetime) -> None:
    """Accept as the part's shop."""
    accept_sub_order(session, shop_id=part.shop_id, number=part.number, promised_on=now.date(),
                     actor_id=make_person(session).id, now=now)  # fmt: skip


def asked(session: Session) -> list[tuple[int, RefundSource]]:
    """Return every refund asked for, oldest first."""
    return [(refund.amount_minor, refund.source) for refund in session.scalars(select(Refund).order_by(Refund.id))]


def stock(session: Session) -> list[tuple[int, int, int]]:
    """Return on hand, held, allocated of every item."""
    items = session.scalars(select(StockItem).order_by(StockItem.id), execution_options={"populate_existing": True})
    return [(item.on_hand, item.held, item.allocated) for item in items]


def two_sellers(session: Session) -> Placed:
    """Return an unpaid order of 3 and of 1 pieces from two shops."""
    return make_order(session, parts=[[(make_variant(session, price_minor=20_000), 3)], [(make_variant(session), 1)]])


@pytest.mark.row("K3")
@pytest.mark.promise("R12")
def test_unpaid_order_expires_once(session: Session, now: datetime) -> None:
    """Not a second early; holds, parts and order end together; running it again changes nothing."""
    placed = two_sellers(session)
    deadline = now + timedelta(hours=24)
    early = deadline - timedelta(seconds=1)
    assert due_payments(session, now=early) == []
    assert not expire_unpaid(session, payment_id=placed.payment.id, now=early)
    assert stock(session) == [(10, 3, 0), (10, 1, 0)]
    assert due_payments(session, now=deadline) == [placed.payment.id]
    assert expire_unpaid(session, payment_id=placed.payment.id, now=deadline)
    assert not expire_unpaid(session, payment_id=placed.payment.id, now=deadline)
    assert (placed.payment.state, placed.order.lifecycle) == (PaymentState.EXPIRED, OrderLifecycle.EXPIRED)
    assert [part.lifecycle for part in placed.parts] == [SubOrderLifecycle.EXPIRED] * 2
    assert stock(session) == [(10, 0, 0), (10, 0, 0)]
    assert {hold.state for hold in session.scalars(select(Hold))} == {HoldState.EXPIRED}


def test_hold_that_waits_for_its_provider_keeps_all_open(session: Session, now: datetime) -> None:
    """Stock is released only after the provider can no longer be paid."""
    placed = make_order(session)
    hold = session.scalars(select(Hold)).one()
    hold.waits_for_provider = True
    session.flush()
    assert not expire_unpaid(session, payment_id=placed.payment.id, now=now + timedelta(days=2))
    assert placed.payment.state is PaymentState.CREATED


@pytest.mark.row("O4", "O8")
def test_rejected_part_gives_its_money_back(session: Session, now: datetime) -> None:
    """One of two sellers says no: their share; when the other does too: theirs, and the code."""
    placed = two_sellers(session)
    pay(session, placed, now)
    for part in placed.parts:
        reject_sub_order(session, shop_id=part.shop_id, number=part.number, reason=RejectReason.SOLD_OUT,
                         actor_id=make_person(session).id, now=now)  # fmt: skip
        if part.position == 1:
            assert asked(session) == [(69_000, RefundSource.SHARE)]
            assert stock(session) == [(10, 0, 0), (10, 0, 1)]
    assert asked(session)[1:] == [(34_000, RefundSource.SHARE), (placed.payment.unique_code_minor, RefundSource.CODE)]
    assert placed.payment.refund_reserved_minor == placed.payment.amount_minor
    assert stock(session) == [(10, 0, 0), (10, 0, 0)]
    assert [part.lifecycle for part in placed.parts] == [SubOrderLifecycle.REJECTED] * 2


@pytest.mark.promise("B1")
def test_another_shop_rejects_nothing(session: Session, now: datetime) -> None:
    """Not yours means not found, and accepted means too late to reject."""
    placed = make_order(session)
    pay(session, placed, now)
    with pytest.raises(SubOrderNotFound):
        reject_sub_order(session, shop_id=make_shop(session).id, number=placed.part.number, reason=RejectReason.SOLD_OUT,
                         actor_id=make_person(session).id, now=now)  # fmt: skip
    accept(session, placed.part, now)
    with pytest.raises(MoveRefused):
        reject_sub_order(session, shop_id=placed.part.shop_id, number=placed.part.number, reason=RejectReason.SOLD_OUT,
                         actor_id=make_person(session).id, now=now)  # fmt: skip
    assert asked(session) == []


@pytest.mark.row("O3", "O8")
def test_seller_gives_up_by_quantity(session: Session, now: datetime) -> None:
    """Two of three pieces leave; the third is given up and its price asked back; shipping stays with who shipped."""
    placed = make_order(session, parts=[[(make_variant(session, price_minor=20_000), 3)]])
    pay(session, placed, now)
    accept(session, placed.part, now)
    line = session.scalars(select(OrderLine)).one()
    seller = make_person(session).id
    hand_over(session, shop_id=placed.part.shop_id, number=placed.part.number, tracking_number="", quantities={line.id: 2},
              actor_id=seller, now=now)  # fmt: skip
    cancel_by_seller(session, shop_id=placed.part.shop_id, number=placed.part.number, reason=RejectReason.DAMAGED,
                     actor_id=seller, now=now)  # fmt: skip
    assert asked(session) == [(20_000, RefundSource.SHARE)]
    assert stock(session) == [(8, 0, 0)]
    assert (placed.part.lifecycle, placed.part.fulfilment) == (SubOrderLifecycle.ACCEPTED, FulfilmentFact.SHIPPED)


@pytest.mark.row("O3", "O8", "P4")
def test_piece_by_piece_gives_back_exactly_the_whole(session: Session, now: datetime) -> None:
    """One piece, then the other two: the second time with shipping and code."""
    placed = make_order(session, parts=[[(make_variant(session, price_minor=20_000), 3)]])
    pay(session, placed, now)
    accept(session, placed.part, now)
    line = session.scalars(select(OrderLine)).one()
    for quantities in ({line.id: 1}, {line.id: 2}):
        cancel_by_seller(session, shop_id=placed.part.shop_id, number=placed.part.number, reason=RejectReason.SOLD_OUT,
                         actor_id=make_person(session).id, now=now, quantities=quantities)  # fmt: skip
    assert asked(session) == [
        (20_000, RefundSource.SHARE), (49_000, RefundSource.SHARE), (placed.payment.unique_code_minor, RefundSource.CODE),
    ]  # fmt: skip
    assert placed.part.lifecycle is SubOrderLifecycle.CANCELLED


@pytest.mark.row("O3", "P4")
def test_cash_asks_less_for_what_was_given_up(session: Session, now: datetime) -> None:
    """Nothing was collected yet: no refund, a lower price at the door; nothing when all is given up."""
    placed = make_order(session, parts=[[(make_variant(session, price_minor=20_000), 3)]], method=PaymentMethod.COD)
    gone = make_order(session, method=PaymentMethod.COD)
    seller = make_person(session).id
    reject_sub_order(session, shop_id=gone.part.shop_id, number=gone.part.number, reason=RejectReason.ON_HOLIDAY,
                     actor_id=seller, now=now)  # fmt: skip
    assert gone.payment.state is PaymentState.EXPIRED
    accept(session, placed.part, now)
    line = session.scalars(select(OrderLine).where(OrderLine.sub_order_id == placed.part.id)).one()
    cancel_by_seller(session, shop_id=placed.part.shop_id, number=placed.part.number, reason=RejectReason.SOLD_OUT,
                     actor_id=seller, now=now, quantities={line.id: 1})  # fmt: skip
    assert (placed.payment.amount_minor, asked(session)) == (49_000, [])
    hand_over(session, shop_id=placed.part.shop_id, number=placed.part.number, tracking_number="", actor_id=seller, now=now)
    settled = record_cash(session, shop_id=placed.part.shop_id, number=placed.part.number, actor_id=seller, now=now)
    assert (settled.received_minor, placed.part.paid_minor) == (49_000, 49_000)


@pytest.mark.row("O4", "O8")
def test_buyer_cancels_before_payment_and_before_acceptance(session: Session, now: datetime) -> None:
    """Unpaid: all of it. Paid: the parts nobody accepted yet. Then it is too late."""
    unpaid = make_order(session)
    pay(session, unpaid, now, amount=1_000)  # short
    cancel_order_by_buyer(session, order_id=unpaid.order.id, now=now)
    assert (unpaid.order.lifecycle, unpaid.payment.state) == (OrderLifecycle.CANCELLED, PaymentState.EXPIRED)
    assert asked(session) == [(1_000, RefundSource.SUSPENSE)]
    assert stock(session) == [(10, 0, 0)]
    placed = two_sellers(session)
    pay(session, placed, now)
    accept(session, placed.parts[0], now)
    ended = cancel_order_by_buyer(session, order_id=placed.order.id, now=now)
    assert [part.number for part in ended] == [placed.parts[1].number]
    assert [part.lifecycle for part in placed.parts] == [SubOrderLifecycle.ACCEPTED, SubOrderLifecycle.CANCELLED]
    assert placed.order.lifecycle is OrderLifecycle.PLACED
    assert asked(session)[1:] == [(34_000, RefundSource.SHARE)]
    with pytest.raises(TooLateToCancel):
        cancel_order_by_buyer(session, order_id=placed.order.id, now=now)
    assert len(asked(session)) == 2


@pytest.mark.row("O4")
def test_silence_ends_with_the_money_back(session: Session, now: datetime) -> None:
    """48 hours without a word; an answer in the last second stops it."""
    silent, answered = make_order(session), make_order(session)
    for placed in (silent, answered):
        pay(session, placed, now)
    deadline = now + timedelta(hours=48)
    assert unanswered(session, now=deadline - timedelta(seconds=1)) == []
    assert unanswered(session, now=deadline) == [silent.part.id, answered.part.id]
    accept(session, answered.part, deadline)
    assert cancel_unanswered(session, sub_order_id=silent.part.id, now=deadline)
    assert not cancel_unanswered(session, sub_order_id=silent.part.id, now=deadline)
    assert not cancel_unanswered(session, sub_order_id=answered.part.id, now=deadline)
    assert silent.part.lifecycle is SubOrderLifecycle.CANCELLED
    assert [amount for amount, _ in asked(session)] == [silent.part.total_minor, silent.payment.unique_code_minor]
    assert answered.part.lifecycle is SubOrderLifecycle.ACCEPTED


@pytest.mark.row("O4")
def test_seller_is_reminded_once_and_only_while_silent(session: Session, now: datetime) -> None:
    """Twelve hours before the end, if the part is still new."""
    before = dict(HANDLERS._by_kind), dict(HANDLERS._by_name)
    HANDLERS.clear()
    try:
        HANDLERS.register([*OURS, Handler("sub_order.accept_reminder", "test.remind", effect=print)])
        placed = make_order(session)
        pay(session, placed, now)
        settled = session.scalars(select(OutboxRow).where(OutboxRow.kind == "payment.settled")).one()
        run = HANDLERS.named(settled.handler)
        assert run is not None
        assert run.in_unit is not None
        for _ in range(2):
            run.in_unit(session, settled.payload, now)
        due = session.scalars(select(OutboxRow).where(OutboxRow.kind == "sub_order.accept_due")).one()
        assert due.due_at == now + timedelta(hours=36)
        remind = HANDLERS.named(due.handler)
        assert remind is not None
        assert remind.in_unit is not None
        remind.in_unit(session, due.payload, due.due_at)
        accept(session, placed.part, due.due_at)
        remind.in_unit(session, due.payload, due.due_at)
        reminders = session.scalars(select(OutboxRow).where(OutboxRow.kind == "sub_order.accept_reminder")).all()
        assert [row.payload for row in reminders] == [{"sub_order_id": placed.part.id}]
    finally:
        HANDLERS.clear()
        HANDLERS._by_kind.update(before[0])
        HANDLERS._by_name.update(before[1])
