"""What must be true before an order is written: each refusal says what the buyer can do about it."""

from __future__ import annotations

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from marketplace.db import lock_name
from marketplace.orders.models import Order, OrderLifecycle, PaymentMethod, SubOrder, SubOrderLifecycle
from marketplace.places.models import District, Province, Regency

from .errors import (
    AdultNotConfirmed,
    CodNotAllowed,
    DeliveryGone,
    MethodNotOffered,
    NotPurchasable,
    PlaceUnknown,
    ShopClosed,
    TooManyOpenHolds,
)
from .forms import PlaceOrder
from .queries import CartView
from .reviewing import MethodRefusal, Review
from .terms import COD_CAP_MINOR, MOST_OPEN_PER_PHONE


def find_place(session: Session, district_code: str) -> str:
    """Return kecamatan, kabupaten and province as they are called. Raises: PlaceUnknown."""
    row = session.execute(
        select(District.name, Regency.name, Province.name)
        .join(Regency, Regency.code == District.regency_code)
        .join(Province, Province.code == Regency.province_code)
        .where(District.code == district_code)
    ).one_or_none()
    if row is None:
        raise PlaceUnknown(district_code)
    return ", ".join(row)


def check_purchase(review: Review, form: PlaceOrder) -> None:
    """Refuse what cannot be bought, sent or paid as asked.

    Raises: ShopClosed, NotPurchasable, DeliveryGone, AdultNotConfirmed, MethodNotOffered, CodNotAllowed.
    """
    check_lines(review.view)
    strangers = set(form.contact.choices) - {part.group.shop.id for part in review.parts}
    if strangers or review.missing:
        raise DeliveryGone(tuple(sorted(strangers | set(review.missing))))
    if review.view.needs_adult and not form.is_adult_confirmed:
        raise AdultNotConfirmed
    check_method(review, form.method)


def check_lines(view: CartView) -> None:
    """Refuse a cart with lines that cannot be bought. Raises: ShopClosed, NotPurchasable."""
    problems = {line.variant_id: line.problem for line in view.lines if line.problem is not None}
    shut = tuple(group.shop.id for group in view.groups if group.shop_problem is not None)
    if shut:
        raise ShopClosed(problems, shut)
    if problems:
        raise NotPurchasable(problems)


def check_method(review: Review, method: PaymentMethod) -> None:
    """Refuse a way to pay that is not offered for this purchase. Raises: MethodNotOffered, CodNotAllowed."""
    offer = next((offer for offer in review.methods if offer.method is method), None)
    if offer is None or offer.why_not in (MethodRefusal.NO_ACCOUNT, MethodRefusal.OVER_QRIS):
        raise MethodNotOffered(method)
    if offer.why_not is not None:
        total = review.totals.base_minor if review.totals is not None else 0
        raise CodNotAllowed(review.cod_refused_by, total_minor=total, cap_minor=COD_CAP_MINOR)


def check_open_orders(session: Session, *, phone: str) -> None:
    """Refuse a phone that blocks enough goods already: unpaid orders, and cash orders no seller has answered.

    The name of the phone is locked, so that two purchases at once cannot both be the last. Raises: TooManyOpenHolds.
    """
    lock_name(session, f"open-orders:{phone}")
    unanswered = exists().where(SubOrder.order_id == Order.id, SubOrder.lifecycle == SubOrderLifecycle.NEW)
    count = session.scalar(
        select(func.count())
        .select_from(Order)
        .where(
            Order.buyer_phone == phone,
            or_(
                Order.lifecycle == OrderLifecycle.AWAITING_PAYMENT,
                (Order.method == PaymentMethod.COD) & unanswered,
            ),
        )
    )
    if (count or 0) >= MOST_OPEN_PER_PHONE:
        raise TooManyOpenHolds(open=count or 0, most=MOST_OPEN_PER_PHONE)
