"""Writing an arrival of money into the books."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from marketplace.payments.ledger import Entry, post
from marketplace.payments.locking import shares_of
from marketplace.payments.models import Payment
from marketplace.payments.refund_postings import money_account, shop_of
from marketplace.payments.settle_postings import ShareDue, counted_entries, received_entries, suspended_entries


def post_arrival(
    session: Session,
    payment: Payment,
    *,
    received_minor: int,
    waiting_minor: int,
    is_counted: bool,
    event: str,
    now: datetime,
) -> None:
    """Post that money arrived, and where it went: to the sellers when it pays the price, else into suspense.

    `waiting_minor` lay in suspense before; `event` names the arrival in the keys.
    """
    currency = payment.currency
    _post(session, payment, f"received:{event}", received_entries(money_account(session, payment), received_minor, currency), now)
    suspended = received_minor
    if is_counted:
        from_suspense = min(waiting_minor, payment.amount_minor)
        suspended = received_minor - (payment.amount_minor - from_suspense)
        entries = counted_entries(
            _shares_due(session, payment),
            unique_code_minor=payment.unique_code_minor,
            from_suspense_minor=from_suspense,
            currency=currency,
        )
        _post(session, payment, "counted", entries, now)
    if suspended:
        _post(session, payment, f"suspended:{event}", suspended_entries(suspended, currency), now)


def _shares_due(session: Session, payment: Payment) -> list[ShareDue]:
    return [
        ShareDue(
            shop_id=shop_of(session, share.sub_order_id),
            amount_minor=share.amount_minor,
            currency=share.currency,
            payout_minor=share.payout_minor,
            payout_currency=share.payout_currency,
        )
        for share in shares_of(session, payment.id)
    ]


def _post(session: Session, payment: Payment, step: str, entries: tuple[Entry, ...], now: datetime) -> None:
    post(
        session,
        key=f"payment:{payment.id}:{step}",
        kind=step.partition(":")[0],
        entries=entries,
        now=now,
        order_id=payment.order_id,
        payment_id=payment.id,
    )
