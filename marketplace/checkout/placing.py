"""Placing an order: everything is priced and checked again, then written in one unit, or nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.tokens import AlreadySpent, FormToken, spend
from marketplace.catalog.models import Product, Variant
from marketplace.inventory.services import allocate, hold
from marketplace.kernel.ids import CartId, PersonId, SubOrderId
from marketplace.orders.demands import demands_of_sub_orders
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.services import create_order, new_number
from marketplace.outbox.emitting import emit
from marketplace.payments.codes import pick_unique_code
from marketplace.payments.services import open_payment
from marketplace.sellers.models import Shop

from .carts import lock_cart
from .checks import check_open_orders, check_purchase, find_place
from .drafting import draft_order
from .emptying import empty_cart, placed_before
from .errors import CartEmpty
from .forms import PlaceOrder
from .models import CartLine
from .queries import CartView
from .reviewing import PriceDrifted, Review, prepare
from .terms import QRIS_HOLD, TRANSFER_HOLD, TRANSFER_HOLD_UNIQUE, UNIQUE

PURPOSE = "place_order"  # of the one-time token that goes with the form


@dataclass(frozen=True, slots=True)
class Placed:
    """An order that stands: its number, and the secret that signs its links."""

    number: str
    link_secret: str


def place(
    session: Session, *, cart_id: CartId, form: PlaceOrder, token: FormToken, language: str, now: datetime,
    number_prefix: str, person_id: PersonId | None = None,
) -> Placed:  # fmt: skip
    """Place an order for what is in the cart; the same form sent again answers with the first order.

    Raises: CartNotFound, CartEmpty, PlaceUnknown, ShopClosed, NotPurchasable, DeliveryGone, AdultNotConfirmed,
    MethodNotOffered, CodNotAllowed, TooManyOpenHolds, PriceDrifted, StockShort, NoCodeFree; then nothing is written.
    """
    number = new_number(session, prefix=number_prefix)
    try:
        spend(session, token=token, outcome=number, now=now)
    except AlreadySpent as earlier:
        return _placed(session, earlier.outcome)
    cart = lock_cart(session, cart_id)
    contact = form.contact
    lock_sellers(session, cart_id)
    review = prepare(
        session, cart_id=cart_id, district_code=contact.district, choices=contact.choices, language=language, now=now
    )
    if not review.view.groups:
        before = placed_before(cart, now=now)
        if before is None:
            raise CartEmpty
        return _placed(session, before)
    place_name = find_place(session, contact.district)
    check_purchase(review, form)
    if review.totals is None or review.totals.base_minor != form.seen_total_minor:
        raise PriceDrifted(review=review, seen_minor=form.seen_total_minor)
    check_open_orders(session, phone=contact.phone)
    code = _unique_code(session, review, form.method, now)
    order = create_order(
        session,
        draft=draft_order(
            review, form, number=number, place_name=place_name, language=language, unique_code_minor=code, person_id=person_id
        ),
        now=now,
    )
    _ask_for_money(session, order, review, form.method, now)
    empty_cart(session, cart, number=number, now=now)
    emit(session, "order.placed", {"order_id": order.id}, now=now)
    return Placed(order.number, order.link_secret)


def lock_sellers(session: Session, cart_id: CartId) -> None:
    """Keep every shop and good of the cart as it is until this unit ends: one suspended meanwhile waits, or is seen to be so."""
    for model, named in ((Shop, Variant.shop_id), (Product, Variant.product_id)):
        wanted = select(named).join(CartLine, CartLine.variant_id == Variant.id).where(CartLine.cart_id == cart_id)
        session.execute(select(model.id).where(model.id.in_(wanted)).order_by(model.id).with_for_update(read=True))


def hold_time(view: CartView) -> timedelta:
    """Return how long a transfer may take: less where a one-off piece waits for it."""
    return TRANSFER_HOLD_UNIQUE if any(UNIQUE in line.ship_flags for line in view.lines) else TRANSFER_HOLD


def _unique_code(session: Session, review: Review, method: PaymentMethod, now: datetime) -> int:
    if method is not PaymentMethod.TRANSFER or review.bank_account_id is None or review.totals is None:
        return 0
    return pick_unique_code(session, bank_account_id=review.bank_account_id, base_minor=review.totals.base_minor, now=now)


def _ask_for_money(session: Session, order: Order, review: Review, method: PaymentMethod, now: datetime) -> None:
    """Open what is to be paid and keep the goods: held until paid, or sold at once when cash is collected at the door."""
    shares = _shares(session, order)
    demands = demands_of_sub_orders(session, shares)
    if method is PaymentMethod.COD:  # each seller collects their own cash
        for sub_order_id, amount_minor in shares.items():
            open_payment(session, order_id=order.id, method=method, shares={sub_order_id: amount_minor}, expires_at=None, now=now)
        allocate(session, demands=demands, now=now, actor_id=order.person_id)
        return
    qris = review.qris if method is PaymentMethod.QRIS else None
    expires_at = now + (QRIS_HOLD if qris is not None else hold_time(review.view))
    payment = open_payment(
        session, order_id=order.id, method=method, shares=shares, expires_at=expires_at, now=now,
        bank_account_id=qris.bank_account_id if qris is not None else review.bank_account_id,
        qris_code_id=qris.code_id if qris is not None else None, unique_code_minor=order.unique_code_minor,
    )  # fmt: skip
    hold(session, demands=demands, order_id=order.id, payment_id=payment.id, expires_at=expires_at, now=now)


def _shares(session: Session, order: Order) -> Mapping[SubOrderId, int]:
    rows = session.execute(select(SubOrder.id, SubOrder.total_minor).where(SubOrder.order_id == order.id).order_by(SubOrder.id))
    return {row[0]: row[1] for row in rows}


def _placed(session: Session, number: str) -> Placed:
    secret = session.scalars(select(Order.link_secret).where(Order.number == number)).one()
    return Placed(number, secret)
