"""Payments, shares, refunds and what orders believe was paid: all the same money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from marketplace.files.models import PrivateFile
from marketplace.inventory.models import Hold, HoldState
from marketplace.kernel.broken import Broken
from marketplace.orders.models import Order, OrderLifecycle, PaymentMethod, SubOrder
from marketplace.payments.models import (
    LedgerTransaction,
    Payment,
    PaymentAttention,
    PaymentPurpose,
    PaymentShare,
    Refund,
    RefundSource,
    RefundState,
    TransferCode,
)
from marketplace.payments.states import OPEN, TAKEN

GRACE = timedelta(minutes=1)


def _total(amount: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.coalesce(func.sum(amount), 0)).where(*where).scalar_subquery()


_LIVE = Refund.state != RefundState.FAILED
_DONE = Refund.state == RefundState.SUCCEEDED
_OF_PAYMENT = Refund.payment_id == Payment.id
_OF_SHARE = and_(Refund.payment_id == PaymentShare.payment_id, Refund.sub_order_id == PaymentShare.sub_order_id)

suspense_of_payment = (
    Payment.received_minor
    - Payment.counted_minor
    - _total(Refund.amount_minor, _OF_PAYMENT, _LIVE, Refund.source == RefundSource.SUSPENSE)
)


def _checks(now: datetime) -> Iterator[tuple[str, str, str, Select[Any]]]:
    """Yield code, kind, words and a query of the offenders' ids."""
    shares = _total(PaymentShare.amount_minor, PaymentShare.payment_id == Payment.id)
    yield (
        "I4",
        "payment",
        "is not the sum of its shares and its code",
        select(Payment.id).where(Payment.amount_minor != shares + Payment.unique_code_minor),
    )
    yield (
        "I3",
        "payment",
        "reserved or gave back other than its refunds say, or more than came",
        select(Payment.id).where(
            or_(
                Payment.refund_reserved_minor != _total(Refund.amount_minor, _OF_PAYMENT, _LIVE),
                Payment.refunded_minor != _total(Refund.amount_minor, _OF_PAYMENT, _DONE),
                Payment.refund_reserved_minor > Payment.received_minor,
            )
        ),
    )
    yield (
        "I3",
        "payment_share",
        "reserved or gave back other than its refunds say, or more than it is",
        select(PaymentShare.payment_id).where(
            or_(
                PaymentShare.refund_reserved_minor != _total(Refund.amount_minor, _OF_SHARE, _LIVE),
                PaymentShare.refunded_minor != _total(Refund.amount_minor, _OF_SHARE, _DONE),
                PaymentShare.refund_reserved_minor > PaymentShare.amount_minor,
            )
        ),
    )
    yield (
        "I2",
        "payment",
        "counts less than its price, or counts while it is not captured",
        select(Payment.id).where(
            Payment.counted_minor > 0, or_(Payment.counted_minor < Payment.amount_minor, Payment.state.not_in(TAKEN))
        ),
    )
    yield (
        "I2",
        "payment",
        "is paid, but its order is not placed",
        select(Payment.id)
        .join(Order, Order.id == Payment.order_id)
        .where(Payment.counted_minor > 0, Order.lifecycle != OrderLifecycle.PLACED),
    )
    listed = exists().where(PaymentAttention.payment_id == Payment.id, PaymentAttention.resolved_at.is_(None))
    yield (
        "I2",
        "payment",
        "has money in suspense that stands on no list",
        select(Payment.id).where(suspense_of_payment != 0, or_(suspense_of_payment < 0, ~listed)),
    )
    yield (
        "I3",
        "payment",
        "is of another currency than its order",
        select(Payment.id).join(Order, Order.id == Payment.order_id).where(Payment.currency != Order.currency),
    )
    yield from _parts()
    yield "I3", "payment", "does not ask for what its parts cost", _unequal_to_parts()
    yield (
        "I8",
        "payment",
        "is open more than a minute past its deadline and waits for no provider",
        select(Payment.id).where(Payment.state.in_(OPEN), Payment.expires_at < now - GRACE, ~_waits()),
    )
    yield (
        "I8",
        "hold",
        "is alive although its payment is not open",
        select(Hold.id)
        .outerjoin(Payment, Payment.id == Hold.payment_id)
        .where(Hold.state == HoldState.HELD, or_(Payment.id.is_(None), Payment.state.not_in(OPEN))),
    )
    yield (
        "I4",
        "transfer_code",
        "is tied to no payment, or to one of another amount",
        select(TransferCode.id)
        .outerjoin(Payment, Payment.id == TransferCode.payment_id)
        .where(
            or_(
                Payment.id.is_(None),
                Payment.amount_minor != TransferCode.amount_minor,
                Payment.bank_account_id != TransferCode.bank_account_id,
            )
        ),
    )
    yield from _lost_ids()


def _waits() -> ColumnElement[bool]:
    return exists().where(Hold.payment_id == Payment.id, Hold.state == HoldState.HELD, Hold.waits_for_provider)


def _parts() -> Iterator[tuple[str, str, str, Select[Any]]]:
    """What orders believe was paid and given back is what payments say."""
    paid = (
        select(func.coalesce(func.sum(PaymentShare.amount_minor), 0))
        .join(Payment, Payment.id == PaymentShare.payment_id)
        .where(PaymentShare.sub_order_id == SubOrder.id, Payment.counted_minor > 0)
        .scalar_subquery()
    )
    back = _total(Refund.amount_minor, Refund.sub_order_id == SubOrder.id, _DONE)
    yield (
        "I2",
        "sub_order",
        "counts other money than its payments say",
        select(SubOrder.id).where(or_(SubOrder.paid_minor != paid, SubOrder.refunded_minor != back)),
    )


def _unequal_to_parts() -> Select[Any]:
    """A full payment asks for the whole price of its parts and the order's code; cash may have been lowered by cancelling."""
    parts = (
        select(func.coalesce(func.sum(SubOrder.total_minor), 0))
        .join(PaymentShare, PaymentShare.sub_order_id == SubOrder.id)
        .where(PaymentShare.payment_id == Payment.id)
        .scalar_subquery()
    )
    due = parts + case((Payment.method == PaymentMethod.TRANSFER, Order.unique_code_minor), else_=0)
    wrong = or_(
        and_(Payment.method != PaymentMethod.COD, Payment.amount_minor != due),
        and_(Payment.method == PaymentMethod.COD, Payment.amount_minor > due),
    )
    return select(Payment.id).join(Order, Order.id == Payment.order_id).where(Payment.purpose == PaymentPurpose.FULL, wrong)


def _lost_ids() -> Iterator[tuple[str, str, str, Select[Any]]]:
    yield (
        "ids",
        "hold",
        "names a payment that does not exist",
        select(Hold.id).outerjoin(Payment, Payment.id == Hold.payment_id).where(Payment.id.is_(None)),
    )
    yield (
        "ids",
        "private_file",
        "belongs to a payment that does not exist",
        select(PrivateFile.id)
        .outerjoin(Payment, Payment.id == PrivateFile.owner_id)
        .where(PrivateFile.owner_kind == "payment", Payment.id.is_(None)),
    )
    yield (
        "ids",
        "ledger_transaction",
        "names a payment or order that does not exist",
        select(LedgerTransaction.id)
        .outerjoin(Payment, Payment.id == LedgerTransaction.payment_id)
        .outerjoin(Order, Order.id == LedgerTransaction.order_id)
        .where(
            or_(
                and_(LedgerTransaction.payment_id.is_not(None), Payment.id.is_(None)),
                and_(LedgerTransaction.order_id.is_not(None), Order.id.is_(None)),
            )
        ),
    )


def find_broken(session: Session, now: datetime) -> Iterator[Broken]:
    """Yield every payment, share, part, hold or code that does not add up."""
    for code, kind, words, query in _checks(now):
        for found in session.scalars(query).all():
            yield Broken(code, kind, (found,), words)
