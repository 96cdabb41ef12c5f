"""A shop's own page: its words while the office does not know it, sending it to the office, and holidays."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from flask import abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from marketplace.accounts.permissions import Permission
from marketplace.db import in_unit, reading
from marketplace.kernel.clock import local_day
from marketplace.kernel.ids import ShopId
from marketplace.sellers.errors import NotReadyForOffice, ShopNotWaiting
from marketplace.sellers.own_shop import OwnShop, own_shop
from marketplace.sellers.queries import ShopContact
from marketplace.sellers.reasons import ShopReason
from marketplace.sellers.services import ShopDraft, set_holiday, submit_shop, write_shop
from marketplace.web import current, sessions
from marketplace.web.fields import FieldErrors, parse
from marketplace.web.guards import guarded
from marketplace.web.seller.blueprint import bp
from marketplace.web.seller.frame import chosen_shop, my_shops, seller_wing

DONE = frozenset({"saved", "sent", "away", "back"})
WRITTEN = ("name", "tagline", "story", "village", "pickup_address", "pickup_hours")
NOTHING_WRONG = FieldErrors({})


def _no_day(value: object) -> object:
    return None if value == "" else value


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class WordsForm(_Form):
    """What an owner writes about a waiting shop."""

    name: str = Field(min_length=1, max_length=80)
    tagline: str = Field(default="", max_length=120)
    story: str = Field(default="", max_length=4000)
    village: str = Field(default="", max_length=80)
    pickup_address: str = Field(default="", max_length=300)
    pickup_hours: str = Field(default="", max_length=120)


class HolidayForm(_Form):
    """From when to when nothing is sold, both said: buyers are told when it ends. No first day ends the holiday."""

    starts: Annotated[date | None, BeforeValidator(_no_day)] = None
    ends: Annotated[date | None, BeforeValidator(_no_day)] = None


def _read() -> tuple[ShopContact, OwnShop]:
    with reading() as session:
        contact = chosen_shop(my_shops(session))
        return contact, own_shop(session, contact.id)


def _shop_to_edit() -> ShopId:
    """Return the shop worked in, where this person may change it; aborts with 403 elsewhere."""
    with reading() as session:
        shop_id = chosen_shop(my_shops(session)).id
    if shop_id not in sessions.acting().shops_where(Permission.SELLER_SHOP_EDIT):
        abort(403)
    return shop_id


@bp.get("/shop")
@guarded(Permission.SELLER_SHOP_VIEW)
def shop() -> ResponseReturnValue:
    """Show the shop as its people see it."""
    return _show()


def _show(*, status: int = 200, errors: FieldErrors = NOTHING_WRONG, problem: str = "") -> ResponseReturnValue:
    contact, own = _read()
    done = request.args.get("done", "")
    given = {name: request.form.get(name, getattr(own, name)) for name in WRITTEN}
    days = {"starts": own.holiday_from, "ends": own.holiday_until}
    given |= {name: request.form.get(name, day.isoformat() if day else "")[:20] for name, day in days.items()}
    return make_response(
        render_template(
            "pages/seller/shop.html", wing=seller_wing(contact, here="own_shop"), own=own, given=given, errors=errors,
            problem=problem, done=done if done in DONE else "", today=local_day(current.now()).isoformat(),
            reasons=[reason for reason in own.return_reasons if reason in set(ShopReason)],
            may_edit=contact.id in sessions.acting().shops_where(Permission.SELLER_SHOP_EDIT),
        ),
        status,
    )  # fmt: skip


def _again(done: str) -> ResponseReturnValue:
    return redirect(url_for("seller.shop", done=done), 303)


@bp.post("/shop/words")
@guarded(Permission.SELLER_SHOP_EDIT)
def write_words() -> ResponseReturnValue:
    """Keep what was written about a waiting shop."""
    shop_id = _shop_to_edit()
    form = parse(WordsForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(status=422, errors=form)
    draft, person = ShopDraft(**form.model_dump()), sessions.acting().person_id
    try:
        in_unit(lambda session: write_shop(session, shop_id=shop_id, draft=draft, actor_id=person, now=current.now()))
    except ShopNotWaiting:
        return _show(status=409, problem=current.speech().t("ownshop.known_already"))
    return _again("saved")


@bp.post("/shop/send")
@guarded(Permission.SELLER_SHOP_EDIT)
def send_to_office() -> ResponseReturnValue:
    """Ask the office to look at the shop."""
    shop_id, person = _shop_to_edit(), sessions.acting().person_id
    try:
        in_unit(lambda session: submit_shop(session, shop_id=shop_id, actor_id=person, now=current.now()))
    except NotReadyForOffice:
        return _show(status=422, problem=current.speech().t("ownshop.not_ready"))
    except ShopNotWaiting:
        return _show(status=409, problem=current.speech().t("ownshop.known_already"))
    return _again("sent")


@bp.post("/shop/holiday")
@guarded(Permission.SELLER_SHOP_EDIT)
def go_on_holiday() -> ResponseReturnValue:
    """Stop selling for a while, or start again."""
    shop_id, person = _shop_to_edit(), sessions.acting().person_id
    form = parse(HolidayForm, request.form.to_dict())
    if isinstance(form, FieldErrors):
        return _show(status=422, errors=FieldErrors(dict.fromkeys(form.keys, "ownshop.error_day")))
    if (form.starts is None) != (form.ends is None):
        return _show(status=422, errors=FieldErrors({"ends": "ownshop.error_ends"}))
    if form.starts is not None and form.ends is not None and form.ends < max(form.starts, local_day(current.now())):
        return _show(status=422, errors=FieldErrors({"ends": "ownshop.error_ends"}))
    in_unit(
        lambda session: set_holiday(
            session, shop_id=shop_id, starts=form.starts, ends=form.ends, actor_id=person, now=current.now()
        )
    )
    return _again("away" if form.starts else "back")
