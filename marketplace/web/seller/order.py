"""One order for its seller: what to pack, for whom, where it goes, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from marketplace.accounts.permissions import Permission
from marketplace.aftersales.reasons import RejectReason
from marketplace.db import reading
from marketplace.fulfilment.correcting import CORRECTABLE_FOR, may_be_corrected
from marketplace.fulfilment.queries import ParcelView, parcels_of_part
from marketplace.fulfilment.tracking import usual_shape
from marketplace.kernel.clock import local_day
from marketplace.kernel.phone import display_phone, whatsapp_digits
from marketplace.language.languages import Language
from marketplace.orders.models import FulfilmentFact, PaymentFact, PaymentMethod, SubOrderLifecycle
from marketplace.orders.states import MAY_HAND_OVER
from marketplace.orders.views import LineRow, SellerOrderView
from marketplace.sellers.queries import ShopContact, shop_contacts
from marketplace.shipping.models import DeliveryKind
from marketplace.web import current, sessions
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import find_part, seller_wing
from marketplace.web.seller.status import status_badge
from marketplace.web.speech import Speech, speak
from marketplace.web.storefront.cart_words import SumRow
from marketplace.web.storefront.checkout_words import delivery_name, fee_words
from marketplace.web.storefront.order_words import address_lines, story
from marketplace.web.storefront.pictures import thumbnail

DONE = frozenset({"accepted", "rejected", "handed_over", "cash", "tracking"})


@dataclass(frozen=True, slots=True)
class LineView:
    """What to pack, in words."""

    name: str
    options: str
    quantity: str
    price: str
    picture: str
    note: str


@dataclass(frozen=True, slots=True)
class Todo:
    """What may be done with a part now."""

    may_accept: bool
    may_hand_over: bool
    may_take_cash: bool
    is_courier: bool
    is_cash: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All a seller's order page is made from."""

    view: SellerOrderView
    parcels: tuple[ParcelView, ...]
    shop: ShopContact


def read_part(session: Session, number: str) -> Found:
    """Return a part of one of this person's shops. Raises: SubOrderNotFound."""
    view = find_part(session, number)
    shop = shop_contacts(session, [view.part.shop_id])[view.part.shop_id]
    return Found(view, parcels_of_part(session, view.part.id), shop)


def todo(view: SellerOrderView) -> Todo:
    """Return what may be done with a part now, by who is signed in."""
    part, viewer = view.part, sessions.acting()
    may_answer = part.shop_id in viewer.shops_where(Permission.SELLER_ORDER_ACCEPT)
    may_send = part.shop_id in viewer.shops_where(Permission.SELLER_ORDER_HAND_OVER)
    has_left = any(line.left_to_hand_over for line in part.lines)
    is_cash = view.head.method is PaymentMethod.COD
    return Todo(
        may_accept=may_answer and part.lifecycle is SubOrderLifecycle.NEW,
        may_hand_over=may_send and part.lifecycle in MAY_HAND_OVER and has_left,
        may_take_cash=may_send and is_cash and owes_cash(view),
        is_courier=part.delivery_kind is DeliveryKind.COURIER,
        is_cash=is_cash,
    )


def owes_cash(view: SellerOrderView) -> bool:
    """Tell whether goods have left and their cash has not been noted."""
    part = view.part
    has_left = part.lifecycle in MAY_HAND_OVER and part.fulfilment is not FulfilmentFact.UNFULFILLED
    return has_left and part.payment is PaymentFact.UNPAID


@bp.get("/orders/<number>")
@guarded(Permission.SELLER_ORDER_VIEW)
def order(number: str) -> ResponseReturnValue:
    """Show one order of one's own shop."""
    with reading() as session:
        found = read_part(session, number)
    done = request.args.get("done", "")
    return show_part(found, done=done if done in DONE else "")


def show_part(
    found: Found, *, status: int = 200, done: str = "", problem: str = "", errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    """Return the page; `errors` are sentences by field, and what was typed is kept."""
    speech, head, part = current.speech(), found.view.head, found.view.part
    badge, badge_kind = status_badge(part.lifecycle, part.fulfilment, part.delivery_kind, speech)
    today = local_day(current.now())
    return make_response(
        render_template(
            "pages/seller/order.html",
            wing=seller_wing(found.shop, here="orders"),
            head=head,
            part=part,
            badge=badge,
            badge_kind=badge_kind,
            todo=todo(found.view),
            lines=[_line(line, speech) for line in part.lines],
            rows=[
                SumRow(speech.t("checkout.goods"), speech.money(part.goods_minor)),
                SumRow(speech.t("ship.cost"), fee_words(part.shipping_minor, speech)),
            ],
            total=speech.money(part.total_minor),
            delivery=delivery_name(part.delivery_kind, part.delivery_name, speech),
            phone=display_phone(head.buyer_phone),
            address=address_lines(head),
            chat=_chat(found),
            parcels=found.parcels,
            fixable=_fixable(found),
            shape=usual_shape(part.delivery_name) if part.delivery_kind is DeliveryKind.COURIER else "",
            may_print=part.lifecycle in MAY_HAND_OVER,
            days=[(day.isoformat(), words) for day, words in quick_days(today, part.lead_days, speech)],
            story=story(found.view.timeline, speech, names_parts=False),
            reasons=[(str(reason), speech.t(f"order.reason_{reason}")) for reason in RejectReason],
            given={
                "promised_on": request.form.get("promised_on", suggested_day(today, part.lead_days).isoformat())[:20],
                "tracking_number": request.form.get("tracking_number", "")[:60],
                "fixed_number": request.form.get("fixed_number", "")[:60],
                "reason": request.form.get("reason", "")[:40],
            },
            today=today.isoformat(),
            done=done,
            problem=problem,
            errors=errors or {},
        ),
        status,
    )


def suggested_day(today: date, lead_days: int) -> date:
    """Return the day that stands in the form: tomorrow, or when it can be made."""
    return today + timedelta(days=max(1, lead_days))


def quick_days(today: date, lead_days: int, speech: Speech) -> list[tuple[date, str]]:
    """Return days to promise with one tap: none earlier than the goods can be made."""
    near = [(0, speech.t("day.quick_today")), (1, speech.t("day.quick_tomorrow"))]
    offered = [(today + timedelta(days=days), words) for days, words in near if days >= lead_days]
    later = [today + timedelta(days=days) for days in sorted({max(2, lead_days), lead_days + 3})]
    return [*offered, *((day, speech.day(day)) for day in later)]


def _fixable(found: Found) -> dict[int, str]:
    """Return until when each parcel's number may be corrected, by who may hand over."""
    may_send = found.view.part.shop_id in sessions.acting().shops_where(Permission.SELLER_ORDER_HAND_OVER)
    return {
        parcel.id: current.speech().deadline(parcel.handed_over_at + CORRECTABLE_FOR)
        for parcel in found.parcels
        if may_send and parcel.tracking_number
        and may_be_corrected(handed_over_at=parcel.handed_over_at, delivered_at=parcel.delivered_at, now=current.now())
    }  # fmt: skip


def _line(line: LineRow, speech: Speech) -> LineView:
    notes = [speech.t("seller.made_to_order")] if line.is_made_to_order else []
    notes += [speech.t("order.line_cancelled", count=line.cancelled)] if line.cancelled else []
    return LineView(
        name=line.name,
        options=" · ".join(word for word in (line.label, line.sku) if word),
        quantity=f"{speech.number(line.quantity)} ×",
        price=speech.money(line.line_total_minor),
        picture=thumbnail(line.image_hash),
        note=" · ".join(notes),
    )


def _chat(found: Found) -> str:
    """Return the WhatsApp address of the buyer, with a greeting in the buyer's language."""
    head = found.view.head
    spoken = speak("public", Language(head.language), strict=False)
    text = spoken.t("order.whatsapp_buyer", name=head.buyer_name, shop=found.shop.name, number=found.view.part.number)
    return f"https://wa.me/{whatsapp_digits(head.buyer_phone)}?text={quote(text)}"
