"""Buying as a browser does it: what the tests of every page after checkout begin with."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.market import Stall

BUYER = {
    "name": "Ibu Ratna", "phone": "0812 3456 7890", "email": "", "place": "Rangkasbitung", "district": "36.02.14",
    "street": "Jl. Multatuli 5", "landmark": "Dekat pasar", "postal_code": "42311",
}  # fmt: skip


def put_in_cart(client: FlaskClient, *stalls: Stall, quantity: int = 1, language: str = "id") -> None:
    """Put something of each stall into the cart."""
    for stall in stalls:
        answer = client.post(f"/{language}/cart/lines", data={"variant_id": stall.variant.id, "quantity": quantity})
        assert answer.status_code == 303, answer.text


def chosen(*stalls: Stall, code: str = "pickup") -> dict[str, str]:
    """Return the delivery fields of a form."""
    return {f"delivery-{stall.shop.id}": code for stall in stalls}


def fill_in(client: FlaskClient, *stalls: Stall, code: str = "pickup", language: str = "id", **given: str) -> TestResponse:
    """Send the first page."""
    return client.post(f"/{language}/checkout", data=BUYER | chosen(*stalls, code=code) | {"act": "next"} | given)


def hidden(page: TestResponse) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    fields = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page.text)
    return {name: value for name, value in fields if name in ("token", "seen_total_minor", "method", "amount", "payment_id")}


def pay(
    client: FlaskClient, method: str = "transfer", *, language: str = "id", fields: Mapping[str, str] | None = None
) -> TestResponse:
    """Open the second page and place the order."""
    page = client.get(f"/{language}/checkout/pay")
    assert page.status_code == 200, page.headers
    return client.post(f"/{language}/checkout/pay", data=hidden(page) | {"method": method} | dict(fields or {}))


def buy(client: FlaskClient, *stalls: Stall, method: str = "transfer", code: str = "pickup", quantity: int = 1) -> str:
    """Buy one of each stall; return the number of the order."""
    put_in_cart(client, *stalls, quantity=quantity)
    assert fill_in(client, *stalls, code=code).status_code == 303
    placed = pay(client, method)
    assert placed.status_code == 303, placed.text
    return placed.headers["Location"].rsplit("/", 1)[-1]
