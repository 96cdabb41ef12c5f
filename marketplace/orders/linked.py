"""What a signed link to an order is checked against."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.kernel.ids import OrderId, PersonId
from marketplace.orders.models import Order


@dataclass(frozen=True, slots=True)
class LinkedOrder:
    """An order's number, the secret that signs its links, and whose it is, if anybody's."""

    id: OrderId
    number: str
    secret: str
    person_id: PersonId | None


def find_linked_order(session: Session, number: str) -> LinkedOrder | None:
    """Return what opens this order, if there is such an order."""
    row = session.execute(
        select(Order.id, Order.number, Order.link_secret, Order.person_id).where(Order.number == number)
    ).first()
    return LinkedOrder(*row) if row is not None else None
