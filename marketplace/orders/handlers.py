"""Telling the lists how much of a product was sold, after the unit that sold it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.catalog.search.signals import set_signals
from marketplace.db import Document
from marketplace.kernel.ids import ProductId
from marketplace.outbox.emitting import emit
from marketplace.outbox.handlers import Handler

from .models import OrderLine, SubOrder, SubOrderLifecycle

# A part counts as sold from the moment its seller may answer it; what was cancelled of a line does not count.
SOLD = (
    SubOrderLifecycle.NEW,
    SubOrderLifecycle.ACCEPTED,
    SubOrderLifecycle.IN_PRODUCTION,
    SubOrderLifecycle.READY,
    SubOrderLifecycle.CLOSED,
)


def sold_steps(session: Session, product_id: ProductId) -> int:
    """Return how many steps of a product's variants were sold and not cancelled."""
    counted = (
        select(func.coalesce(func.sum(OrderLine.quantity - OrderLine.cancelled), 0))
        .join(SubOrder, SubOrder.id == OrderLine.sub_order_id)
        .where(OrderLine.product_id == product_id, SubOrder.lifecycle.in_(SOLD))
    )
    return int(session.scalar(counted) or 0)


def _sold_in_order(session: Session, payload: Document, now: datetime) -> None:
    """Ask for a recount of every product in the order: one piece of work a product, however many orders it stands in."""
    wanted = select(OrderLine.product_id).join(SubOrder, SubOrder.id == OrderLine.sub_order_id).distinct()
    if "order_id" in payload:
        wanted = wanted.where(SubOrder.order_id == payload["order_id"])
    else:
        wanted = wanted.where(SubOrder.id == payload["sub_order_id"])
    for product_id in session.scalars(wanted):
        emit(session, "product.sold", {"product_id": product_id}, now=now, key=f"product.sold:{product_id}")


def _recount(session: Session, payload: Document, now: datetime) -> None:
    product_id = ProductId(payload["product_id"])
    set_signals(session, product_id, sold=sold_steps(session, product_id), now=now)


HANDLERS: tuple[Handler, ...] = (
    *(
        Handler(kind, f"orders.sold.{kind}", in_unit=_sold_in_order)
        for kind in ("order.placed", "payment.settled", "sub_order.rejected", "sub_order.cancelled")
    ),
    Handler("product.sold", "orders.recount", in_unit=_recount),
)
