"""What buyers, sellers and staff read of orders."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.kernel.ids import PersonId
from marketplace.orders.actors import SYSTEM
from marketplace.orders.drafts import Buyer
from marketplace.orders.models import Order, OrderLifecycle
from marketplace.orders.queries import (
    SellerTab,
    order_by_phone,
    order_page,
    orders_of_person,
    seller_counts,
    seller_order,
    seller_orders,
    staff_orders,
)
from marketplace.orders.services import accept_sub_order, record_cancelled, record_paid
from tests.factories.drafted_orders import make_order, parts_of
from tests.factories.goods import make_product, make_variant
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def two_shops(session: Session) -> Order:
    shops = [make_shop(session), make_shop(session)]
    return make_order(session, shops={s: {make_variant(session, product=make_product(session, shop=s)): 2} for s in shops})


def pay(session: Session, order: Order, now: datetime) -> None:
    shares = {part.id: part.total_minor for part in parts_of(session, order)}
    record_paid(session, order_id=order.id, shares=shares, is_deposit=False, now=now)


@pytest.mark.row("O6")
def test_a_buyer_sees_all_parts_and_the_whole_story(session: Session, now: datetime) -> None:
    order = two_shops(session)
    pay(session, order, now)
    session.flush()
    said: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *args: said.append(args[2]))
    page = order_page(session, order.number)
    assert page is not None
    assert len(said) == 4
    assert (page.head.total_minor, page.head.street, [part.position for part in page.parts]) == (
        120_000,
        "Jl. Multatuli 5",
        [1, 2],
    )
    (line,) = page.parts[0].lines
    assert (line.name, line.quantity, line.line_total_minor, line.left_to_hand_over) == ("Palm sugar", 2, 50_000, 2)
    assert [row.kind for row in page.timeline].count("paid") == 2
    assert {row.sub_order_number for row in page.timeline} == {None, *(part.number for part in page.parts)}
    assert order_page(session, "LBK-0000-0000") is None


@pytest.mark.promise("B1")
def test_a_seller_sees_nothing_of_other_sellers(session: Session, now: datetime) -> None:
    order = two_shops(session)
    pay(session, order, now)
    session.flush()
    mine, theirs = parts_of(session, order)
    page = seller_order(session, mine.shop_id, mine.number)
    assert page is not None
    assert (page.part.number, page.part.lines[0].name) == (mine.number, "Gula semut")
    assert {row.sub_order_number for row in page.timeline} == {mine.number}
    assert seller_order(session, mine.shop_id, theirs.number) is None


@pytest.mark.row("O4")
def test_a_sellers_list_is_sorted_by_what_is_to_be_done(session: Session, now: datetime) -> None:
    order = make_order(session)
    (part,) = parts_of(session, order)
    assert seller_counts(session, part.shop_id) == dict.fromkeys(SellerTab, 0)
    record_cancelled(session, sub_order_id=part.id, kind="expired", actor=SYSTEM, reason="", now=now)
    assert seller_counts(session, part.shop_id)[SellerTab.DONE] == 0  # it never reached the seller
    pay(session, order, now)
    (row,) = seller_orders(session, part.shop_id, tab=SellerTab.NEW).rows
    assert (row.number, row.first_line, row.line_count, row.buyer_name) == (part.number, "Gula semut", 1, "Ibu Ratna")
    accept_sub_order(session, shop_id=part.shop_id, number=part.number, promised_on=date(2026, 11, 30),
                     actor_id=make_person(session).id, now=now)  # fmt: skip
    assert seller_counts(session, part.shop_id) == {
        SellerTab.NEW: 0, SellerTab.TO_SEND: 1, SellerTab.SENT: 0, SellerTab.DONE: 0,
    }  # fmt: skip
    assert seller_orders(session, make_shop(session).id, tab=SellerTab.TO_SEND).total == 0


def test_staff_find_orders_by_number_phone_and_state(session: Session, now: datetime) -> None:
    order = make_order(session)
    make_order(session, buyer=Buyer(name="Pak Asep", phone="+6281311112222"))
    pay(session, order, now)
    session.flush()
    assert staff_orders(session).total == 2
    by_number = staff_orders(session, search=f" {order.number.lower()} ")
    assert [row.number for row in by_number.rows] == [order.number]
    assert [row.buyer_name for row in staff_orders(session, search="0813-1111-2222").rows] == ["Pak Asep"]
    assert [row.number for row in staff_orders(session, lifecycle=OrderLifecycle.PLACED).rows] == [order.number]
    assert staff_orders(session, search="nobody").rows == []
    assert (staff_orders(session, number=10**9, size=10**9).number, staff_orders(session, size=10**9).size) == (50, 100)


def test_a_persons_orders_are_theirs(session: Session) -> None:
    person = make_person(session)
    mine = make_order(session, buyer=Buyer(name="Sari", phone="+6281311112222", person_id=person.id))
    make_order(session)
    assert [row.number for row in orders_of_person(session, person.id).rows] == [mine.number]
    assert orders_of_person(session, PersonId(10**9)).total == 0


@pytest.mark.row("K1")
@pytest.mark.promise("N2")
def test_look_up_wants_number_and_phone_however_typed(session: Session) -> None:
    order = make_order(session)
    found = order_by_phone(session, f" {order.number.lower().replace('-', ' -', 1)}", "0812 9876 5432")
    assert found is not None
    assert (found.number, found.link_secret) == (order.number, order.link_secret)
    assert order_by_phone(session, order.number, "0812 9876 5433") is None
    assert order_by_phone(session, "LBK-0000-0000", "0812 9876 5432") is None
    assert order_by_phone(session, order.number, "not a phone") is None
