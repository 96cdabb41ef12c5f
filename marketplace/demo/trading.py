"""Buying and selling through the services, with a clock in the past: cart, order, transfer, acceptance, parcel, arrival, end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import FormToken
from marketplace.checkout.carts import add_line, open_cart
from marketplace.checkout.forms import Contact, PlaceOrder
from marketplace.checkout.placing import PURPOSE, place
from marketplace.checkout.reviewing import Review, ReviewPart, prepare
from marketplace.checkout.terms import BLADE
from marketplace.files.shelves import Shelves
from marketplace.fulfilment.services import close_part, confirm_delivered, hand_over, record_cash
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import OrderId, OrderLineId, PersonId, ShopId
from marketplace.orders.models import Order, OrderLine, PaymentMethod, SubOrder, SubOrderLifecycle
from marketplace.orders.services import accept_sub_order, mark_ready, start_production
from marketplace.payments.models import Payment
from marketplace.payments.services import settle
from marketplace.shipping.models import DeliveryKind
from marketplace.shipping.quotes import Quote
from marketplace.shipping.zoning import is_same_regency

from .loading_goods import Shelved
from .past_orders import PastOrder

MADE_AFTER = timedelta(hours=1)


class Stage(IntEnum):
    """How far an order has come."""

    PLACED = 1
    PAID = 2
    ACCEPTED = 3
    IN_PRODUCTION = 4
    HANDED_OVER = 5
    ARRIVED = 6
    CLOSED = 7


@dataclass(frozen=True, slots=True)
class Times:
    """When an order reached each stage."""

    placed: datetime
    paid: datetime
    accepted: datetime
    handed_over: datetime
    arrived: datetime
    closed: datetime


@dataclass(frozen=True, slots=True)
class Market:
    """Who takes part: the goods on sale, the finance desk, how order numbers begin, and where photos lie."""

    shelved: dict[str, Shelved]
    finance_id: PersonId
    number_prefix: str
    shelves: Shelves

    def owner_of(self, shop_id: ShopId) -> PersonId:
        """Return who accepts and hands over for a shop."""
        return next(good.shop.owner_id for good in self.shelved.values() if good.shop.id == shop_id)


def trade(session: Session, market: Market, order: PastOrder, *, times: Times, until: Stage) -> tuple[OrderId, OrderLineId]:
    """Let an order run as far as `until`; return it and its first line."""
    order_id = _place(session, market, order, times.placed)
    if until >= Stage.PAID:
        _pay(session, order_id, market.finance_id, times.paid)
    parts = session.scalars(select(SubOrder).where(SubOrder.order_id == order_id).order_by(SubOrder.position)).all()
    for part in parts:
        _fulfil(session, market, part, times, until)
    first = select(OrderLine.id).where(OrderLine.sub_order_id == parts[0].id).order_by(OrderLine.position).limit(1)
    return order_id, session.scalars(first).one()


def _place(session: Session, market: Market, order: PastOrder, now: datetime) -> OrderId:
    cart_id, _ = open_cart(session, now=now)
    for wanted in order.wanted:
        variant_id = market.shelved[wanted.good.item_id].variant_ids[wanted.place]
        add_line(session, cart_id=cart_id, variant_id=variant_id, quantity=wanted.steps, now=now)
    session.flush()
    place_of, spoken = order.buyer.district, order.language
    offered = prepare(session, cart_id=cart_id, district_code=place_of, choices={}, language=spoken, now=now)
    choices = {part.group.shop.id: _choose(part, order).code for part in offered.parts}
    review = prepare(session, cart_id=cart_id, district_code=place_of, choices=choices, language=spoken, now=now)
    placed = place(
        session, cart_id=cart_id, form=_form(order, review, choices), token=_token(order), language=order.language, now=now,
        number_prefix=market.number_prefix,
    )  # fmt: skip
    return session.scalars(select(Order.id).where(Order.number == placed.number)).one()


def _choose(part: ReviewPart, order: PastOrder) -> Quote:
    """Return a delivery: neighbours take turns at fetching, being brought it, and the rider; others take a cheap courier."""
    kinds = {kind: [choice for choice in part.quotes.choices if choice.kind is kind] for kind in DeliveryKind}
    couriers, fetching = kinds[DeliveryKind.COURIER], kinds[DeliveryKind.PICKUP]
    if any(BLADE in line.ship_flags for line in part.group.lines):
        return fetching[0]  # as the pages of blades say
    if is_same_regency(part.group.shop.district_code, order.buyer.district):
        near = [*kinds[DeliveryKind.OWN], *fetching, *couriers[:1]]
        return near[order.number % len(near)]
    return couriers[order.number % min(2, len(couriers))] if couriers else fetching[0]


def _form(order: PastOrder, review: Review, choices: dict[ShopId, str]) -> PlaceOrder:
    if review.totals is None:
        raise ValueError(f"demo order {order.number} has a part that nothing brings to {order.buyer.district}")
    cash = next(offer for offer in review.methods if offer.method is PaymentMethod.COD)
    method = PaymentMethod.COD if cash.why_not is None and order.wants_cash else PaymentMethod.TRANSFER
    contact = Contact(
        name=order.buyer.name, phone=order.buyer.phone, district=order.buyer.district, street=order.buyer.street,
        deliveries={int(shop_id): code for shop_id, code in choices.items()},
    )  # fmt: skip
    return PlaceOrder(
        contact=contact, method=method, is_adult_confirmed=review.view.needs_adult, seen_total_minor=review.totals.base_minor
    )


def _token(order: PastOrder) -> FormToken:
    return FormToken(digest=hashlib.sha256(f"demo order {order.number}".encode()).hexdigest(), purpose=PURPOSE)


def _pay(session: Session, order_id: OrderId, finance_id: PersonId, now: datetime) -> None:
    """Let the transfer arrive; cash changes hands at the door."""
    for payment in session.scalars(select(Payment).where(Payment.order_id == order_id, Payment.method == PaymentMethod.TRANSFER)):
        settle(
            session, payment_id=payment.id, received_minor=payment.amount_minor, currency=payment.currency, source="staff",
            source_id=f"demo:{payment.id}", actor_id=finance_id, now=now,
        )  # fmt: skip


def _fulfil(session: Session, market: Market, part: SubOrder, times: Times, until: Stage) -> None:
    shop_id, number, owner = part.shop_id, part.number, market.owner_of(part.shop_id)
    if until >= Stage.ACCEPTED:
        accept_sub_order(
            session, shop_id=shop_id, number=number, actor_id=owner, promised_on=local_day(times.handed_over), now=times.accepted
        )
    if until >= Stage.IN_PRODUCTION and part.lead_days:
        start_production(session, shop_id=shop_id, number=number, actor_id=owner, now=times.accepted + MADE_AFTER)
    if until < Stage.HANDED_OVER:
        return
    if part.lifecycle is SubOrderLifecycle.IN_PRODUCTION:
        mark_ready(session, shop_id=shop_id, number=number, actor_id=owner, now=times.handed_over - MADE_AFTER)
    is_sent = part.delivery_kind is DeliveryKind.COURIER
    tracking = f"CONTOH{part.id:08d}" if is_sent else ""
    hand_over(session, shop_id=shop_id, number=number, actor_id=owner, tracking_number=tracking, now=times.handed_over)
    if until >= Stage.ARRIVED:
        _arrive(session, part, owner, times, until)


def _arrive(session: Session, part: SubOrder, owner: PersonId, times: Times, until: Stage) -> None:
    order = session.get_one(Order, part.order_id)
    if order.method is PaymentMethod.COD:
        record_cash(session, shop_id=part.shop_id, number=part.number, actor_id=owner, now=times.arrived)
    confirm_delivered(session, order_id=part.order_id, sub_order_number=part.number, now=times.arrived)
    if until >= Stage.CLOSED:
        close_part(session, sub_order_id=part.id, now=times.closed)
