"""Money that comes after its payment was closed: the goods are taken again, all of them, or none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.errors import StockShort
from marketplace.inventory.services import hold_again
from marketplace.orders.demands import demands_of_sub_orders
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.payments.locking import shares_of
from marketplace.payments.models import Payment


def hold_everything_again(session: Session, payment: Payment, *, now: datetime) -> bool:
    """Take every line of this payment from stock again; False, and nothing taken, when any is gone or was cancelled."""
    covered = [share.sub_order_id for share in shares_of(session, payment.id)]
    states = session.scalars(select(SubOrder.lifecycle).where(SubOrder.id.in_(covered))).all()
    if any(state is not SubOrderLifecycle.EXPIRED for state in states):
        return False
    demands = demands_of_sub_orders(session, covered)
    try:
        with session.begin_nested():
            hold_again(session, payment_id=payment.id, demands=demands, order_id=payment.order_id, now=now)
    except StockShort:
        return False
    return True
