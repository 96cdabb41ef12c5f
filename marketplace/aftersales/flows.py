"""What the clock does to unpaid payments and unanswered parts: each in a unit of its own, all of it safe to run again."""

from __future__ import annotations

from datetime import datetime, timedelta

from marketplace.db import in_unit, reading
from marketplace.kernel.ids import PaymentId, SubOrderId
from marketplace.outbox.handlers import Periodic

from .queries import due_payments, unanswered
from .services import cancel_unanswered, expire_unpaid


def expire_due(now: datetime) -> int:
    """Expire every open payment past its deadline, with its holds and parts; return how many."""
    with reading() as session:
        due = due_payments(session, now=now)
    return sum(_expire(payment_id, now) for payment_id in due)


def _expire(payment_id: PaymentId, now: datetime) -> bool:
    return in_unit(lambda session: expire_unpaid(session, payment_id=payment_id, now=now))


def cancel_silent(now: datetime) -> int:
    """Cancel, with refund, what sellers did not answer in time; return how many parts."""
    with reading() as session:
        silent = unanswered(session, now=now)
    return sum(_cancel(sub_order_id, now) for sub_order_id in silent)


def _cancel(sub_order_id: SubOrderId, now: datetime) -> bool:
    return in_unit(lambda session: cancel_unanswered(session, sub_order_id=sub_order_id, now=now))


PERIODIC = (
    Periodic("aftersales.expire_due", timedelta(seconds=20), expire_due),  # no hold outlives its deadline by a minute
    Periodic("aftersales.cancel_silent", timedelta(minutes=5), cancel_silent),
)
