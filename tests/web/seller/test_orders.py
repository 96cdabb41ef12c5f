"""The seller's orders: seen by their own shop alone, answered once, handed over, paid in cash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import RoleGrant, RolePermission
from marketplace.accounts.permissions import Permission, Role
from marketplace.fulfilment.models import Parcel
from marketplace.orders.models import FulfilmentFact, PaymentFact, SubOrder, SubOrderLifecycle
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.shipping.models import CourierService
from tests.conftest import NOW
from tests.factories.market import Stall, make_seller
from tests.factories.people import make_person
from tests.web.buying import buy
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]
TOMORROW = (NOW + timedelta(days=1)).date().isoformat()

# (address, what is sent) of everything a seller does
ACTS = [
    ("accept", {"promised_on": TOMORROW}),
    ("reject", {"reason": "sold_out"}),
    ("hand-over", {"tracking_number": "JT 123"}),
    ("cash", {"act": "cash"}),
]


@pytest.fixture
def part(client: FlaskClient, session: Session, stalls: Stalls) -> SubOrder:
    """A paid part that waits for the first shop's answer."""
    number = buy(client, *stalls)
    pay_for(session, number)
    return session.scalars(select(SubOrder).where(SubOrder.shop_id == stalls[0].shop.id)).one()


def send(browser: FlaskClient, part: SubOrder, act: str, sent: dict[str, str]) -> int:
    """Send one act and return the status."""
    return browser.post(f"/seller/orders/{part.number}/{act}", data=sent).status_code


def accepted(browser: FlaskClient, part: SubOrder) -> None:
    """Accept a part."""
    assert send(browser, part, "accept", {"promised_on": TOMORROW}) == 303


@pytest.mark.row("L6")
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_seller_sees_what_waits(browse: SignIn, part: SubOrder, stalls: Stalls, language: str) -> None:
    seller = browse(stalls[0].owner)
    seller.set_cookie("language", language)
    page = seller.get("/seller/orders")
    assert page.status_code == 200
    assert part.number in page.text
    one = seller.get(f"/seller/orders/{part.number}")
    assert one.status_code == 200
    assert "Jl. Multatuli 5" in one.text
    assert "wa.me/6281234567890" in one.text
    assert one.headers["Cache-Control"] == "no-store"


def test_unpaid_parts_are_no_sellers_concern(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    number = buy(client, stalls[0])
    seller = browse(stalls[0].owner)
    assert number not in seller.get("/seller/orders").text
    assert seller.get(f"/seller/orders/{number}-1").status_code == 404


def test_every_tab_opens(browse: SignIn, part: SubOrder, stalls: Stalls) -> None:
    seller = browse(stalls[0].owner)
    for tab in ("new", "to_send", "sent", "done", "nonsense", ""):
        for page in ("1", "2", "0", "-1", "x", "9" * 20):
            assert seller.get("/seller/orders", query_string={"tab": tab, "page": page}).status_code == 200


@pytest.mark.row("O1")
@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_a_rival_finds_nothing(
    browse: SignIn, session: Session, part: SubOrder, stalls: Stalls, act: str, sent: dict[str, str]
) -> None:
    rival = browse(stalls[1].owner)
    assert rival.get(f"/seller/orders/{part.number}").status_code == 404
    assert send(rival, part, act, sent) == 404
    session.refresh(part)
    assert part.lifecycle is SubOrderLifecycle.NEW


@pytest.mark.row("F6")
@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_a_helper_without_the_right_may_only_look(
    browse: SignIn, session: Session, part: SubOrder, stalls: Stalls, act: str, sent: dict[str, str]
) -> None:
    helper = make_seller(session, stalls[0].shop, Role.SHOP_STAFF)
    browser = browse(helper)
    taken = (Permission.SELLER_ORDER_ACCEPT, Permission.SELLER_ORDER_HAND_OVER)
    for row in session.scalars(select(RolePermission).where(RolePermission.role == Role.SHOP_STAFF)):
        if row.permission in taken:
            session.delete(row)
    session.flush()
    assert browser.get(f"/seller/orders/{part.number}").status_code == 200
    assert send(browser, part, act, sent) == 403
    session.refresh(part)
    assert part.lifecycle is SubOrderLifecycle.NEW


@pytest.mark.row("F6")
def test_a_right_in_one_shop_is_none_in_another(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls) -> None:
    """Owner of the second shop, a mere helper in the first: the second shop's rights do not count there."""
    person = stalls[1].owner
    session.add(RoleGrant(person_id=person.id, role=Role.SHOP_STAFF, shop_id=stalls[0].shop.id, granted_at=NOW))
    browser = browse(person)
    for row in session.scalars(select(RolePermission).where(RolePermission.role == Role.SHOP_STAFF)):
        if row.permission != Permission.SELLER_ORDER_VIEW:
            session.delete(row)
    session.flush()
    assert browser.get(f"/seller/orders/{part.number}").status_code == 200
    assert send(browser, part, "accept", {"promised_on": TOMORROW}) == 403


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_a_stranger_signs_in_first_and_a_clerk_is_no_seller(
    browse: SignIn, session: Session, part: SubOrder, act: str, sent: dict[str, str]
) -> None:
    stranger, clerk = browse(None), browse(make_person(session, role=Role.FINANCE))
    assert stranger.post(f"/seller/orders/{part.number}/{act}", data=sent).headers["Location"].startswith("/account/sign-in")
    assert stranger.get("/seller/orders").headers["Location"].startswith("/account/sign-in")
    assert send(clerk, part, act, sent) == 403
    assert clerk.get("/seller/orders").status_code == 403


@pytest.mark.parametrize("act", ["accept", "hand-over", "cash"])
def test_acts_are_posts_of_our_own_pages(browse: SignIn, part: SubOrder, stalls: Stalls, act: str) -> None:
    seller = browse(stalls[0].owner)
    assert seller.get(f"/seller/orders/{part.number}/{act}").status_code == 405
    assert seller.post(f"/seller/orders/{part.number}/{act}", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(("act", "sent"), ACTS)
def test_an_unknown_number_is_not_found(browse: SignIn, part: SubOrder, stalls: Stalls, act: str, sent: dict[str, str]) -> None:
    seller = browse(stalls[0].owner)
    for number in ("LBK-0000-0000-1", "x" * 2000, "%00"):
        assert seller.post(f"/seller/orders/{number}/{act}", data=sent).status_code == 404
        assert seller.get(f"/seller/orders/{number}").status_code == 404


def test_a_part_is_accepted_once_with_a_promise(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls) -> None:
    seller = browse(stalls[0].owner)
    answers = [send(seller, part, "accept", {"promised_on": TOMORROW}) for _ in range(2)]
    assert answers == [303, 409]
    session.refresh(part)
    assert (part.lifecycle, part.promised_on and part.promised_on.isoformat()) == (SubOrderLifecycle.ACCEPTED, TOMORROW)
    assert "Kirim sebelum" in seller.get("/seller/?tab=to_send").text


@pytest.mark.parametrize("day", ["", "besok", "2020-01-01", "9999-12-31", "2026-13-40", "1", "\0", "a" * 9000])
def test_a_bad_day_is_refused_at_its_field(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls, day: str) -> None:
    answer = browse(stalls[0].owner).post(f"/seller/orders/{part.number}/accept", data={"promised_on": day})
    assert answer.status_code == 422
    assert 'href="#f-promised_on"' in answer.text
    session.refresh(part)
    assert part.lifecycle is SubOrderLifecycle.NEW


def test_a_part_is_declined_with_a_reason_and_its_refund(
    browse: SignIn, session: Session, part: SubOrder, stalls: Stalls
) -> None:
    seller = browse(stalls[0].owner)
    assert "Barang habis" in seller.get(f"/seller/orders/{part.number}/reject").text
    for wrong in ({}, {"reason": "because"}, {"reason": "sold_out", "more": "x"}):
        assert send(seller, part, "reject", wrong) == 422
    answers = [send(seller, part, "reject", {"reason": "sold_out"}) for _ in range(2)]
    assert answers == [303, 409]
    session.refresh(part)
    assert part.lifecycle is SubOrderLifecycle.REJECTED
    assert session.scalars(select(Refund.amount_minor)).one() == part.total_minor


def by_courier(client: FlaskClient, session: Session, stall: Stall) -> SubOrder:
    """Return a paid part that a courier will carry."""
    service_id = session.scalars(select(CourierService.id)).one()
    number = buy(client, stall, code=f"courier-{service_id}")
    pay_for(session, number)
    return session.scalars(select(SubOrder)).one()


def test_goods_leave_with_their_tracking_number_once(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls
) -> None:
    part, seller = by_courier(client, session, stalls[0]), browse(stalls[0].owner)
    accepted(seller, part)
    for wrong in ("", " ", "<script>", "a" * 41, "a" * 61, "x\0"):
        answer = seller.post(f"/seller/orders/{part.number}/hand-over", data={"tracking_number": wrong})
        assert answer.status_code == 422
        assert 'href="#f-tracking_number"' in answer.text
    answers = [send(seller, part, "hand-over", {"tracking_number": "jt 0012"}) for _ in range(2)]
    assert answers == [303, 409]
    assert session.scalars(select(Parcel.tracking_number)).one() == "JT 0012"
    session.refresh(part)
    assert part.fulfilment is FulfilmentFact.SHIPPED


def test_goods_do_not_leave_before_they_are_accepted(browse: SignIn, part: SubOrder, stalls: Stalls) -> None:
    assert send(browse(stalls[0].owner), part, "hand-over", {}) == 409


@pytest.mark.row("H3")
def test_what_is_fetched_needs_no_number(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls) -> None:
    seller = browse(stalls[0].owner)
    accepted(seller, part)
    assert send(seller, part, "hand-over", {}) == 303
    session.refresh(part)
    assert part.fulfilment is FulfilmentFact.SHIPPED


@pytest.mark.row("P4")
def test_cash_is_noted_once_after_the_goods_left(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    buy(client, stalls[0], method="cod")
    part, seller = session.scalars(select(SubOrder)).one(), browse(stalls[0].owner)
    assert send(seller, part, "cash", {"act": "cash"}) == 409
    accepted(seller, part)
    assert send(seller, part, "hand-over", {}) == 303
    assert "Sudah terima Rp25.000" in seller.get(f"/seller/orders/{part.number}").text
    assert [send(seller, part, "cash", {"act": "cash"}) for _ in range(2)] == [303, 303]
    session.expire_all()
    payment = session.scalars(select(Payment)).one()
    assert (payment.state, payment.received_minor) == (PaymentState.CAPTURED, 25_000)
    assert session.scalars(select(SubOrder.payment)).one() is PaymentFact.PAID
    assert send(seller, part, "cash", {"amount": "1"}) == 422


def test_what_was_transferred_is_no_cash(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls) -> None:
    assert send(browse(stalls[0].owner), part, "cash", {"act": "cash"}) == 409


def test_somebody_in_two_shops_switches(browse: SignIn, session: Session, part: SubOrder, stalls: Stalls) -> None:
    person = stalls[0].owner
    session.add(RoleGrant(person_id=person.id, role=Role.SHOP_STAFF, shop_id=stalls[1].shop.id, granted_at=NOW))
    session.flush()
    browser = browse(person)
    assert part.number in browser.get("/seller/orders").text
    assert browser.post("/seller/shop", data={"shop_id": stalls[1].shop.id}).status_code == 303
    page = browser.get("/seller/orders").text
    assert part.number not in page
    assert part.number[:-2] in page  # the other shop's part of the same order
    assert browser.post("/seller/shop", data={"shop_id": 99999}).status_code == 303
    assert part.number[:-2] in browser.get("/seller/orders").text


def test_what_is_late_is_marked(browse: SignIn, part: SubOrder, stalls: Stalls, clock: HandClock) -> None:
    seller = browse(stalls[0].owner)
    clock.move(timedelta(hours=50))
    assert "queue-row--late" in seller.get("/seller/?tab=new").text
