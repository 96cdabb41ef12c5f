"""An order's page for its buyer: where it stands, how to pay, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.links import LinkPurpose
from marketplace.db import reading
from marketplace.files.private import MOST_BYTES
from marketplace.fulfilment.queries import ParcelView, parcels_of_order
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import OrderLineId, ShopId, read_number
from marketplace.kernel.phone import display_phone, whatsapp_digits
from marketplace.language.formats import file_size
from marketplace.language.languages import Language
from marketplace.orders.models import PaymentMethod
from marketplace.orders.queries import link_of, order_page
from marketplace.orders.views import LineRow, OrderView, PartRow
from marketplace.payments.models import PaymentState
from marketplace.payments.queries import PaymentView, payment_of_order
from marketplace.payments.states import CONFIRMED_BY_HAND
from marketplace.reviews.queries import reviewed_lines
from marketplace.sellers.queries import ShopContact, shop_contacts
from marketplace.shipping.models import DeliveryKind
from marketplace.web import current, linking
from marketplace.web.context import absolute
from marketplace.web.guards import linked
from marketplace.web.qr import qr_drawing
from marketplace.web.speech import Speech
from marketplace.web.storefront import order_words
from marketplace.web.storefront.blueprint import bp
from marketplace.web.storefront.cart_words import SumRow
from marketplace.web.storefront.checkout_words import delivery_name, fee_words
from marketplace.web.storefront.order_words import Step
from marketplace.web.storefront.pictures import thumbnail

# What the page may be told to say after an act, by the `done` of its address.
DONE = frozenset({"proof", "received", "cancelled", "review"})


@dataclass(frozen=True, slots=True)
class LineView:
    """One bought line, in words."""

    id: OrderLineId
    name: str
    options: str
    quantity: str
    price: str
    picture: str
    note: str
    may_review: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """One seller's part, in words."""

    number: str
    shop_name: str
    shop_url: str
    status: str
    steps: list[Step]
    lines: list[LineView]
    delivery: str
    pickup: list[str]
    cash: str
    chat: str
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All an order's page is made from."""

    view: OrderView
    payment: PaymentView | None
    parcels: tuple[ParcelView, ...]
    shops: dict[ShopId, ShopContact]
    reviewed: frozenset[OrderLineId]
    secret: str


def read_order(session: Session, number: str) -> Reading:
    """Return an order as its page shows it. Raises: NotFound."""
    view = order_page(session, read_number(number[:40]))
    link = link_of(session, view.head.number) if view is not None else None
    if view is None or link is None:
        raise NotFound
    lines = [line.id for part in view.parts for line in part.lines]
    return Reading(
        view=view,
        payment=payment_of_order(session, view.head.id),
        parcels=parcels_of_order(session, view.head.id),
        shops=shop_contacts(session, [part.shop_id for part in view.parts]),
        reviewed=reviewed_lines(session, lines),
        secret=link.link_secret,
    )


@bp.get("/orders/<number>")
@linked("order")
def order(language: Language, number: str) -> ResponseReturnValue:
    """Show an order to who holds its link."""
    with reading() as session:
        found = read_order(session, number)
    done = request.args.get("done", "")
    return show_order(language, found, done=done if done in DONE else "")


def show_order(
    language: Language, found: Reading, *, status: int = 200, done: str = "", problem: str = "", proof_error: str = ""
) -> ResponseReturnValue:
    """Return the page; `proof_error` is the sentence at the upload."""
    speech, head, payment = current.speech(), found.view.head, found.payment
    token = linking.token_for(LinkPurpose.ORDER, head.number, found.secret)
    link = absolute(url_for("storefront.order", language=language, number=head.number, t=token))
    text = speech.t("order.whatsapp_self", number=head.number, link=link)
    return make_response(
        render_template(
            "pages/storefront/order.html",
            head=head,
            headline=speech.t(order_words.headline_key(found.view, payment)),
            parts=[_part(language, found, part, speech) for part in found.view.parts],
            payment=payment,
            is_by_hand=head.method in CONFIRMED_BY_HAND,
            qr=qr_drawing(payment.qris.payload) if payment is not None and payment.qris is not None else "",
            minutes_left=_minutes_left(payment),
            is_checked_soon=payment is not None and payment.state is PaymentState.PROCESSING,
            rows=sum_rows(found.view, speech),
            total=speech.money(head.total_minor),
            address=order_words.address_lines(head),
            phone=display_phone(head.buyer_phone),
            may_cancel=order_words.may_cancel(found.view),
            link=link,
            whatsapp_self=f"https://wa.me/{whatsapp_digits(head.buyer_phone)}?text={quote(text)}",
            most=file_size(MOST_BYTES, speech.language),
            story=order_words.story(found.view.timeline, speech, names_parts=len(found.view.parts) > 1),
            done=done,
            problem=problem,
            proof_error=proof_error,
        ),
        status,
    )


def _minutes_left(payment: PaymentView | None) -> int:
    """Return the whole minutes until an open payment ends, none below zero."""
    if payment is None or payment.expires_at is None:
        return 0
    return max(0, int((payment.expires_at - current.now()).total_seconds() // 60))


def _part(language: Language, found: Reading, part: PartRow, speech: Speech) -> PartView:
    shop = found.shops.get(part.shop_id)
    parcels = [parcel for parcel in found.parcels if parcel.sub_order_id == part.id]
    is_cash = found.view.head.method is PaymentMethod.COD and part.paid_minor == 0 and part.lifecycle not in order_words.ENDED
    is_pickup = part.delivery_kind is DeliveryKind.PICKUP
    text = quote(speech.t("order.whatsapp_shop", number=part.number))
    return PartView(
        number=part.number,
        shop_name=part.shop_name,
        shop_url=url_for("storefront.shop", language=language, slug=shop.slug) if shop is not None else "",
        status=speech.t(order_words.status_key(part, found.payment)),
        steps=order_words.part_steps(found.view, part, found.payment, parcels, speech),
        lines=[_line(line, found, speech) for line in part.lines],
        delivery=f"{delivery_name(part.delivery_kind, part.delivery_name, speech)} · {fee_words(part.shipping_minor, speech)}",
        pickup=[words for words in (shop.pickup_address, shop.pickup_hours) if words] if shop is not None and is_pickup else [],
        cash=speech.t("pay.cod_cash", amount=speech.money(part.total_minor)) if is_cash else "",
        chat=f"https://wa.me/{whatsapp_digits(shop.phone)}?text={text}" if shop is not None else "",
        may_confirm=part.fulfilment in order_words.TRAVELS,
    )


def _line(line: LineRow, found: Reading, speech: Speech) -> LineView:
    return LineView(
        id=line.id,
        name=line.name,
        options=line.label,
        quantity=f"{speech.number(line.quantity)} ×",
        price=speech.money(line.line_total_minor),
        picture=thumbnail(line.image_hash),
        note=speech.t("order.line_cancelled", count=line.cancelled) if line.cancelled else "",
        may_review=line.delivered > 0 and line.id not in found.reviewed,
    )


def sum_rows(view: OrderView, speech: Speech) -> list[SumRow]:
    """Return the rows above the total."""
    head = view.head
    rows = [
        SumRow(speech.t("checkout.goods"), speech.money(head.goods_minor)),
        SumRow(speech.t("ship.cost"), fee_words(head.shipping_minor, speech)),
    ]
    if head.discount_minor:
        rows.append(SumRow(speech.t("order.discount"), f"-{speech.money(head.discount_minor)}", kind="minus"))
    if head.unique_code_minor:
        rows.append(SumRow(speech.t("pay.unique_code"), speech.money(head.unique_code_minor), note=speech.t("order.code_note")))
    return rows
