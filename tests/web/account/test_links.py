"""Links that open one order: what they leave, what they never leave, and what a stranger learns."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from marketplace.accounts.links import LinkPurpose, link_token
from marketplace.accounts.tokens import new_secret
from marketplace.orders.models import Order
from tests.factories.cast import sign_in
from tests.factories.payments import make_order
from tests.factories.people import make_person
from tests.web.conftest import HandClock

KEY = "test-secret-" + "x" * 40
MISSING = "LBK-0000-0000"


@pytest.fixture
def order(session: Session, clock: HandClock) -> Order:
    """An unpaid order."""
    return make_order(session).order


def token(order: Order, **changed: str) -> str:
    """Return the `t` of this order, or one that differs in a part."""
    parts = {"number": order.number, "secret": order.link_secret} | changed
    return link_token(changed.get("key", KEY), purpose=LinkPurpose.ORDER, number=parts["number"], secret=parts["secret"])


def cookies(answer: TestResponse) -> list[tuple[str, str, bool, str]]:
    """Return what an answer leaves in the browser: name, path, hidden from scripts, same site."""
    left = []
    for header in answer.headers.getlist("Set-Cookie"):
        for name, found in SimpleCookie(header).items():
            left.append((name, found["path"], bool(found["httponly"]), found["samesite"]))
    return left


def seen(answer: TestResponse) -> tuple[int, str, bytes]:
    """Return all of an answer that a prober could compare; the id of the request differs each time."""
    reference = answer.headers["X-Request-Id"].encode()
    return answer.status_code, answer.headers.get("Location", ""), answer.data.replace(reference, b"")


@pytest.mark.promise("Q2", "U1")
@pytest.mark.row("A3")
def test_a_good_link_leaves_its_cookies_and_a_clean_address(client: FlaskClient, order: Order) -> None:
    """One cookie for each language, under the order's own path only; the address bar and the next request hold no secret."""
    answer = client.get(f"/ko/orders/{order.number}?t={token(order)}&utm=x")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/ko/orders/{order.number}")
    assert cookies(answer) == [("order_link", f"/{code}/orders/{order.number}", True, "Lax") for code in ("id", "en", "ko")]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    for code in ("id", "en", "ko"):
        page = client.get(f"/{code}/orders/{order.number}")
        assert page.status_code == 200
        assert order.number.encode() in page.data
        assert page.headers["Cache-Control"] == "no-store"


def test_cookies_are_secure_where_the_site_is(app: Flask, client: FlaskClient, order: Order) -> None:
    """Over plain HTTP (a laptop) they are not marked, or they would never come back."""
    answer = client.get(f"/id/orders/{order.number}?t={token(order)}")
    assert "Secure" not in answer.headers["Set-Cookie"]


@pytest.mark.promise("Q2", "B1")
@pytest.mark.parametrize(
    "how", ["other number", "other secret", "other key", "cut", "longer", "garbage", "repeated", "huge", "NUL"]
)
def test_a_wrong_link_opens_nothing(client: FlaskClient, order: Order, session: Session, how: str) -> None:
    """404, no cookie; the same for an order that exists and for one that does not."""
    good = token(order)
    wrong = {
        "other number": token(make_order(session).order), "other secret": token(order, secret=new_secret()),
        "other key": token(order, key="k" * 40), "cut": good[:-1], "longer": good + "A", "garbage": "x" * 43,
        "repeated": good * 2, "huge": "x" * 5_000, "NUL": good + "%00",
    }[how]  # fmt: skip
    answer = client.get(f"/id/orders/{order.number}?t={wrong}")
    assert answer.status_code == 404
    assert cookies(answer) == []
    missing = client.get(f"/id/orders/{MISSING}?t={wrong}")
    assert seen(missing) == seen(answer)
    assert client.get(f"/id/orders/{order.number}").status_code == 303


@pytest.mark.promise("B1", "N2")
def test_a_stranger_cannot_tell_what_exists(client: FlaskClient, order: Order) -> None:
    """Without a link: the look-up page, for an order that exists and for one that does not, on every address below."""
    for end in ("", "/cancel", "/review/1"):
        existing, missing = (client.get(f"/id/orders/{number}{end}") for number in (order.number, MISSING))
        assert seen(existing) == seen(missing)
        assert (existing.status_code, existing.headers["Location"]) == (303, "/id/orders")
    for end in ("/cancel", "/proof"):
        existing, missing = (client.post(f"/id/orders/{number}{end}") for number in (order.number, MISSING))
        assert seen(existing) == seen(missing)


@pytest.mark.promise("V1")
@pytest.mark.parametrize(
    "number", ["%00", "x" * 500, "%FF%FE", "..%2F..", "LBK-7K3M-9QXA%00", "'%20OR%201=1", "%F0%9F%92%A9", "lbk-7k3m-9qxa"]
)
@pytest.mark.parametrize("query", ["", "?t=x", "?t=", "?t=%00"])
def test_numbers_that_are_none_break_nothing(client: FlaskClient, clock: HandClock, number: str, query: str) -> None:
    """The look-up page or 404, on both databases; never an error of ours."""
    assert client.get(f"/id/orders/{number}{query}").status_code in (303, 404)


@pytest.mark.promise("Q2")
def test_renewing_the_secret_ends_every_link(client: FlaskClient, order: Order, session: Session) -> None:
    """The link that was sent, and the cookie it left."""
    link = f"/id/orders/{order.number}?t={token(order)}"
    client.get(link)
    assert client.get(f"/id/orders/{order.number}").status_code == 200
    order.link_secret = new_secret()
    session.flush()
    assert client.get(f"/id/orders/{order.number}").status_code == 404
    assert client.get(link).status_code == 404


@pytest.mark.promise("B1")
def test_the_cookie_of_one_order_opens_no_other(client: FlaskClient, order: Order, session: Session) -> None:
    """Not even sent by hand."""
    client.get(f"/id/orders/{order.number}?t={token(order)}")
    other = make_order(session).order
    assert client.get(f"/id/orders/{other.number}").status_code == 303
    client.set_cookie("order_link", token(order), path=f"/id/orders/{other.number}")
    assert client.get(f"/id/orders/{other.number}").status_code == 404


@pytest.mark.promise("B1")
def test_the_owner_needs_no_link(client: FlaskClient, order: Order, session: Session, clock: HandClock) -> None:
    """Their session opens it; another buyer's gets the answer of a missing order."""
    owner, other = make_person(session), make_person(session)
    order.person_id = owner.id
    session.flush()
    client.set_cookie("market_session", sign_in(session, owner, now=clock.now()))
    assert client.get(f"/id/orders/{order.number}").status_code == 200
    client.set_cookie("market_session", sign_in(session, other, now=clock.now()))
    foreign, missing = client.get(f"/id/orders/{order.number}"), client.get(f"/id/orders/{MISSING}")
    assert foreign.status_code == missing.status_code == 404
    assert seen(foreign) == seen(missing)


@pytest.mark.promise("N3")
def test_the_clean_address_stays_here(client: FlaskClient, order: Order) -> None:
    """Whatever host and paths a request claims, the redirect is a path of ours."""
    answer = client.get(f"/id/orders/{order.number}?t={token(order)}", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.headers["Location"] == f"/id/orders/{order.number}"
