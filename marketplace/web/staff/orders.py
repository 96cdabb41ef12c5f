"""Orders for the office to look at: a searchable list, and one order with everything that happened."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.accounts.permissions import Permission
from marketplace.db import reading
from marketplace.fulfilment.queries import parcels_of_order
from marketplace.kernel.ids import read_number
from marketplace.kernel.phone import display_phone
from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import OrderLifecycle
from marketplace.orders.queries import order_page, staff_orders
from marketplace.payments.queries import payment_of_order
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.staff.blueprint import bp
from marketplace.web.staff.frame import note_access, page_number, staff_wing
from marketplace.web.storefront.checkout_words import delivery_name
from marketplace.web.storefront.order import sum_rows
from marketplace.web.storefront.order_words import address_lines, headline_key, status_key, story
from marketplace.web.wings import Column

LIFECYCLE_WORDS = {
    OrderLifecycle.AWAITING_PAYMENT: "order.awaiting_payment",
    OrderLifecycle.PLACED: "staff.order_placed",
    OrderLifecycle.EXPIRED: "order.expired",
    OrderLifecycle.CANCELLED: "order.cancelled",
}


@bp.get("/orders")
@guarded(Permission.STAFF_ORDER_VIEW)
def orders() -> ResponseReturnValue:
    """List orders, newest first; search by number or phone."""
    speech, search = current.speech(), request.args.get("q", "").replace("\0", "")[:40]
    asked = request.args.get("lifecycle", "")
    lifecycle = OrderLifecycle(asked) if asked in set(OrderLifecycle) else None
    with reading() as session:
        page = staff_orders(session, lifecycle=lifecycle, search=search, number=page_number())
    note_access("order.list", "order", page.number)
    return render_template(
        "pages/staff/orders.html",
        wing=staff_wing(here="orders"),
        columns=[
            Column(speech.t("staff.column_number")), Column(speech.t("staff.column_state")),
            Column(speech.t("staff.column_buyer")), Column(speech.t("staff.column_place")),
            Column(speech.t("staff.column_total"), numeric=True), Column(speech.t("staff.column_when")),
        ],
        rows=page.rows,
        words={row.number: speech.t(LIFECYCLE_WORDS[row.lifecycle]) for row in page.rows},
        lifecycles=[(str(each), speech.t(words)) for each, words in LIFECYCLE_WORDS.items()],
        lifecycle=str(lifecycle or ""),
        search=search,
        page_of=page,
    )  # fmt: skip


@bp.get("/orders/<number>")
@guarded(Permission.STAFF_ORDER_VIEW)
def order(number: str) -> ResponseReturnValue:
    """Show one order, to read only; that it was looked at is written down."""
    speech = current.speech()
    with reading() as session:
        view = order_page(session, read_number(number[:40]), audience="staff")
        if view is None:
            raise OrderNotFound(number[:40])
        payment = payment_of_order(session, view.head.id)
        parcels = parcels_of_order(session, view.head.id)
    note_access("order.view", "order", view.head.number)
    may_pay = sessions.acting().may(Permission.STAFF_PAYMENT_VIEW)
    return render_template(
        "pages/staff/order.html",
        wing=staff_wing(here="orders"),
        head=view.head,
        headline=speech.t(headline_key(view, payment)),
        parts=[
            (part, speech.t(status_key(part, payment)), delivery_name(part.delivery_kind, part.delivery_name, speech))
            for part in view.parts
        ],
        numbers={parcel.sub_order_id: parcel.tracking_number for parcel in parcels if parcel.tracking_number},
        rows=sum_rows(view, speech),
        total=speech.money(view.head.total_minor),
        phone=display_phone(view.head.buyer_phone),
        address=address_lines(view.head),
        story=story(view.timeline, speech),
        payment_url=url_for("staff.payment", payment_id=payment.payment_id) if payment is not None and may_pay else "",
    )
