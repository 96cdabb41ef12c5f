"""What a refund writes into the books and into its payment's history at each step."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId, ShopId
from marketplace.orders.models import PaymentMethod, SubOrder

from . import accounts
from .events import write_event
from .ledger import Entry, post, posted
from .models import LedgerTransaction, Payment, PaymentShare, PaymentState, Refund, RefundSource


class ForeignShare(Exception):
    """A share paid out in another currency cannot be given back in part without a decided rate; nothing makes one yet."""


def closed_key(sub_order_id: int) -> str:
    """Return the key under which a sub-order's earnings became payable."""
    return f"sub_order:{sub_order_id}:closed"


def is_closed(session: Session, sub_order_id: int) -> bool:
    """Tell whether this sub-order's earnings are payable already."""
    return session.scalars(select(exists().where(LedgerTransaction.key == closed_key(sub_order_id)))).one()


def shop_of(session: Session, sub_order_id: int) -> ShopId:
    """Return whose sub-order it is."""
    return session.scalars(select(SubOrder.shop_id).where(SubOrder.id == sub_order_id)).one()


def _taken_from(session: Session, refund: Refund) -> str:
    """Return the account that pays for this refund."""
    if refund.source is RefundSource.CODE:
        return accounts.UNIQUE_CODE
    if refund.sub_order_id is None:
        return accounts.SUSPENSE
    share = session.get_one(PaymentShare, (refund.payment_id, refund.sub_order_id))
    if share.payout_currency is not share.currency:
        raise ForeignShare
    shop_id = shop_of(session, refund.sub_order_id)
    return accounts.payable(shop_id) if is_closed(session, refund.sub_order_id) else accounts.pending(shop_id)


def money_account(session: Session, payment: Payment) -> str:
    """Return where a payment's money is: the cooperative's bank account, or the cash of the seller who collected it."""
    if payment.method is PaymentMethod.COD:
        covered = select(PaymentShare.sub_order_id).where(PaymentShare.payment_id == payment.id)
        return accounts.cash(shop_of(session, session.scalars(covered).one()))
    if payment.bank_account_id is None:
        raise LookupError(f"payment {payment.id} names no bank account")
    return accounts.bank(payment.bank_account_id)


def _post(session: Session, payment: Payment, refund: Refund, step: str, entries: tuple[Entry, ...], now: datetime) -> None:
    post(
        session,
        key=f"refund:{refund.id}:{step}",
        kind=f"refund_{step}",
        entries=entries,
        now=now,
        order_id=payment.order_id,
        payment_id=payment.id,
    )


def post_requested(session: Session, payment: Payment, refund: Refund, *, now: datetime) -> None:
    """Move the amount from whoever had it to what is due back to buyers."""
    entries = (
        Entry(_taken_from(session, refund), refund.amount_minor, refund.currency),
        Entry(accounts.REFUNDS_DUE, -refund.amount_minor, refund.currency),
    )
    _post(session, payment, refund, "requested", entries, now)


def post_succeeded(session: Session, payment: Payment, refund: Refund, *, now: datetime) -> None:
    """Let the money leave."""
    entries = (
        Entry(accounts.REFUNDS_DUE, refund.amount_minor, refund.currency),
        Entry(money_account(session, payment), -refund.amount_minor, refund.currency),
    )
    _post(session, payment, refund, "succeeded", entries, now)


def post_failed(session: Session, payment: Payment, refund: Refund, *, now: datetime) -> None:
    """Give the amount back to whoever had it; to the payable account if the sub-order has closed since."""
    entries = [
        Entry(side.account, -side.amount_minor, side.currency) for side in posted(session, f"refund:{refund.id}:requested")
    ]
    if refund.sub_order_id is not None and is_closed(session, refund.sub_order_id):
        shop_id = shop_of(session, refund.sub_order_id)
        moved = {accounts.pending(shop_id): accounts.payable(shop_id)}
        entries = [Entry(moved.get(side.account, side.account), side.amount_minor, side.currency) for side in entries]
    _post(session, payment, refund, "failed", tuple(entries), now)


def write_refund_event(
    session: Session,
    payment: Payment,
    refund: Refund,
    *,
    actor_id: PersonId | None,
    now: datetime,
    before: PaymentState | None = None,
) -> None:
    """Write the refund's step into the history of its payment."""
    write_event(
        session,
        payment_id=payment.id,
        kind=f"refund.{refund.state.value}",
        states=(before or payment.state, payment.state),
        now=now,
        source_id=f"refund:{refund.id}:{refund.state.value}",
        amount_minor=refund.amount_minor,
        actor_id=actor_id,
        data={"refund_id": refund.id, "reason": refund.reason, "reference": refund.reference},
    )
