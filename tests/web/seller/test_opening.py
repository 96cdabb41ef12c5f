"""A shop in five inputs: its owner is signed in at once, nothing shows before the office knows it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.sellers.models import Shop, ShopState
from tests.factories.people import make_person
from tests.factories.places import make_district
from tests.web.conftest import HandClock, SignIn

PLACE = "36.02.22"
TYPED = {
    "name": "Neneng", "phone": "0812 9000 1234", "password": "sandi-panjang", "shop_name": "Dapur Neneng", "district": PLACE,
}  # fmt: skip


@pytest.fixture
def stranger(session: Session, browse: SignIn) -> FlaskClient:
    """A browser of nobody, in a market that knows its kecamatan."""
    make_district(session, PLACE)
    return browse(None)


def shops(session: Session) -> int:
    """Return how many shops there are."""
    return session.scalar(select(func.count()).select_from(Shop)) or 0


@pytest.mark.row("L1")
@pytest.mark.parametrize("language", ["id", "en"])
def test_five_inputs_open_a_shop(stranger: FlaskClient, session: Session, language: str) -> None:
    stranger.set_cookie("language", language)
    page = stranger.get("/seller/open")
    assert page.status_code == 200
    assert page.text.count('class="field__control"') == 5
    sent = stranger.post("/seller/open", data=TYPED)
    assert (sent.status_code, sent.location) == (303, "/seller/")
    shop = session.scalars(select(Shop)).one()
    assert (shop.name, shop.slug, shop.code, shop.state) == ("Dapur Neneng", "dapur-neneng", "DAPU", ShopState.APPLIED)
    assert (shop.phone, shop.district_code, shop.submitted_at) == ("+6281290001234", PLACE, None)
    home = stranger.get("/seller/")
    assert home.status_code == 200
    assert "Dapur Neneng" in home.text
    assert stranger.get("/id/shops/dapur-neneng").status_code == 404
    assert "dapur-neneng" not in stranger.get("/id/shops").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "  "), ("phone", "12"), ("phone", ""), ("password", "pendek"), ("password", "x" * 200), ("shop_name", ""),
        ("shop_name", "x" * 81), ("district", ""), ("district", "11.01.01"), ("shop_name", "a\0b"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    stranger: FlaskClient, session: Session, field: str, typed: str
) -> None:
    sent = stranger.post("/seller/open", data=TYPED | {field: typed})
    assert sent.status_code == 422
    assert f'id="f-{field}-error"' in sent.text
    assert "sandi-panjang" not in sent.text
    if field != "name":
        assert "Neneng" in sent.text
    assert shops(session) == 0
    assert session.scalar(select(Person.id)) is None


def test_an_unknown_field_is_refused(stranger: FlaskClient, session: Session) -> None:
    assert stranger.post("/seller/open", data=TYPED | {"role": "admin"}).status_code == 422
    assert shops(session) == 0


def test_a_registered_number_is_offered_to_sign_in(stranger: FlaskClient, session: Session) -> None:
    make_person(session, phone="+6281290001234")
    sent = stranger.post("/seller/open", data=TYPED)
    assert sent.status_code == 422
    assert "/account/sign-in?next=/seller/open" in sent.text
    assert shops(session) == 0
    assert stranger.get("/seller/").status_code == 303


def test_asking_about_one_number_is_limited(stranger: FlaskClient, session: Session, clock: HandClock) -> None:
    make_person(session, phone="+6281290001234")
    assert [stranger.post("/seller/open", data=TYPED).status_code for _ in range(11)] == [422] * 10 + [429]
    clock.move(timedelta(minutes=11))
    assert stranger.post("/seller/open", data=TYPED).status_code == 422


def test_who_is_signed_in_types_two(browse: SignIn, session: Session) -> None:
    make_district(session, PLACE)
    buyer = browse(make_person(session, phone="+6281290009999"))
    assert 'name="password"' not in buyer.get("/seller/open").text
    two = {"shop_name": "Dapur Neneng", "district": PLACE}
    assert [buyer.post("/seller/open", data=two).status_code for _ in range(2)] == [303, 303]
    assert shops(session) == 1  # sent twice acts once
    assert session.scalars(select(Shop.phone)).one() == "+6281290009999"
    assert buyer.get("/seller/").status_code == 200
