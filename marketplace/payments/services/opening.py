"""Asking for money, and noting the buyer's proof that it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.services import extend_holds
from marketplace.kernel.ids import OrderId, PaymentId, SubOrderId
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.outbox.emitting import emit
from marketplace.payments.codes import reserve
from marketplace.payments.errors import PaymentNotOpen, WrongAmount
from marketplace.payments.events import write_event
from marketplace.payments.locking import lock_payment, shares_of
from marketplace.payments.models import Payment, PaymentPurpose, PaymentShare, PaymentState, TransferCode
from marketplace.payments.states import CONFIRMED_BY_HAND, OPEN, move_payment

PROOF_GRACE = timedelta(hours=24)


def open_payment(
    session: Session,
    *,
    order_id: OrderId,
    method: PaymentMethod,
    shares: Mapping[SubOrderId, int],
    expires_at: datetime | None,
    now: datetime,
    bank_account_id: int | None = None,
    unique_code_minor: int = 0,
    qris_code_id: int | None = None,
    purpose: PaymentPurpose = PaymentPurpose.FULL,
) -> Payment:
    """Ask for the sum of `shares` (minor units of the order's currency) plus the unique code; flushes to obtain its id.

    Cash is collected by each seller at the door, so a cash payment covers exactly one sub-order: open one for each.
    Raises: WrongAmount when nothing is due; ValueError for shares that are not this order's.
    """
    amount = sum(shares.values()) + unique_code_minor
    if amount <= 0 or min(shares.values(), default=0) < 0 or unique_code_minor < 0:
        raise WrongAmount(amount_minor=amount)
    if method is PaymentMethod.COD and len(shares) != 1:
        raise ValueError("cash on delivery needs one payment for each sub-order")
    if method is not PaymentMethod.COD and bank_account_id is None:
        raise ValueError("money that is not cash arrives on a bank account")
    if (method is PaymentMethod.QRIS) != (qris_code_id is not None):
        raise ValueError("a QRIS payment is opened on a code, and nothing else is")
    currency = session.scalars(select(Order.currency).where(Order.id == order_id)).one()
    ours = set(session.scalars(select(SubOrder.id).where(SubOrder.order_id == order_id)))
    if not set(shares) <= ours:
        raise ValueError("a payment covers sub-orders of its own order only")
    payment = Payment(
        order_id=order_id,
        purpose=purpose,
        method=method,
        state=PaymentState.CREATED,
        amount_minor=amount,
        unique_code_minor=unique_code_minor,
        currency=currency,
        bank_account_id=bank_account_id,
        qris_code_id=qris_code_id,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(payment)
    session.flush()
    for sub_order_id, amount_minor in sorted(shares.items()):
        session.add(
            PaymentShare(
                payment_id=payment.id,
                sub_order_id=sub_order_id,
                amount_minor=amount_minor,
                currency=currency,
                payout_minor=amount_minor,
                payout_currency=currency,
            )
        )
    if unique_code_minor:
        _tie_code(session, payment)
    write_event(
        session,
        payment_id=payment.id,
        kind="opened",
        states=(None, PaymentState.CREATED),
        now=now,
        source_id=f"payment:{payment.id}:opened",
        amount_minor=amount,
    )
    return payment


def _tie_code(session: Session, payment: Payment) -> None:
    """Give the amount reserved by `pick_unique_code` to this payment. Raises: ValueError when nobody reserved it."""
    if payment.bank_account_id is None:
        raise ValueError("a unique code belongs to a transfer to a bank account")
    find = select(TransferCode).where(
        TransferCode.bank_account_id == payment.bank_account_id, TransferCode.amount_minor == payment.amount_minor
    )
    code = session.scalar(find)
    if code is None and reserve(session, bank_account_id=payment.bank_account_id, amount_minor=payment.amount_minor):
        code = session.scalar(find)
    if code is None or code.payment_id is not None:
        raise ValueError("the amount of this transfer is another payment's")
    code.payment_id = payment.id
    session.flush()


def is_first_in_time(payment: Payment, now: datetime) -> bool:
    """Tell whether a proof that comes now is the first, and came before the deadline of a payment that is still open."""
    return payment.state in OPEN and payment.proof_at is None and payment.expires_at is not None and now <= payment.expires_at


def with_grace(expires_at: datetime, now: datetime) -> datetime:
    """Return until when goods wait once their proof came at `now`: long enough for the office to look, once."""
    return max(expires_at, now + PROOF_GRACE)


def record_proof(session: Session, *, payment_id: PaymentId, file_id: int, now: datetime) -> None:
    """Note the picture of a transfer slip. It proves nothing by itself: the queue shows it beside the amount.

    The first one that comes in time keeps the goods for `PROOF_GRACE` more, so that nobody who paid loses them while the
    office looks. Also taken after the deadline, as money then may still be on its way. Raises: PaymentNotFound, PaymentNotOpen.
    """
    payment = lock_payment(session, payment_id)
    before = payment.state
    if before not in OPEN | {PaymentState.EXPIRED} or payment.method not in CONFIRMED_BY_HAND:
        raise PaymentNotOpen(payment_id=payment_id, state=before)
    if before is PaymentState.CREATED:
        payment.state = move_payment(before, PaymentState.PROCESSING)
    if is_first_in_time(payment, now):
        payment.expires_at = with_grace(payment.expires_at or now, now)
        extend_holds(session, payment_id=payment_id, until=payment.expires_at)
    payment.proof_file_id = file_id
    payment.proof_at = now
    write_event(
        session,
        payment_id=payment_id,
        kind="proof",
        states=(before, payment.state),
        now=now,
        source="buyer",
        source_id=f"proof:{file_id}",
        data={"file_id": file_id},
    )
    emit(session, "payment.proof_received", {"payment_id": payment_id}, now=now)


def lower_due(
    session: Session, *, payment_id: PaymentId, sub_order_id: SubOrderId, by_minor: int, reason: str, now: datetime
) -> None:
    """Ask less for one part of a payment nobody has paid anything of yet.

    Raises: PaymentNotFound, PaymentNotOpen, WrongAmount.
    """
    payment = lock_payment(session, payment_id)
    if payment.state not in OPEN or payment.received_minor or payment.unique_code_minor:
        raise PaymentNotOpen(payment_id=payment_id, state=payment.state)
    share = next(share for share in shares_of(session, payment_id) if share.sub_order_id == sub_order_id)
    if not 0 < by_minor < share.amount_minor:
        raise WrongAmount(amount_minor=by_minor)
    before = payment.amount_minor
    payment.amount_minor -= by_minor
    share.amount_minor -= by_minor
    share.payout_minor -= by_minor
    write_event(
        session,
        payment_id=payment_id,
        kind="lowered",
        states=(payment.state, payment.state),
        now=now,
        source_id=f"payment:{payment_id}:lowered:{before}",
        amount_minor=payment.amount_minor,
        data={"by_minor": by_minor, "reason": reason},
    )
