"""Delivery choices from the tables."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from marketplace.kernel.ids import ShopId
from marketplace.kernel.weight import Box, Grams
from marketplace.shipping.parcels import Parcel
from marketplace.shipping.queries import Consignment, Sender, quote, quote_all
from marketplace.shipping.quotes import WhyNot, Withheld
from tests.factories.delivery import make_own_delivery, make_rate, make_service, make_zones
from tests.factories.shops import make_shop


def parcel(*flags: str, grams: int = 900, value_minor: int = 50_000) -> Parcel:
    return Parcel(Grams(grams), Box(200, 150, 100), 200, frozenset(flags), value_minor)


def sender(shop_id: ShopId, *, takes_cod: bool = True, offers_pickup: bool = True) -> Sender:
    return Sender(shop_id, "36.02.22", takes_cod=takes_cod, offers_pickup=offers_pickup)


@pytest.mark.row("H1", "H3")
def test_pickup_own_delivery_and_couriers_from_the_cheapest(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    dear, cheap = make_service(session, code="YES", first_minor=30_000), make_service(session, code="OKE", first_minor=7_000)
    make_own_delivery(session, shop_id=shop.id, fee_minor=5_000)
    found = quote(session, sender=sender(shop.id), parcel=parcel(), destination="36.02.14", now=now)
    assert [(choice.code, choice.fee_minor, choice.allows_cod) for choice in found.choices] == [
        ("pickup", 0, True),
        ("own", 5_000, True),
        (f"courier-{cheap.id}", 7_000, False),
        (f"courier-{dear.id}", 30_000, False),
    ]


@pytest.mark.row("H4", "H8")
def test_a_blade_travels_with_its_seller_or_is_fetched(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    make_service(session)
    make_own_delivery(session, shop_id=shop.id)
    found = quote(session, sender=sender(shop.id), parcel=parcel("blade"), destination="36.02.14", now=now)
    assert [choice.code for choice in found.choices] == ["pickup", "own"]
    assert found.withheld == (Withheld("JNE REG", WhyNot.REFUSES_GOODS),)


@pytest.mark.row("H4")
def test_goods_that_stay_in_the_regency_are_not_carried_out_of_it(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    make_service(session, refuses=[])
    make_own_delivery(session, shop_id=shop.id, zone="java")
    found = quote(session, sender=sender(shop.id), parcel=parcel("local"), destination="35.78.01", now=now)
    assert [choice.code for choice in found.choices] == ["pickup"]


def test_a_shop_may_bring_goods_for_nothing_above_a_value(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    make_own_delivery(session, shop_id=shop.id, fee_minor=5_000, free_from_minor=100_000)
    fees = [
        quote(session, sender=sender(shop.id, offers_pickup=False), parcel=parcel(value_minor=value), destination="36.02.14",
              now=now).choices[0].fee_minor
        for value in (99_999, 100_000)
    ]  # fmt: skip
    assert fees == [5_000, 0]


@pytest.mark.promise("R12")
def test_a_rate_counts_from_its_instant_on(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    service = make_service(session, first_minor=10_000)
    zone = make_zones(session)["same_regency"]
    make_rate(session, service=service, zone=zone, first_minor=12_000, valid_from=now + timedelta(hours=1))
    make_rate(session, service=service, zone=zone, first_minor=11_000, valid_from=now)  # a correction, entered later
    for later, fee in ((timedelta(0), 11_000), (timedelta(minutes=59, seconds=59), 11_000), (timedelta(hours=1), 12_000)):
        found = quote(session, sender=sender(shop.id), parcel=parcel(), destination="36.02.14", now=now + later)
        assert found.choices[-1].fee_minor == fee


def test_a_service_that_was_switched_off_or_serves_no_such_zone_is_no_choice(session: Session, now: datetime) -> None:
    shop = make_shop(session)
    make_service(session, is_active=False)
    found = quote(session, sender=sender(shop.id), parcel=parcel(), destination="36.02.14", now=now - timedelta(days=1))
    assert ([choice.code for choice in found.choices], found.withheld) == (["pickup"], ())


@pytest.mark.row("K2", "H7")
def test_a_cart_of_many_shops_takes_four_statements(session: Session, now: datetime) -> None:
    make_service(session)
    shops = [make_shop(session) for _ in range(7)]
    said: list[str] = []
    connection = session.connection()
    event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2]))
    found = quote_all(
        session, consignments=[Consignment(sender(shop.id), parcel()) for shop in shops], destination="36.02.14", now=now
    )
    assert set(found) == {shop.id for shop in shops}
    assert len(said) <= 4
