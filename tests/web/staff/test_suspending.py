"""Suspended shops and goods: gone at once, not bought from an open cart, and what was ordered goes on."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.catalog.models import Product, ProductState
from marketplace.orders.models import Order, SubOrder
from marketplace.outbox.models import OutboxRow
from marketplace.sellers.models import ShopState
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import buy, fill_in, hidden, put_in_cart
from tests.web.conftest import SignIn

Stalls = tuple[Stall, Stall]


@pytest.fixture
def verifier(browse: SignIn, session: Session) -> FlaskClient:
    """An officer's browser."""
    return browse(make_person(session, name="Bu Ani", role=Role.VERIFIER))


def orders(session: Session) -> int:
    """Return how many orders there are."""
    return session.scalar(select(func.count()).select_from(Order)) or 0


def state_of(session: Session, stall: Stall) -> tuple[ShopState, str]:
    """Return where a shop stands, and why."""
    session.expire_all()
    return stall.shop.state, stall.shop.state_reason


@pytest.mark.row("L4")
@pytest.mark.promise("B3")
def test_a_suspended_shop_is_not_bought_from_an_open_cart_and_comes_back(
    client: FlaskClient, verifier: FlaskClient, session: Session, stalls: Stalls
) -> None:
    first, _ = stalls
    slug = session.get_one(Product, first.variant.product_id).slug
    put_in_cart(client, *stalls)
    assert fill_in(client, *stalls).status_code == 303
    page = client.get("/id/checkout/pay")
    path = f"/staff/shops/{first.shop.id}"
    assert verifier.post(f"{path}/suspend", data={"words": ""}).status_code == 422
    assert state_of(session, first)[0] is ShopState.ACTIVE
    assert verifier.post(f"{path}/suspend", data={"words": "Izin <b>palsu</b>"}).status_code == 303
    assert state_of(session, first) == (ShopState.SUSPENDED, "Izin <b>palsu</b>")
    assert "Izin &lt;b&gt;palsu&lt;/b&gt;" in verifier.get(path).text
    assert client.get(f"/id/p/{slug}").status_code == 404
    assert client.get(f"/id/shops/{first.shop.slug}").status_code == 404
    answer = client.post("/id/checkout/pay", data=hidden(page) | {"method": "transfer"}, follow_redirects=True)
    assert "Gula Semut Aren" in answer.text
    assert "Toko ini sedang tutup" in answer.text
    assert orders(session) == 0
    assert verifier.post(f"{path}/suspend", data={"words": "lagi"}).status_code == 409
    assert verifier.post(f"{path}/reinstate").status_code == 303
    assert state_of(session, first) == (ShopState.ACTIVE, "")
    assert client.get(f"/id/p/{slug}").status_code == 200
    told = session.scalars(select(OutboxRow).where(OutboxRow.kind == "shop.decided").order_by(OutboxRow.id))
    assert [row.payload["decision"] for row in told] == ["suspended", "reinstated"]


@pytest.mark.row("L4")
@pytest.mark.promise("B3")
def test_a_suspended_good_is_not_bought_from_an_open_cart(
    client: FlaskClient, verifier: FlaskClient, session: Session, stalls: Stalls
) -> None:
    first, second = stalls
    product = session.get_one(Product, first.variant.product_id)
    put_in_cart(client, *stalls)
    assert fill_in(client, *stalls).status_code == 303
    page = client.get("/id/checkout/pay")
    path = f"/staff/shops/{first.shop.id}/goods/{product.id}"
    # another shop's good is not found through this one
    assert verifier.post(f"/staff/shops/{second.shop.id}/goods/{product.id}/suspend", data={"words": "x"}).status_code == 404
    assert verifier.post(f"{path}/suspend", data={"words": "Foto bukan miliknya"}).status_code == 303
    session.expire_all()
    assert (product.state, product.state_reason) == (ProductState.SUSPENDED, "Foto bukan miliknya")
    answer = client.post("/id/checkout/pay", data=hidden(page) | {"method": "transfer"}, follow_redirects=True)
    assert "Barang ini tidak dijual lagi" in answer.text
    assert orders(session) == 0
    assert verifier.post(f"{path}/reinstate").status_code == 303
    assert verifier.post(f"{path}/reinstate").status_code == 409


@pytest.mark.row("L4")
def test_open_orders_of_a_suspended_shop_stay_workable(
    client: FlaskClient, browse: SignIn, verifier: FlaskClient, session: Session, stalls: Stalls
) -> None:
    first, _ = stalls
    number = buy(client, first, method="cod")
    assert verifier.post(f"/staff/shops/{first.shop.id}/suspend", data={"words": "Diperiksa"}).status_code == 303
    part = session.scalars(select(SubOrder)).one()
    seller = browse(first.owner)
    assert number in seller.get(f"/seller/orders/{part.number}").text
    assert seller.get("/seller/", follow_redirects=True).status_code == 200
    accepted = seller.post(f"/seller/orders/{part.number}/accept", data={"promised_on": "2026-11-26"})
    assert accepted.status_code == 303, accepted.text
    session.expire_all()
    assert part.lifecycle == "accepted"
    assert client.get(f"/id/orders/{number}").status_code == 200


@pytest.mark.row("L4")
def test_only_who_may_suspend_does(browse: SignIn, session: Session, stalls: Stalls) -> None:
    path = f"/staff/shops/{stalls[0].shop.id}/suspend"
    for person in (stalls[0].owner, stalls[1].owner, make_person(session, role=Role.CURATOR), make_person(session)):
        assert browse(person).post(path, data={"words": "x"}).status_code == 403
    assert state_of(session, stalls[0])[0] is ShopState.ACTIVE
