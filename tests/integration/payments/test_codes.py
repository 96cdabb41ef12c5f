"""Unique amounts of transfers, proofs, and the office's queue."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.aftersales.services import expire_unpaid
from marketplace.files.models import PrivateFile
from marketplace.kernel.money import Currency
from marketplace.orders.models import PaymentMethod
from marketplace.payments.codes import CODES, free_codes, payment_by_amount, pick_unique_code, reserve
from marketplace.payments.errors import NoCodeFree, PaymentNotOpen, WrongAmount
from marketplace.payments.models import PaymentState, TransferCode
from marketplace.payments.queries import payment_for_staff, payment_of_order, transfer_queue
from marketplace.payments.services import open_payment, record_proof, settle
from tests.counting import statements_of
from tests.factories.payments import Placed, make_bank_account, make_order


def proof(session: Session, placed: Placed, now: datetime, name: str = "a") -> int:
    """Return a stored slip of this payment."""
    file = PrivateFile(token=name * 43, owner_kind="payment", owner_id=placed.payment.id, file_name="slip.jpg",
                       media_type="image/jpeg", byte_size=1, sha256="0" * 64, created_at=now)  # fmt: skip
    session.add(file)
    session.flush()
    return file.id


@pytest.mark.row("P2")
def test_same_total_gets_another_amount(session: Session, now: datetime) -> None:
    """Twenty orders of the same price are twenty amounts, each leading to its payment."""
    placed = [make_order(session) for _ in range(20)]
    amounts = [one.payment.amount_minor for one in placed]
    assert len(set(amounts)) == 20
    assert all(1 <= one.payment.unique_code_minor <= 999 for one in placed)
    bank = make_bank_account(session)
    for one in placed:
        assert payment_by_amount(session, bank_account_id=bank.id, amount_minor=one.payment.amount_minor) == one.payment.id


@pytest.mark.row("P2")
def test_last_code_and_none_left(session: Session, now: datetime) -> None:
    """998 taken: the one that is left is found; then the refusal says which account is full."""
    bank = make_bank_account(session)
    for code in CODES:
        if code != 421:
            assert reserve(session, bank_account_id=bank.id, amount_minor=50_000 + code)
    assert pick_unique_code(session, bank_account_id=bank.id, base_minor=50_000, now=now) == 421
    with pytest.raises(NoCodeFree):
        pick_unique_code(session, bank_account_id=bank.id, base_minor=50_000, now=now)
    assert not reserve(session, bank_account_id=bank.id, amount_minor=50_001)
    session.rollback()  # reservations without a payment never outlive their unit


@pytest.mark.row("P2")
def test_amount_is_free_again_seven_days_after_closing(session: Session, now: datetime) -> None:
    """Not while open, not a second before, not of an open neighbour."""
    open_one, closed = make_order(session), make_order(session)
    settle(session, payment_id=closed.payment.id, received_minor=closed.payment.amount_minor, currency=Currency.IDR,
           source="staff", source_id="s", actor_id=None, now=now)  # fmt: skip
    assert free_codes(session, now=now + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert free_codes(session, now=now + timedelta(days=7)) == 1
    assert session.scalars(select(TransferCode.payment_id)).all() == [open_one.payment.id]


@pytest.mark.row("P2")
def test_proof_puts_a_transfer_on_top_of_the_queue(session: Session, now: datetime) -> None:
    """The queue shows the slip beside the amount; after the deadline too; a paid one leaves."""
    first, second, third = make_order(session), make_order(session), make_order(session)
    file_id = proof(session, second, now)
    record_proof(session, payment_id=second.payment.id, file_id=file_id, now=now + timedelta(hours=2))
    queue = transfer_queue(session, now=now)
    assert [row.payment_id for row in queue] == [second.payment.id, first.payment.id, third.payment.id]
    assert (queue[0].proof_file_id, queue[0].amount_minor, queue[0].state) == (
        file_id, second.payment.amount_minor, PaymentState.PROCESSING,
    )  # fmt: skip
    assert queue[0].age(now + timedelta(hours=5)) == timedelta(hours=3)
    assert queue[0].bank is not None
    assert [row.payment_id for row in transfer_queue(session, now=now, amount_minor=third.payment.amount_minor)] == [
        third.payment.id
    ]
    for one in (first, second):
        expire_unpaid(session, payment_id=one.payment.id, now=now + timedelta(days=1))
    assert [row.payment_id for row in transfer_queue(session, now=now + timedelta(days=1))] == [
        second.payment.id,
        third.payment.id,
    ]
    settle(session, payment_id=second.payment.id, received_minor=second.payment.amount_minor, currency=Currency.IDR,
           source="staff", source_id="s", actor_id=None, now=now)  # fmt: skip
    assert [row.payment_id for row in transfer_queue(session, now=now)] == [third.payment.id]
    with pytest.raises(PaymentNotOpen):
        record_proof(session, payment_id=second.payment.id, file_id=file_id, now=now)


@pytest.mark.row("P2", "P6")
def test_pages_read_the_payment_and_its_history(session: Session, now: datetime) -> None:
    """The buyer sees how much, where and until when; the office also every event."""
    placed = make_order(session)
    view = payment_of_order(session, placed.order.id)
    assert view is not None
    assert (view.amount_minor, view.unique_code_minor, view.is_open, view.may_send_proof, view.missing_minor) == (
        placed.order.total_minor, placed.order.unique_code_minor, True, True, placed.order.total_minor,
    )  # fmt: skip
    assert (view.bank.bank_name if view.bank else "", view.expires_at) == ("Bank Contoh", now + timedelta(hours=24))
    settle(session, payment_id=placed.payment.id, received_minor=placed.payment.amount_minor + 9, currency=Currency.IDR,
           source="staff", source_id="s", actor_id=None, now=now)  # fmt: skip
    paid_view = payment_of_order(session, placed.order.id)
    assert paid_view is not None
    assert (paid_view.is_paid, paid_view.is_open, paid_view.missing_minor) == (True, False, 0)
    seen = payment_for_staff(session, placed.payment.id)
    assert seen is not None
    assert [event.kind for event in seen.events] == ["opened", "settled.over"]
    assert [(row.kind.value, row.amount_minor) for row in seen.attentions] == [("over", 9)]
    assert [share.amount_minor for share in seen.shares] == [placed.part.total_minor]
    assert payment_of_order(session, type(placed.order.id)(0)) is None


def test_senseless_payments_are_refused(session: Session, now: datetime) -> None:
    """Nothing due, another order's part, cash for two sellers at once, a transfer to nowhere."""
    one, other = make_order(session), make_order(session)
    before = session.scalar(select(func.count()).select_from(TransferCode))
    bank = make_bank_account(session).id
    with pytest.raises(WrongAmount):
        open_payment(session, order_id=one.order.id, method=PaymentMethod.TRANSFER, shares={one.part.id: 0}, expires_at=None,
                     now=now, bank_account_id=bank)  # fmt: skip
    with pytest.raises(ValueError):
        open_payment(session, order_id=one.order.id, method=PaymentMethod.TRANSFER, shares={other.part.id: 5}, expires_at=None,
                     now=now, bank_account_id=bank)  # fmt: skip
    with pytest.raises(ValueError):
        open_payment(session, order_id=one.order.id, method=PaymentMethod.COD, shares={one.part.id: 5, other.part.id: 5},
                     expires_at=None, now=now)  # fmt: skip
    with pytest.raises(ValueError):
        open_payment(session, order_id=one.order.id, method=PaymentMethod.TRANSFER, shares={one.part.id: 5}, expires_at=None,
                     now=now)  # fmt: skip
    assert session.scalar(select(func.count()).select_from(TransferCode)) == before


def test_picking_reads_what_is_taken_once(session: Session, now: datetime) -> None:
    """It once asked for every one of the 999 codes, in each checkout."""
    bank = make_bank_account(session)
    with statements_of(session) as sent:
        pick_unique_code(session, bank_account_id=bank.id, base_minor=50_000, now=now)
    assert len(sent) == 2  # what is taken, and the reservation
    session.rollback()  # reservations without a payment never outlive their unit
