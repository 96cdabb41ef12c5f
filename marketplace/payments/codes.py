"""Unique transfer amounts: a code of 1 to 999 is added, so that one amount on one bank account means one payment."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PaymentId

from .errors import NoCodeFree
from .models import Payment, TransferCode
from .once import add_once

CODES = range(1, 1000)
FREE_AFTER = timedelta(days=7)  # after the payment closed: late transfers still find it until then


def pick_unique_code(session: Session, *, bank_account_id: int, base_minor: int, now: datetime) -> int:
    """Return a code such that no other payment waits for `base_minor` + code on this account, and reserve it.

    The reservation is a row of this unit (flushed in a savepoint); `open_payment` ties it to its payment.
    Raises: NoCodeFree when all 999 are taken.
    """
    del now  # freeing is periodic work; a code is taken exactly as long as its row stands
    tried: set[int] = set()
    while free := set(CODES) - tried - _taken(session, bank_account_id, base_minor):
        code = secrets.choice(sorted(free))
        if reserve(session, bank_account_id=bank_account_id, amount_minor=base_minor + code):
            return code
        tried.add(code)
    raise NoCodeFree(bank_account_id=bank_account_id, base_minor=base_minor)


def _taken(session: Session, bank_account_id: int, base_minor: int) -> set[int]:
    amounts = session.scalars(
        select(TransferCode.amount_minor).where(
            TransferCode.bank_account_id == bank_account_id,
            TransferCode.amount_minor.between(base_minor + CODES.start, base_minor + CODES.stop - 1),
        )
    )
    return {amount - base_minor for amount in amounts}


def reserve(session: Session, *, bank_account_id: int, amount_minor: int) -> bool:
    """Take this amount on this account for the present unit; False when somebody was faster (the constraint decides)."""
    return add_once(session, TransferCode(bank_account_id=bank_account_id, amount_minor=amount_minor))


def free_codes(session: Session, *, now: datetime) -> int:
    """Give back the amounts of payments closed seven days ago or more; return how many."""
    done = select(Payment.id).where(Payment.closed_at.is_not(None), Payment.closed_at <= now - FREE_AFTER)
    freed = session.scalars(delete(TransferCode).where(TransferCode.payment_id.in_(done)).returning(TransferCode.id)).all()
    return len(freed)


def payment_by_amount(session: Session, *, bank_account_id: int, amount_minor: int) -> PaymentId | None:
    """Return the payment that this exact amount on this account stands for, if any."""
    return session.scalar(
        select(TransferCode.payment_id).where(
            TransferCode.bank_account_id == bank_account_id, TransferCode.amount_minor == amount_minor
        )
    )
