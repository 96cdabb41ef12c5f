"""The shop's dashboard: what is due in order, where the shop stands, and which shop it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import RoleGrant
from marketplace.accounts.permissions import Role
from marketplace.orders.models import SubOrder, SubOrderLifecycle
from marketplace.sellers.models import ShopState
from tests.conftest import NOW
from tests.factories.market import Stall, make_seller
from tests.web.buying import buy
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]


def sold(client: FlaskClient, session: Session, stall: Stall) -> SubOrder:
    """Return a new paid part."""
    number = buy(client, stall)
    pay_for(session, number)
    return session.scalars(select(SubOrder).where(SubOrder.number == f"{number}-1")).one()


@pytest.mark.row("L6")
def test_what_is_due_first_stands_first(
    client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls, clock: HandClock
) -> None:
    new, to_send, late = (sold(client, session, stalls[0]) for _ in range(3))
    for part, day in ((to_send, 5), (late, -1)):
        part.lifecycle, part.promised_on = SubOrderLifecycle.ACCEPTED, (NOW + timedelta(days=day)).date()
    session.flush()
    owner = browse(stalls[0].owner)
    page = owner.get("/seller/").text
    places = [page.index(part.number) for part in (late, new, to_send)]
    assert places == sorted(places)
    assert "queue-row--late" in page
    orders = owner.get("/seller/orders?tab=to_send").text
    assert orders.index("Terlambat") < orders.index(late.number) < orders.index("Nanti") < orders.index(to_send.number)


@pytest.mark.row("L6")
@pytest.mark.parametrize(
    ("state", "given", "words"),
    [
        (ShopState.APPLIED, {}, "Toko belum dikirim ke Dinas"),
        (ShopState.APPLIED, {"submitted_at": NOW}, "Toko sedang diperiksa Dinas"),
        (ShopState.APPLIED, {"submitted_at": NOW, "returned_at": NOW, "return_words": "Foto KTP gelap."}, "Foto KTP gelap."),
        (ShopState.SUSPENDED, {"state_reason": "Aduan sedang diperiksa."}, "Aduan sedang diperiksa."),
        (ShopState.SUSPENDED, {}, "Toko ditutup sementara oleh Dinas"),
        (ShopState.CLOSED, {}, "Toko sudah tutup"),
    ],
)
def test_a_shop_that_is_not_open_is_told_so(
    browse: SignIn, session: Session, stalls: Stalls, state: ShopState, given: dict[str, object], words: str
) -> None:
    stalls[0].shop.state = state
    for name, value in given.items():
        setattr(stalls[0].shop, name, value)
    session.flush()
    assert words in browse(stalls[0].owner).get("/seller/").text


def test_an_open_shop_is_told_nothing(browse: SignIn, stalls: Stalls) -> None:
    page = browse(stalls[0].owner).get("/seller/").text
    assert "Tidak ada pesanan yang menunggu." in page
    assert "Dinas" not in page.split("<main", 1)[1].split("</main>", 1)[0]


@pytest.mark.row("L6")
def test_who_works_in_two_shops_chooses(client: FlaskClient, browse: SignIn, session: Session, stalls: Stalls) -> None:
    part = sold(client, session, stalls[1])
    both = make_seller(session, stalls[0].shop)
    session.add(RoleGrant(person_id=both.id, role=Role.OWNER, shop_id=stalls[1].shop.id, granted_at=NOW))
    session.flush()
    person = browse(both)
    assert part.number not in person.get("/seller/").text
    assert person.post("/seller/shop", data={"shop_id": str(stalls[1].shop.id)}).status_code == 303
    assert part.number in person.get("/seller/").text


def test_pages_of_money_show_to_owners_only(browse: SignIn, session: Session, stalls: Stalls) -> None:
    worker = make_seller(session, stalls[0].shop, Role.SHOP_STAFF)
    assert 'href="/seller/balance"' in browse(stalls[0].owner).get("/seller/").text
    page = browse(worker).get("/seller/").text
    assert 'href="/seller/stock"' in page
    assert 'href="/seller/balance"' not in page
