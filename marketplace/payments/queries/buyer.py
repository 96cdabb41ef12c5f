"""What a buyer sees of a payment: how much, where to, until when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderId, PaymentId
from marketplace.kernel.money import Currency
from marketplace.orders.models import Order, PaymentMethod
from marketplace.payments.models import BankAccount, Payment, PaymentState, QrisCode, Refund, RefundState
from marketplace.payments.qris import dynamic_payload
from marketplace.payments.states import CONFIRMED_BY_HAND, OPEN, TAKEN


@dataclass(frozen=True, slots=True)
class BankView:
    """An account to transfer to."""

    id: int
    bank_name: str
    number: str
    holder: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class QrisView:
    """A code to scan: its payload with what is still to pay and the order's number inside."""

    payload: str
    merchant_name: str
    reference: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class RefundView:
    """Money on its way back, or back. Minor units."""

    amount_minor: int
    currency: Currency
    state: RefundState
    reason: str
    requested_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentView:
    """An order's payment for its buyer, in minor units of `currency`.

    Cash on delivery has one payment for each seller's part: amounts are their sums, `state` that of the one least far.
    """

    payment_id: PaymentId
    method: PaymentMethod
    state: PaymentState
    amount_minor: int
    unique_code_minor: int
    received_minor: int
    refunded_minor: int
    currency: Currency
    bank: BankView | None
    created_at: datetime
    expires_at: datetime | None
    captured_at: datetime | None
    proof_at: datetime | None
    proof_file_id: int | None
    refunds: tuple[RefundView, ...]
    qris: QrisView | None = None  # while something is to pay by it

    @property
    def is_open(self) -> bool:
        """Tell whether the buyer is still expected to pay."""
        return self.state in OPEN

    @property
    def is_paid(self) -> bool:
        """Tell whether the money is there (it may have gone back since)."""
        return self.state in TAKEN

    @property
    def may_send_proof(self) -> bool:
        """Tell whether a transfer slip is welcome: also after the deadline, while money may be on its way."""
        return self.method in CONFIRMED_BY_HAND and (self.is_open or self.state is PaymentState.EXPIRED)

    @property
    def missing_minor(self) -> int:
        """Return what is still to pay while the payment is open, in minor units."""
        return max(0, self.amount_minor - self.received_minor) if self.is_open else 0


def payment_of_order(session: Session, order_id: OrderId) -> PaymentView | None:
    """Return the newest payment of an order as its buyer sees it, or none when nothing was asked for yet."""
    rows = session.execute(_payments().where(Payment.order_id == order_id).order_by(Payment.id.desc())).all()
    if not rows:
        return None
    newest = rows[0]
    counted = rows if newest.method is PaymentMethod.COD else [newest]
    least = next((row for row in counted if row.state in OPEN), newest)
    return PaymentView(
        payment_id=newest.id,
        method=newest.method,
        state=least.state,
        amount_minor=sum(row.amount_minor for row in counted),
        unique_code_minor=newest.unique_code_minor,
        received_minor=sum(row.received_minor for row in counted),
        refunded_minor=sum(row.refunded_minor for row in counted),
        currency=newest.currency,
        bank=bank_of(newest),
        created_at=newest.created_at,
        expires_at=newest.expires_at,
        captured_at=least.captured_at,
        proof_at=newest.proof_at,
        proof_file_id=newest.proof_file_id,
        refunds=_refunds(session, [row.id for row in rows]),
        qris=_code_to_scan(newest),
    )


def _payments() -> Select[*tuple[Any, ...]]:
    return select(
        Payment.id, Payment.method, Payment.state, Payment.amount_minor, Payment.unique_code_minor, Payment.received_minor,
        Payment.refunded_minor, Payment.currency, Payment.created_at, Payment.expires_at, Payment.captured_at, Payment.proof_at,
        Payment.proof_file_id,
        Payment.bank_account_id, BankAccount.bank_name, BankAccount.number, BankAccount.holder, BankAccount.is_example,
        Order.number.label("order_number"), QrisCode.payload, QrisCode.merchant_name,
        QrisCode.is_example.label("is_example_code"),
    ).join(Order, Order.id == Payment.order_id).outerjoin(BankAccount, BankAccount.id == Payment.bank_account_id).outerjoin(
        QrisCode, QrisCode.id == Payment.qris_code_id
    )  # fmt: skip


def _code_to_scan(row: Row[*tuple[Any, ...]]) -> QrisView | None:
    """Return the code to scan for what is still to pay, none when nothing is."""
    missing = row.amount_minor - row.received_minor
    if row.payload is None or row.state not in OPEN or missing <= 0:
        return None
    payload = dynamic_payload(row.payload, amount_minor=missing, reference=row.order_number)
    return QrisView(payload, row.merchant_name, row.order_number, row.is_example_code)


def bank_of(row: Row[*tuple[Any, ...]]) -> BankView | None:
    """Return the bank account joined to this row, if there is one."""
    if row.bank_account_id is None:
        return None
    return BankView(
        id=row.bank_account_id, bank_name=row.bank_name, number=row.number, holder=row.holder, is_example=row.is_example
    )


def _refunds(session: Session, payment_ids: list[PaymentId]) -> tuple[RefundView, ...]:
    query = (
        select(Refund.amount_minor, Refund.currency, Refund.state, Refund.reason, Refund.requested_at, Refund.ended_at)
        .where(Refund.payment_id.in_(payment_ids))
        .order_by(Refund.id)
        .limit(100)
    )
    return tuple(RefundView(*row) for row in session.execute(query))


def active_bank_accounts(session: Session) -> tuple[BankView, ...]:
    """Return the accounts buyers may transfer to, in the order staff gave them."""
    query = (
        select(BankAccount.id, BankAccount.bank_name, BankAccount.number, BankAccount.holder, BankAccount.is_example)
        .where(BankAccount.is_active)
        .order_by(BankAccount.position, BankAccount.id)
    )
    return tuple(BankView(*row) for row in session.execute(query))
