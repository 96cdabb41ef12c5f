"""What the office sees: transfers to check, money that does not fit, refunds to send, one payment with its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from marketplace.db import Document
from marketplace.kernel.ids import PaymentId, PersonId, SubOrderId
from marketplace.kernel.money import Currency
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.payments.models import (
    AttentionKind,
    BankAccount,
    Payment,
    PaymentAttention,
    PaymentEvent,
    PaymentShare,
    PaymentState,
    Refund,
    RefundSource,
    RefundState,
)
from marketplace.payments.states import CONFIRMED_BY_HAND

from .buyer import BankView, bank_of

MOST = 100
LATE_FOR = timedelta(days=7)  # a late proof keeps a payment on the list as long as its amount stays its own


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A payment beside what its buyer says about it. Minor units of `currency`; the buyer's phone is E.164."""

    payment_id: PaymentId
    order_number: str
    buyer_name: str
    buyer_phone: str
    method: PaymentMethod
    state: PaymentState
    amount_minor: int
    unique_code_minor: int
    received_minor: int
    counted_minor: int
    refund_reserved_minor: int
    refunded_minor: int
    currency: Currency
    bank: BankView | None
    created_at: datetime
    expires_at: datetime | None
    captured_at: datetime | None
    proof_file_id: int | None
    proof_at: datetime | None

    def age(self, now: datetime) -> timedelta:
        """Return how long this has waited: since the proof, or since the order when there is none."""
        return now - (self.proof_at or self.created_at)


@dataclass(frozen=True, slots=True)
class AttentionRow:
    """Money that needs a person."""

    id: int
    payment_id: PaymentId
    order_number: str
    buyer_name: str
    kind: AttentionKind
    amount_minor: int
    currency: Currency
    raised_at: datetime
    resolved_at: datetime | None
    resolution: str


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money to give back."""

    id: int
    payment_id: PaymentId
    order_number: str
    buyer_name: str
    buyer_phone: str
    sub_order_id: SubOrderId | None
    source: RefundSource
    state: RefundState
    amount_minor: int
    currency: Currency
    reason: str
    requested_at: datetime
    ended_at: datetime | None
    reference: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a payment's history."""

    at: datetime
    kind: str
    from_state: str | None
    to_state: str
    amount_minor: int | None
    source: str
    source_id: str
    actor_id: PersonId | None
    data: Document


@dataclass(frozen=True, slots=True)
class ShareRow:
    """The part of one sub-order."""

    sub_order_number: str
    shop_name: str
    amount_minor: int
    refund_reserved_minor: int
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class PaymentForStaff:
    """A payment with everything that is known about it."""

    row: TransferRow
    shares: tuple[ShareRow, ...]
    events: tuple[EventRow, ...]
    attentions: tuple[AttentionRow, ...]
    refunds: tuple[RefundRow, ...]


def _transfers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Payment.id, Order.number.label("order_number"), Order.buyer_name, Order.buyer_phone, Payment.method, Payment.state,
            Payment.amount_minor, Payment.unique_code_minor, Payment.received_minor, Payment.counted_minor,
            Payment.refund_reserved_minor, Payment.refunded_minor, Payment.currency, Payment.created_at, Payment.expires_at,
            Payment.captured_at, Payment.proof_file_id, Payment.proof_at, Payment.bank_account_id,
            BankAccount.bank_name, BankAccount.number, BankAccount.holder, BankAccount.is_example,
        )
        .join(Order, Order.id == Payment.order_id)
        .outerjoin(BankAccount, BankAccount.id == Payment.bank_account_id)
    )  # fmt: skip


def _transfer_row(row: Row[*tuple[Any, ...]]) -> TransferRow:
    return TransferRow(
        payment_id=row.id, order_number=row.order_number, buyer_name=row.buyer_name, buyer_phone=row.buyer_phone,
        method=row.method, state=row.state, amount_minor=row.amount_minor, unique_code_minor=row.unique_code_minor,
        received_minor=row.received_minor, counted_minor=row.counted_minor, refund_reserved_minor=row.refund_reserved_minor,
        refunded_minor=row.refunded_minor, currency=row.currency, bank=bank_of(row), created_at=row.created_at,
        expires_at=row.expires_at, captured_at=row.captured_at, proof_file_id=row.proof_file_id, proof_at=row.proof_at,
    )  # fmt: skip


def transfer_queue(
    session: Session, *, now: datetime, amount_minor: int | None = None, limit: int = MOST
) -> tuple[TransferRow, ...]:
    """Return transfers to check, those with a proof first and the longest waiting on top; optionally of one exact amount.

    Waiting are open transfers, and expired ones whose proof came within the last seven days.
    """
    waiting = or_(
        Payment.state.in_([PaymentState.CREATED, PaymentState.PROCESSING]),
        and_(Payment.state == PaymentState.EXPIRED, Payment.proof_at.is_not(None), Payment.closed_at >= now - LATE_FOR),
    )
    query = _transfers().where(Payment.method.in_(CONFIRMED_BY_HAND), waiting)
    if amount_minor is not None:
        query = query.where(Payment.amount_minor == amount_minor)
    query = query.order_by(Payment.proof_at.is_(None), Payment.proof_at, Payment.created_at, Payment.id).limit(min(limit, MOST))
    return tuple(_transfer_row(row) for row in session.execute(query))


def _attentions() -> Select[*tuple[Any, ...]]:
    return (
        select(
            PaymentAttention.id, PaymentAttention.payment_id, Order.number, Order.buyer_name, PaymentAttention.kind,
            PaymentAttention.amount_minor, Payment.currency, PaymentAttention.raised_at, PaymentAttention.resolved_at,
            PaymentAttention.resolution,
        )
        .join(Payment, Payment.id == PaymentAttention.payment_id)
        .join(Order, Order.id == Payment.order_id)
    )  # fmt: skip


def attention_list(session: Session, *, raised_before: datetime | None = None, limit: int = MOST) -> tuple[AttentionRow, ...]:
    """Return what nobody has finished yet, oldest first; with `raised_before` only what has waited since before then."""
    query = _attentions().where(PaymentAttention.resolved_at.is_(None))
    if raised_before is not None:
        query = query.where(PaymentAttention.raised_at <= raised_before)
    query = query.order_by(PaymentAttention.raised_at, PaymentAttention.id).limit(min(limit, MOST))
    return tuple(AttentionRow(*row) for row in session.execute(query))


def _refunds() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Refund.id, Refund.payment_id, Order.number, Order.buyer_name, Order.buyer_phone, Refund.sub_order_id, Refund.source,
            Refund.state, Refund.amount_minor, Refund.currency, Refund.reason, Refund.requested_at, Refund.ended_at,
            Refund.reference,
        )
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Order, Order.id == Payment.order_id)
    )  # fmt: skip


def refund_queue(session: Session, *, limit: int = MOST) -> tuple[RefundRow, ...]:
    """Return refunds that are not finished, and failed ones nobody asked again for, oldest first."""
    again = Refund.__table__.alias("again")
    asked_again = exists().where(
        again.c.payment_id == Refund.payment_id,
        again.c.id > Refund.id,
        again.c.source == Refund.source,
        again.c.sub_order_id.is_not_distinct_from(Refund.sub_order_id),
    )
    waiting = or_(
        Refund.state.in_([RefundState.REQUESTED, RefundState.SENT]), and_(Refund.state == RefundState.FAILED, ~asked_again)
    )
    query = _refunds().where(waiting).order_by(Refund.requested_at, Refund.id).limit(min(limit, MOST))
    return tuple(RefundRow(*row) for row in session.execute(query))


def payment_for_staff(session: Session, payment_id: PaymentId) -> PaymentForStaff | None:
    """Return one payment with its shares, history, open questions and refunds."""
    found = session.execute(_transfers().where(Payment.id == payment_id)).one_or_none()
    if found is None:
        return None
    shares = session.execute(
        select(
            SubOrder.number, SubOrder.shop_name, PaymentShare.amount_minor, PaymentShare.refund_reserved_minor,
            PaymentShare.refunded_minor,
        )
        .join(SubOrder, SubOrder.id == PaymentShare.sub_order_id)
        .where(PaymentShare.payment_id == payment_id)
        .order_by(SubOrder.position)
    )  # fmt: skip
    events = session.execute(
        select(
            PaymentEvent.at, PaymentEvent.kind, PaymentEvent.from_state, PaymentEvent.to_state, PaymentEvent.amount_minor,
            PaymentEvent.source, PaymentEvent.source_id, PaymentEvent.actor_id, PaymentEvent.data,
        )
        .where(PaymentEvent.payment_id == payment_id)
        .order_by(PaymentEvent.id)
        .limit(MOST)
    )  # fmt: skip
    attentions = session.execute(
        _attentions().where(PaymentAttention.payment_id == payment_id).order_by(PaymentAttention.id).limit(MOST)
    )
    refunds = session.execute(_refunds().where(Refund.payment_id == payment_id).order_by(Refund.id).limit(MOST))
    return PaymentForStaff(
        row=_transfer_row(found),
        shares=tuple(ShareRow(*row) for row in shares),
        events=tuple(EventRow(*row) for row in events),
        attentions=tuple(AttentionRow(*row) for row in attentions),
        refunds=tuple(RefundRow(*row) for row in refunds),
    )
