"""Making a seller's earnings payable once nobody can complain any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import SubOrderId
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import accounts
from marketplace.payments.ledger import Entry, post
from marketplace.payments.models import Payment, PaymentShare
from marketplace.payments.refund_postings import closed_key
from marketplace.payments.splitting import commission_of


def release_earnings(session: Session, *, sub_order_id: SubOrderId, now: datetime) -> bool:
    """Move what is left of a closed sub-order's shares from pending to payable, less the commission frozen at sale.

    What the seller collected in cash is set against it at once. False when it happened before.
    """
    sub_order = session.get_one(SubOrder, sub_order_id)
    rows = session.execute(
        select(
            Payment.method,
            PaymentShare.payout_currency,
            PaymentShare.payout_minor,
            PaymentShare.refund_reserved_minor,
        )
        .join(PaymentShare, PaymentShare.payment_id == Payment.id)
        .where(PaymentShare.sub_order_id == sub_order_id, Payment.counted_minor > 0)
    ).all()
    entries: list[Entry] = []
    for method, currency, payout, given_back in rows:
        left = payout - given_back
        commission = commission_of(left, sub_order.commission_basis_points)
        entries += [
            Entry(accounts.pending(sub_order.shop_id), left, currency),
            Entry(accounts.payable(sub_order.shop_id), commission - left, currency),
            Entry(accounts.COMMISSION, -commission, currency),
        ]
        if method is PaymentMethod.COD:
            entries += [
                Entry(accounts.payable(sub_order.shop_id), left - commission, currency),
                Entry(accounts.cash(sub_order.shop_id), commission - left, currency),
            ]
    return post(
        session,
        key=closed_key(sub_order_id),
        kind="closed",
        entries=entries,
        now=now,
        order_id=sub_order.order_id,
    )
