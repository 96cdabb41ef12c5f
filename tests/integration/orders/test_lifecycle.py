"""Orders from placing to closing, as later packages report it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.inventory.demands import Demand
from marketplace.inventory.models import VariantStock
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, SubOrderId
from marketplace.orders.actors import SYSTEM, Actor
from marketplace.orders.demands import demands_of, demands_of_sub_orders
from marketplace.orders.errors import (
    MoveRefused,
    NotClosable,
    NotReadyToHandOver,
    OrderNotFound,
    PromisedInPast,
    QuantityRefused,
    SubOrderNotFound,
)
from marketplace.orders.history import broken_paths
from marketplace.orders.models import (
    CaseFact,
    FulfilmentFact,
    OrderEvent,
    OrderLifecycle,
    PaymentFact,
    PaymentMethod,
    SubOrder,
    SubOrderLifecycle,
)
from marketplace.orders.services import (
    accept_sub_order,
    close_sub_order,
    mark_ready,
    record_cancelled,
    record_case,
    record_delivered,
    record_handed_over,
    record_paid,
    record_refunded,
    record_returned,
    start_production,
)
from tests.factories.drafted_orders import all_of, lines_of, make_order, parts_of
from tests.factories.goods import make_product, make_variant
from tests.factories.people import make_person
from tests.factories.shops import make_shop

SELLER = Actor("seller", PersonId(1))
BUYER = Actor("buyer")
LATER = date(2026, 11, 27)


def events(session: Session, sub_order: SubOrder | None = None) -> list[str]:
    session.flush()
    query = select(OrderEvent.kind).order_by(OrderEvent.id)
    if sub_order is not None:
        query = query.where(OrderEvent.sub_order_id == sub_order.id)
    return list(session.scalars(query))


@pytest.fixture
def part(session: Session, now: datetime) -> SubOrder:
    """A paid part, new to its seller: two steps at 25.000 and 10.000 delivery."""
    order = make_order(session)
    (sub_order,) = parts_of(session, order)
    record_paid(session, order_id=order.id, shares={sub_order.id: 60_000}, is_deposit=False, now=now)
    return sub_order


@pytest.fixture
def accepted(session: Session, part: SubOrder, now: datetime) -> SubOrder:
    accept_sub_order(
        session, shop_id=part.shop_id, number=part.number, promised_on=LATER, actor_id=make_person(session).id, now=now
    )
    return part


@pytest.mark.row("O1", "O2")
def test_money_makes_a_part_new_and_the_order_placed(session: Session, now: datetime) -> None:
    one, two = make_shop(session), make_shop(session)
    variants = [make_variant(session, product=make_product(session, shop=shop)) for shop in (one, two)]
    order = make_order(session, shops={one: {variants[0]: 1}, two: {variants[1]: 2}})
    first, second = parts_of(session, order)
    record_paid(session, order_id=order.id, shares={first.id: 35_000, second.id: 60_000}, is_deposit=False, now=now)
    assert (order.lifecycle, order.placed_at) == (OrderLifecycle.PLACED, now)
    for part in (first, second):
        assert (part.lifecycle, part.payment) == (SubOrderLifecycle.NEW, PaymentFact.PAID)
        assert part.accept_by == now + timedelta(hours=48)
    assert broken_paths(session) == []


def test_a_deposit_starts_a_part_and_its_balance_pays_it(session: Session, now: datetime) -> None:
    order = make_order(session)
    (part,) = parts_of(session, order)
    record_paid(session, order_id=order.id, shares={part.id: 20_000}, is_deposit=True, now=now)
    assert (part.lifecycle, part.payment) == (SubOrderLifecycle.NEW, PaymentFact.PART_PAID)
    record_paid(session, order_id=order.id, shares={part.id: 40_000}, is_deposit=False, now=now)
    assert (part.lifecycle, part.payment, part.paid_minor) == (SubOrderLifecycle.NEW, PaymentFact.PAID, 60_000)
    assert events(session, part) == ["created", "deposit_paid", "new", "paid"]


def test_money_for_a_part_of_another_order_is_refused(session: Session, now: datetime) -> None:
    order, (stranger,) = make_order(session), parts_of(session, make_order(session))
    with pytest.raises(SubOrderNotFound):
        record_paid(session, order_id=order.id, shares={stranger.id: 1}, is_deposit=False, now=now)
    with pytest.raises(OrderNotFound):
        record_paid(session, order_id=OrderId(10**9), shares={}, is_deposit=False, now=now)


def test_an_expired_order_comes_back_with_late_money(session: Session, now: datetime) -> None:
    order = make_order(session)
    (part,) = parts_of(session, order)
    record_cancelled(session, sub_order_id=part.id, kind="expired", actor=SYSTEM, reason="unpaid", now=now)
    assert (order.lifecycle, part.lifecycle) == (OrderLifecycle.EXPIRED, SubOrderLifecycle.EXPIRED)
    assert [line.cancelled for line in lines_of(session, part)] == [0]
    record_paid(session, order_id=order.id, shares={part.id: 60_000}, is_deposit=False, now=now)
    assert (order.lifecycle, part.lifecycle, part.payment) == (OrderLifecycle.PLACED, SubOrderLifecycle.NEW, PaymentFact.PAID)
    assert broken_paths(session) == []


def test_an_order_cancelled_before_payment_takes_no_money(session: Session, now: datetime) -> None:
    order = make_order(session)
    (part,) = parts_of(session, order)
    record_cancelled(session, sub_order_id=part.id, kind="cancelled", actor=BUYER, reason="changed my mind", now=now)
    assert (order.lifecycle, part.lifecycle, part.payment) == (
        OrderLifecycle.CANCELLED, SubOrderLifecycle.CANCELLED, PaymentFact.UNPAID,
    )  # fmt: skip
    with pytest.raises(MoveRefused):
        record_paid(session, order_id=order.id, shares={part.id: 60_000}, is_deposit=False, now=now)


def test_an_order_ends_only_when_no_part_of_it_awaits_payment(session: Session, now: datetime) -> None:
    shops = [make_shop(session), make_shop(session)]
    order = make_order(session, shops={s: {make_variant(session, product=make_product(session, shop=s)): 1} for s in shops})
    first, second = parts_of(session, order)
    record_cancelled(session, sub_order_id=first.id, kind="cancelled", actor=BUYER, reason="", now=now)
    after_one = order.lifecycle
    record_cancelled(session, sub_order_id=second.id, kind="expired", actor=SYSTEM, reason="", now=now)
    assert (after_one, order.lifecycle) == (OrderLifecycle.AWAITING_PAYMENT, OrderLifecycle.EXPIRED)
    assert broken_paths(session) == []


@pytest.mark.row("O4")
def test_a_seller_accepts_their_own_new_part_once(session: Session, part: SubOrder, now: datetime) -> None:
    given = {"number": part.number, "actor_id": make_person(session).id, "now": now}
    rival = make_shop(session)
    with pytest.raises(SubOrderNotFound):
        accept_sub_order(session, shop_id=rival.id, promised_on=LATER, **given)  # type: ignore[arg-type]
    with pytest.raises(PromisedInPast):
        accept_sub_order(session, shop_id=part.shop_id, promised_on=date(2026, 11, 23), **given)  # type: ignore[arg-type]
    accept_sub_order(session, shop_id=part.shop_id, promised_on=LATER, **given)  # type: ignore[arg-type]
    assert (part.lifecycle, part.accepted_at, part.promised_on) == (SubOrderLifecycle.ACCEPTED, now, LATER)
    with pytest.raises(MoveRefused):
        accept_sub_order(session, shop_id=part.shop_id, promised_on=LATER, **given)  # type: ignore[arg-type]
    assert events(session, part).count("accepted") == 1


@pytest.mark.row("O4")
def test_a_rejected_part_ends_with_its_reason(session: Session, part: SubOrder, now: datetime) -> None:
    record_cancelled(session, sub_order_id=part.id, kind="rejected", actor=SELLER, reason="no material", now=now)
    assert (part.lifecycle, part.payment) == (SubOrderLifecycle.REJECTED, PaymentFact.PAID)
    record_refunded(session, sub_order_id=part.id, amount_minor=60_000, now=now)
    assert (part.payment, part.refunded_minor) == (PaymentFact.REFUNDED, 60_000)
    with pytest.raises(ValueError, match="cannot be refunded"):
        record_refunded(session, sub_order_id=part.id, amount_minor=1, now=now)
    said = session.scalars(select(OrderEvent).where(OrderEvent.kind == "rejected")).one()
    assert (said.data["reason"], said.data["from"], said.data["to"]) == ("no material", "new", "rejected")
    assert broken_paths(session) == []


@pytest.mark.row("O3")
def test_goods_leave_and_arrive_by_quantity(session: Session, accepted: SubOrder, now: datetime) -> None:
    (line,) = lines_of(session, accepted)
    record_handed_over(session, sub_order_id=accepted.id, quantities={line.id: 1}, actor=SELLER, now=now, data={"tracking": "A1"})
    assert (accepted.fulfilment, accepted.handed_over_at) == (FulfilmentFact.PART_SHIPPED, now)
    for wanted in (0, -1, 2):
        with pytest.raises(QuantityRefused) as refusal:
            record_handed_over(session, sub_order_id=accepted.id, quantities={line.id: wanted}, actor=SELLER, now=now)
        assert refusal.value.allowed == 1
    record_delivered(session, sub_order_id=accepted.id, actor=BUYER, now=now)
    assert (accepted.fulfilment, accepted.delivered_at) == (FulfilmentFact.PART_SHIPPED, None)
    record_cancelled(session, sub_order_id=accepted.id, kind="cancelled", actor=SELLER, reason="broke", now=now)
    assert (accepted.lifecycle, accepted.fulfilment, line.cancelled) == (
        SubOrderLifecycle.ACCEPTED, FulfilmentFact.DELIVERED, 1,
    )  # fmt: skip
    record_returned(session, sub_order_id=accepted.id, quantities={line.id: 1}, actor=BUYER, now=now)
    assert accepted.fulfilment is FulfilmentFact.RETURNED


def test_a_line_of_another_part_is_refused(session: Session, accepted: SubOrder, now: datetime) -> None:
    (other,) = parts_of(session, make_order(session))
    (strange,) = lines_of(session, other)
    with pytest.raises(QuantityRefused) as refusal:
        record_handed_over(session, sub_order_id=accepted.id, quantities={strange.id: 1}, actor=SELLER, now=now)
    assert refusal.value.allowed == 0


def test_nothing_leaves_before_it_is_accepted(session: Session, part: SubOrder, now: datetime) -> None:
    with pytest.raises(NotReadyToHandOver):
        record_handed_over(session, sub_order_id=part.id, quantities=all_of(session, part), actor=SELLER, now=now)


def test_what_is_being_made_is_ready_when_it_leaves(session: Session, accepted: SubOrder, now: datetime) -> None:
    given = {"shop_id": accepted.shop_id, "number": accepted.number, "actor_id": PersonId(1), "now": now}
    with pytest.raises(MoveRefused):
        mark_ready(session, **given)  # type: ignore[arg-type]
    start_production(session, **given)  # type: ignore[arg-type]
    record_handed_over(session, sub_order_id=accepted.id, quantities=all_of(session, accepted), actor=SELLER, now=now)
    assert accepted.lifecycle is SubOrderLifecycle.READY
    assert broken_paths(session) == []


def test_a_part_closes_when_all_arrived_and_nobody_complains(session: Session, accepted: SubOrder, now: datetime) -> None:
    with pytest.raises(NotClosable):
        close_sub_order(session, sub_order_id=accepted.id, now=now)
    record_handed_over(session, sub_order_id=accepted.id, quantities=all_of(session, accepted), actor=SELLER, now=now)
    record_delivered(session, sub_order_id=accepted.id, actor=BUYER, now=now)
    record_delivered(session, sub_order_id=accepted.id, actor=BUYER, now=now + timedelta(days=1))  # said twice
    assert (accepted.fulfilment, accepted.delivered_at) == (FulfilmentFact.DELIVERED, now)
    record_case(session, sub_order_id=accepted.id, what="opened", actor=BUYER, now=now)
    with pytest.raises(NotClosable):
        close_sub_order(session, sub_order_id=accepted.id, now=now)
    record_case(session, sub_order_id=accepted.id, what="resolved", actor=Actor("staff"), now=now)
    assert accepted.case is CaseFact.RESOLVED
    close_sub_order(session, sub_order_id=accepted.id, now=now)
    assert (accepted.lifecycle, accepted.closed_at) == (SubOrderLifecycle.CLOSED, now)
    with pytest.raises(MoveRefused):
        close_sub_order(session, sub_order_id=accepted.id, now=now)
    assert events(session, accepted)[-1] == "closed"
    assert broken_paths(session) == []


def test_nothing_is_cancelled_once_all_has_left(session: Session, accepted: SubOrder, now: datetime) -> None:
    record_handed_over(session, sub_order_id=accepted.id, quantities=all_of(session, accepted), actor=SELLER, now=now)
    with pytest.raises(MoveRefused):
        record_cancelled(session, sub_order_id=accepted.id, kind="cancelled", actor=BUYER, reason="", now=now)
    with pytest.raises(SubOrderNotFound):
        record_cancelled(session, sub_order_id=SubOrderId(10**9), kind="cancelled", actor=BUYER, reason="", now=now)


def test_cash_begins_placed(session: Session, now: datetime) -> None:
    order = make_order(session, method=PaymentMethod.COD)
    (part,) = parts_of(session, order)
    assert (order.lifecycle, part.lifecycle, part.payment) == (OrderLifecycle.PLACED, SubOrderLifecycle.NEW, PaymentFact.UNPAID)
    assert broken_paths(session) == []


@pytest.mark.promise("I9")
def test_a_state_that_no_event_led_to_is_found(session: Session, part: SubOrder) -> None:
    assert broken_paths(session) == []
    part.lifecycle = SubOrderLifecycle.CLOSED
    session.flush()
    (broken,) = broken_paths(session)
    assert (broken.number, broken.stands) == (part.number, "closed")


def test_demands_are_the_copies_made_at_sale(session: Session, part: SubOrder) -> None:
    (line,) = lines_of(session, part)
    stock = session.scalars(select(VariantStock).where(VariantStock.variant_id == line.variant_id)).one()
    stock.units_per_step = 99  # what a variant takes today says nothing about what was sold
    line.cancelled = 1
    session.flush()
    one = Demand(stock_item_id=stock.stock_item_id, line_id=line.id, units=1)
    assert demands_of(session, [line.id]) == demands_of_sub_orders(session, [part.id]) == (one,)
    assert demands_of(session, {line.id: 2})[0].units == 2
    assert demands_of(session, {OrderLineId(10**9): 1}) == ()
