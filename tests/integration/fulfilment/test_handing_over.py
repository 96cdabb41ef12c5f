"""Hand-over whole and in boxes, arrival, closing, cash at the door."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.catalog.models import Variant
from marketplace.fulfilment.errors import NotCash, NotHandedOverYet, NothingToHandOver, NotOnItsWay, TrackingNumberUnfit
from marketplace.fulfilment.models import Parcel
from marketplace.fulfilment.queries import closable, parcels_of_order, presumable
from marketplace.fulfilment.services import close_part, confirm_delivered, hand_over, presume_delivered, record_cash
from marketplace.inventory.models import StockItem
from marketplace.kernel.ids import OrderLineId
from marketplace.kernel.money import Currency
from marketplace.orders.actors import Actor
from marketplace.orders.errors import NotClosable, NotReadyToHandOver, QuantityRefused, SubOrderNotFound
from marketplace.orders.models import FulfilmentFact, OrderLine, PaymentFact, PaymentMethod, SubOrderLifecycle
from marketplace.orders.services import accept_sub_order, record_case
from marketplace.payments import accounts
from marketplace.payments.ledger import balance_of
from marketplace.payments.models import PaymentState
from marketplace.payments.services import finish_refund, request_refund, settle
from tests.factories.goods import make_variant
from tests.factories.payments import Placed, make_order
from tests.factories.people import make_person
from tests.factories.shops import make_shop


def accepted(session: Session, now: datetime, *, quantity: int = 3, method: PaymentMethod = PaymentMethod.TRANSFER,
             commission_basis_points: int = 0, variant: Variant | None = None) -> Placed:  # fmt: skip
    """Return an order its seller has accepted (paid, unless by cash)."""
    variant = variant or make_variant(session, price_minor=20_000, stock=10)
    placed = make_order(session, parts=[[(variant, quantity)]], method=method, commission_basis_points=commission_basis_points)
    if method is PaymentMethod.TRANSFER:
        settle(session, payment_id=placed.payment.id, received_minor=placed.payment.amount_minor, currency=Currency.IDR,
               source="staff", source_id=f"s{placed.payment.id}", actor_id=None, now=now)  # fmt: skip
    accept_sub_order(session, shop_id=placed.part.shop_id, number=placed.part.number, promised_on=now.date(),
                     actor_id=make_person(session).id, now=now)  # fmt: skip
    return placed


def give(session: Session, placed: Placed, now: datetime, *, quantities: dict[OrderLineId, int] | None = None,
         tracking: str = "") -> Parcel:  # fmt: skip
    """Hand a box over as the part's own shop."""
    return hand_over(session, shop_id=placed.part.shop_id, number=placed.part.number, tracking_number=tracking,
                     quantities=quantities, actor_id=make_person(session).id, now=now)  # fmt: skip


def line_of(session: Session, placed: Placed) -> OrderLine:
    """Return the only line."""
    return session.scalars(select(OrderLine).where(OrderLine.sub_order_id == placed.part.id)).one()


@pytest.mark.row("O2", "O3", "H6")
def test_two_boxes(session: Session, now: datetime) -> None:
    """Quantities decide: part shipped, then shipped; stock leaves with each box."""
    placed = accepted(session, now)
    line = line_of(session, placed)
    give(session, placed, now, quantities={line.id: 2}, tracking=" jne 0012-345 ")
    assert placed.part.fulfilment is FulfilmentFact.PART_SHIPPED
    item = session.scalars(select(StockItem)).one()
    assert (item.on_hand, item.allocated) == (8, 1)
    give(session, placed, now)
    session.refresh(item)
    assert (str(placed.part.fulfilment), item.on_hand, item.allocated) == (FulfilmentFact.SHIPPED, 7, 0)
    boxes = parcels_of_order(session, placed.order.id)
    assert [(box.tracking_number, [(part.line_id, part.quantity) for part in box.lines]) for box in boxes] == [
        ("JNE 0012-345", [(line.id, 2)]),
        ("", [(line.id, 1)]),
    ]
    with pytest.raises(NothingToHandOver):
        give(session, placed, now)


@pytest.mark.row("O3")
def test_refusals_write_nothing(session: Session, now: datetime) -> None:
    """Too many, unaccepted, another shop's, a number that is none."""
    placed = accepted(session, now)
    line = line_of(session, placed)
    for quantities in ({line.id: 4}, {line.id: -1}, {OrderLineId(line.id + 999): 1}):
        with pytest.raises(QuantityRefused):
            give(session, placed, now, quantities=quantities)
    with pytest.raises(TrackingNumberUnfit):
        give(session, placed, now, tracking="<script>")
    with pytest.raises(SubOrderNotFound):
        hand_over(session, shop_id=make_shop(session).id, number=placed.part.number, tracking_number="",
                  actor_id=make_person(session).id, now=now)  # fmt: skip
    fresh = make_order(session)
    with pytest.raises(NotReadyToHandOver):
        give(session, fresh, now)
    assert session.scalars(select(Parcel)).all() == []


@pytest.mark.row("O2", "P7", "P9")
def test_arrival_closing_and_earnings(session: Session, now: datetime) -> None:
    """The buyer confirms; three days later the seller's money is payable, less the commission frozen at sale."""
    placed = accepted(session, now, commission_basis_points=250)
    part = placed.part
    with pytest.raises(NotOnItsWay):
        confirm_delivered(session, order_id=placed.order.id, sub_order_number=part.number, now=now)
    give(session, placed, now)
    for _ in range(2):  # said twice, counted once
        confirm_delivered(session, order_id=placed.order.id, sub_order_number=part.number, now=now)
    assert (part.fulfilment, part.delivered_at) == (FulfilmentFact.DELIVERED, now)
    assert parcels_of_order(session, placed.order.id)[0].delivered_how == "buyer"
    assert closable(session, now=now + timedelta(days=3) - timedelta(seconds=1)) == []
    assert closable(session, now=now + timedelta(days=3)) == [part.id]
    close_part(session, sub_order_id=part.id, now=now + timedelta(days=3))
    assert part.lifecycle is SubOrderLifecycle.CLOSED
    commission = 1_725  # 2.5 % of 69.000
    assert balance_of(session, accounts.pending(part.shop_id)) == 0
    assert balance_of(session, accounts.payable(part.shop_id)) == commission - part.total_minor
    assert balance_of(session, accounts.COMMISSION) == -commission
    assert closable(session, now=now + timedelta(days=9)) == []


def test_refund_after_closing_is_the_sellers_debt(session: Session, now: datetime) -> None:
    """Payable shrinks when asked for, and grows back when it cannot be sent."""
    placed = accepted(session, now)
    part = placed.part
    asked = request_refund(session, payment_id=placed.payment.id, sub_order_id=part.id, amount_minor=5_000, reason="x",
                           actor_id=None, now=now)  # fmt: skip
    give(session, placed, now)
    confirm_delivered(session, order_id=placed.order.id, sub_order_number=part.number, now=now)
    close_part(session, sub_order_id=part.id, now=now + timedelta(days=3))
    assert balance_of(session, accounts.payable(part.shop_id)) == 5_000 - part.total_minor
    finish_refund(session, refund_id=asked.id, is_success=False, reference="", actor_id=None, now=now)
    assert balance_of(session, accounts.payable(part.shop_id)) == -part.total_minor
    request_refund(
        session, payment_id=placed.payment.id, sub_order_id=part.id, amount_minor=7_000, reason="x", actor_id=None, now=now
    )
    assert balance_of(session, accounts.payable(part.shop_id)) == 7_000 - part.total_minor


@pytest.mark.row("O2")
def test_seven_silent_days_count_as_arrived_unless_somebody_complains(session: Session, now: datetime) -> None:
    """An open case stops both clocks."""
    quiet, loud = accepted(session, now), accepted(session, now)
    for placed in (quiet, loud):
        give(session, placed, now)
    record_case(session, sub_order_id=loud.part.id, what="opened", actor=Actor("buyer"), now=now)
    week = now + timedelta(days=7)
    assert presumable(session, now=week - timedelta(seconds=1)) == []
    assert presumable(session, now=week) == [quiet.part.id]
    presume_delivered(session, sub_order_id=quiet.part.id, now=week)
    assert parcels_of_order(session, quiet.order.id)[0].delivered_how == "time"
    record_case(session, sub_order_id=quiet.part.id, what="opened", actor=Actor("buyer"), now=week)
    assert closable(session, now=week + timedelta(days=30)) == []
    with pytest.raises(NotClosable):
        close_part(session, sub_order_id=quiet.part.id, now=week + timedelta(days=30))
    record_case(session, sub_order_id=quiet.part.id, what="resolved", actor=Actor("staff"), now=week)
    assert closable(session, now=week + timedelta(days=3)) == [quiet.part.id]


@pytest.mark.row("P4")
def test_cash_is_counted_once_and_set_against_earnings(session: Session, now: datetime) -> None:
    """Each seller collects their own part; the seller keeps the cash and owes only the commission."""
    first = make_variant(session, price_minor=20_000)
    placed = make_order(session, parts=[[(first, 1)], [(make_variant(session), 1)]], method=PaymentMethod.COD,
                        commission_basis_points=100)  # fmt: skip
    part, other = placed.parts
    seller = make_person(session)
    accept_sub_order(session, shop_id=part.shop_id, number=part.number, promised_on=now.date(), actor_id=seller.id, now=now)
    with pytest.raises(NotHandedOverYet):
        record_cash(session, shop_id=part.shop_id, number=part.number, actor_id=seller.id, now=now)
    assert part.payment is PaymentFact.UNPAID
    hand_over(session, shop_id=part.shop_id, number=part.number, tracking_number="", actor_id=seller.id, now=now)
    confirm_delivered(session, order_id=placed.order.id, sub_order_number=part.number, now=now)
    assert closable(session, now=now + timedelta(days=30)) == []  # cash not recorded: earnings unknown
    for _ in range(2):
        record_cash(session, shop_id=part.shop_id, number=part.number, actor_id=seller.id, now=now)
    assert (part.payment, other.payment) == (PaymentFact.PAID, PaymentFact.UNPAID)
    assert [payment.state for payment in placed.payments] == [PaymentState.CAPTURED, PaymentState.CREATED]
    assert balance_of(session, accounts.cash(part.shop_id)) == part.total_minor
    close_part(session, sub_order_id=part.id, now=now + timedelta(days=3))
    assert balance_of(session, accounts.cash(part.shop_id)) == 290  # 1 % of 29.000
    assert balance_of(session, accounts.payable(part.shop_id)) == 0
    with pytest.raises(SubOrderNotFound):
        record_cash(session, shop_id=other.shop_id, number=part.number, actor_id=seller.id, now=now)
    transfer = accepted(session, now)
    with pytest.raises(NotCash):
        record_cash(session, shop_id=transfer.part.shop_id, number=transfer.part.number, actor_id=seller.id, now=now)
