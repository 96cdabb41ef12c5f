"""The cart's page and what may be done to it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.passwords import hash_password
from marketplace.checkout.models import CartLine
from marketplace.sellers.models import ShopState
from tests.factories.market import Stall
from tests.factories.people import make_person
from tests.web.buying import put_in_cart
from tests.web.conftest import SignIn

Stalls = tuple[Stall, Stall]


def lines(session: Session) -> dict[int, int]:
    """Return what carts hold."""
    session.expire_all()
    return {row.variant_id: row.quantity for row in session.execute(select(CartLine.variant_id, CartLine.quantity))}


@pytest.mark.row("K2")
@pytest.mark.parametrize("language", ["id", "en", "ko"])
def test_one_cart_holds_goods_of_two_shops(client: FlaskClient, stalls: Stalls, language: str) -> None:
    put_in_cart(client, *stalls, quantity=2, language=language)
    page = client.get(f"/{language}/cart")
    assert page.status_code == 200
    assert all(stall.shop.name in page.text for stall in stalls)
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get_cookie("cart_n").value == "2"  # type: ignore[union-attr]
    assert client.get_cookie("market_cart").http_only  # type: ignore[union-attr]


def test_an_empty_cart_says_so_and_writes_nothing(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    page = client.get("/id/cart")
    assert page.status_code == 200
    assert "Keranjang masih kosong" in page.text
    assert lines(session) == {}


def test_buy_now_goes_on_to_checkout(client: FlaskClient, stalls: Stalls) -> None:
    answer = client.post("/id/cart/lines", data={"variant_id": stalls[0].variant.id, "quantity": 1, "act": "buy"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/checkout")


def test_scripts_get_a_toast_and_the_number_for_the_badge(client: FlaskClient, stalls: Stalls) -> None:
    answer = client.post(
        "/id/cart/lines", data={"variant_id": stalls[0].variant.id, "quantity": 1}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "hx-swap-oob" in answer.text
    assert "<html" not in answer.text
    assert "cart_n=1" in str(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("sent", "expected"), [({"quantity": "3"}, 3), ({"quantity": "2", "plus": "1"}, 3), ({"quantity": "2", "minus": "1"}, 1)]
)
def test_a_quantity_can_be_typed_or_stepped(
    client: FlaskClient, session: Session, stalls: Stalls, sent: dict[str, str], expected: int
) -> None:
    put_in_cart(client, stalls[0])
    variant_id = stalls[0].variant.id
    assert client.post(f"/id/cart/lines/{variant_id}", data=sent).status_code == 303
    assert lines(session) == {variant_id: expected}


def test_scripts_get_the_body_of_the_cart_after_a_change(client: FlaskClient, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0])
    answer = client.post(f"/id/cart/lines/{stalls[0].variant.id}", data={"quantity": "3"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Rp75.000" in answer.text
    assert "<html" not in answer.text


def test_removing_twice_removes_once(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    address = f"/id/cart/lines/{stalls[0].variant.id}"
    assert [client.post(address, data={"quantity": "1", "remove": "1"}).status_code for _ in range(2)] == [303, 303]
    assert lines(session) == {stalls[1].variant.id: 1}


@pytest.mark.parametrize("quantity", ["0", "-1", "999999999", "1e9", "", "dua", "1.5", "9" * 400])
def test_an_impossible_quantity_is_refused_at_its_line(
    client: FlaskClient, session: Session, stalls: Stalls, quantity: str
) -> None:
    put_in_cart(client, stalls[0])
    answer = client.post(f"/id/cart/lines/{stalls[0].variant.id}", data={"quantity": quantity})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert lines(session) == {stalls[0].variant.id: 1}


@pytest.mark.parametrize(
    "sent",
    [
        {"variant_id": "x"},
        {"variant_id": "1\0"},
        {"variant_id": "-1"},
        {"variant_id": "1", "price": "1"},
        {},
        {"variant_id": "9" * 30},
    ],
)
def test_a_form_that_is_not_ours_is_refused(client: FlaskClient, session: Session, stalls: Stalls, sent: dict[str, str]) -> None:
    assert client.post("/id/cart/lines", data=sent).status_code == 422
    assert lines(session) == {}


def test_what_is_not_sold_here_is_not_found(client: FlaskClient, stalls: Stalls) -> None:
    assert client.post("/id/cart/lines", data={"variant_id": 10**9}).status_code == 404
    assert client.post("/id/cart/lines/77777", data={"quantity": 1}).status_code == 404
    assert client.post("/id/cart/lines/" + "9" * 30, data={"quantity": 1}).status_code == 404


def test_another_browser_cannot_change_my_cart(client: FlaskClient, session: Session, stalls: Stalls, browse: SignIn) -> None:
    put_in_cart(client, stalls[0])
    assert browse(None).post(f"/id/cart/lines/{stalls[0].variant.id}", data={"quantity": 5}).status_code == 404
    assert lines(session) == {stalls[0].variant.id: 1}


def test_changes_come_by_post_from_our_own_pages_only(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    assert client.get("/id/cart/lines").status_code == 405
    sent = client.post("/id/cart/lines", data={"variant_id": stalls[0].variant.id}, headers={"Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403
    assert session.scalar(select(func.count()).select_from(CartLine)) == 0


@pytest.mark.row("K5")
def test_a_price_that_changed_is_announced_on_its_line(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0])
    stalls[0].variant.price_minor = 27_000
    session.flush()
    page = client.get("/id/cart")
    assert "Harga berubah dari Rp25.000 jadi Rp27.000" in page.text


@pytest.mark.row("K5")
def test_stock_that_ran_short_is_announced_and_stops_checkout(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, stalls[0], quantity=11)
    page = client.get("/id/cart")
    assert "Stok tinggal 10" in page.text
    assert 'href="/id/checkout"' not in page.text
    assert client.get("/id/checkout").headers["Location"] == "/id/cart"


def test_a_suspended_shop_says_so(client: FlaskClient, session: Session, stalls: Stalls) -> None:
    put_in_cart(client, *stalls)
    stalls[1].shop.state = ShopState.SUSPENDED
    session.flush()
    assert "Toko ini sedang tutup" in client.get("/id/cart").text
    assert client.post("/id/cart/lines", data={"variant_id": stalls[1].variant.id}).status_code == 409


@pytest.mark.parametrize("secret", ["x", "y" * 43, "z" * 3000, "\x7f" * 30])
def test_a_made_up_cookie_opens_no_cart(client: FlaskClient, stalls: Stalls, secret: str) -> None:
    client.set_cookie("market_cart", secret)
    assert client.get("/id/cart").status_code == 200


@pytest.mark.row("K5")
def test_a_cart_survives_sign_in_and_meets_the_earlier_one(browse: SignIn, session: Session, stalls: Stalls) -> None:
    buyer = make_person(session)
    buyer.password_hash = hash_password("rahasia-sekali")
    session.flush()
    phone, other_phone = browse(None), browse(None)
    login = {"login": str(buyer.phone), "password": "rahasia-sekali"}
    put_in_cart(phone, stalls[0], quantity=2)
    assert phone.post("/account/sign-in", data=login).status_code == 303
    put_in_cart(other_phone, *stalls)
    assert other_phone.post("/account/sign-in", data=login).status_code == 303
    assert lines(session) == {stalls[0].variant.id: 3, stalls[1].variant.id: 1}
    page = other_phone.get("/id/cart").text
    assert all(stall.shop.name in page for stall in stalls)
