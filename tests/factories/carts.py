"""Carts, and everything a purchase needs around them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import FormToken, digest_of
from marketplace.catalog.models import Variant
from marketplace.checkout.carts import add_line, open_cart
from marketplace.checkout.forms import Contact, PlaceOrder
from marketplace.checkout.placing import PURPOSE, Placed, place
from marketplace.checkout.reviewing import prepare
from marketplace.kernel.ids import CartId, ShopId
from marketplace.orders.models import PaymentMethod
from marketplace.payments.models import BankAccount
from tests.conftest import NOW
from tests.factories.places import make_district

_numbers = count(1)

BUYER_DISTRICT = "36.02.14"  # Rangkasbitung, in the regency of the shops


def make_bank_account(session: Session) -> BankAccount:
    """Return the account buyers transfer to, made once per test."""
    found = session.scalar(select(BankAccount))
    if found is None:
        found = BankAccount(bank_name="Bank Contoh", number="0001", holder="Koperasi Contoh", is_example=True, created_at=NOW)
        session.add(found)
        session.flush()
    return found


def make_cart(session: Session, wanted: Mapping[Variant, int] | None = None) -> CartId:
    """Return a cart that holds these steps of these variants."""
    cart_id, _ = open_cart(session, now=NOW)
    for variant, quantity in (wanted or {}).items():
        add_line(session, cart_id=cart_id, variant_id=variant.id, quantity=quantity, now=NOW)
    session.flush()
    return cart_id


def make_contact(session: Session, *, choices: Mapping[ShopId, str], **given: Any) -> Contact:
    """Return what a buyer in Rangkasbitung types; every buyer has a phone of their own."""
    make_district(session, given.get("district", BUYER_DISTRICT))
    values: dict[str, Any] = {
        "name": "Ibu Ratna", "phone": f"0813{next(_numbers):08d}", "district": BUYER_DISTRICT, "street": "Jl. Multatuli 5",
    }  # fmt: skip
    return Contact.model_validate(values | given | {"deliveries": {str(shop_id): code for shop_id, code in choices.items()}})


def make_form(session: Session, cart_id: CartId, *, contact: Contact, method: PaymentMethod = PaymentMethod.TRANSFER,
              **given: Any) -> PlaceOrder:  # fmt: skip
    """Return an honest form: its seen total is what the review says now."""
    review = prepare(session, cart_id=cart_id, district_code=contact.district, choices=contact.choices, language="id", now=NOW)
    seen = review.totals.base_minor if review.totals is not None else 0
    return PlaceOrder.model_validate({"contact": contact, "method": method, "seen_total_minor": seen} | given)


def make_token(name: str | None = None) -> FormToken:
    """Return a verified one-time token."""
    return FormToken(digest=digest_of(name or f"token-{next(_numbers)}"), purpose=PURPOSE)


def place_order(session: Session, cart_id: CartId, form: PlaceOrder, **given: Any) -> Placed:
    """Place an order with what every test shares."""
    values: dict[str, Any] = {"token": make_token(), "language": "id", "now": NOW, "number_prefix": "LBK"}
    return place(session, cart_id=cart_id, form=form, **(values | given))
