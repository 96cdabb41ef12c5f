"""From the cart to the review, with everybody who has a hand in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.inventory.models import StockItem
from marketplace.orders.models import FulfilmentFact, OrderLine, PaymentFact, SubOrder, SubOrderLifecycle
from marketplace.payments.models import LedgerEntry, Payment
from marketplace.reviews.models import Review
from marketplace.shipping.models import CourierService
from tests.conftest import NOW
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import BUYER, chosen, fill_in, hidden, pay, put_in_cart
from tests.web.conftest import SignIn
from tests.web.storefront.test_order import send_proof, slip

Stalls = tuple[Stall, Stall]
TOMORROW = (NOW + timedelta(days=1)).date().isoformat()


def part_of(session: Session, stall: Stall) -> SubOrder:
    """Return a shop's only part, freshly read."""
    session.expire_all()
    return session.scalars(select(SubOrder).where(SubOrder.shop_id == stall.shop.id)).one()


@pytest.mark.row("K1", "K2", "K4", "P2", "H3", "O1", "O6", "T1", "L6")
def test_two_shops_by_transfer(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    first, second = stalls
    put_in_cart(client, first, quantity=2)
    put_in_cart(client, second)
    service = session.scalars(select(CourierService.id)).one()
    ways = chosen(first, code="own") | chosen(second, code=f"courier-{service}")
    assert client.post("/id/checkout", data=BUYER | ways | {"act": "next"}).status_code == 303
    placed = pay(client)
    number = placed.headers["Location"].rsplit("/", 1)[-1]
    payment = session.scalars(select(Payment)).one()
    assert payment.amount_minor == 2 * 25_000 + 40_000 + 5_000 + 10_000 + payment.unique_code_minor

    assert send_proof(client, number, slip()).status_code == 303
    finance = browse(make_person(session, role=Role.FINANCE))
    form = hidden(finance.get(f"/staff/payments/{payment.id}"))
    assert finance.post(f"/staff/payments/{payment.id}/confirm", data=form).status_code == 303

    for stall, tracking in ((first, ""), (second, "JNE0099")):
        seller, part = browse(stall.owner), part_of(session, stall)
        assert seller.post(f"/seller/orders/{part.number}/accept", data={"promised_on": TOMORROW}).status_code == 303
        sent = {"tracking_number": tracking} if tracking else {}
        assert seller.post(f"/seller/orders/{part.number}/hand-over", data=sent).status_code == 303
    page = client.get(f"/id/orders/{number}").text
    assert "JNE0099" in page
    for stall in stalls:
        part = part_of(session, stall)
        assert client.post(f"/id/orders/{number}/parts/{part.number}/received").status_code == 303
        assert part_of(session, stall).fulfilment is FulfilmentFact.DELIVERED
    for line in session.scalars(select(OrderLine)).all():
        sent = {"stars": "5", "words": "Bagus", "author_name": "Ratna"}
        assert client.post(f"/id/orders/{number}/review/{line.id}", data=sent).status_code == 303
    assert len(session.scalars(select(Review)).all()) == 2
    assert sum(session.scalars(select(LedgerEntry.amount_minor))) == 0
    stock = session.scalars(select(StockItem).where(StockItem.label == first.variant.sku)).one()
    assert (stock.on_hand, stock.held, stock.allocated) == (8, 0, 0)
    for language in ("id", "en", "ko"):
        assert client.get(f"/{language}/orders/{number}").status_code == 200


@pytest.mark.row("P4", "H3", "O1")
def test_two_shops_in_cash(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    assert fill_in(client, *stalls).status_code == 303
    number = pay(client, "cod").headers["Location"].rsplit("/", 1)[-1]
    for stall in stalls:
        seller, part = browse(stall.owner), part_of(session, stall)
        assert part.lifecycle is SubOrderLifecycle.NEW
        assert seller.post(f"/seller/orders/{part.number}/accept", data={"promised_on": TOMORROW}).status_code == 303
        assert seller.post(f"/seller/orders/{part.number}/hand-over").status_code == 303
        assert seller.post(f"/seller/orders/{part.number}/cash", data={"act": "cash"}).status_code == 303
        assert client.post(f"/ko/orders/{number}/parts/{part.number}/received").status_code == 303
        assert part_of(session, stall).payment is PaymentFact.PAID
    assert sum(session.scalars(select(LedgerEntry.amount_minor))) == 0
    assert "Sudah diambil" in client.get(f"/id/orders/{number}").text
