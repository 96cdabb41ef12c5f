"""A mistyped tracking number is corrected within the day, seen on the timeline, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.fulfilment.models import Parcel
from marketplace.fulfilment.services import hand_over
from marketplace.orders.models import OrderEvent, SubOrder
from marketplace.orders.services import accept_sub_order
from tests.conftest import NOW
from tests.factories.market import Stall
from tests.web.buying import buy
from tests.web.conftest import HandClock, SignIn
from tests.web.storefront.test_order import pay_for

Stalls = tuple[Stall, Stall]


@pytest.fixture
def parcel(client: FlaskClient, session: Session, stalls: Stalls) -> Parcel:
    """A parcel of the first shop that left with a wrong number."""
    number = buy(client, stalls[0])
    pay_for(session, number)
    part = session.scalars(select(SubOrder).where(SubOrder.number == f"{number}-1")).one()
    who: dict[str, Any] = {"shop_id": stalls[0].shop.id, "number": part.number, "actor_id": stalls[0].owner.id, "now": NOW}
    accept_sub_order(session, promised_on=NOW.date(), **who)
    return hand_over(session, tracking_number="JT 123", **who)


def where(session: Session, parcel: Parcel) -> str:
    """Return where its number is corrected."""
    return f"/seller/orders/{session.get_one(SubOrder, parcel.sub_order_id).number}/tracking"


@pytest.mark.row("H6")
def test_a_number_is_corrected_once_and_told(browse: SignIn, session: Session, stalls: Stalls, parcel: Parcel) -> None:
    owner, path = browse(stalls[0].owner), where(session, parcel)
    for _ in range(2):
        assert owner.post(path, data={"parcel_id": str(parcel.id), "fixed_number": "jt 124"}).status_code == 303
    session.refresh(parcel)
    assert parcel.tracking_number == "JT 124"
    events = session.scalars(select(OrderEvent).where(OrderEvent.kind == "tracking_corrected")).all()
    assert [(event.data["was"], event.data["tracking_number"]) for event in events] == [("JT 123", "JT 124")]
    assert "Nomor resi dibetulkan" in owner.get(path.removesuffix("/tracking")).text


@pytest.mark.row("H6")
def test_not_after_a_day_not_nonsense_not_by_others(
    browse: SignIn, session: Session, stalls: Stalls, parcel: Parcel, clock: HandClock
) -> None:
    owner, path = browse(stalls[0].owner), where(session, parcel)
    sent = {"parcel_id": str(parcel.id), "fixed_number": "JT 124"}
    assert browse(stalls[1].owner).post(path, data=sent).status_code == 404
    wrong = owner.post(path, data=sent | {"fixed_number": "<b>"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;" in wrong.text
    assert owner.post(path, data=sent | {"parcel_id": str(parcel.id + 1)}).status_code == 404
    clock.move(timedelta(days=1))
    assert owner.post(path, data=sent).status_code == 409
    session.refresh(parcel)
    assert parcel.tracking_number == "JT 123"
