"""A shop's own page: words while it waits, the way to the office and back, and holidays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Role
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.reasons import ShopReason
from tests.conftest import NOW
from tests.factories.people import make_person
from tests.factories.shops import make_shop
from tests.web.conftest import SignIn

STORY = "Kerupuk dibuat Bu Neneng dan dua tetangga sejak 2010, dari singkong kebun sendiri."
WORDS = {
    "name": "Dapur Neneng", "village": "Hariang", "story": STORY, "tagline": "", "pickup_address": "", "pickup_hours": "",
}  # fmt: skip


@pytest.fixture
def shop(session: Session) -> Shop:
    """A shop that the office does not know."""
    return make_shop(session, state=ShopState.APPLIED, verified_at=None, name="Dapur", village="")


@pytest.fixture
def owner(session: Session, shop: Shop, browse: SignIn) -> FlaskClient:
    """Its owner's browser."""
    return browse(make_person(session, role=Role.OWNER, shop_id=shop.id))


@pytest.mark.row("L1")
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_shop_is_written_and_sent_once(owner: FlaskClient, session: Session, shop: Shop, language: str) -> None:
    owner.set_cookie("language", language)
    assert owner.post("/seller/shop/send").status_code == 422
    assert owner.post("/seller/shop/words", data=WORDS).status_code == 303
    session.refresh(shop)
    assert (shop.name, shop.village, shop.submitted_at) == ("Dapur Neneng", "Hariang", None)
    assert STORY in owner.get("/seller/shop").text
    assert [owner.post("/seller/shop/send").status_code for _ in range(2)] == [303, 303]
    session.refresh(shop)
    assert shop.submitted_at == NOW
    assert "/seller/shop/send" not in owner.get("/seller/shop").text


@pytest.mark.row("L1")
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_the_office_said_is_read_and_answered(owner: FlaskClient, session: Session, shop: Shop, language: str) -> None:
    owner.set_cookie("language", language)
    owner.post("/seller/shop/words", data=WORDS)
    session.refresh(shop)
    shop.submitted_at, shop.returned_at = NOW - timedelta(days=2), NOW - timedelta(days=1)
    shop.return_reasons, shop.return_words = [str(reason) for reason in ShopReason], "Nomor rumah <b>berapa</b>?"
    session.flush()
    page = owner.get("/seller/shop").text
    assert page.count("<li>") >= len(ShopReason)
    assert "&lt;b&gt;berapa" in page
    assert owner.post("/seller/shop/send").status_code == 303
    kept = session.execute(select(Shop.submitted_at, Shop.returned_at, Shop.return_reasons).where(Shop.id == shop.id)).one()
    assert tuple(kept) == (NOW, None, [])


def test_too_much_is_refused_and_kept(owner: FlaskClient, session: Session, shop: Shop) -> None:
    sent = owner.post("/seller/shop/words", data=WORDS | {"name": "x" * 81})
    assert sent.status_code == 422
    assert STORY in sent.text
    session.refresh(shop)
    assert shop.name == "Dapur"


def test_what_the_public_sees_is_not_written_over(owner: FlaskClient, session: Session, shop: Shop) -> None:
    shop.state, shop.verified_at = ShopState.ACTIVE, NOW
    session.flush()
    assert owner.post("/seller/shop/words", data=WORDS).status_code == 409
    assert owner.post("/seller/shop/send").status_code == 409
    session.refresh(shop)
    assert shop.name == "Dapur"


def test_a_rival_writes_only_their_own(browse: SignIn, session: Session, shop: Shop) -> None:
    rival_shop = make_shop(session, state=ShopState.APPLIED, verified_at=None)
    rival = browse(make_person(session, role=Role.OWNER, shop_id=rival_shop.id))
    rival.set_cookie("seller_shop", str(shop.id), path="/seller/")
    assert rival.post("/seller/shop/words", data=WORDS).status_code == 303
    session.refresh(shop)
    assert shop.name == "Dapur"
    assert session.scalars(select(Shop.name).where(Shop.id == rival_shop.id)).one() == "Dapur Neneng"


@pytest.mark.row("C14")
def test_a_holiday_begins_and_ends(owner: FlaskClient, session: Session, shop: Shop) -> None:
    today = NOW.date()
    wrong = {"starts": today.isoformat(), "ends": (today - timedelta(days=1)).isoformat()}
    assert owner.post("/seller/shop/holiday", data=wrong).status_code == 422
    assert owner.post("/seller/shop/holiday", data={"starts": "31-31"}).status_code == 422
    away = {"starts": today.isoformat(), "ends": (today + timedelta(days=5)).isoformat()}
    assert owner.post("/seller/shop/holiday", data=away).status_code == 303
    session.refresh(shop)
    assert (shop.holiday_from, shop.holiday_until) == (today, today + timedelta(days=5))
    assert owner.post("/seller/shop/holiday").status_code == 303
    session.refresh(shop)
    assert (shop.holiday_from, shop.holiday_until) == (None, None)
