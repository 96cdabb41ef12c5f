"""What a seller does with an order: accept or decline, hand over, note the cash."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from marketplace.accounts.permissions import Permission
from marketplace.aftersales.reasons import RejectReason
from marketplace.aftersales.services import reject_sub_order
from marketplace.db import in_unit, reading
from marketplace.fulfilment.errors import NotCash, NotHandedOverYet, NothingToHandOver, TrackingNumberUnfit
from marketplace.fulfilment.services import hand_over, record_cash
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ShopId
from marketplace.orders.errors import MoveRefused, NotReadyToHandOver, PromisedInPast, QuantityRefused
from marketplace.orders.models import PaymentMethod
from marketplace.orders.services import accept_sub_order
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import acting_shop, seller_wing
from marketplace.web.seller.order import Found, owes_cash, read_part, show_part, todo

LONGEST_PROMISE = timedelta(days=180)


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class AcceptForm(_Form):
    """The day a seller promises."""

    promised_on: date


class RejectForm(_Form):
    """Why a seller declines."""

    reason: RejectReason


class HandOverForm(_Form):
    """The courier's number for the parcel."""

    tracking_number: str = Field(default="", max_length=60)


class NothingForm(_Form):
    """A button by itself."""

    act: Literal["cash"] = "cash"


def _read(number: str) -> Found:
    with reading() as session:
        return read_part(session, number)


def _shop(number: str, permission: Permission) -> ShopId:
    with reading() as session:
        return acting_shop(session, number, permission)


def _changed(number: str) -> ResponseReturnValue:
    """The order moved on meanwhile (or the form was sent twice): show where it stands."""
    return show_part(_read(number), status=409, problem=current.speech().t("seller.changed_meanwhile"))


def _done(number: str, what: str) -> ResponseReturnValue:
    return redirect(url_for("seller.order", number=number, done=what), 303)


@bp.post("/orders/<number>/accept")
@guarded(Permission.SELLER_ORDER_ACCEPT)
def accept(number: str) -> ResponseReturnValue:
    """Accept an order and promise the day it leaves."""
    speech, today = current.speech(), local_day(current.now())
    shop_id = _shop(number, Permission.SELLER_ORDER_ACCEPT)
    form = parse(AcceptForm, request.form.to_dict())
    if isinstance(form, FieldErrors) or form.promised_on > today + LONGEST_PROMISE:
        return show_part(_read(number), status=422, errors={"promised_on": speech.t("seller.error_date")})
    try:
        in_unit(
            lambda session: accept_sub_order(
                session, shop_id=shop_id, number=number, promised_on=form.promised_on, actor_id=sessions.acting().person_id,
                now=current.now(),
            )
        )  # fmt: skip
    except PromisedInPast:
        return show_part(_read(number), status=422, errors={"promised_on": speech.t("seller.error_past")})
    except MoveRefused:
        return _changed(number)
    return _done(number, "accepted")


@bp.get("/orders/<number>/reject")
@guarded(Permission.SELLER_ORDER_ACCEPT)
def ask_reject(number: str) -> ResponseReturnValue:
    """Ask why, before an order is declined."""
    _shop(number, Permission.SELLER_ORDER_ACCEPT)
    found = _read(number)
    return _reject_page(found, 200) if todo(found.view).may_accept else _changed(number)


def _reject_page(found: Found, status: int, error: str = "") -> ResponseReturnValue:
    speech = current.speech()
    reasons = [(str(reason), speech.t(f"order.reason_{reason}")) for reason in RejectReason]
    page = render_template(
        "pages/seller/reject.html", wing=seller_wing(found.shop, here="orders"), part=found.view.part, reasons=reasons,
        error=error, is_paid=found.view.part.paid_minor > 0,
    )  # fmt: skip
    return make_response(page, status)


@bp.post("/orders/<number>/reject")
@guarded(Permission.SELLER_ORDER_ACCEPT)
def reject(number: str) -> ResponseReturnValue:
    """Decline an order; its buyer gets the money of this part back."""
    shop_id = _shop(number, Permission.SELLER_ORDER_ACCEPT)
    form = parse(RejectForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _reject_page(_read(number), 422, current.speech().t("seller.error_reason"))
    try:
        in_unit(
            lambda session: reject_sub_order(
                session, shop_id=shop_id, number=number, reason=form.reason, actor_id=sessions.acting().person_id,
                now=current.now(),
            )
        )  # fmt: skip
    except MoveRefused:
        return _changed(number)
    return _done(number, "rejected")


@bp.post("/orders/<number>/hand-over")
@guarded(Permission.SELLER_ORDER_HAND_OVER)
def give(number: str) -> ResponseReturnValue:
    """Note that the goods left: with the courier's number, or from hand to hand."""
    speech, shop_id = current.speech(), _shop(number, Permission.SELLER_ORDER_HAND_OVER)
    found = _read(number)
    form = parse(HandOverForm, request.form.to_dict())
    wrong = {"tracking_number": speech.t("seller.error_tracking")}
    if isinstance(form, FieldErrors) or (todo(found.view).is_courier and not form.tracking_number):
        return show_part(found, status=422, errors=wrong)
    try:
        in_unit(
            lambda session: hand_over(
                session, shop_id=shop_id, number=number, tracking_number=form.tracking_number,
                actor_id=sessions.acting().person_id, now=current.now(),
            )
        )  # fmt: skip
    except TrackingNumberUnfit:
        return show_part(found, status=422, errors=wrong)
    except (NothingToHandOver, NotReadyToHandOver, QuantityRefused):
        return _changed(number)
    return _done(number, "handed_over")


@bp.post("/orders/<number>/cash")
@guarded(Permission.SELLER_ORDER_HAND_OVER)
def take_cash(number: str) -> ResponseReturnValue:
    """Note that the buyer paid in cash; noted twice, it counts once."""
    shop_id, found = _shop(number, Permission.SELLER_ORDER_HAND_OVER), _read(number)
    if isinstance(parse(NothingForm, request.form.to_dict()), FieldErrors):
        return show_part(found, status=422, problem=current.speech().t("checkout.error_unknown"))
    if found.view.head.method is PaymentMethod.COD and found.view.part.paid_minor:
        return _done(number, "cash")
    if not owes_cash(found.view):
        return _changed(number)
    try:
        in_unit(
            lambda session: record_cash(
                session, shop_id=shop_id, number=number, actor_id=sessions.acting().person_id, now=current.now()
            )
        )
    except (NotCash, NotHandedOverYet):
        return _changed(number)
    return _done(number, "cash")
